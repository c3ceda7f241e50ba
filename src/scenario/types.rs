//! The types of a decoded scenario file: what the language can say.
//!
//! Everything is in file order. The names in formulas are not resolved yet, nor
//! are types and ranges checked; [`crate::model`] does that.

use jiff::civil::Date;

use super::bargain::BargainRule;
use super::defaults::{MOST_FORESIGHT, WANT_WEIGHT};
use super::menu::Menu;
use super::record::Recorded;
use crate::diagnostic::{Span, Spanned};

pub use super::keys::COLOURS;
pub use super::written::{Notes, Source, SpannedName};

/// How many plays an actor imagines to weigh its options: between the least and the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imaginations {
    /// How many it imagines in any case, from 1 to 4,096.
    pub least: u32,
    /// How many at most, if it is undecided after fewer. The same as the least where the number is
    /// fixed; else both are powers of two, and the least is 8 or more.
    pub most: u32,
}

impl Imaginations {
    /// So many plays, always.
    pub const fn fixed(plays: u32) -> Self {
        Imaginations { least: plays, most: plays }
    }
}

/// A whole scenario.
#[derive(Clone, Debug)]
pub struct ScenarioFile {
    /// The title; without one, the name of the file is used.
    pub title: Option<String>,
    /// Explanations of the scenario as a whole.
    pub notes: Notes,
    /// The day the first step begins.
    pub start: Option<Spanned<Date>>,
    /// How long a step is.
    pub step: Option<StepUnit>,
    /// Whether the file means to have dates, soundly or not.
    pub means_dates: bool,
    /// How many steps a trial has; 0 where the file does not say so soundly.
    pub steps: u32,
    /// Whether the number of steps is missing or wrong, which was reported.
    pub steps_are_broken: bool,
    /// In which order the actors move within a step.
    pub order: Order,
    /// How many trials are played, unless the command line says otherwise.
    pub trials: Option<u64>,
    /// How many plays an actor imagines, unless the actor's table says otherwise.
    pub imaginations: Option<Imaginations>,
    /// How many levels of minds look ahead, unless an actor says otherwise.
    pub minds: Option<u32>,
    /// Whether actors do not see that the run ends: in the plays they imagine it goes on.
    pub unseen_end: bool,
    /// The assumptions: numbers that nobody knows.
    pub assumptions: Vec<Assumption>,
    /// The variables of the state.
    pub state: Vec<StateVariable>,
    /// The definitions: names for formulas.
    pub define: Vec<Define>,
    /// The measures: formulas that are recorded every step.
    pub measures: Vec<Measure>,
    /// The laws, by which variables change at the end of each step.
    pub laws: Vec<Law>,
    /// The events, which happen by chance.
    pub events: Vec<Event>,
    /// The bargains, which settle a variable among several actors.
    pub bargains: Vec<Bargain>,
    /// The actors, who choose actions.
    pub actors: Vec<Actor>,
    /// Tracks in order of their first appearance in the file.
    pub tracks: Vec<String>,
    /// The calendar: what is known to come.
    pub calendar: Vec<CalendarEntry>,
    /// The outcomes, in the order in which they are tested.
    pub outcomes: Vec<Outcome>,
    /// The policies that can be compared.
    pub policies: Vec<Policy>,
    /// The worlds: sets of assumptions that may be true.
    pub worlds: Vec<World>,
    /// The rank correlations between assumptions.
    pub correlations: Vec<Correlation>,
    /// What is known to have happened; no run reads it.
    pub record: Option<Recorded>,
    /// What really happened, for scoring.
    pub observed: Option<Observed>,
}

impl ScenarioFile {
    /// How many steps a play has at most: those of a trial. Where actors do not see its end, also those
    /// that can be imagined after it, by an actor who looks ahead in what another imagines.
    pub fn horizon(&self) -> u32 {
        self.steps + if self.unseen_end { 2 * MOST_FORESIGHT } else { 0 }
    }
}

/// The length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum StepUnit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// The order in which the actors move within a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As listed in the file.
    Listed,
    /// In an order drawn anew each step.
    Random,
}

/// An assumption: drawn once per trial, or a constant.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Its name.
    pub name: SpannedName,
    /// The formula it is drawn from.
    pub draw: Source,
    /// The group of assumptions whose importance is told together with its own.
    pub group: Option<String>,
    /// Explanations.
    pub notes: Notes,
    /// The unit, for tables and charts.
    pub unit: Option<String>,
}

