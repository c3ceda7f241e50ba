//! How the probability of an outcome is distributed over draws of the assumptions.

use std::f64::consts::FRAC_PI_2;

use super::sums::Group;
use crate::numeric::{exp, ln, sin};

/// The number of parts into which the range of probabilities is divided.
const PARTS: usize = 400;
/// The largest number of rounds of the algorithm.
const ROUNDS: usize = 600;
/// A round that raises the mean logarithm of the likelihood by less than this is the last.
const GAIN: f64 = 1e-9;
/// Probabilities under which a count is less likely than this, relative to the best, are left out.
const UNLIKELY: f64 = 1e-13;
/// Fewer draws, plays of each, or trials with the outcome or without it, are too few to tell.
const DRAWS: u64 = 30;
const REPEATS: u64 = 4;
const EVENTS: u128 = 10;

/// The distribution of the probability of an outcome over draws of the assumptions, of which each was
/// played several times: on a grid of probabilities, the weights under which the counts that were seen
/// are the most likely.
///
/// No shape is assumed. The counts spread wider than the probabilities, because chance is added;
/// the distribution is of the probabilities alone.
///
/// Source: Laird 1978, "Nonparametric maximum likelihood estimation of a mixing distribution", JASA 73
/// (the estimate, and the EM algorithm for it); Kiefer & Wolfowitz 1956, Annals of Mathematical
/// Statistics 27 (that it converges to the truth).
#[derive(Clone, Debug, PartialEq)]
pub struct Mixing {
    /// Probabilities, ascending, with their weights, which add up to one.
    points: Vec<(f64, f64)>,
}

/// What one count says of the probability: how likely it is at each point of a part of the grid.
struct Evidence {
    /// The share of draws with this count.
    weight: f64,
    from: usize,
    likelihoods: Vec<f64>,
}

impl Mixing {
    /// The distribution of the probabilities behind these counts out of `repeats`; `None` where
    /// draws, plays or events are too few to tell.
    pub(super) fn of(groups: &[Group], repeats: u64) -> Option<Self> {
        let draws: u64 = groups.iter().map(|group| group.draws).sum();
        let all = u128::from(draws) * u128::from(repeats);
        let each = groups.iter().map(|group| u128::from(group.draws) * u128::from(group.successes));
        let events: u128 = each.sum();
        if draws < DRAWS || repeats < REPEATS || events < EVENTS || all - events < EVENTS {
            return None;
        }
        let grid: Vec<f64> = (0..=PARTS).map(point).collect();
        let evidence: Vec<Evidence> =
            groups.iter().map(|group| Evidence::of(*group, repeats, draws as f64, &grid)).collect();
        let mut weights = vec![1.0 / grid.len() as f64; grid.len()];
        let mut before = f64::NEG_INFINITY;
        for _ in 0..ROUNDS {
            let (next, fit) = improved(&weights, &evidence);
            weights = next;
            if fit - before < GAIN {
                break;
            }
            before = fit;
        }
        Some(Mixing { points: grid.into_iter().zip(weights).collect() })
    }

    /// The probability below which the share `q` of draws lies.
    pub fn quantile(&self, q: f64) -> f64 {
        let mut below = 0.0;
        let reaches = |(_, weight): &&(f64, f64)| {
            below += weight;
            below >= q
        };
        let found = self.points.iter().find(reaches).or(self.points.last());
        found.map_or(f64::NAN, |(p, _)| *p)
    }

    /// The share of draws in which the probability is less than `threshold`.
    pub fn below(&self, threshold: f64) -> f64 {
        self.share_where(|p| p < threshold)
    }

    /// The share of draws in which the probability is more than `threshold`.
    pub fn above(&self, threshold: f64) -> f64 {
        self.share_where(|p| p > threshold)
    }

    fn share_where(&self, holds: impl Fn(f64) -> bool) -> f64 {
        let there = self.points.iter().filter(|(p, _)| holds(*p));
        there.map(|(_, weight)| weight).sum::<f64>().clamp(0.0, 1.0)
    }
}

/// The points of the grid are evenly spaced in arcsin √p, where a binomial count has the same error
/// everywhere; both ends are exact.
fn point(index: usize) -> f64 {
    let sine = sin(FRAC_PI_2 * index as f64 / PARTS as f64);
    sine * sine
}

impl Evidence {
    fn of(group: Group, repeats: u64, draws: f64, grid: &[f64]) -> Self {
        let (x, rest) = (group.successes as f64, (repeats - group.successes) as f64);
        let log = |p: f64| match (group.successes, repeats - group.successes) {
            (0, _) => rest * ln(1.0 - p),
            (_, 0) => x * ln(p),
            _ => x * ln(p) + rest * ln(1.0 - p),
        };
        let logs: Vec<f64> = grid.iter().map(|p| log(*p)).collect();
        let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let likely: Vec<f64> = logs.iter().map(|log| exp(log - best)).collect();
        let is_likely = |likelihood: &f64| *likelihood > UNLIKELY;
        let from = likely.iter().position(is_likely).unwrap_or(0);
        let to = likely.iter().rposition(is_likely).map_or(likely.len(), |last| last + 1);
        let likelihoods = likely[from..to].to_vec();
        Evidence { weight: group.draws as f64 / draws, from, likelihoods }
    }
}

