//! Shares between zero and one.

use std::ops::RangeInclusive;

use super::{is_open_unit, uniform};
use crate::numeric::incomplete_beta::IncompleteBeta;
use crate::numeric::inversion::solve;
use crate::numeric::kernels::{exp, ln, ln_1p};
use crate::numeric::normal_quantile;

/// The shapes that `beta` takes. At the upper end the standard deviation is at most 4e-4 of the
/// range; at the lower all but the last few millionths of the draws are zero or one.
pub const SHAPES: RangeInclusive<f64> = 1e-6..=1e6;

/// The beta distribution with shapes `a` and `b`, each within [`SHAPES`].
///
/// Relative error below 1e-12 for shapes from 0.05 to 1e4 and `u` from 1e-10 to 1 - 1e-10. Small
/// shapes have quantiles nearer to an end than doubles are: these are zero or one.
pub fn beta(u: f64, a: f64, b: f64) -> f64 {
    if !(is_open_unit(u) && SHAPES.contains(&a) && SHAPES.contains(&b)) {
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

/// The PERT distribution from `a` to `b` with its peak at `mode`, `a <= mode <= b`: a beta
/// distribution whose mean is `(a + 4 mode + b) / 6`. Equal ends give that number.
///
/// Source: Malcolm, Roseboom, Clark & Fazar 1959; Vose 2008, *Risk analysis* (modified PERT, λ = 4).
pub fn pert(u: f64, a: f64, mode: f64, b: f64) -> f64 {
    let width = b - a;
    if !(is_open_unit(u) && a <= mode && mode <= b && width < f64::INFINITY) {
        return f64::NAN;
    }
    if width == 0.0 {
        return a;
    }
    let (left, right) = pert_shapes(a, mode, b);
    between(beta(u, left, right), a, b)
}

/// The shapes of the beta distribution that a PERT distribution is, `a < b`.
pub(crate) fn pert_shapes(a: f64, mode: f64, b: f64) -> (f64, f64) {
    let width = b - a;
    (1.0 + 4.0 * ((mode - a) / width), 1.0 + 4.0 * ((b - mode) / width))
}

/// The number at a share of the way, the share being perhaps one of the ends.
pub(crate) fn between(share: f64, a: f64, b: f64) -> f64 {
    if share >= 1.0 {
        b
    } else if share <= 0.0 {
        a
    } else {
        uniform(share, a, b)
    }
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

/// The odds of the share `e^log`.
fn odds_near_zero(log: f64) -> f64 {
    let share = exp(log);
    if share < 0.9 { share / (1.0 - share) } else { 9.0 }
}
