//! Which part of an uncertain outcome is chance, and which is not knowing the assumptions.
//!
//! `sums` adds up what the estimates need, `bounds` computes their intervals, `quantiles` computes how
//! the probability spreads over the draws, `decomposition` combines these, and `beyond` computes how
//! often the probability lies on either side of a threshold.

mod beyond;
mod bounds;
mod decomposition;
mod quantiles;
mod sums;

pub use beyond::Beyond;
pub use decomposition::{Estimate, Split};
