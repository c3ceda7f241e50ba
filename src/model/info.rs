//! The compiled scenario, and what tables and charts show of it.

use std::sync::Arc;

use super::copula::Copula;
use super::dates::Dates;
use super::known::KnownPast;
use super::program::{ActorId, PlaceId, Program};
use super::rules::Rules;
use crate::formula::{Happening, LabelId, ParamId, StateId, Type};
use crate::scenario::{Imaginations, Order, UNRESOLVED};

/// The title of trials in which no outcome held, whose id is [`UNRESOLVED`].
pub const UNRESOLVED_TITLE: &str = "Unresolved";

/// A compiled scenario, immutable: everything that trials need.
#[derive(Clone, Debug)]
pub struct Model {
    /// The scenario's title.
    pub title: String,
    /// What the file is called in messages.
    pub file: String,
    /// The policy in force, `none` without one.
    pub policy: String,
    /// The world that holds, `base` without one.
    pub world: String,
    /// Steps and dates, where the scenario has dates.
    pub dates: Option<Dates>,
    /// In which order the actors move within a step.
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
    /// Events, bargains, actions and calendar entries, by [`Happening`].
    pub happenings: Vec<HappeningInfo>,
    /// The paths of the numbers settled once per trial, by [`ParamId`].
    pub params: Vec<Arc<str>>,
    /// The assumptions, and every other number that is drawn once per trial.
    pub assumptions: Vec<AssumptionInfo>,
    /// The places of uniform random numbers, by [`PlaceId`].
    pub places: Vec<Place>,
    /// The paths of options, each with Gumbel numbers of its own, by [`super::ChoicePlaceId`].
    pub choice_places: Vec<String>,
    /// The texts of labels, by [`LabelId`].
    pub labels: Vec<String>,
    /// What a trial does in truth.
    pub truth: Program,
    /// What a trial does in the belief of each actor; `None` for an actor that believes the truth.
    pub minds: Vec<Option<Program>>,
    /// How draws are correlated.
    pub copula: Option<Copula>,
    /// What the policy forbids and forces.
    pub rules: Rules,
    /// What is known to have happened; no run reads it.
    pub known: Option<KnownPast>,
}

/// A place where uniform random numbers are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path in the file.
    pub path: String,
    /// What its random numbers are for.
    pub purpose: Purpose,
    /// How many numbers are asked for each time.
    pub numbers: u16,
}

/// What a uniform random number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// A draw of a formula while it is carried out.
    Draw,
    /// A draw of a formula while an actor weighs what it would do.
    Weigh,
    /// Whether an event happens, or which branch comes up.
    Chance,
    /// A vote.
    Vote,
    /// The position of an actor in a random order.
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

/// A variable or measure that is recorded every step.
#[derive(Clone, Debug)]
pub struct SeriesInfo {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its unit.
    pub unit: Option<String>,
    /// What it is, in the words of the file.
    pub about: Option<String>,
}

/// A variable of the state.
#[derive(Clone, Debug)]
pub struct StateInfo {
    /// What is recorded of it.
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
    /// Its path in the file, by which its imagined random numbers are addressed.
    pub path: String,
}

/// An event, a bargain, an action or a calendar entry.
#[derive(Clone, Debug)]
pub struct HappeningInfo {
    /// The name by which formulas call it: `incident`, `a.attack`.
    pub name: String,
    /// The title that people read.
    pub title: String,
    /// What kind of thing it is.
    pub kind: HappeningKind,
    /// Of an item of a menu, its values in words: `x = 0.33`, with as few digits as tell items apart.
    pub item: Option<String>,
}

/// The kinds of things that happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HappeningKind {
    /// An event, which happens by chance.
    Event,
    /// A bargain, which settles a variable among several actors.
    Bargain,
    /// An action of this actor.
    Action(ActorId),
    /// An item of the menu of an action of this actor.
    Item(ActorId),
    /// A calendar entry, which is known to come.
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
    /// Its formula, with the values of the world and the policy in place.
    pub formula: String,
    /// The group of assumptions whose importance is told together, if the file puts it into one.
    pub group: Option<String>,
    /// Its type.
    pub ty: Type,
}

impl Model {
    /// The id of an outcome by its position, as tables have it. The position behind the last is that
    /// of trials in which no outcome held.
    pub fn outcome_id(&self, index: usize) -> &str {
        self.outcomes.get(index).map_or(UNRESOLVED, |outcome| outcome.id.as_str())
    }

    /// The ids of all outcomes in file order, and [`UNRESOLVED`] last.
    pub fn outcome_ids(&self) -> impl Iterator<Item = &str> {
        (0..=self.outcomes.len()).map(|index| self.outcome_id(index))
    }

    /// The title of an outcome by its position, as people read it; [`UNRESOLVED_TITLE`] behind the
    /// last.
    pub fn outcome_title(&self, index: usize) -> &str {
        self.outcomes.get(index).map_or(UNRESOLVED_TITLE, |outcome| outcome.title.as_str())
    }

    /// How many assumptions the file lists, and how many other values are drawn once per trial.
    pub fn count_of_assumptions(&self) -> (u64, u64) {
        let listed = |info: &&AssumptionInfo| info.column.starts_with("assumptions.");
        let own = self.assumptions.iter().filter(listed).count() as u64;
        (own, self.assumptions.len() as u64 - own)
    }

    /// What a trial does in the belief of an actor.
    pub fn mind(&self, actor: ActorId) -> &Program {
        self.minds[actor.index()].as_ref().unwrap_or(&self.truth)
    }

    /// How many plays an actor imagines to weigh its options.
    pub fn imaginations(&self, actor: ActorId) -> Imaginations {
        self.mind(actor).actors[actor.index()].imaginations
    }

    /// Whether an actor believes something other than the truth.
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

    /// The values of an item of a menu in words, by its full name: `a.propose[x=0.333]` is `x = 0.33`. `None`
    /// where nothing has that name, or it is no item.
    pub fn item_in_words(&self, name: &str) -> Option<&str> {
        self.happenings.iter().find(|known| known.name == name)?.item.as_deref()
    }

    /// What can happen, by its number.
    pub fn happening(&self, what: Happening) -> &HappeningInfo {
        &self.happenings[what.0 as usize]
    }

    /// The columns recorded every step: the state, then the measures.
    pub fn series(&self) -> impl Iterator<Item = &SeriesInfo> {
        self.states.iter().map(|state| &state.series).chain(&self.measures)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BASE_WORLD, Document, NO_POLICY};

    #[test]
    fn an_outcome_without_a_title_has_its_id_and_the_one_behind_the_last_is_unresolved() {
        let text = "format = 1\nscenario = { steps = 1 }\n\
                    outcomes = [{ id = 'a', title = 'A', when = false }, { id = 'b', when = true }]";
        let document = Document::read("t.toml", text.as_bytes());
        let model = document.model(NO_POLICY, BASE_WORLD).expect("a sound scenario");
        let titles: Vec<_> = (0..3).map(|index| model.outcome_title(index)).collect();
        assert_eq!(titles, ["A", "b", "Unresolved"]);
        let ids: Vec<_> = (0..3).map(|index| model.outcome_id(index)).collect();
        assert_eq!(ids, ["a", "b", "unresolved"]);
    }
}
