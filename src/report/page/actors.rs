//! What each actor wants, how it chooses and what it can do.

use super::plain::{formula, paragraph, spaced, title};
use super::sparkline::{Middle, in_words};
use super::table::{Cell, Table};
use super::view::{Actor, Fact};
use super::words::{counted, share};
use crate::engine::counted_options;
use crate::model::Model;
use crate::report::phrases::capital;
use crate::scenario::{self as file, Consent, ConsentRule, Scenario, WantForm};
use crate::study::{Drawn, Summary};

/// All actors of a scenario; `summary` tells how often each move was made.
pub(super) fn actors(
    scenario: &Scenario,
    model: &Model,
    drawn: Option<&Drawn>,
    summary: Option<&Summary>,
) -> Vec<Actor> {
    let all = scenario.actors.iter().enumerate();
    all.map(|(index, actor)| Actor {
        name: title(actor.title.as_deref().unwrap_or(&actor.name.value)),
        about: actor.notes.about.as_deref().map(paragraph),
        source: actor.notes.source.as_deref().map(paragraph),
        manner: manner(actor, drawn),
        wants: wants(actor, drawn),
        moves: moves(scenario, actor, model, index, summary),
    })
    .collect()
}

/// The values of a number of an actor's profile, in words.
fn told(actor: &file::Actor, key: &str, drawn: Option<&Drawn>) -> Option<String> {
    let values = drawn?.values(&format!("actors.{}.{key}", actor.name.value))?;
    let middle = Middle::of(values)?;
    Some(if middle.varies() { in_words(middle) } else { super::words::figure(middle.median) })
}

/// How an actor chooses.
fn manner(actor: &file::Actor, drawn: Option<&Drawn>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |name, value: String| facts.push(Fact { name, value });
    if let Some(rationality) = told(actor, "rationality", drawn) {
        add(
            "Rationality",
            format!("{rationality}; 0 is a coin flip, the larger the more surely the better move"),
        );
    }
    add(
        "Foresight",
        match actor.foresight {
            0 => "looks at the state right after its move, and no further".to_owned(),
            steps => format!("thinks {} ahead", counted(u64::from(steps), "whole step")),
        },
    );
    if actor.patience.is_some()
        && let Some(patience) = told(actor, "patience", drawn)
    {
        add("Patience", format!("{patience}, the weight of a step against the one before"));
    }
    if actor.risk.is_some()
        && let Some(risk) = told(actor, "risk", drawn)
    {
        add("Risk", format!("{risk}; above 0 averse to risk, below fond of it"));
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

fn wants(actor: &file::Actor, drawn: Option<&Drawn>) -> Table {
    let name = title(actor.title.as_deref().unwrap_or(&actor.name.value));
    let heads = ["Want", "#Share of weight", "Looks at", "Best", "Source"];
    let mut table = Table::new(format!("What {name} wants"), &heads).sorted_down(1);
    let weight = |want: &file::Want| {
        let path = format!("actors.{}.wants.{}.weight", actor.name.value, want.name.value);
        drawn.and_then(|drawn| drawn.values(&path))
    };
    let all: Vec<Option<&[f64]>> = actor.wants.iter().map(weight).collect();
    let mut rows: Vec<(f64, Vec<Cell>)> = actor
        .wants
        .iter()
        .zip(&all)
        .map(|(want, own)| {
            let mean = own.map_or(f64::NEG_INFINITY, |own| mean_share(own, &all));
            let written = want.weight.as_ref().map_or("1", |weight| weight.text.as_str());
            let weight = if mean.is_finite() {
                let bar = Some((1000.0 * mean).round() / 10.0);
                Cell { bar, ..Cell::number(share(mean), mean) }
            } else {
                Cell::nothing()
            };
            let name = Cell::text(match &want.notes.about {
                Some(about) => paragraph(about),
                None => capital(&spaced(&want.name.value)),
            });
            let named =
                if want.notes.about.is_some() { title(&want.name.value) } else { String::new() };
            let cells = vec![
                name.note(named),
                weight.note(format!("weight {}", formula(written))),
                Cell::code(formula(&want.of.text)),
                Cell::text(best(&want.form)),
                Cell::text(want.notes.source.as_deref().map(paragraph).unwrap_or_default()),
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

/// A want's share of all weight, on average over the trials.
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
            format!("at {}, nothing left {} away", formula(&ideal.text), formula(&reach.text))
        }
    }
}

fn moves(
    scenario: &Scenario,
    actor: &file::Actor,
    model: &Model,
    index: usize,
    summary: Option<&Summary>,
) -> Option<Table> {
    if actor.actions.is_empty() {
        return None;
    }
    let name = title(actor.title.as_deref().unwrap_or(&actor.name.value));
    let mut heads = vec!["Move", "Open when", "Needs the consent of", "#Cost"];
    if summary.is_some() {
        heads.insert(1, "#Made, times a trial");
    }
    let mut table = Table::new(format!("What {name} can do"), &heads);
    for (position, action) in actor.actions.iter().enumerate() {
        let shown = action.title.clone().unwrap_or_else(|| spaced(&action.name.value));
        let mut cells = vec![
            Cell::text(capital(&title(&shown)))
                .note(action.notes.about.as_deref().map(paragraph).unwrap_or_default()),
            Cell::code(
                action.when.as_ref().map_or("always".to_owned(), |when| formula(&when.text)),
            ),
            Cell::text(action.consent.as_ref().map_or(String::new(), |c| consent(scenario, c))),
            match &action.cost {
                Some(cost) => {
                    Cell { sort: Some(cost.text.clone()), ..Cell::code(formula(&cost.text)) }
                }
                None => Cell::number("0", 0.0),
            },
        ];
        if let Some(summary) = summary {
            let times = times_taken(model, summary, index, position);
            cells.insert(1, Cell::number(format!("{times:.2}"), times));
        }
        table.row(cells);
    }
    Some(table)
}

/// How often a move was made in a trial, on average.
fn times_taken(model: &Model, summary: &Summary, actor: usize, action: usize) -> f64 {
    let steps = summary.moves.steps;
    let own = counted_options(model).into_iter().enumerate();
    let own = own.filter(|(_, row)| row.actor == actor && row.action == Some(action));
    let taken: u64 = own
        .map(|(row, _)| summary.moves.taken[row * steps..(row + 1) * steps].iter().sum::<u64>())
        .sum();
    taken as f64 / summary.trials.max(1) as f64
}

fn consent(scenario: &Scenario, consent: &Consent) -> String {
    let names: Vec<String> = consent
        .of
        .iter()
        .map(|voter| {
            let actor = scenario.actors.iter().find(|actor| actor.name.value == voter.value);
            title(actor.and_then(|actor| actor.title.as_deref()).unwrap_or(&voter.value))
        })
        .collect();
    let all = crate::chart::listed(&names);
    match &consent.rule {
        ConsentRule::All => all,
        ConsentRule::Any => format!("any of {all}"),
        ConsentRule::Majority => format!("more than half of {all}"),
        ConsentRule::Quota { quota, .. } => {
            format!("{all}, by weight, quota {}", formula(&quota.text))
        }
    }
}
