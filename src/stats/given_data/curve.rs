//! How the mean of a result depends on one input, and how much of its variance goes with it.

use super::bin_mean::{BinMean, middle, within};
use super::interval::interval;
use crate::stats::Estimate;

/// Means of a result in equal parts of an input's uniform number, from the lowest to the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    bins: Vec<BinMean>,
    /// The largest difference that two observations can have.
    pub(super) range: f64,
}

impl Curve {
    /// With fewer observations than this for each bin that has any, nothing is told.
    pub const ENOUGH: u64 = 5;

    /// Observations of a bin that differ by less than this part of the range are equal but for rounding.
    const ROUNDING: f64 = 1e-9;

    pub(super) fn new(mut bins: Vec<BinMean>, range: f64) -> Self {
        for bin in &mut bins {
            let least = Self::ROUNDING * range;
            if bin.squares <= least * least * bin.n as f64 {
                bin.squares = 0.0;
            }
        }
        Self { bins, range }
    }

    /// The bins that have observations.
    pub(super) fn known(&self) -> Vec<BinMean> {
        self.bins.iter().copied().filter(|bin| bin.n > 0).collect()
    }

    /// The variance of observations within bins, which are known to be enough.
    pub(super) fn within(&self) -> f64 {
        within(&self.known())
    }

    /// The means of the bins that have observations; `None` for the others.
    pub fn means(&self) -> Vec<Option<f64>> {
        self.bins.iter().map(|bin| (bin.n > 0).then_some(bin.mean)).collect()
    }

    /// The variance of the result that goes with this input alone, in the square of the result's unit:
    /// the numerator of a first-order Sobol index, `Var(E[result | input])`. `None` where that is too much
    /// to ask: with one bin, fewer than [`Curve::ENOUGH`] observations a bin, or observations that are all
    /// equal and of no known range.
    ///
    /// With the means `m_b` of `B` bins of `n_b` observations that vary by `s²` within bins, it is
    /// estimated without bias by
    ///
    /// ```text
    /// 1/B Σ (m_b - m)²  -  (1 - 1/B) s² 1/B Σ 1/n_b,     m = 1/B Σ m_b
    /// ```
    ///
    /// so bins count by their probability, which is known, and not by how many observations fell in them:
    /// with equal `n_b` this is `(Σ n_b (m_b - m)² - (B - 1) s²) / n`, and with others it lacks the noise of
    /// how an accident filled the bins. Where the input does nothing, the estimate is below zero about as
    /// often as above, and is then kept as it is; the interval is cut to what can be true.
    ///
    /// # The interval
    ///
    /// `Σ (m_b - m)²` over the variance of a mean is noncentral chi-squared, and the noncentralities at
    /// which it would be that large or that small with half the chance to miss bound the variance. Where
    /// bins are not equally noisy, as they are not for an outcome that is rare in some, the variance of a
    /// mean is weighted by the bins' squared deviations, and the degrees of freedom are those with which
    /// the noise adds up to what it is (after Satterthwaite 1946, Biometrics Bulletin 2). Equal bins give
    /// `B - 1` degrees. The upper end is never below what bins as different as noise makes them would
    /// give, and allows for a cliff within a bin, which its mean does not show; it is above zero even where
    /// all observations of each bin are equal, because a kind of observation that is rare enough stays
    /// unseen.
    ///
    /// Sources: Plischke, Borgonovo & Smith 2013, "Global sensitivity measures from given data", European
    /// Journal of Operational Research 226 (indices from bins); Searle, Casella & McCulloch 1992,
    /// *Variance components* (the noise of bins).
    pub fn explained(&self, level: f64) -> Option<Estimate> {
        let known = self.known();
        let observations: u64 = known.iter().map(|bin| bin.n).sum();
        let all = known.len() as u64;
        if all < 2 || observations < Self::ENOUGH * all {
            return None;
        }
        let (bins, middle) = (all as f64, middle(&known));
        let between: f64 = known.iter().map(|bin| (bin.mean - middle) * (bin.mean - middle)).sum();
        let noise: f64 = known.iter().map(|bin| 1.0 / bin.n as f64).sum();
        let value = (between - (1.0 - 1.0 / bins) * within(&known) * noise) / bins;
        Some(Estimate { value, interval: interval(&known, self.range, level)? })
    }
}

#[cfg(test)]
mod tests {
    use crate::stats::CountedBins;

    #[test]
    fn a_bin_without_observations_counts_for_nothing() {
        let without = CountedBins::of_trials([(5, 1), (5, 4)]).curve();
        let with = CountedBins::of_trials([(5, 1), (0, 0), (5, 4)]).curve();
        assert_eq!(with.means(), [Some(0.2), None, Some(0.8)]);
        assert_eq!(with.explained(0.95), without.explained(0.95));
        // 0.09 between bins, less half of the variance within, 0.2, over five.
        let found = with.explained(0.95).expect("enough").value;
        assert!((found - 0.07).abs() < 1e-15, "{found}");
    }
}
