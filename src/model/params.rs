//! The numbers that are settled once per trial: which there are, and how each gets its value.

use std::sync::Arc;

use indexmap::IndexSet;

use super::compile::{Expect, FormulaCompiler};
use super::names::shared;
use super::order::{NamedFormula, NamedKind, items, report_cycles, settle_order};
use super::program::{Formula, Origin, ParamRule};
use super::ranking::draws_weight;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::formula::ast::{BinaryOp, Expr, ExprKind};
use crate::formula::{Access, Binding, Definition, Node, StateId};
use crate::scenario::defaults::{PATIENCE, RISK, WANT_CURVE, WANT_WEIGHT};
use crate::scenario::{Measure, ScenarioFile, Source, WantForm};

/// A number of the state or of an actor that the file may give: its path, its
/// formula, and its value where the file gives none, which is `None` where a rank draws it.
pub(super) struct Slot<'a> {
    pub path: String,
    pub source: Option<&'a Source>,
    pub default: Option<f64>,
    pub bound: Bound,
}

/// The limits that a number must keep to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    Free,
    NotNegative,
    Positive,
    Share,
    /// An end of a range, which may be infinite.
    End,
    /// The start of a variable, which may be a flag or a label.
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
            // A number without limits is only refused where it is not finite.
            Bound::NotNegative | Bound::Free | Bound::End | Bound::Start => {
                (Code::NegativeNumber, "a number that must not be negative", "expected 0 or more")
            }
        }
    }
}

/// Every number of the state and of actors that is settled once per trial, in
/// file order; assumptions, traits and beliefs are not among them. The list is the
/// same whatever world and policy are in place.
pub(super) fn slots(scenario: &ScenarioFile) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    let mut add = |path: String, source, default, bound| {
        slots.push(Slot { path, source, default, bound });
    };
    for x in &scenario.state {
        let path = format!("state.{}", x.name.value);
        add(format!("{path}.start"), Some(&x.start), Some(0.0), Bound::Start);
        if let Some(range) = &x.range {
            add(format!("{path}.range.0"), Some(&range.value.0), Some(0.0), Bound::End);
            add(format!("{path}.range.1"), Some(&range.value.1), Some(0.0), Bound::End);
        }
    }
    for actor in &scenario.actors {
        let path = format!("actors.{}", actor.name.value);
        add(
            format!("{path}.rationality"),
            actor.rationality.as_ref(),
            Some(0.0),
            Bound::NotNegative,
        );
        add(format!("{path}.patience"), actor.patience.as_ref(), Some(PATIENCE), Bound::Share);
        add(format!("{path}.risk"), actor.risk.as_ref(), Some(RISK), Bound::Free);
        for want in &actor.wants {
            let path = format!("{path}.wants.{}", want.name.value);
            match &want.form {
                WantForm::Between { best, worst } => {
                    add(format!("{path}.best"), Some(best), Some(0.0), Bound::Free);
                    add(format!("{path}.worst"), Some(worst), Some(0.0), Bound::Free);
                }
                WantForm::Around { ideal, reach } => {
                    add(format!("{path}.ideal"), Some(ideal), Some(0.0), Bound::Free);
                    add(format!("{path}.reach"), Some(reach), Some(0.0), Bound::Positive);
                }
            }
            add(format!("{path}.curve"), want.curve.as_ref(), Some(WANT_CURVE), Bound::Positive);
            let weight = (!draws_weight(actor, want)).then_some(WANT_WEIGHT);
            add(format!("{path}.weight"), want.weight.as_ref(), weight, Bound::NotNegative);
        }
    }
    slots
}

/// The path of an assumption or a trait; `None` for what is not settled once per trial.
pub(super) fn readable_path(name: &str, kind: NamedKind) -> Option<String> {
    match kind {
        NamedKind::Assumption => Some(format!("assumptions.{name}")),
        NamedKind::Trait => {
            let (actor, name) = name.split_once('.')?;
            Some(format!("actors.{actor}.traits.{name}"))
        }
        NamedKind::Define | NamedKind::Measure => None,
    }
}

/// A value that an actor believes, settled once per trial.
pub(super) struct Belief<'a> {
    pub path: String,
    /// The formula: that of the belief or, for a "prior", that of the truth.
    pub source: &'a Source,
    /// The formula where the belief stands in the tree, whose place in the file is reported.
    pub written: &'a Source,
}

