//! What a trial does, compiled: formulas with their places, in the order in
//! which they are used. There is one program for the truth, and one for each
//! actor who believes something else.

use std::collections::HashMap;
use std::sync::Arc;

use super::choice::ChoiceRule;
use crate::formula::{Happening, Node, ParamId, StateId};
use crate::scenario::{Assign, BargainRule, Imaginations};

/// The number of a place where uniform random numbers are asked for, which has a path of
/// the file and a purpose: the index into [`Model::places`](super::Model::places).
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
    /// The position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A compiled formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The typed tree that is evaluated.
    pub node: Node,
    /// The path of the formula in the file, for messages.
    pub path: Arc<str>,
    /// The formula as the file writes it, for messages.
    pub text: Arc<str>,
    /// The places of its random numbers, if it draws any.
    pub draws: Option<DrawPlaces>,
    /// Whether its type could be settled; if not, the reason was reported.
    pub settled: bool,
    /// Where it was written.
    pub origin: Origin,
}

/// Where a formula was written.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The line of the file; `None` for a default that no file writes, and for a value of the command
    /// line.
    pub line: Option<usize>,
    /// What put it in place, in words: "world `soft`", or an option of the command line. `None` for what
    /// stands in its own place.
    pub set_by: Option<Arc<str>>,
}

/// The places of the random numbers that a formula draws.
#[derive(Clone, Copy, Debug)]
pub struct DrawPlaces {
    /// The place while the formula is carried out.
    pub act: PlaceId,
    /// The place while an actor weighs what the formula would do.
    pub weigh: PlaceId,
}

/// A number settled once per trial.
#[derive(Clone, Debug)]
pub struct ParamRule {
    /// The number that is settled.
    pub id: ParamId,
    /// The formula that gives its value.
    pub formula: Formula,
    /// The lowest and the highest value that it may have.
    pub limits: (f64, f64),
}

/// Wants of an actor that have ranks. Their weights are drawn together once per trial: uniformly over
/// all that keep the order of the ranks, are not negative and sum to 1. Wants of the same rank may come in
/// any order.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// The wants, two or more, by rank: the most important first, those of one rank together.
    pub groups: Vec<Vec<RankedWant>>,
}

/// A want whose weight is drawn by its rank.
#[derive(Clone, Debug)]
pub struct RankedWant {
    /// The weight.
    pub weight: ParamId,
    /// Its own number, from which and from those of the actor's other wants all their weights are
    /// made: a draw from the exponential distribution with mean 1.
    pub number: Formula,
}

impl Ranking {
    /// Between what the weights lie. None of them is zero: numbers are 1e-16 at least and 37 at most.
    pub const WEIGHTS: (f64, f64) = (f64::MIN_POSITIVE, 1.0);

    /// The wants, from the most important on.
    pub fn wants(&self) -> impl Iterator<Item = &RankedWant> {
        self.groups.iter().flatten()
    }
}

/// A change of a variable.
#[derive(Clone, Debug)]
pub struct Change {
    /// The variable.
    pub target: StateId,
    /// Whether the value replaces that of the variable, is added to it, and so on.
    pub operator: Assign,
    /// The value.
    pub formula: Formula,
}

/// How often something can happen.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At most once in this many steps.
    pub every: Option<u32>,
    /// At most once in a trial.
    pub once: bool,
}

/// One of several things that chance may bring about.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its name.
    pub name: Arc<str>,
    /// Its probability; `None` for what the other branches leave.
    pub p: Option<Formula>,
    /// The variables that change, and how.
    pub effects: Vec<Change>,
}

/// What chance decides, and the place of the random number by which it does.
#[derive(Clone, Debug)]
pub enum Chance {
    /// It always happens.
    Certain,
    /// It happens with this probability.
    Formula(Formula, PlaceId),
    /// One of these branches happens, or none.
    Branches(Vec<Branch>, PlaceId),
}

/// Something that happens by chance, whatever the actors choose.
#[derive(Clone, Debug)]
pub struct Event {
    /// The event, bargain, action or calendar entry that it is.
    pub what: Happening,
    /// The condition under which it can happen; `None` for always.
    pub when: Option<Formula>,
    /// How often it can happen.
    pub limits: Limits,
    /// Whether it happens when it can, and in which way.
    pub chance: Chance,
    /// The variables that change, and how.
    pub effects: Vec<Change>,
}

