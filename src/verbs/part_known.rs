//! A part of a variance, with the interval that it is known within.

use crate::chart::PlotEstimate;
use crate::format::{whole_percent, whole_percent_range};

/// A number with the interval that it is known within.
#[derive(Clone, Copy)]
pub(crate) struct PartKnown {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl PartKnown {
    /// The estimate and its interval, if there are any.
    pub fn of(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> Option<Self> {
        Some(PartKnown { value: value?, low: low?, high: high? })
    }

    /// As a percentage: `34 % (31 to 37 %)`.
    pub fn words(self) -> String {
        let value = whole_percent(self.value.clamp(0.0, 1.0));
        format!("{value} ({})", whole_percent_range(self.low, self.high.min(1.0)))
    }

    /// The same for a chart.
    pub fn estimate(self) -> PlotEstimate {
        PlotEstimate { value: self.value, low: self.low, high: self.high }
    }

    /// Whether it can be told from zero.
    pub fn is_clear(self) -> bool {
        self.low > 0.0
    }
}
