//! In how many trials a move was made inside its window.

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
pub(super) struct MadeTally(Vec<MadeMove>);

impl MadeTally {
    /// No trials yet, for the moves that a model's policy forces and for further ones: those that
    /// its engine was asked to count.
    pub fn new(model: &Model, further: &[Forced]) -> Self {
        let all = model.rules.forced.iter().chain(further);
        MadeTally(all.map(|force| MadeMove { force: *force, trials: 0 }).collect())
    }

    /// Adds a block of trials.
    pub fn add(&mut self, block: &TrialBlock) {
        for (window, made) in self.0.iter_mut().enumerate() {
            let enough = |times: &&u32| **times >= made.force.times;
            made.trials += block.in_window(window).iter().filter(enough).count() as u64;
        }
    }

    /// The moves, with the number of trials in which each was made.
    pub fn finish(self) -> Vec<MadeMove> {
        self.0
    }
}
