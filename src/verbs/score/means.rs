//! The mean scores of each forecaster over all files, and the skill of Démarche against it.

use super::tables::{MeanScoreRow, ScoreKind};
use crate::model::OWN_FORECAST;
use crate::stats::{ScoreEstimate, Skill};
use crate::study::{ForecastScore, LEVEL};

/// A row for each forecaster and score, the forecasters in the order in which they are met.
pub(super) fn mean_rows(cases: &[Vec<ForecastScore>]) -> Vec<MeanScoreRow> {
    let mut rows = Vec::new();
    for forecaster in forecasters(cases) {
        rows.extend(ScoreKind::ALL.iter().filter_map(|kind| row(cases, forecaster, *kind)));
    }
    rows
}

/// The forecasters in the order in which they are met.
pub(super) fn forecasters(cases: &[Vec<ForecastScore>]) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for own in cases.iter().flatten() {
        if !all.contains(&own.forecaster.as_str()) {
            all.push(&own.forecaster);
        }
    }
    all
}

/// What a forecaster said of a case, if it did.
pub(super) fn forecast<'c>(case: &'c [ForecastScore], of: &str) -> Option<&'c ForecastScore> {
    case.iter().find(|own| own.forecaster == of)
}

fn of_kind(own: &ForecastScore, kind: ScoreKind) -> Option<ScoreEstimate> {
    match kind {
        ScoreKind::Brier => Some(own.brier),
        ScoreKind::Log => Some(own.log),
        ScoreKind::Rps => own.ranked,
    }
}

/// The mean over the cases of which both have the score; `None` if there are none.
fn row(cases: &[Vec<ForecastScore>], of: &str, kind: ScoreKind) -> Option<MeanScoreRow> {
    let pairs = cases.iter().filter_map(|case| {
        let score = |name: &str| of_kind(forecast(case, name)?, kind);
        Some((score(OWN_FORECAST)?, score(of)?))
    });
    let (own, others): (Vec<ScoreEstimate>, Vec<ScoreEstimate>) = pairs.unzip();
    if own.is_empty() {
        return None;
    }
    let n = own.len() as f64;
    let values = |all: &[ScoreEstimate]| all.iter().map(|score| score.value).collect::<Vec<f64>>();
    let (own_values, other_values) = (values(&own), values(&others));
    let mean = |all: &[f64]| all.iter().sum::<f64>() / n;
    let squares: f64 = own.iter().map(|score| score.error * score.error).sum();
    let skill = Skill::of(&own_values, &other_values, LEVEL).filter(|_| of != OWN_FORECAST);
    let interval = skill.and_then(|skill| skill.interval);
    Some(MeanScoreRow {
        forecaster: of.to_owned(),
        score: kind,
        cases: own.len() as u64,
        mean: mean(&other_values),
        own: mean(&own_values),
        own_se: squares.sqrt() / n,
        skill: skill.map(|skill| skill.skill),
        skill_low: interval.map(|known| known.low),
        skill_high: interval.map(|known| known.high),
    })
}
