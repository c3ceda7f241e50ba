//! What each actor wants, how it chooses and what it can do.

use super::sparkline::{Middle, in_words};
use super::table::{PageCell, PageTable};
use super::verb_page::TimesTaken;
use super::view::{ActorView, PageFact};
use super::words::{formula, paragraph, quoted, spaced, title};
use crate::format::{counted, number, percent};
use crate::report::phrases::capital;
use crate::scenario::{self as file, Consent, ConsentRule, ScenarioFile, WantForm};
use crate::study::Drawn;

/// All actors of a scenario; `times_taken` says how often each move was made.
pub(super) fn actors(
    scenario: &ScenarioFile,
    drawn: Option<&Drawn>,
    times_taken: Option<&TimesTaken>,
) -> Vec<ActorView> {
    let all = scenario.actors.iter();
    all.map(|actor| ActorView {
        name: title(actor.title_or_name()),
        about: actor.notes.about.as_deref().map(paragraph),
        source: actor.notes.source.as_deref().map(paragraph),
        manner: [manner(scenario, actor, drawn), in_bargains(scenario, actor)].concat(),
        wants: wants(actor, drawn),
        moves: moves(scenario, actor, times_taken),
    })
    .collect()
}

/// The values that a number of an actor's profile takes over the trials, in words.
fn drawn_values(actor: &file::Actor, key: &str, drawn: Option<&Drawn>) -> Option<String> {
    let values = drawn?.values(&format!("actors.{}.{key}", actor.name.value))?;
    let middle = Middle::of(values)?;
    Some(if middle.varies() { in_words(middle) } else { number(middle.median) })
}

/// Whether an actor is asked for its consent.
fn votes(scenario: &ScenarioFile, actor: &file::Actor) -> bool {
    let mut actions = scenario.actors.iter().flat_map(|other| &other.actions);
    let is_asked = |consent: &Consent| consent.of.iter().any(|own| own.value == actor.name.value);
    actions.any(|action| action.consent.as_ref().is_some_and(is_asked))
}

