//! Mathematics that gives the same bits on every machine: elementary functions, random bits that
//! are found by their address, the functions of probability, and the quantiles that have to be
//! solved or approximated. What a scenario can draw from stands in [`crate::distribution`].

mod beta_quantile;
mod gamma_quantile;
mod gumbel;
mod hazard;
mod incomplete_beta;
mod incomplete_gamma;
mod inversion;
pub mod kernels;
mod modulo;
mod noncentral_chi_squared;
mod normal;
#[cfg(test)]
pub(crate) mod oracle;
mod philox;
mod piecewise;
mod poisson_quantile;
mod stirling;
mod student;

pub use beta_quantile::{BETA_SHAPES, beta_quantile};
pub use gamma_quantile::{SMALLEST_GAMMA_SHAPE, gamma_quantile};
pub(crate) use gumbel::{gumbel_quantile, gumbel_quantiles};
pub use hazard::chance_per_step;
pub(crate) use hazard::{is_plain_hazard, plain_hazard};
pub use incomplete_beta::beta_cdf;
pub use kernels::{cos, exp, ln, pow, sigmoid, sin};
pub use modulo::modulo;
pub use noncentral_chi_squared::noncentral_chi_squared_cdf;
pub(crate) use normal::{central_quantile, is_central, tail_quantile};
pub use normal::{normal_cdf, normal_quantile};
pub use philox::{PhiloxStream, philox4x32_10, stratified, unit};
pub(crate) use piecewise::PiecewisePolynomial;
pub use poisson_quantile::poisson_quantile;
pub use stirling::ln_gamma;
pub(crate) use student::student_draw;
pub use student::student_quantile;

/// Whether `u` lies strictly between zero and one, so that a distribution has a quantile there.
pub(crate) fn is_open_unit(u: f64) -> bool {
    u > 0.0 && u < 1.0
}