/// A variable that changes as a trial runs.
#[derive(Clone, Debug)]
pub struct StateVariable {
    /// Its name.
    pub name: SpannedName,
    /// Its value at the start.
    pub start: Source,
    /// The lowest and highest value it can take.
    pub range: Option<Spanned<(Source, Source)>>,
    /// The labels it can take, if its values are labels.
    pub labels: Option<Spanned<Vec<SpannedName>>>,
    /// The unit, for tables and charts.
    pub unit: Option<String>,
    /// Explanations.
    pub notes: Notes,
}

/// A name for a formula.
#[derive(Clone, Debug)]
pub struct Define {
    /// Its name.
    pub name: SpannedName,
    /// The formula.
    pub of: Source,
    /// Explanations.
    pub notes: Notes,
}

/// A formula that is recorded every step.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its name.
    pub name: SpannedName,
    /// The formula.
    pub of: Source,
    /// The unit, for tables and charts.
    pub unit: Option<String>,
    /// Explanations.
    pub notes: Notes,
}

/// What a variable becomes at the end of each step.
#[derive(Clone, Debug)]
pub struct Law {
    /// The variable.
    pub target: SpannedName,
    /// Its next value.
    pub formula: Source,
}

/// A change of one variable.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The variable.
    pub target: SpannedName,
    /// How the value changes the variable.
    pub operator: Assign,
    /// The formula of the value, without the operator.
    pub value: Source,
}

/// How an effect changes its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assign {
    /// `x`: the variable becomes x.
    Set,
    /// `+= x`: x is added.
    Add,
    /// `-= x`: x is subtracted.
    Subtract,
    /// `*= x`: the variable is multiplied by x.
    Multiply,
    /// `/= x`: the variable is divided by x.
    Divide,
}

/// What chance decides.
#[derive(Clone, Debug)]
pub enum Chance {
    /// Whether an event happens: the probability.
    Formula(Source),
    /// Which of these branches happens; none, with the probability that they leave.
    Branches(Vec<Branch>, Span),
}

/// One of several things that chance may bring about.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its name, or its number where it has none.
    pub name: SpannedName,
    /// The probability; `None` for what the other branches leave.
    pub p: Option<Source>,
    /// The variables that change, and how.
    pub effects: Vec<Effect>,
    /// Explanations.
    pub notes: Notes,
    /// The place of the branch.
    pub span: Span,
}

/// How often something can happen.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// At most once in this many steps.
    pub every: Option<u32>,
    /// At most once in a trial.
    pub once: bool,
}

/// Something that happens by chance, whatever the actors choose.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub name: SpannedName,
    /// The title that people read.
    pub title: Option<String>,
    /// The condition under which it can happen; `None` for always.
    pub when: Option<Source>,
    /// Whether it happens when it can, and in which way; `None` where it always does.
    pub chance: Option<Chance>,
    /// How often it can happen.
    pub limits: Limits,
    /// The variables that change when it happens.
    pub effects: Vec<Effect>,
    /// Explanations.
    pub notes: Notes,
}

/// Something that settles a variable at once among several actors.
#[derive(Clone, Debug)]
pub struct Bargain {
    /// Its name.
    pub name: SpannedName,
    /// The title that people read.
    pub title: Option<String>,
    /// The variable that is settled.
    pub over: SpannedName,
    /// Who bargains.
    pub parties: Vec<Party>,
    /// How the settlement comes about.
    pub rule: BargainRule,
    /// The condition under which it can happen; `None` for always.
    pub when: Option<Source>,
    /// The probability that it happens when it can; `None` where it always does.
    pub chance: Option<Source>,
    /// How often it can happen.
    pub limits: Limits,
    /// The variables that change once it is settled, and how.
    pub effects: Vec<Effect>,
    /// Explanations.
    pub notes: Notes,
}

/// An actor who bargains.
#[derive(Clone, Debug)]
pub struct Party {
    /// The name of the actor.
    pub actor: String,
    /// Its want about the variable, which stands for what is not given.
    pub want: Option<String>,
    /// What it would have; `None` for the ideal of the want.
    pub position: Option<Source>,
    /// How much it cares; `None` for the weight of the want as a share of all its weights.
    pub salience: Option<Source>,
    /// What its wishes count; `None` for the trait `power`.
    pub power: Option<Source>,
}

