//! Not knowing and chance: their tables.

use std::collections::BTreeMap;

use super::tables::{Heading, TableOf, outcome_id};
use crate::model::Model;
use crate::stats::Split;
use crate::store::{CsvField, Staging, StoreError};
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
        first.push(outcome_id(model, outcome).into());
        let mut cells: Vec<CsvField<'_>> = vec![split.draws.into(), split.repeats.into()];
        for estimate in [Some(&split.share), Some(&split.not_knowing), Some(&split.chance)]
            .into_iter()
            .chain([split.not_knowing_share.as_ref()])
        {
            cells.push(estimate.map(|e| e.value).into());
            cells.push(estimate.map(|e| e.interval.low).into());
            cells.push(estimate.map(|e| e.interval.high).into());
        }
        cells.extend(split.raw.iter().chain(&split.corrected).map(|point| CsvField::from(*point)));
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

/// Writes `draws.csv`: for each outcome (unresolved last) in how many draws of
/// the assumptions it came about how many times.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_draws(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    repeated: &Repeated,
) -> Result<(), StoreError> {
    let headings = ["scenario", "policy", "world", "outcome", "times", "draws"];
    let mut table = TableOf::create(staging, "draws.csv", &headings)?;
    for (outcome, counts) in repeated.outcomes.iter().enumerate() {
        let mut draws: BTreeMap<u64, u64> = BTreeMap::new();
        for times in counts {
            *draws.entry(*times).or_default() += 1;
        }
        for (times, draws) in draws {
            let first = [outcome_id(model, outcome).into(), times.into(), draws.into()];
            table.row(&heading.cells(), &first)?;
        }
    }
    table.finish()
}
