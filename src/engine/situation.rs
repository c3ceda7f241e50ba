//! A moment of a trial: the state and the past.

use crate::formula::{Happening, Snapshot};
use crate::model::{Action, Rules};

/// The state, what happened so far, and the step.
#[derive(Debug, Default)]
pub struct Situation {
    /// The variables, by [`crate::formula::StateId`].
    pub state: Vec<f64>,
    /// How often each [`Happening`] happened.
    pub counts: Vec<u32>,
    /// The step in which each happened last.
    pub latest: Vec<u32>,
    /// Whether a proposal of it was accepted.
    pub accepted: Vec<bool>,
    /// How often the action of each forcing rule of the policy had been taken when its window began.
    pub before: Vec<u32>,
    /// The step that is being played, from 0.
    pub step: u32,
    /// The outcome that ended the trial early, if one did.
    pub ended: Option<u32>,
}

impl Clone for Situation {
    fn clone(&self) -> Self {
        let mut copy = Situation::default();
        copy.clone_from(self);
        copy
    }

    /// Copies into memory that is there already.
    fn clone_from(&mut self, other: &Self) {
        self.state.clone_from(&other.state);
        self.counts.clone_from(&other.counts);
        self.latest.clone_from(&other.latest);
        self.accepted.clone_from(&other.accepted);
        self.before.clone_from(&other.before);
        self.step = other.step;
        self.ended = other.ended;
    }
}

impl Situation {
    /// Makes this the moment before the first step: nothing has happened, every variable is 0.
    pub fn blank(&mut self, states: usize, happenings: usize, rules: usize) {
        self.state.clear();
        self.state.resize(states, 0.0);
        self.counts.clear();
        self.counts.resize(happenings, 0);
        self.latest.clear();
        self.latest.resize(happenings, 0);
        self.accepted.clear();
        self.accepted.resize(happenings, false);
        self.before.clear();
        self.before.resize(rules, 0);
        self.step = 0;
        self.ended = None;
    }

    /// Whether another is the same to the bit, so that the same luck leads to the same.
    pub fn is_same(&self, other: &Situation) -> bool {
        let mut states = self.state.iter().zip(&other.state);
        (self.step, self.ended) == (other.step, other.ended)
            && self.counts == other.counts
            && self.latest == other.latest
            && self.accepted == other.accepted
            && self.before == other.before
            && states.all(|(one, other)| one.to_bits() == other.to_bits())
    }

    /// The moment as formulas see it, in a trial of so many steps.
    pub fn scene<'a>(&'a self, params: &'a [f64], steps: u32) -> Snapshot<'a> {
        Snapshot {
            params,
            state: &self.state,
            counts: &self.counts,
            latest: &self.latest,
            accepted: &self.accepted,
            step: self.step,
            last: is_last(self.step, steps),
        }
    }

    /// Notes that something happened in this step.
    pub fn mark(&mut self, what: Happening) {
        let at = what.0 as usize;
        self.counts[at] += 1;
        self.latest[at] = self.step;
    }

    /// Notes that an action was taken in this step, and whether others accepted it.
    pub fn mark_action(&mut self, action: &Action, accepted: bool) {
        for what in action.happenings() {
            self.mark(what);
            self.accepted[what.0 as usize] |= accepted;
        }
    }

    /// Notes how often the actions of rules were taken before this step, in which their windows begin.
    pub fn begin_windows(&mut self, rules: &Rules) {
        for (rule, what) in rules.windows_from(self.step) {
            self.before[rule] = self.count(what);
        }
    }

    /// How often something happened.
    pub fn count(&self, what: Happening) -> u32 {
        self.counts[what.0 as usize]
    }

    /// How many steps ago something happened; `None` if never.
    pub fn since(&self, what: Happening) -> Option<u32> {
        let at = what.0 as usize;
        (self.counts[at] > 0).then(|| self.step - self.latest[at])
    }
}

/// Whether a step is the last of a trial of so many; a trial without steps is all at its end. Steps
/// that are imagined to come after the last are not.
pub(super) fn is_last(step: u32, steps: u32) -> bool {
    step + 1 == steps.max(1)
}

/// Situations that are kept to be copied into, so that memory is used again.
#[derive(Debug, Default)]
pub(super) struct Pool {
    free: Vec<Situation>,
}

impl Pool {
    /// A copy of a situation.
    pub fn copy(&mut self, of: &Situation) -> Situation {
        let mut copy = self.free.pop().unwrap_or_default();
        copy.clone_from(of);
        copy
    }

    /// Takes a copy back that is no longer needed.
    pub fn give(&mut self, situation: Situation) {
        self.free.push(situation);
    }
}
