//! Values of a menu as people read and write them: evenly spaced ones such as 1/3 have more digits than
//! anybody writes.

/// Values of up to so many digits are read and written as they are.
const FEW_DIGITS: usize = 6;
/// The fewest digits to which other values are rounded.
const LEAST_DIGITS: usize = 2;
/// The digits that tell any two doubles apart.
const MOST_DIGITS: usize = 17;

/// The values of a name of a menu, where one has many digits each rounded to as few significant digits,
/// from two on, as tell all of them apart, so that each label is read as its value. Digits before the
/// point are never rounded away.
pub(super) fn labels(values: &[f64]) -> Vec<String> {
    let exact: Vec<String> = values.iter().map(f64::to_string).collect();
    if exact.iter().all(|text| digits(text) <= FEW_DIGITS) {
        return exact;
    }
    let rounded = |count| values.iter().map(|value| rounded(*value, count)).collect::<Vec<_>>();
    let tell_apart = |labels: &Vec<String>| {
        let mut pairs = labels.iter().zip(values);
        pairs.all(|(label, value)| meant(label, values) == Some(*value))
    };
    (LEAST_DIGITS..=MOST_DIGITS).map(rounded).find(tell_apart).unwrap_or(exact)
}

/// The value that a text means: the one that it says, or else the only one that it is when rounded to as
/// many digits as the text has behind its point, if that one has more than six digits.
pub(super) fn meant(text: &str, values: &[f64]) -> Option<f64> {
    let written: f64 = text.trim().parse().ok()?;
    if let Some(exact) = values.iter().find(|value| **value == written) {
        return Some(*exact);
    }
    if written == 0.0 || !written.is_finite() {
        return None;
    }
    let rounds = |value: &&f64| alike(text.trim(), **value) == Some(written);
    let mut near = values.iter().filter(rounds);
    match (near.next(), near.next()) {
        (Some(value), None) if digits(&value.to_string()) > FEW_DIGITS => Some(*value),
        _ => None,
    }
}

/// A value rounded to as many digits behind the point as a text has, in its notation.
fn alike(text: &str, value: f64) -> Option<f64> {
    let (number, is_power) = match text.split_once(['e', 'E']) {
        Some((number, _)) => (number, true),
        None => (text, false),
    };
    let places = number.split_once('.').map_or(0, |(_, behind)| behind.len()).min(MOST_DIGITS);
    let rounded = if is_power { format!("{value:.places$e}") } else { format!("{value:.places$}") };
    rounded.parse().ok()
}

/// A value rounded to so many significant digits, or to a whole number if that has more.
fn rounded(value: f64, count: usize) -> String {
    let exact = value.to_string();
    if digits(&exact) <= count {
        return exact;
    }
    let scientific = format!("{value:.*e}", count - 1);
    let power = scientific.split_once('e').and_then(|(_, power)| power.parse::<i64>().ok());
    let places = count as i64 - 1 - power.unwrap_or(0);
    format!("{value:.*}", places.max(0) as usize)
}

/// How many significant digits a plain decimal text has.
fn digits(text: &str) -> usize {
    let all: String = text.chars().filter(char::is_ascii_digit).collect();
    let all = all.trim_start_matches('0');
    if text.contains('.') { all.len() } else { all.trim_end_matches('0').len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_as_few_digits_as_tell_values_apart() {
        let thirds = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
        assert_eq!(labels(&thirds), ["0", "0.33", "0.67", "1"]);
        assert_eq!(labels(&[0.125, 0.5, -12.25]), ["0.125", "0.5", "-12.25"]);
        assert_eq!(labels(&[0.3, 1.0 / 3.0, 0.3333]), ["0.3", "0.33333", "0.3333"]);
        assert_eq!(labels(&[12345.678901, 2e4 / 3.0]), ["12346", "6667"]);
        assert_eq!(labels(&[1e21, -1.0 / 3.0]), ["1000000000000000000000", "-0.33"]);
        assert_eq!(labels(&[0.3000001, 0.9]), ["0.30", "0.9"]);
    }

    #[test]
    fn a_value_is_meant_by_its_digits_if_it_is_the_only_one() {
        let thirds = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
        for (text, value) in [
            ("0.333", Some(1.0 / 3.0)),
            (" 0.33 ", Some(1.0 / 3.0)),
            ("3.3e-1", Some(1.0 / 3.0)),
            ("0.67", Some(2.0 / 3.0)),
            ("1.0", Some(1.0)),
            ("0.66", None),
            ("0.34", None),
            ("0.5", None),
            ("inf", None),
            ("nan", None),
            ("x", None),
        ] {
            assert_eq!(meant(text, &thirds), value, "{text}");
        }
        // Two round to it; one can be written; nothing is left of it.
        assert_eq!(meant("0.3", &[1.0 / 3.0, 0.3123456789]), None);
        assert_eq!(meant("1", &[0.9, 0.2]), None);
        assert_eq!(meant("0", &[1.0 / 3.0, 5.0]), None);
    }

    #[test]
    fn every_label_means_its_value() {
        for count in 2..=64_u32 {
            let values: Vec<f64> =
                (0..count).map(|k| 0.1 + f64::from(k) * 1.7 / f64::from(count - 1)).collect();
            for (label, value) in labels(&values).iter().zip(&values) {
                assert_eq!(meant(label, &values), Some(*value), "{count} {label}");
            }
        }
    }
}
