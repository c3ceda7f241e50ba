//! An estimate with its interval, as charts draw it.

use super::error::ChartError;
use super::unit::PlotUnit;

/// A value with the ends of its 95 % interval, in the unit of the chart. Both ends are the value
/// where there is no interval: no whisker and no band is drawn then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlotEstimate {
    /// The value.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
}

impl PlotEstimate {
    /// A value that is known without error.
    pub fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    /// The ends of the interval, the smaller first.
    pub(super) fn ends(self) -> (f64, f64) {
        (self.low.min(self.high), self.low.max(self.high))
    }

    /// Whether it has an interval to be drawn.
    pub(super) fn has_interval(self) -> bool {
        self.low != self.high
    }

    /// The value, and the ends of its interval.
    pub(super) fn all(self) -> [f64; 3] {
        [self.value, self.low, self.high]
    }

    /// The interval as text, in brackets; empty where there is none.
    pub(super) fn bracket(self, unit: PlotUnit) -> String {
        let (low, high) = self.ends();
        match self.has_interval() {
            true => format!("({})", unit.range(low, high)),
            false => String::new(),
        }
    }

    /// The value and its interval as text, as in `41.3 % (39.1 to 43.5 %)`.
    pub(super) fn words(self, unit: PlotUnit) -> String {
        let words = format!("{} {}", unit.text(self.value), self.bracket(unit));
        words.trim_end().to_owned()
    }

    /// Fails if a value or an end of an interval cannot be drawn.
    pub(super) fn check(self, series: &str, unit: PlotUnit) -> Result<(), ChartError> {
        unit.check(series, &self.all())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_written_where_there_is_one() {
        let estimate = PlotEstimate { value: 0.4, low: 0.5, high: 0.3 };
        assert_eq!(estimate.words(PlotUnit::Share), "40.0 % (30.0 to 50.0 %)");
        assert_eq!(PlotEstimate::exact(3.0).words(PlotUnit::Number), "3");
        assert!(PlotEstimate::exact(1.5).check("s", PlotUnit::Share).is_err());
        assert!(PlotEstimate::exact(f64::NAN).check("s", PlotUnit::Number).is_err());
        assert_eq!(PlotEstimate::exact(1.5).check("s", PlotUnit::Number), Ok(()));
    }
}
