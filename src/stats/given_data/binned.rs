//! Observations counted or summed in bins of an input's uniform number.

use super::bin_mean::BinMean;
use super::curve::Curve;
use crate::stats::Moments;

/// The bin in which a uniform number lies, when the unit interval is cut into `bins` equal ones.
///
/// # Panics
/// If there are no bins.
pub fn bin_of(number: f64, bins: usize) -> usize {
    assert!(bins > 0, "at least one bin is needed");
    // A number of exactly one belongs to the last bin; NaN to the first.
    ((number * bins as f64) as usize).min(bins - 1)
}

/// Observations of an outcome in one bin. Each observation is a number of `repeats` plays of the same
/// numbers, of which some ended in the outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountedBin {
    /// How many observations.
    pub n: u64,
    /// The sum of their plays that ended in the outcome.
    pub successes: u64,
    /// The sum of the squares of these numbers.
    pub squares: u64,
}

/// How often an outcome occurred, by the bin of an input's uniform number.
///
/// All sums are whole numbers, so parts can be merged in any order.
///
/// ```
/// use demarche::stats::CountedBins;
/// // The outcome occurs if the number is above a half: the input explains all of a variance of ¼.
/// let mut bins = CountedBins::new(20, 1);
/// for trial in 0..1_000 {
///     let number = (trial as f64 + 0.5) / 1e3;
///     bins.add(number, u64::from(number > 0.5));
/// }
/// let explained = bins.curve().explained(0.95).expect("50 trials a bin are enough");
/// assert_eq!(explained.value, 0.25);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedBins {
    repeats: u64,
    bins: Vec<CountedBin>,
}

impl CountedBins {
    /// Empty bins, for observations of `repeats` plays each; 1 for ordinary trials.
    ///
    /// # Panics
    /// If there are no bins or no repeats.
    pub fn new(bins: usize, repeats: u64) -> Self {
        assert!(bins > 0 && repeats > 0, "bins and repeats are at least one");
        Self { repeats, bins: vec![CountedBin::default(); bins] }
    }

    /// Bins of observations of `repeats` plays each.
    ///
    /// # Panics
    /// If there are no bins or no repeats, or more plays ended in the outcome than there are.
    pub fn of_bins(repeats: u64, bins: Vec<CountedBin>) -> Self {
        assert!(!bins.is_empty() && repeats > 0, "bins and repeats are at least one");
        for CountedBin { n, successes, .. } in &bins {
            assert!(*successes <= n * repeats, "counted {successes} of only {}", n * repeats);
        }
        Self { repeats, bins }
    }

    /// Bins of ordinary trials, from the number of trials and of those that ended in the outcome in
    /// each.
    ///
    /// # Panics
    /// If there are no bins, or more trials ended in the outcome than there are.
    pub fn of_trials(bins: impl IntoIterator<Item = (u64, u64)>) -> Self {
        let bin = |(n, successes)| CountedBin { n, successes, squares: successes };
        Self::of_bins(1, bins.into_iter().map(bin).collect())
    }

    /// Adds an observation at a uniform number of the input.
    ///
    /// # Panics
    /// If there were more successes than repeats.
    pub fn add(&mut self, number: f64, successes: u64) {
        assert!(successes <= self.repeats, "counted {successes} of only {}", self.repeats);
        let at = bin_of(number, self.bins.len());
        let bin = &mut self.bins[at];
        bin.n += 1;
        bin.successes += successes;
        bin.squares += successes * successes;
    }

    /// Adds the observations of other bins.
    ///
    /// # Panics
    /// If they are not of as many bins and repeats.
    pub fn merge(&mut self, other: &Self) {
        let alike = self.repeats == other.repeats && self.bins.len() == other.bins.len();
        assert!(alike, "bins of different kinds cannot be merged");
        for (own, other) in self.bins.iter_mut().zip(&other.bins) {
            own.n += other.n;
            own.successes += other.successes;
            own.squares += other.squares;
        }
    }

    /// The bins, from the lowest numbers to the highest.
    pub fn bins(&self) -> &[CountedBin] {
        &self.bins
    }

    /// How many plays each observation is made of.
    pub fn repeats(&self) -> u64 {
        self.repeats
    }

    /// The shares of the outcome, as a curve.
    pub fn curve(&self) -> Curve {
        let m = self.repeats as f64;
        let point = |bin: &CountedBin| {
            let (n, sum) = (u128::from(bin.n), u128::from(bin.successes));
            // Whole numbers, so that equal observations leave exactly nothing.
            let around = n * u128::from(bin.squares) - sum * sum;
            let per = |total: f64| if bin.n == 0 { 0.0 } else { total / bin.n as f64 };
            BinMean { n: bin.n, mean: per(sum as f64) / m, squares: per(around as f64) / (m * m) }
        };
        Curve::new(self.bins.iter().map(point).collect(), 1.0)
    }
}

