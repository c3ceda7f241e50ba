//! Moments of values whose deviations need one unit of sums or another.

use super::Moments;

fn of(values: &[f64]) -> Moments {
    let mut moments = Moments::default();
    moments.add_all(values);
    moments
}

#[track_caller]
fn has_sd(moments: &Moments, wanted: f64) {
    let found = moments.sd().expect("two values");
    assert!((found / wanted - 1.0).abs() < 1e-14, "{found:e}, not {wanted:e}");
}

/// The smallest deviation of numbers near 2⁻⁴⁸⁰ is so small that its square has lost digits.
#[test]
fn small_values_that_differ_in_the_last_digit_have_their_deviation() {
    let near = f64::from_bits((1023 - 481) << 52) * 1.5;
    let next = f64::from_bits(near.to_bits() + 1);
    // Of 0, 1 and 1 the variance is 1/3.
    has_sd(&of(&[near, next, next]), (next - near) / 3f64.sqrt());
}

#[test]
fn values_on_both_sides_of_zero_are_merged_in_a_unit_for_their_distance() {
    let mut merged = of(&[1e200]);
    merged.merge(&of(&[-1e200]));
    assert_eq!(merged.mean(), Some(0.0));
    // 1 and -1 have the variance 2.
    has_sd(&merged, 2f64.sqrt() * 1e200);
}

#[test]
fn a_tiny_deviation_adds_nothing_to_an_ordinary_one() {
    // Of 0, 0 and 1 the variance is 1/3.
    let found = of(&[0.0, 1e-150, 1.0]);
    assert!((found.mean().expect("three values") - 1.0 / 3.0).abs() < 1e-15, "{found:?}");
    has_sd(&found, 1.0 / 3f64.sqrt());
    let mut merged = of(&[0.0, 1e-150]);
    merged.merge(&of(&[1.0]));
    has_sd(&merged, 1.0 / 3f64.sqrt());
}
