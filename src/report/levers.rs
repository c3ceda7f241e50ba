//! The table of levers.

use super::comparison::{Comparison, Difference, write_cells};
use super::tables::TableOf;
use crate::stats::Paired;
use crate::store::{Staging, StoreError};
use crate::study::Lever;

/// A lever and what it changes in one world.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// The lever.
    pub lever: Lever,
    /// The pair of plain run and lever: a position in [`Comparison::pairs`].
    pub pair: usize,
    /// The change of every outcome.
    pub differences: Vec<Difference>,
}

impl Pulled {
    /// Half the sum of all changes of shares, in 0..1: the share of trials by
    /// which the two distributions of outcomes differ (total variation).
    pub fn distance(&self) -> f64 {
        let changes = self.differences.iter().map(|d| d.paired.difference().abs());
        changes.sum::<f64>() / 2.0
    }

    /// The outcome that it changes most.
    pub fn largest(&self) -> Option<&Difference> {
        let size = |difference: &&Difference| difference.paired.difference().abs();
        // The first of equals.
        self.differences.iter().rev().max_by(|a, b| size(a).total_cmp(&size(b)))
    }
}

/// The levers of a comparison whose pairs are each one of these, world by world,
/// in the order given.
pub fn pulled(of: &Comparison, levers: &[Lever]) -> Vec<Pulled> {
    let mut all: Vec<Pulled> = (0..of.pairs.len())
        .map(|pair| Pulled { lever: levers[pair % levers.len()], pair, differences: Vec::new() })
        .collect();
    for difference in of.differences() {
        all[difference.pair].differences.push(difference);
    }
    all
}

/// The order of a ranking: the largest change of any outcome first; equals as in
/// the file.
pub fn ranked(all: &[Pulled]) -> Vec<&Pulled> {
    let size =
        |pulled: &Pulled| pulled.largest().map_or(0.0, |largest| largest.paired.difference().abs());
    let mut ranked: Vec<&Pulled> = all.iter().collect();
    ranked.sort_by(|a, b| size(b).total_cmp(&size(a)));
    ranked
}

/// Writes `levers.csv`, a row for each world, lever and outcome, in the order of
/// the ranking, and what came out in each cell.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_levers(
    staging: &Staging,
    of: &Comparison,
    ranked: &[&Pulled],
) -> Result<(), StoreError> {
    write_cells(staging, of)?;
    let headings = [
        "scenario",
        "policy",
        "world",
        "rank",
        "actor",
        "action",
        "lever",
        "made_plain",
        "made_with",
        "distance",
        "outcome",
        "share_plain",
        "share_with",
        "difference",
        "low",
        "high",
        "low_all",
        "high_all",
        "n_ab",
        "n_ba",
        "variance_ratio",
    ];
    let mut table = TableOf::create(staging, "levers.csv", &headings)?;
    for (rank, pulled) in ranked.iter().enumerate() {
        let pair = &of.pairs[pulled.pair];
        let (plain, with) = (&of.cells[pair.a], &of.cells[pair.b]);
        let made = |cell: &super::CellResult| {
            let happened = cell.summary.happened[pulled.lever.what.0 as usize];
            happened as f64 / cell.summary.trials.max(1) as f64
        };
        for difference in &pulled.differences {
            let paired: Paired = difference.paired;
            table.row(
                &plain.heading.cells(),
                &[
                    (rank as u64 + 1).into(),
                    (&plain.model.actors[pulled.lever.actor].name).into(),
                    pulled.lever.action(&plain.model).into(),
                    pulled.lever.pull.word().into(),
                    made(plain).into(),
                    made(with).into(),
                    pulled.distance().into(),
                    Comparison::outcome_id(&plain.model, difference.outcome.0).into(),
                    paired.share_a().into(),
                    paired.share_b().into(),
                    paired.difference().into(),
                    difference.own.low.into(),
                    difference.own.high.into(),
                    difference.all.low.into(),
                    difference.all.high.into(),
                    paired.only_a.into(),
                    paired.only_b.into(),
                    paired.variance_ratio().into(),
                ],
            )?;
        }
    }
    table.finish()
}
