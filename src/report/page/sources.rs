//! Where a scenario's parts come from, in its own words.

use std::collections::BTreeSet;

use super::table::{PageCell, PageTable};
use super::view::SourcesView;
use super::words::{paragraph, spaced, title};
use crate::format::{count, counted};
use crate::model::Model;
use crate::report::phrases::capital;
use crate::scenario::{Chance, Notes, ScenarioFile};

/// Every `source` of a scenario, in file order.
pub(super) fn sources(scenario: &ScenarioFile) -> SourcesView {
    let mut table = PageTable::new("Sources", &["Part", "What", "Source"]);
    let mut all = 0;
    let mut judged = 0;
    walk(scenario, &mut |part, name, notes| {
        let Some(source) = &notes.source else { return };
        all += 1;
        judged += u64::from(is_judgement(source));
        let about = notes.about.as_deref().map(paragraph).unwrap_or_default();
        table.row(vec![
            PageCell::text(part),
            PageCell::text(name).note(about),
            PageCell::text(paragraph(source)),
        ]);
    });
    let summary = match all {
        0 => "The scenario names no sources: everything in it is to be read as its author’s \
              judgement."
            .to_owned(),
        _ => format!(
            "The scenario gives a source in {}, {} of them its author’s own judgement. They are \
             quoted as written and were not checked.",
            counted(all, "place"),
            count(judged)
        ),
    };
    SourcesView { summary, table: (all > 0).then_some(table) }
}

/// How many assumptions there are, how many name a source, how many of those are judgement, and what else is
/// drawn for each trial.
pub(super) fn basis(scenario: &ScenarioFile, model: &Model) -> String {
    let drawn: BTreeSet<String> = model.inputs().into_iter().map(|input| input.path).collect();
    let elsewhere = drawn.iter().filter(|path| !path.starts_with("assumptions.")).count() as u64;
    let ranked = ranked(scenario, &drawn);
    if scenario.assumptions.is_empty() && elsewhere > 0 {
        let verb = if elsewhere == 1 { "is" } else { "are" };
        let which = match ranked {
            0 => String::new(),
            all if all == elsewhere => ": weights of wants that the file only ranks".to_owned(),
            some => format!(", {} of them weights of wants that the file only ranks", count(some)),
        };
        return format!(
            "It rests on the scenario file, which lists no assumptions; {} {verb} drawn for each trial all the \
             same{which}.",
            counted(elsewhere, "value")
        );
    }
    let too = match ranked {
        0 => "",
        _ => " Weights of wants that the file only ranks are drawn too.",
    };
    format!("{}{too}", of_assumptions(scenario))
}

/// How many of the values that are drawn are weights of wants that the file only ranks.
fn ranked(scenario: &ScenarioFile, drawn: &BTreeSet<String>) -> u64 {
    let wants = scenario
        .actors
        .iter()
        .flat_map(|actor| actor.wants.iter().map(move |want| (&actor.name.value, want)));
    let ranked = wants.filter(|(actor, want)| {
        let path = format!("actors.{actor}.wants.{}.weight", want.name.value);
        want.rank.is_some() && want.weight.is_none() && drawn.contains(&path)
    });
    ranked.count() as u64
}

/// How many assumptions there are, how many name a source, and how many of those are judgement.
fn of_assumptions(scenario: &ScenarioFile) -> String {
    let all = scenario.assumptions.len() as u64;
    let named = scenario.assumptions.iter().filter_map(|own| own.notes.source.as_deref());
    let named: Vec<&str> = named.collect();
    let judged = named.iter().filter(|source| is_judgement(source)).count() as u64;
    match (all, named.len() as u64) {
        (0, _) => "It rests on the scenario file alone, which lists no assumptions.".to_owned(),
        (all, 0) => {
            let which =
                if all == 1 { "which names no source" } else { "none of which names a source" };
            format!("It rests on {}, {which}.", counted(all, "assumption"))
        }
        (all, some) => {
            let bare = match all - some {
                0 => String::new(),
                bare => format!(", {} without a source", count(bare)),
            };
            format!(
                "It rests on {}: {} with a source beyond the author, {} on the author’s \
                 judgement{bare}.",
                counted(all, "assumption"),
                count(some - judged),
                count(judged)
            )
        }
    }
}

/// Whether a source says that it is judgement.
fn is_judgement(source: &str) -> bool {
    source.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("judgement"))
        || source.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("judgment"))
}

/// Every table of a scenario that can have notes: its kind, its name in words and
/// its notes.
fn walk<'s>(scenario: &'s ScenarioFile, see: &mut dyn FnMut(&'static str, String, &'s Notes)) {
    let named = |given: &Option<String>, name: &str| match given {
        Some(given) => title(given),
        None => capital(&spaced(name)),
    };
    see("Scenario", named(&scenario.title, "The whole"), &scenario.notes);
    for own in &scenario.assumptions {
        see("Assumption", spaced(&own.name.value), &own.notes);
    }
    for own in &scenario.state {
        see("State", spaced(&own.name.value), &own.notes);
    }
    for own in &scenario.define {
        see("Definition", spaced(&own.name.value), &own.notes);
    }
    for own in &scenario.measures {
        see("Measure", spaced(&own.name.value), &own.notes);
    }
    let branches = |chance: &'s Option<Chance>,
                    of: &str,
                    see: &mut dyn FnMut(&'static str, String, &'s Notes)| {
        if let Some(Chance::Branches(branches, _)) = chance {
            for branch in branches {
                see("Branch", format!("{of}: {}", spaced(&branch.name.value)), &branch.notes);
            }
        }
    };
    for own in &scenario.events {
        let name = named(&own.title, &own.name.value);
        see("Event", name.clone(), &own.notes);
        branches(&own.chance, &name, see);
    }
    for own in &scenario.bargains {
        see("Bargain", named(&own.title, &own.name.value), &own.notes);
    }
    for actor in &scenario.actors {
        let who = title(actor.title_or_name());
        see("Actor", who.clone(), &actor.notes);
        for want in &actor.wants {
            see("Want", format!("{who}: {}", spaced(&want.name.value)), &want.notes);
        }
        for action in &actor.actions {
            let does = match &action.title {
                Some(given) => title(given),
                None => spaced(&action.name.value),
            };
            see("Move", format!("{who} {does}"), &action.notes);
            branches(&action.chance, &format!("{who} {does}"), see);
        }
    }
    for own in &scenario.calendar {
        see("Calendar", named(&own.title, &own.name.value), &own.notes);
    }
    for own in &scenario.outcomes {
        see("Outcome", named(&own.title, &own.id.value), &own.notes);
    }
    for own in &scenario.policies {
        see("Policy", named(&own.title, &own.name.value), &own.notes);
    }
    for own in &scenario.worlds {
        see("World", named(&own.title, &own.name.value), &own.notes);
    }
    if let Some(own) = &scenario.observed {
        see("What happened", "Observed".to_owned(), &own.notes);
    }
}