impl Party {
    /// What the file writes for it.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.position.iter().chain(&self.salience).chain(&self.power)
    }
}

/// An actor, who chooses among actions.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its name.
    pub name: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// The log-odds that a whole unit of utility gives an option.
    pub rationality: Option<Source>,
    /// How many whole steps beyond the present one the actor looks ahead.
    pub foresight: u32,
    /// The weight of a step relative to that of the step before.
    pub patience: Option<Source>,
    /// The attitude to risk: above 0 averse, below 0 seeking.
    pub risk: Option<Source>,
    /// How many plays the actor imagines to weigh an option.
    pub imaginations: Option<Imaginations>,
    /// How many levels of minds look ahead in an imagined play.
    pub minds: Option<u32>,
    /// Whether the actor's own later moves look ahead in the plays that it imagines.
    pub plans_ahead: bool,
    /// Whether the actor cannot hold while there is an action that it can take.
    pub must_act: bool,
    /// Numbers of the actor, which formulas can read.
    pub traits: Vec<(SpannedName, Source)>,
    /// Values that the actor believes in place of the true ones.
    pub believes: Vec<Setting>,
    /// What the actor cares about.
    pub wants: Vec<Want>,
    /// The actions that the actor can take.
    pub actions: Vec<Action>,
    /// Explanations.
    pub notes: Notes,
}

/// One thing that an actor cares about.
#[derive(Clone, Debug)]
pub struct Want {
    /// Its name.
    pub name: SpannedName,
    /// The formula that the actor looks at.
    pub of: Source,
    /// Which values of the formula are good.
    pub form: WantForm,
    /// The exponent of its value; `None` for the default.
    pub curve: Option<Source>,
    /// Its weight among the wants of the actor; `None` for the default, or where its rank draws it.
    pub weight: Option<Source>,
    /// Its place among the wants of the actor by importance, the smallest first; `None` where weights
    /// say how much the wants matter. The weights of an actor's ranked wants are drawn, in the order of
    /// their ranks; a `weight` beside it replaces the one that is drawn.
    pub rank: Option<u32>,
    /// Explanations.
    pub notes: Notes,
}

/// Which values are good by a want.
#[derive(Clone, Debug)]
pub enum WantForm {
    /// The more the better, from `worst` to `best`.
    Between {
        /// Where the value is 1.
        best: Source,
        /// Where the value is 0.
        worst: Source,
    },
    /// The nearer to an ideal the better.
    Around {
        /// Where the value is 1.
        ideal: Source,
        /// The distance at which the value is 0.
        reach: Source,
    },
}

/// Something that an actor can do.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name.
    pub name: SpannedName,
    /// The title that people read.
    pub title: Option<String>,
    /// The track it is on.
    pub track: String,
    /// The values it can be taken with, of which the actor chooses; `None` without a menu.
    pub menu: Option<Menu>,
    /// The condition under which it can happen; `None` for always.
    pub when: Option<Source>,
    /// What taking it costs the actor, in utility.
    pub cost: Option<Source>,
    /// How often it can happen.
    pub limits: Limits,
    /// The variables that change when it is taken; where consent is needed, after a yes.
    pub effects: Vec<Effect>,
    /// The branches among which chance then decides.
    pub chance: Option<Chance>,
    /// The consent it needs; `None` where it needs none.
    pub consent: Option<Consent>,
    /// The variables that change after a no.
    pub refused: Vec<Effect>,
    /// Explanations.
    pub notes: Notes,
}

/// The consent that an action needs before it takes effect.
#[derive(Clone, Debug)]
pub struct Consent {
    /// The actors who vote.
    pub of: Vec<SpannedName>,
    /// How the votes are counted.
    pub rule: ConsentRule,
    /// The place in the file.
    pub span: Span,
}

/// How votes are counted.
#[derive(Clone, Debug)]
pub enum ConsentRule {
    /// All voters must say yes.
    All,
    /// One yes suffices.
    Any,
    /// More than half of the voters must say yes.
    Majority,
    /// The weights of those who say yes must add up to at least the quota.
    Quota {
        /// Each voter's weight.
        weight: Vec<(SpannedName, Source)>,
        /// The weight that is enough.
        quota: Box<Source>,
    },
}

