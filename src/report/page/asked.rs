//! The question on the page: the period, the actors, the policies and the worlds.

use super::table::{PageCell, PageTable};
use super::told::{day, forbidden, forced, given, settings};
use super::view::{PageChoices, PageFact};
use super::words::{paragraph, spaced, title};
use crate::format::{count, counted, listed};
use crate::model::{BASE_WORLD, Model, NO_POLICY};
use crate::report::Played;
use crate::report::titles::{policy_title, world_title};
use crate::scenario::{ScenarioFile, StepUnit};

/// How long a value that is set may be, told in words, to stand in the line of the question.
const SHORT: usize = 60;

/// The facts of the question, one by one; `trials` says how much was played.
pub(super) fn facts(played: &Played<'_>, scenario: &ScenarioFile, trials: String) -> Vec<PageFact> {
    let model = played.model();
    let mut facts = Vec::new();
    let mut add = |name, value| facts.push(PageFact { name, value });
    if played.scenarios() == 1 {
        add("Period", period(model));
        let actors: Vec<String> = model.actors.iter().map(|actor| title(&actor.title)).collect();
        if !actors.is_empty() {
            add("Actors", listed(&actors));
        }
    } else {
        add("Scenarios", count(played.scenarios()));
    }
    match played.policies {
        [one] => add("Policy", policy_title(scenario, one)),
        all => add("Policies", format!("{}, listed below", all.len())),
    }
    match played.worlds {
        [one] => add("World", world_title(scenario, one)),
        all => add("Worlds", format!("{}, listed below", all.len())),
    }
    let set = given(played.file.document, scenario);
    if !set.is_empty() {
        add("Set for this question", set.join("; "));
    }
    if let Some(other) = played.other {
        add(
            "Compared with",
            format!("{} ({})", title(&other.record.title), title(&other.record.file)),
        );
    }
    add("Played", trials);
    facts
}

/// The question in one line: the period, what was played under which policy in which world, and how
/// much; what the file takes for granted is left out.
pub(super) fn meta(played: &Played<'_>, scenario: &ScenarioFile, trials: &str) -> Vec<String> {
    let mut meta = Vec::new();
    if played.scenarios() == 1 {
        meta.push(days(played.model()));
    }
    match played.policies {
        [one] if one == NO_POLICY => {}
        [one] => meta.push(format!("policy “{}”", policy_title(scenario, one))),
        all => meta.push(counted_many(all.len(), "policies")),
    }
    match played.worlds {
        [one] if one == BASE_WORLD => {}
        [one] => meta.push(format!("world “{}”", world_title(scenario, one))),
        all => meta.push(counted_many(all.len(), "worlds")),
    }
    let set = given(played.file.document, scenario);
    match set.as_slice() {
        [] => {}
        [one] if one.chars().count() <= SHORT => meta.push(one.clone()),
        all => meta.push(format!("{} set", counted(all.len() as u64, "value"))),
    }
    if let Some(other) = played.other {
        meta.push(format!("compared with {}", title(&other.record.file)));
    }
    // What else there is to say of the trials stands in the list of facts.
    let short = trials.split_once(", on ").map_or(trials, |(short, _)| short);
    meta.push(short.to_owned());
    meta
}

/// A number of things other than one.
fn counted_many(number: usize, things: &str) -> String {
    format!("{} {things}", count(number as u64))
}

/// The days from the first to the last, or the number of steps of a scenario without dates.
fn days(model: &Model) -> String {
    let steps = model.truth.steps;
    match model.dates.and_then(|dates| Some((dates.start, dates.last_day(steps)?))) {
        Some((start, end)) => format!("{} to {}", day(start), day(end)),
        None => counted(u64::from(steps), "step"),
    }
}

/// The period that the scenario covers, and its number of steps.
fn period(model: &Model) -> String {
    let steps = model.truth.steps;
    let Some(dates) = model.dates else { return counted(u64::from(steps), "step") };
    let unit = match dates.unit {
        StepUnit::Day => "day",
        StepUnit::Week => "week",
        StepUnit::Month => "month",
        StepUnit::Quarter => "quarter",
        StepUnit::Year => "year",
    };
    match dates.last_day(steps).filter(|_| steps > 0) {
        Some(end) => format!(
            "{} to {}, in {} of a {unit}",
            day(dates.start),
            day(end),
            counted(u64::from(steps), "step")
        ),
        None => format!("from {}, {}", day(dates.start), counted(u64::from(steps), unit)),
    }
}

/// The policies and worlds that were asked for, and what each of them does.
pub(super) fn choices(played: &Played<'_>, scenario: &ScenarioFile) -> Vec<PageChoices> {
    let document = played.file.document;
    let mut all = Vec::new();
    let asked = played.policies;
    if asked.iter().any(|name| name != NO_POLICY) {
        let mut table = PageTable::new("Policies", &["Policy", "What it does", "Source"]);
        for name in asked {
            let own = scenario.policies.iter().find(|policy| policy.name.value == *name);
            let mut does = Vec::new();
            if let Some(policy) = own {
                does.extend(policy.force.iter().map(|force| forced(played.model(), force)));
                does.extend(policy.forbid.iter().map(|name| forbidden(played.model(), name)));
                does.extend(settings(document, scenario, &policy.set));
                if policy.secret {
                    does.push("nobody foresees it".to_owned());
                }
            } else {
                does.push("Everyone chooses freely".to_owned());
            }
            let notes = own.map(|policy| &policy.notes);
            row(&mut table, policy_title(scenario, name), name, &does, notes);
        }
        all.push(PageChoices { heading: "The policies", table });
    }
    let asked = played.worlds;
    if asked.iter().any(|name| name != BASE_WORLD) {
        let mut table = PageTable::new("Worlds", &["World", "What it assumes", "Source"]);
        for name in asked {
            let own = scenario.worlds.iter().find(|world| world.name.value == *name);
            let does = match own {
                Some(world) => settings(document, scenario, &world.set),
                None => vec!["What the file says".to_owned()],
            };
            let notes = own.map(|world| &world.notes);
            row(&mut table, world_title(scenario, name), name, &does, notes);
        }
        all.push(PageChoices { heading: "The worlds", table });
    }
    all
}

fn row(
    table: &mut PageTable,
    shown: String,
    name: &str,
    does: &[String],
    notes: Option<&crate::scenario::Notes>,
) {
    let note = |of: Option<&String>| of.map(|text| paragraph(text)).unwrap_or_default();
    let same = shown.eq_ignore_ascii_case(&spaced(name));
    table.row(vec![
        PageCell::text(shown).note(if same { String::new() } else { title(name) }),
        PageCell::text(does.join("; ")).note(note(notes.and_then(|n| n.about.as_ref()))),
        PageCell::text(note(notes.and_then(|n| n.source.as_ref()))),
    ]);
}
