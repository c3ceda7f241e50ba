//! Sums that do not depend on the size of blocks.

use crate::engine::TRIALS_PER_BLOCK;
use crate::stats::Moments;

/// How many values form a group.
const GROUP: usize = TRIALS_PER_BLOCK as usize;

/// Moments of a column, summed over groups of values whose size does not depend on the blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    /// The values after the last whole group.
    rest: Vec<f64>,
    total: Moments,
}

impl Folded {
    /// Adds the next values of the column.
    pub fn add(&mut self, values: &[f64]) {
        let missing = (GROUP - self.rest.len()) % GROUP;
        let (now, later) = values.split_at(missing.min(values.len()));
        self.rest.extend_from_slice(now);
        if self.rest.len() == GROUP {
            self.total.merge(&Moments::of_group(&self.rest));
            self.rest.clear();
        }
        let groups = later.chunks_exact(GROUP);
        let rest = groups.remainder();
        groups.for_each(|group| self.total.merge(&Moments::of_group(group)));
        self.rest.extend_from_slice(rest);
    }

    /// The moments of all values.
    pub fn moments(&self) -> Moments {
        let mut all = self.total;
        all.merge(&Moments::of_group(&self.rest));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_do_not_depend_on_how_values_are_cut() {
        let values: Vec<f64> = (1..=5_000).map(|i| 1.0 / f64::from(i)).collect();
        let mut whole = Folded::default();
        whole.add(&values);
        let whole = whole.moments();
        assert_eq!(whole.n(), 5_000);
        for cut in [1, 3, 256, 1_023, 1_024, 1_025, 2_048, 4_999] {
            let mut parts = Folded::default();
            values.chunks(cut).for_each(|part| parts.add(part));
            assert_eq!(parts.moments(), whole, "{cut}");
        }
    }
}
