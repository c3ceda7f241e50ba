//! The numbers that are settled once per trial: which there are, and how.

use std::sync::Arc;

use indexmap::IndexSet;

use super::compile::{Compiler, Expect};
use super::names::shared;
use super::order::{Item, Kind, items, settle_order};
use super::program::{Formula, ParamRule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::formula::{Access, Binding, Definition, Node};
use crate::scenario::{Scenario, Source, WantForm};

/// A number of the profile or the state, its place in the file, and what it is
/// where the file says nothing.
pub(super) struct Slot<'a> {
    pub path: String,
    pub source: Option<&'a Source>,
    pub default: f64,
    pub bound: Bound,
}

/// What a number must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    Free,
    NotNegative,
    Positive,
    Share,
    /// An end of a range: may be infinite.
    End,
    /// The start of a variable, which has a type of its own.
    Start,
}

impl Bound {
    fn limits(self) -> (f64, f64) {
        match self {
            Bound::Free | Bound::Start => (f64::MIN, f64::MAX),
            Bound::NotNegative => (0.0, f64::MAX),
            Bound::Positive => (f64::MIN_POSITIVE, f64::MAX),
            Bound::Share => (0.0, 1.0),
            Bound::End => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    fn code(self) -> (Code, &'static str, &'static str) {
        match self {
            Bound::Positive => {
                (Code::NotPositive, "a number that must be above zero", "expected more than 0")
            }
            Bound::Share => {
                (Code::NotShare, "a number that must lie between 0 and 1", "expected 0 to 1")
            }
            _ => (Code::NegativeNumber, "a number that must not be negative", "expected 0 or more"),
        }
    }
}

/// Every number of a scenario's state and profiles that is settled once per
/// trial, apart from assumptions, traits and beliefs, in file order. The list
/// is the same for every overlay of a file.
pub(super) fn slots(scenario: &Scenario) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    let mut add = |path: String, source, default, bound| {
        slots.push(Slot { path, source, default, bound });
    };
    for x in &scenario.state {
        let path = format!("state.{}", x.name.value);
        add(format!("{path}.start"), Some(&x.start), 0.0, Bound::Start);
        if let Some(range) = &x.range {
            add(format!("{path}.range.0"), Some(&range.value.0), 0.0, Bound::End);
            add(format!("{path}.range.1"), Some(&range.value.1), 0.0, Bound::End);
        }
    }
    for actor in &scenario.actors {
        let path = format!("actors.{}", actor.name.value);
        add(format!("{path}.rationality"), actor.rationality.as_ref(), 0.0, Bound::NotNegative);
        add(format!("{path}.patience"), actor.patience.as_ref(), 1.0, Bound::Share);
        add(format!("{path}.risk"), actor.risk.as_ref(), 0.0, Bound::Free);
        for want in &actor.wants {
            let path = format!("{path}.wants.{}", want.name.value);
            match &want.form {
                WantForm::Between { best, worst } => {
                    add(format!("{path}.best"), Some(best), 0.0, Bound::Free);
                    add(format!("{path}.worst"), Some(worst), 0.0, Bound::Free);
                }
                WantForm::Around { ideal, reach } => {
                    add(format!("{path}.ideal"), Some(ideal), 0.0, Bound::Free);
                    add(format!("{path}.reach"), Some(reach), 0.0, Bound::Positive);
                }
            }
            add(format!("{path}.curve"), want.curve.as_ref(), 1.0, Bound::Positive);
            add(format!("{path}.weight"), want.weight.as_ref(), 1.0, Bound::NotNegative);
        }
    }
    slots
}

/// The paths of assumptions and traits.
pub(super) fn readable_path(name: &str, kind: Kind) -> Option<String> {
    match kind {
        Kind::Assumption => Some(format!("assumptions.{name}")),
        Kind::Trait => {
            let (actor, name) = name.split_once('.')?;
            Some(format!("actors.{actor}.traits.{name}"))
        }
        Kind::Define | Kind::Measure => None,
    }
}

/// A value that an actor takes to be true, settled once per trial.
pub(super) struct Belief<'a> {
    pub path: String,
    /// What is drawn: the belief's own formula, or the truth's for a "prior".
    pub source: &'a Source,
    /// The place of the value in the file.
    pub written: &'a Source,
}

