//! Sums that do not depend on the size of blocks.

use crate::engine::TRIALS_PER_BLOCK;
use crate::stats::Moments;

/// Moments of a column, summed over groups of values whose size does not depend on the blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    leaf: Moments,
    total: Moments,
}

impl Folded {
    /// Adds the next values of the column.
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
