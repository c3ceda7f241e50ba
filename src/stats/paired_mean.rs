//! The mean of trial-by-trial differences of a number, and how well it is known.

use super::interval::{clopper_pearson, tail};
use super::{Interval, Moments};
use crate::numeric::{pow, student_quantile};

/// The differences of a number between two policies, trial by trial with the same random numbers.
///
/// Where few trials differ, the mean rests on those few, and what they look like says little about
/// those that were not seen. So it is counted how many differ, and how lopsided their sizes are.
///
/// ```
/// use demarche::stats::PairedMean;
///
/// let differences = PairedMean::of(&[0.0; 1_000]);
/// // No trial differs, so up to 0.37 % may, and each by the whole range.
/// let known = differences.interval(Some(2.0), 0.95, 1).unwrap();
/// assert!((known.high - 2.0 * 0.00368).abs() < 1e-4 && known.low == -known.high);
/// // Without a range, there is no telling.
/// assert_eq!(differences.interval(None, 0.95, 1), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairedMean {
    moments: Moments,
    differing: u64,
    first: Option<f64>,
    cubes: f64,
}

impl PairedMean {
    /// With fewer differences that are not zero than this, Student's interval is not trusted.
    pub const ENOUGH: u64 = 20;
    /// A standard deviation of less than this part of the mean is rounding error.
    const ROUNDING: f64 = 1e-9;
    /// A skewness below this changes nothing.
    const SKEWED: f64 = 1e-6;

    /// The differences of a column.
    pub fn of(differences: &[f64]) -> Self {
        let mut all = PairedMean::default();
        all.add_all(differences);
        all
    }

    /// Adds differences, in the order of their trials.
    pub fn add_all(&mut self, differences: &[f64]) {
        self.moments.add_all(differences);
        for difference in differences {
            let away = difference - *self.first.get_or_insert(*difference);
            self.cubes += away * away * away;
            self.differing += u64::from(*difference != 0.0);
        }
    }

    /// The mean, the standard deviation and the number of the differences, those of zero included.
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// How many differences are not zero.
    pub fn differing(&self) -> u64 {
        self.differing
    }

    /// The interval for the mean difference, in the number's unit; `None` where too few trials differ
    /// to tell, and below two trials.
    ///
    /// With probability of about `level` at least, the intervals of all `comparisons` that are made
    /// together hold at once (Bonferroni). From [`PairedMean::ENOUGH`] differences that are not zero
    /// on, it is the smallest range that holds Student's interval and that of Hall, which is longer on
    /// the side on which large differences are rare; both with the degrees of freedom of the
    /// differences that are not zero. Below, it is the smallest range that holds Student's interval and
    /// `-reach q..reach q`, where no difference is larger than `reach` and `q` is the upper end of the
    /// exact interval (Clopper & Pearson) for the share of trials that differ; without a `reach`
    /// nothing is known. Where all trials differ by the same, trials that were not seen may differ
    /// otherwise: by `reach`, or without one by as much again.
    ///
    /// Sources: "Student" 1908, "The probable error of a mean", Biometrika 6; Hall 1992, "On the removal
    /// of skewness by transformation", Journal of the Royal Statistical Society B 54. The bound by
    /// `reach q` is elementary: a mean of numbers of which a share `q` is not zero is at most `q` times
    /// the largest.
    ///
    /// # Panics
    /// If `level` is not strictly between 0 and 1, or `comparisons` is 0.
    pub fn interval(&self, reach: Option<f64>, level: f64, comparisons: u64) -> Option<Interval> {
        let outside = tail(level, comparisons);
        let (mean, sd) = (self.moments.mean()?, self.moments.sd()?);
        let n = self.moments.n();
        let unseen = |count| clopper_pearson(count, n, level, comparisons).high;
        if self.differing < Self::ENOUGH {
            let most = reach? * unseen(self.differing);
            let bound = Interval { low: -most, high: most };
            return Some(bound.hull(self.student(outside, n as f64 - 1.0)?));
        }
        if sd <= Self::ROUNDING * mean.abs() {
            let most = (reach.unwrap_or(mean.abs()) + mean.abs()) * unseen(0);
            return Some(Interval { low: mean - most, high: mean + most });
        }
        let freedom = self.differing as f64 - 1.0;
        Some(self.student(outside, freedom)?.hull(self.hall(outside, freedom)?))
    }

    /// The mean, plus and minus so many standard errors.
    fn student(&self, outside: f64, freedom: f64) -> Option<Interval> {
        let error = self.moments.sd()? / (self.moments.n() as f64).sqrt();
        let half = -student_quantile(outside, freedom) * error;
        Some(Interval::around(self.moments.mean()?, half, f64::NEG_INFINITY, f64::INFINITY))
    }

