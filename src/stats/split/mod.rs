//! Which part of an uncertain outcome is chance, and which is not knowing the assumptions.
//!
//! `sums` adds up what the estimates need, `bounds` computes their intervals, `decomposition` combines
//! these, and `mixing` computes how the probability is distributed over draws of the assumptions.

mod bounds;
#[cfg(test)]
mod coverage;
mod decomposition;
mod mixing;
mod sums;

pub use decomposition::{Estimate, Split};
pub use mixing::Mixing;
