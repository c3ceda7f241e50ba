//! The charts of `update`: the odds as the record came in, how it surprised, and what it taught.

use super::tables::{EvidenceRow, OddsRow, PosteriorRow, UpdateTables};
use super::words::UpdateWords;
use crate::chart::{
    ChartError, OddsChart, OddsLine, PlotEstimate, RevisedChart, RevisedRow, ScoreBarChart,
    ScoreBarRow, Spread,
};
use crate::format::{counted, number};
use crate::report::{ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene};
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::report::{ChartDrawer, FirstDrawer};
use crate::verbs::titles::Titles;

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<UpdateTables> = first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<UpdateTables>)] =
    &[(ChartKind::OddsGiven, odds), (ChartKind::Evidence, evidence), (ChartKind::Revised, revised)];

/// Outcomes are drawn that have these odds at some time.
const LEAST: f64 = 0.02;
/// The largest number of assumptions that are drawn.
const REVISED: usize = 12;
/// The largest number of bars that fit on the first screen of a phone.
const MOST: usize = 6;

/// For each world the odds of the outcomes before the record, and after each of its steps.
fn odds(scene: &Scene<'_>, tables: &UpdateTables) -> Result<Vec<Picture>, ChartError> {
    let words = UpdateWords::new(Titles::plain(&scene.played), tables);
    let mut pictures = Vec::new();
    for world in &tables.worlds {
        let world = world.world.as_str();
        let of = |id: &str| -> Vec<&OddsRow> {
            tables.odds.iter().filter(|row| row.world == world && row.outcome == id).collect()
        };
        let lines = scene.outcomes().iter().filter_map(|outcome| {
            let own = of(&outcome.id);
            let is_seen = own.iter().any(|row| row.share >= LEAST);
            let point =
                |row: &&OddsRow| PlotEstimate { value: row.share, low: row.low, high: row.high };
            is_seen.then(|| OddsLine {
                outcome: outcome.clone(),
                points: own.iter().map(point).collect(),
            })
        });
        let lines: Vec<OddsLine> = lines.collect();
        let steps = lines.first().map_or(0, |line| line.points.len());
        let tick = |passed: usize| match passed.checked_sub(1) {
            None => "before".to_owned(),
            Some(step) => words.step(step as u64).heading(),
        };
        let chart = OddsChart {
            title: match tables.worlds.len() {
                1 => words.headline(),
                _ => format!(
                    "How the odds moved as the record came in, in {}",
                    words.names.world(world)
                ),
            },
            subtitle: format!(
                "The odds of each outcome given what was known by the end of each step; {}; bands: 95 % intervals{}",
                counted(scene.played.trials, "particle"),
                scene.circumstances()
            ),
            source: scene.source(),
            ticks: (0..steps).map(tick).collect(),
            marks: Vec::new(),
            lines,
        };
        let name = match tables.worlds.len() {
            1 => "odds".to_owned(),
            _ => format!("odds-{world}"),
        };
        pictures.push(Picture::of(name, ChartKind::OddsGiven, &chart)?);
    }
    Ok(pictures)
}

/// How surprising each step was in the first world, beside choices at random.
fn evidence(scene: &Scene<'_>, tables: &UpdateTables) -> Result<Vec<Picture>, ChartError> {
    let words = UpdateWords::new(Titles::plain(&scene.played), tables);
    let rows = (0..words.steps()).filter_map(|step| {
        let of = |forecaster| words.evidence(forecaster, Some(step)).map(surprise);
        Some(ScoreBarRow {
            label: words.step(step).heading(),
            own: of(ForecasterName::Demarche)?,
            other: of(ForecasterName::Random),
        })
    });
    let chart = ScoreBarChart {
        title: words
            .surprise()
            .unwrap_or_else(|| "Nothing in the record was a surprise".to_owned()),
        subtitle: format!(
            "The surprise of each step, −ln of its probability given all before it; {}; whiskers: 95 % intervals{}",
            counted(scene.played.trials, "particle"),
            scene.circumstances()
        ),
        source: scene.source(),
        score: "Surprise".to_owned(),
        forecasters: ("The scenario".to_owned(), "Choices at random".to_owned()),
        rows: rows.collect(),
    };
    Ok(vec![Picture::of("evidence", ChartKind::Evidence, &chart)?])
}

/// The surprise of a step with its interval.
fn surprise(row: &EvidenceRow) -> PlotEstimate {
    let (value, error) = (0.0 - row.log_evidence, 1.96 * row.se.unwrap_or(0.0));
    PlotEstimate { value, low: (value - error).max(0.0), high: value + error }
}

/// What was learned of the assumptions in the first world, the most revised first.
fn revised(scene: &Scene<'_>, tables: &UpdateTables) -> Result<Vec<Picture>, ChartError> {
    let words = UpdateWords::new(Titles::plain(&scene.played), tables);
    let learned = words.learned();
    let Some(first) = learned.first() else { return Ok(Vec::new()) };
    let [before, after] = [first.prior, first.posterior].map(|row| number(row.p50));
    let rows = learned.iter().take(REVISED).map(|own| RevisedRow {
        label: own.shown.clone(),
        before: spread(own.prior),
        after: spread(own.posterior),
    });
    let shown = match learned.len() > REVISED {
        true => {
            format!("The {REVISED} most revised of {}", counted(learned.len() as u64, "assumption"))
        }
        false => "All assumptions, the most revised first".to_owned(),
    };
    let chart = RevisedChart {
        title: format!(
            "The record revised “{}” most: its median went from {before} to {after}",
            first.shown
        ),
        subtitle: format!(
            "{shown}; {}{}",
            counted(scene.played.trials, "particle"),
            scene.circumstances()
        ),
        source: scene.source(),
        names: ("before the record".to_owned(), "given the record".to_owned()),
        rows: rows.collect(),
    };
    Ok(vec![Picture::of("revised", ChartKind::Revised, &chart)?])
}

/// The percentiles of an assumption.
fn spread(row: &PosteriorRow) -> Spread {
    Spread { ends: (row.p05, row.p95), middle: (row.p25, row.p75), median: row.p50 }
}

/// The first screen: the odds after the record.
fn first(scene: &Scene<'_>, tables: &UpdateTables) -> Option<FirstChart> {
    let words = UpdateWords::new(Titles::plain(&scene.played), tables);
    let mut revised = words.revised();
    revised.sort_by(|a, b| b.after.share.total_cmp(&a.after.share));
    let bars = revised.iter().take(MOST).filter_map(|own| {
        Some(FirstBar {
            label: None,
            place: None,
            outcome: scene.outcome(&own.after.outcome)?.clone(),
            value: own.after.share,
            interval: (own.after.low, own.after.high),
            is_clear: true,
        })
    });
    Some(FirstChart {
        heading: format!("The odds, given what is known to {}", words.until()),
        note: format!("Lines: 95 % intervals, of the luck of the draw; {}.", scene.under()),
        measure: FirstMeasure::Shares,
        bars: bars.collect(),
    })
}
