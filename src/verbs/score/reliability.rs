//! How well forecasters are calibrated over many files: the parts of the score, and the reliability curve.

use super::means::{forecast, forecasters};
use super::tables::{CalibrationRow, ReliabilityRow};
use crate::model::OWN_FORECAST;
use crate::stats::{Calibration, PooledForecasts, ScoredForecast, consistency_bands};
use crate::study::ForecastScore;

/// The share of calibrated forecasters whose curve runs within the band at a probability.
const BAND_LEVEL: f64 = 0.9;
/// How many of them are drawn.
const REPLICATES: u32 = 2_000;

/// What a forecaster said of each case of which it said anything.
fn said(cases: &[Vec<ForecastScore>], of: &str) -> Vec<ScoredForecast> {
    cases.iter().filter_map(|case| Some(forecast(case, of)?.said.clone())).collect()
}

/// Each class of each case by itself.
fn pooled(said: &[ScoredForecast]) -> PooledForecasts {
    PooledForecasts::of(said.iter().flat_map(ScoredForecast::single))
}

/// The parts of the score of each forecaster who forecast in as many files as are enough.
pub(super) fn calibration_rows(cases: &[Vec<ForecastScore>]) -> Vec<CalibrationRow> {
    let rows = forecasters(cases).into_iter().filter_map(|forecaster| {
        let said = said(cases, forecaster);
        let pooled = pooled(&said);
        let is_enough = said.len() >= Calibration::ENOUGH_CASES;
        let by_curve = Calibration::by_curve(&pooled).filter(|_| is_enough)?;
        let by_value = Calibration::by_value(&pooled)?;
        Some(CalibrationRow {
            forecaster: forecaster.to_owned(),
            cases: said.len() as u64,
            forecasts: pooled.counts().iter().map(|(forecasts, _)| forecasts).sum(),
            different: pooled.values().len() as u64,
            score: by_curve.score,
            miscalibration: by_curve.miscalibration,
            discrimination: by_curve.discrimination,
            uncertainty: by_curve.uncertainty,
            reliability: by_value.miscalibration,
            resolution: by_value.discrimination,
        })
    });
    rows.collect()
}

/// The reliability curve of Démarche with its band, at each probability that it gave an outcome.
pub(super) fn reliability_rows(cases: &[Vec<ForecastScore>], seed: u64) -> Vec<ReliabilityRow> {
    let said = said(cases, OWN_FORECAST);
    let pooled = pooled(&said);
    let curve = pooled.recalibrated();
    let bands = consistency_bands(&said, BAND_LEVEL, REPLICATES, seed);
    let rows = bands.into_iter().map(|band| {
        let at = pooled.values().partition_point(|value| *value < band.at);
        let (forecasts, came_about) = pooled.counts()[at];
        let stretch = curve.partition_point(|own| own.high < band.at);
        ReliabilityRow {
            said: band.at,
            forecasts,
            came_about,
            frequency: curve[stretch].frequency(),
            band_low: band.low,
            band_high: band.high,
        }
    });
    rows.collect()
}
