//! How much of everything a scenario file may hold.

/// The most entries in a table of named things.
pub(in crate::scenario) const MAX_ENTRIES: usize = 4_096;
/// The most actors, and the most actions that one can have.
pub(in crate::scenario) const MAX_ACTORS: usize = 64;
/// The most voters on a proposal.
pub(in crate::scenario) const MAX_VOTERS: usize = 64;
/// The most voters on a proposal whose votes have weights.
pub(in crate::scenario) const MAX_WEIGHED_VOTERS: usize = 16;
/// The most branches of a chance.
pub(in crate::scenario) const MAX_BRANCHES: usize = 32;
/// The most items of a menu.
pub(in crate::scenario) const MAX_MENU_ITEMS: usize = 64;
/// The most labels of a variable.
pub(in crate::scenario) const MAX_LABELS: usize = 64;
/// The most characters in a text.
pub(in crate::scenario) const MAX_TEXT: usize = 10_000;
/// The largest step that a file may name.
pub(in crate::scenario) const MAX_STEP: i64 = 1_000_000;
/// The largest rank of a want. Only the order of ranks counts.
pub(super) const MAX_RANK: i64 = 1_000_000;
/// The number of the file format.
pub(in crate::scenario) const FORMAT: i64 = 1;
