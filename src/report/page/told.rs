//! What a policy or a world does, told in the words of the scenario file.

use super::words::{formula, spaced, title};
use crate::format::count;
use crate::model::{Document, Model};
use crate::report::phrases::capital;
use crate::report::titles::move_in_words;
use crate::scenario::{Actor, Force, Notes, ScenarioFile, Setting, SpannedName};

/// A day as a person writes it: `6 September 2017`.
pub(super) fn day(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// An action in words, made safe for the page: who does what.
fn action_title(model: &Model, name: &str) -> String {
    title(&move_in_words(model, name))
}

/// That an action is forbidden.
pub(super) fn forbidden(model: &Model, action: &SpannedName) -> String {
    format!("{}: never", action_title(model, &action.value))
}

/// How often an action is forced, and in which window.
pub(super) fn forced(model: &Model, force: &Force) -> String {
    let times = match force.times {
        1 => "once, at the first chance".to_owned(),
        2 => "twice, at the first two chances".to_owned(),
        more => format!("{0} times, at the first {0} chances", count(u64::from(more))),
    };
    format!("{}: {times}{}", action_title(model, &force.action.value), window(model, force))
}

/// The window of a forced action, with its end; nothing if it is the whole run.
fn window(model: &Model, force: &Force) -> String {
    let last = model.truth.steps.saturating_sub(1);
    let (from, to) = (force.from, force.to.unwrap_or(last).min(last));
    if (from, to) == (0, last) {
        return String::new();
    }
    let days = model.dates.and_then(|dates| {
        let first = dates.day_of(i64::from(from))?;
        Some((day(first), day(dates.last_day(to + 1)?)))
    });
    match days {
        Some((first, end)) => format!(" from {first} to {end}"),
        None if from == to => format!(" in step {from}"),
        None => format!(" from step {from} to step {to}"),
    }
}

/// The values that a policy or a world sets, each with what it is about and the value that it
/// replaces.
pub(super) fn settings(
    document: &Document,
    scenario: &ScenarioFile,
    settings: &[Setting],
) -> Vec<String> {
    let told = settings.iter().map(|setting| {
        replaced(document, scenario, setting, document.written(&setting.path.value))
    });
    told.collect()
}

/// The values that the command line sets, each with what it is about and the value of the file that it
/// replaces.
pub(super) fn given(document: &Document, scenario: &ScenarioFile) -> Vec<String> {
    let told = document
        .given()
        .iter()
        .map(|given| replaced(document, scenario, &given.setting, given.replaced.as_deref()));
    told.collect()
}

/// A value in place of an old one.
fn replaced(
    document: &Document,
    scenario: &ScenarioFile,
    setting: &Setting,
    old: Option<&str>,
) -> String {
    let (subject, _) = subject(scenario, &setting.path.value);
    let new = formula(document.text_of(&setting.node));
    match old {
        Some(old) => format!("{subject}: {new} instead of {}", formula(old)),
        None => format!("{subject}: {new}, where the file says nothing"),
    }
}

/// What the value at a path is about, as a person would call it, made safe for a page.
pub(crate) fn subject_in_words(scenario: &ScenarioFile, path: &str) -> String {
    subject(scenario, path).0
}

/// What the value at a path is about, by the titles and descriptions of the file, with the notes of
/// the table that it is written in.
pub(super) fn subject<'s>(scenario: &'s ScenarioFile, path: &str) -> (String, Option<&'s Notes>) {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["assumptions", name, rest @ ..] => {
            let own = scenario.assumptions.iter().find(|own| own.name.value == *name);
            named(own.map(|own| &own.notes), name, if *rest == ["draw"] { &[] } else { rest })
        }
        ["state", name, rest @ ..] => {
            let own = scenario.state.iter().find(|own| own.name.value == *name);
            named(own.map(|own| &own.notes), name, rest)
        }
        ["define", name, rest @ ..] => {
            let own = scenario.define.iter().find(|own| own.name.value == *name);
            named(own.map(|own| &own.notes), name, if *rest == ["of"] { &[] } else { rest })
        }
        ["measures", name, rest @ ..] => {
            let own = scenario.measures.iter().find(|own| own.name.value == *name);
            named(own.map(|own| &own.notes), name, if *rest == ["of"] { &[] } else { rest })
        }
        ["events", name, rest @ ..] => {
            let own = scenario.events.iter().find(|own| own.name.value == *name);
            let shown = own.and_then(|own| own.title.as_deref()).map(title);
            let notes = own.map(|own| &own.notes);
            (told(shown.unwrap_or_else(|| spaced(name)), rest), notes)
        }
        ["bargains", name, rest @ ..] => {
            let own = scenario.bargains.iter().find(|own| own.name.value == *name);
            let shown = own.and_then(|own| own.title.as_deref()).map(title);
            let notes = own.map(|own| &own.notes);
            (told(shown.unwrap_or_else(|| spaced(name)), rest), notes)
        }
        ["outcomes", name, rest @ ..] => {
            let own = scenario.outcomes.iter().find(|own| own.id.value == *name);
            let shown = own.map_or_else(|| spaced(name), |own| title(own.title_or_id()));
            (told(shown, rest), own.map(|own| &own.notes))
        }
        ["actors", name, rest @ ..] => {
            let actor = scenario.actors.iter().find(|actor| actor.name.value == *name);
            let who = title(actor.map_or(*name, Actor::title_or_name));
            match rest {
                ["wants", want, rest @ ..] => {
                    let own = actor.and_then(|a| a.wants.iter().find(|w| w.name.value == *want));
                    let what = format!("{} of its want “{}”", key(rest), spaced(want));
                    (format!("{who}: {what}"), own.map(|own| &own.notes))
                }
                ["actions", action, rest @ ..] => {
                    let own =
                        actor.and_then(|a| a.actions.iter().find(|own| own.name.value == *action));
                    let does = own.and_then(|own| own.title.as_deref());
                    let does = does.map_or_else(|| spaced(action), title);
                    (told(format!("{who} {does}"), rest), own.map(|own| &own.notes))
                }
                rest => (format!("{who}: {}", key(rest)), actor.map(|actor| &actor.notes)),
            }
        }
        _ => (title(path), None),
    }
}

