//! How often the probability of an outcome lies below or above a threshold, over draws of the
//! assumptions.

use super::Split;
use super::sums::Group;
use crate::numeric::beta_cdf;

/// A beta distribution whose shapes add up to more than this is no wider than 5e-5, and is replaced by
/// one with this sum.
const MOST_CONCENTRATED: f64 = 1e8;

/// How many draws lie on either side of a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beyond {
    /// The threshold, a probability.
    pub threshold: f64,
    /// Draws whose observed share is less.
    pub draws_below: u64,
    /// Draws whose observed share is more.
    pub draws_above: u64,
    /// The share of draws whose probability is less, with the noise of few repeats removed; within
    /// 0..=1.
    pub below: f64,
    /// The share of draws whose probability is more, with the noise removed too.
    pub above: f64,
}

impl Split {
    /// For each threshold, how often the probability of the outcome lies below and above it, over
    /// draws of the assumptions.
    ///
    /// The counts are of observed shares, which chance spreads wider than the probabilities. The
    /// shares are those of a beta distribution fitted by moments: its mean is the share, and its
    /// shapes add up to `chance / not_knowing`, as they do for a beta distribution. Where not
    /// knowing is estimated at 0 or less, all draws have the mean; where chance is 0, they are all
    /// certain, one way or the other.
    ///
    /// Source: Skellam 1948, "A probability distribution derived from the binomial distribution by
    /// regarding the probability of success as variable between the sets of trials", JRSS B 10.
    ///
    /// # Panics
    /// If a threshold is NaN.
    pub fn shares_beyond(&self, thresholds: &[f64]) -> Vec<Beyond> {
        let fitted = Fitted::to(self);
        thresholds.iter().map(|threshold| self.beyond(*threshold, fitted)).collect()
    }

    fn beyond(&self, threshold: f64, fitted: Fitted) -> Beyond {
        assert!(!threshold.is_nan(), "a threshold is a number");
        let count = |lies: fn(&f64, &f64) -> bool| {
            let share = |group: &Group| group.successes as f64 / self.repeats as f64;
            let there = self.groups.iter().filter(|group| lies(&share(group), &threshold));
            there.map(|group| group.draws).sum()
        };
        let (below, above) = fitted.beyond(threshold);
        let (draws_below, draws_above) = (count(f64::lt), count(f64::gt));
        Beyond { threshold, draws_below, draws_above, below, above }
    }
}

/// The distribution of the probability over draws, fitted to a split.
#[derive(Clone, Copy)]
enum Fitted {
    /// All draws have this probability.
    Point(f64),
    /// The probability of a draw is 1, for this share of draws, or 0.
    Ends(f64),
    /// A beta distribution with these shapes.
    Beta(f64, f64),
}

impl Fitted {
    fn to(split: &Split) -> Self {
        let (share, chance) = (split.share.value, split.chance.value);
        let not_knowing = split.not_knowing.value;
        if not_knowing <= 0.0 {
            return Self::Point(share);
        }
        if chance <= 0.0 {
            return Self::Ends(share);
        }
        let sum = (chance / not_knowing).min(MOST_CONCENTRATED);
        Self::Beta(share * sum, (1.0 - share) * sum)
    }

