//! The mean of trial-by-trial differences of a number, and how well it is known.

use serde::{Deserialize, Serialize};

use super::folding::{Folding, GroupSums};
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairedMean {
    sums: Folding<SkewedSums>,
    differing: u64,
}

/// Moments up to the third.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct SkewedSums {
    moments: Moments,
    /// The sum of the cubes of the deviations from the mean.
    cubes: f64,
}

/// A group of values while it is summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct OpenGroup {
    moments: Moments,
    first: Option<f64>,
    /// The sum of the cubes of the deviations from the first value.
    cubes: f64,
}

impl SkewedSums {
    /// The mean, and the sum of the squares of the deviations from it.
    fn mean_and_squares(&self) -> Option<(f64, f64)> {
        let sd = self.moments.sd().unwrap_or(0.0);
        Some((self.moments.mean()?, (self.moments.n() as f64 - 1.0) * sd * sd))
    }
}

impl GroupSums for SkewedSums {
    type Open = OpenGroup;

    fn put(open: &mut OpenGroup, values: &[f64]) {
        open.moments.add_all(values);
        for value in values {
            let away = value - *open.first.get_or_insert(*value);
            open.cubes += away * away * away;
        }
    }

    fn of(open: &OpenGroup) -> Self {
        let mut sums = SkewedSums { moments: open.moments, cubes: 0.0 };
        let known = sums.mean_and_squares().zip(open.first);
        if let Some(((mean, squares), first)) = known {
            let (n, shift) = (open.moments.n() as f64, mean - first);
            // Σ (x - m)³ from the sums about another point a, with m - a = d: Σ (x - a)³ - 3 d Σ (x - m)² - n d³.
            sums.cubes = open.cubes - 3.0 * shift * squares - n * shift * shift * shift;
        }
        sums
    }

    /// Source: Pébay 2008, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
    /// statistical moments", Sandia report SAND2008-6212, equation 1.5 for the third moment.
    fn merge(&mut self, later: &Self) {
        if let (Some((a, squares_a)), Some((b, squares_b))) =
            (self.mean_and_squares(), later.mean_and_squares())
        {
            let (n_a, n_b) = (self.moments.n() as f64, later.moments.n() as f64);
            let (n, away) = (n_a + n_b, b - a);
            self.cubes += later.cubes
                + away * away * away * n_a * n_b * (n_a - n_b) / (n * n)
                + 3.0 * away * (n_a * squares_b - n_b * squares_a) / n;
        } else if self.moments.n() == 0 {
            self.cubes = later.cubes;
        }
        self.moments.merge(&later.moments);
    }
}

impl PairedMean {
    /// With fewer differences that are not zero than this, Student's interval is not trusted.
    pub const ENOUGH: u64 = 20;
    /// A standard deviation of less than this part of the mean is rounding error.
    const ROUNDING: f64 = 1e-9;

    /// The differences of a column.
    pub fn of(differences: &[f64]) -> Self {
        let mut all = PairedMean::default();
        all.add_all(differences);
        all
    }

    /// No differences yet, from that of this trial on.
    pub fn from(first: u64) -> Self {
        PairedMean { sums: Folding::from(first), differing: 0 }
    }

    /// Adds differences, in the order of their trials.
    pub fn add_all(&mut self, differences: &[f64]) {
        self.sums.add(differences);
        self.differing += differences.iter().map(|own| u64::from(*own != 0.0)).sum::<u64>();
    }

    /// Joins the differences of the trials that follow.
    pub fn join(&mut self, later: Self) {
        self.sums.join(later.sums);
        self.differing += later.differing;
    }

    /// The mean, the standard deviation and the number of the differences, those of zero included.
    pub fn moments(&self) -> Moments {
        self.sums.value().moments
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
        let sums = self.sums.value();
        let (mean, sd) = (sums.moments.mean()?, sums.moments.sd()?);
        let n = sums.moments.n();
        let unseen = |count| clopper_pearson(count, n, level, comparisons).high;
        if self.differing < Self::ENOUGH {
            let most = reach? * unseen(self.differing);
            let bound = Interval { low: -most, high: most };
            return Some(bound.hull(sums.student(outside, n as f64 - 1.0)?));
        }
        if sd <= Self::ROUNDING * mean.abs() {
            let most = (reach.unwrap_or(mean.abs()) + mean.abs()) * unseen(0);
            return Some(Interval { low: mean - most, high: mean + most });
        }
        let freedom = self.differing as f64 - 1.0;
        Some(sums.student(outside, freedom)?.hull(sums.hall(outside, freedom)?))
    }
}

