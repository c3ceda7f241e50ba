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
/// A share of draws is told if shares that are this much less and more fit the counts clearly worse: if
/// the logarithm of the likelihood falls by half the 95 % quantile of chi-square with one degree.
const SLACK: f64 = 0.2;
const CLEARLY: f64 = 1.920_729;
/// The rounds in which weights are moved to such a share.
const TRIED: usize = 200;

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
    draws: u64,
    /// Probabilities, ascending.
    grid: Vec<f64>,
    /// The weight of each, which add up to one.
    weights: Vec<f64>,
    evidence: Vec<Evidence>,
    /// The mean logarithm of the likelihood.
    fit: f64,
}

/// What one count says of the probability: how likely it is at each point of a part of the grid.
#[derive(Clone, Debug, PartialEq)]
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
        let mut fit = f64::NEG_INFINITY;
        for _ in 0..ROUNDS {
            let (next, now) = improved(&weights, &evidence);
            weights = next;
            let gain = now - fit;
            fit = now;
            if gain < GAIN {
                break;
            }
        }
        Some(Mixing { draws, grid, weights, evidence, fit })
    }

    /// The probability below which the share `q` of draws lies.
    pub fn quantile(&self, q: f64) -> f64 {
        let mut below = 0.0;
        let reaches = |(_, weight): &(&f64, &f64)| {
            below += **weight;
            below >= q
        };
        let found = self.grid.iter().zip(&self.weights).find(reaches).map(|(p, _)| *p);
        found.or(self.grid.last().copied()).unwrap_or(f64::NAN)
    }

    /// The share of draws in which the probability is less than `threshold`: an estimate.
    pub fn below(&self, threshold: f64) -> f64 {
        share_of(&self.weights, &self.side(|p| p < threshold)).clamp(0.0, 1.0)
    }

    /// The share of draws in which the probability is more than `threshold`: an estimate.
    pub fn above(&self, threshold: f64) -> f64 {
        share_of(&self.weights, &self.side(|p| p > threshold)).clamp(0.0, 1.0)
    }

    /// The same as [`Mixing::below`]; `None` if the draws are too few to tell it to within 0.2.
    pub fn clearly_below(&self, threshold: f64) -> Option<f64> {
        let share = self.below(threshold);
        self.excludes_others(&self.side(|p| p < threshold), share).then_some(share)
    }

    /// The same as [`Mixing::above`]; `None` if the draws are too few to tell it to within 0.2.
    pub fn clearly_above(&self, threshold: f64) -> Option<f64> {
        let share = self.above(threshold);
        self.excludes_others(&self.side(|p| p > threshold), share).then_some(share)
    }

    /// The points of the grid that lie on one side.
    fn side(&self, is_there: impl Fn(f64) -> bool) -> Vec<bool> {
        self.grid.iter().map(|p| is_there(*p)).collect()
    }

    /// Whether clearly smaller and clearly larger shares of one side fit the counts clearly worse.
    fn excludes_others(&self, side: &[bool], share: f64) -> bool {
        let others = [share - SLACK, share + SLACK];
        let mut possible = others.into_iter().filter(|other| *other > 0.0 && *other < 1.0);
        possible.all(|other| self.draws as f64 * (self.fit - self.fit_with(side, other)) > CLEARLY)
    }

    /// The mean logarithm of the likelihood if the share of one side is as given.
    fn fit_with(&self, side: &[bool], share: f64) -> f64 {
        // Each point keeps a little weight, so that none is out of reach.
        let floor = 1.0 / (side.len() * side.len()) as f64;
        let mut weights: Vec<f64> = self.weights.iter().map(|weight| weight + floor).collect();
        let mut fit = f64::NEG_INFINITY;
        for _ in 0..TRIED {
            let there = share_of(&weights, side);
            let away: f64 = weights.iter().sum::<f64>() - there;
            for (weight, is_there) in weights.iter_mut().zip(side) {
                *weight *= if *is_there { share / there } else { (1.0 - share) / away };
            }
            (weights, fit) = improved(&weights, &self.evidence);
        }
        fit
    }
}

