//! Charts of how often each outcome occurred, and of how much that depends on the assumptions.

use std::collections::BTreeMap;

use crate::chart::{
    ChartError, OutcomeBar, OutcomeChart, OutcomeName, ProbabilityChart, ProbabilityRow, Quantiles,
};
use crate::format::percent;
use crate::model::UNRESOLVED;
use crate::report::{ChartKind, Picture, Scene, left_out, most};
use crate::verbs::run::tables::RunTables;
use crate::verbs::run::words::{holds_for, own_interval};

/// The share of each outcome with its interval, in file order; `unresolved` only if it occurred. With
/// repeats, it is the share of all plays of all draws.
pub fn outcome_bars(scene: &Scene<'_>, tables: &RunTables) -> Vec<OutcomeBar> {
    let mut bars = Vec::new();
    for row in &tables.summary {
        let Some(outcome) = scene.outcome(&row.outcome) else { continue };
        let over_all = scene
            .played
            .repeats
            .and_then(|_| tables.uncertainty.iter().find(|all| all.outcome == row.outcome));
        let (share, low, high) = match over_all {
            Some(all) => (all.share, all.share_low, all.share_high),
            None => {
                let own = own_interval(row);
                (row.share, own.low, own.high)
            }
        };
        if row.outcome != UNRESOLVED || share > 0.0 {
            bars.push(OutcomeBar { outcome: outcome.clone(), share, low, high });
        }
    }
    bars
}

/// Bars for the shares of outcomes.
pub(super) fn outcomes(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let bars = outcome_bars(scene, tables);
    let all = bars.len();
    let shown = most(&bars.iter().map(|bar| bar.share).collect::<Vec<_>>());
    let bars: Vec<OutcomeBar> = shown.into_iter().map(|at| bars[at].clone()).collect();
    let mut ranked: Vec<&OutcomeBar> = bars.iter().collect();
    ranked.sort_by(|a, b| b.share.total_cmp(&a.share));
    let title = match ranked.as_slice() {
        [first, second, ..] if second.share > 0.0 => format!(
            "{} in {} of trials; {} in {}",
            first.outcome.label,
            percent(first.share),
            second.outcome.label,
            percent(second.share)
        ),
        [first, ..] => format!("{} in {} of trials", first.outcome.label, percent(first.share)),
        [] => "No outcomes".to_owned(),
    };
    let chart = OutcomeChart {
        title,
        subtitle: format!(
            "{}; whiskers: 95 % intervals {}, from the number of plays alone{}",
            scene.over_all_plays(),
            holds_for(tables),
            left_out(bars.len(), all)
        ),
        source: scene.source(),
        bars,
    };
    Ok(vec![Picture::of("outcomes", ChartKind::Outcomes, &chart)?])
}

/// The distribution of each probability over draws of the assumptions, if draws were repeated.
pub(super) fn swing(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let Some(repeats) = scene.played.repeats else { return Ok(Vec::new()) };
    let mut shares = shares(tables, repeats);
    let mut rows = Vec::new();
    for row in &tables.uncertainty {
        let Some(outcome) = scene.outcome(&row.outcome) else { continue };
        if row.outcome == UNRESOLVED && row.share == 0.0 {
            continue;
        }
        let (Some(p05), Some(p25), Some(p50), Some(p75), Some(p95)) =
            (row.p05, row.p25, row.p50, row.p75, row.p95)
        else {
            continue;
        };
        let points = shares.remove(row.outcome.as_str()).unwrap_or_default();
        rows.push(ProbabilityRow {
            outcome: OutcomeName::clone(outcome),
            counted: quantiles(&points),
            corrected: Some(Quantiles { p05, p25, p50, p75, p95 }),
            mean: row.share,
            points,
        });
    }
    if rows.is_empty() {
        // Nothing is drawn once per trial, or the draws are too few to tell.
        return Ok(Vec::new());
    }
    let all = rows.len();
    let shown = most(&rows.iter().map(|row| row.mean).collect::<Vec<_>>());
    let rows: Vec<ProbabilityRow> = shown.into_iter().map(|at| rows[at].clone()).collect();
    let width = |row: &ProbabilityRow| {
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
    let chart = ProbabilityChart {
        title,
        subtitle: format!("{}{}", scene.over_all_plays(), left_out(rows.len(), all)),
        source: scene.source(),
        rows,
    };
    Ok(vec![Picture::of("probabilities", ChartKind::Swing, &chart)?])
}

/// Quantiles of shares in ascending order, by nearest rank.
fn quantiles(shares: &[f64]) -> Quantiles {
    let at = |q: f64| {
        let rank = (q * shares.len() as f64).ceil() as usize;
        shares.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
    };
    Quantiles { p05: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) }
}

/// The share of each outcome in each draw, ascending.
fn shares(tables: &RunTables, repeats: u16) -> BTreeMap<&str, Vec<f64>> {
    let mut shares: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in tables.draws.iter().flatten() {
        let share = row.times as f64 / f64::from(repeats);
        shares.entry(&row.outcome).or_default().extend((0..row.draws).map(|_| share));
    }
    shares
}
