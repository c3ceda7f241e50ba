//! Where in a step lanes stand.

use crate::engine::step_part::TurnAt;
use crate::model::ActorId;

/// Where in the moves of a step a play stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct LanesCursor {
    /// The position in this step's order of the actor who is moving.
    pub position: usize,
    /// The actor who is moving.
    pub actor: usize,
    /// The track it is moving on.
    pub track: usize,
}

impl LanesCursor {
    /// The actor and the track.
    pub fn turn(self) -> (usize, usize) {
        (self.actor, self.track)
    }

    /// Where the turn stands among the moves of the step.
    pub fn stands(self) -> TurnAt {
        let LanesCursor { position, actor, track } = self;
        TurnAt { mover: position, track, actor: ActorId(actor as u32) }
    }
}
