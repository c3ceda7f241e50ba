//! What a scenario file says, once decoded: the shape of the language.
//!
//! Everything is in file order. Names, types and ranges of formulas are not
//! settled yet; that is the work of [`crate::model`].

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use super::defaults::WANT_WEIGHT;
use crate::diagnostic::{Span, Spanned};
use crate::formula::ast::Expr;

pub use super::keys::COLOURS;

/// A name and its place in the file.
pub type SpannedName = Spanned<String>;

/// A value that may be a formula: a number, a flag or a formula string.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path of the value, which names its draws: `actors.a.rationality`.
    pub path: String,
    /// The text: of a string what it holds, of a plain value how it is written.
    pub text: String,
    /// Whether it was written as a string (which may then also be a label).
    pub is_text: bool,
    /// The text as a formula; [`Expr`] is broken where a label stands instead,
    /// and `mistakes` says why it is no formula.
    pub expr: Expr,
    /// Why the text is no formula. Reported by whoever takes it as one.
    pub mistakes: Vec<crate::diagnostic::Diagnostic>,
    /// The place of the value.
    pub span: Span,
    /// The key in an actor's `believes` that put this value here, if one did.
    pub belief: Option<Arc<str>>,
}

/// Where a thing is explained: keys that every table may have.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// What it is, in words.
    pub about: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A whole scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The title; the file's name stands in where there is none.
    pub title: Option<String>,
    /// About the whole.
    pub notes: Notes,
    /// The day the first step begins.
    pub start: Option<Spanned<Date>>,
    /// How long a step is.
    pub step: Option<StepUnit>,
    /// How many steps a trial has.
    pub steps: u32,
    /// Who moves when.
    pub order: Order,
    /// How many trials, unless the command line says otherwise.
    pub trials: Option<u64>,
    /// How many plays an actor imagines, unless it says otherwise.
    pub imaginations: Option<u32>,
    /// How many levels of minds look ahead, unless an actor says otherwise.
    pub minds: Option<u32>,
    /// What nobody knows.
    pub assumptions: Vec<Assumption>,
    /// What changes.
    pub state: Vec<StateVariable>,
    /// Names for formulas.
    pub define: Vec<Define>,
    /// Formulas that are recorded.
    pub measures: Vec<Measure>,
    /// What happens at the end of each step.
    pub laws: Vec<Law>,
    /// Nature's moves.
    pub events: Vec<Event>,
    /// Who acts.
    pub actors: Vec<Actor>,
    /// Tracks in order of their first appearance in the file.
    pub tracks: Vec<String>,
    /// What is known to come, in file order.
    pub calendar: Vec<CalendarEntry>,
    /// How it may end, in the order tested.
    pub outcomes: Vec<Outcome>,
    /// What someone can choose.
    pub policies: Vec<Policy>,
    /// What may be true.
    pub worlds: Vec<World>,
    /// Rank correlations between assumptions.
    pub correlations: Vec<Correlation>,
    /// What really happened.
    pub observed: Option<Observed>,
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

/// Who moves when within a step.
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
    /// What it is drawn from.
    pub draw: Source,
    /// About it.
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
    /// The labels it can take, for a label.
    pub labels: Option<Spanned<Vec<SpannedName>>>,
    /// The unit, for tables and charts.
    pub unit: Option<String>,
    /// About it.
    pub notes: Notes,
}

/// A name for a formula.
#[derive(Clone, Debug)]
pub struct Define {
    /// Its name.
    pub name: SpannedName,
    /// The formula.
    pub of: Source,
    /// About it.
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
    /// About it.
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
    /// How the value is put in.
    pub operator: Assign,
    /// The value. Its text does not hold the operator.
    pub value: Source,
}

/// How an effect puts its value in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assign {
    /// `x`: becomes x.
    Set,
    /// `+= x`
    Add,
    /// `-= x`
    Subtract,
    /// `*= x`
    Multiply,
    /// `/= x`
    Divide,
}

/// What chance decides.
#[derive(Clone, Debug)]
pub enum Chance {
    /// Happens with this probability (events only).
    Formula(Source),
    /// One of these, or nothing more.
    Branches(Vec<Branch>, Span),
}

/// One way that chance can turn.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its name, or its number where it has none.
    pub name: SpannedName,
    /// How likely; what is left over where there is none.
    pub p: Option<Source>,
    /// What changes.
    pub effects: Vec<Effect>,
    /// About it.
    pub notes: Notes,
    /// The place of the branch.
    pub span: Span,
}

/// When something can happen again.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// At most once in this many steps.
    pub every: Option<u32>,
    /// At most once in a trial.
    pub once: bool,
}

/// A move of nature's.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub name: SpannedName,
    /// As it reads in a story.
    pub title: Option<String>,
    /// The condition; always, where there is none.
    pub when: Option<Source>,
    /// The chance; certain, where there is none.
    pub chance: Option<Chance>,
    /// How often.
    pub limits: Limits,
    /// What changes when it happens.
    pub effects: Vec<Effect>,
    /// About it.
    pub notes: Notes,
}

