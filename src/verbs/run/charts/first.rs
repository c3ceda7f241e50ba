//! The chart of the first screen: how often each outcome occurred.

use super::endings::early;
use super::outcomes::outcome_bars;
use crate::format::{count, counted};
use crate::report::{FirstBar, FirstChart, FirstMeasure, Scene};
use crate::verbs::run::tables::RunTables;
use crate::verbs::run::words::holds_for;

/// The largest number of outcomes that fit on the first screen of a phone.
const MOST: usize = 8;

/// A bar for each outcome, the most frequent first.
pub fn first(scene: &Scene<'_>, tables: &RunTables) -> Option<FirstChart> {
    let mut all = outcome_bars(scene, tables);
    all.sort_by(|a, b| b.share.total_cmp(&a.share));
    if all.is_empty() {
        return None;
    }
    let mut note = match scene.played.repeats {
        Some(repeats) => format!(
            "Shares of {}, {} of each draw of the assumptions; lines: the 95 % interval of each by \
             itself, from the number of draws and trials alone.",
            counted(scene.played.trials * u64::from(repeats), "trial"),
            count(u64::from(repeats))
        ),
        None => format!(
            "Shares of {}; lines: 95 % intervals {}, from the number of trials alone.",
            counted(scene.played.trials, "trial"),
            holds_for(tables)
        ),
    };
    if let Some(left) = all.len().checked_sub(MOST).filter(|left| *left > 0) {
        note += &format!(" The table below has {} more.", count(left as u64));
    }
    // With repeats, only the first play of each draw is known step by step.
    let is_known = scene.played.repeats.is_none() && scene.model().truth.steps > 1;
    if is_known && early(scene, tables) == 0 {
        note += " Every trial runs to the last step.";
    }
    all.truncate(MOST);
    let bars = all.into_iter().map(|bar| FirstBar {
        label: None,
        place: None,
        value: bar.share,
        interval: (bar.low, bar.high),
        outcome: bar.outcome,
        is_clear: true,
    });
    Some(FirstChart {
        heading: "How the trials ended".to_owned(),
        note,
        measure: FirstMeasure::Shares,
        bars: bars.collect(),
    })
}
