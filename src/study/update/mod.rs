//! Odds revised by what is known to have happened: a particle filter.

mod answer;
mod batch;
mod filter;
mod particles;

pub use answer::{ImpossibleEntry, KnownStepTold, RevisedAssumption, Updated, WeightedSummary};
pub use filter::update;