/// Observations of a number by the bin of an input's uniform number.
///
/// Merging parts gives the same bits in the same order.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredBins {
    bins: Vec<Moments>,
}

impl MeasuredBins {
    /// Empty bins.
    ///
    /// # Panics
    /// If there are none.
    pub fn new(bins: usize) -> Self {
        assert!(bins > 0, "at least one bin is needed");
        Self { bins: vec![Moments::default(); bins] }
    }

    /// Adds an observation, a finite number, at a uniform number of the input.
    pub fn add(&mut self, number: f64, value: f64) {
        let at = bin_of(number, self.bins.len());
        self.bins[at].add(value);
    }

    /// The bins, from the lowest numbers to the highest.
    pub fn bins(&self) -> &[Moments] {
        &self.bins
    }

    /// The means, as a curve. `range` is the largest difference that two observations can have; where
    /// it is not known, the largest that was seen stands for it.
    pub fn curve(&self, range: Option<f64>) -> Curve {
        let point = |bin: &Moments| {
            let sd = bin.sd().unwrap_or(0.0);
            BinMean {
                n: bin.n(),
                mean: bin.mean().unwrap_or(0.0),
                squares: sd * sd * (bin.n().max(1) - 1) as f64,
            }
        };
        let seen = || {
            let low = self.bins.iter().filter_map(Moments::min).fold(f64::INFINITY, f64::min);
            let high = self.bins.iter().filter_map(Moments::max).fold(f64::NEG_INFINITY, f64::max);
            (high - low).max(0.0)
        };
        Curve::new(self.bins.iter().map(point).collect(), range.unwrap_or_else(seen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{PhiloxStream, unit};
    use rand::Rng;

    #[test]
    fn a_number_lies_in_one_bin() {
        let found =
            [0.0, 0.049, 0.051, 0.5, 0.999, 1.0, 2.0, -1.0, f64::NAN].map(|u| bin_of(u, 20));
        assert_eq!(found, [0, 0, 1, 10, 19, 19, 19, 0, 0]);
    }

    #[test]
    fn counts_are_those_of_the_same_numbers_and_merge_in_any_order() {
        let mut bits = PhiloxStream::new([1, 2], [0; 4]);
        let mut parts = [(); 3].map(|()| CountedBins::new(7, 5));
        let (mut all, mut measured) = (CountedBins::new(7, 5), MeasuredBins::new(7));
        for i in 0..500 {
            let (number, k) = (unit(bits.next_u64()), bits.next_u64() % 6);
            parts[i % 3].add(number, k);
            all.add(number, k);
            measured.add(number, k as f64 / 5.0);
        }
        let mut merged = CountedBins::new(7, 5);
        [2, 0, 1].iter().for_each(|i| merged.merge(&parts[*i]));
        assert_eq!(merged, all);
        assert_eq!(all.bins().iter().map(|bin| bin.n).sum::<u64>(), 500);
        let [exact, floats] =
            [all.curve(), measured.curve(Some(1.0))].map(|own| own.explained(0.95));
        let [exact, floats] = [exact.unwrap(), floats.unwrap()];
        assert!((exact.value - floats.value).abs() < 1e-14, "{exact:?} {floats:?}");
        assert!((exact.interval.high - floats.interval.high).abs() < 1e-12);
    }

    #[test]
    fn trials_are_counted_as_if_added() {
        let mut added = CountedBins::new(2, 1);
        for (number, k) in [(0.1, 1), (0.2, 0), (0.3, 1), (0.7, 1)] {
            added.add(number, k);
        }
        assert_eq!(CountedBins::of_trials([(3, 2), (1, 1)]), added);
    }

    #[test]
    #[should_panic(expected = "counted 3 of only 2")]
    fn an_impossible_count_is_refused() {
        CountedBins::of_trials([(2, 3)]);
    }

    #[test]
    fn the_noise_of_bins_is_taken_out_as_by_hand() {
        for (bins, wanted) in [([(5, 1), (5, 4)], 0.07), ([(5, 1), (10, 8)], 0.09 - 0.18 / 13.0)] {
            let found = CountedBins::of_trials(bins).curve().explained(0.95).unwrap().value;
            assert!((found - wanted).abs() < 1e-15, "{bins:?}: {found}, not {wanted}");
        }
    }
}
