//! What names stand for where a formula is written.

use std::sync::Arc;

use jiff::civil::Date;

use super::node::{Definition, Happening, ParamId, StateId};
use super::types::{LabelId, Type};

/// What a formula may do in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether it may read the changing world: state, `t`, the past.
    pub world: bool,
    /// Whether it may draw.
    pub draws: bool,
}

impl Access {
    /// Assumptions, starts and profiles: once per trial.
    pub const ONCE: Access = Access { world: false, draws: true };
    /// Conditions, measures, costs, chances: the world as it is.
    pub const SEES: Access = Access { world: true, draws: false };
    /// Laws and effects: each time they are carried out.
    pub const ACTS: Access = Access { world: true, draws: true };
}

/// What a bare name stands for.
#[derive(Clone, Debug)]
pub enum Binding {
    /// An assumption.
    Param(ParamId, Type),
    /// A variable.
    State(StateId, Type),
    /// A definition or measure; the text is what it reads of the changing
    /// world, if it reads any of it.
    Define(Arc<Definition>, Type, Option<String>),
    /// Something that was reported as wrong already.
    Unknown,
}

/// Looks names up.
pub trait Scope {
    /// What the formula may do.
    fn access(&self) -> Access;
    /// What a bare name stands for.
    fn name(&self, name: &str) -> Option<Binding>;
    /// The bare names there are, for suggestions.
    fn names(&self) -> Vec<&str>;
    /// An actor's trait.
    fn characteristic(&self, actor: &str, name: &str) -> Option<ParamId>;
    /// The actors there are.
    fn actors(&self) -> Vec<&str>;
    /// The traits of an actor.
    fn characteristics(&self, actor: &str) -> Vec<&str>;
    /// An event or calendar entry (`None`) or an actor's action, and whether it
    /// is a proposal.
    fn happening(&self, actor: Option<&str>, name: &str) -> Option<(Happening, bool)>;
    /// What can happen, as written in formulas.
    fn happenings(&self) -> Vec<String>;
    /// The number of a label.
    fn label(&self, text: &str) -> LabelId;
    /// The text of a label.
    fn label_text(&self, label: LabelId) -> String;
    /// The step that a date falls in; `None` where the scenario has no dates.
    fn step_of(&self, date: Date) -> Option<i64>;
}
