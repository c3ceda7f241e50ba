//! Who may say how likely a record was, and from how many particles.

use serde::{Deserialize, Serialize};

/// How few particles there may be: two in each batch.
pub(super) const FEWEST_PARTICLES: u64 = 32;

/// Who would have said how likely the record was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecasterName {
    /// The scenario.
    Demarche,
    /// Everyone at random.
    Random,
    /// The frequencies of moves in trials without the record.
    PriorFrequencies,
}

impl ForecasterName {
    /// All of them, in the order in which they are computed.
    pub const ALL: [ForecasterName; 3] =
        [ForecasterName::Demarche, ForecasterName::Random, ForecasterName::PriorFrequencies];
}
