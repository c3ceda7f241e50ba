//! Confidence intervals for probabilities.

use crate::numeric::{beta_quantile, gamma_quantile, normal_quantile};

/// A range that holds the true value with a stated confidence; `low <= high`.
///
/// Both ends are possible values: within 0..=1 for a probability, and within -1..=1 for a difference
/// of two. The mean of a measure has no such bounds, and its interval infinite ends if too little is
/// known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The range of `half` on either side of `centre`, cut to within `low..=high`.
    pub(super) fn around(centre: f64, half: f64, low: f64, high: f64) -> Self {
        Self { low: (centre - half).clamp(low, high), high: (centre + half).clamp(low, high) }
    }

    /// The smallest range that holds this one and `other`.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Whether `value` lies within, the ends included.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The lower end of the score interval: the smaller root of
/// `(n + z^2) p^2 - (2x + z^2) p + x^2 / n = 0`, written as the product of the roots over the larger
/// one, which cancels nothing.
///
/// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference",
/// JASA 22.
fn lower_root(x: f64, n: f64, z: f64) -> f64 {
    let half = 0.5 * z * z;
    let spread = z * (0.25 * z * z + x * ((n - x) / n)).sqrt();
    (x / n) * (x / (x + half + spread))
}

/// The score interval for a probability, from `count` hits in `n` trials, when `comparisons` intervals are
/// to hold at once (Bonferroni). It holds the share itself; without trials it is 0..1.
///
/// Its error is near `1 - level` on average over probabilities, and not at most that for each of them, as
/// that of [`clopper_pearson`] is.
///
/// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22.
///
/// # Panics
/// If `count > n`, `level` is not strictly between 0 and 1, or there are no comparisons.
///
/// ```
/// let known = demarche::stats::wilson(5, 10, 0.95, 1);
/// assert!((known.low - 0.2366).abs() < 1e-4 && (known.high - 0.7634).abs() < 1e-4);
/// ```
pub fn wilson(count: u64, n: u64, level: f64, comparisons: u64) -> Interval {
    wilson_at(count, n, deviate(level, comparisons))
}

/// The same with the normal deviate `z` outside of the interval.
pub(super) fn wilson_at(count: u64, n: u64, z: f64) -> Interval {
    assert!(count <= n, "counted {count} of only {n}");
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let low = |hits: u64| if hits == 0 { 0.0 } else { lower_root(hits as f64, n as f64, z) };
    Interval { low: low(count), high: 1.0 - low(n - count) }
}

/// Shapes of a beta distribution up to this are given to [`beta_quantile`] as they are.
const EXACT: f64 = 1e6;
/// From this many hits and as many misses on, the score interval with a correction for continuity
/// stands for the exact one, where the exact one cannot be computed.
const MANY: f64 = 1e4;

/// The exact interval for a probability, from `count` hits in `n` trials, when `comparisons`
/// intervals are to hold at once.
///
/// Whatever the probability, the interval holds it with probability `level` or more; of several
/// intervals, *all* hold at once with probability `level` or more (Bonferroni: each has
/// `alpha / comparisons`). A count of 0 gives a lower end of exactly 0 and a count of `n` an upper end
/// of exactly 1; no other end is 0 or 1. Without trials (`n = 0`) nothing is known and the interval
/// is 0..1.
///
/// The ends are quantiles of beta distributions. Where these have shapes above a million, the gamma
/// distribution stands for them on the side of a small count, and Wilson's score interval with half a
/// hit less where there are 10,000 hits and as many misses.
///
/// Source: Clopper & Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of
/// the binomial", Biometrika 26; Brown, Cai & DasGupta 2001, "Interval estimation for a binomial
/// proportion", Statistical Science 16 (how often it and others hold).
///
/// # Panics
/// If `count > n`, `level` is not strictly between 0 and 1, or there are no comparisons.
///
/// ```
/// let known = demarche::stats::clopper_pearson(5, 10, 0.95, 1);
/// assert!((known.low - 0.1871).abs() < 1e-4 && (known.high - 0.8129).abs() < 1e-4);
/// ```
pub fn clopper_pearson(count: u64, n: u64, level: f64, comparisons: u64) -> Interval {
    assert!(count <= n, "counted {count} of only {n}");
    let outside = tail(level, comparisons);
    let low = exact_low(count, n, outside);
    Interval { low, high: 1.0 - exact_low(n - count, n, outside) }
}

