//! Batches put together: each counts by its evidence, and how they differ says how far chance may have moved what they
//! say.

use crate::numeric::{beta_quantile, exp, ln, student_quantile};
use crate::stats::interval::Interval;

/// The confidence of intervals.
const LEVEL: f64 = 0.95;

/// What a batch found after a step.
#[derive(Clone, Debug, Default)]
pub struct BatchStep {
    /// The mean likelihood of what is known of the step, given all before it, by forecaster; the first weighs the particles.
    pub means: [f64; 3],
    /// The weight of the particles that end in each outcome, `unresolved` last, and of all; all zero where nothing is
    /// possible.
    pub odds: Vec<f64>,
    /// The weight of all.
    pub all: f64,
    /// How many original particles the weights stand for.
    pub effective: f64,
}

/// An independent batch of particles, step by step as far as any of them could follow.
#[derive(Clone, Debug, Default)]
pub struct FilterBatch {
    /// How many particles it has.
    pub count: u64,
    /// What it found after each step.
    pub steps: Vec<BatchStep>,
}

/// The odds of an outcome, given what is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RevisedOdds {
    /// Its share of the weight of all particles.
    pub share: f64,
    /// An interval at 95 %.
    pub interval: Interval,
}

/// The natural logarithm of the probability of what is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepEvidence {
    /// The logarithm; minus infinity of what is impossible.
    pub log: f64,
    /// Its standard error; `None` where it cannot be told, since a single batch has more than half of the weight.
    pub error: Option<f64>,
}

/// Batches that played the same record.
#[derive(Clone, Debug, Default)]
pub struct FilterBatches {
    /// All of them.
    pub all: Vec<FilterBatch>,
}

impl FilterBatches {
    /// Up to how many steps every batch, or at least one, could follow.
    pub fn steps(&self) -> usize {
        let followed =
            |batch: &FilterBatch| batch.steps.iter().take_while(|step| step.means[0] > 0.0).count();
        self.all.iter().map(followed).max().unwrap_or(0)
    }

    /// The logarithm of the evidence of the first steps in each batch, by the model.
    fn logs(&self, steps: usize) -> Vec<f64> {
        let of = |batch: &FilterBatch| {
            (0..steps)
                .map(|step| batch.steps.get(step).map_or(0.0, |own| own.means[0]))
                .map(|mean| if mean > 0.0 { ln(mean) } else { f64::NEG_INFINITY })
                .sum::<f64>()
        };
        self.all.iter().map(of).collect()
    }

    /// What each batch counts after the first steps: its size times its evidence, the largest 1.
    pub fn weights(&self, steps: usize) -> Vec<f64> {
        let logs = self.logs(steps);
        let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let of = |(batch, log): (&FilterBatch, &f64)| {
            batch.count as f64 * if best > f64::NEG_INFINITY { exp(log - best) } else { 0.0 }
        };
        self.all.iter().zip(&logs).map(of).collect()
    }

    /// How many original particles all of them stand for after a step, counted from 0.
    pub fn effective(&self, step: usize) -> f64 {
        let weights = self.weights(step + 1);
        let all: f64 = weights.iter().sum();
        let squares = self.all.iter().zip(&weights).filter_map(|(batch, weight)| {
            let own = batch.steps.get(step)?.effective;
            (own > 0.0).then(|| (weight / all) * (weight / all) / own)
        });
        let squares: f64 = squares.sum();
        if squares > 0.0 { 1.0 / squares } else { 0.0 }
    }

