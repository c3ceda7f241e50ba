//! Several models that were played with common random numbers, and what of them was compared.

use super::end_mean::EndMean;
use super::ends::{EndKind, ends};
use super::flips::Flips;
use super::goal::{Goal, named_outcomes};
use super::goal_trials::{GoalTrials, GoalsAsked};
use super::made::MadeMove;
use crate::model::{Forced, Model};
use crate::stats::{Moments, Paired, PairedMean};

/// The results of one model.
#[derive(Clone, Debug)]
pub struct CellSummary {
    /// How many trials there were.
    pub trials: u64,
    /// How many ended in each outcome, in file order; unresolved last.
    pub outcomes: Vec<u64>,
    /// In how many trials each happening happened at least once.
    pub happened: Vec<u64>,
    /// For each happening, in how many of these trials each outcome came about, where this was asked for; else
    /// empty.
    pub happened_before: Vec<Vec<u64>>,
    /// The moves that the policy forces, then those that were counted besides, and in how many
    /// trials each was made.
    pub made: Vec<MadeMove>,
    /// The moments of each end of [`ends`].
    pub ends: Vec<Moments>,
    /// The means of those of them that are no utilities, with their intervals, where these were asked for;
    /// else empty.
    pub means: Vec<EndMean>,
}

impl CellSummary {
    /// The share of an outcome.
    pub fn share(&self, outcome: usize) -> f64 {
        if self.trials == 0 { 0.0 } else { self.outcomes[outcome] as f64 / self.trials as f64 }
    }

    /// How well the model does by a goal that was checked: a probability, or a mean utility in 0..1.
    pub fn goal_value(&self, model: &Model, goal: &Goal) -> f64 {
        let share = |names: &[String]| -> f64 {
            let count: u64 = named_outcomes(model, names).map(|index| self.outcomes[index]).sum();
            if self.trials == 0 { 0.0 } else { count as f64 / self.trials as f64 }
        };
        match goal {
            Goal::Avoid(names) => 1.0 - share(names),
            Goal::Seek(names) => share(names),
            Goal::Actor(name) => {
                let all = ends(model);
                let own = all.iter().position(|e| e.kind == EndKind::Utility && e.name == *name);
                own.and_then(|index| self.ends[index].mean()).unwrap_or(0.0)
            }
        }
    }
}

/// The comparison of two models that were played with common random numbers.
#[derive(Clone, Debug)]
pub struct PairSummary {
    /// The index of the baseline among the models.
    pub a: usize,
    /// The index of the model that is compared with it.
    pub b: usize,
    /// The outcomes that both have: the index in each, and the paired counts.
    pub outcomes: Vec<(usize, usize, Paired)>,
    /// How many trials went from which outcome to which.
    pub flips: Flips,
    /// The numbers at the end that both have: the index in each, and the differences, b − a.
    pub ends: Vec<(usize, usize, PairedMean)>,
}

/// Several models that were played with common random numbers, and what of them was compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The results of each model.
    pub cells: Vec<CellSummary>,
    /// The pairs that were asked for, in their order.
    pub pairs: Vec<PairSummary>,
    /// How well all models do by each goal, in the order of the goals.
    pub goals: Vec<GoalTrials>,
}

/// What is counted of models besides what [`compare`](super::compare()) counts.
#[derive(Clone, Debug, Default)]
pub struct Besides<'g> {
    /// For each model, further moves inside windows, besides those that its policy forces.
    pub moves: Vec<Vec<Forced>>,
    /// The goals by which the models are judged.
    pub goals: GoalsAsked<'g>,
    /// Whether the means of state and measures at the end are to be known with intervals.
    pub means: bool,
    /// The models of which it is counted what happened before each outcome, by their indices.
    pub before: Vec<usize>,
}
