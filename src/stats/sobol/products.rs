//! Sums of products of plays, from which all parts of the variance are computed.

use super::plays::SobolPlays;
use super::resampling::Resampling;

/// The number of rows, and the sums of A, A′, B and A A′.
const COMMON: usize = 5;
/// For each group the sums of AB, of B AB and of ½ (A + A′) AB.
const PER_GROUP: usize = 3;

/// The parts of a variance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts {
    pub variance: f64,
    /// For each group what goes with it alone.
    pub first: Vec<f64>,
    /// For each group what would go if all others were known.
    pub total: Vec<f64>,
}

/// Sums of products by blocks of rows, of values less the mean of all plays.
pub(super) struct Products {
    columns: usize,
    blocks: Vec<f64>,
}

impl Products {
    /// The sums for values of which `centre` is the mean.
    pub fn of(plays: &SobolPlays<'_>, centre: f64, resampling: &Resampling) -> Self {
        let columns = COMMON + PER_GROUP * plays.groups.len();
        let mut blocks = vec![0.0; columns * resampling.blocks()];
        for row in 0..plays.a.len() {
            let own = |values: &[f64]| values[row] - centre;
            let [a, again, b] = [own(plays.a), own(plays.again), own(plays.b)];
            let at = row % resampling.blocks() * columns;
            let sums = &mut blocks[at..at + columns];
            let common = [1.0, a, again, b, a * again];
            sums.iter_mut().zip(common).for_each(|(sum, own)| *sum += own);
            for (group, sums) in plays.groups.iter().zip(sums[COMMON..].chunks_exact_mut(PER_GROUP))
            {
                let ab = own(group.exchanged);
                sums[0] += ab;
                sums[1] += b * ab;
                sums[2] += 0.5 * (a + again) * ab;
            }
        }
        Self { columns, blocks }
    }

    /// The parts when every row counts once.
    pub fn parts(&self) -> Parts {
        let mut sums = vec![0.0; self.columns];
        for block in self.blocks.chunks_exact(self.columns) {
            sums.iter_mut().zip(block).for_each(|(sum, own)| *sum += own);
        }
        parts(&sums).expect("there are two rows")
    }

    /// The parts in each replicate that has at least two rows.
    pub fn replicates(&self, resampling: &Resampling) -> Vec<Parts> {
        let mut sums = vec![0.0; self.columns];
        let replicate = |weights: &[u8]| {
            sums.fill(0.0);
            for (block, weight) in self.blocks.chunks_exact(self.columns).zip(weights) {
                if *weight > 0 {
                    let weight = f64::from(*weight);
                    sums.iter_mut().zip(block).for_each(|(sum, own)| *sum += weight * own);
                }
            }
            parts(&sums)
        };
        resampling.replicates().filter_map(replicate).collect()
    }
}

/// The parts from sums; `None` below two rows.
fn parts(sums: &[f64]) -> Option<Parts> {
    let [rows, a, again, b, both] = sums[..COMMON] else { unreachable!("the sums that all have") };
    if rows < 2.0 {
        return None;
    }
    let groups = sums[COMMON..].chunks_exact(PER_GROUP);
    let covariance = |product: f64, x: f64, y: f64| (product - x * y / rows) / (rows - 1.0);
    let all = a + again + b + groups.clone().map(|group| group[0]).sum::<f64>();
    let mean = all / (rows * (3 + groups.len()) as f64);
    let half = 0.5 * (a + again);
    Some(Parts {
        variance: covariance(both, a, again),
        first: groups.clone().map(|group| covariance(group[1], b, group[0])).collect(),
        // The mean of (A - m)(A′ - m) - ½ (A + A′ - 2m)(AB - m), multiplied out.
        total: groups.map(|group| (both - group[2] - mean * (half - group[0])) / rows).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::stats::sobol::GroupPlays;

    #[test]
    fn parts_of_two_rows_are_those_of_their_definitions() {
        let groups = vec![GroupPlays { exchanged: &[1.0, 7.0], numbers: None }];
        let plays = SobolPlays { a: &[1.0, 3.0], again: &[2.0, 6.0], b: &[0.0, 4.0], groups };
        let once = Resampling::new(1, 2, 1);
        // The mean of all plays is 3. Deviations of A are ∓1, of A′ ∓2, of B ∓2 and of AB ∓3, each
        // from its own mean; those from 3 give (-2)(-1) - ½ (-3)(-2) = -1 and 0·3 - ½ · 3 · 4 = -6.
        let wanted = Parts { variance: 4.0, first: vec![12.0], total: vec![-3.5] };
        // Whatever was taken off all values before.
        for centre in [0.0, 3.0] {
            assert_eq!(Products::of(&plays, centre, &once).parts(), wanted);
        }
    }

    #[test]
    fn parts_need_two_rows() {
        // The number of rows, and the sums of A, A′, B and A A′, less the mean.
        assert_eq!(parts(&[1.0, 1.0, 2.0, 0.0, 2.0]), None);
        assert_eq!(parts(&[0.0; COMMON]), None);
        let two = parts(&[2.0, 4.0, 8.0, 4.0, 20.0]).expect("two rows");
        assert_eq!((two.variance, two.first.len(), two.total.len()), (4.0, 0, 0));
    }

    #[test]
    fn without_groups_there_is_a_variance_alone() {
        let (a, again, b) = ([1.0, 3.0], [2.0, 6.0], [0.0, 4.0]);
        let plays = SobolPlays { a: &a, again: &again, b: &b, groups: vec![] };
        let found = Products::of(&plays, 0.0, &Resampling::new(1, 2, 1)).parts();
        assert_eq!(found, Parts { variance: 4.0, first: vec![], total: vec![] });
    }
}
