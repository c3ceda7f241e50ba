//! The data of a chart of how outcomes depend on inputs.

use super::curve_axis::CurveAxis;
use super::data::ChartCell;
use super::error::{ChartError, check_length, check_values};
use super::estimate::PlotEstimate;
use super::outcome_name::OutcomeName;
use super::unit::PlotUnit;
use crate::format::Quantity;

/// Panels side by side, one for each input: the share of trials that end in each outcome, with a band
/// for its 95 % interval, against the value of the input.
///
/// The first three inputs are shown, and the six outcomes that vary most over them, whose names stand
/// at the right ends of the lines of the last panel. A bin of numbers is a step; labels, and numbers
/// without width, are points with whiskers. Where the outermost bins reach far beyond the others or to
/// infinity, they are cut off, which an arrow says; where most bins would be squeezed together, all are
/// drawn equally wide, and ticks say which values they meet at. The chart is 800 pixels wide.
///
/// # Examples
///
/// ```
/// use demarche::chart::{
///     Chart, Colour, CurveBins, CurveInput, CurvesChart, OutcomeName, PlotEstimate,
/// };
///
/// let war =
///     OutcomeName { id: "war".to_owned(), label: "War".to_owned(), colour: Colour::series(0) };
/// let chart = CurvesChart {
///     title: "War needs a low cost of war".to_owned(),
///     subtitle: "10,000 trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     outcomes: vec![war],
///     inputs: vec![CurveInput {
///         name: "Washington’s cost of war".to_owned(),
///         importance: "explains 34 % of the variance (31 to 37 %)".to_owned(),
///         bins: CurveBins::Ranges(vec![(0.0, 0.5), (0.5, f64::INFINITY)]),
///         shares: vec![vec![
///             PlotEstimate { value: 0.41, low: 0.39, high: 0.43 },
///             PlotEstimate { value: 0.08, low: 0.07, high: 0.09 },
///         ]],
///     }],
/// };
/// assert!(chart.svg()?.contains("War 41.0 % (39.0 to 43.0 %)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CurvesChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The outcomes: all that matter, or only the one asked for.
    pub outcomes: Vec<OutcomeName>,
    /// The inputs, the most important first.
    pub inputs: Vec<CurveInput>,
}

/// One input, and how the outcomes depend on it.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveInput {
    /// Its name, which stands below its panel on up to three lines.
    pub name: String,
    /// Its importance in words, which stands below its name on up to three lines.
    pub importance: String,
    /// Its values.
    pub bins: CurveBins,
    /// For each outcome of the chart, the share of trials that end in it, for each bin.
    pub shares: Vec<Vec<PlotEstimate>>,
}

/// The values of an input, in bins.
#[derive(Debug, Clone, PartialEq)]
pub enum CurveBins {
    /// The lowest and the highest value of each bin, in ascending order. Both are equal for a single
    /// value. Only the first lowest value may be minus infinity, and the last highest one infinity.
    Ranges(Vec<(f64, f64)>),
    /// Labels, in the order in which they are drawn.
    Labels(Vec<String>),
}

impl CurveBins {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            CurveBins::Ranges(ranges) => ranges.len(),
            CurveBins::Labels(labels) => labels.len(),
        }
    }

    /// The values of a bin as text.
    pub(super) fn words(&self, bin: usize) -> String {
        match self {
            CurveBins::Ranges(ranges) => Self::quantity(ranges[bin]).text(),
            CurveBins::Labels(labels) => labels[bin].clone(),
        }
    }

    /// The values of a bin for a table.
    pub(super) fn cell(&self, bin: usize) -> ChartCell {
        match self {
            CurveBins::Ranges(ranges) => Self::quantity(ranges[bin]).into(),
            CurveBins::Labels(labels) => labels[bin].as_str().into(),
        }
    }

    fn quantity((low, high): (f64, f64)) -> Quantity {
        if low == high { Quantity::Number(low) } else { Quantity::NumberRange(low, high) }
    }

    /// The axis on which they lie.
    pub(super) fn axis(&self) -> CurveAxis {
        match self {
            CurveBins::Ranges(ranges) => CurveAxis::ranges(ranges),
            CurveBins::Labels(labels) => CurveAxis::labels(labels),
        }
    }

    /// Fails for ends that are no numbers, but for infinite ones at the outermost ends.
    pub(super) fn check(&self, name: &str) -> Result<(), ChartError> {
        let CurveBins::Ranges(ranges) = self else { return Ok(()) };
        let last = ranges.len().saturating_sub(1);
        for (bin, (low, high)) in ranges.iter().enumerate() {
            if !(bin == 0 && *low == f64::NEG_INFINITY) {
                check_values(name, &[*low])?;
            }
            if !(bin == last && *high == f64::INFINITY) {
                check_values(name, &[*high])?;
            }
        }
        Ok(())
    }
}

/// The largest number of panels, and of lines in each.
const PANELS: usize = 3;
const LINES: usize = 6;

impl CurvesChart {
    /// Fails for an input without shares for each outcome and bin, and for values that cannot be drawn.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        for input in &self.inputs {
            check_length(&input.name, input.shares.len(), self.outcomes.len())?;
            input.bins.check(&input.name)?;
            for (outcome, shares) in self.outcomes.iter().zip(&input.shares) {
                check_length(&outcome.label, shares.len(), input.bins.len())?;
                shares.iter().try_for_each(|e| e.check(&outcome.label, PlotUnit::Share))?;
            }
        }
        Ok(())
    }

    /// The inputs that are drawn.
    pub(super) fn shown(&self) -> &[CurveInput] {
        &self.inputs[..self.inputs.len().min(PANELS)]
    }

    /// The outcomes that are drawn, in their order: those that vary most.
    pub(super) fn lines(&self) -> Vec<usize> {
        let swing = |outcome: usize| {
            let input = |input: &CurveInput| {
                let values = input.shares.get(outcome).into_iter().flatten().map(|e| e.value);
                let ends = values.fold(None, |ends: Option<(f64, f64)>, value| match ends {
                    None => Some((value, value)),
                    Some((low, high)) => Some((low.min(value), high.max(value))),
                });
                ends.map_or(0.0, |(low, high)| high - low)
            };
            self.shown().iter().map(input).fold(0.0, f64::max)
        };
        let mut lines: Vec<usize> = (0..self.outcomes.len()).collect();
        lines.sort_by(|a, b| swing(*b).total_cmp(&swing(*a)));
        lines.truncate(LINES);
        lines.sort_unstable();
        lines
    }
}
