//! Whole numbers and shares as people write them on a command line.

use std::ops::RangeInclusive;

use crate::format::count;

/// A parser of whole numbers within a range, for an option: see [`whole_number`].
pub(crate) fn whole_in<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync {
    move |text| {
        let number = whole_number(text)?.filter(|number| range.contains(number));
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| format!("expected {} to {}", count(*range.start()), count(*range.end())))
    }
}

/// A whole number: `10000`, `10_000`, `10,000`, `1e4` or `1.5e3`; `None` beyond 64 bits.
///
/// # Errors
///
/// A text that is something else; a number that is not whole.
fn whole_number(text: &str) -> Result<Option<u64>, String> {
    let no_number = || "expected a whole number, such as 10000, 10_000, 10,000 or 1e4".to_owned();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
            (mantissa, exponent.parse::<i64>().map_err(|_| no_number())?)
        }
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = joined(whole).ok_or_else(no_number)?;
    if !all_digits(fraction) || whole.is_empty() || mantissa.ends_with('.') {
        return Err(no_number());
    }
    let written = format!("{whole}{fraction}");
    let digits = written.trim_end_matches('0');
    if digits.is_empty() {
        return Ok(Some(0));
    }
    // How many zeros follow the last digit that is none.
    let zeros = exponent - fraction.len() as i64 + (written.len() - digits.len()) as i64;
    if zeros < 0 {
        return Err(format!("{text} is not a whole number"));
    }
    if zeros > 20 {
        return Ok(None);
    }
    Ok(format!("{digits}{}", "0".repeat(zeros as usize)).parse().ok())
}

/// Digits without what sets groups of them apart: underscores anywhere between two digits, or commas
/// between thousands. `None` for anything else.
fn joined(text: &str) -> Option<String> {
    let is_group = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.contains(',') {
        let mut groups = text.split(',');
        let first = groups.next().is_some_and(|group| is_group(group) && group.len() <= 3);
        let others = groups.all(|group| is_group(group) && group.len() == 3);
        return (first && others).then(|| text.replace(',', ""));
    }
    text.split('_').all(is_group).then(|| text.replace('_', ""))
}

/// A share: a number from 0 to 1 or a percentage, `0.7` or `70%`.
///
/// # Errors
///
/// A text that is something else, or a share that is not within 0 to 1.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    let (digits, parts) = match text.trim_end().strip_suffix('%') {
        // Dividing by 100 rounds once, so `70%` is the same number as `0.7`.
        Some(percent) => (percent.trim_end(), 100.0),
        None => (text, 1.0),
    };
    match digits.parse::<f64>() {
        Ok(number) if (0.0..=parts).contains(&number) => Ok(number / parts),
        Ok(number) if parts == 1.0 && (1.0..=100.0).contains(&number) => {
            Err(format!("expected a number from 0 to 1, or a percentage: {text}%"))
        }
        _ => Err("expected a number from 0 to 1, or a percentage such as 70%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_read_as_people_write_them() {
        for (text, number) in [
            ("0", 0),
            ("10000", 10_000),
            ("10_000", 10_000),
            ("1_0", 10),
            ("1,000", 1_000),
            ("12,345,678", 12_345_678),
            ("1e3", 1_000),
            ("1E+3", 1_000),
            ("1.5e3", 1_500),
            ("1,500.5e1", 15_005),
            ("2.0", 2),
            ("1500e-2", 15),
            ("0e99", 0),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(whole_number(text), Ok(Some(number)), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_refused_with_the_reason() {
        let error = |text| whole_number(text).unwrap_err();
        for text in ["1.5", "1e-1", "15e-1", "0.001e2"] {
            assert_eq!(error(text), format!("{text} is not a whole number"));
        }
        for text in ["18446744073709551616", "1e20", "1e99999999"] {
            assert_eq!(whole_number(text), Ok(None), "{text}");
            assert_eq!(whole_in::<u64>(1..=1_000)(text), Err("expected 1 to 1,000".to_owned()));
        }
        for text in [
            "", "many", "-1", "+1", "1,00", "1,0000", ",100", "1000,000", "_1", "1__0", "1_", "1.",
            ".5", "1e", "1e1.5", "0x10", "1 000", "inf", "1.0.0", "1.1_0",
        ] {
            assert!(error(text).starts_with("expected a whole number"), "{text}");
        }
        assert_eq!(whole_in::<u16>(2..=10_000)("1e1"), Ok(10));
        let beyond = Err("expected 2 to 10,000".to_owned());
        assert_eq!(whole_in::<u16>(2..=10_000)("1e6"), beyond);
        assert_eq!(whole_in::<u16>(2..=10_000)("1"), beyond);
    }

    #[test]
    fn a_share_may_be_a_percentage() {
        for percent in 0..=100 {
            let plain: f64 = format!("{}.{:02}", percent / 100, percent % 100).parse().unwrap();
            assert_eq!(share(&format!("{percent}%")), Ok(plain));
            assert_eq!(share(&format!("{percent} %")), Ok(plain));
        }
        assert_eq!([share("0.7"), share("12.5%")], [Ok(0.7), Ok(0.125)]);
        assert!(share("70").unwrap_err().ends_with("a percentage: 70%"));
        for text in ["101%", "-1%", "1.01e4", "%", "much", "NaN", "NaN%"] {
            assert!(share(text).unwrap_err().contains("such as 70%"), "{text}");
        }
    }
}
