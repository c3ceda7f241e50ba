//! What all charts of a run folder have in common.

use super::DrawError;
use crate::chart::{Colour, OutcomeName, StepEvent, number};
use crate::model::{Document, Model};
use crate::report::phrases::spaced;
use crate::store::{Manifest, Records, StoreError, StoredRow};
use crate::study::UNRESOLVED;

/// A run folder, its scenario compiled for its names.
pub(super) struct Scene<'a> {
    pub manifest: &'a Manifest,
    pub records: &'a Records,
    /// The scenario under the first policy in the first world.
    pub model: Model,
    /// In a comparison of two files, the other one likewise.
    pub other: Option<Model>,
    document: &'a Document,
    outcomes: Vec<OutcomeName>,
}

/// A policy in a world, of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell<'t> {
    pub scenario: &'t str,
    pub policy: &'t str,
    pub world: &'t str,
}

impl<'t> Cell<'t> {
    /// The cell that a row is about.
    pub fn of(row: &StoredRow<'t>) -> Result<Self, StoreError> {
        Ok(Cell {
            scenario: row.text("scenario")?,
            policy: row.text("policy")?,
            world: row.text("world")?,
        })
    }

    /// One side of the pair that a row is about: `a` or `b`.
    pub fn side(row: &StoredRow<'t>, side: &str) -> Result<Self, StoreError> {
        Ok(Cell {
            scenario: row.text(&format!("scenario_{side}"))?,
            policy: row.text(&format!("policy_{side}"))?,
            world: row.text(&format!("world_{side}"))?,
        })
    }
}

