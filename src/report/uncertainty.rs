//! Not knowing and chance: a table and a chart.

use super::charts::outcome_name;
use super::comparison::Comparison;
use super::picture::{Kind, Picture};
use super::tables::{Heading, TableOf};
use crate::chart::{ChartError, ProbabilityChart, Quantiles, SpreadRow, percent};
use crate::model::Model;
use crate::stats::Split;
use crate::store::{Cell, Staging, StoreError};
use crate::study::Repeated;

/// The probabilities that draws of the assumptions are sorted by.
pub const THRESHOLDS: [f64; 4] = [0.01, 0.05, 0.2, 0.5];

/// Writes `uncertainty.csv`: for each outcome (unresolved last) how its variance
/// splits, and how its probability spreads over draws of the assumptions.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_uncertainty(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    splits: &[Option<Split>],
) -> Result<(), StoreError> {
    let mut headings: Vec<String> = [
        "scenario",
        "policy",
        "world",
        "outcome",
        "draws",
        "repeats",
        "share",
        "share_low",
        "share_high",
        "not_knowing",
        "not_knowing_low",
        "not_knowing_high",
        "chance",
        "chance_low",
        "chance_high",
        "not_knowing_share",
        "not_knowing_share_low",
        "not_knowing_share_high",
    ]
    .map(str::to_owned)
    .to_vec();
    for kind in ["raw", "corrected"] {
        headings.extend(Split::QUANTILES.map(|q| format!("{kind}_p{:02.0}", 100.0 * q)));
    }
    for threshold in THRESHOLDS {
        let percent = 100.0 * threshold;
        for side in ["below", "above"] {
            headings.push(format!("draws_{side}_{percent:02.0}"));
            headings.push(format!("share_{side}_{percent:02.0}"));
        }
    }
    let names: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut table = TableOf::create(staging, "uncertainty.csv", &names)?;
    for (outcome, split) in splits.iter().enumerate() {
        let Some(split) = split else { continue };
        let mut first = heading.cells().to_vec();
        first.push(Comparison::outcome_id(model, outcome).into());
        let mut cells: Vec<Cell<'_>> = vec![split.draws.into(), split.repeats.into()];
        for estimate in [Some(&split.share), Some(&split.not_knowing), Some(&split.chance)]
            .into_iter()
            .chain([split.not_knowing_share.as_ref()])
        {
            cells.push(estimate.map(|e| e.value).into());
            cells.push(estimate.map(|e| e.interval.low).into());
            cells.push(estimate.map(|e| e.interval.high).into());
        }
        cells.extend(split.raw.iter().chain(&split.corrected).map(|point| Cell::from(*point)));
        for beyond in split.shares_beyond(&THRESHOLDS) {
            cells.push(beyond.draws_below.into());
            cells.push(beyond.below.into());
            cells.push(beyond.draws_above.into());
            cells.push(beyond.above.into());
        }
        table.row(&first, &cells)?;
    }
    table.finish()
}

/// The chart of probabilities over draws of the assumptions.
///
/// # Errors
///
/// Numbers that cannot be drawn.
pub fn probability_chart(
    model: &Model,
    repeated: &Repeated,
    splits: &[Option<Split>],
    seed: u64,
) -> Result<Picture, ChartError> {
    let quantiles = |[p05, p25, p50, p75, p95]: [f64; 5]| Quantiles { p05, p25, p50, p75, p95 };
    let mut rows = Vec::new();
    for (outcome, split) in splits.iter().enumerate() {
        let Some(split) = split else { continue };
        if outcome == model.outcomes.len() && split.total() == 0.0 {
            continue;
        }
        let counts = &repeated.outcomes[outcome];
        rows.push(SpreadRow {
            outcome: outcome_name(model, outcome),
            counted: quantiles(split.raw),
            corrected: Some(quantiles(split.corrected)),
            mean: split.share.value,
            points: counts.iter().map(|n| *n as f64 / repeated.repeats as f64).collect(),
        });
    }
    let width = |row: &SpreadRow| {
        let shown = row.corrected.as_ref().unwrap_or(&row.counted);
        shown.p95 - shown.p05
    };
    let widest = rows.iter().max_by(|a, b| width(a).total_cmp(&width(b)));
    let title = widest.map_or_else(
        || "No outcomes".to_owned(),
        |row| {
            let shown = row.corrected.as_ref().unwrap_or(&row.counted);
            format!(
                "{}: its probability lies between {} and {} in nine of ten draws of the assumptions",
                row.outcome.label,
                percent(shown.p05),
                percent(shown.p95)
            )
        },
    );
    let draws = splits.iter().flatten().next().map_or(0, |split| split.draws);
    let chart = ProbabilityChart {
        title,
        subtitle: format!(
            "{} draws of the assumptions, each played {} times, seed {seed}, policy {}, world {}",
            crate::chart::number(draws as f64),
            crate::chart::number(repeated.repeats as f64),
            model.policy,
            model.world
        ),
        source: format!("{}. Simulated with Démarche {}", model.title, env!("CARGO_PKG_VERSION")),
        rows,
    };
    Picture::of("probabilities", Kind::Spread, &chart)
}
