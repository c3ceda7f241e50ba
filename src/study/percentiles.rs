//! The mean, standard deviation and percentiles of a column of numbers.

use crate::stats::{Moments, Sketch};

/// Percentiles by nearest rank, from a sketch whose relative error is at most
/// 2⁻¹⁰.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
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

impl Percentiles {
    /// The percentiles of a sketch; `None` if it has no values.
    pub fn of(sketch: &Sketch) -> Option<Self> {
        Some(Percentiles {
            p05: sketch.quantile(0.05)?,
            p25: sketch.quantile(0.25)?,
            p50: sketch.quantile(0.5)?,
            p75: sketch.quantile(0.75)?,
            p95: sketch.quantile(0.95)?,
        })
    }
}

/// The mean, standard deviation and percentiles of a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnSummary {
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

impl ColumnSummary {
    /// The summary of the values that moments and a sketch hold; zeros where there are none.
    pub fn of(moments: &Moments, sketch: &Sketch) -> Self {
        let point = |q| sketch.quantile(q).unwrap_or(0.0);
        ColumnSummary {
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
