//! How often something happens, as people say it: so many of a hundred.

use super::count::{count, counted};
use super::range;

/// A share of trials in whole ones of a hundred, or of all trials where these are fewer: `12 of 100
/// trials`. Only zero is `none`, and only one is `all`.
///
/// # Examples
///
/// ```
/// use demarche::format::of_hundred;
///
/// assert_eq!(of_hundred(0.123, 1_000), "12 of 100 trials");
/// assert_eq!(of_hundred(0.25, 12), "3 of 12 trials");
/// assert_eq!(of_hundred(0.0, 1_000), "none of 1,000 trials");
/// assert_eq!(of_hundred(0.0003, 10_000), "fewer than 1 of 100 trials");
/// ```
pub fn of_hundred(share: f64, trials: u64) -> String {
    match times(share, trials) {
        0 => format!("none of {}", counted(trials, "trial")),
        all if all == trials => format!("all {}", counted(trials, "trial")),
        _ => format!("{} of {}", of_the_hundred(share, trials), counted(trials.min(100), "trial")),
    }
}

/// Shares of the same number of trials, from the smallest to the largest: `8 to 12 of 100 trials`.
pub fn of_hundred_span(smallest: f64, largest: f64, trials: u64) -> String {
    if of_hundred(smallest, trials) == of_hundred(largest, trials) {
        return of_hundred(largest, trials);
    }
    format!(
        "{} of {}",
        among_hundred_span(smallest, largest, trials),
        counted(trials.min(100), "trial")
    )
}

/// The same without what it is of, where that stands beside it: `8 to 12`.
pub fn among_hundred_span(smallest: f64, largest: f64, trials: u64) -> String {
    let [low, high] = [smallest, largest].map(|share| of_the_hundred(share, trials));
    if low == high { low } else { range(low, high) }
}

/// How many of a hundred, or of all trials where these are fewer.
fn of_the_hundred(share: f64, trials: u64) -> String {
    let (times, of) = (times(share, trials), trials.min(100));
    let hundredths = (share * of as f64).round() as u64;
    match hundredths {
        _ if times == 0 => "0".to_owned(),
        _ if times == trials => count(of),
        0 => "fewer than 1".to_owned(),
        all if all == of => format!("more than {}", count(of - 1)),
        some => count(some),
    }
}

/// The number of trials that is this share of them.
fn times(share: f64, trials: u64) -> u64 {
    (share * trials as f64).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_zero_is_none_and_only_one_is_all() {
        for (hits, trials, text) in [
            (123, 1_000, "12 of 100 trials"),
            (125, 1_000, "13 of 100 trials"),
            (0, 1_000, "none of 1,000 trials"),
            (4, 1_000, "fewer than 1 of 100 trials"),
            (5, 1_000, "1 of 100 trials"),
            (994, 1_000, "99 of 100 trials"),
            (996, 1_000, "more than 99 of 100 trials"),
            (1_000, 1_000, "all 1,000 trials"),
            (12, 100, "12 of 100 trials"),
            (1, 7, "1 of 7 trials"),
            (1, 1, "all 1 trial"),
        ] {
            assert_eq!(of_hundred(hits as f64 / trials as f64, trials), text);
        }
    }

    #[test]
    fn spans_have_one_number_where_both_read_the_same() {
        assert_eq!(of_hundred_span(0.08, 0.12, 1_000), "8 to 12 of 100 trials");
        assert_eq!(of_hundred_span(0.121, 0.12, 1_000), "12 of 100 trials");
        assert_eq!(of_hundred_span(0.0, 0.12, 1_000), "0 to 12 of 100 trials");
        assert_eq!(of_hundred_span(0.001, 1.0, 1_000), "fewer than 1 to 100 of 100 trials");
        assert_eq!(of_hundred_span(0.0, 0.0, 50), "none of 50 trials");
        assert_eq!(among_hundred_span(0.09, 0.131, 1_000), "9 to 13");
        assert_eq!(among_hundred_span(0.13, 0.131, 1_000), "13");
        assert_eq!(among_hundred_span(0.25, 0.25, 12), "3");
    }
}
