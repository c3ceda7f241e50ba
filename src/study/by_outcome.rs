//! What is said of the trials that ended in one outcome.

use super::percentiles::Percentiles;

/// How many trials ended so at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingCount {
    /// The outcome; unresolved is the last.
    pub outcome: usize,
    /// When: 0 is the start, and `n` the end of the `n`-th step, as in the
    /// series. A trial that runs to its end ends with the last step.
    pub row: usize,
    /// How many.
    pub trials: u64,
}

/// A number at the end of the trials that ended in one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndByOutcome {
    /// The position of the number among state and measures.
    pub series: usize,
    /// The outcome; unresolved is the last.
    pub outcome: usize,
    /// How many trials.
    pub trials: u64,
    /// Its quantiles over them.
    pub percentiles: Percentiles,
}