/// The sum of the weights on one side.
fn share_of(weights: &[f64], side: &[bool]) -> f64 {
    weights.iter().zip(side).filter(|(_, is_there)| **is_there).map(|(weight, _)| weight).sum()
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
    use crate::numeric::{beta_cdf, normal_quantile};
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
        println!("{p05} {p50} {p95}, {:?} {:?}", mixing.below(0.01), mixing.above(0.2));
        assert!((0.01..0.031).contains(&p05), "{p05}");
        assert!((0.025..0.037).contains(&p50), "{p50}");
        assert!((0.49..0.53).contains(&p95), "{p95}");
        assert!(mixing.below(0.01) < 0.06, "{:?}", mixing.below(0.01));
        assert!((mixing.above(0.2) - 0.2).abs() < 0.01, "{:?}", mixing.above(0.2));
    }

    #[test]
    fn where_nothing_is_seen_to_differ_nothing_is_said_of_draws() {
        let counts = typical(100, 30, [0.4, 0.4], 0.5);
        let split = Split::new(&counts, 30, 0.95).unwrap();
        assert_eq!((split.swing.unwrap().low, split.mixing()), (0.0, None));
        let mixing = Mixing::of(&split.groups, 30).unwrap();
        let [p05, p95] = [0.05, 0.95].map(|q| mixing.quantile(q));
        assert!(p05 > 0.34 && p95 < 0.46, "{p05} to {p95}");
    }

    #[test]
    fn a_share_of_draws_is_told_only_where_other_shares_fit_worse() {
        let ends = typical(60, 20, [0.01, 0.99], 0.55);
        let mixing = Split::new(&ends, 20, 0.95).unwrap().mixing().unwrap();
        let [impossible, certain] =
            [mixing.clearly_below(0.1), mixing.clearly_above(0.9)].map(Option::unwrap);
        assert!((impossible - 0.45).abs() < 0.02 && (certain - 0.55).abs() < 0.02);
        // Four plays do not tell what is near certain from what is only likely.
        let few = typical(33, 4, [0.02, 0.97], 0.55);
        let mixing = Split::new(&few, 4, 0.95).unwrap().mixing().unwrap();
        assert_eq!(mixing.clearly_above(0.9), None);
        // Nor do 40 draws tell what lies on either side of a probability that many have.
        let around = typical(40, 40, [0.19, 0.5], 0.3);
        let mixing = Split::new(&around, 40, 0.95).unwrap().mixing().unwrap();
        assert_eq!(mixing.clearly_above(0.2), None);
        assert!((mixing.above(0.35) - 0.3).abs() < 0.05);
    }

    #[test]
    fn few_draws_and_few_events_tell_nothing() {
        let mixing = |counts: &[u64], repeats| {
            Mixing::of(&Split::new(counts, repeats, 0.95).unwrap().groups, repeats)
        };
        assert_eq!(mixing(&[3; 29], 10), None);
        assert_eq!(mixing(&[1; 100], 3), None);
        assert_eq!(mixing(&[0; 120], 10), None);
        assert_eq!(mixing(&[vec![0; 91], vec![1; 9]].concat(), 10), None);
        assert!(mixing(&[vec![0; 90], vec![1; 10]].concat(), 10).is_some());
    }

    #[test]
    fn many_draws_of_many_plays_are_quick_and_exact() {
        let counts: Vec<u64> = (0..20_000)
            .map(|draw| {
                let p: f64 = if draw % 2 == 0 { 0.2 } else { 0.21 };
                let z = normal_quantile((f64::from(draw) + 0.5) / 20_000.0);
                (1e4 * p + z * (1e4 * p * (1.0 - p)).sqrt()).round() as u64
            })
            .collect();
        let mixing = Split::new(&counts, 10_000, 0.95).unwrap().mixing().unwrap();
        let [p05, p95] = [0.05, 0.95].map(|q| mixing.quantile(q));
        assert!((p05 - 0.2).abs() < 0.004 && (p95 - 0.21).abs() < 0.004, "{p05} to {p95}");
    }

    #[test]
    fn draws_that_decide_everything_lie_at_both_ends() {
        let counts = [vec![0; 27], vec![20; 33]].concat();
        let mixing = Split::new(&counts, 20, 0.95).unwrap().mixing().unwrap();
        assert!((mixing.below(0.5) - 0.45).abs() < 1e-9 && (mixing.above(0.5) - 0.55).abs() < 1e-9);
        assert!(mixing.quantile(0.05) < 1e-3 && mixing.quantile(0.95) > 0.999);
    }

    /// At the maximum of the likelihood no probability would raise it (Lindsay 1983, "The geometry of mixture
    /// likelihoods", Annals of Statistics 11), and the mean is the share that was seen.
    #[test]
    fn no_other_probability_would_fit_better() {
        let counts = [vec![1; 30], vec![2; 20], vec![8; 5], vec![9; 10], vec![10; 15]].concat();
        let mixing = Split::new(&counts, 20, 0.95).unwrap().mixing().unwrap();
        let mut ratios = vec![0.0; mixing.grid.len()];
        for one in &mixing.evidence {
            let own = &mixing.weights[one.from..one.from + one.likelihoods.len()];
            let density: f64 = own.iter().zip(&one.likelihoods).map(|(w, l)| w * l).sum();
            for (ratio, l) in ratios[one.from..].iter_mut().zip(&one.likelihoods) {
                *ratio += one.weight * l / density;
            }
        }
        let most = ratios.iter().copied().fold(0.0, f64::max);
        assert!((0.999_999..1.002).contains(&most), "{most}");
        let mean: f64 = mixing.grid.iter().zip(&mixing.weights).map(|(p, w)| p * w).sum();
        assert!((mean - 0.218_75).abs() < 1e-4, "{mean}");
    }

    #[test]
    fn too_few_that_went_otherwise_tell_nothing_either() {
        let mixing = |others: usize| {
            let counts = [vec![10; 100 - others], vec![9; others]].concat();
            Mixing::of(&Split::new(&counts, 10, 0.95).unwrap().groups, 10)
        };
        assert!(mixing(9).is_none() && mixing(10).is_some());
    }

    #[test]
    fn what_lies_beyond_the_ends_is_nothing_and_that_is_clear() {
        let counts = [vec![0; 27], vec![20; 33]].concat();
        let mixing = Split::new(&counts, 20, 0.95).unwrap().mixing().unwrap();
        assert_eq!((mixing.below(0.0), mixing.above(1.0)), (0.0, 0.0));
        assert_eq!((mixing.clearly_below(0.0), mixing.clearly_above(1.0)), (Some(0.0), Some(0.0)));
        // Both ends themselves are possible.
        assert!(mixing.below(1e-9) > 0.0 && mixing.above(1.0 - 1e-9) > 0.0, "{mixing:?}");
    }

    #[test]
    fn a_share_is_told_only_where_both_smaller_and_larger_ones_fit_worse() {
        // What four plays do not tell from the upper side, its mirror image does not from the
        // lower.
        let few = typical(33, 4, [0.02, 0.97], 0.55);
        let mirrored: Vec<u64> = few.iter().map(|count| 4 - count).collect();
        let [few, mirrored] =
            [few, mirrored].map(|counts| Split::new(&counts, 4, 0.95).unwrap().mixing().unwrap());
        assert_eq!(mirrored.clearly_below(0.1), None);
        // Nor do they tell the rest, of which more would fit as well.
        assert_eq!(few.clearly_below(0.9), None);
        assert_eq!(mirrored.clearly_above(0.1), None);
    }

    /// Twelve draws of 60 never, and 48 always: the mean logarithm is 0.2 ln 0.2 + 0.8 ln 0.8, and
    /// with 0.6 in place of 0.8 it is less by 0.0915, which is clear in 60. All is not possible,
    /// and does not count.
    #[test]
    fn a_share_of_all_is_not_one_that_might_fit() {
        let counts = [vec![0; 12], vec![20; 48]].concat();
        let mixing = Split::new(&counts, 20, 0.95).unwrap().mixing().unwrap();
        assert!((mixing.clearly_above(0.9).expect("it is clear") - 0.8).abs() < 1e-9);
        let [above, below] = [mixing.side(|p| p > 0.9), mixing.side(|p| p < 0.1)];
        assert!(mixing.excludes_others(&above, 0.8) && mixing.excludes_others(&below, 0.2));
        let fit = 0.2 * ln(0.4) + 0.8 * ln(0.6);
        assert!((mixing.fit_with(&above, 0.6) - fit).abs() < 1e-3, "{fit}");
    }

    #[test]
    fn what_a_count_says_begins_and_ends_where_it_is_likely() {
        let grid = [0.0, 0.5, 1.0];
        let of = |successes| Evidence::of(Group { successes, draws: 3 }, 20, 12.0, &grid);
        // Half a chance each makes twenty alike as rare as one in 2²⁰, and no chance makes them
        // impossible.
        let rare = 1.0 / 1_048_576.0;
        for (found, from, wanted) in [(of(20), 1, [rare, 1.0]), (of(0), 0, [1.0, rare])] {
            assert_eq!((found.from, found.likelihoods.len(), found.weight), (from, 2, 0.25));
            for (own, wanted) in found.likelihoods.iter().zip(wanted) {
                assert!((own / wanted - 1.0).abs() < 1e-12, "{found:?}");
            }
        }
        let middle = of(10);
        assert_eq!((middle.from, middle.likelihoods), (1, vec![1.0]));
    }

    /// Where the share is moved to what it is anyway, the rounds go on from the weights that fit
    /// best, but for the little that each point keeps: so they gain nearly what as many rounds
    /// without a given share do.
    #[test]
    fn the_share_that_fits_best_costs_nothing() {
        let counts = typical(200, 20, [0.03, 0.5], 0.2);
        let mixing = Split::new(&counts, 20, 0.95).unwrap().mixing().unwrap();
        let (mut weights, mut fit) = (mixing.weights.clone(), mixing.fit);
        for _ in 0..TRIED {
            (weights, fit) = improved(&weights, &mixing.evidence);
        }
        let free = fit - mixing.fit;
        let bound = mixing.fit_with(&mixing.side(|p| p > 0.2), mixing.above(0.2)) - mixing.fit;
        assert!(free > 0.0 && bound > 0.75 * free && bound < 1.01 * free, "{bound:e} and {free:e}");
    }

    #[test]
    fn rounds_end_before_they_gain_nothing_at_all() {
        // Of so many plays that all agree, few points remain, and soon.
        let group = Group { successes: 3_000, draws: 40 };
        let mixing = Mixing::of(&[group], 10_000).expect("enough draws");
        let gain = improved(&mixing.weights, &mixing.evidence).1 - mixing.fit;
        assert!(0.0 < gain && gain < GAIN, "{gain:e}");
    }
}
