//! How often things came about that were given the same probability, or nearly: the reliability curve.

/// Forecasts of single outcomes by their probability: for each value, how often it was said, and how often
/// the outcome came about. The values rise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PooledForecasts {
    values: Vec<f64>,
    /// How often each value was said, and how often the outcome came about.
    counts: Vec<(u64, u64)>,
}

/// A stretch of probabilities that are recalibrated to the same frequency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityPoint {
    /// The lowest probability in it that was said.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How many forecasts it holds.
    pub forecasts: u64,
    /// How many of these outcomes came about.
    pub came_about: u64,
}

impl ReliabilityPoint {
    /// How often the outcomes came about: what the probabilities should have been.
    pub fn frequency(&self) -> f64 {
        self.came_about as f64 / self.forecasts as f64
    }
}

impl PooledForecasts {
    /// The forecasts, each a probability and whether the outcome came about.
    pub fn of(forecasts: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let mut all: Vec<(f64, bool)> = forecasts.into_iter().collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut pooled = PooledForecasts::default();
        for (value, came_about) in all {
            if pooled.values.last() != Some(&value) {
                pooled.values.push(value);
                pooled.counts.push((0, 0));
            }
            if let Some((forecasts, came)) = pooled.counts.last_mut() {
                *forecasts += 1;
                *came += u64::from(came_about);
            }
        }
        pooled
    }

    /// The probabilities that were said, rising.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// How often each of them was said, and how often the outcome came about.
    pub fn counts(&self) -> &[(u64, u64)] {
        &self.counts
    }

    /// The curve that rises nowhere less than it must: neighbouring values are pooled until the frequencies
    /// rise with them. No frequency depends on a choice of bins.
    ///
    /// Sources: Ayer et al. 1955, "An empirical distribution function for sampling with incomplete
    /// information", Annals of Mathematical Statistics 26 (pool adjacent violators); Dimitriadis, Gneiting &
    /// Jordan 2021, "Stable reliability diagrams for probabilistic classifiers", PNAS 118.
    pub fn recalibrated(&self) -> Vec<ReliabilityPoint> {
        let mut curve: Vec<ReliabilityPoint> = Vec::new();
        for (value, (forecasts, came_about)) in self.values.iter().zip(&self.counts) {
            if *forecasts == 0 {
                continue;
            }
            let (forecasts, came_about) = (*forecasts, *came_about);
            let mut last = ReliabilityPoint { low: *value, high: *value, forecasts, came_about };
            while let Some(before) = curve.pop_if(|before| !rises(before, &last)) {
                last = ReliabilityPoint {
                    low: before.low,
                    high: last.high,
                    forecasts: before.forecasts + last.forecasts,
                    came_about: before.came_about + last.came_about,
                };
            }
            curve.push(last);
        }
        curve
    }

    /// The same values with other counts.
    pub(super) fn with_counts(&self, counts: Vec<(u64, u64)>) -> Self {
        PooledForecasts { values: self.values.clone(), counts }
    }
}

/// Whether frequencies rise from one stretch to the next; computed in whole numbers, so that equal ones are
/// equal.
fn rises(before: &ReliabilityPoint, next: &ReliabilityPoint) -> bool {
    let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
    product(before.came_about, next.forecasts) < product(next.came_about, before.forecasts)
}

/// The height of a reliability curve at a probability: on a straight line between stretches.
pub(super) fn height(curve: &[ReliabilityPoint], at: f64) -> f64 {
    let next = curve.partition_point(|own| own.high < at);
    match (next.checked_sub(1).map(|before| &curve[before]), curve.get(next)) {
        (_, Some(own)) if own.low <= at => own.frequency(),
        (Some(before), Some(own)) => {
            let part = (at - before.high) / (own.low - before.high);
            before.frequency() + part * (own.frequency() - before.frequency())
        }
        (None, Some(own)) | (Some(own), None) => own.frequency(),
        (None, None) => at,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::oracle::{numbers, oracle};
    use super::*;

    #[test]
    fn curves_agree_with_those_of_other_programs() {
        let case = &oracle()["corp_small"];
        let (x, y) = (numbers(&case["forecast"]), numbers(&case["observed"]));
        let pooled = PooledForecasts::of(x.iter().zip(&y).map(|(x, y)| (*x, *y == 1.0)));
        let curve = pooled.recalibrated();
        for (x, wanted) in x.iter().zip(numbers(&case["recalibrated"])) {
            assert!((height(&curve, *x) - wanted).abs() < 1e-12, "{x}");
        }
        let bins = case["bins"].as_array().unwrap();
        assert_eq!(curve.len(), bins.len());
        for (own, bin) in curve.iter().zip(bins) {
            assert_eq!(own.low, bin["x_min"].as_f64().unwrap());
            assert_eq!(own.high, bin["x_max"].as_f64().unwrap());
            assert_eq!(own.forecasts, bin["n"].as_u64().unwrap());
            assert!((own.frequency() - bin["cep"].as_f64().unwrap()).abs() < 1e-12);
        }
    }

    #[test]
    fn between_stretches_the_curve_is_straight_and_beyond_them_level() {
        let pooled = PooledForecasts::of([(0.2, false), (0.2, true), (0.6, true), (0.8, true)]);
        let curve = pooled.recalibrated();
        assert_eq!(curve.len(), 2);
        for (at, wanted) in [(0.0, 0.5), (0.2, 0.5), (0.4, 0.75), (0.7, 1.0), (1.0, 1.0)] {
            assert!((height(&curve, at) - wanted).abs() < 1e-12, "{at}");
        }
        assert_eq!(height(&[], 0.3), 0.3);
    }

    proptest! {
        #[test]
        fn frequencies_rise_and_nothing_is_lost(
            forecasts in prop::collection::vec((0_u8..20, any::<bool>()), 1..60)
        ) {
            let all = forecasts.iter().map(|(p, y)| (f64::from(*p) / 20.0, *y));
            let pooled = PooledForecasts::of(all);
            let curve = pooled.recalibrated();
            prop_assert!(curve.is_sorted_by(|a, b| a.high < b.low && a.frequency() < b.frequency()));
            let total: u64 = curve.iter().map(|own| own.forecasts).sum();
            let came: u64 = curve.iter().map(|own| own.came_about).sum();
            prop_assert_eq!(total, forecasts.len() as u64);
            prop_assert_eq!(came, forecasts.iter().filter(|(_, y)| *y).count() as u64);
        }
    }
}
