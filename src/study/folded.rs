//! Sums that are the same for any size of block.

use crate::engine::LEAF;
use crate::stats::Moments;

/// Moments of a column, summed leaf by leaf.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    leaf: Moments,
    total: Moments,
}

impl Folded {
    /// Adds the values of consecutive trials that begin at `first`. Calls come
    /// in trial order.
    pub fn add(&mut self, first: u64, values: &[f64]) {
        let mut at = first;
        let mut rest = values;
        while !rest.is_empty() {
            let room = (LEAF - at % LEAF) as usize;
            let (now, later) = rest.split_at(room.min(rest.len()));
            self.leaf.add_all(now);
            at += now.len() as u64;
            if at.is_multiple_of(LEAF) {
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