/// Something that is known to come on a certain day.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// Its name.
    pub name: SpannedName,
    /// The title that people read.
    pub title: Option<String>,
    /// The day on which it comes.
    pub on: Spanned<Date>,
    /// The variables that change, and how.
    pub effects: Vec<Effect>,
    /// Explanations.
    pub notes: Notes,
}

/// An outcome that a trial can have.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub id: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// The condition under which a trial has it.
    pub when: Source,
    /// Whether it ends the trial as soon as it holds.
    pub ends: bool,
    /// Its colour in charts, as it is written: `#rrggbb`, or one of [`COLOURS`].
    pub colour: Option<String>,
    /// Explanations.
    pub notes: Notes,
}

impl Outcome {
    /// The title; the id where it has none.
    pub fn title_or_id(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id.value)
    }
}

impl Actor {
    /// The title; the name where it has none.
    pub fn title_or_name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name.value)
    }
}

impl Want {
    /// How much it matters, as the file writes it: `weight 2`, with the default where it is left out,
    /// or `rank 1`.
    pub fn importance(&self) -> String {
        match (&self.weight, self.rank) {
            (Some(weight), _) => format!("weight {}", weight.text),
            (None, Some(rank)) => format!("rank {rank}"),
            (None, None) => format!("weight {WANT_WEIGHT}"),
        }
    }
}

/// A value that replaces another one of the file.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The path of the value that is replaced.
    pub path: SpannedName,
    /// The value to put there.
    pub node: super::tree::TomlNode,
}

/// A policy: what someone could decide, to be compared with other policies.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name.
    pub name: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// Actions that may not be taken: `actor.action`.
    pub forbid: Vec<SpannedName>,
    /// Actions that must be taken.
    pub force: Vec<Force>,
    /// Values that replace those of the file.
    pub set: Vec<Setting>,
    /// Whether no actor knows of `force` and `forbid` when it imagines what may come.
    pub secret: bool,
    /// Explanations.
    pub notes: Notes,
}

/// An action that must be taken.
#[derive(Clone, Debug)]
pub struct Force {
    /// The action: `actor.action`.
    pub action: SpannedName,
    /// The first step of the window.
    pub from: u32,
    /// The last step of the window; `None` for the last of the run.
    pub to: Option<u32>,
    /// How often it can happen.
    pub times: u32,
    /// The place in the file.
    pub span: Span,
}

/// A world: a set of assumptions that may be true.
#[derive(Clone, Debug)]
pub struct World {
    /// Its name.
    pub name: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// Values that replace those of the file.
    pub set: Vec<Setting>,
    /// Explanations.
    pub notes: Notes,
}

/// A rank correlation between two assumptions.
#[derive(Clone, Debug)]
pub struct Correlation {
    /// The names of the two, as the file writes them.
    pub pair: (String, String),
    /// The place of the key.
    pub key_span: Span,
    /// Spearman's rho.
    pub value: Source,
}

/// What really happened, for scoring.
#[derive(Clone, Debug)]
pub struct Observed {
    /// The id of the outcome that came about.
    pub outcome: Option<SpannedName>,
    /// Whether the outcomes stand in an order, from one end of a scale to the other, as they do in the file.
    pub ordered: bool,
    /// How often each outcome comes about in cases of this kind. An outcome that is not named has no
    /// probability; the rates add up to 1.
    pub base_rate: Option<Vec<OutcomeRate>>,
    /// What others forecast.
    pub probabilities: Vec<NamedForecast>,
    /// Explanations, and where that is known from.
    pub notes: Notes,
}

/// The probability of an outcome.
#[derive(Clone, Debug)]
pub struct OutcomeRate {
    /// The outcome's id.
    pub outcome: SpannedName,
    /// The probability, in 0..=1.
    pub rate: f64,
}

/// What somebody else forecast.
#[derive(Clone, Debug)]
pub struct NamedForecast {
    /// The name of the forecaster.
    pub name: SpannedName,
    /// The probabilities of the outcomes, which add up to 1. An outcome that is not named has none.
    pub rates: Vec<OutcomeRate>,
}
