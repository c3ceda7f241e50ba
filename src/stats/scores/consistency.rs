//! Where the reliability curve of a calibrated forecaster may run.

use rand::Rng;

use super::calibration::ScoredForecast;
use super::isotonic::{PooledForecasts, height};
use crate::numeric::{PhiloxStream, unit};

/// The band of a reliability curve at a probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandPoint {
    /// The probability that was said.
    pub at: f64,
    /// The lower end, at most `at`.
    pub low: f64,
    /// The upper end, at least `at`.
    pub high: f64,
}

/// The most places at which a band is computed: more would only cost time.
const MOST_PLACES: usize = 500;
/// What tells these random numbers from all others.
const ADDRESS: u32 = 0x5c02_e5ba;

/// Within which ends, at each probability that was said, the reliability curve of `replicates` calibrated
/// forecasters runs in the share `level` of them.
///
/// For each of them, as many cases are drawn from these, with replacement, and in each the class that comes
/// about by its probability; the classes of a case hang together, so this draws one for all. The curve of
/// what was drawn is read at the probabilities that were said, on straight lines between its stretches. The
/// ends are quantiles at each probability by itself, moved to the diagonal where they lie beyond it. They
/// depend on nothing but the forecasts, the replicates and the seed.
///
/// Source: Dimitriadis, Gneiting & Jordan 2021, "Stable reliability diagrams for probabilistic classifiers",
/// PNAS 118; Bröcker & Smith 2007, "Increasing the reliability of reliability diagrams", Weather and
/// Forecasting 22.
pub fn consistency_bands(
    cases: &[ScoredForecast],
    level: f64,
    replicates: u32,
    seed: u64,
) -> Vec<BandPoint> {
    let pooled = PooledForecasts::of(cases.iter().flat_map(ScoredForecast::single));
    let places = places(pooled.values());
    let mut heights = drawn_heights(cases, &pooled, &places, replicates, seed);
    let outside = (1.0 - level) / 2.0;
    let ends = places.iter().zip(&mut heights).map(|(at, own)| {
        own.sort_by(f64::total_cmp);
        let (low, high) = (quantile(own, outside), quantile(own, 1.0 - outside));
        BandPoint { at: *at, low: low.min(*at), high: high.max(*at) }
    });
    ends.collect()
}

/// The probabilities at which a band is computed: all, or as many as fit, evenly among them.
fn places(values: &[f64]) -> Vec<f64> {
    if values.len() <= MOST_PLACES {
        return values.to_vec();
    }
    let last = values.len() - 1;
    (0..MOST_PLACES).map(|at| values[at * last / (MOST_PLACES - 1)]).collect()
}

/// For each place, the height of the curve of each calibrated forecaster.
fn drawn_heights(
    cases: &[ScoredForecast],
    pooled: &PooledForecasts,
    places: &[f64],
    replicates: u32,
    seed: u64,
) -> Vec<Vec<f64>> {
    let values = pooled.values();
    // Where the probabilities of each case stand among all.
    let ranks: Vec<Vec<usize>> = cases
        .iter()
        .map(|case| {
            let own = case.probabilities.iter();
            own.map(|p| values.partition_point(|value| value < p)).collect()
        })
        .collect();
    let mut heights = vec![Vec::with_capacity(replicates as usize); places.len()];
    let key = [seed as u32, (seed >> 32) as u32];
    for replicate in 0..replicates {
        let mut bits = PhiloxStream::new(key, [0, 0, replicate, ADDRESS]);
        let mut counts = vec![(0, 0); values.len()];
        for _ in 0..cases.len() {
            let drawn = (unit(bits.next_u64()) * cases.len() as f64) as usize;
            let drawn = drawn.min(cases.len() - 1);
            let came_about = class(&cases[drawn].probabilities, unit(bits.next_u64()));
            for (own, rank) in ranks[drawn].iter().enumerate() {
                counts[*rank].0 += 1;
                counts[*rank].1 += u64::from(came_about == Some(own));
            }
        }
        let curve = pooled.with_counts(counts).recalibrated();
        for (place, own) in places.iter().zip(&mut heights) {
            own.push(height(&curve, *place));
        }
    }
    heights
}

/// The class of a uniform number: each has its probability, and none the rest.
fn class(probabilities: &[f64], u: f64) -> Option<usize> {
    let mut sum = 0.0;
    probabilities.iter().position(|p| {
        sum += p;
        u < sum
    })
}

