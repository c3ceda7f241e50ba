//! The quantile of the Poisson distribution.

use super::incomplete_gamma::IncompleteGamma;
use super::kernels::exp;
use super::{is_open_unit, normal_quantile};

/// The first guess is rarely more than two counts off. This bound matters only where counts are so
/// large that adding one does not change them.
const MOST_STEPS: u32 = 100;

/// Up to this mean, the chances of the counts are summed, from zero upwards.
const SMALL_MEAN: f64 = 16.0;
/// Shares above this are found from the upper tail: a sum near one has lost the digits that say how
/// far from one it is.
const MOST_COMMON: f64 = 0.99;

/// The quantile of the Poisson distribution with this mean, `mean >= 0`: the smallest count such
/// that at least the share `u` of all counts is no larger, `u` strictly between zero and one; NaN
/// outside. Counts above 2^53 are rounded to doubles.
///
/// The guess is a Cornish-Fisher expansion of the normal quantile (Johnson, Kemp & Kotz 2005,
/// *Univariate discrete distributions*, 4.5); from there the count goes up or down one by one. Where
/// the mean is small, chances are summed from zero upwards instead.
pub fn poisson_quantile(u: f64, mean: f64) -> f64 {
    if !(is_open_unit(u) && (0.0..f64::INFINITY).contains(&mean)) {
        return f64::NAN;
    }
    if mean == 0.0 {
        return 0.0;
    }
    if mean <= SMALL_MEAN && u <= MOST_COMMON {
        return counted_up(u, mean);
    }
    let z = normal_quantile(u);
    let guess = (mean + z * mean.sqrt() + (z * z - 1.0) / 6.0).floor();
    let start = if guess > 0.0 { guess } else { 0.0 };
    // P(count <= k) is the share of a gamma distribution with shape k + 1 above the mean.
    let there = IncompleteGamma::new(start + 1.0).at(mean);
    let mut run = PoissonRun { count: start, chance: there.density / mean, mean };
    if u <= 0.5 {
        run.step_to(there.above, |sum| sum >= u, 1.0)
    } else {
        run.step_to(there.below, |sum| sum <= 1.0 - u, -1.0)
    }
    run.count
}

/// The count at which the sum of the chances, from that of zero on, reaches the share.
fn counted_up(u: f64, mean: f64) -> f64 {
    let mut chance = exp(-mean);
    let (mut count, mut sum) = (0.0, chance);
    while sum < u {
        count += 1.0;
        chance *= mean / count;
        sum += chance;
    }
    count
}

/// A count and the chance that exactly this many happen.
struct PoissonRun {
    count: f64,
    chance: f64,
    mean: f64,
}

impl PoissonRun {
    /// Moves to the smallest count whose share is `enough`. `share` is that of the present count;
    /// it changes by `sign` times the chance of each count that is passed.
    fn step_to(&mut self, mut share: f64, enough: impl Fn(f64) -> bool, sign: f64) {
        if enough(share) {
            for _ in 0..MOST_STEPS {
                share -= sign * self.chance;
                if self.count == 0.0 || !enough(share) {
                    return;
                }
                self.chance *= self.count / self.mean;
                self.count -= 1.0;
            }
        } else {
            for _ in 0..MOST_STEPS {
                self.count += 1.0;
                self.chance *= self.mean / self.count;
                share += sign * self.chance;
                if enough(share) {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::poisson_quantile;
    use crate::numeric::incomplete_gamma::IncompleteGamma;

    #[test]
    fn counts_of_a_small_mean_are_the_smallest_that_reach_the_share() {
        // P(count <= k) is the share of a gamma distribution with shape k + 1 above the mean.
        let share = |k: f64, mean: f64| IncompleteGamma::new(k + 1.0).at(mean).above;
        for mean in [1e-9, 0.1, 1.0, 3.5, 15.99, 16.0, 16.01] {
            let all = (1..1000).map(|i| f64::from(i) / 1000.0);
            for u in all.chain([1e-12, 0.989_999, 0.990_001]) {
                let k = poisson_quantile(u, mean);
                assert!(share(k, mean) >= u - 1e-14, "poisson({mean}) at {u} is {k}");
                let fewer = k == 0.0 || share(k - 1.0, mean) < u + 1e-14;
                assert!(fewer, "poisson({mean}) at {u} is {k}");
            }
        }
    }

    #[test]
    fn a_share_that_is_just_reached_is_enough() {
        // The double nearest to e^-5 is 1e-19 less than the chance of no count at all.
        let u = 0.006_737_946_999_085_467;
        assert_eq!(poisson_quantile(u, 5.0), 0.0);
        assert_eq!(poisson_quantile(u + 2e-18, 5.0), 1.0);
    }

    /// By sums of chances in 60 digits, with mpmath; the sums are off the shares by a tenth or more of
    /// these, by a hundredth where the mean is a million. `scipy.stats.poisson.ppf` of SciPy gives the
    /// same counts. The first guess is up to ten counts too low, or up to seven too high.
    #[test]
    fn counts_far_out_in_the_tails_are_found_from_any_first_guess() {
        let nearly_one = 1.0 - f64::EPSILON / 2.0;
        for (u, mean, count) in [
            (1e-300, 1e6, 963_182.0),
            (1e-300, 1e4, 6_532.0),
            (1e-200, 2_500.0, 1_151.0),
            (1e-120, 600.0, 129.0),
            (1e-89, 1e3, 437.0),
            (1e-89, 400.0, 74.0),
            (1e-60, 300.0, 66.0),
            (1e-40, 200.0, 44.0),
            (1e-40, 150.0, 20.0),
            (1e-15, 100.0, 32.0),
            (1e-15, 40.0, 2.0),
            (nearly_one, 3.0, 26.0),
            (nearly_one, 0.5, 14.0),
            (nearly_one, 1e-3, 4.0),
            (1.0 - 1e-12, 0.01, 4.0),
        ] {
            assert_eq!(poisson_quantile(u, mean), count, "poisson({mean}) at {u:e}");
        }
    }
}
