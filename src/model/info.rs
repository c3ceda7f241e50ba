//! The compiled scenario and what tables and charts need to know of it.

use std::sync::Arc;

use super::copula::Copula;
use super::dates::Dates;
use super::program::{ActorId, PlaceId, Program};
use super::rules::Rules;
use crate::formula::{Happening, LabelId, ParamId, StateId, Type};
use crate::scenario::Order;

/// A compiled scenario, immutable: everything that trials need.
#[derive(Clone, Debug)]
pub struct Model {
    /// The scenario's title.
    pub title: String,
    /// The policy in force, `none` without one.
    pub policy: String,
    /// The world that holds, `base` without one.
    pub world: String,
    /// Steps and dates, where the scenario has dates.
    pub dates: Option<Dates>,
    /// Who moves when.
    pub order: Order,
    /// How many trials the file asks for.
    pub trials: Option<u64>,
    /// The variables, by [`StateId`].
    pub states: Vec<StateInfo>,
    /// The measures.
    pub measures: Vec<SeriesInfo>,
    /// The outcomes, in the order tested.
    pub outcomes: Vec<OutcomeInfo>,
    /// The actors, by [`ActorId`].
    pub actors: Vec<ActorInfo>,
    /// Events, actions and calendar entries, by [`Happening`].
    pub happenings: Vec<HappeningInfo>,
    /// The paths of the numbers settled once per trial, by [`ParamId`].
    pub params: Vec<Arc<str>>,
    /// What counts as an assumption, for tables.
    pub assumptions: Vec<AssumptionInfo>,
    /// The places of uniform random numbers, by [`PlaceId`].
    pub places: Vec<Place>,
    /// The paths of options, each with Gumbel numbers of its own, by [`super::ChoicePlaceId`].
    pub choice_places: Vec<String>,
    /// The texts of labels, by [`LabelId`].
    pub labels: Vec<String>,
    /// The truth.
    pub truth: Program,
    /// What each actor takes to be true, where that differs.
    pub minds: Vec<Option<Program>>,
    /// How assumptions go together.
    pub copula: Option<Copula>,
    /// What the policy forbids and forces.
    pub rules: Rules,
}

/// A place where uniform random numbers are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path in the file.
    pub path: String,
    /// What the number is for.
    pub purpose: Purpose,
    /// How many numbers are asked for each time.
    pub numbers: u16,
}

/// What a uniform random number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A draw in a formula that is carried out.
    Draw,
    /// A draw in a formula whose result someone weighs.
    Weigh,
    /// Whether an event happens, or which branch comes up.
    Chance,
    /// A vote.
    Vote,
    /// A place in a random order.
    Order,
}

impl Purpose {
    /// The word that goes into the hash of the address.
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Draw => "draw",
            Purpose::Weigh => "weigh",
            Purpose::Chance => "chance",
            Purpose::Vote => "vote",
            Purpose::Order => "order",
        }
    }
}

/// A column that is recorded every step.
#[derive(Clone, Debug)]
pub struct SeriesInfo {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its unit.
    pub unit: Option<String>,
    /// What it is.
    pub about: Option<String>,
}

/// A variable.
#[derive(Clone, Debug)]
pub struct StateInfo {
    /// Name, type, unit.
    pub series: SeriesInfo,
}

/// An outcome.
#[derive(Clone, Debug)]
pub struct OutcomeInfo {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its colour in charts, as it is written: `#rrggbb`, or one of [`crate::scenario::COLOURS`].
    pub colour: Option<String>,
}

/// An actor.
#[derive(Clone, Debug)]
pub struct ActorInfo {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its path, which names its imagination.
    pub path: String,
}

/// What can happen.
#[derive(Clone, Debug)]
pub struct HappeningInfo {
    /// As formulas name it: `incident`, `a.attack`.
    pub name: String,
    /// As it reads in a story.
    pub title: String,
    /// What kind of thing it is.
    pub kind: HappeningKind,
}

/// The kinds of things that happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HappeningKind {
    /// A move of nature's.
    Event,
    /// A move of an actor's.
    Action(ActorId),
    /// Something known to come.
    Calendar,
}

/// An assumption as tables show it.
#[derive(Clone, Debug)]
pub struct AssumptionInfo {
    /// Its name, or the path of a draw elsewhere.
    pub name: String,
    /// Its column in the table of trials.
    pub column: String,
    /// Its number.
    pub param: ParamId,
    /// Its formula, after world and policy.
    pub formula: String,
    /// Its type.
    pub ty: Type,
}

impl Model {
    /// What an actor takes to be true.
    pub fn mind(&self, actor: ActorId) -> &Program {
        self.minds[actor.index()].as_ref().unwrap_or(&self.truth)
    }

    /// Whether an actor takes something else to be true than what is.
    pub fn believes(&self, actor: ActorId) -> bool {
        self.minds[actor.index()].is_some()
    }

    /// The text of a label column's value.
    pub fn label(&self, value: f64) -> &str {
        self.labels.get(value as usize).map_or("", String::as_str)
    }

    /// The text of a label.
    pub fn label_text(&self, label: LabelId) -> &str {
        self.labels.get(label.0 as usize).map_or("", String::as_str)
    }

    /// The place with this number.
    pub fn place(&self, place: PlaceId) -> &Place {
        &self.places[place.0 as usize]
    }

    /// The name of a variable.
    pub fn state_name(&self, state: StateId) -> &str {
        &self.states[state.0 as usize].series.name
    }

    /// What a happening is.
    pub fn happening(&self, what: Happening) -> &HappeningInfo {
        &self.happenings[what.0 as usize]
    }

    /// The columns recorded every step: the state, then the measures.
    pub fn series(&self) -> impl Iterator<Item = &SeriesInfo> {
        self.states.iter().map(|state| &state.series).chain(&self.measures)
    }
}
