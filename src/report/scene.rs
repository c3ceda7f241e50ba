//! What all charts of an answer and its page share: names, colours and the words around charts.

use super::phrases::spaced;
use super::played::Played;
use crate::chart::{Colour, OutcomeName, StepEvent};
use crate::format::counted;
use crate::model::Model;

/// What was played, with a colour for each outcome.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// What was played.
    pub played: Played<'a>,
    outcomes: Vec<OutcomeName>,
}

impl<'a> Scene<'a> {
    /// The scene of an answer.
    pub fn new(played: Played<'a>) -> Self {
        Scene { outcomes: outcome_names(played.model()), played }
    }

    /// The compiled scenario, from which names are read.
    pub fn model(&self) -> &'a Model {
        self.played.model()
    }

    /// The outcomes of the first file with their colours, in file order, unresolved last.
    pub fn outcomes(&self) -> &[OutcomeName] {
        &self.outcomes
    }

    /// An outcome of the first file with its colour. `None` for an outcome that only another file
    /// has, since it has no colour.
    pub fn outcome(&self, id: &str) -> Option<&OutcomeName> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The last line of every chart.
    pub fn source(&self) -> String {
        format!("{}. Simulated with Démarche {}", self.model().title, self.played.version)
    }

    /// The words for a subtitle that give trials, seed, policy and world, where one policy was played
    /// in one world.
    pub fn under(&self) -> String {
        let trials = counted(self.played.trials, "trial");
        let Model { policy, world, .. } = self.model();
        let seed = self.played.seed;
        match self.played.repeats {
            Some(_) => {
                format!("{trials}, one of each draw, seed {seed}, policy {policy}, world {world}")
            }
            None => format!("{trials}, seed {seed}, policy {policy}, world {world}"),
        }
    }

    /// The words for a subtitle that give the trials of each cell and the seed, for a comparison.
    pub fn each(&self) -> String {
        let trials = counted(self.played.trials, "trial");
        format!("{trials} each on the same luck, seed {}", self.played.seed)
    }

    /// A label for the start and the end of each step.
    pub fn ticks(&self) -> Vec<String> {
        let day = |step: i64| self.model().dates.and_then(|dates| dates.day_of(step));
        (0..=i64::from(self.model().truth.steps))
            .map(|step| day(step).map_or_else(|| step.to_string(), |day| day.to_string()))
            .collect()
    }

    /// The calendar entries within the period of the run, by date and then in file order.
    pub fn events(&self) -> Vec<StepEvent> {
        let (Some(scenario), Some(dates)) =
            (self.played.file.document.scenario(), self.model().dates)
        else {
            return Vec::new();
        };
        let steps = i64::from(self.model().truth.steps);
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

/// The largest number of outcomes that a chart shows one by one.
const MOST_OUTCOMES: usize = 24;

/// The indices, in ascending order, of what a chart shows: all of them, or if there are too many,
/// those with the largest weights.
pub fn most(weights: &[f64]) -> Vec<usize> {
    let mut shown: Vec<usize> = (0..weights.len()).collect();
    if shown.len() > MOST_OUTCOMES {
        shown.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        shown.truncate(MOST_OUTCOMES);
        shown.retain(|at| weights[*at] > 0.0);
        shown.sort_unstable();
    }
    shown
}

/// The name and colour that stand for all outcomes that a chart does not show one by one.
pub fn other_outcomes() -> OutcomeName {
    OutcomeName {
        id: String::new(),
        label: "Other outcomes".to_owned(),
        colour: Colour::UNRESOLVED,
    }
}

/// The words with which a subtitle says that the chart leaves some things out.
pub fn left_out(shown: usize, all: usize) -> String {
    if shown == all { String::new() } else { format!("; the {shown} largest of {all}") }
}

/// The outcomes of a model, unresolved last.
fn outcome_names(model: &Model) -> Vec<OutcomeName> {
    let claimed = model.outcomes.iter().map(|outcome| outcome.colour.as_deref());
    let claimed: Vec<Option<Colour>> = claimed.map(|text| text.and_then(Colour::read)).collect();
    let colours = Colour::assign(&claimed).into_iter().chain([Colour::UNRESOLVED]);
    let name = |(index, colour): (usize, Colour)| OutcomeName {
        id: model.outcome_id(index).to_owned(),
        label: model.outcome_title(index).to_owned(),
        colour,
    };
    colours.enumerate().map(name).collect()
}
