//! The range of a value axis, and where its ticks lie.

use crate::format::{exponent, percent_tick_labels, point_tick_labels, tick_labels};

/// About how many gaps between ticks an axis has.
const GAPS: f64 = 5.0;

/// Values whose spread is below this share of the largest magnitude count as equal: it is rounding
/// error.
const FLAT: f64 = 1e-9;

/// A value axis from `low` to `high`, both of them ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    step: f64,
}

impl Scale {
    /// An axis that contains all `values`. It starts at zero if zero is near, and extends to both
    /// sides of values that are all equal.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Self {
        let range = values.into_iter().fold(None, |range: Option<(f64, f64)>, v| match range {
            None => Some((v, v)),
            Some((low, high)) => Some((low.min(v), high.max(v))),
        });
        let (mut low, mut high) = range.unwrap_or((0.0, 1.0));
        let magnitude = low.abs().max(high.abs());
        if magnitude < f64::MIN_POSITIVE * 1e10 {
            return Self::nice(0.0, 1.0);
        }
        if high - low <= magnitude * FLAT {
            (low, high) = (low - magnitude * 0.1, high + magnitude * 0.1);
        }
        if low > 0.0 && low < high * 0.4 {
            low = 0.0;
        } else if high < 0.0 && high > low * 0.4 {
            high = 0.0;
        }
        Self::nice(low, high)
    }

    /// An axis for shares: from zero to a round percentage above the largest of them, or to 100 %
    /// if that is near.
    pub fn shares(values: impl IntoIterator<Item = f64>) -> Self {
        let largest = values.into_iter().fold(0.0, f64::max).min(1.0);
        if largest <= 0.0 || largest > 0.8 {
            return Self::nice(0.0, 1.0);
        }
        // At least 0.001 %, so that tick labels stay short.
        Self::nice(0.0, largest.max(1e-5))
    }

    /// An axis for differences of shares: it contains zero, and spans at least 0.2 percentage
    /// points.
    pub fn differences(values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) =
            values.into_iter().fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        let lacking = (0.002 - (high - low)).max(0.0);
        Self::nice(low - lacking / 2.0, high + lacking / 2.0)
    }

    fn nice(low: f64, high: f64) -> Self {
        let raw = (high - low) / GAPS;
        let decade = power_of_ten(exponent(raw));
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .map(|m| m * decade)
            .into_iter()
            .find(|step| *step >= raw * 0.999)
            .unwrap_or(decade * 10.0);
        // The slack keeps 0.6 / 0.2 from being rounded up to 4 steps.
        let first = (low / step + 1e-6).floor();
        let last = (high / step - 1e-6).ceil();
        Self { low: first * step, high: last * step, step }
    }

    /// Where `value` lies: 0 at the low end, 1 at the high end. Values beyond an end lie at that
    /// end.
    pub fn position(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The ticks, from low to high.
    pub fn ticks(&self) -> Vec<f64> {
        let gaps = ((self.high - self.low) / self.step).round().clamp(1.0, 20.0) as u32;
        (0..=gaps)
            .map(|i| {
                let tick = self.low + f64::from(i) * self.step;
                // Rounding may leave a tick very close to zero.
                if tick.abs() < self.step * 1e-6 { 0.0 } else { tick }
            })
            .collect()
    }

    /// The ticks written as numbers.
    pub fn labels(&self) -> Vec<String> {
        tick_labels(&self.ticks(), self.step)
    }

    /// The ticks written as percentages.
    pub fn percent_labels(&self) -> Vec<String> {
        percent_tick_labels(&self.ticks(), self.step)
    }

    /// The ticks written as percentage points with their signs; zero is a plain zero.
    pub fn point_labels(&self) -> Vec<String> {
        point_tick_labels(&self.ticks(), self.step)
    }
}

/// 10 to the power of `exponent`, correctly rounded.
fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_correctly_rounded() {
        assert_eq!([power_of_ten(-3), power_of_ten(0), power_of_ten(22)], [0.001, 1.0, 1e22]);
    }

    #[test]
    fn the_axis_holds_its_values_and_has_few_ticks() {
        for (low, high) in [
            (41.0, 78.0),
            (0.0, 1e12),
            (1e-9, 3e-9),
            (-5.0, 5.0),
            (1e12, 1e12 + 1.0),
            (-1e300, 1e300),
            (0.0, 5e-324),
            (7.0, 7.0),
        ] {
            let scale = Scale::around([low, high]);
            let ticks = scale.ticks();
            assert!(scale.low <= low && scale.high >= high, "{scale:?}");
            assert!((2..=9).contains(&ticks.len()), "{low} {high} {ticks:?}");
            assert!(ticks.is_sorted_by(|a, b| a < b), "{ticks:?}");
            assert_eq!(scale.labels().len(), ticks.len());
            assert!((0.0..=1.0).contains(&scale.position(high)));
        }
    }

    #[test]
    fn zero_is_shown_when_it_is_near() {
        assert_eq!(Scale::around([3.0, 10.0]).low, 0.0);
        assert_eq!(Scale::around([41.0, 78.0]).low, 40.0);
        assert_eq!(Scale::around([-10.0, -3.0]).high, 0.0);
    }

    #[test]
    fn shares_start_at_zero_and_end_at_a_round_percentage() {
        assert_eq!(
            Scale::shares([0.43]).percent_labels(),
            ["0 %", "10 %", "20 %", "30 %", "40 %", "50 %"]
        );
        assert_eq!(Scale::shares([0.93]).high, 1.0);
        assert_eq!(Scale::shares([]).high, 1.0);
        assert_eq!(Scale::shares([1e-9]).percent_labels().len(), 6);
    }

    #[test]
    fn differences_hold_zero_and_are_signed() {
        assert_eq!(
            Scale::differences([-0.032, 0.051]).point_labels(),
            ["−4", "−2", "0", "+2", "+4", "+6"]
        );
        assert_eq!(Scale::differences([0.02, 0.04]).low, 0.0);
        for values in [vec![], vec![0.0], vec![1e-12]] {
            let labels = Scale::differences(values).point_labels();
            assert!(labels.contains(&"0".to_owned()) && labels.len() > 2, "{labels:?}");
        }
    }
}
