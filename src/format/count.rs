//! Counts: whole numbers of things.

use super::digits::grouped;
use super::number::number;

/// A whole number with commas between thousands.
///
/// # Examples
///
/// ```
/// use demarche::format::count;
///
/// assert_eq!(count(1_234_567), "1,234,567");
/// ```
pub fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// A count and what is counted, in the plural unless it is one: `1 trial`, `12,000 trials`.
pub fn counted(value: u64, what: &str) -> String {
    let plural = if value == 1 { "" } else { "s" };
    format!("{} {what}{plural}", count(value))
}

/// A short form of a count for narrow places, in thousands from ten thousand on and in millions from
/// a million on: `9,999`, `12.3k`, `1.2M`.
pub fn short_count(value: u64) -> String {
    match value {
        0..10_000 => count(value),
        // What would be rounded to 1,000 thousands is a million.
        10_000..999_500 => format!("{}k", number(value as f64 / 1e3)),
        _ => format!("{}M", number(value as f64 / 1e6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([count(0), count(999), count(1000)], ["0", "999", "1,000"]);
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(
            [0, 1, 12_000].map(|n| counted(n, "trial")),
            ["0 trials", "1 trial", "12,000 trials"]
        );
    }

    #[test]
    fn short_counts_have_three_digits_from_ten_thousand_on() {
        for (value, text) in [
            (9_999, "9,999"),
            (10_000, "10k"),
            (12_345, "12.3k"),
            (999_499, "999k"),
            (999_500, "1M"),
            (12_345_678, "12.3M"),
            (u64::MAX, "1.84×10¹³M"),
        ] {
            assert_eq!(short_count(value), text);
        }
    }
}
