//! What the values of a chart are, which decides how they are written, checked and placed.

use super::error::{ChartError, check_differences, check_shares, check_values};
use super::scale::Scale;
use crate::format::{
    Quantity, number, number_range, percent, percent_range, points, points_range, unsigned_points,
};

/// What the values of a chart are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlotUnit {
    /// Shares of trials, from 0 to 1, written as percentages.
    Share,
    /// Differences of two shares, from -1 to 1, written as percentage points with their sign.
    ShareDifference,
    /// Any other numbers, such as the means of a measure.
    Number,
    /// Differences of such numbers.
    NumberDifference,
}

impl PlotUnit {
    /// Whether zero means "no difference".
    pub(super) fn is_difference(self) -> bool {
        match self {
            PlotUnit::ShareDifference | PlotUnit::NumberDifference => true,
            PlotUnit::Share | PlotUnit::Number => false,
        }
    }

    /// A value as text.
    pub(super) fn text(self, value: f64) -> String {
        match self {
            PlotUnit::Share => percent(value),
            PlotUnit::ShareDifference => points(value),
            PlotUnit::Number | PlotUnit::NumberDifference => number(value),
        }
    }

    /// A range as text.
    pub(super) fn range(self, low: f64, high: f64) -> String {
        match self {
            PlotUnit::Share => percent_range(low, high),
            PlotUnit::ShareDifference => points_range(low, high),
            PlotUnit::Number | PlotUnit::NumberDifference => number_range(low, high),
        }
    }

    /// How far apart two values are, as text: percentage points for shares.
    pub(super) fn distance(self, size: f64) -> String {
        match self {
            PlotUnit::Share | PlotUnit::ShareDifference => unsigned_points(size.abs()),
            PlotUnit::Number | PlotUnit::NumberDifference => number(size.abs()),
        }
    }

    /// A value for a table.
    pub(super) fn quantity(self, value: f64) -> Quantity {
        match self {
            PlotUnit::Share => Quantity::Share(value),
            PlotUnit::ShareDifference => Quantity::Points(value),
            PlotUnit::Number | PlotUnit::NumberDifference => Quantity::Number(value),
        }
    }

    /// A range for a table.
    pub(super) fn interval(self, low: f64, high: f64) -> Quantity {
        match self {
            PlotUnit::Share => Quantity::ShareRange(low, high),
            PlotUnit::ShareDifference => Quantity::PointsRange(low, high),
            PlotUnit::Number | PlotUnit::NumberDifference => Quantity::NumberRange(low, high),
        }
    }

    /// An axis that holds all `values`.
    pub(super) fn scale(self, values: impl IntoIterator<Item = f64>) -> Scale {
        match self {
            PlotUnit::Share => Scale::shares(values),
            PlotUnit::ShareDifference => Scale::differences(values),
            PlotUnit::Number => Scale::around(values),
            PlotUnit::NumberDifference => Scale::around([0.0].into_iter().chain(values)),
        }
    }

    /// The labels of the ticks of an axis.
    pub(super) fn labels(self, scale: &Scale) -> Vec<String> {
        match self {
            PlotUnit::Share => scale.percent_labels(),
            PlotUnit::ShareDifference => scale.point_labels(),
            PlotUnit::Number | PlotUnit::NumberDifference => scale.labels(),
        }
    }

    /// Fails for values that cannot be drawn, or that cannot have this unit.
    pub(super) fn check(self, series: &str, values: &[f64]) -> Result<(), ChartError> {
        match self {
            PlotUnit::Share => check_shares(series, values),
            PlotUnit::ShareDifference => check_differences(series, values),
            PlotUnit::Number | PlotUnit::NumberDifference => check_values(series, values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_is_written_its_own_way() {
        for (unit, text, range, distance) in [
            (PlotUnit::Share, "25.0 %", "25.0 to 50.0 %", "25.0"),
            (PlotUnit::ShareDifference, "+25.0", "+25.0 to +50.0", "25.0"),
            (PlotUnit::Number, "0.25", "0.25 to 0.5", "0.25"),
            (PlotUnit::NumberDifference, "0.25", "0.25 to 0.5", "0.25"),
        ] {
            assert_eq!(unit.text(0.25), text);
            assert_eq!(unit.range(0.25, 0.5), range);
            assert_eq!(unit.distance(-0.25), distance);
            assert_eq!(unit.quantity(0.25).text(), text);
            assert_eq!(unit.interval(0.25, 0.5).text(), range);
            let scale = unit.scale([0.25, 0.5]);
            assert_eq!(unit.labels(&scale).len(), scale.ticks().len());
            assert!(unit.check("s", &[0.25, f64::NAN]).is_err());
        }
        assert_eq!(PlotUnit::NumberDifference.scale([41.0, 78.0]).low, 0.0);
        assert!(PlotUnit::Share.check("s", &[-0.1]).is_err());
        assert!(PlotUnit::ShareDifference.check("s", &[-0.1]).is_ok());
        assert!(PlotUnit::ShareDifference.check("s", &[-1.1]).is_err());
    }
}
