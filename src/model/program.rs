//! What a trial does, compiled: formulas with their places, in the order in
//! which they are used. One program holds for the truth, and one for each actor
//! who takes something else to be true.

use std::sync::Arc;

use super::choice::ChoiceRule;
use crate::formula::{Happening, Node, ParamId, StateId};
use crate::scenario::Assign;

/// Where uniform random numbers are asked for: a path of the file and a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// Where the Gumbel number of an option is asked for: the path of an action, or of holding on a
/// track. Its own type, so that nobody takes a Gumbel number for a uniform one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoicePlaceId(pub u32);

/// An actor, by its position in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

impl ActorId {
    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A compiled formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The tree to walk.
    pub node: Node,
    /// The path in the file, for messages.
    pub path: Arc<str>,
    /// The text, for messages.
    pub text: Arc<str>,
    /// Where it draws, if it does.
    pub draws: Option<DrawPlaces>,
    /// Whether it could be settled; if not, the reason was reported.
    pub settled: bool,
}

/// The places of a formula's draws.
#[derive(Clone, Copy, Debug)]
pub struct DrawPlaces {
    /// When it is carried out.
    pub act: PlaceId,
    /// When someone weighs what it would do.
    pub weigh: PlaceId,
}

/// A number settled once per trial.
#[derive(Clone, Debug)]
pub struct ParamRule {
    /// Which.
    pub id: ParamId,
    /// How.
    pub formula: Formula,
    /// What it must not be below or above, both included.
    pub limits: (f64, f64),
}

/// A change of a variable.
#[derive(Clone, Debug)]
pub struct Change {
    /// The variable.
    pub target: StateId,
    /// How the value is put in.
    pub operator: Assign,
    /// The value.
    pub formula: Formula,
}

/// When something can happen again.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At most once in this many steps.
    pub every: Option<u32>,
    /// At most once in a trial.
    pub once: bool,
}

/// One way that chance can turn.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its name.
    pub name: Arc<str>,
    /// Its chance; what is left over where there is none.
    pub p: Option<Formula>,
    /// What changes.
    pub effects: Vec<Change>,
}

/// What chance decides, and where its number comes from.
#[derive(Clone, Debug)]
pub enum Chance {
    /// It happens.
    Certain,
    /// It happens with this probability.
    Formula(Formula, PlaceId),
    /// One of these, or nothing more.
    Branches(Vec<Branch>, PlaceId),
}

/// A move of nature's.
#[derive(Clone, Debug)]
pub struct Event {
    /// Which.
    pub what: Happening,
    /// The condition.
    pub when: Option<Formula>,
    /// How often.
    pub limits: Limits,
    /// The chance.
    pub chance: Chance,
    /// What changes.
    pub effects: Vec<Change>,
}

/// Something known to come.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// Which.
    pub what: Happening,
    /// The step it falls in; may lie outside the run.
    pub step: i64,
    /// What changes.
    pub effects: Vec<Change>,
}

/// Whose yes an action needs.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Who decides.
    pub voters: Vec<Voter>,
    /// How the votes are counted.
    pub rule: Rule,
}

/// One who decides.
#[derive(Clone, Debug)]
pub struct Voter {
    /// Who.
    pub actor: ActorId,
    /// Where the vote's random number comes from.
    pub place: PlaceId,
    /// The weight under a quota rule.
    pub weight: Option<Formula>,
}

/// How votes are counted.
#[derive(Clone, Debug)]
pub enum Rule {
    /// All must say yes.
    All,
    /// One yes suffices.
    Any,
    /// More than half must say yes.
    Majority,
    /// The weights of those who say yes must reach this.
    Quota(Formula),
}

/// Something that an actor can do.
#[derive(Clone, Debug)]
pub struct Action {
    /// Which.
    pub what: Happening,
    /// The condition.
    pub when: Option<Formula>,
    /// What it costs, in utility.
    pub cost: Option<Formula>,
    /// How often.
    pub limits: Limits,
    /// What changes when it is taken (with consent: after a yes).
    pub effects: Vec<Change>,
    /// What chance then decides; empty where there is no chance.
    pub branches: Vec<Branch>,
    /// Where chance gets its number.
    pub chance_place: PlaceId,
    /// Whose yes it needs.
    pub consent: Option<Consent>,
    /// What changes after a no.
    pub refused: Vec<Change>,
    /// Where the choice gets its Gumbel number.
    pub choice_place: ChoicePlaceId,
}

/// The actions among which an actor makes one choice per step.
#[derive(Clone, Debug)]
pub struct Track {
    /// Its name.
    pub name: Arc<str>,
    /// The actions on it, as positions in [`Actor::actions`].
    pub actions: Vec<usize>,
    /// Where holding gets its Gumbel number.
    pub hold_place: ChoicePlaceId,
}

/// What an actor looks at.
#[derive(Clone, Debug)]
pub struct Want {
    /// What it looks at.
    pub of: Formula,
    /// What is good.
    pub form: WantForm,
    /// The exponent.
    pub curve: ParamId,
    /// The weight.
    pub weight: ParamId,
}

/// What a want calls good.
#[derive(Clone, Copy, Debug)]
pub enum WantForm {
    /// From worst (0) to best (1).
    Between {
        /// Where the value is 1.
        best: ParamId,
        /// Where the value is 0.
        worst: ParamId,
    },
    /// Around an ideal.
    Around {
        /// Where the value is 1.
        ideal: ParamId,
        /// The distance at which the value is 0.
        reach: ParamId,
    },
}

/// Someone who chooses.
#[derive(Clone, Debug)]
pub struct Actor {
    /// How it chooses and votes.
    pub choice: ChoiceRule<ParamId>,
    /// The weight of a step against the one before.
    pub patience: ParamId,
    /// Risk attitude.
    pub risk: ParamId,
    /// How many whole steps beyond this one it thinks through.
    pub foresight: u32,
    /// How many plays it imagines.
    pub imaginations: u32,
    /// Levels of minds that look ahead in what it imagines.
    pub minds: u32,
    /// Whether holding is no option while another is open.
    pub must_act: bool,
    /// The preference profile.
    pub wants: Vec<Want>,
    /// What it can do.
    pub actions: Vec<Action>,
    /// Its tracks, in order.
    pub tracks: Vec<Track>,
    /// Where its place in a random order comes from.
    pub order_place: PlaceId,
}

/// A way to end.
#[derive(Clone, Debug)]
pub struct Ending {
    /// The condition.
    pub when: Formula,
    /// Whether it ends the trial as soon as it holds.
    pub ends: bool,
}

/// All that a trial does.
#[derive(Clone, Debug)]
pub struct Program {
    /// How many steps there are.
    pub steps: u32,
    /// Numbers settled once per trial, in an order in which each can be.
    pub params: Vec<ParamRule>,
    /// The lowest and highest value of each variable.
    pub ranges: Vec<Option<(ParamId, ParamId)>>,
    /// The start of each variable.
    pub starts: Vec<ParamId>,
    /// Calendar entries by date, then file order.
    pub calendar: Vec<CalendarEntry>,
    /// Events in file order.
    pub events: Vec<Event>,
    /// Actors in file order.
    pub actors: Vec<Actor>,
    /// Laws in file order.
    pub laws: Vec<Change>,
    /// Outcomes in the order tested.
    pub outcomes: Vec<Ending>,
    /// Measures in file order.
    pub measures: Vec<Formula>,
}
