//! Shares of a whole, as percentages.

use super::digits::{ROUNDING, not_finite, size};
use super::told_apart;

/// A share as a percentage with one decimal, two below one per cent: `41.3 %`, `0.25 %`. Only zero is
/// written as `0 %`, and only one as `100 %`.
///
/// # Examples
///
/// ```
/// use demarche::format::percent;
///
/// assert_eq!(percent(0.4131), "41.3 %");
/// assert_eq!(percent(0.00001), "<0.01 %");
/// assert_eq!(percent(0.9999), ">99.9 %");
/// ```
pub fn percent(share: f64) -> String {
    with_sign(bare_percent(share))
}

/// A range of shares: `39.1 to 43.5 %`.
///
/// # Examples
///
/// ```
/// use demarche::format::percent_range;
///
/// assert_eq!(percent_range(0.0025, 0.435), "0.25 to 43.5 %");
/// ```
pub fn percent_range(low: f64, high: f64) -> String {
    with_sign(bare_percent_range(low, high))
}

/// The same as [`percent`] without the percent sign, for places where the unit is written elsewhere,
/// such as the head of a column.
pub fn bare_percent(share: f64) -> String {
    with_extra(share, 0)
}

/// The same with some more decimals.
fn with_extra(share: f64, extra: usize) -> String {
    // What rounds to 1.0 has one decimal.
    let decimals = if (share * 100.0).abs() < 0.995 { 2 } else { 1 };
    percentage(share, decimals + extra)
}

/// The same as [`percent_range`] without the percent sign.
pub fn bare_percent_range(low: f64, high: f64) -> String {
    told_apart(low, high, with_extra)
}

/// A share as a whole percentage, for shares that are not known more precisely or for narrow places:
/// `41 %`, `<1 %`, `>99 %`.
///
/// # Examples
///
/// ```
/// use demarche::format::whole_percent;
///
/// assert_eq!([whole_percent(0.4131), whole_percent(0.004)], ["41 %", "<1 %"]);
/// ```
pub fn whole_percent(share: f64) -> String {
    with_sign(bare_whole_percent(share))
}

/// A range of shares in whole percentages: `39 to 44 %`.
pub fn whole_percent_range(low: f64, high: f64) -> String {
    with_sign(told_apart(low, high, percentage))
}

/// The same as [`whole_percent`] without the percent sign.
pub fn bare_whole_percent(share: f64) -> String {
    percentage(share, 0)
}

/// The digits of a percentage.
fn percentage(share: f64, decimals: usize) -> String {
    if let Some(text) = not_finite(share) {
        return text.to_owned();
    }
    if (share - 1.0).abs() < ROUNDING {
        return "100".to_owned();
    }
    let value = if share.abs() < ROUNDING { 0.0 } else { share * 100.0 };
    let digits = size(value.abs(), decimals);
    if value < 100.0 && digits.starts_with("100") {
        return match decimals {
            0 => ">99".to_owned(),
            _ => format!(">99.{}", "9".repeat(decimals)),
        };
    }
    // No share is negative, but an estimate of one may be.
    let sign = if share < 0.0 && digits != "0" { "−" } else { "" };
    format!("{sign}{digits}")
}

fn with_sign(digits: String) -> String {
    format!("{digits} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_to_certainty() {
        for (share, text) in [
            (0.413, "41.3 %"),
            (0.0, "0 %"),
            (1.0, "100 %"),
            (0.0003, "0.03 %"),
            (0.00001, "<0.01 %"),
            (0.00997, "1.0 %"),
            (0.9999, ">99.9 %"),
            (0.05, "5.0 %"),
            (-0.05, "−5.0 %"),
            (-1e-13, "0 %"),
            (1.0 - 1e-15, "100 %"),
            (f64::NAN, "? %"),
        ] {
            assert_eq!(percent(share), text);
        }
        for (share, text) in
            [(1.0, "100"), (0.9999, ">99"), (0.994, "99"), (0.5, "50"), (0.006, "1"), (0.004, "<1")]
        {
            assert_eq!(bare_whole_percent(share), text);
        }
    }

    #[test]
    fn the_ends_of_a_range_read_as_they_would_alone() {
        assert_eq!(percent_range(0.391, 0.4349), "39.1 to 43.5 %");
        assert_eq!(percent_range(0.0002, 0.0104), "0.02 to 1.0 %");
        assert_eq!(percent_range(0.0, 1.0), "0 to 100 %");
        assert_eq!(percent_range(0.00001, 0.9999), "<0.01 to >99.9 %");
        assert_eq!(percent_range(0.4131, 0.4131), "41.3 to 41.3 %");
        assert_eq!(whole_percent_range(0.391, 0.4349), "39 to 43 %");
    }

    #[test]
    fn the_ends_of_a_range_that_differ_do_not_read_the_same() {
        // Ten trials in 300,000, and all but ten.
        assert_eq!(percent_range(1.81e-5, 4.14e-5), "0.002 to 0.004 %");
        assert_eq!(percent_range(1.0 - 4.14e-5, 1.0 - 1.81e-5), "99.996 to 99.998 %");
        assert_eq!(percent_range(0.4131, 0.4132), "41.31 to 41.32 %");
        assert_eq!(percent_range(0.0, 1e-9), "0 to <0.01 %");
        assert_eq!(percent_range(1.0 - 1e-9, 1.0), ">99.9 to 100 %");
        assert_eq!(percent_range(1e-9, 2e-9), "0.0000001 to 0.0000002 %");
        assert_eq!(whole_percent_range(0.0001, 0.0002), "0.01 to 0.02 %");
        assert_eq!(whole_percent_range(0.991, 0.994), "99.1 to 99.4 %");
        for (low, high) in [(1e-12, 1e-11), (0.3, 0.3 + 1e-13), (f64::NAN, f64::NAN)] {
            let text = percent_range(low, high);
            assert!(text.len() < 16, "{text}");
        }
    }
}
