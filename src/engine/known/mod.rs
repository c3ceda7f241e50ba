//! Plays that go as it is known to have gone: moves, votes, events and bargains of the known past are made
//! as they were, and how likely each of them was is multiplied up.

mod contradictions;
mod frequencies;
mod likelihood;
mod step_past;

pub use contradictions::{Contradiction, ContradictionCount, Contradictions};
pub use frequencies::MoveFrequencies;
pub use likelihood::{Forecaster, KnownLikelihood};
pub(in crate::engine) use likelihood::{OpenOption, of_choice};
pub(in crate::engine) use step_past::StepPast;
