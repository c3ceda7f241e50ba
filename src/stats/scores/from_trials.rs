//! The scores of probabilities that are estimated by the shares of trials.

use super::proper::ProperScores;
use crate::numeric::ln;
use crate::stats::interval::{Interval, deviate};

/// An estimate with its Monte Carlo error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error from the limited number of trials alone.
    pub error: f64,
}

impl ScoreEstimate {
    /// The normal interval for the score of infinitely many trials.
    ///
    /// # Panics
    /// If `level` is not strictly between 0 and 1.
    pub fn interval(self, level: f64) -> Interval {
        let half = deviate(level, 1) * self.error;
        Interval::around(self.value, half, f64::NEG_INFINITY, f64::INFINITY)
    }
}

/// The scores that the shares of infinitely many trials would have, estimated from those of some.
///
/// The square of a share that is off by chance is too large on average; so the variance of the shares is
/// taken off the Brier and the ranked probability score, which leaves no bias: `Σ p (1 - p) / (n - 1)` over
/// the shares, and the same over the cumulated shares. The estimate can be below zero where the score is
/// near it. The logarithmic score is that of the [`smoothed`](TrialScores::smoothed) shares, so a class in
/// which no trial ended does not make it infinite; it is too high by about `(k - 1) / (2 n)` for `k`
/// classes where many trials ended in the class that came about, which is far less than its error.
///
/// Sources: Ferro 2014, "Fair scores for ensemble forecasts", Quarterly Journal of the Royal Meteorological
/// Society 140; Jeffreys 1946, "An invariant form for the prior probability in estimation problems",
/// Proceedings of the Royal Society A 186.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrialScores {
    /// The Brier score: see [`ProperScores::brier`].
    pub brier: ScoreEstimate,
    /// The logarithmic score: see [`ProperScores::log`].
    pub log: ScoreEstimate,
    /// The ranked probability score: see [`ProperScores::ranked`].
    pub ranked: ScoreEstimate,
}

impl TrialScores {
    /// The scores of counts of trials by class when the class `observed` came about; `None` below two
    /// trials, whose variance is not known.
    ///
    /// # Panics
    /// If there is no such class.
    pub fn of(counts: &[u64], observed: usize) -> Option<Self> {
        let trials: u64 = counts.iter().sum();
        if trials < 2 {
            return None;
        }
        let n = trials as f64;
        let shares: Vec<f64> = counts.iter().map(|count| *count as f64 / n).collect();
        let plain = ProperScores::of(&shares, observed);
        let variance = |share: f64| share * (1.0 - share) / (n - 1.0);
        let excess: f64 = shares.iter().map(|share| variance(*share)).sum();
        let cumulated = shares.iter().scan(0.0, |sum, share| {
            *sum += share;
            Some(f64::min(*sum, 1.0))
        });
        let ranked_excess: f64 = cumulated.map(variance).sum();

        let smoothed = Self::smoothed(counts);
        let p = smoothed[observed];
        let error = |kernel: PairScore| quadratic_error(&smoothed, n, kernel);
        Some(TrialScores {
            brier: ScoreEstimate {
                value: plain.brier - excess,
                error: error(&|a, b| same_class(a, b, observed)),
            },
            log: ScoreEstimate { value: 0.0 - ln(p), error: ((1.0 - p) / (n * p)).sqrt() },
            ranked: ScoreEstimate {
                value: plain.ranked - ranked_excess,
                error: error(&|a, b| same_side(a, b, observed)),
            },
        })
    }

    /// The shares with half a trial added to each class: `(x + 1/2) / (n + k/2)` for `x` of `n` trials in one
    /// of `k` classes. None of them is 0, and they add up to 1.
    pub fn smoothed(counts: &[u64]) -> Vec<f64> {
        let trials: u64 = counts.iter().sum();
        let all = trials as f64 + 0.5 * counts.len() as f64;
        counts.iter().map(|count| (*count as f64 + 0.5) / all).collect()
    }
}

/// The score of two trials that ended in these classes: see [`quadratic_error`].
type PairScore<'k> = &'k dyn Fn(usize, usize) -> f64;

