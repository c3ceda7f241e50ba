//! Trials: a [`crate::model::Model`] and a range of trials into columns of
//! results.
//!
//! [`Lanes`] plays trials side by side and is what runs use; [`Reference`] plays
//! one at a time and is written to be read. Both give the same bits. A step is
//! in `step`, what an actor expects of an option in `weigh`, looking ahead
//! in `imagine`, random numbers in `address` and `luck`.

mod accident;
mod address;
mod assume;
mod choice;
mod coupling;
mod imagine;
mod lanes;
mod leaf;
mod luck;
mod reference;
mod situation;
mod step;
mod view;
mod weigh;

pub use accident::Accident;
pub use address::{Counter, Keys, MAX_TRIALS};
pub use choice::{Engine, EngineKind};
#[doc(hidden)]
pub use coupling::Coupling;
pub use lanes::{Lanes, Path};
pub use leaf::{LEAF, Leaf, MoveRow, Moves, move_rows};
pub use reference::Reference;
