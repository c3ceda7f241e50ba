//! Trials: a [`crate::model::Model`] and a range of trials into columns of
//! results.
//!
//! [`Lanes`] plays trials side by side and is what runs use; [`Reference`] plays
//! one at a time and is written to be read. Both give the same bits. A step is
//! in `step`, what an actor expects of an option in `weigh`, looking ahead
//! in `imagine`, random numbers in `address` and `luck`.

mod address;
mod coupling;
mod imagine;
mod kind;
mod lanes;
mod numerical_error;
mod perspective;
mod random_source;
mod reference;
mod situation;
mod step;
mod trial_block;
mod trial_numbers;
mod weigh;

pub use address::{AddressKeys, Counter, MAX_TRIALS};
#[doc(hidden)]
pub use coupling::Coupling;
pub use kind::{Engine, EngineKind};
pub use lanes::{Lanes, Path};
pub use numerical_error::NumericalError;
pub use reference::Reference;
pub use trial_block::{CountedOption, MoveCounts, TRIALS_PER_BLOCK, TrialBlock, counted_options};
