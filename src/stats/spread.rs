//! How the probability of an outcome spreads over draws of the assumptions.

use super::sketch::nearest_rank;
use super::split::{Group, Split};
use crate::numeric::beta_cdf;

/// Beyond this sum of both shapes a beta distribution is no wider than 5e-5, and is taken for one
/// with this sum.
const MOST_CONCENTRATED: f64 = 1e8;

/// How many draws lie on either side of a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beyond {
    /// The probability asked about.
    pub threshold: f64,
    /// Draws whose observed share is less.
    pub draws_below: u64,
    /// Draws whose observed share is more.
    pub draws_above: u64,
    /// The share of draws whose probability is less, with the noise of few repeats removed; within
    /// 0..=1.
    pub below: f64,
    /// The share of draws whose probability is more, likewise.
    pub above: f64,
}

impl Split {
    /// Where [`Split::raw`] and [`Split::corrected`] are taken.
    pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

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

/// A distribution of the probability.
#[derive(Clone, Copy)]
enum Fitted {
    /// Always the same.
    Point(f64),
    /// One with this probability, otherwise zero.
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

    /// The shares strictly below and strictly above.
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

/// Quantiles of the observed shares, by nearest rank.
pub(super) fn quantiles(groups: &[Group], draws: u64, repeats: u64) -> [f64; 5] {
    Split::QUANTILES.map(|q| {
        let mut rank = nearest_rank(q, draws).expect("a split has draws");
        let holds = |group: &&Group| {
            let here = rank <= group.draws;
            rank = rank.saturating_sub(group.draws);
            here
        };
        let group = groups.iter().find(holds).expect("a rank lies within the count of all draws");
        group.successes as f64 / repeats as f64
    })
}

/// By which factor the observed shares are drawn towards their mean, so that their variance is that
/// of the probabilities: the root of the one over the other, within 0..=1.
///
/// Drawing each to its own best guess would make them too much alike as a set.
///
/// Source: Louis 1984, "Estimating a population of parameter values using Bayes and empirical Bayes
/// methods", JASA 79.
pub(super) fn shrinkage(not_knowing: f64, variance: f64) -> f64 {
    if not_knowing > 0.0 { (not_knowing / variance).sqrt() } else { 0.0 }
}

/// An observed share drawn towards the mean.
pub(super) fn shrunk(share: f64, mean: f64, shrinkage: f64) -> f64 {
    (mean + shrinkage * (share - mean)).clamp(0.0, 1.0)
}
