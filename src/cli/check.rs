//! `demarche check`: the mistakes in a scenario file, and what it contains.

use super::args::CheckOptions;
use super::failure::{Failure, print};
use super::input::{compile, read, tell};
use super::progress::{Bar, listen};
use crate::format::{count, counted, number, number_range};
use crate::formula::Type;
use crate::model::{BASE_WORLD, HappeningKind, Model, NO_POLICY};
use crate::study::{Plan, Summary, Tally, play};
use crate::verbs::terminal::{cut, plain};
use crate::verbs::{SettingOptions, TRIALS, Work};

/// How many trials are played to see how decided the actors are.
const SAMPLE: u64 = 32;

/// Prints every mistake in a file, and what it contains.
pub(super) fn check(options: &CheckOptions) -> Result<(), Failure> {
    let (document, _) = read(&options.file)?;
    let document = document.with(SettingOptions::OPTION, &options.set.settings);
    let (model, found) = compile(&document, NO_POLICY, BASE_WORLD)?;
    tell(&found, &document);
    if options.quiet {
        return Ok(());
    }
    print(&contents(&model, &document.policies(), &document.worlds()))?;
    listen();
    let plan = Plan { seed: 1, trials: SAMPLE, ..Plan::default() };
    let mut tally = Tally::new(&model);
    let watch = Bar::new(&Work { trials: SAMPLE, replays: 0, outcomes: Vec::new() }, options.quiet);
    let played = play(&model, plan, &watch, |blocks| {
        tally.add(blocks);
        Ok::<(), std::convert::Infallible>(())
    });
    watch.clear();
    played.map_err(Failure::could_not)?;
    print(&decisiveness(&model, &tally.finish()))
}

fn contents(model: &Model, policies: &[&str], worlds: &[&str]) -> String {
    let happen = |kind: fn(&HappeningKind) -> bool| {
        model.happenings.iter().filter(|what| kind(&what.kind)).count() as u64
    };
    let steps = || counted(u64::from(model.truth.steps), "step");
    let labels = model.states.iter().filter(|s| matches!(s.series.ty, Type::Label(_))).count();
    let time = match model.dates {
        Some(dates) => {
            let last = dates.last_day(model.truth.steps).filter(|_| model.truth.steps > 0);
            let until = last.map_or_else(String::new, |day| format!(" to {day}"));
            format!("{}, {}{until}", steps(), dates.start)
        }
        None => steps(),
    };
    let (own, elsewhere) = model.count_of_assumptions();
    let assumptions = match elsewhere {
        0 => count(own),
        some => {
            let some = counted(some, "other value");
            format!("{}, and {some} drawn once per trial", count(own))
        }
    };
    let bargains = happen(|k| matches!(k, HappeningKind::Bargain));
    let mut rows = vec![
        vec!["time".to_owned(), time],
        vec!["assumptions".to_owned(), assumptions],
        vec!["state".to_owned(), state_variables(model.states.len() as u64, labels as u64)],
        vec!["measures".to_owned(), count(model.measures.len() as u64)],
        vec!["events".to_owned(), count(happen(|k| matches!(k, HappeningKind::Event)))],
        vec![
            "actors".to_owned(),
            format!(
                "{}, with {}",
                count(model.actors.len() as u64),
                counted(happen(|k| matches!(k, HappeningKind::Action(_))), "action")
            ),
        ],
        vec![
            "calendar".to_owned(),
            match happen(|k| matches!(k, HappeningKind::Calendar)) {
                1 => "1 entry".to_owned(),
                many => format!("{} entries", count(many)),
            },
        ],
        vec!["outcomes".to_owned(), ids(model.outcomes.iter().map(|o| o.id.as_str()))],
        vec!["policies".to_owned(), ids(policies.iter().copied())],
        vec!["worlds".to_owned(), ids(worlds.iter().copied())],
        vec!["trials".to_owned(), count(model.trials.unwrap_or(TRIALS))],
    ];
    if bargains > 0 {
        rows.insert(5, vec!["bargains".to_owned(), count(bargains)]);
    }
    format!("{}\n\n{}", model.title, plain(&["", ""], rows, &[]).trim_start_matches('\n'))
}

/// How many variables there are, and of how many the values are labels.
fn state_variables(all: u64, labels: u64) -> String {
    match labels {
        0 => counted(all, "variable"),
        _ => format!("{}, {} with labels", counted(all, "variable"), count(labels)),
    }
}

fn ids<'a>(names: impl Iterator<Item = &'a str>) -> String {
    cut(&names.collect::<Vec<_>>().join(", "), 160)
}

/// How decided each actor's choices are: its rationality λ times the spread of the expected utility
/// V over its options.
fn decisiveness(model: &Model, summary: &Summary) -> String {
    let mut rows = Vec::new();
    for (actor, spread) in model.actors.iter().zip(&summary.decisiveness) {
        if spread.count == 0 {
            continue;
        }
        let word = if spread.p50 < 1.0 {
            "chooses almost at random"
        } else if spread.p50 > 10.0 {
            "nearly always takes its best option"
        } else {
            "weighs its options"
        };
        rows.push(vec![
            cut(&actor.title, 32),
            number(spread.p50),
            number_range(spread.p05, spread.p95),
            word.to_owned(),
        ]);
    }
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "\nHow decided the choices are: rationality times the spread of expected utility over the\n\
         options, in {SAMPLE} trials. Below 1 an actor chooses almost at random; above 10 it nearly\n\
         always takes its best option.\n\n{}",
        plain(&["Actor", "median", "5th to 95th percentile", ""], rows, &[1, 2])
    )
}
