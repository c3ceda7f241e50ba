//! How often each row counts in each replicate of a bootstrap.

use crate::numeric::PhiloxStream;
use rand_distr::{Distribution, Poisson};

/// Rows are put together into at most as many blocks as this, which are resampled as wholes: more would
/// cost time and tell no more.
const MOST_BLOCKS: usize = 1_024;

/// The weights of a bootstrap over rows: in each replicate each row, or each block of rows, counts as often
/// as a Poisson number of mean one says.
///
/// They depend on the address, the number of rows and that of replicates alone, and can be used for many
/// results of the same rows, whose errors are then seen together.
///
/// Source: Hanley & MacGibbon 2006, "Creating non-parametric bootstrap samples using Poisson frequencies",
/// Computer Methods and Programs in Biomedicine 83; Chamandy et al. 2012, *Estimating uncertainty for
/// massive data streams* (in place of draws with replacement).
#[derive(Clone, Debug)]
pub struct Resampling {
    rows: usize,
    blocks: usize,
    weights: Vec<u8>,
}

impl Resampling {
    /// As many replicates are enough for a 95 % interval: its ends then move by a twentieth of its
    /// width from one address to another.
    pub const REPLICATES: usize = 1_000;

    /// Weights for so many rows, from random numbers of their own for each address.
    ///
    /// # Panics
    /// If there are no rows or no replicates.
    pub fn new(address: u64, rows: usize, replicates: usize) -> Self {
        assert!(rows > 0 && replicates > 0, "there is nothing to resample");
        let blocks = rows.min(MOST_BLOCKS);
        let once = Poisson::new(1.0).expect("a mean of one is positive");
        let key = [address as u32, (address >> 32) as u32];
        let weights = (0..replicates)
            .flat_map(|replicate| {
                // Each replicate has a stream of its own, so they can be made in any order.
                let mut bits = PhiloxStream::new(key, [0, 0, replicate as u32, 0]);
                (0..blocks).map(move |_| {
                    let weight: f64 = once.sample(&mut bits);
                    weight as u8
                })
            })
            .collect();
        Self { rows, blocks, weights }
    }

    /// How many rows are resampled.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many blocks they are put together into: all rows whose number is alike modulo this are one.
    pub(super) fn blocks(&self) -> usize {
        self.blocks
    }

    /// The blocks' weights, for each replicate.
    pub(super) fn replicates(&self) -> impl Iterator<Item = &[u8]> {
        self.weights.chunks_exact(self.blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::Resampling;

    #[test]
    fn weights_are_poisson_numbers_with_mean_one() {
        let resampling = Resampling::new(7, 1_000, 200);
        let all: Vec<u8> = resampling.replicates().flatten().copied().collect();
        assert_eq!(all.len(), 200_000);
        let share = |k: u8| all.iter().filter(|own| **own == k).count() as f64 / 2e5;
        for (k, wanted) in [(0, 0.367_879), (1, 0.367_879), (2, 0.183_940), (3, 0.061_313)] {
            assert!((share(k) - wanted).abs() < 0.004, "{k}: {}", share(k));
        }
    }

    #[test]
    fn weights_depend_on_their_address_alone() {
        let [one, again, other] = [7, 7, 1 << 40].map(|address| Resampling::new(address, 50, 20));
        assert_eq!(one.weights, again.weights);
        assert_ne!(one.weights, other.weights);
        let more = Resampling::new(7, 50, 30);
        assert_eq!(one.weights, more.weights[..one.weights.len()]);
        assert_ne!(one.weights[..50], one.weights[50..100]);
        // The same on every machine.
        assert_eq!(one.weights[..12], [1, 2, 1, 0, 2, 1, 1, 2, 0, 2, 1, 1]);
    }

    #[test]
    fn many_rows_are_resampled_in_blocks() {
        let resampling = Resampling::new(1, 100_000, 2);
        assert_eq!((resampling.rows(), resampling.blocks()), (100_000, 1_024));
        assert_eq!(resampling.replicates().count(), 2);
    }
}