    /// The odds of the outcomes after a step.
    pub fn odds(&self, step: usize) -> Vec<RevisedOdds> {
        let weights = self.weights(step + 1);
        let effective = self.effective(step);
        let outcomes = self.all.iter().find_map(|batch| batch.steps.get(step));
        let outcomes = outcomes.map_or(0, |own| own.odds.len());
        let of = |outcome: usize| {
            // What each batch counts, by the weight that its particles have.
            let part = |at: usize| match self.all[at].steps.get(step).filter(|own| own.all > 0.0) {
                Some(own) => {
                    (weights[at] / own.all * own.odds[outcome], weights[at] / own.all * own.all)
                }
                None => (0.0, 0.0),
            };
            let share = |left_out: Option<usize>| {
                let counted = (0..weights.len()).filter(|at| Some(*at) != left_out);
                let (mut some, mut all) = (0.0, 0.0);
                for at in counted {
                    let own = part(at);
                    some += own.0;
                    all += own.1;
                }
                if all > 0.0 { some / all } else { 0.0 }
            };
            let found = share(None).clamp(0.0, 1.0);
            let half = match self.jackknife(share) {
                Some(error) => error * -student_quantile((1.0 - LEVEL) / 2.0, self.degrees()),
                None => 1.0,
            };
            // What so many particles leave open, whatever the batches say.
            let exact = proportion(found, effective);
            let low = (found - half).min(exact.low).max(0.0);
            let high = (found + half).max(exact.high).min(1.0);
            RevisedOdds { share: found, interval: Interval { low, high } }
        };
        (0..outcomes).map(of).collect()
    }

    fn degrees(&self) -> f64 {
        (self.all.len().max(2) - 1) as f64
    }

    /// The standard error of something that all batches say together, from what all but one of them say (Tukey 1958).
    fn jackknife(&self, of: impl Fn(Option<usize>) -> f64) -> Option<f64> {
        let count = self.all.len();
        if count < 2 {
            return None;
        }
        let without: Vec<f64> = (0..count).map(|at| of(Some(at))).collect();
        if without.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let mean = without.iter().sum::<f64>() / count as f64;
        let squares: f64 = without.iter().map(|x| (x - mean) * (x - mean)).sum();
        Some((squares * (count - 1) as f64 / count as f64).sqrt())
    }

    /// The evidence of a step given all before it, by a forecaster.
    pub fn of_step(&self, step: usize, forecaster: usize) -> StepEvidence {
        let weights = self.weights(step);
        let log = |left_out: Option<usize>| {
            let (mut some, mut all) = (0.0, 0.0);
            for at in (0..weights.len()).filter(|at| Some(*at) != left_out) {
                let mean = self.all[at].steps.get(step).map_or(0.0, |own| own.means[forecaster]);
                some += weights[at] * mean;
                all += weights[at];
            }
            log_ratio(some, all)
        };
        StepEvidence {
            log: log(None),
            error: self.jackknife(log).filter(|_| self.are_even(step + 1)),
        }
    }

    /// The evidence of the first steps, by a forecaster.
    pub fn of_all(&self, steps: usize, forecaster: usize) -> StepEvidence {
        let error = |log: &dyn Fn(Option<usize>) -> f64| {
            self.jackknife(log).filter(|_| self.are_even(steps))
        };
        if forecaster > 0 {
            let weights: Vec<Vec<f64>> = (0..steps).map(|step| self.weights(step)).collect();
            let log = |left_out: Option<usize>| {
                (0..steps)
                    .map(|step| {
                        let (mut some, mut all) = (0.0, 0.0);
                        for at in (0..self.all.len()).filter(|at| Some(*at) != left_out) {
                            let own = self.all[at].steps.get(step);
                            let mean = own.map_or(0.0, |own| own.means[forecaster]);
                            some += weights[step][at] * mean;
                            all += weights[step][at];
                        }
                        log_ratio(some, all)
                    })
                    .sum::<f64>()
            };
            return StepEvidence { log: log(None), error: error(&log) };
        }
        let logs = self.logs(steps);
        let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if best == f64::NEG_INFINITY {
            return StepEvidence { log: best, error: None };
        }
        // The logarithm of the mean of the evidences, each for as many particles as it has.
        let log = |left_out: Option<usize>| {
            let (mut some, mut all) = (0.0, 0.0);
            for at in (0..logs.len()).filter(|at| Some(*at) != left_out) {
                some += self.all[at].count as f64 * exp(logs[at] - best);
                all += self.all[at].count as f64;
            }
            best + log_ratio(some, all)
        };
        StepEvidence { log: log(None), error: error(&log) }
    }