    /// The shares of draws strictly below and strictly above the threshold.
    fn beyond(self, threshold: f64) -> (f64, f64) {
        let point =
            |at: f64| [at < threshold, at > threshold].map(|lies| f64::from(u8::from(lies)));
        match self {
            Self::Point(share) => point(share).into(),
            Self::Ends(share) => {
                let (zero, one) = (point(0.0), point(1.0));
                let mixed = |side: usize| (1.0 - share) * zero[side] + share * one[side];
                (mixed(0), mixed(1))
            }
            Self::Beta(a, b) => {
                let below = beta_cdf(threshold.clamp(0.0, 1.0), a, b);
                (below, 1.0 - below)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::beta_quantile;

    /// Draws whose probabilities are evenly spaced quantiles of a beta distribution, and whose
    /// successes are such quantiles of their binomial distribution, in an order of their own.
    fn typical(draws: u64, repeats: u64, a: f64, b: f64) -> Split {
        let place = |i: u64| (i as f64 + 0.5) / draws as f64;
        let successes: Vec<u64> = (0..draws)
            .map(|i| {
                let p = beta_quantile(place(i), a, b);
                // Two steps of unequal length around a circle cover the square evenly.
                let u = place(i * 6_765 % draws);
                // The number below which the k-th smallest of uniform numbers falls: a binomial.
                let above = |k: &u64| {
                    let (k, rest) = (*k as f64, (repeats - *k) as f64);
                    beta_cdf(p, k + 1.0, rest) < u
                };
                (0..repeats).find(above).unwrap_or(repeats)
            })
            .collect();
        Split::new(&successes, repeats, 0.95).unwrap()
    }

    #[test]
    fn the_corrected_quantiles_are_nearer_to_those_of_the_probability() {
        let split = typical(10_946, 10, 2.0, 5.0);
        assert!((split.not_knowing.value - 5.0 / 196.0).abs() < 5e-4, "{:?}", split.not_knowing);
        for (i, q) in Split::QUANTILES.into_iter().enumerate() {
            let truth = beta_quantile(q, 2.0, 5.0);
            let (raw, corrected) = (split.raw[i] - truth, split.corrected[i] - truth);
            assert!(corrected.abs() < 0.05, "at {q}: {} for {truth}", split.corrected[i]);
            assert!(corrected.abs() < raw.abs() || raw.abs() < 0.02, "{corrected} and {raw}");
        }
    }

    #[test]
    fn shares_beyond_are_those_of_the_fitted_distribution() {
        let split = typical(10_946, 10, 2.0, 5.0);
        for found in split.shares_beyond(&[0.1, 0.3, 0.55]) {
            let truth = beta_cdf(found.threshold, 2.0, 5.0);
            assert!((found.below - truth).abs() < 0.01, "{found:?} for {truth}");
            assert_eq!(found.above, 1.0 - found.below);
            assert!(found.draws_below + found.draws_above <= split.draws);
        }
        let ends = split.shares_beyond(&[-1.0, 0.0, 1.0, 2.0]);
        let sides: Vec<_> = ends.iter().map(|one| (one.below, one.above)).collect();
        assert_eq!(sides, [(0.0, 1.0), (0.0, 1.0), (1.0, 0.0), (1.0, 0.0)]);
        assert_eq!((ends[0].draws_above, ends[3].draws_below), (split.draws, split.draws));
    }

    #[test]
    fn a_share_on_the_threshold_is_on_neither_side() {
        let split = Split::new(&[0, 3, 3, 9], 10, 0.95).unwrap();
        let found = split.shares_beyond(&[0.3])[0];
        assert_eq!((found.draws_below, found.draws_above), (1, 1));
    }

    #[test]
    fn without_spread_all_have_the_mean_and_without_chance_all_are_certain() {
        let even = Split::new(&[5, 5, 5], 10, 0.95).unwrap();
        let sides = |split: &Split, at: f64| {
            let found = split.shares_beyond(&[at])[0];
            (found.below, found.above)
        };
        assert_eq!(sides(&even, 0.4), (0.0, 1.0));
        assert_eq!(sides(&even, 0.5), (0.0, 0.0));
        assert_eq!(sides(&even, 0.6), (1.0, 0.0));
        let sure = Split::new(&[0, 0, 0, 10], 10, 0.95).unwrap();
        assert_eq!(sides(&sure, 0.0), (0.0, 0.25));
        assert_eq!(sides(&sure, 0.5), (0.75, 0.25));
        assert_eq!(sides(&sure, 1.0), (0.75, 0.0));
    }

    #[test]
    #[should_panic(expected = "a threshold is a number")]
    fn a_threshold_that_is_no_number_is_refused() {
        Split::new(&[0, 3], 10, 0.95).unwrap().shares_beyond(&[f64::NAN]);
    }
}
