//! Situations in which plays wait to be played on.

use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::run::frame::Frame;

/// Situations in which a step begins, column by column of what later moments read.
#[derive(Clone, Debug, Default)]
pub(super) struct Situations {
    columns: Vec<Vec<f64>>,
}

impl Situations {
    /// Those of all lanes of a frame.
    pub fn of(f: &Frame, columns: &[ColumnId]) -> Self {
        Situations { columns: columns.iter().map(|column| f.get(*column).to_vec()).collect() }
    }

    /// Adds that of a lane.
    pub fn push(&mut self, f: &Frame, columns: &[ColumnId], lane: usize) {
        self.columns.resize(columns.len(), Vec::new());
        for (list, column) in self.columns.iter_mut().zip(columns) {
            list.push(f.get(*column)[lane]);
        }
    }

    /// Adds one of others.
    pub fn push_from(&mut self, others: &Situations, at: usize) {
        self.columns.resize(others.columns.len(), Vec::new());
        for (list, others) in self.columns.iter_mut().zip(&others.columns) {
            list.push(others[at]);
        }
    }

    /// Puts one in the place of another, that of a lane.
    pub fn put(&mut self, at: usize, f: &Frame, columns: &[ColumnId], lane: usize) {
        for (list, column) in self.columns.iter_mut().zip(columns) {
            list[at] = f.get(*column)[lane];
        }
    }

    /// Puts some of them into the first lanes of a frame.
    pub fn fill(
        &self,
        f: &mut Frame,
        columns: &[ColumnId],
        which: impl Iterator<Item = usize> + Clone,
    ) {
        for (list, column) in self.columns.iter().zip(columns) {
            for (slot, at) in f.get_mut(*column).iter_mut().zip(which.clone()) {
                *slot = list[at];
            }
        }
    }

    /// Whether one is the same as that of a lane, to the bit.
    pub fn is_same(&self, at: usize, f: &Frame, columns: &[ColumnId], lane: usize) -> bool {
        let mut both = self.columns.iter().zip(columns);
        both.all(|(list, column)| list[at].to_bits() == f.get(*column)[lane].to_bits())
    }
}

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