/// What a value in a table with a description is about.
fn named<'s>(notes: Option<&'s Notes>, name: &str, rest: &[&str]) -> (String, Option<&'s Notes>) {
    let about = notes.and_then(|notes| notes.about.as_deref());
    let shown =
        about.map_or_else(|| capital(&spaced(name)), |about| title(about.trim_end_matches('.')));
    (told(shown, rest), notes)
}

fn told(what: String, rest: &[&str]) -> String {
    match rest {
        [] => what,
        ["start"] => format!("{what}, at the start"),
        ["chance"] => format!("Chance of “{what}”"),
        rest => format!("{what}: {}", key(rest)),
    }
}

fn key(rest: &[&str]) -> String {
    match rest {
        ["range", "0"] => "lower end of the range".to_owned(),
        ["range", "1"] => "upper end of the range".to_owned(),
        ["traits", name] => spaced(name),
        rest => spaced(&rest.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        format = 1
        [scenario]
        start = 2020-01-31
        step = "month"
        steps = 12
        [assumptions]
        rain = { draw = "beta(2, 12)", about = "Chance that the rains fail." }
        [state]
        mediator = { start = "none", labels = ["none", "union"] }
        tension = { start = 0.3, range = [0, 1], about = "Military tension" }
        [events.drought]
        title = "the rains fail"
        chance = "rain"
        effects = { tension = "+= 0.1" }
        [actors.a]
        title = "The north"
        rationality = 5
        wants = { calm = { of = "tension", best = 0, worst = 1 } }
        [actors.a.actions.wait]
        title = "waits a month"
        cost = 0.1
        [actors.a.actions.go_home]
        [[outcomes]]
        id = "war"
        title = "A war"
        when = "tension > 0.5"
        [policies.all]
        force = [
            { action = "a.wait" },
            { action = "a.wait", from = 2, to = 2, times = 2 },
            { action = "a.wait", from = 1, to = 8, times = 3 },
            { action = "a.go_home", from = 11 },
        ]
        set = { "assumptions.rain" = "beta(6, 6)", "state.mediator.start" = "union", "state.tension.start" = 0.4, "state.tension.range.1" = 2, "events.drought.chance" = 0.5, "actors.a.wants.calm.weight" = 2, "actors.a.actions.wait.cost" = 0, "actors.a.rationality" = "4 to 6", "outcomes.war.when" = "tension > 0.6" }
    "#;

    #[test]
    fn a_policy_is_told_as_the_file_means_it() {
        let document = Document::read("all.toml", FILE.as_bytes());
        let model = document.model("none", "base").expect("the file is sound");
        let scenario = document.scenario().expect("the file can be read");
        let policy = &scenario.policies[0];
        let force: Vec<String> = policy.force.iter().map(|force| forced(&model, force)).collect();
        assert_eq!(
            force,
            [
                "The north waits a month: once, at the first chance",
                "The north waits a month: twice, at the first two chances from 31 March 2020 to 29 \
                 April 2020",
                "The north waits a month: 3 times, at the first 3 chances from 29 February 2020 to \
                 30 October 2020",
                "The north go home: once, at the first chance from 31 December 2020 to 30 January 2021",
            ]
        );
        assert_eq!(
            settings(&document, scenario, &policy.set),
            [
                "Chance that the rains fail: beta(6, 6) instead of beta(2, 12)",
                "Mediator, at the start: union instead of none",
                "Military tension, at the start: 0.4 instead of 0.3",
                "Military tension: upper end of the range: 2 instead of 1",
                "Chance of “the rains fail”: 0.5 instead of rain",
                "The north: weight of its want “calm”: 2, where the file says nothing",
                "The north waits a month: cost: 0 instead of 0.1",
                "The north: rationality: 4 to 6 instead of 5",
                "A war: when: tension > 0.6 instead of tension > 0.5",
            ]
        );
    }

    #[test]
    fn values_of_the_command_line_are_told_beside_those_of_the_file() {
        let words =
            ["assumptions.rain=0.2 to 0.4", "state.mediator.start=union", "actors.a.risk=1"];
        let document = Document::read("all.toml", FILE.as_bytes());
        let document = document.with("--set", &words.map(str::to_owned));
        document.model("all", "base").expect("the file is sound with them");
        let scenario = document.scenario().expect("the file can be read");
        assert_eq!(
            given(&document, scenario),
            [
                "Chance that the rains fail: 0.2 to 0.4 instead of beta(2, 12)",
                "Mediator, at the start: union instead of none",
                "The north: risk: 1, where the file says nothing",
            ]
        );
        let told = settings(&document, scenario, &scenario.policies[0].set);
        assert_eq!(told[0], "Chance that the rains fail: beta(6, 6) instead of 0.2 to 0.4");
    }

    #[test]
    fn windows_without_dates_name_their_steps() {
        let file = FILE.replace("start = 2020-01-31", "").replace("step = \"month\"", "");
        let document = Document::read("all.toml", file.as_bytes());
        let model = document.model("none", "base").expect("the file is sound");
        let policy = &document.scenario().expect("the file can be read").policies[0];
        let windows: Vec<String> = policy.force.iter().map(|force| window(&model, force)).collect();
        assert_eq!(windows, ["", " in step 2", " from step 1 to step 8", " in step 11"]);
    }
}
