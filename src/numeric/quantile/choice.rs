//! One of several values.

use super::is_open_unit;

/// One with chance `p`, else zero: one exactly when `u < p`, so that raising the chance keeps
/// whatever happened before. Unlike the other inverses, this one falls with `u`.
pub fn bernoulli(u: f64, p: f64) -> f64 {
    if !(is_open_unit(u) && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    if u < p { 1.0 } else { 0.0 }
}

/// One of the values of `(value, weight)` pairs, in the order written: the first at which the
/// weights so far, as a share of all, exceed `u`. It rises with `u` if the values do.
///
/// Weights are at least zero and have a positive, finite sum, which need not be one; a value of
/// weight zero never comes. NaN otherwise.
pub fn discrete(u: f64, pairs: &[(f64, f64)]) -> f64 {
    let mut total = 0.0;
    for (_, weight) in pairs {
        if weight.is_nan() || *weight < 0.0 {
            return f64::NAN;
        }
        total += weight;
    }
    if !(is_open_unit(u) && total > 0.0 && total < f64::INFINITY) {
        return f64::NAN;
    }
    let wanted = u * total;
    let mut sum = 0.0;
    let mut last = f64::NAN;
    for (value, weight) in pairs {
        if *weight > 0.0 {
            sum += weight;
            last = *value;
            if sum > wanted {
                break;
            }
        }
    }
    last
}
