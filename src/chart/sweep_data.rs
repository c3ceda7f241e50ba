//! The data of a chart of a result against one swept value.

use super::colour::Colour;
use super::estimate::PlotEstimate;
use super::swept::SweptValues;
use super::unit::PlotUnit;

/// A result against a swept value: a panel for each world, in it a line for each policy (or outcome)
/// with a band for its 95 % interval, and below the axis a bracket for each place where two lines cross.
///
/// At most four panels are drawn, with ten lines each; names stand at the right ends of lines. The chart
/// is 800 pixels wide.
///
/// # Examples
///
/// ```
/// use demarche::chart::{
///     Chart, Colour, PlotEstimate, PlotUnit, SweepChart, SweepCrossing, SweepLine, SweepPanel,
///     SweptValues,
/// };
///
/// let line = |label: &str, index: usize, shares: [f64; 2]| SweepLine {
///     label: label.to_owned(),
///     colour: Colour::series(index),
///     outcome: None,
///     points: shares
///         .iter()
///         .map(|share| PlotEstimate { value: *share, low: share - 0.01, high: share + 0.01 })
///         .collect(),
/// };
/// let chart = SweepChart {
///     title: "Talks help only where war is cheap".to_owned(),
///     subtitle: "2,000 trials in each cell on common random numbers".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     of: "Share of trials that end in War".to_owned(),
///     unit: PlotUnit::Share,
///     swept: "Washington’s cost of war".to_owned(),
///     values: SweptValues::Numbers(vec![0.1, 0.9]),
///     panels: vec![SweepPanel {
///         world: String::new(),
///         lines: vec![line("Nothing new", 0, [0.6, 0.1]), line("Talks", 1, [0.3, 0.2])],
///         crossings: vec![SweepCrossing {
///             value: Some(0.7),
///             low: 0.66,
///             high: 0.75,
///             words: "Talks and Nothing new cross at 0.7 (0.66 to 0.75)".to_owned(),
///         }],
///     }],
/// };
/// assert!(chart.svg()?.contains("Washington’s cost of war 0.1: Nothing new 60.0 %"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SweepChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, and what the bands show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// What the result is, with its unit: the name of the vertical axis.
    pub of: String,
    /// What the values of the result are.
    pub unit: PlotUnit,
    /// What is swept: the name of the horizontal axis.
    pub swept: String,
    /// The swept values.
    pub values: SweptValues,
    /// A panel for each world, from top to bottom.
    pub panels: Vec<SweepPanel>,
}

/// The lines of one world.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepPanel {
    /// The name of the world, which stands above its panel; empty where there is only one.
    pub world: String,
    /// The lines.
    pub lines: Vec<SweepLine>,
    /// Where lines cross.
    pub crossings: Vec<SweepCrossing>,
}

/// A line: a policy, or an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepLine {
    /// Its name.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// The id of the outcome that it is about, if any.
    pub outcome: Option<String>,
    /// The result at each of the swept values.
    pub points: Vec<PlotEstimate>,
}

/// A place where two lines cross. For labels, places are counted in their order, from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepCrossing {
    /// Where they cross, if that can be told.
    pub value: Option<f64>,
    /// The lower end of the interval of the place.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// What crosses where, in words, on up to two lines below the panel.
    pub words: String,
}
