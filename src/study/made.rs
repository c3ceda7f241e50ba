//! In how many trials a move was made inside its window.

use serde::{Deserialize, Serialize};

use crate::engine::TrialBlock;
use crate::model::{Forced, Model};

/// A move that a policy forces, and in how many trials it was made at least as often as the policy
/// asks for, whether the policy was in force there or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeMove {
    /// The move, its window, and how often it is to be made.
    pub force: Forced,
    /// The number of trials.
    pub trials: u64,
}

/// Counts the trials in which moves are made inside their windows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MadeTally(Vec<MadeCount>);

/// How often a move is to be made, and in how many trials it was.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct MadeCount {
    times: u32,
    trials: u64,
}

impl MadeTally {
    /// No trials yet, for the moves that a model's policy forces and for further ones: those that
    /// its engine was asked to count.
    pub fn new(model: &Model, further: &[Forced]) -> Self {
        let all = model.rules.forced.iter().chain(further);
        MadeTally(all.map(|force| MadeCount { times: force.times, trials: 0 }).collect())
    }

    /// Adds a block of trials.
    pub fn add(&mut self, block: &TrialBlock) {
        for (window, made) in self.0.iter_mut().enumerate() {
            let enough = |times: &&u32| **times >= made.times;
            made.trials += block.in_window(window).iter().filter(enough).count() as u64;
        }
    }

    /// Joins the counts of other trials.
    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| own.trials += other.trials);
    }

    /// The moves of [`MadeTally::new`], with the number of trials in which each was made.
    pub fn finish(self, model: &Model, further: &[Forced]) -> Vec<MadeMove> {
        let all = model.rules.forced.iter().chain(further).zip(self.0);
        all.map(|(force, MadeCount { trials, .. })| MadeMove { force: *force, trials }).collect()
    }
}
