//! What is known of one bin.

/// The observations of one bin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct BinMean {
    pub n: u64,
    pub mean: f64,
    /// The sum of their squared deviations from the mean.
    pub squares: f64,
}

/// The middle of the means of bins, each of which counts the same.
pub(super) fn middle(bins: &[BinMean]) -> f64 {
    bins.iter().map(|bin| bin.mean).sum::<f64>() / bins.len() as f64
}

/// The variance of observations within bins, none of which is empty; NaN if each has only one.
pub(super) fn within(bins: &[BinMean]) -> f64 {
    let squares: f64 = bins.iter().map(|bin| bin.squares).sum();
    let degrees: u64 = bins.iter().map(|bin| bin.n - 1).sum();
    squares / degrees as f64
}
