//! What the charts of outcomes and those of measures share.

use super::tables::SweepTables;
use super::value::SweepValue;
use super::words::SweepWords;
use crate::chart::SweptValues;
use crate::report::Scene;
use crate::verbs::titles::Titles;

/// The words of an answer; in charts, titles stand as the file has them.
pub(super) fn words<'a>(scene: &'a Scene<'_>, tables: &'a SweepTables) -> SweepWords<'a> {
    let titles = Titles { played: &scene.played, safe: str::to_owned };
    SweepWords { played: &scene.played, tables, titles }
}

/// The values along an axis.
pub(super) fn values(words: &SweepWords<'_>, axis: usize) -> SweptValues {
    let mut all: Vec<&SweepValue> = Vec::new();
    for row in &words.tables.sweep {
        let value = row.values()[axis];
        if !all.contains(&value) {
            all.push(value);
        }
    }
    let numbers: Option<Vec<f64>> = all.iter().map(|value| value.number()).collect();
    match numbers {
        Some(numbers) => SweptValues::Numbers(numbers),
        None => SweptValues::Labels(all.iter().map(|value| value.shown()).collect()),
    }
}
