//! What the names in a formula stand for, and what the formula may do, at its place in the file.

use std::sync::Arc;

use jiff::civil::Date;

use super::day_part::DayPart;
use super::node::{Definition, Happening, ParamId, StateId};
use super::types::{LabelId, Type};

/// The names that mean something in every formula, so that nothing else can have them.
pub const BUILT_IN: [&str; 5] = ["t", "last", "month", "year", "pi"];

/// What a formula may do at its place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether it may read what changes as a trial runs: the state, `t`, the past.
    pub world: bool,
    /// Whether it may draw from distributions.
    pub draws: bool,
}

impl Access {
    /// For assumptions, starting values and profiles, which are computed once per trial.
    pub const ONCE: Access = Access { world: false, draws: true };
    /// For conditions, measures, costs and chances, which only look at the state.
    pub const SEES: Access = Access { world: true, draws: false };
    /// For laws and effects, which draw anew each time they are carried out.
    pub const ACTS: Access = Access { world: true, draws: true };
}

/// What a bare name stands for.
#[derive(Clone, Debug)]
pub enum Binding {
    /// An assumption.
    Param(ParamId, Type),
    /// A variable of the state.
    State(StateId, Type),
    /// A definition or measure; the text says what it reads that changes as a trial runs, if it
    /// reads any such thing.
    Define(Arc<Definition>, Type, Option<String>),
    /// A value of the menu of the action at hand.
    Item(f64),
    /// Something that was reported as wrong already.
    Unknown,
}

/// What a name alone may have been meant for, as formulas write it: `actor.name`.
#[derive(Clone, Debug, Default)]
pub struct FullNames {
    /// Actions of this name.
    pub actions: Vec<String>,
    /// Traits of this name.
    pub traits: Vec<String>,
    /// Values of menus of this name, as `actor.action.name`.
    pub menus: Vec<String>,
}

/// Looks up names for the formulas at one place of a scenario.
pub trait Scope {
    /// What formulas may do here.
    fn access(&self) -> Access;
    /// What a bare name stands for.
    fn name(&self, name: &str) -> Option<Binding>;
    /// All bare names that are known here, for suggestions.
    fn names(&self) -> Vec<&str>;
    /// The trait of this name of an actor, if there is such a trait.
    fn characteristic(&self, actor: &str, name: &str) -> Option<ParamId>;
    /// The names of all actors.
    fn actors(&self) -> Vec<&str>;
    /// The names of all traits of an actor.
    fn characteristics(&self, actor: &str) -> Vec<&str>;
    /// The action of an actor, or where no actor is given the event, bargain or calendar entry, of this name,
    /// and whether it is a proposal that others must consent to.
    fn happening(&self, actor: Option<&str>, name: &str) -> Option<(Happening, bool)>;
    /// The items of the menu of an action, each as something that happens and with its value for a
    /// name of the menu; `None` if the menu has no such name, or the action no menu.
    fn menu(&self, actor: &str, action: &str, name: &str) -> Option<Vec<(Happening, f64)>>;
    /// The names of the menu of an action; none if it has no menu.
    fn menu_names(&self, actor: &str, action: &str) -> Vec<String>;
    /// All events, bargains, calendar entries and actions, as formulas write them.
    fn happenings(&self) -> Vec<String>;
    /// The actions and traits that have this name and whose actor would have to be named too.
    fn full_names(&self, name: &str) -> FullNames;
    /// Whether this is a part of a name that was refused, so that nothing more is said of it.
    fn is_refused(&self, name: &str) -> bool;
    /// Whether a variable of the state has this label.
    fn is_label(&self, name: &str) -> bool;
    /// The number that stands for a label.
    fn label(&self, text: &str) -> LabelId;
    /// The text of the label with this number.
    fn label_text(&self, label: LabelId) -> String;
    /// The labels that a name can stand for under any policy, world or belief.
    fn labels_anywhere(&self, name: &str) -> Vec<LabelId>;
    /// The step that a date falls in; `None` where the scenario has no dates.
    fn step_of(&self, date: Date) -> Option<i64>;
    /// A part of the first day of each step; `None` where the scenario has no dates.
    fn days(&self, part: DayPart) -> Option<Arc<[f64]>>;
}
