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
        let [p05, p25, p50, p75, p95] = sketch.quantiles([0.05, 0.25, 0.5, 0.75, 0.95])?;
        Some(Percentiles { p05, p25, p50, p75, p95 })
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
    /// The summary of the values of a sketch alone, whose mean and standard deviation are those of
    /// [`Sketch::moments`]; zeros where there are none.
    pub fn of_sketch(sketch: &Sketch) -> Self {
        let (count, mean, sd) = sketch.moments();
        ColumnSummary { count, mean, sd, ..Self::of(&Moments::default(), sketch) }
    }

    /// The summary of the values that moments and a sketch hold; zeros where there are none.
    pub fn of(moments: &Moments, sketch: &Sketch) -> Self {
        let of = Percentiles::of(sketch);
        let [p05, p25, p50, p75, p95] =
            of.map_or([0.0; 5], |of| [of.p05, of.p25, of.p50, of.p75, of.p95]);
        ColumnSummary {
            count: moments.n(),
            mean: moments.mean().unwrap_or(0.0),
            sd: moments.sd().unwrap_or(0.0),
            p05,
            p25,
            p50,
            p75,
            p95,
        }
    }
}
