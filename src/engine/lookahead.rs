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
    /// another to imagine.
    pub level: u8,
    /// How many levels of actors look ahead, this actor included: with 2, the others in its plays
    /// look ahead as well.
    pub minds: u32,
}
