//! The quantile of the beta distribution.

use std::ops::RangeInclusive;

use super::incomplete_beta::IncompleteBeta;
use super::inversion::solve;
use super::kernels::{exp, ln, ln_1p};
use super::{is_open_unit, normal_quantile};

/// The shapes that [`beta_quantile`] takes. Where both are the largest, the
/// standard deviation is at most 4e-4 of the range; where both are the smallest, all but a few
/// millionths of the draws are zero or one.
pub const BETA_SHAPES: RangeInclusive<f64> = 1e-6..=1e6;

/// The quantile of the beta distribution with shapes `a` and `b`, each within [`BETA_SHAPES`]: the
/// number below which the share `u` lies, `u` strictly between zero and one; NaN outside.
///
/// Relative error below 1e-12 for shapes from 0.05 to 1e4 and `u` from 1e-10 to 1 - 1e-10. Small
/// shapes have quantiles nearer to an end than doubles are: these are zero or one.
pub fn beta_quantile(u: f64, a: f64, b: f64) -> f64 {
    if !(is_open_unit(u) && BETA_SHAPES.contains(&a) && BETA_SHAPES.contains(&b)) {
        return f64::NAN;
    }
    if a == 1.0 && b == 1.0 {
        return u;
    }
    let start = start(u, a, b);
    if start < f64::MIN_POSITIVE {
        return 0.0;
    }
    if start > f64::MAX {
        return 1.0;
    }
    let distribution = IncompleteBeta::new(a, b);
    let odds = solve(u, start, |odds| distribution.at_odds(odds));
    if odds < 1.0 { odds / (1.0 + odds) } else { 1.0 / (1.0 + 1.0 / odds) }
}

/// A first guess of the odds: Abramowitz & Stegun 26.5.22, or for shapes below one the leading
/// terms at the ends (Press et al. 2007, *Numerical recipes*, 6.4).
fn start(u: f64, a: f64, b: f64) -> f64 {
    if a >= 1.0 && b >= 1.0 {
        let z = -normal_quantile(u);
        let (per_a, per_b) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let lambda = (z * z - 3.0) / 6.0;
        let h = 2.0 / (per_a + per_b);
        let w =
            z * (lambda + h).sqrt() / h - (per_b - per_a) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return (a / b) * exp(-2.0 * w);
    }
    let low = exp(a * ln(a / (a + b))) / a;
    let high = exp(b * ln(b / (a + b))) / b;
    let both = low + high;
    if u < low / both {
        odds_near_zero((ln(u) + ln(a * both)) / a)
    } else {
        1.0 / odds_near_zero((ln_1p(-u) + ln(b * both)) / b)
    }
}

/// The odds `p / (1 - p)` of the share `p = e^log`, at most nine.
fn odds_near_zero(log: f64) -> f64 {
    let share = exp(log);
    if share < 0.9 { share / (1.0 - share) } else { 9.0 }
}

#[cfg(test)]
mod tests {
    use super::{beta_quantile, start};
    use crate::numeric::oracle::assert_close;

    /// With shapes `a` and 1 it is `u^(1/a)`, with 1 and `b` it is `1 - (1 - u)^(1/b)`.
    #[test]
    fn what_is_nearer_to_an_end_than_doubles_are_is_that_end() {
        // 0.3^1000 is 1e-523, and 1e-5^1e5 is 1e-500000.
        for (u, shape) in [(0.3, 1e-3), (1e-5, 1e-5), (0.01, 2e-3)] {
            assert_eq!(beta_quantile(u, shape, 1.0), 0.0, "beta({shape}, 1) at {u}");
            assert_eq!(beta_quantile(1.0 - u, 1.0, shape), 1.0, "beta(1, {shape}) at 1 - {u}");
        }
    }

    /// With shapes 1 and `b` and such shares the quantile is `u / b`. The pairs were looked for: few
    /// first guesses are this very number.
    #[test]
    fn a_first_guess_that_is_just_a_normal_number_is_made_better() {
        for (u, b) in [
            (1.341_980_671_671_849_2e-207, 8.422),
            (3.728_368_518_555_239e-208, 26.323),
            (3.700_746_768_548_747_2e-208, 48.683),
            (4.018_919_209_294_318e-208, 67.286),
        ] {
            assert_eq!(start(u, 1.0, b), f64::MIN_POSITIVE, "beta(1, {b}) at {u:e}");
            assert_close(beta_quantile(u, 1.0, b), u / b, 1e-12, &format!("beta(1, {b}) at {u:e}"));
        }
    }
}
