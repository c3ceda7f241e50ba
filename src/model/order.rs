//! The order in which assumptions, traits, definitions and measures can be compiled:
//! each after those that it reads.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::formula::Function;
use crate::formula::ast::{Expr, ExprKind};
use crate::scenario::{ScenarioFile, Source};

/// What a name with a formula of its own stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedKind {
    /// An assumption.
    Assumption,
    /// An actor's trait.
    Trait,
    /// A definition.
    Define,
    /// A measure.
    Measure,
}

/// The formula that a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamedFormula<'a> {
    pub kind: NamedKind,
    pub source: &'a Source,
}

/// Every name that formulas can read and that has a formula of its own, as
/// formulas write it.
pub(super) fn items(scenario: &ScenarioFile) -> IndexMap<String, NamedFormula<'_>> {
    let mut items = IndexMap::new();
    let mut add = |name: String, kind, source| {
        items.entry(name).or_insert(NamedFormula { kind, source });
    };
    for x in &scenario.assumptions {
        add(x.name.value.clone(), NamedKind::Assumption, &x.draw);
    }
    for actor in &scenario.actors {
        for (name, source) in &actor.traits {
            let full = format!("{}.{}", actor.name.value, name.value);
            add(full, NamedKind::Trait, source);
        }
    }
    for x in &scenario.define {
        add(x.name.value.clone(), NamedKind::Define, &x.of);
    }
    for x in &scenario.measures {
        add(x.name.value.clone(), NamedKind::Measure, &x.of);
    }
    items
}

/// The names that a formula reads, as formulas write them. The first argument of
/// `happened(…)` and the like is the name of an event or action, not of a value.
pub(super) fn reads(expr: &Expr, visit: &mut dyn FnMut(&str)) {
    match &expr.kind {
        ExprKind::Name(name) => visit(name),
        ExprKind::Field(actor, name) => visit(&format!("{actor}.{name}")),
        ExprKind::MenuValue(actor, action, name) => visit(&format!("{actor}.{action}.{name}")),
        ExprKind::Call(function, _, arguments) if asks_the_past(function) => {
            for (index, argument) in arguments.iter().enumerate() {
                let names_a_value = matches!(argument.kind, ExprKind::MenuValue(..));
                if index > 0 || names_a_value {
                    reads(argument, visit);
                }
            }
        }
        ExprKind::Number(_)
        | ExprKind::Flag(_)
        | ExprKind::Text(_)
        | ExprKind::Unary(..)
        | ExprKind::Binary(..)
        | ExprKind::In(..)
        | ExprKind::If(..)
        | ExprKind::Call(..)
        | ExprKind::To(..)
        | ExprKind::Broken => {
            for child in expr.children() {
                reads(child, visit);
            }
        }
    }
}

/// Whether the first argument of a function is the name of something that happens.
pub(super) fn asks_the_past(function: &str) -> bool {
    Function::find(function).is_some_and(Function::asks_the_past)
}

/// The names in an order in which each comes after those it reads, by position; and the circles of
/// names that need each other, which are left out of it.
pub(super) fn settle_order(
    items: &IndexMap<String, NamedFormula<'_>>,
) -> (Vec<usize>, Vec<Vec<usize>>) {
    let needs: Vec<Vec<usize>> = items
        .values()
        .map(|item| {
            let mut list = Vec::new();
            // What a belief reads is the truth, which is compiled before any belief.
            if item.source.belief.is_some() {
                return list;
            }
            reads(&item.source.expr, &mut |name| {
                if let Some(index) = items.get_index_of(name)
                    && !list.contains(&index)
                {
                    list.push(index);
                }
            });
            list
        })
        .collect();
    let mut walk = DepthFirst {
        needs: &needs,
        mark: vec![VisitState::New; items.len()],
        path: Vec::new(),
        order: Vec::new(),
        cycles: Vec::new(),
    };
    for start in 0..items.len() {
        walk.visit(start);
    }
    let circular: HashSet<usize> = walk.cycles.iter().flatten().copied().collect();
    walk.order.retain(|index| !circular.contains(index));
    (walk.order, walk.cycles)
}

/// Reports names that need each other.
pub(super) fn report_cycles(
    items: &IndexMap<String, NamedFormula<'_>>,
    cycles: &[Vec<usize>],
    found: &mut Diagnostics,
) {
    for cycle in cycles {
        let names: Vec<&str> =
            cycle.iter().filter_map(|index| Some(items.get_index(*index)?.0.as_str())).collect();
        let first = &items[cycle[0]];
        let message = if cycle.len() == 1 {
            format!("`{}` needs itself", names[0])
        } else {
            format!("{} need each other", clipped(&names))
        };
        found.push(Diagnostic::new(Code::Cycle, first.source.span, message).label(circle(&names)));
    }
}

/// The most names that a message lists.
const MAX_LISTED: usize = 8;

/// The names of a circle, the first again at its end.
fn circle(names: &[&str]) -> String {
    let shown = names[..names.len().min(MAX_LISTED)].join(" -> ");
    let gap = if names.len() > MAX_LISTED { " -> ..." } else { "" };
    format!("{shown}{gap} -> {}", names[0])
}

/// The names, or the first of many and how many there are.
fn clipped(names: &[&str]) -> String {
    match names.len().checked_sub(MAX_LISTED) {
        None | Some(0) => listed(names),
        Some(more) => {
            let more = format!("{more} more");
            format!("{} and {more}", listed_all(&names[..MAX_LISTED]).join(", "))
        }
    }
}

fn listed_all(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("`{name}`")).collect()
}

fn listed(names: &[&str]) -> String {
    let quoted = listed_all(names);
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum VisitState {
    New,
    Open,
    Done,
}

struct DepthFirst<'a> {
    needs: &'a [Vec<usize>],
    mark: Vec<VisitState>,
    path: Vec<usize>,
    order: Vec<usize>,
    cycles: Vec<Vec<usize>>,
}

impl DepthFirst<'_> {
    /// Depth first; a name met again while still open closes a cycle.
    fn visit(&mut self, at: usize) {
        match self.mark[at] {
            VisitState::Done => return,
            VisitState::Open => {
                let from = self.path.iter().position(|index| *index == at).unwrap_or(0);
                self.cycles.push(self.path[from..].to_vec());
                return;
            }
            VisitState::New => {}
        }
        self.mark[at] = VisitState::Open;
        self.path.push(at);
        for need in &self.needs[at] {
            self.visit(*need);
        }
        self.path.pop();
        self.mark[at] = VisitState::Done;
        self.order.push(at);
    }
}
