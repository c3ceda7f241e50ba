//! Which part of an uncertain outcome is chance, and which is not knowing the assumptions.
//!
//! `sums` adds up what the estimates need, `bounds` says how far they may be from the truth,
//! `quantiles` how the probability spreads over the draws, `decomposition` puts these together, and
//! `beyond` asks how often the probability lies on either side of a threshold.

mod beyond;
mod bounds;
mod decomposition;
mod quantiles;
mod sums;

pub use beyond::Beyond;
pub use decomposition::{Estimate, Split};