/// What two trials say of the Brier score: `Σ (a_k - o_k) (b_k - o_k)` with `a_k` 1 for the class of the one.
fn same_class(a: usize, b: usize, observed: usize) -> f64 {
    let is = |holds: bool| f64::from(u8::from(holds));
    is(a == b) - is(a == observed) - is(b == observed) + 1.0
}

/// What two trials say of the ranked probability score: how many steps both lie off on the same side.
fn same_side(a: usize, b: usize, observed: usize) -> f64 {
    let steps = match (a.min(b), a.max(b)) {
        (low, _) if low > observed => low - observed,
        (_, high) if high < observed => observed - high,
        _ => 0,
    };
    steps as f64
}

/// The standard error of a score without bias, which is the mean of a kernel `h` over all pairs of trials: the
/// root of `(4 (n - 2) ζ₁ + 2 ζ₂) / (n (n - 1))`, with `ζ₁` the variance of the mean of `h` given one of the
/// two and `ζ₂` that of `h`, for classes of these probabilities.
///
/// Source: Hoeffding 1948, "A class of statistics with asymptotically normal distribution", Annals of
/// Mathematical Statistics 19.
fn quadratic_error(probabilities: &[f64], n: f64, kernel: PairScore) -> f64 {
    let (mut mean, mut given_one, mut squares) = (0.0, 0.0, 0.0);
    for (a, p) in probabilities.iter().enumerate() {
        let mut own = 0.0;
        for (b, q) in probabilities.iter().enumerate() {
            let both = kernel(a, b);
            own += q * both;
            squares += p * q * both * both;
        }
        mean += p * own;
        given_one += p * own * own;
    }
    let (first, second) = (given_one - mean * mean, squares - mean * mean);
    ((4.0 * (n - 2.0) * first + 2.0 * second).max(0.0) / (n * (n - 1.0))).sqrt()
}

#[cfg(test)]
mod tests {
    use rand_distr::{Binomial, Distribution};

    use super::super::oracle::oracle;
    use super::*;
    use crate::numeric::PhiloxStream;
    use crate::stats::Moments;

    #[test]
    fn scores_of_few_trials_agree_with_fair_ones() {
        for case in oracle()["fair_brier"].as_array().unwrap() {
            let whole = |key: &str| case[key].as_u64().unwrap();
            let (m, n) = (whole("m"), whole("n"));
            // The class of index 0 is the event; the oracle counts one of two equal squares.
            let observed = if whole("observed") == 1 { 0 } else { 1 };
            let found = TrialScores::of(&[m, n - m], observed).unwrap().brier.value / 2.0;
            let wanted = case["fair"].as_f64().unwrap();
            assert!((found - wanted).abs() < 1e-12, "{m} of {n}: {found} and {wanted}");
        }
    }

