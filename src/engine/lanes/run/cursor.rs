//! Where in a step lanes stand.

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