/// One round of the EM algorithm: the weights to which the counts move these, and the mean logarithm
/// of the likelihood before.
fn improved(weights: &[f64], evidence: &[Evidence]) -> (Vec<f64>, f64) {
    let (mut next, mut fit) = (vec![0.0; weights.len()], 0.0);
    for one in evidence {
        let own = &weights[one.from..one.from + one.likelihoods.len()];
        let density: f64 = own.iter().zip(&one.likelihoods).map(|(w, l)| w * l).sum();
        if density <= 0.0 {
            continue;
        }
        fit += one.weight * ln(density);
        let scale = one.weight / density;
        let part = &mut next[one.from..one.from + one.likelihoods.len()];
        for ((next, w), l) in part.iter_mut().zip(own).zip(&one.likelihoods) {
            *next += scale * w * l;
        }
    }
    (next, fit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::beta_cdf;
    use crate::stats::Split;

    /// The counts of `draws` draws that are typical of a mixture of two probabilities, the second of
    /// which is that of the share `second`.
    fn typical(draws: u64, repeats: u64, [p, q]: [f64; 2], second: f64) -> Vec<u64> {
        let at = |part: u64, of: u64, p: f64| {
            let u = (part as f64 + 0.5) / of as f64;
            // The probability of more than k successes is that of a beta variable below p.
            let reaches = |k: &u64| 1.0 - beta_cdf(p, *k as f64 + 1.0, (repeats - *k) as f64) >= u;
            (0..repeats).find(reaches).unwrap_or(repeats)
        };
        let of_second = (second * draws as f64).round() as u64;
        let first = draws - of_second;
        let ones = (0..first).map(|part| at(part, first, p));
        ones.chain((0..of_second).map(|part| at(part, of_second, q))).collect()
    }

    #[test]
    fn two_kinds_of_draws_are_found() {
        let counts = typical(200, 20, [0.03, 0.5], 0.2);
        let mixing = Split::new(&counts, 20, 0.95).unwrap().mixing().unwrap();
        let [p05, p50, p95] = [0.05, 0.5, 0.95].map(|q| mixing.quantile(q));
        println!("{p05} {p50} {p95}, {} {}", mixing.below(0.01), mixing.above(0.2));
        assert!((0.01..0.031).contains(&p05), "{p05}");
        assert!((0.025..0.037).contains(&p50), "{p50}");
        assert!((0.49..0.53).contains(&p95), "{p95}");
        assert!(mixing.below(0.01) < 0.06, "{}", mixing.below(0.01));
        assert!((mixing.above(0.2) - 0.2).abs() < 0.01, "{}", mixing.above(0.2));
    }

    #[test]
    fn where_nothing_differs_all_draws_have_the_mean() {
        let counts = typical(100, 30, [0.4, 0.4], 0.5);
        let mixing = Split::new(&counts, 30, 0.95).unwrap().mixing().unwrap();
        let [p05, p95] = [0.05, 0.95].map(|q| mixing.quantile(q));
        assert!(p05 > 0.34 && p95 < 0.46, "{p05} to {p95}");
        let ends = typical(60, 10, [0.0, 1.0], 0.3);
        let mixing = Split::new(&ends, 10, 0.95).unwrap().mixing().unwrap();
        assert!((mixing.below(0.1) - 0.7).abs() < 0.01 && (mixing.above(0.9) - 0.3).abs() < 0.01);
    }

    #[test]
    fn few_draws_and_few_events_tell_nothing() {
        let mixing = |counts: &[u64], repeats| Split::new(counts, repeats, 0.95).unwrap().mixing();
        assert_eq!(mixing(&[3; 29], 10), None);
        assert_eq!(mixing(&[1; 100], 3), None);
        assert_eq!(mixing(&[[0; 60], [0; 60]].concat(), 10), None);
        assert_eq!(mixing(&[vec![0; 91], vec![1; 9]].concat(), 10), None);
        assert!(mixing(&[vec![0; 90], vec![1; 10]].concat(), 10).is_some());
    }

    #[test]
    fn many_draws_of_many_plays_are_quick_and_exact() {
        let counts = typical(20_000, 10_000, [0.2, 0.21], 0.5);
        let mixing = Split::new(&counts, 10_000, 0.95).unwrap().mixing().unwrap();
        let [p05, p95] = [0.05, 0.95].map(|q| mixing.quantile(q));
        assert!((p05 - 0.2).abs() < 0.004 && (p95 - 0.21).abs() < 0.004, "{p05} to {p95}");
    }
}
