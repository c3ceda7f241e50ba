//! Differences of shares, in percentage points.

use super::digits::{ROUNDING, size};
use super::{range, told_apart};

/// A difference of shares in percentage points with its sign: one decimal, and two where one would
/// leave less than 0.1. `0` only where there is no difference.
///
/// # Examples
///
/// ```
/// use demarche::format::points;
///
/// assert_eq!([points(0.032), points(-0.0041)], ["+3.2", "−0.4"]);
/// assert_eq!([points(0.0003), points(-1e-6), points(0.0)], ["+0.03", "−<0.01", "0"]);
/// ```
pub fn points(difference: f64) -> String {
    with_extra(difference, 0)
}

/// The same with some more decimals.
fn with_extra(difference: f64, extra: usize) -> String {
    let digits = unsigned_with_extra(difference, extra);
    let sign = match difference {
        _ if digits == "0" => "",
        d if d > 0.0 => "+",
        d if d < 0.0 => "−",
        _ => "",
    };
    format!("{sign}{digits}")
}

/// A range of differences, each end with its own sign: `−1.1 to +5.4`.
///
/// # Examples
///
/// ```
/// use demarche::format::points_range;
///
/// assert_eq!(points_range(0.2461, 0.2778), "+24.6 to +27.8");
/// ```
pub fn points_range(low: f64, high: f64) -> String {
    told_apart(low, high, with_extra)
}

/// The differences of several things, from the smallest to the largest: a range, or a single number
/// if both have the same text.
pub fn points_span(smallest: f64, largest: f64) -> String {
    let (smallest, largest) = (points(smallest), points(largest));
    if smallest == largest { smallest } else { range(smallest, largest) }
}

/// The size of a difference of shares in percentage points, without a sign: for regrets, widths, and
/// sentences in which a verb gives the direction.
///
/// # Examples
///
/// ```
/// use demarche::format::unsigned_points;
///
/// assert_eq!([unsigned_points(-0.0321), unsigned_points(0.0002)], ["3.2", "0.02"]);
/// ```
pub fn unsigned_points(difference: f64) -> String {
    unsigned_with_extra(difference, 0)
}

/// The same with some more decimals.
fn unsigned_with_extra(difference: f64, extra: usize) -> String {
    if difference.abs() < ROUNDING {
        return "0".to_owned();
    }
    let value = (difference * 100.0).abs();
    // What rounds to 0.1 has one decimal.
    size(value, extra + if value < 0.095 { 2 } else { 1 })
}

/// A range of sizes: `1.1 to 5.4`.
pub fn unsigned_points_range(low: f64, high: f64) -> String {
    told_apart(low, high, unsigned_with_extra)
}

/// The sizes of several differences, from the smallest to the largest: a range, or a single number
/// if both have the same text.
pub fn unsigned_points_span(smallest: f64, largest: f64) -> String {
    let (smallest, largest) = (unsigned_points(smallest), unsigned_points(largest));
    if smallest == largest { smallest } else { range(smallest, largest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign_and_only_zero_is_zero() {
        for (difference, text) in [
            (0.032, "+3.2"),
            (-0.0041, "−0.4"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e-16, "0"),
            (0.0003, "+0.03"),
            (0.00096, "+0.1"),
            (-1e-9, "−<0.01"),
            (1e-9, "+<0.01"),
            (1.0, "+100.0"),
            (f64::NAN, "?"),
        ] {
            assert_eq!(points(difference), text);
        }
    }

    #[test]
    fn the_ends_of_a_range_carry_their_own_signs() {
        assert_eq!(points_range(0.011, 0.054), "+1.1 to +5.4");
        assert_eq!(points_range(-0.002, 0.0003), "−0.2 to +0.03");
        assert_eq!(points_range(0.0, 0.0), "0 to 0");
        assert_eq!(unsigned_points_range(0.024, 0.03), "2.4 to 3.0");
        assert_eq!(unsigned_points_range(0.03, 0.03), "3.0 to 3.0");
        assert_eq!(unsigned_points_range(0.0299, 0.0301), "2.99 to 3.01");
        assert_eq!(points_range(1e-5, 4e-5), "+0.001 to +0.004");
        assert_eq!(points_range(-4e-5, -1e-5), "−0.004 to −0.001");
        assert_eq!(unsigned_points_span(0.0301, 0.0299), "3.0");
        assert_eq!(unsigned_points_span(0.024, 0.03), "2.4 to 3.0");
        assert_eq!([points_span(-0.01, 0.02), points_span(0.0, 0.0)], ["−1.0 to +2.0", "0"]);
    }
}
