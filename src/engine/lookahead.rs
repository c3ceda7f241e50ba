//! How an actor looks at its options.

use std::ops::Range;

/// How an actor looks at its options.
#[derive(Clone, Debug)]
pub(super) struct Lookahead {
    /// How many whole steps it thinks through.
    pub foresight: u32,
    /// The imagined plays it looks at.
    pub plays: Range<usize>,
    /// Whose luck: 1 for an actor's imagination, 2 for what it imagines another
    /// to imagine.
    pub level: u8,
    /// How many levels of minds look ahead in the plays, itself included.
    pub minds: u32,
}
