//! The charts of `score`: scores case by case, and the reliability curve.

use std::ops::Range;

use super::tables::{ScoreKind, ScoreRow, ScoreTables};
use super::words::ScoreWords;
use crate::chart::{
    ChartError, OutcomeName, PlotEstimate, ReliabilityChart, ReliabilityMark, ScoreBarChart,
    ScoreBarRow,
};
use crate::format::{counted, whole_percent};
use crate::model::OWN_FORECAST;
use crate::report::{ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene};
use crate::stats::{Calibration, ScoreEstimate};
use crate::study::LEVEL;
use crate::verbs::report::{ChartDrawer, FirstDrawer};
use crate::verbs::shared::SummaryRow;
use crate::verbs::titles::Titles;

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<ScoreTables> = first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<ScoreTables>)] =
    &[(ChartKind::Reliability, reliability), (ChartKind::ScoreBars, score_bars)];

/// The numbers of cases that are drawn one by one: of a single one there is nothing to compare, and of so
/// many the reliability curve tells more.
const ONE_BY_ONE: Range<usize> = 2..Calibration::ENOUGH_CASES;
/// The largest number of outcomes that fit on the first screen of a phone.
const MOST: usize = 8;

/// The reliability curve of Démarche, from as many cases on as have one.
fn reliability(scene: &Scene<'_>, tables: &ScoreTables) -> Result<Vec<Picture>, ChartError> {
    let (Some(rows), Some(within)) = (&tables.reliability, tables.within_band()) else {
        return Ok(Vec::new());
    };
    let words = ScoreWords::new(Titles::plain(&scene.played), tables);
    let marks = rows.iter().map(|row| ReliabilityMark {
        said: row.said,
        frequency: row.frequency,
        band: (row.band_low, row.band_high),
        forecasts: row.forecasts,
        came_about: row.came_about,
    });
    let chart = ReliabilityChart {
        title: format!(
            "The reliability curve lies within the band of a calibrated forecaster at {} of its probabilities",
            whole_percent(within)
        ),
        subtitle: format!(
            "All outcomes of {}, each with {}; band: 90 %, at each probability by itself",
            counted(tables.own().len() as u64, "case"),
            scene.under()
        ),
        source: scene.source(),
        forecaster: words.forecaster(OWN_FORECAST),
        marks: marks.collect(),
    };
    Ok(vec![Picture::of("reliability", ChartKind::Reliability, &chart)?])
}

/// The Brier scores of Démarche case by case, beside those of the reference.
fn score_bars(scene: &Scene<'_>, tables: &ScoreTables) -> Result<Vec<Picture>, ChartError> {
    let own = tables.own();
    if !ONE_BY_ONE.contains(&own.len()) {
        return Ok(Vec::new());
    }
    let words = ScoreWords::new(Titles::plain(&scene.played), tables);
    let reference = tables.reference();
    let rows = own.iter().map(|row| {
        let others = tables.others(row);
        let other = others.into_iter().find(|other| other.forecaster == reference);
        ScoreBarRow {
            label: format!("{}: {}", words.file(row), words.came_about(row)),
            own: estimate(row),
            other: other.map(estimate),
        }
    });
    let chart = ScoreBarChart {
        title: words.case_by_case(),
        subtitle: format!(
            "Brier scores of cases, each with {}; whiskers: 95 % intervals, the error of the trials alone",
            scene.under()
        ),
        source: scene.source(),
        score: "Brier score".to_owned(),
        forecasters: (words.forecaster(OWN_FORECAST), words.forecaster(reference)),
        rows: rows.collect(),
    };
    Ok(vec![Picture::of("scores", ChartKind::ScoreBars, &chart)?])
}

/// The Brier score of a row with its interval.
fn estimate(row: &ScoreRow) -> PlotEstimate {
    let score = row.score(ScoreKind::Brier);
    let score = score.unwrap_or(ScoreEstimate { value: row.brier, error: 0.0 });
    let known = score.interval(LEVEL);
    PlotEstimate { value: score.value, low: known.low, high: known.high }
}

/// The chart of the first screen.
fn first(scene: &Scene<'_>, tables: &ScoreTables) -> Option<FirstChart> {
    match tables.own().as_slice() {
        [] => None,
        [one] => Some(first_of_one(scene, tables, one)),
        many => Some(first_of_many(scene, tables, many.len() as u64)),
    }
}

/// The mean scores of those who forecast every case.
fn first_of_many(scene: &Scene<'_>, tables: &ScoreTables, cases: u64) -> FirstChart {
    let words = ScoreWords::new(Titles::for_page(&scene.played), tables);
    let forecasters = tables.forecasters().into_iter();
    let means = forecasters.filter_map(|name| tables.mean(name, ScoreKind::Brier));
    let bars = means.filter(|row| row.cases == cases).take(MOST).map(|row| {
        let is_own = row.forecaster == OWN_FORECAST;
        let error = if is_own { row.own_se } else { 0.0 };
        let known = ScoreEstimate { value: row.mean, error }.interval(LEVEL);
        FirstBar {
            label: None,
            place: None,
            outcome: OutcomeName {
                id: row.forecaster.clone(),
                label: words.forecaster(&row.forecaster),
                colour: if is_own { ScoreBarChart::OWN } else { ScoreBarChart::OTHER },
            },
            value: row.mean,
            interval: (known.low, known.high),
            is_clear: true,
        }
    });
    FirstChart {
        heading: "Mean Brier scores".to_owned(),
        note: format!(
            "Over {}, each with {}; less is better: 0 for whoever was sure of what came about, 2 for whoever was sure \
             of something else. Line: 95 % interval from the number of trials alone.",
            counted(cases, "case"),
            scene.under()
        ),
        measure: FirstMeasure::Scores,
        bars: bars.collect(),
    }
}

/// How often each outcome of a single case occurred, and which of them came about.
fn first_of_one(scene: &Scene<'_>, tables: &ScoreTables, own: &ScoreRow) -> FirstChart {
    let observed = own.observed.as_str();
    let mut rows: Vec<_> =
        tables.summary.iter().filter(|row| row.count > 0 || row.outcome == observed).collect();
    rows.sort_by(|a, b| {
        let is_it = |row: &SummaryRow| row.outcome == observed;
        is_it(b).cmp(&is_it(a)).then(b.share.total_cmp(&a.share))
    });
    rows.truncate(MOST);
    let bars = rows.into_iter().filter_map(|row| {
        let outcome: OutcomeName = scene.outcome(&row.outcome)?.clone();
        let label = (row.outcome == observed).then(|| "What came about".to_owned());
        Some(FirstBar {
            label,
            place: None,
            value: row.share,
            interval: (row.mc_low, row.mc_high),
            outcome,
            is_clear: true,
        })
    });
    FirstChart {
        heading: "What was forecast".to_owned(),
        note: format!(
            "Shares of {}; lines: 95 % intervals, each by itself, from the number of trials alone.",
            scene.under()
        ),
        measure: FirstMeasure::Shares,
        bars: bars.collect(),
    }
}