    /// Whether no batch has more than half of the weight of all.
    fn are_even(&self, steps: usize) -> bool {
        let weights = self.weights(steps);
        let all: f64 = weights.iter().sum();
        weights.iter().all(|weight| *weight <= all / 2.0)
    }
}

/// How probable each of some worlds is, given the logarithm of the evidence in each, if all were equally likely before.
pub fn worlds_given(logs: &[f64]) -> Vec<f64> {
    let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| exp(log - best)).collect();
    let all: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / all).collect()
}

fn log_ratio(some: f64, all: f64) -> f64 {
    match some > 0.0 && all > 0.0 {
        true => ln(some / all),
        false => f64::NEG_INFINITY,
    }
}

/// An interval for a share of so many particles, which need not be whole numbers, by the quantiles of the beta
/// distribution (Clopper & Pearson 1934).
fn proportion(share: f64, count: f64) -> Interval {
    let tail = (1.0 - LEVEL) / 2.0;
    let (some, others) = (share * count, (1.0 - share) * count);
    let low = if some > 0.0 { beta_quantile(tail, some, others + 1.0) } else { 0.0 };
    let high = if others > 0.0 { beta_quantile(1.0 - tail, some + 1.0, others) } else { 1.0 };
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batches(of: &[(f64, f64)]) -> FilterBatches {
        let batch = |(mean, share): &(f64, f64)| {
            let step = BatchStep {
                means: [*mean, 0.05, 0.05],
                odds: vec![*share, 1.0 - share],
                all: 1.0,
                effective: 100.0,
            };
            FilterBatch { count: 100, steps: vec![step] }
        };
        FilterBatches { all: of.iter().map(batch).collect() }
    }

    /// Weights of 2 and 3 by turns; the intervals by mpmath, leaving out each batch in turn.
    #[test]
    fn eight_batches_say_together_what_they_say_by_hand() {
        let eight = batches(&[(0.08, 0.5), (0.12, 0.7)].repeat(4));
        assert_eq!(eight.steps(), 1);
        assert!((eight.effective(0) - 10_000.0 / 13.0).abs() < 1e-9);
        let odds = eight.odds(0);
        assert!((odds[0].share - 0.62).abs() < 1e-14 && (odds[1].share - 0.38).abs() < 1e-14);
        let Interval { low, high } = odds[0].interval;
        assert!((low - 0.534_130_482_359_240_8).abs() < 1e-11, "{low}");
        assert!((high - 0.705_869_517_640_759_2).abs() < 1e-11, "{high}");
        for found in [eight.of_step(0, 0), eight.of_all(1, 0)] {
            assert!((found.log - ln(0.1)).abs() < 1e-14, "{found:?}");
            let error = found.error.expect("even batches");
            assert!((error - 0.075_613_474_177_708_2).abs() < 1e-13, "{error}");
        }
        for found in [eight.of_step(0, 1), eight.of_all(1, 1)] {
            assert!((found.log - ln(0.05)).abs() < 1e-13, "{found:?}");
            assert!(found.error.expect("even batches") < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn where_one_batch_has_most_of_the_weight_no_error_is_told() {
        let uneven = batches(&[(0.9, 0.5), (0.001, 0.7)]);
        assert_eq!((uneven.of_step(0, 0).error, uneven.of_all(1, 0).error), (None, None));
    }

    #[test]
    fn worlds_have_the_odds_of_their_evidence() {
        let found = worlds_given(&[-1_000.0, -1_000.0 + ln(3.0), f64::NEG_INFINITY]);
        assert_eq!(found.len(), 3);
        for (own, wanted) in found.iter().zip([0.25, 0.75, 0.0]) {
            assert!((own - wanted).abs() < 1e-12, "{found:?}");
        }
    }

    /// Two batches, the smaller of which cannot follow the second step.
    fn one_stops() -> FilterBatches {
        let step = |mean: f64, share: f64, all: f64| BatchStep {
            means: [mean, 0.05, 0.05],
            odds: vec![share * all, (1.0 - share) * all],
            all,
            effective: 50.0,
        };
        let long = vec![step(0.5, 0.25, 2.0), step(0.1, 0.5, 0.8), step(0.2, 0.5, 1.0)];
        let short = vec![step(0.25, 0.75, 4.0), step(0.0, 0.0, 0.0)];
        let of = |count, steps| FilterBatch { count, steps };
        FilterBatches { all: vec![of(100, long), of(60, short)] }
    }

    #[test]
    fn a_batch_that_stopped_weighs_nothing_from_then_on() {
        let batches = one_stops();
        assert_eq!(batches.steps(), 3);
        assert_eq!(FilterBatches::default().steps(), 0);
        // 100 × 0.5 and 60 × 0.25, the most evidence being one.
        let weights = batches.weights(1);
        assert!((weights[0] - 100.0).abs() < 1e-12 && (weights[1] - 30.0).abs() < 1e-12);
        assert_eq!(batches.weights(2)[1], 0.0);
        let odds = batches.odds(0);
        assert!((odds[0].share - (100.0 * 0.25 + 30.0 * 0.75) / 130.0).abs() < 1e-14);
        assert!((batches.odds(1)[0].share - 0.5).abs() < 1e-14);
        // The second step given the first: nothing in the smaller batch.
        let found = batches.of_step(1, 0);
        assert!((found.log - ln(100.0 * 0.1 / 130.0)).abs() < 1e-14);
        assert_eq!(found.error, None);
        let whole = batches.of_all(2, 0).log;
        assert!((whole - ln(100.0 * 0.5 * 0.1 / 160.0)).abs() < 1e-13, "{whole}");
    }

    #[test]
    fn what_no_batch_can_follow_has_no_evidence() {
        let mut batches = one_stops();
        batches.all.remove(0);
        assert_eq!(batches.steps(), 1);
        assert_eq!(batches.of_step(1, 0).log, f64::NEG_INFINITY);
        assert_eq!(batches.weights(2), [0.0]);
        assert_eq!(batches.odds(1)[0].share, 0.0);
    }

    #[test]
    fn a_jackknife_of_a_mean_is_its_standard_error() {
        let batches = batches(&[(0.1, 0.5); 5]);
        let values = [3.0, 4.0, 8.0, 9.0, 11.0];
        let mean = |left_out: Option<usize>| {
            let kept = (0..5).filter(|at| Some(*at) != left_out).map(|at| values[at]);
            kept.clone().sum::<f64>() / kept.count() as f64
        };
        // The squared deviations from 7 are 46; over 4 and 5, the root.
        let found = batches.jackknife(mean).expect("five batches");
        assert!((found - (46.0_f64 / 4.0 / 5.0).sqrt()).abs() < 1e-12, "{found}");
    }

    #[test]
    fn a_share_of_particles_has_the_exact_interval() {
        for (count, n) in [(0, 20), (7, 20), (20, 20)] {
            let found = proportion(f64::from(count) / f64::from(n), f64::from(n));
            let exact = crate::stats::clopper_pearson(count as u64, n as u64, LEVEL, 1);
            assert!((found.low - exact.low).abs() < 1e-12, "{found:?}, {exact:?}");
            assert!((found.high - exact.high).abs() < 1e-12, "{found:?}, {exact:?}");
        }
    }

    #[test]
    fn one_batch_says_nothing_of_how_batches_differ_and_two_do() {
        let one = batches(&[(0.1, 0.5)]).odds(0);
        assert_eq!(one[0].interval, Interval { low: 0.0, high: 1.0 });
        // Two that say the same leave only what 200 particles leave open, which is less than all.
        let two = batches(&[(0.1, 0.5); 2]).odds(0);
        assert!(two[0].interval.low > 0.4 && two[0].interval.high < 0.6, "{two:?}");
    }
}
