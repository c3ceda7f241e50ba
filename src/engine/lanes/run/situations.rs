//! Situations in which plays wait to be played on.

use super::frame::Frame;
use crate::engine::lanes::machine::columns::ColumnId;

/// Situations in which a step begins, column by column of what later moments read.
#[derive(Clone, Debug, Default)]
pub(in crate::engine::lanes) struct Situations {
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

    /// Those at these positions, in their order.
    pub fn chosen(&self, which: &[usize]) -> Self {
        let pick = |list: &Vec<f64>| which.iter().map(|at| list[*at]).collect();
        Situations { columns: self.columns.iter().map(pick).collect() }
    }

    /// Puts that at the same position of others in the place of one.
    pub fn replace(&mut self, at: usize, others: &Situations) {
        for (own, other) in self.columns.iter_mut().zip(&others.columns) {
            own[at] = other[at];
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