/// Someone who chooses.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its name.
    pub name: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// Log-odds for a whole unit of utility.
    pub rationality: Option<Source>,
    /// How many whole steps beyond this one it thinks through.
    pub foresight: u32,
    /// The weight of a step against the one before.
    pub patience: Option<Source>,
    /// Above 0 risk-averse, below risk-loving.
    pub risk: Option<Source>,
    /// How many plays it imagines.
    pub imaginations: Option<u32>,
    /// Levels of minds that look ahead.
    pub minds: Option<u32>,
    /// Whether holding is no option while another is open.
    pub must_act: bool,
    /// Numbers of its own, for formulas.
    pub traits: Vec<(SpannedName, Source)>,
    /// What it takes to be true instead: path and value as written.
    pub believes: Vec<Setting>,
    /// Its preference profile.
    pub wants: Vec<Want>,
    /// What it can do.
    pub actions: Vec<Action>,
    /// About it.
    pub notes: Notes,
}

/// A part of a preference profile.
#[derive(Clone, Debug)]
pub struct Want {
    /// Its name.
    pub name: SpannedName,
    /// What it looks at.
    pub of: Source,
    /// What is good.
    pub form: WantForm,
    /// The exponent of its value; 1 where there is none.
    pub curve: Option<Source>,
    /// Its weight; 1 where there is none.
    pub weight: Option<Source>,
    /// About it.
    pub notes: Notes,
}

/// What a want calls good.
#[derive(Clone, Debug)]
pub enum WantForm {
    /// More is better, from `worst` to `best`.
    Between {
        /// Where the value is 1.
        best: Source,
        /// Where the value is 0.
        worst: Source,
    },
    /// Nearer is better.
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
    /// As it reads in a story.
    pub title: Option<String>,
    /// The track it is on.
    pub track: String,
    /// The condition; always, where there is none.
    pub when: Option<Source>,
    /// What it costs, in utility.
    pub cost: Option<Source>,
    /// How often.
    pub limits: Limits,
    /// What changes when it is taken (with consent: after a yes).
    pub effects: Vec<Effect>,
    /// What chance then decides.
    pub chance: Option<Chance>,
    /// Whose yes it needs.
    pub consent: Option<Consent>,
    /// What changes after a no.
    pub refused: Vec<Effect>,
    /// About it.
    pub notes: Notes,
}

/// Whose yes an action needs.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Who decides.
    pub of: Vec<SpannedName>,
    /// How the votes are counted.
    pub rule: ConsentRule,
    /// The place.
    pub span: Span,
}

/// How votes are counted.
#[derive(Clone, Debug)]
pub enum ConsentRule {
    /// All must say yes.
    All,
    /// One yes suffices.
    Any,
    /// More than half must say yes.
    Majority,
    /// The weights of those who say yes must reach the quota.
    Quota {
        /// Each voter's weight.
        weight: Vec<(SpannedName, Source)>,
        /// What suffices.
        quota: Box<Source>,
    },
}

/// Something known to come.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// Its name.
    pub name: SpannedName,
    /// As it reads in a story.
    pub title: Option<String>,
    /// The day.
    pub on: Spanned<Date>,
    /// What changes.
    pub effects: Vec<Effect>,
    /// About it.
    pub notes: Notes,
}

/// A way that a trial can end.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub id: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// The condition.
    pub when: Source,
    /// Whether it ends the trial as soon as it holds.
    pub ends: bool,
    /// Its colour in charts, as it is written: `#rrggbb`, or one of [`COLOURS`].
    pub colour: Option<String>,
    /// About it.
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
    /// The weight as the file writes it; the default where it is left out.
    pub fn weight_text(&self) -> Cow<'_, str> {
        match &self.weight {
            Some(weight) => Cow::Borrowed(&weight.text),
            None => Cow::Owned(WANT_WEIGHT.to_string()),
        }
    }
}

/// A path and the value to put there.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The path.
    pub path: SpannedName,
    /// The value as written.
    pub node: super::tree::TomlNode,
}

/// A choice that someone could make.
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
    /// Values put in place.
    pub set: Vec<Setting>,
    /// Whether nobody's imagination knows of its `force` and `forbid`.
    pub secret: bool,
    /// About it.
    pub notes: Notes,
}

/// An action that must be taken.
#[derive(Clone, Debug)]
pub struct Force {
    /// The action: `actor.action`.
    pub action: SpannedName,
    /// The first step of the window.
    pub from: u32,
    /// The last step of the window; the last of the run where there is none.
    pub to: Option<u32>,
    /// How often.
    pub times: u32,
    /// The place.
    pub span: Span,
}

/// A set of assumptions.
#[derive(Clone, Debug)]
pub struct World {
    /// Its name.
    pub name: SpannedName,
    /// Its title.
    pub title: Option<String>,
    /// Values put in place.
    pub set: Vec<Setting>,
    /// About it.
    pub notes: Notes,
}

/// A rank correlation between two assumptions.
#[derive(Clone, Debug)]
pub struct Correlation {
    /// The two, as written, trimmed.
    pub pair: (String, String),
    /// The place of the key.
    pub key_span: Span,
    /// Spearman's rho.
    pub value: Source,
}

/// What really happened.
#[derive(Clone, Debug)]
pub struct Observed {
    /// The outcome's name.
    pub outcome: Option<SpannedName>,
    /// Where that is known from.
    pub notes: Notes,
}
