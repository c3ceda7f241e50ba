//! Numbers that are neither counts nor shares: measures, states, utilities, ratios.

use super::digits::{exponent, fixed, not_finite, scientific, trimmed};

/// Magnitudes from here on are written with a power of ten.
pub(super) const LARGE: f64 = 1e9;
/// Magnitudes below this are written with a power of ten.
pub(super) const SMALL: f64 = 1e-4;

/// A number with three significant digits below a thousand and whole from there on: `0.0031`,
/// `12.4`, `1,250`, `1.2×10¹²`.
///
/// # Examples
///
/// ```
/// use demarche::format::number;
///
/// assert_eq!(number(1250.0), "1,250");
/// assert_eq!(number(-0.0031), "−0.0031");
/// ```
pub fn number(value: f64) -> String {
    with_extra(value, 0)
}

/// The same with some more digits.
fn with_extra(value: f64, extra: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if let Some(text) = not_finite(value) {
        return text.to_owned();
    }
    let magnitude = value.abs();
    if !(SMALL..LARGE).contains(&magnitude) {
        return scientific(value, 2 + extra);
    }
    let decimals = usize::try_from(2 + extra as i32 - exponent(magnitude)).unwrap_or(0);
    trimmed(&fixed(value, decimals))
}

/// A range of numbers: `0.25 to 1,250`.
pub fn number_range(low: f64, high: f64) -> String {
    super::told_apart(low, high, with_extra)
}

/// The same from the smallest to the largest of several numbers; one number where all read the same: `0.25`.
pub fn number_span(smallest: f64, largest: f64) -> String {
    let range = number_range(smallest, largest);
    match range.split_once(" to ") {
        Some((low, high)) if low == high => number(smallest),
        _ => range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_read_the_same_are_written_once() {
        assert_eq!(number_span(2.0, 2.0), "2");
        assert_eq!(number_span(5.867, 5.867 + 1e-14), "5.87");
        assert_eq!(number_span(2.001, 2.002), "2.001 to 2.002");
    }

    #[test]
    fn numbers_have_sensible_digits() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.0031, "0.0031"),
            (12.4, "12.4"),
            (12.0, "12"),
            (1250.0, "1,250"),
            (999.6, "1,000"),
            (0.123456, "0.123"),
            (-3.456, "−3.46"),
            (1_234_567.0, "1,234,567"),
            (1.2e12, "1.2×10¹²"),
            (-1e-9, "−1×10⁻⁹"),
            (f64::NAN, "?"),
            (f64::INFINITY, "∞"),
            (f64::NEG_INFINITY, "−∞"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(number_range(-0.25, 1250.0), "−0.25 to 1,250");
        assert_eq!(number_range(2.001, 2.002), "2.001 to 2.002");
        assert_eq!(number_range(2.0, 2.0), "2 to 2");
        assert_eq!(number_range(1234.2, 1234.4), "1,234.2 to 1,234.4");
        assert_eq!(number_range(1.0001e12, 1.0002e12), "1.0001×10¹² to 1.0002×10¹²");
    }
}
