//! Numbers as people read them.
//!
//! Powers of ten come from the standard library's decimal formatting and parsing, which are exact:
//! `log10` and `powf` may differ between platforms.

/// Magnitudes from here on are written with a power of ten.
const LARGE: f64 = 1e9;
/// Magnitudes below this are written with a power of ten.
const SMALL: f64 = 1e-4;

/// A number with three significant digits below a thousand and whole from there on: `0.0031`,
/// `12.4`, `1,250`, `1.2×10¹²`.
///
/// # Examples
///
/// ```
/// use demarche::chart::number;
///
/// assert_eq!(number(1250.0), "1,250");
/// assert_eq!(number(0.0031), "0.0031");
/// ```
pub fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let magnitude = value.abs();
    if !(SMALL..LARGE).contains(&magnitude) {
        return scientific(value, 2);
    }
    let decimals = usize::try_from(2 - exponent(magnitude)).unwrap_or(0);
    trimmed(&fixed(value, decimals))
}

/// A share as a percentage with one decimal, two below one per cent: `41.3 %`, `0.25 %`. What is not
/// quite none or not quite all is not rounded to it: `<0.01 %`, `>99.9 %`.
///
/// # Examples
///
/// ```
/// use demarche::chart::percent;
///
/// assert_eq!(percent(0.4131), "41.3 %");
/// assert_eq!(percent(0.9999), ">99.9 %");
/// ```
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    if value > 0.0 && value < 0.005 {
        return "<0.01 %".to_owned();
    }
    if (99.95..100.0).contains(&value) {
        return ">99.9 %".to_owned();
    }
    format!("{} %", percent_digits(value, percent_decimals(value)))
}

/// The interval of a share, with as many decimals as the share has: `39.1–43.5 %`.
pub(super) fn percent_range(share: f64, low: f64, high: f64) -> String {
    let decimals = percent_decimals(share * 100.0);
    let digits = |share: f64| percent_digits(share * 100.0, decimals);
    format!("{}–{} %", digits(low), digits(high))
}

/// A difference of shares in percentage points, with its sign: `+3.2`, `−0.04`, and `0` where there
/// is none.
pub fn points(difference: f64) -> String {
    let value = difference * 100.0;
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = fixed(value, point_decimals(value));
    if value > 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        return format!("+{digits}");
    }
    digits
}

/// The interval of a difference of shares in percentage points, with as many decimals as the
/// difference has: `1.1 to 5.4`.
pub(super) fn points_range(difference: f64, low: f64, high: f64) -> String {
    let decimals = point_decimals(difference * 100.0);
    format!("{} to {}", fixed(low * 100.0, decimals), fixed(high * 100.0, decimals))
}

fn point_decimals(points: f64) -> usize {
    if points != 0.0 && points.abs() < 0.095 { 2 } else { 1 }
}

/// The values of one table, all with the same number of decimals and three digits for the largest.
pub(super) fn table(values: &[f64]) -> Vec<String> {
    let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let finest = power_of_ten((exponent(largest) - 2).min(0));
    let mut texts = tick_labels(values, finest);
    for (text, value) in texts.iter_mut().zip(values) {
        if *value == 0.0 {
            "0".clone_into(text);
        }
    }
    texts
}

fn percent_decimals(percentage: f64) -> usize {
    if percentage < 0.995 { 2 } else { 1 }
}

fn percent_digits(percentage: f64, decimals: usize) -> String {
    match fixed(percentage, decimals).as_str() {
        "0.0" | "0.00" => "0".to_owned(),
        "100.0" | "100.00" => "100".to_owned(),
        digits => digits.to_owned(),
    }
}

/// Labels for ticks `step` apart, all with the same number of decimals.
pub(super) fn tick_labels(ticks: &[f64], step: f64) -> Vec<String> {
    let largest = ticks.iter().fold(0.0_f64, |m, t| m.max(t.abs()));
    // A step of 2.5 needs one decimal more than a step of 2.
    let finest = last_digit(step);
    if (SMALL..LARGE).contains(&largest) {
        let decimals = usize::try_from(-finest).unwrap_or(0);
        return ticks.iter().map(|t| fixed(*t, decimals)).collect();
    }
    let digits = usize::try_from(exponent(largest) - finest).unwrap_or(0);
    ticks.iter().map(|t| scientific(*t, digits.min(15))).collect()
}

/// `value` with `decimals` decimals, thousands apart by commas, and a true minus sign.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// `value` as a mantissa with up to `digits` decimals and a power of ten.
fn scientific(value: f64, digits: usize) -> String {
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

fn trimmed(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

/// The power of ten of the leading digit once `value` is rounded to three digits, which is how it
/// will be written.
pub(super) fn exponent(value: f64) -> i32 {
    parse_exponent(&format!("{value:.2e}"))
}

/// The power of ten of the last digit that is not nought, looking at three digits.
fn last_digit(value: f64) -> i32 {
    let text = format!("{value:.2e}");
    let mantissa = text.split('e').next().unwrap_or("0");
    let decimals = trimmed(mantissa).len().saturating_sub(2);
    parse_exponent(&text) - i32::try_from(decimals).unwrap_or(0)
}

fn parse_exponent(text: &str) -> i32 {
    text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0)
}

/// 10 to the power of `exponent`, correctly rounded.
pub(super) fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_sensible_digits() {
        for (value, text) in [
            (0.0, "0"),
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
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(number(value), text);
        }
    }

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
            (-1e-12, "0 %"),
        ] {
            assert_eq!(percent(share), text);
        }
        assert_eq!(percent_range(0.413, 0.391, 0.4349), "39.1–43.5 %");
        assert_eq!(percent_range(0.0003, 0.0002, 0.0004), "0.02–0.04 %");
        assert_eq!(percent_range(0.5, 0.0, 1.0), "0–100 %");
    }

    #[test]
    fn differences_are_signed_percentage_points() {
        for (difference, text) in [
            (0.032, "+3.2"),
            (-0.0041, "−0.4"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.0003, "+0.03"),
            (-1e-9, "0.00"),
            (1e-9, "0.00"),
            (1.0, "+100.0"),
        ] {
            assert_eq!(points(difference), text);
        }
        assert_eq!(points_range(0.032, 0.011, 0.054), "1.1 to 5.4");
        assert_eq!(points_range(0.0, -0.002, 0.002), "−0.2 to 0.2");
    }

    #[test]
    fn a_table_has_one_number_of_decimals() {
        assert_eq!(table(&[12.44, 0.0, 3.0]), ["12.4", "0", "3.0"]);
        assert_eq!(table(&[0.3541, 0.05]), ["0.354", "0.050"]);
        assert_eq!(table(&[12_500.4, 3.0]), ["12,500", "3"]);
        assert_eq!(table(&[0.0]), ["0"]);
        assert!(table(&[]).is_empty());
    }

    #[test]
    fn ticks_share_their_decimals() {
        assert_eq!(tick_labels(&[0.0, 2.5, 5.0], 2.5), ["0.0", "2.5", "5.0"]);
        assert_eq!(tick_labels(&[0.0, 500.0, 1000.0], 500.0), ["0", "500", "1,000"]);
        assert_eq!(tick_labels(&[-0.2, 0.0, 0.2], 0.2), ["−0.2", "0.0", "0.2"]);
        assert_eq!(tick_labels(&[0.0, 5e11, 1e12], 5e11), ["0", "5×10¹¹", "1×10¹²"]);
        assert_eq!(tick_labels(&[0.0, 1e-9], 1e-9), ["0", "1×10⁻⁹"]);
    }
}
