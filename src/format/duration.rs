//! Durations, and how much was done per second.

use super::count::count;
use super::digits::size;
use super::number::number;

/// A duration in seconds with one decimal: `12.3 s`, `<0.1 s`.
///
/// # Examples
///
/// ```
/// use demarche::format::seconds;
///
/// assert_eq!([seconds(12.34), seconds(0.004)], ["12.3 s", "<0.1 s"]);
/// ```
pub fn seconds(duration: f64) -> String {
    format!("{} s", size(duration.max(0.0), 1))
}

/// About how long something takes, from seconds, in the unit that people would use and with no more digits than an
/// estimate has: `5.3 ms`, `53 s`, `16 min`, `3.5 h`, `12 days`, `3,200 years`.
///
/// # Examples
///
/// ```
/// use demarche::format::rough_time;
///
/// assert_eq!([0.00534, 0.49, 53.2].map(rough_time), ["5.3 ms", "0.49 s", "53 s"]);
/// assert_eq!([950.0, 12_700.0, 1e11].map(rough_time), ["16 min", "3.5 h", "3,200 years"]);
/// ```
pub fn rough_time(duration: f64) -> String {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    const YEAR: f64 = 365.25 * DAY;
    // Each unit from two of it on, or from a tenth of a second.
    let units = [
        (YEAR, "years"),
        (DAY, "days"),
        (HOUR, "h"),
        (MINUTE, "min"),
        (1.0, "s"),
        (1e-3, "ms"),
        (1e-6, "µs"),
    ];
    let is_enough = |size: f64| if size == 1.0 { duration >= 0.1 } else { duration >= 2.0 * size };
    let found = units.into_iter().find(|(size, _)| is_enough(*size));
    let (unit, name) = found.unwrap_or((1e-6, "µs"));
    format!("{} {name}", two_digits(duration.max(0.0) / unit))
}

/// An estimate, with no more than two digits that count: `0.49`, `5.3`, `53`, `3,200`.
///
/// # Examples
///
/// ```
/// use demarche::format::two_digits;
///
/// assert_eq!([0.493, 5.34, 9.96, 53.2, 99.6].map(two_digits), ["0.49", "5.3", "10", "53", "100"]);
/// assert_eq!([190_244.0, f64::INFINITY].map(two_digits), ["190,000", "∞"]);
/// ```
pub fn two_digits(value: f64) -> String {
    match value {
        _ if !value.is_finite() => number(value),
        0.0..1.0 => size(value, 2),
        1.0..9.95 => size(value, 1),
        _ => {
            let mut step = 1.0;
            while value / step >= 99.5 {
                step *= 10.0;
            }
            count(((value / step).round() * step) as u64)
        }
    }
}

/// How many things were done per second: `125,000 trials/s`, with three digits below a hundred.
///
/// # Examples
///
/// ```
/// use demarche::format::rate;
///
/// assert_eq!(rate(1250.7, "trials"), "1,250 trials/s");
/// assert_eq!(rate(0.254, "trials"), "0.254 trials/s");
/// ```
pub fn rate(per_second: f64, what: &str) -> String {
    let digits = if per_second < 100.0 { number(per_second) } else { count(per_second as u64) };
    format!("{digits} {what}/s")
}
