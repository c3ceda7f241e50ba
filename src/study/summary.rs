//! The summary of a run: all counts and distributions over its trials.

use super::endings::{EndByOutcome, Ending};
use crate::engine::MoveCounts;
use crate::stats::{Interval, Moments, Sketch, wilson};

/// The level of confidence of every interval.
pub const LEVEL: f64 = 0.95;

/// Quantiles by nearest rank, from a sketch whose relative error is at most
/// 2⁻¹⁰.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Points {
    /// The 5th percentile.
    pub p05: f64,
    /// The 25th percentile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The 75th percentile.
    pub p75: f64,
    /// The 95th percentile.
    pub p95: f64,
}

impl Points {
    /// The quantiles of a sketch; `None` if it has no values.
    pub fn of(sketch: &Sketch) -> Option<Self> {
        Some(Points {
            p05: sketch.quantile(0.05)?,
            p25: sketch.quantile(0.25)?,
            p50: sketch.quantile(0.5)?,
            p75: sketch.quantile(0.75)?,
            p95: sketch.quantile(0.95)?,
        })
    }
}

/// The mean, standard deviation and quantiles of a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many values there were.
    pub count: u64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation (n − 1).
    pub sd: f64,
    /// The 5th percentile. Percentiles are by nearest rank from a sketch whose relative error is at
    /// most 2⁻¹⁰.
    pub p05: f64,
    /// The 25th percentile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The 75th percentile.
    pub p75: f64,
    /// The 95th percentile.
    pub p95: f64,
}

impl Spread {
    /// The spread of the values in these moments and this sketch; all zero if there are none.
    pub fn of(moments: &Moments, sketch: &Sketch) -> Self {
        let point = |q| sketch.quantile(q).unwrap_or(0.0);
        Spread {
            count: moments.n(),
            mean: moments.mean().unwrap_or(0.0),
            sd: moments.sd().unwrap_or(0.0),
            p05: point(0.05),
            p25: point(0.25),
            p50: point(0.5),
            p75: point(0.75),
            p95: point(0.95),
        }
    }
}

/// The counts and distributions over all trials of a run.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many trials there were.
    pub trials: u64,
    /// How many ended in each outcome, in file order; unresolved last.
    pub outcomes: Vec<u64>,
    /// State and measures: a name and a spread for the start and the end of
    /// each step. A label has one entry for each of its values, `phase:war`.
    pub series: Vec<(String, Vec<Spread>)>,
    /// When trials ended in which outcome, by outcome and time.
    pub endings: Vec<Ending>,
    /// The numbers of state and measures at the end, by number and outcome.
    pub ends: Vec<EndByOutcome>,
    /// Assumptions: name, formula, spread.
    pub assumptions: Vec<(String, String, Spread)>,
    /// Counts of moves, by [`crate::engine::counted_options`].
    pub moves: MoveCounts,
    /// In how many trials each happening happened at least once.
    pub happened: Vec<u64>,
    /// How often each variable was assigned.
    pub assigned: Vec<u64>,
    /// How often each variable was clamped to its range.
    pub clamped: Vec<u64>,
    /// For each actor, its rationality λ times the spread of the expected utility V over its options.
    pub decisiveness: Vec<Spread>,
    /// For each actor, λ times the standard error of the difference of V between its best option and
    /// its second best.
    pub coarseness: Vec<Spread>,
}

impl Summary {
    /// The share of an outcome.
    pub fn share(&self, outcome: usize) -> f64 {
        if self.trials == 0 { 0.0 } else { self.outcomes[outcome] as f64 / self.trials as f64 }
    }

    /// The Monte Carlo interval of each outcome for itself (Wilson, 95 %).
    pub fn intervals(&self) -> Vec<Interval> {
        self.outcomes.iter().map(|count| wilson(*count, self.trials, LEVEL)).collect()
    }
}
