//! The digits of a number, from which the other files of this module make their texts.

/// Distances from zero, and of shares from one, below this are errors of rounding.
pub(super) const ROUNDING: f64 = 1e-12;

/// The text of a number that is not finite; `None` for every other number.
pub(super) fn not_finite(value: f64) -> Option<&'static str> {
    match value {
        v if v.is_nan() => Some(super::UNKNOWN),
        f64::INFINITY => Some("∞"),
        f64::NEG_INFINITY => Some("−∞"),
        _ => None,
    }
}

/// `value` with `decimals` decimals, its thousands set apart, and a minus sign unless all digits
/// are zero.
pub(super) fn fixed(value: f64, decimals: usize) -> String {
    if let Some(text) = not_finite(value) {
        return text.to_owned();
    }
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && !is_zero(&text) {
        out.push('−');
    }
    out.push_str(&grouped(whole));
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A size that is not negative, with `decimals` decimals: `0` only where it is zero, and `<0.1`
/// (with one decimal) where rounding would make it zero.
pub(super) fn size(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = fixed(value, decimals);
    if !is_zero(&text) {
        return text;
    }
    match decimals {
        0 => "<1".to_owned(),
        _ => format!("<0.{}1", "0".repeat(decimals - 1)),
    }
}

/// Whether a written number has no digit but zeros.
fn is_zero(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0' | b'.' | b','))
}

/// Digits with a comma before every third from the right.
pub(super) fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `value` as a mantissa with up to `digits` decimals and a power of ten: `1.2×10¹²`.
pub(super) fn scientific(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{:.*e}", digits, value.abs());
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if value < 0.0 { "−" } else { "" };
    let power: String = power.chars().map(superscript).collect();
    format!("{sign}{}×10{power}", trimmed(mantissa))
}

fn superscript(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}

/// A written number without the zeros at the end of its fraction.
pub(super) fn trimmed(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

/// The power of ten of the leading digit once `value` is rounded to three digits, which is how it
/// will be written.
pub(crate) fn exponent(value: f64) -> i32 {
    parse_exponent(&format!("{value:.2e}"))
}

/// The power of ten of the last digit that is not zero, looking at three digits.
pub(super) fn last_digit(value: f64) -> i32 {
    let text = format!("{value:.2e}");
    let mantissa = text.split('e').next().unwrap_or("0");
    let decimals = trimmed(mantissa).len().saturating_sub(2);
    parse_exponent(&text) - i32::try_from(decimals).unwrap_or(0)
}

fn parse_exponent(text: &str) -> i32 {
    text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minus_sign_stands_only_before_digits_that_are_not_all_zero() {
        for (value, decimals, text) in [
            (-1234.56, 1, "−1,234.6"),
            (-0.04, 1, "0.0"),
            (999_999.5, 0, "1,000,000"),
            (f64::NAN, 1, "?"),
            (f64::NEG_INFINITY, 1, "−∞"),
        ] {
            assert_eq!(fixed(value, decimals), text);
        }
    }

    #[test]
    fn only_zero_is_written_as_zero() {
        for (value, decimals, text) in [
            (0.0, 1, "0"),
            (1e-15, 1, "<0.1"),
            (1e-9, 2, "<0.01"),
            (0.04, 1, "<0.1"),
            (0.5, 0, "<1"),
            (0.05, 2, "0.05"),
        ] {
            assert_eq!(size(value, decimals), text);
        }
    }

    #[test]
    fn exponents_are_those_of_the_rounded_number() {
        assert_eq!([exponent(999.6), exponent(999.4), exponent(0.05)], [3, 2, -2]);
        assert_eq!([last_digit(2.5), last_digit(2.0), last_digit(500.0)], [-1, 0, 2]);
    }
}
