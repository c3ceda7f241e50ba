//! The question on the page: the period, the actors, the policies and the worlds.

use super::table::{PageCell, PageTable};
use super::view::{PageChoices, PageFact};
use super::words::{formula, paragraph, spaced, title};
use crate::format::counted;
use crate::format::listed;
use crate::model::{BASE_WORLD, Document, Model, NO_POLICY};
use crate::report::Played;
use crate::report::phrases::capital;
use crate::scenario::{Force, ScenarioFile, Setting, StepUnit};

/// The facts of the question, one by one; `trials` says how much was played.
pub(super) fn facts(played: &Played<'_>, scenario: &ScenarioFile, trials: String) -> Vec<PageFact> {
    let model = played.model();
    let mut facts = Vec::new();
    let mut add = |name, value| facts.push(PageFact { name, value });
    add("Period", period(model));
    let actors: Vec<String> = model.actors.iter().map(|actor| title(&actor.title)).collect();
    if !actors.is_empty() {
        add("Actors", listed(&actors));
    }
    match played.policies {
        [one] => add("Policy", policy_title(scenario, one)),
        all => add("Policies", format!("{}, listed below", all.len())),
    }
    match played.worlds {
        [one] => add("World", world_title(scenario, one)),
        all => add("Worlds", format!("{}, listed below", all.len())),
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
    let shown = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
    match dates.last_day(steps).filter(|_| steps > 0) {
        Some(end) => format!(
            "{} to {}, in {} of a {unit}",
            shown(dates.start),
            shown(end),
            counted(u64::from(steps), "step")
        ),
        None => format!("from {}, {}", shown(dates.start), counted(u64::from(steps), unit)),
    }
}

/// What a policy is called.
pub fn policy_title(scenario: &ScenarioFile, name: &str) -> String {
    let own = scenario.policies.iter().find(|policy| policy.name.value == name);
    match own {
        Some(policy) => policy.title.as_deref().map_or_else(|| capital(&spaced(name)), title),
        None if name == NO_POLICY => "No policy".to_owned(),
        None => title(name),
    }
}

/// What a world is called.
pub fn world_title(scenario: &ScenarioFile, name: &str) -> String {
    let own = scenario.worlds.iter().find(|world| world.name.value == name);
    match own {
        Some(world) => world.title.as_deref().map_or_else(|| capital(&spaced(name)), title),
        None if name == BASE_WORLD => "The world as the file stands".to_owned(),
        None => title(name),
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
                does.extend(policy.forbid.iter().map(|action| {
                    format!("{}: never", action_title(played.model(), &action.value))
                }));
                does.extend(set(document, scenario, &policy.set));
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
                Some(world) => set(document, scenario, &world.set),
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

/// An action in words: who does what.
fn action_title(model: &Model, name: &str) -> String {
    let own = model.happenings.iter().find(|what| what.name == name);
    let actor = name.split_once('.').and_then(|(actor, _)| {
        model.actors.iter().find(|own| own.name == actor).map(|own| own.title.as_str())
    });
    match (own, actor) {
        (Some(own), Some(actor)) => format!("{} {}", title(actor), spaced(&own.title)),
        _ => title(name),
    }
}

fn forced(model: &Model, force: &Force) -> String {
    let when = match model.dates {
        Some(dates) => {
            let day = |step: u32| {
                dates.day_of(i64::from(step)).map(|day| day.strftime("%-d %B %Y").to_string())
            };
            day(force.from).map(|day| format!("from {day}"))
        }
        None => Some(format!("from step {}", force.from)),
    };
    let times = match force.times {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    };
    let when = when.map_or(String::new(), |when| format!(", {when} on"));
    format!("{}: {times}, at the first chance{when}", action_title(model, &force.action.value))
}

/// The values that a policy or world sets, each with the value that it replaces.
fn set(document: &Document, scenario: &ScenarioFile, settings: &[Setting]) -> Vec<String> {
    let written = |setting: &Setting| {
        let span = setting.node.span;
        let text = document.text.get(span.start..span.end).unwrap_or_default();
        formula(text.trim_matches('"'))
    };
    settings
        .iter()
        .map(|setting| {
            let path = title(&setting.path.value);
            let own = path
                .strip_prefix("assumptions.")
                .and_then(|name| scenario.assumptions.iter().find(|own| own.name.value == name));
            match own {
                Some(own) => {
                    format!("{path} is {} instead of {}", written(setting), formula(&own.draw.text))
                }
                None => format!("{path} is {}", written(setting)),
            }
        })
        .collect()
}
