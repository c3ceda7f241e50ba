//! Numbers that are the same on every machine: elementary functions, addressed random bits, and
//! the inverse distribution functions through which every assumption is drawn.

mod hazard;
mod incomplete_beta;
mod incomplete_gamma;
mod inversion;
pub mod kernels;
mod normal;
mod philox;
pub mod quantile;
mod stirling;
mod student;

pub use hazard::chance_per_step;
pub(crate) use hazard::{is_plain_hazard, plain_hazard};
pub use incomplete_beta::beta_cdf;
pub use kernels::{cos, exp, ln, pow, sigmoid, sin};
pub(crate) use normal::{central_quantile, is_central, tail_quantile};
pub use normal::{normal_cdf, normal_quantile};
pub use philox::{PhiloxStream, philox4x32_10, stratified, unit};
pub use stirling::ln_gamma;
pub use student::student_quantile;
