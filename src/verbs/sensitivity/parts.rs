//! Parts of a variance, how they are ranked, and how they are told.

use crate::verbs::importance::ImportanceRow;
use crate::verbs::part_known::PartKnown;

impl ImportanceRow {
    /// The part of the variance that goes with it alone.
    pub(super) fn first(&self) -> Option<PartKnown> {
        PartKnown::of(self.S1, self.S1_low, self.S1_high)
    }

    /// The part with its interactions.
    pub(super) fn total(&self) -> Option<PartKnown> {
        PartKnown::of(self.ST, self.ST_low, self.ST_high)
    }

    /// Whether its importance can be told from zero.
    pub(super) fn is_clear(&self) -> bool {
        [self.first(), self.total()].into_iter().flatten().any(PartKnown::is_clear)
    }

    /// By what it is ranked.
    pub(super) fn rank(&self) -> f64 {
        self.total().or(self.first()).map_or(f64::NEG_INFINITY, |part| part.value)
    }
}

/// What comes first among some, and whether that is told apart from the others.
pub(super) struct Ranked<'t, T> {
    /// The most important first.
    pub all: Vec<&'t T>,
    pub is_told: bool,
}

impl<'t> Ranked<'t, ImportanceRow> {
    /// Rows by their total, or where the indices of single inputs tell more, by these.
    pub fn of(rows: impl Iterator<Item = &'t ImportanceRow>) -> Self {
        let mut all: Vec<&ImportanceRow> = rows.collect();
        all.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
        if is_apart(&all, |row| row.total()) {
            return Ranked { all, is_told: true };
        }
        let first = |row: &ImportanceRow| row.first().map_or(f64::NEG_INFINITY, |own| own.value);
        let mut by_first = all.clone();
        by_first.sort_by(|a, b| first(b).total_cmp(&first(a)));
        match is_apart(&by_first, |row| row.first()) {
            true => Ranked { all: by_first, is_told: true },
            false => Ranked { all, is_told: false },
        }
    }
}

/// Whether the first of some rows is clear of all others: their intervals do not touch.
fn is_apart<T>(rows: &[&T], part: impl Fn(&T) -> Option<PartKnown>) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    let Some(first) = part(first) else { return false };
    first.is_clear() && others.iter().all(|other| part(other).is_some_and(|p| p.high < first.low))
}

/// What goes with a row, alone and with others.
pub(super) fn of_row(row: &ImportanceRow) -> String {
    match (row.first(), row.total()) {
        (Some(first), Some(total)) => {
            format!("{} alone, {} with its interactions", first.words(), total.words())
        }
        (Some(first), None) => format!("{} of all uncertainty alone", first.words()),
        (None, _) => String::new(),
    }
}

/// The total of a row, or where it has none, its part alone.
pub(super) fn brief(row: &ImportanceRow) -> String {
    row.total().or(row.first()).map_or_else(String::new, PartKnown::words)
}
