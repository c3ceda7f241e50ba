//! Where in a step lanes stand.

/// Where in the moves of a step a play stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct LanesCursor {
    /// The position in the order of whoever is moving.
    pub position: usize,
    /// Who that is.
    pub actor: usize,
    /// The track it is moving on.
    pub track: usize,
}
