//! Whether two policies that played the same trials differ in the probability of an outcome, and by
//! how much.

use super::interval::{clopper_pearson, deviate, tail};
use super::{Interval, Paired};
use crate::numeric::{beta_cdf, normal_cdf};

/// Shapes of a beta distribution up to this are given to [`beta_cdf`] as they are.
const EXACT: f64 = 1e8;
/// How often a bracket is halved: enough to leave nothing but rounding.
const HALVINGS: u32 = 80;

impl Paired {
    /// The exact probability, if the policies were equally good, that at least as many of the trials
    /// that differ go one way as did, in either direction: twice the smaller tail of a binomial
    /// distribution with probability ½, at most 1. It is 1 where no trial differs.
    ///
    /// Source: McNemar 1947, "Note on the sampling error of the difference between correlated
    /// proportions or percentages", Psychometrika 12, in its exact form (the sign test).
    ///
    /// # Panics
    /// If the counts exceed `n`.
    pub fn p_value(&self) -> f64 {
        self.check();
        let (few, many) = (self.only_a.min(self.only_b), self.only_a.max(self.only_b));
        if few == many {
            return 1.0;
        }
        let (few, many) = (few as f64, many as f64);
        let below = if many <= EXACT {
            beta_cdf(0.5, many, few + 1.0)
        } else {
            normal_cdf((few + 1.0 - many) / (few + many).sqrt())
        };
        (2.0 * below).min(1.0)
    }

    /// Whether the difference stands out from the noise when `comparisons` of them are looked at:
    /// [`Paired::p_value`] is at most `(1 - level) / comparisons` (Bonferroni). If no policy changed
    /// anything, any of them would stand out in at most a share `1 - level` of runs.
    ///
    /// # Panics
    /// If `level` is not strictly between 0 and 1, `comparisons` is 0, or the counts exceed `n`.
    pub fn stands_out(&self, level: f64, comparisons: u64) -> bool {
        0.5 * self.p_value() <= tail(level, comparisons)
    }

    /// The interval for the difference, within -1..=1. It excludes zero if and only if the difference
    /// [stands out](Paired::stands_out) among as many comparisons, and it always holds
    /// [`Paired::difference`].
    ///
    /// With probability `level` or more, the intervals of all `comparisons` that are made together
    /// hold at once: their errors are shared out evenly (Bonferroni). It is the smallest range that
    /// holds both the adjusted Wald interval (Bonett & Price), which is long on the side of zero, and
    /// the score interval (Tango), which is long on the far side. The exact test has the last word
    /// about zero: where it does not reject zero, the range is extended to it, and where it does, the
    /// end nearer to zero is no nearer than the product of two exact ends, those of how much more
    /// often trials flip one way than the other and of how many flip. Without trials nothing is
    /// known and it is -1..1.
    ///
    /// It misses the difference with at most 0.94 of the probability that is left to it (`coverage`, 400
    /// and 10,000 trials of which up to 60 are expected to differ), and less if it is one of many. With 50
    /// trials of which over half differ, up to 2.4 times that probability was found.
    ///
    /// Sources: Bonett & Price 2012, "Adjusted Wald confidence interval for a difference of binomial
    /// proportions based on paired data", Journal of Educational and Behavioral Statistics 37; Tango
    /// 1998, "Equivalence test and confidence interval for the difference in proportions for the
    /// paired-sample design", Statistics in Medicine 17.
    ///
    /// # Panics
    /// If `level` is not strictly between 0 and 1, `comparisons` is 0, or the counts exceed `n`.
    pub fn interval(&self, level: f64, comparisons: u64) -> Interval {
        let z = deviate(level, comparisons);
        self.check();
        if self.n == 0 {
            return Interval { low: -1.0, high: 1.0 };
        }
        let known = self.adjusted_wald(z).hull(self.score(z));
        if !self.stands_out(level, comparisons) {
            return known.hull(Interval { low: 0.0, high: 0.0 });
        }
        let least = self.least(level, comparisons);
        if self.only_b > self.only_a {
            Interval { low: known.low.max(least), ..known }
        } else {
            Interval { high: known.high.min(-least), ..known }
        }
    }

    /// With `a = (only_a + 1) / (n + 2)` and `b = (only_b + 1) / (n + 2)`: `b - a` plus and minus
    /// `z sqrt((a + b - (b - a)^2) / (n + 2))`, extended to the difference itself where `z` is so
    /// small that it would lie outside.
    fn adjusted_wald(&self, z: f64) -> Interval {
        let n = self.n as f64 + 2.0;
        let (a, b) = ((self.only_a as f64 + 1.0) / n, (self.only_b as f64 + 1.0) / n);
        let centre = b - a;
        let error = ((a + b - centre * centre) / n).sqrt();
        let difference = self.difference();
        Interval::around(centre, z * error, -1.0, 1.0)
            .hull(Interval { low: difference, high: difference })
    }

