//! The labels of an axis: its ticks, all with the same number of decimals.

use super::digits::{exponent, fixed, last_digit, scientific};
use super::number::{LARGE, SMALL};

/// Labels for ticks `step` apart, with as many decimals as the step needs.
pub fn tick_labels(ticks: &[f64], step: f64) -> Vec<String> {
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

/// Labels for ticks that are shares, as percentages: `0 %`, `2.5 %`.
pub fn percent_tick_labels(ticks: &[f64], step: f64) -> Vec<String> {
    let percents: Vec<f64> = ticks.iter().map(|t| t * 100.0).collect();
    let labels = tick_labels(&percents, step * 100.0);
    labels.into_iter().map(|label| format!("{label} %")).collect()
}

/// Labels for ticks that are differences of shares, as percentage points with their signs; zero is
/// a plain `0`.
pub fn point_tick_labels(ticks: &[f64], step: f64) -> Vec<String> {
    let points: Vec<f64> = ticks.iter().map(|t| t * 100.0).collect();
    let labels = tick_labels(&points, step * 100.0).into_iter().zip(points);
    let signed = |(label, point): (String, f64)| match point {
        0.0 => "0".to_owned(),
        p if p > 0.0 => format!("+{label}"),
        _ => label,
    };
    labels.map(signed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_share_their_decimals() {
        assert_eq!(tick_labels(&[0.0, 2.5, 5.0], 2.5), ["0.0", "2.5", "5.0"]);
        assert_eq!(tick_labels(&[0.0, 500.0, 1000.0], 500.0), ["0", "500", "1,000"]);
        assert_eq!(tick_labels(&[-0.2, 0.0, 0.2], 0.2), ["−0.2", "0.0", "0.2"]);
        assert_eq!(tick_labels(&[0.0, 5e11, 1e12], 5e11), ["0", "5×10¹¹", "1×10¹²"]);
        assert_eq!(tick_labels(&[0.0, 1e-9], 1e-9), ["0", "1×10⁻⁹"]);
    }

    #[test]
    fn ticks_of_shares_and_of_their_differences_say_so() {
        assert_eq!(percent_tick_labels(&[0.0, 0.025], 0.025), ["0.0 %", "2.5 %"]);
        assert_eq!(point_tick_labels(&[-0.02, 0.0, 0.02], 0.02), ["−2", "0", "+2"]);
    }
}
