//! A program with the numbers of a trial: the truth, or what an actor takes to
//! be true. Everything is computed through a perspective, which stops at values
//! that cannot be used.

use std::cell::RefCell;

use super::numerical_error::{Computed, NumericalError};
use super::random_source::{FormulaDraws, RandomSource};
use super::situation::Situation;
use crate::formula::{NoDraws, Node, ParamId, StateId, Type, exact};
use crate::model::{
    ActorId, Branch, CHANCE_SLACK, Change, ChoiceRule, DrawPlaces, Formula, Limits, Model, Program,
    Rules, Want, WantForm,
};
use crate::numeric::{self, kernels};
use crate::scenario::Assign;

/// How often variables were assigned and clamped, by variable.
#[derive(Clone, Debug, Default)]
pub struct Clamps {
    /// Assignments.
    pub assigned: Vec<u64>,
    /// Assignments that had to be clamped to the range.
    pub clamped: Vec<u64>,
}

/// What is true, or what an actor takes to be true: a program with the numbers of a trial.
#[derive(Clone, Copy)]
pub(super) struct Perspective<'a> {
    pub model: &'a Model,
    pub program: &'a Program,
    pub params: &'a [f64],
    /// What the policy forbids and forces, as far as it is known here.
    pub rules: Option<&'a Rules>,
    /// The actor who takes this to be true; `None` for the truth.
    pub mind: Option<ActorId>,
    /// Where assignments are counted, where they really happen.
    pub clamps: Option<&'a RefCell<Clamps>>,
}

/// What is wrong with a value that is not finite, and why it is not if that is known.
pub(super) fn unusable(value: f64, why: Option<String>) -> String {
    let problem = if value.is_nan() { "not a number" } else { "infinite" };
    why.unwrap_or_else(|| format!("the value is {problem}"))
}

/// Which of a formula's two places its draws use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Those of a formula that is carried out.
    Act,
    /// Those of a formula whose result an actor weighs.
    Weigh,
}

impl Use {
    /// The one of a formula's places that is used.
    pub fn of(self, places: DrawPlaces) -> crate::model::PlaceId {
        match self {
            Use::Act => places.act,
            Use::Weigh => places.weigh,
        }
    }
}

