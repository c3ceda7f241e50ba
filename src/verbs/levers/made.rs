//! How often a move is made: when its actor is free, and when it is forced.

use super::tables::{LeverRow, LeverTables};
use crate::format::{NOTHING, percent};
#[cfg(feature = "report")]
use crate::format::{among_hundred_span, of_hundred_span};
use crate::study::Pull;

impl LeverRow {
    /// How often the move is made when it is forced; a dash for a row about forbidding it.
    pub fn when_forced(&self) -> String {
        self.made_forced.map_or(NOTHING.to_owned(), percent)
    }
}

/// A sentence on how often a move was made when it was forced and when it was not, over the worlds
/// that were played; `None` where it was only forbidden. `title` is what the move is called.
#[cfg(feature = "report")]
pub(super) fn made_in_words(
    tables: &LeverTables,
    action: &str,
    title: &str,
    trials: u64,
) -> Option<String> {
    let own = tables.levers.iter().filter(|row| row.action == action && row.lever == Pull::Forced);
    let span = |share: fn(&LeverRow) -> Option<f64>| {
        let shares = own.clone().filter_map(share);
        let largest = shares.clone().reduce(f64::max)?;
        Some((shares.reduce(f64::min)?, largest))
    };
    let (low, high) = span(|row| row.made_forced)?;
    let (free_low, free_high) = span(|row| Some(row.made_unforced))?;
    Some(format!(
        "{title} is made in {} when it is forced at its first chance ({} unforced).",
        of_hundred_span(low, high, trials),
        among_hundred_span(free_low, free_high, trials)
    ))
}