/// Something that settles a variable at once among several actors.
#[derive(Clone, Debug)]
pub struct Bargain {
    /// The event, bargain, action or calendar entry that it is.
    pub what: Happening,
    /// The variable that is settled, which has a range.
    pub over: StateId,
    /// The variable as a formula, for messages about the bargain as a whole.
    pub settles: Formula,
    /// Who bargains.
    pub parties: Vec<Party>,
    /// How the settlement comes about.
    pub rule: BargainRule,
    /// The condition under which it can happen; `None` for always.
    pub when: Option<Formula>,
    /// The probability that it happens when it can, and the place of the random number that decides; `None`
    /// where it always does.
    pub chance: Option<(Formula, PlaceId)>,
    /// The place of the random number that draws the settlement; `None` where none is drawn.
    pub luck: Option<PlaceId>,
    /// How often it can happen.
    pub limits: Limits,
    /// The variables that change once it is settled, and how.
    pub effects: Vec<Change>,
}

/// An actor who bargains.
#[derive(Clone, Debug)]
pub struct Party {
    /// The actor.
    pub actor: ActorId,
    /// What it would have the variable be.
    pub position: Formula,
    /// How much it cares.
    pub salience: Formula,
    /// What its wishes count.
    pub power: Formula,
}

impl Party {
    /// Position, salience and power.
    pub fn formulas(&self) -> [&Formula; 3] {
        [&self.position, &self.salience, &self.power]
    }
}

/// Something that is known to come in a certain step.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// The event, bargain, action or calendar entry that it is.
    pub what: Happening,
    /// The step it falls in; may lie outside the run.
    pub step: i64,
    /// The variables that change, and how.
    pub effects: Vec<Change>,
}

/// The consent that an action needs before it takes effect.
#[derive(Clone, Debug)]
pub struct Consent {
    /// The actors who vote.
    pub voters: Vec<Voter>,
    /// How the votes are counted.
    pub rule: Rule,
}

/// An actor who votes on an action.
#[derive(Clone, Debug)]
pub struct Voter {
    /// The actor who votes.
    pub actor: ActorId,
    /// The place of the random number of the vote.
    pub place: PlaceId,
    /// The weight of the vote, under a quota rule.
    pub weight: Option<Formula>,
}

/// How votes are counted.
#[derive(Clone, Debug)]
pub enum Rule {
    /// All voters must say yes.
    All,
    /// One yes suffices.
    Any,
    /// More than half of the voters must say yes.
    Majority,
    /// The weights of those who say yes must add up to at least this.
    Quota(Formula),
}

/// Something that an actor can do.
#[derive(Clone, Debug)]
pub struct Action {
    /// The event, bargain, action or calendar entry that it is.
    pub what: Happening,
    /// The item of its menu that this is: an action with a menu is one option for each item.
    pub item: Option<Item>,
    /// The condition under which it can happen; `None` for always.
    pub when: Option<Formula>,
    /// What taking it costs the actor, in utility.
    pub cost: Option<Formula>,
    /// How often it can happen.
    pub limits: Limits,
    /// The variables that change when it is taken; where consent is needed, after a yes.
    pub effects: Vec<Change>,
    /// The branches among which chance then decides; empty where it does not.
    pub branches: Vec<Branch>,
    /// The place of the random number by which chance decides.
    pub chance_place: PlaceId,
    /// The consent it needs; `None` where it needs none.
    pub consent: Option<Consent>,
    /// The variables that change after a no.
    pub refused: Vec<Change>,
    /// The place of the Gumbel number that is added to the worth of the action when it is chosen.
    pub choice_place: ChoicePlaceId,
}

impl Action {
    /// All that happens when it is taken: the action, and its item if it has a menu.
    pub fn happenings(&self) -> impl Iterator<Item = Happening> + use<> {
        std::iter::once(self.what).chain(self.item.as_ref().map(|item| item.what))
    }

    /// Whether taking it is what a rule means, be it the action or an item of its menu.
    pub fn is(&self, what: Happening) -> bool {
        self.happenings().any(|own| own == what)
    }
}

/// An item of the menu of an action.
#[derive(Clone, Debug)]
pub struct Item {
    /// That this item is taken.
    pub what: Happening,
    /// What it is called: `x=0.5`, or `x=0.5,y=1`.
    pub name: Arc<str>,
}

