//! Decimal numbers as a person writes them, kept exactly, and values at even distances between two.

/// The most digits that a number may have before and after its point together.
const DIGITS: u32 = 25;
/// The largest number of values: the products of exact whole numbers have to fit.
const MOST: u64 = 1_000;

/// A decimal number, exactly: `mantissa / 10^places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    places: u32,
}

impl Decimal {
    /// Reads a number such as `0.1`, `-3`, `1e-3` or `30%`; `None` for anything else, and for numbers that
    /// would take more than 25 digits to write out.
    pub fn read(text: &str) -> Option<Self> {
        let (text, hundredths) = match text.trim().strip_suffix('%') {
            Some(own) => (own.trim_end(), 2),
            None => (text.trim(), 0),
        };
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (is_negative, number) = match number.strip_prefix('-') {
            Some(own) => (true, own),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let is_plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if whole.is_empty() || !is_plain(whole) || !is_plain(fraction) || number.ends_with('.') {
            return None;
        }
        let written = format!("{whole}{fraction}");
        let digits = written.trim_start_matches('0');
        let places = i64::try_from(fraction.len()).ok()? + hundredths - i64::from(exponent);
        let zeros = u32::try_from((-places).max(0)).ok()?;
        let (length, places) = (u32::try_from(digits.len()).ok()?, places.max(0));
        let places = u32::try_from(places).ok()?;
        if length.checked_add(zeros)? > DIGITS || places > DIGITS {
            return None;
        }
        let size: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        let size = size * 10_i128.pow(zeros);
        Some(Decimal { mantissa: if is_negative { -size } else { size }, places })
    }

    /// The nearest double.
    pub fn value(self) -> f64 {
        nearest(self.mantissa, 10_u128.pow(self.places))
    }
}

/// `count` values from `low` to `high` at even distances: item k is the double nearest to the exact
/// `low + k (high - low) / (count - 1)`.
///
/// `None` if `count` is below 2 or above 1,000, or if the digits of the two numbers together are too many
/// for exact arithmetic.
pub fn evenly_spaced(low: Decimal, high: Decimal, count: u64) -> Option<Vec<f64>> {
    if !(2..=MOST).contains(&count) {
        return None;
    }
    let places = low.places.max(high.places);
    let scaled = |own: Decimal| own.mantissa.checked_mul(10_i128.pow(places - own.places));
    let (low, high) = (scaled(low)?, scaled(high)?);
    let last = i128::from(count - 1);
    if low.abs().max(high.abs()) > 10_i128.pow(DIGITS + 8) {
        return None;
    }
    let below = 10_u128.pow(places) * (count - 1) as u128;
    Some((0..=last).map(|k| nearest(low * (last - k) + high * k, below)).collect())
}

/// The double nearest to a fraction of whole numbers, ties to even. The lower one is below 2^126.
fn nearest(above: i128, below: u128) -> f64 {
    if above == 0 {
        return 0.0;
    }
    let size = above.unsigned_abs();
    let (mut quotient, mut rest, mut halvings) = (size / below, size % below, 0_u32);
    // Two bits more than a double has, below which one bit says whether anything is left.
    while quotient < 1 << 54 {
        rest *= 2;
        let bit = rest >= below;
        rest -= if bit { below } else { 0 };
        quotient = quotient << 1 | u128::from(bit);
        halvings += 1;
    }
    // The bits that a double cannot hold are rounded in the conversion; halving is exact.
    let value = (quotient << 1 | u128::from(rest != 0)) as f64;
    let value = (0..=halvings).fold(value, |value, _| value * 0.5);
    if above < 0 { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaced(low: &str, high: &str, count: u64) -> Vec<f64> {
        let read = |text| Decimal::read(text).expect("a number");
        evenly_spaced(read(low), read(high), count).expect("few digits")
    }

    #[test]
    fn items_are_the_doubles_that_a_person_would_write() {
        assert_eq!(spaced("0.1", "0.9", 9), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
        assert_eq!(spaced("-0.3", "0.3", 7), [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
        assert_eq!(spaced("1", "0", 3), [1.0, 0.5, 0.0]);
        assert_eq!(spaced("0%", "100%", 5), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(spaced("1e-3", "1e3", 2), [0.001, 1000.0]);
        // What doubles would add up to is another number.
        assert_ne!(0.1 + 2.0 * (0.9 - 0.1) / 8.0, 0.3);
    }

    #[test]
    fn fractions_are_rounded_to_the_nearest_double() {
        assert_eq!(spaced("0", "1", 4), [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0]);
        for count in 2..=60 {
            let items = spaced("0", "1", count);
            for (k, item) in items.iter().enumerate() {
                // A quotient of two whole doubles is correctly rounded.
                assert_eq!(*item, k as f64 / (count - 1) as f64);
            }
        }
        for text in ["0.1", "123456.789", "-7e-9", "9007199254740993", "5e-20", "0.3e1"] {
            assert_eq!(Decimal::read(text).map(Decimal::value), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_or_too_long_is_none() {
        for text in ["", "-", ".5", "5.", "x", "1e", "1e99", "0x1", "1_000", "inf", "1 2", "--1"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
        let read = |text| Decimal::read(text).expect("a number");
        assert_eq!(evenly_spaced(read("0"), read("1"), 1), None);
        assert_eq!(evenly_spaced(read("1e24"), read("1e-24"), 3), None);
    }
}