/// A quantile of sorted numbers, on straight lines between them.
fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at * (sorted.len() - 1) as f64;
    let below = place.floor();
    let (low, part) = (below as usize, place - below);
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + part * (sorted[high] - sorted[low])
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{numbers, oracle};
    use super::*;

    /// The cases of the oracle: each says something of one class.
    fn small() -> Vec<ScoredForecast> {
        let case = &oracle()["corp_small"];
        let (x, y) = (numbers(&case["forecast"]), numbers(&case["observed"]));
        let one = |(x, y): (&f64, &f64)| ScoredForecast {
            probabilities: vec![*x],
            observed: (*y == 1.0).then_some(0),
        };
        x.iter().zip(&y).map(one).collect()
    }

    #[test]
    fn bands_agree_with_those_of_other_programs() {
        let cases = small();
        let wanted = &oracle()["corp_small"]["consistency_90"];
        let pooled = PooledForecasts::of(cases.iter().flat_map(ScoredForecast::single));
        let heights = drawn_heights(&cases, &pooled, pooled.values(), 20_000, 1);
        assert_eq!(pooled.values(), numbers(&wanted["x"]));
        // Curves have steps, so an end may lie on either side of one: what must agree is the share of curves
        // beyond the oracle's end. Both draw 20,000 curves, and 0.01 is five standard errors of the
        // difference.
        for (at, (low, high)) in
            numbers(&wanted["raw_lower"]).into_iter().zip(numbers(&wanted["raw_upper"])).enumerate()
        {
            let share = |beyond: &dyn Fn(f64) -> bool| {
                heights[at].iter().filter(|own| beyond(**own)).count() as f64 / 20_000.0
            };
            let x = pooled.values()[at];
            assert!(share(&|own| own < low - 1e-9) <= 0.06, "{x}: below {low}");
            assert!(share(&|own| own <= low + 1e-9) >= 0.04, "{x}: up to {low}");
            assert!(share(&|own| own > high + 1e-9) <= 0.06, "{x}: above {high}");
            assert!(share(&|own| own >= high - 1e-9) >= 0.04, "{x}: from {high}");
        }
    }

    #[test]
    fn bands_hold_the_diagonal_and_depend_on_the_seed_alone() {
        let bands = consistency_bands(&small(), 0.9, 200, 7);
        assert!(bands.iter().all(|own| own.low <= own.at && own.at <= own.high));
        assert!(bands.iter().any(|own| own.low < own.at && own.at < own.high));
        assert_eq!(bands, consistency_bands(&small(), 0.9, 200, 7));
        assert_ne!(bands, consistency_bands(&small(), 0.9, 200, 8));
        let wide = consistency_bands(&small(), 0.99, 200, 7);
        let wider = wide.iter().zip(&bands).all(|(a, b)| a.low <= b.low && a.high >= b.high);
        assert!(wider, "a higher level is wider");
        assert!(consistency_bands(&[], 0.9, 10, 1).is_empty());
    }

    #[test]
    fn calibrated_forecasters_run_within_their_bands_as_often_as_they_should() {
        // Three classes, of which one comes about by the probabilities that are said.
        let said = |seed: u32| -> Vec<ScoredForecast> {
            let mut bits = PhiloxStream::new([3, seed], [0; 4]);
            let mut next = || unit(bits.next_u64());
            let cases = (0..60).map(|_| {
                let (a, b) = (next(), next());
                let (low, high) = (a.min(b), a.max(b));
                let probabilities = vec![low, high - low, 1.0 - high];
                let observed = class(&probabilities, next());
                ScoredForecast { probabilities, observed }
            });
            cases.collect()
        };
        let (mut within, mut all) = (0_u32, 0_u32);
        for seed in 0..200 {
            let cases = said(seed);
            let curve = PooledForecasts::of(cases.iter().flat_map(ScoredForecast::single));
            let curve = curve.recalibrated();
            for band in consistency_bands(&cases, 0.9, 200, u64::from(seed)) {
                let own = height(&curve, band.at);
                within += u32::from(band.low <= own && own <= band.high);
                all += 1;
            }
        }
        let share = f64::from(within) / f64::from(all);
        assert!((0.88..=0.94).contains(&share), "{share}");
    }

    #[test]
    fn many_forecasts_have_bands_at_some_of_their_places() {
        let values: Vec<f64> = (0..10_000).map(|at| f64::from(at) / 1e4).collect();
        let chosen = places(&values);
        assert_eq!(chosen.len(), MOST_PLACES);
        assert_eq!((chosen[0], chosen[MOST_PLACES - 1]), (0.0, 0.9999));
        assert!(chosen.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn quantiles_lie_on_lines_between_sorted_numbers() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        for (at, wanted) in [(0.0, 1.0), (0.125, 1.5), (0.25, 2.0), (0.6, 5.6), (1.0, 16.0)] {
            assert!((quantile(&sorted, at) - wanted).abs() < 1e-12, "{at}");
        }
        assert_eq!(quantile(&[3.0], 0.7), 3.0);
    }

    #[test]
    fn a_class_has_its_probability_and_none_the_rest() {
        let of = |u| class(&[0.25, 0.0, 0.5], u);
        assert_eq!(
            [0.0, 0.249, 0.25, 0.749, 0.75, 0.999].map(of),
            [Some(0), Some(0), Some(2), Some(2), None, None]
        );
    }

    #[test]
    fn seeds_that_differ_in_their_upper_half_draw_others() {
        let bands = |seed| consistency_bands(&small(), 0.9, 50, seed);
        assert_ne!(bands(7), bands(7 + (1 << 32)));
        assert_ne!(bands(7 + (1 << 32)), bands(7 + (2 << 32)));
    }
}
