//! The data of a chart of Morris screening.

use super::estimate::PlotEstimate;
use super::unit::PlotUnit;

/// Inputs as points on the plane of Morris (1991): to the right, how large their elementary effects
/// are on average (μ*, Campolongo, Cariboni and Saltelli 2007), with whiskers; upwards, how much these
/// effects vary (σ).
///
/// Thin lines part what acts almost linearly (σ below 0.1 μ*), monotonically (below 0.5 μ*) and with
/// interactions or in changing directions (above μ*), as Garcia Sanchez, Lacarrière, Musy and Bourges
/// (2014) do. Names stand beside their points; inputs close to zero share one label, and names that
/// find no room are listed below. The chart is 800 pixels wide.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, PlotEstimate, PlotUnit, ScreeningChart, ScreeningPoint};
///
/// let chart = ScreeningChart {
///     title: "The cost of war acts most".to_owned(),
///     subtitle: "40 trajectories on common random numbers".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     of: "the share of War, in percentage points".to_owned(),
///     unit: PlotUnit::Share,
///     points: vec![ScreeningPoint {
///         label: "Washington’s cost of war".to_owned(),
///         mu_star: PlotEstimate { value: 0.32, low: 0.28, high: 0.36 },
///         sigma: 0.11,
///     }],
/// };
/// assert!(chart.svg()?.contains("μ* 32.0 (28.0 to 36.0), σ 11.0"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ScreeningChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was played, and what the whiskers show, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// On what the effects are, with its unit, as in `the share of War, in percentage points`.
    pub of: String,
    /// What the effects are effects on. Effects on shares are written in percentage points.
    pub unit: PlotUnit,
    /// The inputs, in any order.
    pub points: Vec<ScreeningPoint>,
}

/// The effects of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreeningPoint {
    /// Its name.
    pub label: String,
    /// The mean of the absolute values of its elementary effects, 0 or more.
    pub mu_star: PlotEstimate,
    /// The standard deviation of its elementary effects, 0 or more.
    pub sigma: f64,
}

impl ScreeningChart {
    /// The inputs, the strongest first; equals keep their order.
    pub(super) fn ranked(&self) -> Vec<&ScreeningPoint> {
        let mut ranked: Vec<&ScreeningPoint> = self.points.iter().collect();
        ranked.sort_by(|a, b| b.mu_star.value.total_cmp(&a.mu_star.value));
        ranked
    }

    /// An effect as the axes show it: in percentage points if it is one on a share.
    pub(super) fn shown(&self, effect: f64) -> f64 {
        match self.unit {
            PlotUnit::Share | PlotUnit::ShareDifference => effect * 100.0,
            PlotUnit::Number | PlotUnit::NumberDifference => effect,
        }
    }

    /// The tooltip of a point.
    pub(super) fn words(&self, point: &ScreeningPoint) -> String {
        let text = |effect: f64| self.unit.distance(effect);
        let (low, high) = point.mu_star.ends();
        let interval = match point.mu_star.has_interval() {
            true => format!(" ({} to {})", text(low), text(high)),
            false => String::new(),
        };
        let (mu_star, sigma) = (text(point.mu_star.value), text(point.sigma));
        format!("{}: μ* {mu_star}{interval}, σ {sigma}", point.label)
    }
}
