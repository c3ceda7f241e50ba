//! The mean score of many forecasts of single outcomes, taken apart: how far probabilities are from
//! frequencies, how well they tell cases apart, and how open the matter was.

use super::isotonic::PooledForecasts;

/// What somebody said of a case: the probability of each class, and which came about.
///
/// The probabilities may leave a rest, that of classes of which nothing was said; `observed` is `None` where
/// the rest came about.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredForecast {
    /// The probabilities, each in 0..=1, which add up to 1 at most.
    pub probabilities: Vec<f64>,
    /// The class that came about.
    pub observed: Option<usize>,
}

impl ScoredForecast {
    /// The probability of each class and whether it came about.
    pub fn single(&self) -> impl Iterator<Item = (f64, bool)> {
        let own = self.probabilities.iter().enumerate();
        own.map(|(class, p)| (*p, self.observed == Some(class)))
    }
}

/// The mean of `(p - o)²` over single outcomes, with `o` 1 for one that came about and 0 for others, as
/// `miscalibration - discrimination + uncertainty`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The mean square.
    pub score: f64,
    /// By how much it would be less if every probability were the frequency that belongs to it.
    pub miscalibration: f64,
    /// By how much these frequencies do better than the overall rate said of every outcome.
    pub discrimination: f64,
    /// The score of the overall rate `r`: `r (1 - r)`.
    pub uncertainty: f64,
}

impl Calibration {
    /// Below this many cases calibration is not worth telling: what chance does to it is larger.
    pub const ENOUGH_CASES: usize = 50;

    /// The parts where the frequency that belongs to a probability is that of the outcomes that were given
    /// exactly it: reliability, resolution and uncertainty. Where few probabilities were said twice, chance
    /// makes the first two too large by the same amount.
    ///
    /// Source: Murphy 1973, "A new vector partition of the probability score", Journal of Applied
    /// Meteorology 12.
    pub fn by_value(pooled: &PooledForecasts) -> Option<Self> {
        let counts = pooled.counts().iter();
        let frequencies = counts.map(|(forecasts, came)| *came as f64 / *forecasts as f64);
        Self::of(pooled, &frequencies.collect::<Vec<f64>>())
    }

    /// The parts where the frequency that belongs to a probability is that of the rising reliability curve.
    ///
    /// Source: Dimitriadis, Gneiting & Jordan 2021, "Stable reliability diagrams for probabilistic
    /// classifiers", PNAS 118.
    pub fn by_curve(pooled: &PooledForecasts) -> Option<Self> {
        let mut curve = pooled.recalibrated().into_iter().peekable();
        let frequencies = pooled.values().iter().map(|value| {
            while curve.next_if(|own| own.high < *value).is_some() {}
            curve.peek().map_or(0.0, |own| own.frequency())
        });
        Self::of(pooled, &frequencies.collect::<Vec<f64>>())
    }

    /// The parts with these frequencies in place of the probabilities; `None` without forecasts.
    fn of(pooled: &PooledForecasts, frequencies: &[f64]) -> Option<Self> {
        let total = |pick: fn(&(u64, u64)) -> u64| pooled.counts().iter().map(pick).sum::<u64>();
        let (all, came) = (total(|own| own.0), total(|own| own.1));
        if all == 0 {
            return None;
        }
        let mean = |said: &mut dyn Iterator<Item = f64>| {
            let squares = said.zip(pooled.counts()).map(|(p, (forecasts, came))| {
                let (hit, miss) = (1.0 - p, p);
                *came as f64 * hit * hit + (forecasts - came) as f64 * miss * miss
            });
            squares.sum::<f64>() / all as f64
        };
        let rate = came as f64 / all as f64;
        let score = mean(&mut pooled.values().iter().copied());
        let recalibrated = mean(&mut frequencies.iter().copied());
        let uncertainty = rate * (1.0 - rate);
        Some(Calibration {
            score,
            miscalibration: score - recalibrated,
            discrimination: uncertainty - recalibrated,
            uncertainty,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::oracle::{numbers, oracle};
    use super::*;

    fn pooled(case: &serde_json::Value) -> PooledForecasts {
        let (x, y) = (numbers(&case["forecast"]), numbers(&case["observed"]));
        PooledForecasts::of(x.iter().zip(&y).map(|(x, y)| (*x, *y == 1.0)))
    }

    fn check(found: Calibration, case: &serde_json::Value, keys: [&str; 4]) {
        let parts = [found.score, found.miscalibration, found.discrimination, found.uncertainty];
        for (own, key) in parts.into_iter().zip(keys) {
            let wanted = case[key].as_f64().unwrap();
            assert!((own - wanted).abs() < 1e-12, "{key}: {own} and {wanted}");
        }
    }

    #[test]
    fn parts_agree_with_those_of_other_programs() {
        let oracle = oracle();
        let case = &oracle["murphy"];
        let found = Calibration::by_value(&pooled(case)).unwrap();
        check(found, case, ["brier", "reliability", "resolution", "uncertainty"]);
        let case = &oracle["corp_small"];
        let found = Calibration::by_curve(&pooled(case)).unwrap();
        check(found, case, ["S", "MCB", "DSC", "UNC"]);
    }

    #[test]
    fn nothing_is_taken_apart_without_forecasts() {
        assert_eq!(Calibration::by_curve(&PooledForecasts::default()), None);
        assert_eq!(Calibration::by_value(&PooledForecasts::default()), None);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_negative(
            forecasts in prop::collection::vec((0_u8..=20, any::<bool>()), 1..80)
        ) {
            let all = forecasts.iter().map(|(p, y)| (f64::from(*p) / 20.0, *y));
            let pooled = PooledForecasts::of(all);
            let plain: f64 = forecasts
                .iter()
                .map(|(p, y)| {
                    let miss = f64::from(*p) / 20.0 - f64::from(u8::from(*y));
                    miss * miss
                })
                .sum();
            for found in [Calibration::by_value(&pooled), Calibration::by_curve(&pooled)] {
                let found = found.unwrap();
                prop_assert!((found.score - plain / forecasts.len() as f64).abs() < 1e-12);
                let sum = found.miscalibration - found.discrimination + found.uncertainty;
                prop_assert!((sum - found.score).abs() < 1e-12);
                prop_assert!(found.miscalibration > -1e-12 && found.discrimination > -1e-12);
            }
        }
    }
}
