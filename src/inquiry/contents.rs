//! What a scenario contains, and how decided its actors are, in words.

use super::error::InquiryError;
use crate::format::{count, counted, number, number_range};
use crate::formula::Type;
use crate::model::{Document, HappeningKind, Model};
use crate::study::{Plan, Summary, Tally, Watch, play};
use crate::verbs::terminal::{cut, plain};
use crate::verbs::{Halt, TRIALS};

/// How many trials are played to see how decided the actors are.
pub const SAMPLE: u64 = 32;

/// What a scenario contains, as a list.
pub fn contents(model: &Model, document: &Document) -> String {
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
        vec!["policies".to_owned(), ids(document.policies().into_iter())],
        vec!["worlds".to_owned(), ids(document.worlds().into_iter())],
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

/// Plays a few trials, [`SAMPLE`], to see how decided the actors are.
///
/// # Errors
///
/// If someone who watches asks for it to stop, or a formula gives a value that cannot be used.
pub fn sample(model: &Model, watch: &dyn Watch) -> Result<Summary, InquiryError> {
    let plan = Plan { seed: 1, trials: SAMPLE, ..Plan::default() };
    let mut tally = Tally::new(model);
    let played = play(model, plan, watch, |blocks| {
        tally.add(blocks);
        Ok::<(), std::convert::Infallible>(())
    });
    played.map_err(|stopped| Halt::of(stopped, |_| String::new()))?;
    Ok(tally.finish())
}

/// How decided each actor's choices are: its rationality λ times the spread of the expected utility
/// V over its options.
pub fn decisiveness(model: &Model, summary: &Summary) -> String {
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