impl FormulaCompiler<'_> {
    /// Compiles assumptions, traits, definitions and measures, each after those
    /// that it reads. Returns the rules of assumptions and traits.
    pub fn readable(&mut self, scenario: &ScenarioFile) -> Vec<ParamRule> {
        let items = items(scenario);
        let (order, cycles) = settle_order(&items);
        // What an actor takes to be true has the cycles of the truth, where they are reported.
        if self.mind.is_none() {
            report_cycles(&items, &cycles, self.found);
        }
        let mut rules = Vec::new();
        for index in cycles.into_iter().flatten() {
            let (name, item) = items.get_index(index).expect("the order holds positions of items");
            if matches!(item.kind, NamedKind::Define | NamedKind::Measure) {
                self.definitions.insert(name.clone(), Binding::Unknown);
            }
        }
        for index in order {
            let (name, item) = items.get_index(index).expect("the order holds positions of items");
            self.readable_item(name, item, &mut rules);
        }
        rules
    }

    fn readable_item(&mut self, name: &str, item: &NamedFormula<'_>, rules: &mut Vec<ParamRule>) {
        match readable_path(name, item.kind) {
            Some(path) => {
                let expect =
                    if item.kind == NamedKind::Trait { Expect::Number } else { Expect::Any };
                let (formula, ty) = self.typed(item.source, Access::ONCE, &expect);
                let id = self.names.param(&path);
                self.names.set_param_type(id, ty);
                rules.push(ParamRule { id, formula, limits: Bound::Free.limits() });
            }
            None => {
                let (formula, ty) = self.typed(item.source, Access::SEES, &Expect::Any);
                let reads = self.world_read(&formula.node);
                let extent = formula.node.extent();
                let node = formula.node.clone();
                let definition = Arc::new(Definition { node, extent, reads: reads.clone() });
                self.definitions.insert(name.to_owned(), Binding::Define(definition, ty, reads));
                if item.kind == NamedKind::Measure {
                    self.measures.insert(name.to_owned(), formula);
                }
            }
        }
    }

    /// The formula of a measure, which [`readable`](Self::readable) has compiled. One that could not
    /// be settled, since it needs itself or has the name of something else, was reported.
    pub fn measure(&mut self, measure: &Measure) -> Formula {
        self.measures
            .remove(&measure.name.value)
            .unwrap_or_else(|| Formula { settled: false, ..constant(&measure.of.path, 0.0) })
    }

    /// The first thing that changes within a trial and that a formula reads.
    pub(super) fn world_read(&self, node: &Node) -> Option<String> {
        let mut read = None;
        node.walk_own(&mut |part| {
            let what = match part {
                Node::State(id) => {
                    self.names.states.get_index(id.0 as usize).map(|(name, _)| format!("`{name}`"))
                }
                Node::Shared(definition) => definition.reads.clone(),
                Node::Step => Some("`t`".to_owned()),
                Node::Last => Some("`last`".to_owned()),
                Node::OfDay(part, _) => Some(format!("`{}`", part.name())),
                Node::Happened(_)
                | Node::Count(_)
                | Node::Since(_)
                | Node::Within(..)
                | Node::Accepted(_) => Some("the past".to_owned()),
                Node::Number(_)
                | Node::Param(_)
                | Node::Negate(_)
                | Node::Not(_)
                | Node::Binary(..)
                | Node::If(_)
                | Node::In(..)
                | Node::Pure(..)
                | Node::Draw(..) => None,
            };
            if read.is_none() {
                read = what;
            }
        });
        read
    }

    /// The rules of the numbers of the state and of actors.
    pub fn slot_rules(&mut self, scenario: &ScenarioFile) -> Vec<ParamRule> {
        for actor in &scenario.actors {
            actor.wants.iter().for_each(|want| self.check_labels(want));
        }
        slots(scenario).iter().filter_map(|slot| self.slot_rule(slot)).collect()
    }

    /// The rule of a number; `None` where a rank draws it.
    fn slot_rule(&mut self, slot: &Slot<'_>) -> Option<ParamRule> {
        let id = self.names.param(&slot.path);
        let formula = match slot.source {
            Some(source) => {
                let before = self.found.count(Severity::Error);
                let formula = match self.start_of(slot) {
                    Some((variable, expect)) => {
                        self.assigned(variable, source, Access::ONCE, &expect)
                    }
                    None => self.formula(source, Access::ONCE, &Expect::Number),
                };
                // What could not be read has no value that could be too large.
                if self.found.count(Severity::Error) == before {
                    self.check_bound(slot, &formula, source);
                }
                formula
            }
            None => constant(&slot.path, slot.default?),
        };
        Some(ParamRule { id, formula, limits: slot.bound.limits() })
    }

    /// The variable whose start a slot is, and what it takes.
    fn start_of(&self, slot: &Slot<'_>) -> Option<(StateId, Expect)> {
        let name = slot.path.strip_prefix("state.")?.strip_suffix(".start")?;
        let (variable, ty) = self.names.states.get(name)?;
        Some((*variable, Expect::of(ty)))
    }

    fn check_bound(&mut self, slot: &Slot<'_>, formula: &Formula, source: &Source) {
        let Some(value) = formula.node.constant() else { return };
        let (low, high) = slot.bound.limits();
        if value < low || value > high {
            let (code, message, label) = slot.bound.code();
            let wrong = Diagnostic::new(code, source.span, message).label(label);
            let is_number = |part: &Expr| matches!(part.kind, ExprKind::Number(_));
            let is_range =
                if let ExprKind::Binary(BinaryOp::Subtract, low, high) = &source.expr.kind {
                    is_number(low) && is_number(high)
                } else {
                    false
                };
            self.found.push(if is_range {
                let range = source.text.replace('-', "to");
                wrong.hint(format!("from one number to another is `{}`", range.trim()))
            } else {
                wrong
            });
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
        origin: Origin::default(),
    }
}

/// The paths of all numbers that are settled once per trial.
pub(super) fn list_paths(scenario: &ScenarioFile, beliefs: &[Belief<'_>]) -> IndexSet<String> {
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
