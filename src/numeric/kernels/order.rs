//! Minimum and maximum that let a NaN through, unlike those of `std`, so that a numerical accident
//! is seen and not replaced by whatever it was compared with.

/// The smaller of two numbers; NaN if either is NaN. `-0.0` counts as smaller than `0.0`
/// (IEEE 754-2019 `minimum`).
#[inline(always)]
pub fn min(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        a + b
    } else if a < b || (a == b && a.is_sign_negative()) {
        a
    } else {
        b
    }
}

/// The larger of two numbers; NaN if either is NaN. `0.0` counts as larger than `-0.0`
/// (IEEE 754-2019 `maximum`).
#[inline(always)]
pub fn max(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        a + b
    } else if a > b || (a == b && a.is_sign_positive()) {
        a
    } else {
        b
    }
}