impl Compiler<'_> {
    /// Settles assumptions, traits, definitions and measures in the order in
    /// which they can be. Returns the rules of the first two.
    pub fn readable(&mut self, scenario: &Scenario) -> Vec<ParamRule> {
        let items = items(scenario);
        let mut quiet = Diagnostics::new();
        let (order, broken) =
            settle_order(&items, if self.mind.is_some() { &mut quiet } else { self.found });
        let mut rules = Vec::new();
        for index in broken {
            let (name, item) = items.get_index(index).expect("the order holds positions of items");
            if matches!(item.kind, Kind::Define | Kind::Measure) {
                self.definitions.insert(name.clone(), Binding::Unknown);
            }
        }
        for index in order {
            let (name, item) = items.get_index(index).expect("the order holds positions of items");
            self.readable_item(name, item, &mut rules);
        }
        rules
    }

    fn readable_item(&mut self, name: &str, item: &Item<'_>, rules: &mut Vec<ParamRule>) {
        match readable_path(name, item.kind) {
            Some(path) => {
                let expect = if item.kind == Kind::Trait { Expect::Number } else { Expect::Any };
                let (formula, ty) = self.typed(item.source, Access::ONCE, &expect);
                let id = self.names.param(&path);
                self.names.set_param_type(id, ty);
                rules.push(ParamRule { id, formula, limits: Bound::Free.limits() });
            }
            None => {
                let (formula, ty) = self.typed(item.source, Access::SEES, &Expect::Any);
                let reads = self.world_read(&formula.node);
                let extent = formula.node.extent();
                let node = formula.node;
                let definition = Arc::new(Definition { node, extent, reads: reads.clone() });
                self.definitions.insert(name.to_owned(), Binding::Define(definition, ty, reads));
            }
        }
    }

    /// The first thing of the changing world that a formula reads.
    fn world_read(&self, node: &Node) -> Option<String> {
        let mut read = None;
        node.walk_own(&mut |part| {
            let what = match part {
                Node::State(id) => {
                    self.names.states.get_index(id.0 as usize).map(|(name, _)| format!("`{name}`"))
                }
                Node::Shared(definition) => definition.reads.clone(),
                Node::Step => Some("`t`".to_owned()),
                Node::Last => Some("`last`".to_owned()),
                Node::Happened(_)
                | Node::Count(_)
                | Node::Since(_)
                | Node::Within(..)
                | Node::Accepted(_) => Some("the past".to_owned()),
                _ => None,
            };
            if read.is_none() {
                read = what;
            }
        });
        read
    }

    /// The rules of the numbers of state and profiles.
    pub fn slot_rules(&mut self, scenario: &Scenario) -> Vec<ParamRule> {
        slots(scenario).iter().map(|slot| self.slot_rule(slot)).collect()
    }

    fn slot_rule(&mut self, slot: &Slot<'_>) -> ParamRule {
        let id = self.names.param(&slot.path);
        let formula = match slot.source {
            Some(source) => {
                let expect = self.slot_type(slot);
                let formula = self.formula(source, Access::ONCE, &expect);
                self.check_bound(slot, &formula, source);
                formula
            }
            None => constant(&slot.path, slot.default),
        };
        ParamRule { id, formula, limits: slot.bound.limits() }
    }

    fn slot_type(&self, slot: &Slot<'_>) -> Expect {
        let name = slot.path.strip_prefix("state.").and_then(|rest| rest.strip_suffix(".start"));
        match name.and_then(|name| self.names.states.get(name)) {
            Some((_, ty)) => Expect::of(ty),
            None => Expect::Number,
        }
    }

    fn check_bound(&mut self, slot: &Slot<'_>, formula: &Formula, source: &Source) {
        let Some(value) = formula.node.constant() else { return };
        let (low, high) = slot.bound.limits();
        if value < low || value > high {
            let (code, message, label) = slot.bound.code();
            self.found.push(Diagnostic::new(code, source.span, message).label(label));
        }
    }

    /// The rules of beliefs that are settled once per trial.
    pub fn belief_rules(&mut self, beliefs: &[Belief<'_>]) -> Vec<ParamRule> {
        let mut rules = Vec::new();
        for belief in beliefs {
            let source = Source {
                path: belief.path.clone(),
                belief: None,
                span: belief.written.span,
                ..belief.source.clone()
            };
            let (formula, ty) = self.typed(&source, Access::ONCE, &Expect::Any);
            let id = self.names.param(&belief.path);
            self.names.set_param_type(id, ty);
            rules.push(ParamRule { id, formula, limits: Bound::Free.limits() });
        }
        rules
    }
}

/// A formula that is one number.
pub(super) fn constant(path: &str, value: f64) -> Formula {
    Formula {
        node: Node::Number(value),
        path: shared(path),
        text: shared(&value.to_string()),
        draws: None,
        settled: true,
    }
}

/// Lists the paths of all once-per-trial numbers.
pub(super) fn list_paths(scenario: &Scenario, beliefs: &[Belief<'_>]) -> IndexSet<String> {
    let mut paths = IndexSet::new();
    for (name, item) in items(scenario) {
        if let Some(path) = readable_path(&name, item.kind) {
            paths.insert(path);
        }
    }
    for slot in slots(scenario) {
        paths.insert(slot.path);
    }
    for belief in beliefs {
        paths.insert(belief.path.clone());
    }
    paths
}
