//! What all charts of an answer and its page share: names, colours and the words around charts.

use super::phrases::{sentence, spaced};
use super::played::Played;
use super::titles::{policy_title, world_title};
use crate::chart::{Colour, OutcomeName, StepEvent};
use crate::format::counted;
use crate::model::{BASE_WORLD, Model, NO_POLICY};
use crate::scenario::ScenarioFile;

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
        format!(
            "{} Simulated with Démarche {}",
            sentence(&self.played.title()),
            self.played.version
        )
    }

    /// The words for a subtitle that give trials, seed, policy and world, where one policy was played
    /// in one world.
    pub fn under(&self) -> String {
        let trials = counted(self.played.trials, "trial");
        let of = if self.played.repeats.is_some() { ", one of each draw" } else { "" };
        format!("{trials}{of}, seed {}{}", self.played.seed, self.circumstances())
    }

    /// The same where all repeats of all draws are counted.
    pub fn over_all_plays(&self) -> String {
        let Some(repeats) = self.played.repeats else { return self.under() };
        let draws = counted(self.played.trials, "draw");
        format!(
            "{draws} of the assumptions, each played {repeats} times, seed {}{}",
            self.played.seed,
            self.circumstances()
        )
    }

    /// The policy and the world for the end of a list, where they are not those that a file has without
    /// any being named.
    pub fn circumstances(&self) -> String {
        let Model { policy, world, .. } = self.model();
        let mut words = String::new();
        if policy != NO_POLICY {
            words += &format!(", policy “{}”", self.policy_title(policy));
        }
        if world != BASE_WORLD {
            words += &format!(", world “{}”", self.world_title(world));
        }
        words
    }

    /// The words for a subtitle that give the trials of each cell and the seed, for a comparison.
    pub fn each(&self) -> String {
        let trials = counted(self.played.trials, "trial");
        format!("{trials} each on common random numbers, seed {}", self.played.seed)
    }

    /// What the world of a comparison is called; `None` if all was played in the world as the file
    /// stands.
    pub fn place(&self, world: &str) -> Option<String> {
        match self.played.worlds {
            [one] if one == BASE_WORLD => None,
            _ => Some(self.world_title(world)),
        }
    }

    /// The same for the end of a list.
    pub fn within(&self, world: &str) -> String {
        self.place(world).map_or_else(String::new, |world| format!(", world “{world}”"))
    }

    /// What a policy is called: its title in the first file that has it.
    pub fn policy_title(&self, name: &str) -> String {
        let has = |file: &&ScenarioFile| file.policies.iter().any(|own| own.name.value == name);
        let mut files = self.played.files().filter_map(|file| file.document.scenario());
        let own = files.find(has).or_else(|| self.played.file.document.scenario());
        own.map_or_else(|| name.to_owned(), |file| policy_title(file, name))
    }

    /// What a world is called: its title in the first file that has it.
    pub fn world_title(&self, name: &str) -> String {
        let has = |file: &&ScenarioFile| file.worlds.iter().any(|own| own.name.value == name);
        let mut files = self.played.files().filter_map(|file| file.document.scenario());
        let own = files.find(has).or_else(|| self.played.file.document.scenario());
        own.map_or_else(|| name.to_owned(), |file| world_title(file, name))
    }

    /// A scenario under a policy: the policy's title, with the scenario's name where there are two.
    pub fn cell_title(&self, scenario: &str, policy: &str) -> String {
        let title = self.policy_title(policy);
        match (self.played.is_of_two_files(), self.played.policies) {
            (false, _) => title,
            (true, [_]) => scenario.to_owned(),
            (true, _) => format!("{scenario}: {title}"),
        }
    }

    /// The title of an actor; its name if no actor has it.
    pub fn actor_title(&self, name: &str) -> String {
        let known = self.model().actors.iter().find(|known| known.name == name);
        known.map_or_else(|| spaced(name), |known| known.title.clone())
    }

    /// The title of an action, event or entry of the calendar; without one, its name in words.
    pub fn happening_title(&self, name: &str) -> String {
        let known = self.model().happenings.iter().find(|known| known.name == name);
        let bare = |name: &str| spaced(name.split_once('.').map_or(name, |(_, own)| own));
        match known {
            Some(known) if known.title != known.name => known.title.clone(),
            _ => bare(name),
        }
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

/// The outcomes of a model with their colours, unresolved last.
pub fn outcome_names(model: &Model) -> Vec<OutcomeName> {
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
