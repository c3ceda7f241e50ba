//! A small drawing of a distribution, to stand in a table.

use std::fmt::Write;

use crate::format::number;

/// The drawing's size, in CSS pixels.
const WIDTH: f64 = 132.0;
const HEIGHT: f64 = 30.0;
/// The height of the line on which the bars stand.
const BASE: f64 = 24.0;
/// How many bars there are.
const BARS: usize = 22;

/// The middle of a distribution and how far it spreads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Middle {
    /// One value in twenty is below.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// One value in twenty is above.
    pub high: f64,
}

impl Middle {
    /// The middle of some values, by nearest rank; `None` if there are none.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        let rank = |share: f64| {
            sorted[((share * sorted.len() as f64).ceil() as usize).clamp(1, last + 1) - 1]
        };
        Some(Middle { low: rank(0.05), median: rank(0.5), high: rank(0.95) })
    }

    /// Whether the values differ, so that there is a distribution to draw.
    pub fn varies(self) -> bool {
        self.high > self.low
    }
}

/// A histogram with a line from the 5th to the 95th percentile and a mark at the median, as SVG;
/// `None` if all values are equal. The colours are set by the page's style sheet.
pub(super) fn sparkline(values: &[f64]) -> Option<String> {
    let finite = |value: &&f64| value.is_finite();
    let low = values.iter().filter(finite).copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().filter(finite).copied().fold(f64::NEG_INFINITY, f64::max);
    let width = high - low;
    if !(width > 0.0 && width.is_finite()) {
        return None;
    }
    let mut counts = [0_u32; BARS];
    for value in values.iter().filter(finite) {
        let at = ((value - low) / width * BARS as f64) as usize;
        counts[at.min(BARS - 1)] += 1;
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
    let step = WIDTH / BARS as f64;
    let mut out = format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         aria-hidden=\"true\" focusable=\"false\"><path class=\"spark-bars\" d=\""
    );
    for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (f64::from(*count) / most * (BASE - 2.0)).max(1.0);
        let x = index as f64 * step + 0.5;
        let _ = write!(out, "M{x:.1} {BASE}v-{height:.1}h{:.1}v{height:.1}z", step - 1.0);
    }
    let middle = Middle::of(values)?;
    let x = |value: f64| ((value - low) / width * WIDTH).clamp(0.0, WIDTH);
    let _ = write!(
        out,
        "\"/><path class=\"spark-range\" d=\"M{:.1} 27H{:.1}\"/><circle class=\"spark-middle\" \
         cx=\"{:.1}\" cy=\"27\" r=\"2.5\"/></svg>",
        x(middle.low),
        x(middle.high),
        x(middle.median)
    );
    Some(out)
}

/// The median and the range as text.
pub(super) fn in_words(middle: Middle) -> String {
    format!("{} ({} to {})", number(middle.median), number(middle.low), number(middle.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_by_nearest_rank() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(Middle::of(&values), Some(Middle { low: 5.0, median: 50.0, high: 95.0 }));
        assert_eq!(Middle::of(&[7.0]), Some(Middle { low: 7.0, median: 7.0, high: 7.0 }));
        assert_eq!(Middle::of(&[]), None);
    }

    #[test]
    fn values_that_are_alike_or_beyond_reach_draw_nothing() {
        for values in [vec![], vec![1.0; 9], vec![f64::INFINITY; 3], vec![f64::MIN, f64::MAX]] {
            assert_eq!(sparkline(&values), None, "{values:?}");
        }
    }

    #[test]
    fn the_fullest_bar_is_the_highest() {
        let mut values = vec![0.0, 1.0];
        values.extend([0.5; 50]);
        let svg = sparkline(&values).expect("it varies");
        assert!(svg.contains("v-22.0h") && svg.contains("v-1.0h"), "{svg}");
        assert_eq!(svg.matches("h5.0").count(), 3, "{svg}");
    }
}
