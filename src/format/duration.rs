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
