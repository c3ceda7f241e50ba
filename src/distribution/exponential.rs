//! The exponential distribution.

use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};
use crate::numeric::kernels::ln_1p;

/// `exponential(rate)`, the waiting time for something that happens `rate` times per unit.
pub static EXPONENTIAL: Distribution = Distribution {
    name: "exponential",
    parameters: Parameters::Numbers(&["rate"]),
    about: "a draw from the exponential distribution with mean 1 / rate",
    limits: &[Limit::Above(0.0)],
    gives: Gives::Number,
    range: (0.0, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: None,
    composed: None,
    cases: Cases {
        sound: &[&[2.0], &[0.1], &[7.0], &[1e-9]],
        unsound: &[&[0.0], &[-1.0], &[f64::NAN], &[f64::INFINITY]],
        bits: 0x5e4d_b74a_9caf_6971,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [rate] if rate > 0.0 && rate < f64::INFINITY => -ln_1p(-u) / rate,
        _ => f64::NAN,
    }
}
