//! Finds a quantile by solving the distribution function for it.

use super::kernels::{exp_m1, ln};

/// What a distribution of positive numbers is like at one point. Densities are per unit of the
/// logarithm of the number.
pub(super) struct Local {
    /// The share below the point.
    pub below: f64,
    /// The share above it, which is accurate even where it is tiny.
    pub above: f64,
    /// The density.
    pub density: f64,
    /// The derivative of the logarithm of the density.
    pub drift: f64,
}

/// More steps are never needed: two from a good start, a dozen from a bad one.
const MOST_STEPS: u32 = 200;
/// After a step this small the next would be lost in rounding, as each step cubes the error.
const SMALL: f64 = 3e-6;

/// The positive number below which the share `u` lies.
///
/// Halley's method on the logarithm of the smaller share against the logarithm of the number,
/// with a bracket to bisect when a step leaves it.
pub(super) fn solve(u: f64, start: f64, at: impl Fn(f64) -> Local) -> f64 {
    let lower = u <= 0.5;
    let target = if lower { u } else { 1.0 - u };
    let (mut low, mut high) = (0.0, f64::MAX);
    let mut x = if start > 0.0 { start } else { f64::MIN_POSITIVE };
    if x > f64::MAX {
        x = f64::MAX;
    }
    for turn in 1..=MOST_STEPS {
        let here = at(x);
        let (share, slope) = if lower {
            (here.below, here.density / here.below)
        } else {
            (here.above, -here.density / here.above)
        };
        // Rounding may leave a share slightly below zero.
        let excess = if share < 0.0 { f64::NEG_INFINITY } else { ln(share / target) };
        if excess == 0.0 || excess.is_nan() {
            return x + excess;
        }
        if (excess > 0.0) == lower {
            high = x;
        } else {
            low = x;
        }
        let newton = -excess / slope;
        let bend = 1.0 + 0.5 * newton * (here.drift - slope);
        let step = newton / if bend > 0.5 { bend } else { 0.5 };
        let next = x + x * exp_m1(step);
        if step.abs() < SMALL && excess.abs() < SMALL {
            return next;
        }
        // Every eighth step halves the bracket all the same, in case the others are all small.
        x = if next > low && next < high && turn % 8 != 0 { next } else { between(low, high) };
        if x <= low || x >= high {
            return x;
        }
    }
    x
}

/// The geometric middle of a bracket, the lower end of which may be zero.
fn between(low: f64, high: f64) -> f64 {
    let above_zero = if low == 0.0 { f64::MIN_POSITIVE } else { low };
    above_zero.sqrt() * high.sqrt()
}

#[cfg(test)]
mod tests {
    use super::{Local, solve};
    use crate::numeric::kernels::{exp, exp_m1, ln};

    /// The exponential distribution with mean one.
    fn exponential(x: f64) -> Local {
        Local { below: -exp_m1(-x), above: exp(-x), density: x * exp(-x), drift: 1.0 - x }
    }

    #[test]
    fn any_start_leads_to_the_root() {
        for start in [0.0, 1e-300, 1e-3, 0.7, 30.0, 1e4, f64::INFINITY, f64::NAN] {
            for (u, root) in [(0.5, std::f64::consts::LN_2), (0.999, 6.907_755_278_982_137)] {
                let found = solve(u, start, exponential);
                assert!((found / root - 1.0).abs() < 1e-13, "{found} from {start}");
            }
        }
    }

    #[test]
    fn a_function_of_nothing_but_nan_ends() {
        let nothing =
            |_| Local { below: f64::NAN, above: f64::NAN, density: f64::NAN, drift: f64::NAN };
        assert!(solve(0.3, 1.0, nothing).is_nan());
    }

    #[test]
    fn a_share_that_rounding_left_below_zero_counts_as_none() {
        let rounded = |x: f64| {
            let exact = exponential(x);
            Local { below: if x < 0.1 { -1e-17 } else { exact.below }, ..exact }
        };
        for start in [1e-300, 1e-3, 0.09] {
            let found = solve(0.5, start, rounded);
            assert!((found / std::f64::consts::LN_2 - 1.0).abs() < 1e-13, "{found} from {start}");
        }
    }

    /// The share is one half times e to the power of half the root of the distance to the median, on
    /// a scale of logarithms: each step of Newton's method leads as far to the other side.
    #[test]
    fn steps_that_lead_back_and_forth_come_to_an_end_at_the_root() {
        let root = std::f64::consts::SQRT_2;
        let mirror = |x: f64| {
            let away = ln(x / root);
            let size = away.abs().sqrt();
            let below = 0.5 * exp(if away < 0.0 { -0.5 * size } else { 0.5 * size });
            let slope = 0.25 / size;
            Local { below, above: 1.0 - below, density: below * slope, drift: slope }
        };
        for i in 1..200 {
            let start = root * (1.0 + f64::from(i) / 300.0);
            let found = solve(0.5, start, mirror);
            assert!((found / root - 1.0).abs() < 1e-5, "{found} from {start}");
        }
    }
}
