//! Trials: a [`crate::model::Model`] and a range of trials into columns of
//! results.
//!
//! [`Reference`] plays one trial at a time and is written to be read. A step is
//! in `step`, what an actor expects of an option in `weigh`, looking ahead
//! in `imagine`, random numbers in `address` and `luck`.

mod accident;
mod address;
mod assume;
mod coupling;
mod imagine;
mod leaf;
mod luck;
mod reference;
mod situation;
mod step;
mod view;
mod weigh;

pub use accident::Accident;
pub use address::{Counter, Keys, MAX_TRIALS};
#[doc(hidden)]
pub use coupling::Coupling;
pub use leaf::{LEAF, Leaf, MoveRow, Moves, move_rows};
pub use reference::Reference;
