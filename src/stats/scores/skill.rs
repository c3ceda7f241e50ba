//! How much better one forecaster did than another over many cases.

use crate::numeric::student_quantile;
use crate::stats::interval::{Interval, tail};
use crate::stats::moments::Moments;

/// The mean score of a forecaster against that of another on the same cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skill {
    /// The mean score of the forecaster.
    pub own: f64,
    /// The mean score of the other.
    pub reference: f64,
    /// `1 - own / reference`, a ratio of means: 1 is a perfect forecaster, 0 one who does as well as the
    /// other, and a negative number one who does worse.
    pub skill: f64,
    /// The interval for the skill over cases such as these; `None` below [`Skill::ENOUGH_CASES`], and where all differ by
    /// the same.
    pub interval: Option<Interval>,
}

impl Skill {
    /// Below this many cases no interval is told: a few of one kind say nothing of others.
    pub const ENOUGH_CASES: usize = 10;

    /// The skill from the scores of both, case by case; `None` where it means nothing: without cases, where
    /// the other's mean is zero, or where one of the two is infinite.
    ///
    /// The interval is that of Student for the ratio of two means over the same cases (the delta method),
    /// with a degree of freedom less than there are cases. It counts the cases as drawn from many alike, and
    /// each by itself.
    ///
    /// Source: "Student" 1908, "The probable error of a mean", Biometrika 6; Cochran 1977, *Sampling
    /// techniques*, section 6.4.
    ///
    /// # Panics
    /// If the lists are not of the same length, or `level` is not strictly between 0 and 1.
    pub fn of(own: &[f64], reference: &[f64], level: f64) -> Option<Self> {
        assert_eq!(own.len(), reference.len(), "both are scored on the same cases");
        if !own.iter().chain(reference).all(|score| score.is_finite()) {
            return None;
        }
        let [own_mean, reference_mean] = [own, reference].map(|all| Moments::of_group(all).mean());
        let (own_mean, reference_mean) = (own_mean?, reference_mean.filter(|mean| *mean > 0.0)?);
        let ratio = own_mean / reference_mean;
        let residuals: Vec<f64> =
            own.iter().zip(reference).map(|(own, other)| own - ratio * other).collect();
        let n = own.len() as f64;
        let sd = Moments::of_group(&residuals).sd().filter(|sd| *sd > 0.0);
        let interval = sd.filter(|_| own.len() >= Self::ENOUGH_CASES).map(|sd| {
            let half = -student_quantile(tail(level, 1), n - 1.0) * sd / n.sqrt() / reference_mean;
            Interval::around(1.0 - ratio, half, f64::NEG_INFINITY, f64::INFINITY)
        });
        Some(Skill { own: own_mean, reference: reference_mean, skill: 1.0 - ratio, interval })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{PhiloxStream, normal_quantile, unit};
    use rand::Rng;

    #[test]
    fn a_ratio_of_means_is_no_mean_of_ratios() {
        let skill = Skill::of(&[0.1, 0.9], &[0.2, 1.0], 0.95).unwrap();
        assert!((skill.skill - (1.0 - 1.0 / 1.2)).abs() < 1e-12);
        assert_eq!(skill.interval, None);
    }

    #[test]
    fn what_means_nothing_is_not_told() {
        assert_eq!(Skill::of(&[], &[], 0.95), None);
        assert_eq!(Skill::of(&[0.1, 0.2], &[0.0, 0.0], 0.95), None);
        assert_eq!(Skill::of(&[0.1, 0.2], &[1.0, f64::INFINITY], 0.95), None);
        assert_eq!(Skill::of(&[f64::INFINITY, 0.2], &[1.0, 1.0], 0.95), None);
        // Twenty cases that are all the same tell nothing of others.
        let same = Skill::of(&[0.5; 20], &[1.0; 20], 0.95).unwrap();
        assert_eq!((same.skill, same.interval), (0.5, None));
    }

    #[test]
    fn intervals_begin_at_ten_cases_and_hold() {
        let scores = |n: u32, seed: u32| -> (Vec<f64>, Vec<f64>) {
            let mut bits = PhiloxStream::new([8, seed], [0; 4]);
            let mut next = || normal_quantile(unit(bits.next_u64()));
            // Means of 0.6 and 0.8, which hang together.
            (0..n)
                .map(|_| {
                    let (common, own, other) = (next(), next(), next());
                    (0.6 + 0.1 * common + 0.1 * own, 0.8 + 0.1 * common + 0.1 * other)
                })
                .unzip()
        };
        let (own, other) = scores(9, 1);
        assert_eq!(Skill::of(&own, &other, 0.95).unwrap().interval, None);
        for n in [10, 60] {
            let holds = (0..4_000).filter(|seed| {
                let (own, other) = scores(n, *seed);
                Skill::of(&own, &other, 0.95).unwrap().interval.unwrap().contains(0.25)
            });
            let share = holds.count() as f64 / 4e3;
            // 0.95 with four standard errors, and a hundredth for the delta method.
            assert!((share - 0.95).abs() < 0.014 + 0.01, "{n}: {share}");
        }
    }

    /// By mpmath: the variance of a ratio of means from both variances and the covariance.
    #[test]
    fn the_interval_is_that_of_the_delta_method() {
        let own = [0.10, 0.25, 0.40, 0.15, 0.60, 0.35, 0.20, 0.55, 0.30, 0.50];
        let reference = [0.30, 0.45, 0.40, 0.35, 0.70, 0.40, 0.45, 0.50, 0.60, 0.65];
        let found = Skill::of(&own, &reference, 0.95).unwrap();
        assert!((found.skill - 7.0 / 24.0).abs() < 1e-14, "{found:?}");
        let known = found.interval.unwrap();
        assert!((known.low - 0.115_664_429_173_489_57).abs() < 1e-11, "{known:?}");
        assert!((known.high - 0.467_668_904_159_843_76).abs() < 1e-11, "{known:?}");
    }
}
