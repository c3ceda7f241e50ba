//! Inverse distribution functions: each turns one uniform number into one draw.
//!
//! Every function takes `u` first, strictly between zero and one, and gives NaN for a `u` outside
//! or for parameters it has no distribution for; none panics. Draws through an inverse are ordered
//! like the `u` they come from, so stratified and correlated uniforms stay so. Where a distribution
//! function has to be solved, or is approximated, "ordered" is meant up to its error: two `u` that
//! differ in their last bits may give results that differ in theirs, either way.

mod beta;
mod bounded;
mod choice;
mod gamma;
mod normal;
mod poisson;
mod prepared;

pub use beta::{SHAPES, beta, pert};
pub(crate) use beta::{between, pert_shapes};
pub use bounded::{triangular, uniform};
pub use choice::{bernoulli, discrete};
pub use gamma::{SMALLEST_SHAPE, exponential, gamma};
pub(crate) use normal::{Spread, normal_of, spread};
pub use normal::{lo_to_hi, lognormal, normal};
pub use poisson::poisson;
pub use prepared::Prepared;

/// Whether `u` can be asked for.
fn is_open_unit(u: f64) -> bool {
    u > 0.0 && u < 1.0
}

#[cfg(test)]
pub(crate) mod oracle;
#[cfg(test)]
mod tests;
