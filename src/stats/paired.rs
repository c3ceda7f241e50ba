//! How often an outcome came about under two policies that played the same trials.

/// How often an outcome occurred under two policies, `a` and `b`, that played the same trials with
/// the same random numbers.
///
/// Counts are of trials. Only trials in which the policies differ say anything about the difference,
/// which is why its interval is so much narrower than from independent trials.
///
/// ```
/// let counts = demarche::stats::Paired { n: 1_000, both: 200, only_a: 12, only_b: 37 };
/// assert_eq!(counts.difference(), 0.025);
/// let known = counts.interval(0.95, 1);
/// assert!((known.low - 0.0111).abs() < 1e-4 && (known.high - 0.0398).abs() < 1e-4);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paired {
    /// All trials, including those with the outcome under neither policy.
    pub n: u64,
    /// Trials with the outcome under both.
    pub both: u64,
    /// Trials with the outcome under `a` and not under `b`.
    pub only_a: u64,
    /// Trials with the outcome under `b` and not under `a`.
    pub only_b: u64,
}

impl Paired {
    /// The share of trials with the outcome under `a`, within 0..=1; `None` without trials.
    pub fn share_a(&self) -> Option<f64> {
        self.share(self.both + self.only_a)
    }

    /// The share of trials with the outcome under `b`, within 0..=1; `None` without trials.
    pub fn share_b(&self) -> Option<f64> {
        self.share(self.both + self.only_b)
    }

    /// The share under `b` less that under `a`, within -1..=1: `(only_b - only_a) / n`.
    ///
    /// It is rounded once, and exactly 0 where the shares are equal, so also without trials.
    pub fn difference(&self) -> f64 {
        let size = self.only_a.abs_diff(self.only_b);
        match self.only_a.cmp(&self.only_b) {
            std::cmp::Ordering::Equal => 0.0,
            std::cmp::Ordering::Less => size as f64 / self.n as f64,
            std::cmp::Ordering::Greater => -(size as f64 / self.n as f64),
        }
    }

    /// The standard error of [`Paired::difference`]: `sqrt(((only_a + only_b) / n - difference^2) / n)`;
    /// zero without trials.
    ///
    /// Source: McNemar 1947, "Note on the sampling error of the difference between correlated
    /// proportions or percentages", Psychometrika 12.
    pub fn standard_error(&self) -> f64 {
        if self.n == 0 {
            return 0.0;
        }
        let (n, difference) = (self.n as f64, self.difference());
        let differ = (self.only_a as f64 + self.only_b as f64) / n;
        ((differ - difference * difference).max(0.0) / n).sqrt()
    }

    /// How many times as many trials two independent runs would need for an equally sure
    /// difference: the variance of the difference under independence over that of the pairs,
    /// `(pa (1 - pa) + pb (1 - pb)) / ((only_a + only_b) / n - difference^2)`.
    ///
    /// At least 0; below 1 where the same random numbers make the policies differ more. Infinite where the
    /// difference is the same in every trial while the outcome is not; `None` where nothing varies
    /// at all, or without trials.
    ///
    /// Source: the variance of a difference of correlated counts, McNemar 1947, Psychometrika 12;
    /// the ratio is the usual measure of common random numbers, Glasserman & Yao 1992, Management
    /// Science 38.
    ///
    /// # Panics
    /// If the counts exceed `n`.
    pub fn variance_ratio(&self) -> Option<f64> {
        let discordant = u128::from(self.only_a) + u128::from(self.only_b);
        let squared = u128::from(self.only_a.abs_diff(self.only_b)).pow(2);
        ratio(self.independent(), u128::from(self.n) * discordant - squared)
    }

    /// The largest [`Paired::variance_ratio`] that any way of sharing random numbers could reach for these
    /// two shares: that with no more trials that differ than the difference asks for,
    /// `(pa (1 - pa) + pb (1 - pb)) / (|difference| (1 - |difference|))`.
    ///
    /// Infinite where the shares are equal and neither 0 nor 1; `None` where nothing varies, or
    /// without trials.
    ///
    /// Source: the upper bound of Fréchet and Hoeffding for the covariance of two events,
    /// `min(pa, pb) - pa pb`; Hoeffding 1940.
    ///
    /// # Panics
    /// If the counts exceed `n`.
    pub fn best_ratio(&self) -> Option<f64> {
        let size = u128::from(self.only_a.abs_diff(self.only_b));
        ratio(self.independent(), size * (u128::from(self.n) - size))
    }

