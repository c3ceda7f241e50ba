//! How the probability of an outcome spreads over draws of the assumptions.

use super::sums::Group;
use crate::stats::sketch::nearest_rank;

/// The probabilities at which quantiles are taken.
pub(super) const AT: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Quantiles of the observed shares, by nearest rank.
pub(super) fn observed(groups: &[Group], draws: u64, repeats: u64) -> [f64; 5] {
    AT.map(|q| {
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

/// The factor by which the observed shares are moved towards their mean, so that their variance is
/// that of the probabilities: the square root of the ratio of the two, within 0..=1.
///
/// Moving each share to its own best estimate would make their variance too small.
///
/// Source: Louis 1984, "Estimating a population of parameter values using Bayes and empirical Bayes
/// methods", JASA 79.
pub(super) fn shrinkage(not_knowing: f64, variance: f64) -> f64 {
    if not_knowing > 0.0 { (not_knowing / variance).sqrt() } else { 0.0 }
}

/// An observed share moved towards the mean.
pub(super) fn shrunk(share: f64, mean: f64, shrinkage: f64) -> f64 {
    (mean + shrinkage * (share - mean)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Moments, Split};

    #[test]
    fn shrunk_shares_vary_as_much_as_the_probability() {
        let split = Split::new(&[1, 4, 4, 7, 2, 9, 5, 0, 3, 4, 6], 10, 0.95).unwrap();
        let mut raw = Moments::default();
        for group in &split.groups {
            (0..group.draws).for_each(|_| raw.add(group.successes as f64 / 10.0));
        }
        let variance = raw.sd().unwrap() * raw.sd().unwrap();
        let shrinkage = shrinkage(split.not_knowing.value, variance);
        let mut moments = Moments::default();
        for group in &split.groups {
            let own = shrunk(group.successes as f64 / 10.0, split.share.value, shrinkage);
            (0..group.draws).for_each(|_| moments.add(own));
        }
        assert!((moments.mean().unwrap() - split.share.value).abs() < 1e-15);
        let sd = moments.sd().unwrap();
        assert!((sd * sd - split.not_knowing.value).abs() < 1e-15);
    }

    #[test]
    fn quantiles_are_by_nearest_rank() {
        let successes: Vec<u64> = (1..=20).rev().collect();
        let split = Split::new(&successes, 20, 0.95).unwrap();
        assert_eq!(split.raw, [0.05, 0.25, 0.5, 0.75, 0.95]);
        // Less spread than chance alone gives: all draws have the mean.
        let even = Split::new(&[4, 5, 5, 6], 10, 0.95).unwrap();
        assert_eq!((even.raw[0], even.raw[4]), (0.4, 0.6));
        assert_eq!(even.corrected, [0.5; 5]);
    }
}
