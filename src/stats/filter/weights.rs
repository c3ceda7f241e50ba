//! Weights of particles, and moves that leave their distribution as it is.

use crate::numeric::{exp, ln, normal_cdf, normal_quantile};

/// Uniform numbers stay this far from 0 and 1.
const EDGE: f64 = 1e-15;

/// The logarithms of the weights of particles; minus infinity of one that is impossible.
#[derive(Clone, Debug)]
pub struct ParticleWeights {
    /// By particle.
    pub logs: Vec<f64>,
}

impl ParticleWeights {
    /// So many particles that weigh the same.
    pub fn even(count: usize) -> Self {
        ParticleWeights { logs: vec![0.0; count] }
    }

    /// The weights, of which the largest is 1; all zero where nothing is possible.
    pub fn relative(&self) -> Vec<f64> {
        let best = self.logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if best == f64::NEG_INFINITY {
            return vec![0.0; self.logs.len()];
        }
        self.logs.iter().map(|log| exp(log - best)).collect()
    }

    /// The weights, which add to 1; all zero where nothing is possible.
    pub fn shares(&self) -> Vec<f64> {
        let mut weights = self.relative();
        let all: f64 = weights.iter().sum();
        if all > 0.0 {
            weights.iter_mut().for_each(|weight| *weight /= all);
        }
        weights
    }

    /// The mean, by these weights, of what has these logarithms: exactly 1 if all of them are 0. 0 where nothing is possible.
    pub fn mean_of(&self, logs: impl Iterator<Item = f64>) -> f64 {
        let (mut some, mut all) = (0.0, 0.0);
        for (weight, log) in self.relative().into_iter().zip(logs) {
            some += weight * exp(log);
            all += weight;
        }
        if all > 0.0 { some / all } else { 0.0 }
    }

    /// How many particles of the same weight would say as much: one over the sum of squares of the shares (Kong 1992). 0
    /// where nothing is possible.
    pub fn effective(&self) -> f64 {
        one_over_squares(&self.shares())
    }

    /// The same of first ancestors: particles with the same one count together. `roots` says which it is, below the number
    /// of particles.
    pub fn effective_ancestors(&self, roots: &[usize]) -> f64 {
        let mut of_root = vec![0.0; self.logs.len()];
        for (root, share) in roots.iter().zip(self.shares()) {
            of_root[*root] += share;
        }
        one_over_squares(&of_root)
    }
}

fn one_over_squares(shares: &[f64]) -> f64 {
    let squares: f64 = shares.iter().map(|share| share * share).sum();
    if squares > 0.0 { 1.0 / squares } else { 0.0 }
}

/// A uniform number moved by a step of this length, from 0 to 1, with another, independent one: as normal scores
/// z → √(1 − b²)·z + b·ξ, which leaves its distribution uniform (the preconditioned Crank–Nicolson step; Cotter, Roberts,
/// Stuart & White 2013).
pub fn crank_nicolson(uniform: f64, fresh: f64, length: f64) -> f64 {
    let kept = (1.0 - length * length).sqrt();
    let z = kept * normal_quantile(uniform) + length * normal_quantile(fresh);
    normal_cdf(z).clamp(EDGE, 1.0 - EDGE)
}

/// Whether a move is accepted by a uniform number, with the logarithms of the likelihood after it and before: with
/// probability min(1, L′/L) (Metropolis et al. 1953).
pub fn is_accepted(uniform: f64, after: f64, before: f64) -> bool {
    after > f64::NEG_INFINITY && ln(uniform) < after - before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_their_logarithms() {
        let weights = ParticleWeights { logs: vec![-1000.0, -1000.0 + ln(3.0), f64::NEG_INFINITY] };
        let shares = weights.shares();
        assert!((shares[0] - 0.25).abs() < 1e-12 && (shares[1] - 0.75).abs() < 1e-12);
        assert_eq!(shares[2], 0.0);
        assert!((weights.effective() - 1.6).abs() < 1e-12);
        assert!((weights.effective_ancestors(&[0, 0, 1]) - 1.0).abs() < 1e-12);
        // Half of the weight has one ancestor, and a quarter each two others: 1/4 + 2/16.
        let four = ParticleWeights::even(4).effective_ancestors(&[2, 2, 0, 3]);
        assert!((four - 8.0 / 3.0).abs() < 1e-12, "{four}");
        assert!((weights.mean_of([0.0, ln(2.0), 5.0].into_iter()) - 1.75).abs() < 1e-12);
        let nothing = ParticleWeights { logs: vec![f64::NEG_INFINITY; 2] };
        assert_eq!((nothing.shares(), nothing.effective()), (vec![0.0, 0.0], 0.0));
        assert_eq!(nothing.mean_of([0.0, 0.0].into_iter()), 0.0);
        // Shares need not add to 1 to the last digit; the mean of ones is 1 all the same.
        for count in 1..1000 {
            let uneven = ParticleWeights { logs: (0..count).map(|k| -0.1 * k as f64).collect() };
            assert_eq!(uneven.mean_of((0..count).map(|_| 0.0)), 1.0, "{count}");
        }
    }

    #[test]
    fn a_step_keeps_uniform_numbers_uniform() {
        // Over a fine grid of both numbers, the moved ones fall into each tenth as often.
        let side = 200;
        let at = |k: usize| (k as f64 + 0.5) / side as f64;
        let mut tenths = [0u32; 10];
        for i in 0..side {
            for j in 0..side {
                tenths[(crank_nicolson(at(i), at(j), 0.4) * 10.0) as usize] += 1;
            }
        }
        let expected = (side * side / 10) as f64;
        assert!(tenths.iter().all(|n| (f64::from(*n) / expected - 1.0).abs() < 0.02), "{tenths:?}");
        assert!((crank_nicolson(0.3, 0.9, 0.0) - 0.3).abs() < 1e-12);
        assert!((crank_nicolson(0.3, 0.9, 1.0) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn moves_are_accepted_with_the_ratio_of_likelihoods() {
        assert!(is_accepted(0.49, ln(1.0), ln(2.0)) && !is_accepted(0.51, ln(1.0), ln(2.0)));
        assert!(is_accepted(0.999, 0.0, -5.0));
        assert!(!is_accepted(1e-300, f64::NEG_INFINITY, -5.0));
    }

    #[test]
    fn a_step_never_leaves_what_is_between_zero_and_one() {
        let (least, most) = (f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
        for (from, fresh) in [(least, least), (most, most)] {
            let moved = crank_nicolson(from, fresh, 0.7);
            assert!(0.0 < moved && moved < 1.0, "{moved:e}");
        }
        assert_eq!(crank_nicolson(most, most, 0.7), 1.0 - EDGE);
        // Half a standard deviation up, and the other half of the variance from the middle.
        let moved = crank_nicolson(normal_cdf(1.0), 0.5, 0.75_f64.sqrt());
        assert!((moved - normal_cdf(0.5)).abs() < 1e-14);
    }

    #[test]
    fn what_is_impossible_after_a_move_is_not_accepted_whatever_was_before() {
        assert!(!is_accepted(0.0, f64::NEG_INFINITY, f64::NEG_INFINITY));
        assert!(is_accepted(0.5, -3.0, f64::NEG_INFINITY));
    }
}