/// The actions among which an actor makes one choice per step.
#[derive(Clone, Debug)]
pub struct Track {
    /// Its name.
    pub name: Arc<str>,
    /// The actions on it, as positions in [`Actor::actions`].
    pub actions: Vec<usize>,
    /// The place of the Gumbel number of holding, which is taking no action.
    pub hold_place: ChoicePlaceId,
}

/// One thing that an actor cares about, and how much it does.
#[derive(Clone, Debug)]
pub struct Want {
    /// The number that the actor looks at.
    pub of: Formula,
    /// Which values of that number are good.
    pub form: WantForm,
    /// The exponent of the value, which bends it between 0 and 1.
    pub curve: ParamId,
    /// The weight among the wants of the actor.
    pub weight: ParamId,
}

/// Which values are good by a want.
#[derive(Clone, Copy, Debug)]
pub enum WantForm {
    /// The more the better, from `worst` to `best`.
    Between {
        /// Where the value is 1.
        best: ParamId,
        /// Where the value is 0.
        worst: ParamId,
    },
    /// The nearer to an ideal the better.
    Around {
        /// Where the value is 1.
        ideal: ParamId,
        /// The distance at which the value is 0.
        reach: ParamId,
    },
}

/// An actor, who chooses among actions.
#[derive(Clone, Debug)]
pub struct Actor {
    /// How it chooses and votes.
    pub choice: ChoiceRule<ParamId>,
    /// The weight of a step relative to that of the step before.
    pub patience: ParamId,
    /// The attitude to risk: above 0 averse, below 0 seeking.
    pub risk: ParamId,
    /// How many whole steps beyond the present one the actor looks ahead.
    pub foresight: u32,
    /// How many plays the actor imagines to weigh an option.
    pub imaginations: Imaginations,
    /// How many levels of minds look ahead in an imagined play: with 2, those of the others too.
    pub minds: u32,
    /// Whether its own later moves look ahead in the plays that it imagines, but not its votes.
    pub plans_ahead: bool,
    /// Whether the actor cannot hold while there is an action that it can take.
    pub must_act: bool,
    /// What the actor cares about.
    pub wants: Vec<Want>,
    /// The actions that the actor can take.
    pub actions: Vec<Action>,
    /// The tracks of the actor, in the order in which it chooses on them.
    pub tracks: Vec<Track>,
    /// The place of the random number that puts the actor in a random order.
    pub order_place: PlaceId,
}

/// The test of whether a trial has an outcome.
#[derive(Clone, Debug)]
pub struct OutcomeTest {
    /// The condition.
    pub when: Formula,
    /// Whether it ends the trial as soon as it holds.
    pub ends: bool,
}

/// All that a trial does.
#[derive(Clone, Debug)]
pub struct Program {
    /// How many steps a trial has.
    pub steps: u32,
    /// How many steps a play has at most: those of a trial, or more where actors do not see its end
    /// and imagine what comes after it.
    pub horizon: u32,
    /// The numbers settled once per trial, each after those that it reads.
    pub params: Vec<ParamRule>,
    /// The weights that are drawn by ranks, which no formula reads.
    pub rankings: Vec<Ranking>,
    /// The lowest and the highest value of each variable that has a range.
    pub ranges: Vec<Option<(ParamId, ParamId)>>,
    /// The value of each variable at the start.
    pub starts: Vec<ParamId>,
    /// Calendar entries by date, then file order.
    pub calendar: Vec<CalendarEntry>,
    /// Events in file order.
    pub events: Vec<Event>,
    /// Bargains in file order.
    pub bargains: Vec<Bargain>,
    /// Actors in file order.
    pub actors: Vec<Actor>,
    /// Laws in file order.
    pub laws: Vec<Change>,
    /// Outcomes in the order tested.
    pub outcomes: Vec<OutcomeTest>,
    /// Measures in file order.
    pub measures: Vec<Formula>,
}

impl Program {
    /// Whether actors who look ahead stop at the end of the run.
    pub fn sees_end(&self) -> bool {
        self.horizon == self.steps
    }

    /// The formulas of all numbers settled once per trial that draw. For the weight of a ranked want it is
    /// that of its own number.
    pub fn drawn(&self) -> HashMap<ParamId, &Formula> {
        let rules = self.params.iter().map(|rule| (rule.id, &rule.formula));
        let ranked = self.rankings.iter().flat_map(Ranking::wants);
        let ranked = ranked.map(|want| (want.weight, &want.number));
        rules.chain(ranked).filter(|(_, formula)| formula.draws.is_some()).collect()
    }
}