impl<'a> Scene<'a> {
    pub fn new(
        manifest: &'a Manifest,
        records: &'a Records,
        documents: &[&'a Document],
    ) -> Result<Self, DrawError> {
        let first = |names: &[String], default: &str| {
            names.first().map_or_else(|| default.to_owned(), String::clone)
        };
        let policy = first(&manifest.policies, crate::model::NO_POLICY);
        let world = first(&manifest.worlds, crate::model::BASE_WORLD);
        let model = |document: &Document| {
            let found = document.check();
            if found.has_errors() {
                return Err(DrawError::Scenario(Box::new(found)));
            }
            document.model(&policy, &world).map_err(|found| DrawError::Scenario(Box::new(found)))
        };
        let (document, others) =
            documents.split_first().expect("a run folder has the scenario that was played");
        let model_of_first = model(document)?;
        Ok(Scene {
            manifest,
            records,
            other: others.first().map(|other| model(other)).transpose()?,
            document,
            outcomes: outcome_names(&model_of_first),
            model: model_of_first,
        })
    }

    /// The outcomes as charts know them, in file order, unresolved last.
    pub fn outcomes(&self) -> &[OutcomeName] {
        &self.outcomes
    }

    /// The position of the outcome in a column; of an outcome that only the other file has, none.
    pub fn outcome(&self, row: &StoredRow<'_>, column: &str) -> Result<Option<usize>, StoreError> {
        let id = row.text(column)?;
        let found = self.outcomes.iter().position(|outcome| outcome.id == id);
        let elsewhere = |model: &Model| model.outcomes.iter().any(|outcome| outcome.id == id);
        if found.is_none() && !self.other.as_ref().is_some_and(elsewhere) {
            return Err(row.wrong(column, "an outcome of the scenario"));
        }
        Ok(found)
    }

    /// The same, where there is one file only.
    pub fn own_outcome(&self, row: &StoredRow<'_>, column: &str) -> Result<usize, StoreError> {
        self.outcome(row, column)?.ok_or_else(|| row.wrong(column, "an outcome of the scenario"))
    }

    /// The last line of every chart.
    pub fn source(&self) -> String {
        format!("{}. Simulated with Démarche {}", self.model.title, self.manifest.demarche)
    }

    /// How many trials there were under what, for a run.
    pub fn under(&self) -> String {
        let trials = number(self.manifest.trials as f64);
        let Model { policy, world, .. } = &self.model;
        let seed = self.manifest.seed;
        match self.manifest.repeats {
            Some(_) => format!(
                "{trials} trials, one of each draw, seed {seed}, policy {policy}, world {world}"
            ),
            None => format!("{trials} trials, seed {seed}, policy {policy}, world {world}"),
        }
    }

    /// How many trials there were of each cell, for a comparison.
    pub fn each(&self) -> String {
        let trials = number(self.manifest.trials as f64);
        format!("{trials} trials each on the same luck, seed {}", self.manifest.seed)
    }

    /// A label for the start and the end of each step.
    pub fn ticks(&self) -> Vec<String> {
        let day = |step: i64| self.model.dates.and_then(|dates| dates.day_of(step));
        (0..=i64::from(self.model.truth.steps))
            .map(|step| day(step).map_or_else(|| step.to_string(), |day| day.to_string()))
            .collect()
    }

    /// What the calendar has come within the run, by date and then file order.
    pub fn events(&self) -> Vec<StepEvent> {
        let (Some(scenario), Some(dates)) = (self.document.scenario(), self.model.dates) else {
            return Vec::new();
        };
        let steps = i64::from(self.model.truth.steps);
        let mut entries: Vec<_> = scenario.calendar.iter().collect();
        entries.sort_by_key(|entry| entry.on.value);
        let place = |day: jiff::civil::Date| {
            let step = dates.step_of(day);
            let (from, to) = (dates.day_of(step)?, dates.day_of(step + 1)?);
            let days = |a: jiff::civil::Date, b| a.until((jiff::Unit::Day, b)).ok();
            let share =
                f64::from(days(from, day)?.get_days()) / f64::from(days(from, to)?.get_days());
            (0..steps).contains(&step).then_some(step as f64 + share)
        };
        let event = |entry: &&crate::scenario::CalendarEntry| {
            Some(StepEvent {
                at: place(entry.on.value)?,
                when: entry.on.value.to_string(),
                label: entry.title.clone().unwrap_or_else(|| spaced(&entry.name.value)),
            })
        };
        entries.iter().filter_map(event).collect()
    }
}

/// The most outcomes that a chart shows one by one.
const MOST_OUTCOMES: usize = 24;

/// The positions, in their order, that a chart shows: all, or where they are too many those with
/// the largest weights.
pub(super) fn most(weights: &[f64]) -> Vec<usize> {
    let mut shown: Vec<usize> = (0..weights.len()).collect();
    if shown.len() > MOST_OUTCOMES {
        shown.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        shown.truncate(MOST_OUTCOMES);
        shown.retain(|at| weights[*at] > 0.0);
        shown.sort_unstable();
    }
    shown
}

/// What stands for the outcomes that a chart does not show one by one.
pub(super) fn other_outcomes() -> OutcomeName {
    OutcomeName {
        id: String::new(),
        label: "Other outcomes".to_owned(),
        colour: Colour::UNRESOLVED,
    }
}

/// How a chart says that it leaves some out.
pub(super) fn left_out(shown: usize, all: usize) -> String {
    if shown == all { String::new() } else { format!("; the {shown} largest of {all}") }
}

/// The outcomes of a model, unresolved last.
pub(in crate::report) fn outcome_names(model: &Model) -> Vec<OutcomeName> {
    let claimed = model.outcomes.iter().map(|outcome| outcome.colour.as_deref());
    let claimed: Vec<Option<Colour>> = claimed.map(|text| text.and_then(Colour::read)).collect();
    let colours = Colour::assign(&claimed);
    let own = model.outcomes.iter().zip(colours).map(|(outcome, colour)| OutcomeName {
        id: outcome.id.clone(),
        label: outcome.title.clone(),
        colour,
    });
    let unresolved = OutcomeName {
        id: UNRESOLVED.to_owned(),
        label: "Unresolved".to_owned(),
        colour: Colour::UNRESOLVED,
    };
    own.chain([unresolved]).collect()
}
