//! How far an actor looks ahead, and in how many imagined plays.

use std::ops::Range;

/// How far an actor looks ahead when it weighs its options or a vote.
#[derive(Clone, Debug)]
pub(super) struct Lookahead {
    /// How many whole steps it thinks through.
    pub foresight: u32,
    /// The imagined plays over which it takes the mean.
    pub plays: Range<usize>,
    /// How many plays it imagines at most, if it is undecided after those.
    pub most: usize,
    /// Which imagination the random numbers are of: 1 for an actor's own, 2 for what it imagines
    /// another, or itself later, to imagine.
    pub level: u8,
    /// Who looks ahead in the plays that it imagines.
    pub within: LookaheadWithin,
}

/// Who looks ahead in the plays that an actor imagines: as far as its own foresight goes, in an
/// imagination within that one, in which nobody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LookaheadWithin {
    /// The others do, when they move and when they vote.
    pub others: bool,
    /// The actor who imagines does in its own later moves, though not when it votes.
    pub own_moves: bool,
}

impl LookaheadWithin {
    /// Nobody looks ahead in these plays.
    pub const NOBODY: LookaheadWithin = LookaheadWithin { others: false, own_moves: false };

    /// Who looks ahead in the plays of an actor with so many levels of minds, who plans ahead or
    /// does not.
    pub fn of(minds: u32, plans_ahead: bool) -> Self {
        LookaheadWithin { others: minds > 1, own_moves: plans_ahead }
    }

    /// Whether the actor who moves looks ahead: `own` if it is the one who imagines.
    pub fn moving(self, own: bool) -> bool {
        if own { self.own_moves } else { self.others }
    }

    /// Whether the actor who votes looks ahead: `own` if it is the one who imagines.
    pub fn voting(self, own: bool) -> bool {
        !own && self.others
    }

    /// Whether anybody looks ahead.
    pub fn anybody(self) -> bool {
        self.others || self.own_moves
    }
}
