//! The Bernoulli distribution.

use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};

/// `bernoulli(p)`, a flag: one with chance `p`, else zero.
pub static BERNOULLI: Distribution = Distribution {
    name: "bernoulli",
    parameters: Parameters::Numbers(&["p"]),
    about: "a flag that is true with chance p",
    limits: &[Limit::Within(0.0, 1.0)],
    gives: Gives::Flag,
    range: (0.0, 1.0),
    is_discrete: true,
    quantile: Quantile::OfUniform(quantile),
    prepared: None,
    composed: None,
    cases: Cases {
        sound: &[&[0.3], &[0.5], &[0.0], &[1.0], &[1e-6]],
        unsound: &[&[-0.1], &[1.1], &[f64::NAN]],
        bits: 0x0f33_2b2d_25ff_c045,
    },
};

/// One exactly when `1 - u < p`: it rises with `u`, as a rank correlation needs it to, and raising
/// the chance keeps whatever happened before.
fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [p] if (0.0..=1.0).contains(&p) => f64::from(u8::from(1.0 - u < p)),
        _ => f64::NAN,
    }
}
