//! How often moves are made when nothing is known: what a forecaster expects who knows no more.

use crate::engine::trial_block::{MoveCounts, counted_options};
use crate::model::Model;

/// How often each option is taken when it is open, and how often proposals are accepted.
#[derive(Clone, Debug)]
pub struct MoveFrequencies {
    /// For each actor, for each of its tracks: the frequency of each action on it, by position, then that of
    /// holding. Each lies strictly between 0 and 1.
    taken: Vec<Vec<Vec<f64>>>,
    /// The same of proposals that are accepted, among those made.
    accepted: Vec<Vec<Vec<f64>>>,
}

impl MoveFrequencies {
    /// The frequencies in trials of a model, of whose moves these are the counts, over all steps together: (m + ½)
    /// of (n + 1), so that what never happened is not impossible (Krichevsky & Trofimov 1981).
    pub fn of(model: &Model, moves: &MoveCounts) -> Self {
        let mut taken: Vec<Vec<Vec<f64>>> = vec![Vec::new(); model.actors.len()];
        let mut accepted = taken.clone();
        let part = |some: u64, all: u64| (some as f64 + 0.5) / (all as f64 + 1.0);
        for (row, option) in counted_options(model).iter().enumerate() {
            let steps = row * moves.steps..(row + 1) * moves.steps;
            let sum = |counts: &[u64]| counts[steps.clone()].iter().sum::<u64>();
            let (all, some) = (sum(&moves.available), sum(&moves.taken));
            let tracks = &mut taken[option.actor];
            if tracks.len() == option.track {
                tracks.push(Vec::new());
                accepted[option.actor].push(Vec::new());
            }
            taken[option.actor][option.track].push(part(some, all));
            accepted[option.actor][option.track].push(part(sum(&moves.accepted), some));
        }
        MoveFrequencies { taken, accepted }
    }

    /// How often an option is taken when it is open: an action by its position on the track, or with one more
    /// than the last holding.
    pub(in crate::engine) fn of_option(&self, actor: usize, track: usize, option: usize) -> f64 {
        self.taken[actor][track][option]
    }

    /// How often a proposal, by its position on the track, is accepted.
    pub(in crate::engine) fn of_consent(&self, actor: usize, track: usize, option: usize) -> f64 {
        self.accepted[actor][track][option]
    }
}