    /// All differences that the score test does not reject.
    fn score(&self, z: f64) -> Interval {
        let swapped = Paired { only_a: self.only_b, only_b: self.only_a, ..*self };
        Interval { low: -swapped.score_high(z), high: self.score_high(z) }
    }

    /// The largest `d` with `n d - (only_b - only_a) <= z sqrt(n (2 q + d (1 - d)))`, where `q` is the
    /// most probable share of trials with the outcome under `a` only if the difference were `d`:
    /// the larger root of `2n q^2 + ((2n - only_b + only_a) d - only_a - only_b) q - only_a d (1 - d)`.
    fn score_high(&self, z: f64) -> f64 {
        let (n, a, b) = (self.n as f64, self.only_a as f64, self.only_b as f64);
        let is_inside = |d: f64| {
            let linear = (2.0 * n - b + a) * d - a - b;
            let square = linear * linear + 8.0 * n * a * d * (1.0 - d);
            let q = (square.max(0.0).sqrt() - linear) / (4.0 * n);
            n * d - (b - a) <= z * (n * (2.0 * q + d * (1.0 - d))).max(0.0).sqrt()
        };
        let (mut inside, mut outside) = (self.difference(), 1.0);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (inside + outside);
            if is_inside(middle) { inside = middle } else { outside = middle }
        }
        outside
    }

    /// For a difference that stands out, a size that it exceeds: the lower ends of how much more often
    /// a trial that flips goes that way, and of the share of trials that flip, multiplied.
    fn least(&self, level: f64, comparisons: u64) -> f64 {
        let (flips, one_way) = (self.only_a + self.only_b, self.only_a.max(self.only_b));
        let towards = 2.0 * clopper_pearson(one_way, flips, level, comparisons).low - 1.0;
        let share = clopper_pearson(flips, self.n, level, comparisons).low;
        (towards * share).max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::ln;

    fn counts(n: u64, only_a: u64, only_b: u64) -> Paired {
        Paired { n, both: 0, only_a, only_b }
    }

    fn near(found: Interval, low: f64, high: f64, tolerance: f64) {
        assert!((found.low - low).abs() < tolerance, "{found:?}, expected low {low}");
        assert!((found.high - high).abs() < tolerance, "{found:?}, expected high {high}");
    }

    #[test]
    fn the_adjusted_wald_interval_agrees_with_its_formula_in_thirty_digits() {
        for (n, a, b, comparisons, low, high) in [
            (1_000, 12, 37, 1, 0.011_066_781_636_054_926, 0.038_833_417_964_743_48),
            (1_000, 12, 37, 7, 0.005_894_827_990_777_321, 0.044_005_371_610_021_08),
            (25, 4, 1, 1, -0.298_540_935_093_579_3, 0.076_318_712_871_357_07),
            (25, 4, 1, 7, -0.368_364_182_670_622_1, 0.146_141_960_448_399_9),
            (10, 0, 0, 1, -0.230_983_970_724_946_3, 0.230_983_970_724_946_3),
            (200, 0, 30, 7, 0.078_621_402_949_631_85, 0.218_408_300_020_665_2),
        ] {
            near(counts(n, a, b).adjusted_wald(deviate(0.95, comparisons)), low, high, 1e-15);
        }
    }

    /// At the ends of the score interval, the difference is `z` standard errors away from the end, if
    /// that is the truth and the rest is most probable: here found by trying all shares.
    #[test]
    fn the_score_interval_ends_where_its_test_rejects() {
        let z = deviate(0.95, 1);
        for (n, a, b) in [(44, 1, 0), (50, 2, 12), (200, 0, 9), (1_000, 31, 17)] {
            let Interval { low, high } = counts(n, a, b).score(z);
            for d in [low, high] {
                let (n, a, b) = (n as f64, a as f64, b as f64);
                // The share with the outcome under a only is q, and under b only it is q + d.
                let likelihood = |q: f64| {
                    let term =
                        |count: f64, share: f64| if count > 0.0 { count * ln(share) } else { 0.0 };
                    term(a, q) + term(b, q + d) + term(n - a - b, 1.0 - 2.0 * q - d)
                };
                let (least, most) = ((-d).max(0.0), 0.5 * (1.0 - d));
                let tried =
                    (0..=400_000).map(|i| least + (most - least) * f64::from(i) / 400_000.0);
                let best = tried
                    .filter(|q| *q > 0.0 || a == 0.0)
                    .filter(|q| q + d > 0.0 || b == 0.0)
                    .filter(|q| 1.0 - 2.0 * q - d > 0.0)
                    .max_by(|one, other| likelihood(*one).total_cmp(&likelihood(*other)));
                let error = ((2.0 * best.unwrap() + d - d * d) / n).sqrt();
                let away = ((b - a) / n - d).abs() / error;
                assert!((away - z).abs() < 1e-3, "{a} and {b} of {n}, end {d}: {away} errors");
            }
        }
        // Without a flip it is z² / (n + z²) either way.
        let end = z * z / (30.0 + z * z);
        near(counts(30, 0, 0).score(z), -end, end, 1e-12);
    }

    #[test]
    fn p_values_are_those_of_the_sign_test() {
        for (a, b, p) in [
            (0, 0, 1.0),
            (3, 3, 1.0),
            (0, 1, 1.0),
            (0, 12, 2.0 / 4_096.0),
            (1, 7, 2.0 * 9.0 / 256.0),
            (2, 12, 2.0 * (1.0 + 14.0 + 91.0) / 16_384.0),
        ] {
            for paired in [counts(100, a, b), counts(100, b, a)] {
                let found = paired.p_value();
                assert!((found - p).abs() < 1e-12, "{paired:?}: {found}, expected {p}");
            }
        }
        // Half a million deviations from equality: less than the smallest number, but a number.
        assert_eq!(counts(1 << 40, 0, 1 << 40).p_value(), 0.0);
        // The exact and the approximate form meet.
        let paired = counts(1 << 40, 100_000_000, 100_020_000);
        let exact = 2.0 * beta_cdf(0.5, 99_990_001.0, 99_970_000.0 + 1.0);
        assert!((paired.p_value() / 0.157 - 1.0).abs() < 0.01, "{}", paired.p_value());
        assert!((exact / 0.157 - 1.0).abs() < 0.01, "{exact}");
    }

    #[test]
    fn a_difference_stands_out_exactly_where_its_interval_excludes_zero() {
        let mut standing = 0;
        for comparisons in [1, 3, 45, 1_000] {
            for n in [20, 400] {
                for a in 0..=20 {
                    for b in 0..=20 - a {
                        let paired = counts(n, a, b);
                        let (out, known) = (
                            paired.stands_out(0.95, comparisons),
                            paired.interval(0.95, comparisons),
                        );
                        assert_eq!(out, !known.contains(0.0), "{paired:?}: {known:?}");
                        standing += u32::from(out);
                    }
                }
            }
        }
        assert!(standing > 100, "{standing}");
        // Twelve flips one way are enough among 96 comparisons, and eleven are not.
        assert!(counts(1_000, 0, 12).stands_out(0.95, 96));
        assert!(!counts(1_000, 0, 11).stands_out(0.95, 96));
    }

    #[test]
    fn the_difference_always_lies_inside_and_more_comparisons_are_wider() {
        for level in [0.01, 0.5, 0.8, 0.95, 0.999_999] {
            for n in [1, 2, 3, 17, 40] {
                for a in 0..=n {
                    for b in 0..=n - a {
                        let paired = counts(n, a, b);
                        let known = paired.interval(level, 1);
                        assert!(known.contains(paired.difference()), "{paired:?} gives {known:?}");
                        assert!(-1.0 <= known.low && known.high <= 1.0);
                        assert!(known.low < known.high || n == 1, "{paired:?} gives {known:?}");
                        let swapped = counts(n, b, a);
                        assert_eq!(swapped.difference(), -paired.difference());
                        assert_eq!(swapped.interval(level, 1).low, -known.high);
                        let together = paired.interval(level, 9);
                        assert!(together.low <= known.low && known.high <= together.high);
                    }
                }
            }
        }
    }

    #[test]
    fn without_trials_nothing_is_known() {
        let nothing = Paired::default();
        assert_eq!(nothing.interval(0.95, 1), Interval { low: -1.0, high: 1.0 });
        assert_eq!(nothing.p_value(), 1.0);
    }

    #[test]
    #[should_panic(expected = "more was counted")]
    fn impossible_counts_are_refused() {
        counts(10, 6, 5).interval(0.95, 1);
    }

    #[test]
    #[should_panic(expected = "at least one comparison")]
    fn no_comparison_has_no_interval() {
        counts(10, 1, 1).interval(0.95, 0);
    }

    /// By SciPy 1.17.1: `2 * norm.cdf((few + 1 - many) / sqrt(few + many))`, beyond what is summed exactly.
    #[test]
    fn very_many_flips_have_the_normal_p_value() {
        let few = 4_000_000_000_000;
        let paired = Paired { n: 1 << 43, both: 0, only_a: few, only_b: few + 6_000_000 };
        let p = paired.p_value();
        assert!((p - 0.033_894_950_155_618_234).abs() < 1e-13, "{p}");
    }
}
