//! Who observes a run.

use super::part_keeper::PartKeeper;

/// How far a run has come.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// How many trials were played, over all models that are played together.
    pub done: u64,
    /// How many replays were played, once all trials were: trials that are played again with the same
    /// assumptions.
    pub replays: u64,
    /// How many trials of the first model ended in each outcome, `unresolved` last; empty while
    /// replays are played.
    pub outcomes: Vec<u64>,
}

/// An observer of a run, which can stop it, and may keep parts of it.
pub trait Watch: Sync {
    /// Whether to go on; asked before each trial.
    fn carry_on(&self) -> bool {
        true
    }

    /// Called after each block.
    fn progress(&self, _progress: &Progress) {}

    /// Who keeps parts of what is played, or has some; nobody as a rule.
    fn keeper(&self) -> Option<&dyn PartKeeper> {
        None
    }
}

impl Watch for () {}

/// An observer of the rest of a run, which tells another of the whole.
pub struct Onward<'w> {
    watch: &'w dyn Watch,
    done: u64,
    outcomes: Vec<u64>,
}

impl<'w> Onward<'w> {
    /// After so many trials, which ended in these outcomes.
    pub fn new(watch: &'w dyn Watch, done: u64, outcomes: &[u64]) -> Self {
        Onward { watch, done, outcomes: outcomes.to_vec() }
    }
}

impl Watch for Onward<'_> {
    fn carry_on(&self) -> bool {
        self.watch.carry_on()
    }

    fn progress(&self, progress: &Progress) {
        let both = progress.outcomes.iter().zip(&self.outcomes);
        self.watch.progress(&Progress {
            done: self.done + progress.done,
            replays: progress.replays,
            outcomes: both.map(|(now, before)| now + before).collect(),
        });
    }

    fn keeper(&self) -> Option<&dyn PartKeeper> {
        self.watch.keeper()
    }
}