/// The probability at which `count` hits or more in `n` trials have the probability `outside`.
///
/// The gamma distribution stands for the beta distribution as in Bolshev 1963, "Asymptotically
/// Pearson transformations", Theory of Probability and its Applications 8.
fn exact_low(count: u64, n: u64, outside: f64) -> f64 {
    if count == 0 {
        return 0.0;
    }
    let (hits, misses) = (count as f64, (n - count) as f64);
    if hits <= EXACT && misses + 1.0 <= EXACT {
        return beta_quantile(outside, hits, misses + 1.0);
    }
    if hits >= MANY && misses >= MANY {
        return lower_root(hits - 0.5, hits + misses, -normal_quantile(outside));
    }
    let share = |mean: f64, double: f64| 2.0 * mean / (double + mean);
    if hits < misses {
        return share(gamma_quantile(outside, hits), hits + 2.0 * misses + 1.0);
    }
    1.0 - share(gamma_quantile(1.0 - outside, misses + 1.0), misses + 2.0 * hits)
}

/// The normal deviate that leaves [`tail`] outside on each side.
pub(super) fn deviate(level: f64, comparisons: u64) -> f64 {
    -normal_quantile(tail(level, comparisons))
}

/// The probability outside on each side of a two-sided interval, when `comparisons` of them are to
/// hold at once with probability `level` (Bonferroni): `(1 - level) / (2 comparisons)`.
///
/// Quantiles are computed from this lower tail, because 1 - alpha would lose digits where alpha is
/// small.
pub(super) fn tail(level: f64, comparisons: u64) -> f64 {
    assert!(level > 0.0 && level < 1.0, "a level of confidence lies between 0 and 1, not {level}");
    assert!(comparisons > 0, "an interval is at least one comparison");
    (1.0 - level) / (2.0 * comparisons as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{PhiloxStream, exp, ln, ln_gamma, oracle, pow};
    use rand_distr::{Binomial, Distribution};

    /// The probability of `from..=to` hits in `n` trials.
    fn binomial(n: u64, p: f64, from: u64, to: u64) -> f64 {
        let ways =
            |k: f64| ln_gamma(n as f64 + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n as f64 - k + 1.0);
        let one = |k: u64| {
            let k = k as f64;
            exp(ways(k) + k * ln(p) + (n as f64 - k) * ln(1.0 - p))
        };
        (from..=to).map(one).sum()
    }

    #[test]
    fn at_its_ends_the_count_is_just_improbable() {
        for (count, n) in [(1, 2), (3, 40), (39, 40), (17, 300), (250, 500)] {
            for comparisons in [1, 12] {
                let found = clopper_pearson(count, n, 0.95, comparisons);
                let outside = 0.025 / comparisons as f64;
                let [more, less] =
                    [binomial(n, found.low, count, n), binomial(n, found.high, 0, count)];
                assert!((more - outside).abs() < 1e-9, "{count} of {n}: {more}");
                assert!((less - outside).abs() < 1e-9, "{count} of {n}: {less}");
            }
        }
        let none = clopper_pearson(0, 60, 0.95, 1);
        assert!((none.high - (1.0 - pow(0.025, 1.0 / 60.0))).abs() < 1e-12, "{none:?}");
    }

    /// The share of 2,000 seeds in which all joint intervals of exclusive outcomes hold, and the lowest
    /// share in which one of them by itself does.
    fn coverage(shares: &[f64], n: u64) -> (f64, f64) {
        let (mut all, mut single) = (0u32, vec![0u32; shares.len()]);
        for seed in 0..2_000 {
            let mut bits = PhiloxStream::new([19_340_101, seed], [0; 4]);
            let (mut left, mut rest) = (n, 1.0);
            let mut counts = Vec::new();
            for share in shares {
                let part: f64 = share / rest;
                let count = Binomial::new(left, part.min(1.0)).unwrap().sample(&mut bits);
                counts.push(count);
                (left, rest) = (left - count, rest - share);
            }
            let k = shares.len() as u64;
            let holds =
                |at: usize, k: u64| clopper_pearson(counts[at], n, 0.95, k).contains(shares[at]);
            all += u32::from((0..shares.len()).all(|at| holds(at, k)));
            for (at, held) in single.iter_mut().enumerate() {
                *held += u32::from(holds(at, 1));
            }
        }
        let lowest = single.into_iter().min().unwrap_or(0);
        (f64::from(all) / 2e3, f64::from(lowest) / 2e3)
    }

    #[test]
    fn intervals_of_outcomes_hold_at_once_where_some_are_rare() {
        // Ten outcomes, five with an expected count of 0.1.
        let ten = [[1e-4; 5], [0.5, 0.2, 0.15, 0.1, 0.0495]].concat();
        let six = [1e-4, 1e-4, 1e-4, 0.6, 0.3, 0.0997];
        // An expected count of 0.175, at which Wilson's interval holds in 84 %.
        let few = [1.75e-4, 1.0 - 1.75e-4];
        for shares in [&ten[..], &six, &few] {
            let (all, single) = coverage(shares, 1_000);
            println!("{} outcomes: all {all}, lowest single {single}", shares.len());
            assert!(all >= 0.95 && single >= 0.945, "{all} {single}");
        }
    }

    #[test]
    fn beyond_a_million_the_ends_go_on_smoothly() {
        for count in [1, 2, 30, 9_999, 10_001, 400_000, 900_000] {
            for level in [0.5, 0.95, 0.9999] {
                let within = clopper_pearson(count, 999_999, level, 1);
                // The expected number of hits, which the number of trials hardly changes.
                let beyond = clopper_pearson(count, 1_000_003, level, 1);
                for (a, b) in [(within.low, beyond.low), (within.high, beyond.high)] {
                    let (a, b) = (a * 999_999.0, b * 1_000_003.0);
                    let off = (a - b).abs() / (count as f64).sqrt();
                    assert!(off < 0.01, "{count} at {level}: {a} and {b}");
                }
                let (hits, misses) = (
                    clopper_pearson(count, 1 << 30, level, 1),
                    clopper_pearson((1 << 30) - count, 1 << 30, level, 1),
                );
                assert!(hits.low > 0.0 && hits.high > hits.low);
                assert!((hits.low + misses.high - 1.0).abs() < 1e-15);
                assert!((hits.high + misses.low - 1.0).abs() < 1e-15);
            }
        }
    }

    #[test]
    fn ends_are_exact_when_all_or_nothing_was_counted() {
        for n in [1, 2, 3, 7, 10, 1_000, 123_457, 1 << 40] {
            for level in [0.5, 0.9, 0.95, 0.999_999] {
                assert_eq!(clopper_pearson(0, n, level, 2).low, 0.0);
                assert_eq!(clopper_pearson(n, n, level, 2).high, 1.0);
            }
        }
    }

    #[test]
    fn nothing_counted_leaves_everything_open() {
        let open = Interval { low: 0.0, high: 1.0 };
        assert_eq!(clopper_pearson(0, 0, 0.95, 3), open);
    }

    #[test]
    fn the_share_lies_inside_and_a_higher_level_is_wider() {
        for n in [1, 5, 40, 999] {
            for count in 0..=n {
                let share = count as f64 / n as f64;
                let [narrow, wide] = [0.9, 0.99].map(|level| clopper_pearson(count, n, level, 1));
                assert!(narrow.low <= share && share <= narrow.high);
                assert!(wide.low <= narrow.low && narrow.high <= wide.high);
                assert!(0.0 <= wide.low && wide.high <= 1.0);
                assert!(narrow.low < narrow.high);
            }
        }
    }

    #[test]
    #[should_panic(expected = "lies between 0 and 1")]
    fn a_level_in_percent_is_refused() {
        clopper_pearson(1, 2, 95.0, 1);
    }

    /// Computed with statsmodels.
    #[test]
    fn score_intervals_are_those_of_the_oracle() {
        let numbers = oracle::numbers();
        let cases = numbers["wilson_95"]["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 7);
        for case in cases {
            let [count, n] = ["count", "n"].map(|key| case[key].as_u64().unwrap());
            let [low, high] = ["low", "high"].map(|key| oracle::number(&case[key]));
            let found = wilson(count, n, 0.95, 1);
            let near = |found: f64, wanted: f64| (found - wanted).abs() < 1e-13;
            assert!(near(found.low, low) && near(found.high, high), "{count} of {n}: {found:?}");
        }
    }

    /// Quantiles of the beta distribution by mpmath in 30 digits.
    #[test]
    fn beyond_a_million_the_ends_are_near_the_exact_ones() {
        // On the side of a small count, relative to the end.
        for (count, n, low, high) in [
            (10, 1 << 30, 4.466_053_755_508_218e-9, 1.712_735_367_022_965e-8),
            (300, 1 << 30, 2.486_717_693_606_034e-7, 3.128_695_487_325_344e-7),
            (5_000, 2_000_000, 0.002_431_262_698_043_327_4, 0.002_570_184_107_794_135),
        ] {
            let found = clopper_pearson(count, n, 0.95, 1);
            for (own, wanted) in [(found.low, low), (found.high, high)] {
                assert!((own / wanted - 1.0f64).abs() < 5e-8, "{count} of {n}: {own}, {wanted}");
            }
        }
        // With many of both, in standard deviations of a rare count.
        for (count, n, low, high) in [
            (12_000, 3_000_000, 0.003_928_887_926_447_718, 0.004_072_072_083_832_834),
            (20_000, 2_000_000, 0.009_862_564_118_097_987, 0.010_138_857_499_939_353),
            (1_000_000, 2_000_000, 0.499_306_798_507_549_06, 0.500_693_201_492_450_9),
            (400_000_000, 1 << 30, 0.372_500_111_272_553_3, 0.372_557_949_107_048_5),
        ] {
            let found = clopper_pearson(count, n, 0.95, 1);
            for (own, wanted) in [(found.low, low), (found.high, high)] {
                let off = (own - wanted).abs() * n as f64 / (count as f64).sqrt();
                assert!(off < 0.005, "{count} of {n}: {own}, {wanted}");
            }
        }
    }
}
