//! The data of a heat map.

use super::error::{ChartError, check_length};
use super::estimate::PlotEstimate;
use super::swept::SweptValues;
use super::unit::PlotUnit;

/// A grid of cells for two swept values: the stronger the shade, the larger the result.
///
/// For differences, blue is more and vermilion is less, and white is none; a cell with a dot cannot be
/// told from zero, and a line runs where the sign of the difference changes. Numbers stand in cells if
/// they fit. Numbers of the vertical axis rise upwards, labels are listed downwards. The chart is 800
/// pixels wide.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, HeatAxis, HeatCell, HeatChart, PlotEstimate, PlotUnit, SweptValues};
///
/// let cell = |value: f64| HeatCell {
///     estimate: PlotEstimate { value, low: value - 0.03, high: value + 0.03 },
///     is_clear: value.abs() > 0.03,
/// };
/// let axis = |name: &str, values: &[f64]| HeatAxis {
///     name: name.to_owned(),
///     values: SweptValues::Numbers(values.to_vec()),
/// };
/// let chart = HeatChart {
///     title: "Talks avoid war where it is cheap".to_owned(),
///     subtitle: "2,000 trials in each cell on common random numbers".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     of: "War under Talks less that under Nothing new, in percentage points".to_owned(),
///     outcome: None,
///     unit: PlotUnit::ShareDifference,
///     across: axis("Washington’s cost of war", &[0.1, 0.9]),
///     upwards: axis("Pyongyang’s fear", &[0.5]),
///     cells: vec![vec![cell(-0.21), cell(0.01)]],
/// };
/// assert!(chart.svg()?.contains("−21.0 (−24.0 to −18.0)"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct HeatChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// What the result is, with its unit.
    pub of: String,
    /// The id of the outcome that it is about, if any.
    pub outcome: Option<String>,
    /// What the values of the result are.
    pub unit: PlotUnit,
    /// What is swept from left to right.
    pub across: HeatAxis,
    /// What is swept from the bottom to the top or, for labels, from the top to the bottom.
    pub upwards: HeatAxis,
    /// For each value of `upwards`, in its order, a cell for each value of `across`.
    pub cells: Vec<Vec<HeatCell>>,
}

/// What is swept along one side.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatAxis {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: SweptValues,
}

/// The result for one pair of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatCell {
    /// The result.
    pub estimate: PlotEstimate,
    /// Whether it can be told from zero; read for differences only.
    pub is_clear: bool,
}

/// The largest number of rows and columns that are drawn.
pub(super) const MOST: usize = 40;
impl HeatChart {
    /// Fails for cells that are not one for each pair of values, and for values that cannot be drawn.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        self.across.values.check(&self.across.name)?;
        self.upwards.values.check(&self.upwards.name)?;
        check_length(&self.upwards.name, self.cells.len(), self.upwards.values.len())?;
        for cells in &self.cells {
            check_length(&self.across.name, cells.len(), self.across.values.len())?;
            cells.iter().try_for_each(|cell| cell.estimate.check(&self.of, self.unit))?;
        }
        Ok(())
    }

    /// The cells that are drawn.
    pub(super) fn shown(&self) -> impl Iterator<Item = &HeatCell> + Clone {
        self.cells.iter().take(MOST).flat_map(|cells| cells.iter().take(MOST))
    }

    /// The text in a cell.
    pub(super) fn text(&self, cell: &HeatCell) -> String {
        self.unit.text(cell.estimate.value)
    }
}
