//! Sums that are the same for any size of block.

use crate::engine::TRIALS_PER_BLOCK;
use crate::stats::Moments;

/// Moments of a column, summed a leaf's worth of values at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    leaf: Moments,
    total: Moments,
}

impl Folded {
    /// Adds what comes next in the column.
    pub fn add(&mut self, values: &[f64]) {
        let mut rest = values;
        while !rest.is_empty() {
            let room = (TRIALS_PER_BLOCK - self.leaf.n()) as usize;
            let (now, later) = rest.split_at(room.min(rest.len()));
            self.leaf.add_all(now);
            if self.leaf.n() == TRIALS_PER_BLOCK {
                self.close();
            }
            rest = later;
        }
    }

    fn close(&mut self) {
        self.total.merge(&self.leaf);
        self.leaf = Moments::default();
    }

    /// The moments of all values.
    pub fn moments(mut self) -> Moments {
        self.close();
        self.total
    }
}
