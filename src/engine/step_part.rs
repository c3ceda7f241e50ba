//! The parts of a step at which luck can decide something, in the order in which they come.

use crate::formula::Happening;
use crate::model::ActorId;

/// Where a turn stands among the moves of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TurnAt {
    /// The position of the actor in the order of the step.
    pub mover: usize,
    /// The track on which it moves.
    pub track: usize,
    /// The actor.
    pub actor: ActorId,
}

/// A part of a step. Within a step they come in the order of this list, with the parts of a turn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepPart {
    /// An entry of the calendar.
    Calendar(Happening),
    /// An event that can happen, by its position.
    Event(usize),
    /// A bargain that can be struck, by its position.
    Bargain(usize),
    /// The order of moves is drawn.
    Order,
    /// An actor chooses among several options.
    Choice(TurnAt),
    /// An actor votes on what was chosen; with its position among the voters.
    Vote(TurnAt, usize, ActorId),
    /// Chance decides what comes of the action that was chosen, by branches or by draws in effects; with the
    /// position of the action among the actor's.
    Outcome(TurnAt, usize),
    /// The laws are carried out.
    Laws,
}

impl StepPart {
    /// The actor who imagines what comes of it, if one does.
    pub fn thinker(self) -> Option<ActorId> {
        match self {
            StepPart::Choice(turn) => Some(turn.actor),
            StepPart::Vote(_, _, voter) => Some(voter),
            StepPart::Calendar(_)
            | StepPart::Event(_)
            | StepPart::Bargain(_)
            | StepPart::Order
            | StepPart::Outcome(..)
            | StepPart::Laws => None,
        }
    }
}