impl SkewedSums {
    /// A skewness below this changes nothing.
    const SKEWED: f64 = 1e-6;

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
        let (sd, n) = (self.moments.sd()?, self.moments.n() as f64);
        let skewness = self.cubes / n / (sd * sd * sd);
        Some(if skewness.is_finite() { skewness } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::oracle::{assert_close, list};
    use crate::stats::oracle::statistics;

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
            PairedMean::of(&moved).sums.value().skewness().unwrap()
        };
        // Σ (x - m)³ / n / s³, the divisor of s² being n - 1.
        assert!((skewness(0.0) - 0.626_966_517_383_224_3).abs() < 1e-12, "{}", skewness(0.0));
        assert!((skewness(1e9) - skewness(0.0)).abs() < 1e-6);
    }

    #[test]
    fn cubes_of_joined_groups_are_those_of_another_program() {
        let all = statistics();
        let parts = all["skewed"]["parts"].as_array().expect("a list");
        let mut joined = SkewedSums::default();
        let mut wanted = list(&all["skewed"]["cubes"]).into_iter();
        for part in parts {
            let mut open = OpenGroup::default();
            SkewedSums::put(&mut open, &list(part));
            let own = SkewedSums::of(&open);
            let cubes = wanted.next().expect("one for each part");
            assert!((own.cubes - cubes).abs() <= 1e-11 * cubes.abs(), "{}, {cubes}", own.cubes);
            joined.merge(&own);
        }
        assert_close(joined.cubes, wanted.next().expect("all together"), 1e-11, "joined");
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

    /// The ends of Hall's interval by solving its cubic equation with mpmath, and Student's where those are longer.
    #[test]
    fn skewed_differences_have_halls_interval() {
        let cubes: Vec<f64> = (0..21).map(|x| f64::from(1 + x * x * x)).collect();
        let rare: Vec<f64> = (0..50).map(|i| f64::from((i - 19).max(0))).map(|x| x * x).collect();
        for (values, low, high) in [
            (cubes, 968.279_637_567_517, 3_499.884_909_939_135),
            (rare, 111.951_698_035_885_86, 279.521_746_889_986_4),
        ] {
            let known = PairedMean::of(&values).interval(None, 0.95, 1).unwrap();
            assert!((known.low / low - 1.0f64).abs() < 1e-10, "{known:?}, not {low}");
            assert!((known.high / high - 1.0f64).abs() < 1e-10, "{known:?}, not {high}");
        }
    }

    #[test]
    fn the_bound_by_the_reach_is_joined_with_students_interval() {
        // Three of forty differ by 1: the mean is 3/40.
        let mut values = vec![0.0; 40];
        values[..3].fill(1.0);
        let known = PairedMean::of(&values).interval(Some(0.5), 0.95, 2).expect("a reach");
        let most = 0.5 * clopper_pearson(3, 40, 0.95, 2).high;
        let variance = (3.0 * 0.925 * 0.925 + 37.0 * 0.075 * 0.075) / 39.0;
        let half = -student_quantile(0.0125, 39.0) * (variance / 40.0_f64).sqrt();
        assert!((known.low - (-most).min(0.075 - half)).abs() < 1e-12, "{known:?}");
        assert!((known.high - most.max(0.075 + half)).abs() < 1e-12, "{known:?}");
        // Where every trial differs by the same, those not seen may differ by the reach or as much again.
        let same = PairedMean::of(&[-4.0; 30]);
        let unseen = clopper_pearson(0, 30, 0.95, 1).high;
        for (reach, most) in [(Some(10.0), 14.0 * unseen), (None, 8.0 * unseen)] {
            let known = same.interval(reach, 0.95, 1).expect("enough differ");
            assert!((known.low - (-4.0 - most)).abs() < 1e-12, "{known:?}");
            assert!((known.high - (-4.0 + most)).abs() < 1e-12, "{known:?}");
        }
        // A spread of a thousandth of the mean is no rounding.
        let near: Vec<f64> = (0..30).map(|at| 1.0 + 1e-3 * f64::from(at % 2)).collect();
        let known = PairedMean::of(&near).interval(Some(10.0), 0.95, 1).expect("enough differ");
        assert!(known.high - known.low < 1e-3, "{known:?}");
    }

    #[test]
    fn differences_that_are_not_zero_are_counted() {
        let mut all = PairedMean::of(&[0.0, 1.5, 0.0, -2.0, 1e-300]);
        assert_eq!(all.differing(), 3);
        all.add_all(&[0.0, 4.0]);
        assert_eq!((all.differing(), all.moments().n()), (4, 7));
    }

    /// The numbers 1 to 21 have the mean 11 and the variance 38.5, in any unit.
    #[test]
    fn differences_in_a_small_unit_have_students_interval_too() {
        let values: Vec<f64> = (1..=21).map(|x| 1e-9 * f64::from(x)).collect();
        let known = PairedMean::of(&values).interval(Some(1.0), 0.95, 1).expect("enough differ");
        let half = 2.085_963_447_265_837 * (38.5f64 / 21.0).sqrt();
        assert!((1e9 * known.high - 11.0 - half).abs() < 1e-9, "{known:?}");
        assert!((1e9 * known.low - 11.0 + half).abs() < 1e-9, "{known:?}");
    }
}