    /// `n^2 (pa (1 - pa) + pb (1 - pb))`, exactly.
    fn independent(&self) -> u128 {
        self.check();
        [self.only_a, self.only_b]
            .map(|only| u128::from(self.both + only) * u128::from(self.n - self.both - only))
            .iter()
            .sum()
    }

    fn share(&self, count: u64) -> Option<f64> {
        (self.n > 0).then(|| count as f64 / self.n as f64)
    }

    pub(super) fn check(&self) {
        let counts = [self.both, self.only_a, self.only_b];
        let counted = counts.iter().try_fold(0u64, |sum, count| sum.checked_add(*count));
        assert!(
            counted.is_some_and(|sum| sum <= self.n),
            "more was counted than {} trials",
            self.n
        );
    }
}

/// A ratio of variances: infinite where only the second is zero, and `None` where both are.
fn ratio(above: u128, below: u128) -> Option<f64> {
    (above > 0 || below > 0).then(|| above as f64 / below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::oracle;
    use crate::stats::Interval;

    fn counts(n: u64, only_a: u64, only_b: u64) -> Paired {
        Paired { n, both: 0, only_a, only_b }
    }

    #[test]
    fn many_trials_come_near_the_plain_interval_of_the_oracle() {
        let numbers = oracle::numbers();
        let oracle = &numbers["paired_difference"];
        let whole = |key: &str| oracle[key].as_u64().unwrap();
        let number = |key: &str| oracle[key].as_f64().unwrap();
        let paired =
            Paired { n: whole("n"), both: 300, only_a: whole("n10"), only_b: whole("n01") };
        assert_eq!(paired.difference(), number("difference"));
        assert_eq!((paired.share_a(), paired.share_b()), (Some(0.312), Some(0.337)));
        let (known, width) = (paired.interval(0.95, 1), number("high_95") - number("low_95"));
        assert!((known.low - number("low_95")).abs() < 0.06 * width, "{known:?}");
        assert!((known.high - number("high_95")).abs() < 0.06 * width, "{known:?}");
        // The standard error of the oracle is that below the ratio of variances.
        let independent = 0.312 * 0.688 + 0.337 * 0.663;
        let expected = independent / (1_000.0 * number("se") * number("se"));
        assert!((paired.variance_ratio().unwrap() / expected - 1.0).abs() < 1e-12);
        assert!((paired.standard_error() / number("se") - 1.0).abs() < 1e-12);
        assert!((paired.p_value() / number("exact_p") - 1.0).abs() < 1e-10);
        assert_eq!(Paired::default().standard_error(), 0.0);
    }

    #[test]
    fn nothing_counted_says_nothing() {
        let nothing = Paired::default();
        assert_eq!((nothing.share_a(), nothing.share_b()), (None, None));
        assert_eq!((nothing.variance_ratio(), nothing.best_ratio()), (None, None));
        assert_eq!(nothing.difference().to_bits(), 0);
        assert_eq!(nothing.interval(0.95, 1), Interval { low: -1.0, high: 1.0 });
    }

    #[test]
    fn ratios_have_their_limits() {
        // The same in every trial, and the outcome varies: no trial is lost.
        let same = Paired { n: 10, both: 4, only_a: 0, only_b: 0 };
        let endless = Some(f64::INFINITY);
        assert_eq!((same.variance_ratio(), same.best_ratio()), (endless, endless));
        // Always under both, or always under b alone: nothing varies.
        for sure in [Paired { n: 10, both: 10, only_a: 0, only_b: 0 }, counts(10, 0, 10)] {
            assert_eq!((sure.variance_ratio(), sure.best_ratio()), (None, None));
        }
        // Driven apart as far as can be: half as good as independent runs.
        assert_eq!(counts(10, 5, 5).variance_ratio(), Some(0.5));
        // Independent: both a quarter, under one alone a quarter each.
        let independent = Paired { n: 8, both: 2, only_a: 2, only_b: 2 };
        assert_eq!((independent.variance_ratio(), independent.best_ratio()), (Some(1.0), endless));
        // No trial is lost to more flips than the difference asks for.
        let nested = Paired { n: 10, both: 3, only_a: 0, only_b: 2 };
        assert_eq!(nested.variance_ratio(), nested.best_ratio());
        assert!((nested.best_ratio().unwrap() - 0.46 / 0.16).abs() < 1e-15);
        let large = Paired { n: u64::MAX, both: 1 << 62, only_a: 1 << 61, only_b: 1 << 62 };
        assert!(large.variance_ratio().unwrap() <= large.best_ratio().unwrap());
    }
}
