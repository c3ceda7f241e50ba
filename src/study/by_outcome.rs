//! Counts and distributions over the trials that ended in one outcome.

use super::percentiles::Percentiles;

/// How many trials ended in one outcome at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingCount {
    /// The outcome; unresolved is the last.
    pub outcome: usize,
    /// The time: 0 is the start, and `n` the end of the `n`-th step, as in the series. A trial that no
    /// outcome ends early ends with the last step.
    pub row: usize,
    /// The number of trials.
    pub trials: u64,
}

/// The distribution of a number at the end of the trials that ended in one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndByOutcome {
    /// The position of the number among state and measures.
    pub series: usize,
    /// The outcome; unresolved is the last.
    pub outcome: usize,
    /// How many trials.
    pub trials: u64,
    /// Its percentiles over these trials.
    pub percentiles: Percentiles,
}