    #[test]
    fn a_class_in_which_no_trial_ended_has_a_finite_score() {
        for case in oracle()["log_score_from_trials"]["examples"].as_array().unwrap() {
            let counts: Vec<u64> = case["counts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|own| own.as_u64().unwrap())
                .collect();
            let observed = case["observed"].as_u64().unwrap() as usize;
            let p = TrialScores::smoothed(&counts);
            assert!((p[observed] - case["p"].as_f64().unwrap()).abs() < 1e-12);
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let log = TrialScores::of(&counts, observed).unwrap().log.value;
            assert!((log - case["log"].as_f64().unwrap()).abs() < 1e-12, "{log}");
        }
    }

    #[test]
    fn kernels_are_those_of_the_scores() {
        // A score is the mean of its kernel over two independent trials.
        let p = [0.4, 0.3, 0.2, 0.1];
        for observed in 0..4 {
            let mean = |kernel: PairScore| -> f64 {
                let all = (0..4).flat_map(|a| (0..4).map(move |b| (a, b)));
                all.map(|(a, b)| p[a] * p[b] * kernel(a, b)).sum()
            };
            let plain = ProperScores::of(&p, observed);
            let [brier, ranked] =
                [mean(&|a, b| same_class(a, b, observed)), mean(&|a, b| same_side(a, b, observed))];
            assert!((brier - plain.brier).abs() < 1e-12, "{observed}");
            assert!((ranked - plain.ranked).abs() < 1e-12, "{observed}");
        }
    }

    /// The counts of trials by class for a seed.
    fn counts(p: &[f64], n: u64, seed: u32) -> Vec<u64> {
        let mut bits = PhiloxStream::new([19_500_101, seed], [0; 4]);
        let (mut left, mut rest) = (n, 1.0);
        let own = p.iter().map(|share| {
            let part: f64 = share / rest;
            let count = Binomial::new(left, part.min(1.0)).unwrap().sample(&mut bits);
            (left, rest) = (left - count, rest - share);
            count
        });
        own.collect()
    }

    #[test]
    fn few_trials_score_as_many_do_and_their_errors_hold() {
        let p = [0.5, 0.3, 0.15, 0.05];
        for n in [2, 5, 40, 2_000] {
            for observed in [0, 3] {
                let truth = ProperScores::of(&p, observed);
                let found: Vec<TrialScores> = (0..20_000)
                    .map(|seed| TrialScores::of(&counts(&p, n, seed), observed).unwrap())
                    .collect();
                let of = |pick: fn(&TrialScores) -> ScoreEstimate| {
                    let values: Vec<f64> = found.iter().map(|own| pick(own).value).collect();
                    let errors: Vec<f64> = found.iter().map(|own| pick(own).error).collect();
                    let values = Moments::of_group(&values);
                    (
                        values.mean().unwrap(),
                        values.sd().unwrap(),
                        Moments::of_group(&errors).mean().unwrap(),
                    )
                };
                let same: PairScore = &|a, b| same_class(a, b, observed);
                let side: PairScore = &|a, b| same_side(a, b, observed);
                for (own, truth, kernel) in
                    [(of(|s| s.brier), truth.brier, same), (of(|s| s.ranked), truth.ranked, side)]
                {
                    let (mean, sd, error) = own;
                    // Four standard errors of a mean over the seeds.
                    let far = 4.0 * sd / 20_000_f64.sqrt();
                    assert!((mean - truth).abs() < far, "{n} {observed}: {mean} and {truth}");
                    // The standard deviation over the seeds is known to a few parts in a hundred.
                    let exact = quadratic_error(&p, n as f64, kernel);
                    assert!((exact / sd - 1.0).abs() < 0.03, "{n} {observed}: {exact} and {sd}");
                    // Half a trial for each class makes the error of very few trials too large, not too small.
                    let most = if n < 40 { 1.5 } else { 1.05 };
                    assert!(
                        (0.95..most).contains(&(error / sd)),
                        "{n} {observed}: {error} and {sd}"
                    );
                }
                if n == 2_000 {
                    let (mean, sd, error) = of(|s| s.log);
                    let bias = 3.0 / (2.0 * n as f64);
                    let far = 4.0 * sd / 20_000_f64.sqrt() + 0.1 * bias;
                    assert!((mean - truth.log - bias).abs() < far, "{mean} and {}", truth.log);
                    assert!((error / sd - 1.0).abs() < 0.05, "{error} and {sd}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_told_below_two_trials_and_no_error_is_zero() {
        assert_eq!(TrialScores::of(&[1, 0], 0), None);
        assert_eq!(TrialScores::of(&[0, 0], 0), None);
        let all = TrialScores::of(&[100, 0, 0], 0).unwrap();
        assert_eq!((all.brier.value, all.ranked.value), (0.0, 0.0));
        assert!(all.brier.error > 0.0 && all.ranked.error > 0.0 && all.log.error > 0.0);
        // One class alone leaves nothing to score.
        let one = TrialScores::of(&[5], 0).unwrap();
        assert_eq!((one.brier.value, one.log.value, one.ranked.value), (0.0, 0.0, 0.0));
    }

    #[test]
    fn the_interval_of_a_score_is_the_normal_one() {
        let known = ScoreEstimate { value: 0.3, error: 0.1 }.interval(0.95);
        assert!((known.low - (0.3 - 0.195_996_398_454_005_4)).abs() < 1e-14, "{known:?}");
        assert!((known.high - 0.495_996_398_454_005_4).abs() < 1e-14, "{known:?}");
    }
}
