//! The distributions that a scenario can draw from, a file each.
//!
//! A file holds everything that is particular to its distribution, as a [`Distribution`] row: its
//! name and parameters, what these must be, its quantile (the inverse of its distribution
//! function, which turns one uniform number into one draw), between what its draws lie, the forms
//! in which it is computed faster, and what it is tested with. [`ALL`] lists the rows. The language
//! and its checker, the engine and the tests go through that list, so that nothing else has to be
//! told of a new distribution. Nothing here knows formulas, models or engines.
//!
//! Draws are ordered like the uniform numbers that they come from, so that stratified and
//! correlated numbers stay so. Where a distribution function has to be solved, or is approximated,
//! this is meant up to its error: two uniform numbers that differ in their last bits may give draws
//! that differ in theirs, either way.

mod bernoulli;
mod beta;
mod composed;
mod discrete;
mod exponential;
mod gamma;
mod inverse;
mod limit;
mod lo_to_hi;
mod lognormal;
mod normal;
mod pert;
mod poisson;
mod prepared;
mod row;
mod student_t;
mod triangular;
mod uniform;

pub use bernoulli::BERNOULLI;
pub use beta::BETA;
pub(crate) use composed::{Composed, KnownParameter};
pub use discrete::DISCRETE;
pub use exponential::EXPONENTIAL;
pub use gamma::GAMMA;
pub use inverse::Inverse;
pub use limit::{Limit, Unsound};
pub use lo_to_hi::LO_TO_HI;
pub use lognormal::LOGNORMAL;
pub use normal::NORMAL;
pub use pert::PERT;
pub use poisson::POISSON;
pub(crate) use row::Quantile;
pub use row::{Cases, Distribution, Gives, Parameters};
pub use student_t::STUDENT_T;
pub use triangular::TRIANGULAR;
pub use uniform::UNIFORM;

/// Every distribution, in the order in which the documentation lists them.
pub const ALL: [&Distribution; 13] = [
    &NORMAL,
    &LOGNORMAL,
    &STUDENT_T,
    &UNIFORM,
    &TRIANGULAR,
    &PERT,
    &BETA,
    &GAMMA,
    &EXPONENTIAL,
    &POISSON,
    &BERNOULLI,
    &DISCRETE,
    &LO_TO_HI,
];

#[cfg(test)]
mod edges;
#[cfg(test)]
mod tests;
