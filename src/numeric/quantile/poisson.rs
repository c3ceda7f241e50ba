//! Counts of events.

use super::is_open_unit;
use crate::numeric::incomplete_gamma::IncompleteGamma;
use crate::numeric::kernels::exp;
use crate::numeric::normal_quantile;

/// The first guess is rarely two off; the bound matters only where counts have outgrown doubles.
const MOST_STEPS: u32 = 100;

/// Up to this mean, chances are summed from nought on.
const SMALL_MEAN: f64 = 16.0;
/// Shares above this are found from the upper tail, since a sum near one forgets how far it is from it.
const MOST_COMMON: f64 = 0.99;

/// The Poisson distribution with this mean, `mean >= 0`: the smallest count that at least the
/// share `u` does not exceed. Above 2^53 counts are rounded to doubles.
///
/// The guess is a Cornish-Fisher expansion of the normal quantile (Johnson, Kemp & Kotz 2005,
/// *Univariate discrete distributions*, 4.5); from there single counts are stepped over. Of a small mean, chances are summed from nought on.
pub fn poisson(u: f64, mean: f64) -> f64 {
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
    let mut run = Run { count: start, chance: there.density / mean, mean };
    if u <= 0.5 {
        run.step_to(there.above, |sum| sum >= u, 1.0)
    } else {
        run.step_to(there.below, |sum| sum <= 1.0 - u, -1.0)
    }
    run.count
}

/// Chances are summed until they reach the share.
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

/// A count, with its chance.
struct Run {
    count: f64,
    chance: f64,
    mean: f64,
}

impl Run {
    /// Moves to the smallest count that is `enough`. `share` belongs to the present count, and
    /// changes by `sign` times the chance of each count passed.
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