    /// Hall's interval: the statistic `T` of Student is turned into `T + g T² / (3 √n) + g² T³ / (27 n)
    /// + g / (6 √n)`, which has less skewness, `g` being that of the differences; this grows with `T`,
    /// so its quantiles give those of `T`.
    fn hall(&self, outside: f64, freedom: f64) -> Option<Interval> {
        let (mean, sd, n) = (self.moments.mean()?, self.moments.sd()?, self.moments.n() as f64);
        let skewness = self.skewness()?;
        if skewness.abs() < Self::SKEWED {
            return self.student(outside, freedom);
        }
        let root = n.sqrt();
        let statistic = |t: f64| {
            let cube = 1.0 + skewness * (t / root - skewness / (6.0 * n));
            let cubic_root = pow(cube.abs(), 1.0 / 3.0).copysign(cube);
            3.0 * root / skewness * (cubic_root - 1.0)
        };
        let (t, error) = (-student_quantile(outside, freedom), sd / root);
        let (low, high) = (mean - error * statistic(t), mean - error * statistic(-t));
        Some(Interval { low: low.min(high), high: low.max(high) })
    }

    /// The mean cube of the deviations over the cube of the standard deviation; zero where it is too
    /// large for a number.
    fn skewness(&self) -> Option<f64> {
        let (mean, sd, n) = (self.moments.mean()?, self.moments.sd()?, self.moments.n() as f64);
        let shift = mean - self.first?;
        let squares = (n - 1.0) * sd * sd + n * shift * shift;
        let cubes = self.cubes - 3.0 * shift * squares + 2.0 * n * shift * shift * shift;
        let skewness = cubes / n / (sd * sd * sd);
        Some(if skewness.is_finite() { skewness } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_differences_have_students_interval_or_a_wider_one() {
        // The mean is 10, the standard deviation the root of 38.5, and there is no skewness.
        let values: Vec<f64> = (0..21).map(f64::from).collect();
        let nonzero: Vec<f64> = values.iter().map(|x| x + 1.0).collect();
        for (comparisons, level) in [(1, 0.95), (5, 0.75)] {
            let known = PairedMean::of(&nonzero).interval(None, level, comparisons).unwrap();
            let half = 2.085_963_447_265_837 * (38.5f64 / 21.0).sqrt();
            assert!((known.high - 11.0 - half).abs() < 1e-9, "{known:?}");
            assert!((known.low - 11.0 + half).abs() < 1e-9, "{known:?}");
        }
        // A long tail upwards lengthens the interval upwards.
        let skewed: Vec<f64> = values.iter().map(|x| 1.0 + x * x * x).collect();
        let known = PairedMean::of(&skewed).interval(None, 0.95, 1).unwrap();
        let mean = PairedMean::of(&skewed).moments().mean().unwrap();
        assert!(known.high - mean > 1.1 * (mean - known.low), "{known:?} around {mean}");
        let mirrored: Vec<f64> = skewed.iter().map(|x| -x).collect();
        let other = PairedMean::of(&mirrored).interval(None, 0.95, 1).unwrap();
        assert!((other.low + known.high).abs() < 1e-9 && (other.high + known.low).abs() < 1e-9);
    }

    #[test]
    fn the_skewness_does_not_depend_on_where_the_differences_lie() {
        let values: Vec<f64> = (0..40).map(|i| f64::from(i * i)).collect();
        let skewness = |by: f64| {
            let moved: Vec<f64> = values.iter().map(|x| x + by).collect();
            PairedMean::of(&moved).skewness().unwrap()
        };
        // Σ (x - m)³ / n / s³, the divisor of s² being n - 1.
        assert!((skewness(0.0) - 0.626_966_517_383_224_3).abs() < 1e-12, "{}", skewness(0.0));
        assert!((skewness(1e9) - skewness(0.0)).abs() < 1e-6);
    }

    #[test]
    fn few_differences_are_bounded_by_the_reach_or_unknown() {
        let mut values = vec![0.0; 500];
        for at in 0..20 {
            let known = PairedMean::of(&values).interval(Some(1.0), 0.95, 3);
            let known = known.expect("a reach is known");
            let most = clopper_pearson(at as u64, 500, 0.95, 3).high;
            assert!(known.low <= -most && most <= known.high, "{at}: {known:?}");
            assert_eq!(PairedMean::of(&values).interval(None, 0.95, 3), None);
            values[at] = 0.5;
        }
        let known = PairedMean::of(&values).interval(None, 0.95, 3).expect("enough differ");
        assert!(0.0 < known.low && known.low < 0.02 && known.high > 0.02, "{known:?}");
    }

    #[test]
    fn no_interval_has_a_width_of_zero() {
        let rounded = (0..50).map(|i| 0.1 + f64::from(i % 2) * 2e-17).collect();
        for values in [vec![0.0; 50], vec![0.1; 50], rounded] {
            for reach in [Some(1.0), None] {
                if let Some(known) = PairedMean::of(&values).interval(reach, 0.95, 1) {
                    assert!(known.low < known.high, "{values:?}: {known:?}");
                }
            }
        }
        let same = PairedMean::of(&[0.1; 50]).interval(None, 0.95, 1).unwrap();
        assert!((same.high - 0.1 - 0.2 * 0.0711).abs() < 1e-4, "{same:?}");
    }

    #[test]
    fn below_two_trials_nothing_is_known() {
        for few in [&[][..], &[3.0]] {
            assert_eq!(PairedMean::of(few).interval(Some(5.0), 0.95, 1), None);
        }
    }
}
