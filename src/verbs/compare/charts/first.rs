//! The chart of the first screen: the clearest differences, or what differs most between cells.

use crate::report::{FirstBar, FirstChart, FirstMeasure, Scene};
use crate::verbs::compare::tables::{CompareTables, ComparisonRow};
use crate::verbs::shared::SummaryRow;

/// The largest number of bars that fit on the first screen of a phone.
const MOST: usize = 6;

/// The differences that can be told from zero, the largest first; the largest of all if there are
/// none; if nothing is compared with a baseline, the outcome that differs most.
pub fn first(scene: &Scene<'_>, tables: &CompareTables) -> Option<FirstChart> {
    if tables.comparison.is_empty() {
        return widest(scene, &tables.summary);
    }
    let own = tables.comparison.iter().filter(|row| scene.outcome(&row.outcome).is_some());
    let mut rows: Vec<&ComparisonRow> = own.collect();
    let size = |row: &ComparisonRow| row.difference.abs();
    rows.sort_by(|a, b| b.stands_out().cmp(&a.stands_out()).then(size(b).total_cmp(&size(a))));
    let clear = rows.iter().filter(|row| row.stands_out()).count();
    let shown = clear.clamp(1, MOST).max(rows.len().min(3));
    rows.truncate(shown);
    let baseline = rows.first().map(|row| scene.cell_title(&row.scenario_a, &row.policy_a))?;
    let bars = rows.into_iter().filter_map(|row| {
        Some(FirstBar {
            label: Some(scene.cell_title(&row.scenario_b, &row.policy_b)),
            place: scene.place(&row.world_b),
            outcome: scene.outcome(&row.outcome)?.clone(),
            value: row.difference,
            interval: (row.low_all, row.high_all),
            is_clear: row.stands_out(),
        })
    });
    let bars: Vec<FirstBar> = bars.collect();
    let heading = match clear {
        0 => "No change stands out; the largest seen".to_owned(),
        _ => "What changes most".to_owned(),
    };
    let hollow = if bars.iter().any(|bar| !bar.is_clear) { " Pale: may be zero." } else { "" };
    Some(FirstChart {
        heading,
        note: format!(
            "In percentage points against “{baseline}”, {}; lines: 95 % intervals, all comparisons \
             judged together.{hollow}",
            scene.each()
        ),
        measure: FirstMeasure::Differences,
        bars,
    })
}

/// The shares of the outcome whose share differs most between cells.
fn widest(scene: &Scene<'_>, rows: &[SummaryRow]) -> Option<FirstChart> {
    let range = |id: &str| {
        let shares = rows.iter().filter(|row| row.outcome == id).map(|row| row.share);
        let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(a, b), s| (a.min(s), b.max(s)));
        high - low
    };
    let outcome = scene.outcomes().iter().max_by(|a, b| range(&a.id).total_cmp(&range(&b.id)))?;
    let own = rows.iter().filter(|row| row.outcome == outcome.id);
    let mut bars: Vec<FirstBar> = own
        .map(|row| FirstBar {
            label: Some(scene.cell_title(&row.scenario, &row.policy)),
            place: scene.place(&row.world),
            outcome: outcome.clone(),
            value: row.share,
            interval: (row.mc_low, row.mc_high),
            is_clear: true,
        })
        .collect();
    bars.sort_by(|a, b| b.value.total_cmp(&a.value));
    bars.truncate(MOST);
    Some(FirstChart {
        heading: "The outcome that differs most".to_owned(),
        note: format!(
            "Share of trials, {}; lines: the 95 % interval of each by itself.",
            scene.each()
        ),
        measure: FirstMeasure::Shares,
        bars,
    })
}
