//! Numbers as sentences and tables on the page say them.

use crate::chart::{number, percent};
use crate::diagnostic::grouped;

/// A number with a true minus sign.
pub(super) fn figure(value: f64) -> String {
    number(value).replace('-', "\u{2212}")
}

/// A count and what is counted: `1 trial`, `200 trials`.
pub(super) fn counted(value: u64, what: &str) -> String {
    let plural = if value == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(value))
}

/// A share in per cent.
pub(super) fn share(value: f64) -> String {
    percent(value)
}

/// A size in percentage points, without a sign.
pub(super) fn size(value: f64) -> String {
    let points = 100.0 * value.abs();
    if points == 0.0 {
        return "0".to_owned();
    }
    if points < 0.05 {
        return "<0.1".to_owned();
    }
    format!("{points:.1}")
}

/// A range of shares in per cent.
pub(super) fn share_range(low: f64, high: f64) -> String {
    format!("{:.1} to {:.1} %", 100.0 * low, 100.0 * high)
}

/// A range of sizes in percentage points; one where both are shown alike.
pub(super) fn size_range(low: f64, high: f64) -> String {
    let (low, high) = (size(low), size(high));
    if low == high { format!("{low} points") } else { format!("{low} to {high} points") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_differences_are_not_rounded_to_nothing() {
        assert_eq!([size(0.0), size(0.0002), size(-0.0321)], ["0", "<0.1", "3.2"]);
        assert_eq!(size_range(0.0301, 0.0299), "3.0 points");
        assert_eq!(size_range(0.024, 0.03), "2.4 to 3.0 points");
    }

    #[test]
    fn counts_are_set_apart_and_one_is_singular() {
        assert_eq!([counted(1, "trial"), counted(12_000, "trial")], ["1 trial", "12,000 trials"]);
    }
}