impl Perspective<'_> {
    /// A once-per-trial number.
    pub fn param(&self, id: ParamId) -> f64 {
        self.params[id.0 as usize]
    }

    /// The rule by which an actor decides, with the numbers of this trial.
    pub fn rule(&self, actor: ActorId) -> ChoiceRule<f64> {
        self.program.actors[actor.index()].choice.map(|id| self.param(id))
    }

    /// The value of a formula without draws.
    pub fn number(&self, formula: &Formula, at: &Situation) -> Computed<f64> {
        let scene = at.scene(self.params, self.program.steps);
        let value = formula.node.value(&scene);
        if value.is_finite() {
            return Ok(value);
        }
        let why = formula.node.accident(&scene, &mut NoDraws);
        Err(self.numerical_error(formula, at, unusable(value, why)))
    }

    /// The value of a formula that may draw.
    pub fn drawn(
        &self,
        formula: &Formula,
        at: &Situation,
        source: &mut dyn RandomSource,
        how: Use,
    ) -> Computed<f64> {
        let Some(places) = formula.draws else { return self.number(formula, at) };
        let mut draws = FormulaDraws { source, place: how.of(places), step: at.step };
        let scene = at.scene(self.params, self.program.steps);
        let value = formula.node.eval(&scene, &mut draws);
        if value.is_finite() {
            return Ok(value);
        }
        let why = formula.node.accident(&scene, &mut draws);
        Err(self.numerical_error(formula, at, unusable(value, why)))
    }

    /// The report of a value that cannot be used, to which the trial is added later.
    pub fn numerical_error(
        &self,
        formula: &Formula,
        at: &Situation,
        problem: String,
    ) -> Box<NumericalError> {
        let mut reads = Vec::new();
        formula.node.walk(&mut |node| {
            let read = match node {
                Node::Param(id) => {
                    let path = &self.model.params[id.0 as usize % self.model.params.len()];
                    let name = path.strip_prefix("assumptions.").unwrap_or(path);
                    (name.to_owned(), self.shown(*id))
                }
                Node::State(id) => {
                    let value = at.state[id.0 as usize];
                    let shown = match self.model.states[id.0 as usize].series.ty {
                        Type::Label(_) => format!("'{}'", self.model.label(value)),
                        Type::Number | Type::Flag | Type::Unknown => exact(value),
                    };
                    (self.model.state_name(*id).to_owned(), shown)
                }
                Node::Step => ("t".to_owned(), at.step.to_string()),
                Node::OfDay(part, values) => {
                    (part.name().to_owned(), exact(values[at.step as usize]))
                }
                // The formula itself shows the constants; what happened is not shown.
                Node::Number(_)
                | Node::Shared(_)
                | Node::Last
                | Node::Happened(_)
                | Node::Count(_)
                | Node::Since(_)
                | Node::Within(..)
                | Node::Accepted(_)
                | Node::Negate(_)
                | Node::Not(_)
                | Node::Binary(..)
                | Node::If(_)
                | Node::In(..)
                | Node::Pure(..)
                | Node::Draw(..) => return,
            };
            if !reads.contains(&read) {
                reads.push(read);
            }
        });
        Box::new(NumericalError {
            trial: 0,
            step: Some(at.step),
            file: self.model.file.clone(),
            line: formula.origin.line,
            set_by: formula.origin.set_by.as_ref().map(ToString::to_string),
            path: formula.path.to_string(),
            formula: formula.text.to_string(),
            problem,
            reads,
            imagined_by: self.mind.map(|actor| self.model.actors[actor.index()].name.clone()),
        })
    }

    /// A once-per-trial number as a report shows it, with what put it in place.
    fn shown(&self, id: ParamId) -> String {
        let value = exact(self.params[id.0 as usize]);
        // In a belief the numbers of the truth come after the believed ones.
        let count = self.model.params.len() as u32;
        let (rules, id) = match id.0.checked_sub(count) {
            Some(id) => (&self.model.truth.params, ParamId(id)),
            None => (&self.program.params, id),
        };
        let origin = rules.iter().find(|rule| rule.id == id).map(|rule| &rule.formula.origin);
        match origin.and_then(|origin| Some((origin.set_by.as_ref()?, origin.line))) {
            Some((set_by, Some(line))) => format!("{value} (set by {set_by}, line {line})"),
            Some((set_by, None)) => format!("{value} (set by {set_by})"),
            None => value,
        }
    }

    /// Whether a condition holds. A missing condition always does.
    pub fn holds(&self, condition: Option<&Formula>, at: &Situation) -> Computed<bool> {
        match condition {
            Some(formula) => Ok(self.number(formula, at)? != 0.0),
            None => Ok(true),
        }
    }

    /// A probability.
    pub fn chance(&self, formula: &Formula, at: &Situation) -> Computed<f64> {
        let p = self.number(formula, at)?;
        if !(0.0..=1.0).contains(&p) {
            return Err(self.numerical_error(
                formula,
                at,
                format!("{} is no chance: outside 0 to 1", exact(p)),
            ));
        }
        Ok(p)
    }

    /// The weight of a vote or a quota.
    pub fn not_negative(&self, formula: &Formula, at: &Situation) -> Computed<f64> {
        let value = self.number(formula, at)?;
        if value < 0.0 {
            let problem = format!("{} is negative, must be at least 0", exact(value));
            return Err(self.numerical_error(formula, at, problem));
        }
        Ok(value)
    }

    /// The chances of branches, and at the end that of no branch.
    pub fn chances(&self, branches: &[Branch], at: &Situation, out: &mut Vec<f64>) -> Computed<()> {
        out.clear();
        let (mut sum, mut rest) = (0.0, None);
        for (index, branch) in branches.iter().enumerate() {
            match &branch.p {
                Some(formula) => {
                    let p = self.chance(formula, at)?;
                    sum += p;
                    out.push(p);
                    if sum > 1.0 + CHANCE_SLACK {
                        let problem =
                            format!("with this one the branches add to {}, above 1", exact(sum));
                        return Err(self.numerical_error(formula, at, problem));
                    }
                }
                None => {
                    rest = Some(index);
                    out.push(0.0);
                }
            }
        }
        let left = (1.0 - sum).max(0.0);
        match rest {
            Some(index) => {
                out[index] = left;
                out.push(0.0);
            }
            None => out.push(if left <= CHANCE_SLACK { 0.0 } else { left }),
        }
        Ok(())
    }

    /// Whether something may happen again by its own limits.
    pub fn within_limits(
        &self,
        limits: Limits,
        what: crate::formula::Happening,
        at: &Situation,
    ) -> bool {
        if limits.once && at.count(what) > 0 {
            return false;
        }
        match (limits.every, at.since(what)) {
            (Some(every), Some(since)) => since >= every,
            _ => true,
        }
    }

    /// Carries changes out: all read the situation as it is, then all variables change at once.
    pub fn change(
        &self,
        groups: [&[Change]; 2],
        at: &mut Situation,
        source: &mut dyn RandomSource,
        how: Use,
    ) -> Computed<()> {
        let total = groups[0].len() + groups[1].len();
        match total {
            0 => Ok(()),
            1 => {
                let change = groups[0].first().unwrap_or_else(|| &groups[1][0]);
                let value = self.outcome_of(change, at, source, how)?;
                self.assign(change, value, at)
            }
            _ => {
                let mut few = [0.0; 8];
                let mut many = Vec::new();
                let values: &mut [f64] = if total <= few.len() {
                    &mut few[..total]
                } else {
                    many.resize(total, 0.0);
                    &mut many
                };
                let all = || groups[0].iter().chain(groups[1]);
                for (slot, change) in values.iter_mut().zip(all()) {
                    *slot = self.outcome_of(change, at, source, how)?;
                }
                for (value, change) in values.iter().zip(all()) {
                    self.assign(change, *value, at)?;
                }
                Ok(())
            }
        }
    }

    fn outcome_of(
        &self,
        change: &Change,
        at: &Situation,
        source: &mut dyn RandomSource,
        how: Use,
    ) -> Computed<f64> {
        let value = self.drawn(&change.formula, at, source, how)?;
        let old = at.state[change.target.0 as usize];
        let (new, sign) = match change.operator {
            Assign::Set => return Ok(value),
            Assign::Add => (old + value, "+"),
            Assign::Subtract => (old - value, "-"),
            Assign::Multiply => (old * value, "*"),
            Assign::Divide => (old / value, "/"),
        };
        if new.is_finite() {
            return Ok(new);
        }
        let variable = self.model.state_name(change.target);
        let (from, by, to) = (exact(old), exact(value), exact(new));
        let why = format!("`{variable}` becomes {from} {sign} {by}, which is {to}");
        Err(self.numerical_error(&change.formula, at, why))
    }

    /// Puts a value in, clamped to the variable's range.
    fn assign(&self, change: &Change, value: f64, at: &mut Situation) -> Computed<()> {
        let index = change.target.0 as usize;
        at.state[index] = self.clamped(index, value);
        Ok(())
    }

    /// The lowest and the highest value of a variable.
    pub fn range(&self, state: StateId) -> (f64, f64) {
        match self.program.ranges[state.0 as usize] {
            Some((low, high)) => (self.param(low), self.param(high)),
            None => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// Puts a value in that lies within the variable's range.
    pub fn settle(&self, state: StateId, value: f64, at: &mut Situation) {
        let index = state.0 as usize;
        self.count(index, false);
        at.state[index] = value;
    }

    /// A value clamped to the range of a variable.
    pub fn clamped(&self, state: usize, value: f64) -> f64 {
        let Some((low, high)) = self.program.ranges[state] else {
            self.count(state, false);
            return value;
        };
        let (low, high) = (self.param(low), self.param(high));
        let kept = if value < low {
            low
        } else if value > high {
            high
        } else {
            value
        };
        self.count(state, kept != value);
        kept
    }

    fn count(&self, state: usize, clamped: bool) {
        if let Some(clamps) = self.clamps {
            let mut clamps = clamps.borrow_mut();
            clamps.assigned[state] += 1;
            clamps.clamped[state] += u64::from(clamped);
        }
    }

    /// Ends the trial if an outcome that ends it holds.
    pub fn test_ends(&self, at: &mut Situation) -> Computed<()> {
        for (index, outcome) in self.program.outcomes.iter().enumerate() {
            if outcome.ends && self.number(&outcome.when, at)? != 0.0 {
                at.ended = Some(index as u32);
                return Ok(());
            }
        }
        Ok(())
    }

    /// The utility of a situation to an actor, in 0..1: U = Σ w·v / Σ w, bent
    /// by its risk attitude r to (1 − e^(−rU)) / (1 − e^(−r)) (Pratt 1964).
    pub fn utility(&self, actor: ActorId, at: &Situation) -> Computed<f64> {
        let actor = &self.program.actors[actor.index()];
        let (mut sum, mut weights) = (0.0, 0.0);
        for want in &actor.wants {
            let weight = self.param(want.weight);
            weights += weight;
            if weight != 0.0 {
                sum += weight * self.satisfaction(want, at)?;
            }
        }
        if actor.wants.is_empty() {
            return Ok(0.0);
        }
        let utility = sum / weights;
        let risk = self.param(actor.risk);
        let bent = if risk == 0.0 {
            utility
        } else {
            kernels::exp_m1(-risk * utility) / kernels::exp_m1(-risk)
        };
        if bent.is_finite() {
            return Ok(bent);
        }
        let problem =
            format!("utility {utility} with weights that add to {weights} and risk {risk} is none");
        Err(self.numerical_error(&actor.wants[0].of, at, problem))
    }

    /// The value v of a want, in 0..1.
    fn satisfaction(&self, want: &Want, at: &Situation) -> Computed<f64> {
        let x = self.number(&want.of, at)?;
        let curve = self.param(want.curve);
        let bend = |v: f64| if curve == 1.0 { v } else { numeric::pow(v, curve) };
        let value = match want.form {
            WantForm::Between { best, worst } => {
                let (best, worst) = (self.param(best), self.param(worst));
                if best == worst {
                    return Err(self.numerical_error(
                        &want.of,
                        at,
                        format!("best and worst are both {best}"),
                    ));
                }
                bend(((x - worst) / (best - worst)).clamp(0.0, 1.0))
            }
            WantForm::Around { ideal, reach } => {
                let distance = (x - self.param(ideal)).abs() / self.param(reach);
                (1.0 - bend(distance)).max(0.0)
            }
        };
        if value.is_finite() {
            Ok(value)
        } else {
            Err(self.numerical_error(&want.of, at, "the value of the want is none".to_owned()))
        }
    }
}
