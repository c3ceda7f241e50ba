//! The front door: what a Rust program that asks questions of a scenario needs, and no more.
//!
//! [`Scenario`] is read from text or a file, [`crate::model::Model::run`] plays trials of it, and a
//! [`Run`] is asked by name. All that can go wrong is an [`Error`]. The rest of the crate is behind
//! this door, for those who need single parts of it.

mod column;
mod difference;
mod error;
mod run;
mod scenario;

pub use difference::Difference;
pub use error::Error;
pub use run::{OutcomeShare, Run};
pub use scenario::Scenario;

#[cfg(test)]
mod tests;
