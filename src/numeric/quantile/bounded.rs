//! Distributions between two ends, in closed form.

use super::is_open_unit;

/// The uniform distribution from `a` to `b`, `a <= b`, of which the difference must be finite.
pub fn uniform(u: f64, a: f64, b: f64) -> f64 {
    let width = b - a;
    if !(is_open_unit(u) && (0.0..f64::INFINITY).contains(&width)) {
        return f64::NAN;
    }
    let x = a + width * u;
    if x > b { b } else { x }
}

/// The triangular distribution from `a` to `b` with its peak at `mode`, `a <= mode <= b`; the
/// difference of the ends must be finite. Equal ends give that number.
///
/// Source: Johnson, Kotz & Balakrishnan 1995, *Continuous univariate distributions* 2, 26.9.
pub fn triangular(u: f64, a: f64, mode: f64, b: f64) -> f64 {
    let width = b - a;
    if !(is_open_unit(u) && a <= mode && mode <= b && width < f64::INFINITY) {
        return f64::NAN;
    }
    if width == 0.0 {
        return a;
    }
    let (left, right) = (mode - a, b - mode);
    if u * width < left {
        let x = a + width * (u * (left / width)).sqrt();
        if x > mode { mode } else { x }
    } else {
        // b - √((1 - u) width right), arranged to lose nothing near a.
        let (before, after) = (left / width, right / width);
        let share = (before + u * after) / (1.0 + ((1.0 - u) * after).sqrt());
        let x = a + width * share;
        if x < mode {
            mode
        } else if x > b {
            b
        } else {
            x
        }
    }
}
