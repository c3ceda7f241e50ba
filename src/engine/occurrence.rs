//! What happens in a step, as its player hears of it.

use crate::formula::Happening;
use crate::model::ActorId;

/// Something that happened, or that chance decided, while a step was played.
///
/// In the order in which they come: the entries of the calendar that fall into the step, every event and
/// bargain that could happen, the order of moves where it is drawn, for each turn what was open, its votes
/// and its branch, and laws. A move itself is told by `note`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Occurrence<'a> {
    /// An entry of the calendar came.
    Calendar(Happening),
    /// An event that could happen did, or did not: `None` for one that always does.
    Event(Happening, Option<&'a ChanceDraw>),
    /// A bargain that could happen did, or did not.
    Bargain(Happening, BargainHeard<'a>),
    /// The actors move in this order, which was drawn.
    Order(&'a [ActorId]),
    /// The options that the policy leaves an actor, where it forces a move.
    Forced(&'a [Option<usize>]),
    /// A vote was cast.
    Vote(CastVote),
    /// Chance decided among the branches of the action that was taken.
    Branch(&'a ChanceDraw),
    /// All laws were carried out.
    Laws,
}

impl Occurrence<'_> {
    /// Whether it is a moment of its own, and no part of a move.
    pub fn is_moment(&self) -> bool {
        match self {
            Occurrence::Calendar(_)
            | Occurrence::Event(..)
            | Occurrence::Bargain(..)
            | Occurrence::Order(_)
            | Occurrence::Laws => true,
            Occurrence::Forced(_) | Occurrence::Vote(_) | Occurrence::Branch(_) => false,
        }
    }
}

/// What chance decided, by one uniform number.
#[derive(Clone, Debug, PartialEq)]
pub struct ChanceDraw {
    /// The probability of each branch in the order of the file, and behind them that of none. Where
    /// something happens or does not, its probability and that of the contrary.
    pub chances: Vec<f64>,
    /// The number that was drawn, in 0..1: the first branch came up at which the running sum of
    /// probabilities exceeds it.
    pub number: f64,
    /// The branch that came up; `None` if none did.
    pub came: Option<usize>,
}

/// A bargain as its players hear of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct BargainHeard<'a> {
    /// Whether it came about; `None` for one that always does.
    pub chance: Option<&'a ChanceDraw>,
    /// Position, salience and power of each party; empty where it did not come about.
    pub parties: &'a [[f64; 3]],
    /// The value that was settled; `None` where there was no deal.
    pub settled: Option<f64>,
}

/// A vote on a proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CastVote {
    /// The actor who voted.
    pub voter: ActorId,
    /// The probability with which it would say yes; 1 for the actor who proposed.
    pub probability: f64,
    /// Whether it said yes.
    pub yes: bool,
}
