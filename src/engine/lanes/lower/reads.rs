//! What formulas read: which part of the past must be kept, and which outcomes a change can bring
//! about.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::formula::{Definition, Happening, Node};
use crate::model::{Chance, Formula, Limits, Model, Party, Program, Rule};

/// What a formula reads of the moment.
#[derive(Clone, Debug, Default)]
pub(in crate::engine::lanes) struct Reads {
    /// The variables it reads.
    pub states: BTreeSet<usize>,
    /// Happenings whose last step matters.
    pub latest: BTreeSet<usize>,
    /// Happenings that are counted.
    pub counts: BTreeSet<usize>,
    /// Proposals whose acceptance matters.
    pub accepted: BTreeSet<usize>,
    /// Whether it can change as time passes.
    pub timed: bool,
    /// The month and the year in which each step begins, if it reads them.
    pub days: [Option<Arc<[f64]>>; 2],
}

impl Reads {
    /// What a formula reads.
    pub fn of(node: &Node) -> Self {
        let mut reads = Reads::default();
        reads.add(node, &mut HashSet::new());
        reads
    }

    fn add(&mut self, node: &Node, seen: &mut HashSet<*const Definition>) {
        match node {
            Node::State(id) => {
                self.states.insert(id.0 as usize);
            }
            Node::Step | Node::Last => self.timed = true,
            Node::OfDay(part, values) => {
                self.timed = true;
                self.days[*part as usize] = Some(values.clone());
            }
            Node::Happened(x) => {
                self.latest.insert(x.0 as usize);
            }
            Node::Since(x) | Node::Within(x, _) => {
                self.latest.insert(x.0 as usize);
                self.timed = true;
            }
            Node::Count(x) => {
                self.counts.insert(x.0 as usize);
            }
            Node::Accepted(x) => {
                self.accepted.insert(x.0 as usize);
            }
            Node::Shared(definition) if seen.insert(Arc::as_ptr(definition)) => {
                self.add(&definition.node, seen);
            }
            Node::Number(_)
            | Node::Param(_)
            | Node::Shared(_)
            | Node::Negate(_)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::If(_)
            | Node::In(..)
            | Node::Pure(..)
            | Node::Draw(..) => {}
        }
        for child in node.children() {
            self.add(child, seen);
        }
    }

    /// Whether a change of these variables, or that something happened, can change it.
    pub fn touched_by(&self, states: &[usize], happenings: &[Happening]) -> bool {
        self.timed
            || states.iter().any(|state| self.states.contains(state))
            || happenings.iter().any(|what| {
                let what = what.0 as usize;
                self.latest.contains(&what)
                    || self.counts.contains(&what)
                    || self.accepted.contains(&what)
            })
    }

    fn limits(&mut self, limits: Limits, what: Happening) {
        if limits.once || limits.every.is_some() {
            self.latest.insert(what.0 as usize);
        }
    }
}

/// What all programs of a model read of the past.
pub(in crate::engine::lanes) fn of_model(model: &Model) -> Reads {
    let mut reads = Reads::default();
    let mut seen = HashSet::new();
    for program in std::iter::once(&model.truth).chain(model.minds.iter().flatten()) {
        each_formula(program, &mut |formula| reads.add(&formula.node, &mut seen));
        for event in &program.events {
            reads.limits(event.limits, event.what);
        }
        for bargain in &program.bargains {
            reads.limits(bargain.limits, bargain.what);
        }
        for action in program.actors.iter().flat_map(|actor| &actor.actions) {
            reads.limits(action.limits, action.what);
        }
    }
    let facts = model.known.iter().flat_map(|known| &known.steps).flat_map(|step| &step.facts);
    facts.for_each(|fact| reads.add(&fact.formula.node, &mut seen));
    for force in &model.rules.forced {
        reads.counts.insert(force.what.0 as usize);
    }
    reads
}

/// Every formula of a program that is computed as a trial runs.
fn each_formula(program: &Program, visit: &mut dyn FnMut(&Formula)) {
    for entry in &program.calendar {
        entry.effects.iter().for_each(|change| visit(&change.formula));
    }
    for event in &program.events {
        event.when.iter().for_each(&mut *visit);
        event.effects.iter().for_each(|change| visit(&change.formula));
        match &event.chance {
            Chance::Certain => {}
            Chance::Formula(formula, _) => visit(formula),
            Chance::Branches(branches, _) => {
                for branch in branches {
                    branch.p.iter().for_each(&mut *visit);
                    branch.effects.iter().for_each(|change| visit(&change.formula));
                }
            }
        }
    }
    for bargain in &program.bargains {
        bargain.when.iter().for_each(&mut *visit);
        bargain.chance.iter().for_each(|(formula, _)| visit(formula));
        bargain.parties.iter().flat_map(Party::formulas).for_each(&mut *visit);
        bargain.effects.iter().for_each(|change| visit(&change.formula));
    }
    for actor in &program.actors {
        actor.wants.iter().for_each(|want| visit(&want.of));
        for action in &actor.actions {
            action.when.iter().for_each(&mut *visit);
            action.cost.iter().for_each(&mut *visit);
            let changes = action.effects.iter().chain(&action.refused);
            changes.for_each(|change| visit(&change.formula));
            for branch in &action.branches {
                branch.p.iter().for_each(&mut *visit);
                branch.effects.iter().for_each(|change| visit(&change.formula));
            }
            if let Some(consent) = &action.consent {
                consent
                    .voters
                    .iter()
                    .filter_map(|voter| voter.weight.as_ref())
                    .for_each(&mut *visit);
                if let Rule::Quota(quota) = &consent.rule {
                    visit(quota);
                }
            }
        }
    }
    program.laws.iter().for_each(|change| visit(&change.formula));
    program.outcomes.iter().for_each(|outcome| visit(&outcome.when));
    program.measures.iter().for_each(visit);
}