/// What counts of an actor where something is settled together.
fn in_bargains(scenario: &ScenarioFile, actor: &file::Actor) -> Vec<PageFact> {
    let told = scenario.bargains.iter().filter_map(|bargain| {
        let party = bargain.parties.iter().find(|party| party.actor == actor.name.value)?;
        let name = match &bargain.title {
            Some(given) => quoted(given),
            None => quoted(&spaced(&bargain.name.value)),
        };
        Some(match (party.salience.is_some(), party.power.is_some()) {
            (true, true) => {
                format!("in {name}, the salience and the power given there count, not the share of weight")
            }
            (true, false) => {
                format!("in {name}, the salience given there times its power counts, not the share of weight")
            }
            (false, true) => format!("in {name}, the share of weight times the power given there counts"),
            (false, false) => format!("in {name}, the share of weight times its power counts"),
        })
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return Vec::new();
    }
    vec![PageFact { name: "Bargains", value: told.join("; ") }]
}

/// How an actor chooses.
fn manner(scenario: &ScenarioFile, actor: &file::Actor, drawn: Option<&Drawn>) -> Vec<PageFact> {
    if actor.actions.is_empty() && !votes(scenario, actor) {
        let value = "none: it has no moves and no vote".to_owned();
        return vec![PageFact { name: "Choices", value }];
    }
    let mut facts = Vec::new();
    let mut add = |name, value: String| facts.push(PageFact { name, value });
    if let Some(rationality) = drawn_values(actor, "rationality", drawn) {
        add(
            "Rationality",
            format!(
                "{rationality}; at 0 it chooses at random, and the larger, the more often the better move"
            ),
        );
    }
    add(
        "Foresight",
        match actor.foresight {
            0 => "looks only at the state right after its move".to_owned(),
            steps => format!("thinks {} ahead", counted(u64::from(steps), "whole step")),
        },
    );
    if actor.plans_ahead {
        add("Plans", "expects its own later moves to look as far ahead".to_owned());
    }
    if actor.patience.is_some()
        && let Some(patience) = drawn_values(actor, "patience", drawn)
    {
        add("Patience", format!("{patience}, the weight of a step against the one before"));
    }
    if actor.risk.is_some()
        && let Some(risk) = drawn_values(actor, "risk", drawn)
    {
        add("Risk", format!("{risk}; above 0 it avoids risk, below 0 it seeks risk"));
    }
    if actor.must_act {
        add("Holding", "must act where it can".to_owned());
    }
    if !actor.believes.is_empty() {
        let paths: Vec<String> =
            actor.believes.iter().map(|belief| title(&belief.path.value)).collect();
        add("Believes otherwise", paths.join(", "));
    }
    facts
}

fn wants(actor: &file::Actor, drawn: Option<&Drawn>) -> PageTable {
    let name = title(actor.title_or_name());
    let heads = ["Want", "#Share of weight", "Looks at", "Best", "Source"];
    let mut table = PageTable::new(format!("What {name} wants"), &heads).sorted_down(1);
    let weight = |want: &file::Want| {
        let path = format!("actors.{}.wants.{}.weight", actor.name.value, want.name.value);
        drawn.and_then(|drawn| drawn.values(&path))
    };
    let all: Vec<Option<&[f64]>> = actor.wants.iter().map(weight).collect();
    let mut rows: Vec<(f64, Vec<PageCell>)> = actor
        .wants
        .iter()
        .zip(&all)
        .map(|(want, own)| {
            let mean = own.map_or(f64::NEG_INFINITY, |own| mean_share(own, &all));
            let weight = if mean.is_finite() {
                let bar = Some((1000.0 * mean).round() / 10.0);
                PageCell { bar, ..PageCell::number(percent(mean), mean) }
            } else {
                PageCell::nothing()
            };
            let name = PageCell::text(match &want.notes.about {
                Some(about) => paragraph(about),
                None => capital(&spaced(&want.name.value)),
            });
            let named =
                if want.notes.about.is_some() { title(&want.name.value) } else { String::new() };
            let cells = vec![
                name.note(named),
                weight.note(formula(&want.importance())),
                PageCell::code(formula(&want.of.text)),
                PageCell::text(best(&want.form)),
                PageCell::text(want.notes.source.as_deref().map(paragraph).unwrap_or_default()),
            ];
            (mean, cells)
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, cells) in rows {
        table.row(cells);
    }
    table
}

/// A want's weight divided by the sum of all weights, averaged over the trials.
fn mean_share(own: &[f64], all: &[Option<&[f64]>]) -> f64 {
    let shares = own.iter().enumerate().map(|(trial, weight)| {
        let total: f64 = all.iter().flatten().map(|weights| weights[trial]).sum();
        if total > 0.0 { weight / total } else { 0.0 }
    });
    shares.sum::<f64>() / own.len().max(1) as f64
}

fn best(form: &WantForm) -> String {
    match form {
        WantForm::Between { best, worst } => {
            format!("at {}, worst at {}", formula(&best.text), formula(&worst.text))
        }
        WantForm::Around { ideal, reach } => {
            format!(
                "at {}, worst {} or more away from it",
                formula(&ideal.text),
                formula(&reach.text)
            )
        }
    }
}

/// What is told below the name of a move: with which values it can be made, and what it is about.
fn notes(action: &file::Action) -> String {
    let names = action.menu.iter().flat_map(|menu| &menu.names);
    let names = names.map(|(name, values)| {
        let values: Vec<String> = values.iter().map(f64::to_string).collect();
        format!("{}: {}", spaced(&name.value), values.join(", "))
    });
    let menu: Vec<String> = names.collect();
    let about = action.notes.about.as_deref().map(paragraph).unwrap_or_default();
    match (menu.is_empty(), about.is_empty()) {
        (true, _) => about,
        (false, true) => menu.join("; "),
        (false, false) => format!("{}. {about}", menu.join("; ")),
    }
}

fn moves(
    scenario: &ScenarioFile,
    actor: &file::Actor,
    times_taken: Option<&TimesTaken>,
) -> Option<PageTable> {
    if actor.actions.is_empty() {
        return None;
    }
    let name = title(actor.title_or_name());
    let mut heads = vec!["Move", "Open when", "Needs the consent of", "#Cost"];
    if times_taken.is_some() {
        heads.insert(1, "#Made, times per trial");
    }
    let mut table = PageTable::new(format!("What {name} can do"), &heads);
    for action in &actor.actions {
        let shown = action.title.clone().unwrap_or_else(|| spaced(&action.name.value));
        let mut cells = vec![
            PageCell::text(capital(&title(&shown))).note(notes(action)),
            PageCell::code(
                action.when.as_ref().map_or("always".to_owned(), |when| formula(&when.text)),
            ),
            PageCell::text(action.consent.as_ref().map_or(String::new(), |c| consent(scenario, c))),
            match &action.cost {
                Some(cost) => PageCell {
                    sort: Some(cost.text.clone()),
                    ..PageCell::code(formula(&cost.text))
                },
                None => PageCell::number("0", 0.0),
            },
        ];
        if let Some(all) = times_taken {
            let times = all.of(&actor.name.value, &action.name.value);
            cells.insert(1, PageCell::number(number(times), times));
        }
        table.row(cells);
    }
    Some(table)
}

fn consent(scenario: &ScenarioFile, consent: &Consent) -> String {
    let names: Vec<String> = consent
        .of
        .iter()
        .map(|voter| {
            let actor = scenario.actors.iter().find(|actor| actor.name.value == voter.value);
            title(actor.map_or(voter.value.as_str(), file::Actor::title_or_name))
        })
        .collect();
    let all = crate::format::listed(&names);
    match &consent.rule {
        ConsentRule::All => all,
        ConsentRule::Any => format!("any of {all}"),
        ConsentRule::Majority => format!("more than half of {all}"),
        ConsentRule::Quota { quota, .. } => {
            format!("{all}, by weight, quota {}", formula(&quota.text))
        }
    }
}
