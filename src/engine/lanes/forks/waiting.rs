//! Forks that wait to be played on.

use crate::engine::lanes::run::situations::Situations;

/// Where the outcome of a fork belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ForkSlot {
    /// With other assumptions.
    Assumed,
    /// With other luck at a moment alone, by its position among those that its trial came to.
    Without(usize),
    /// With other luck from a moment on, by its position among those that are asked for.
    From(usize),
    /// With all luck other.
    AllOther,
}

/// A fork that waits at the beginning of a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct WaitingFork {
    /// The row of its trial.
    pub row: usize,
    /// Where what is settled once per trial stands.
    pub settled: usize,
    /// Where its outcome belongs.
    pub slot: ForkSlot,
}

/// Forks that wait at the beginning of the same step, all with the same luck from there on.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    pub forks: Vec<WaitingFork>,
    pub situations: Situations,
}
