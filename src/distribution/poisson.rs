//! The Poisson distribution.

use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};
use crate::numeric::poisson_quantile;

/// `poisson(mean)`, how often something happens that happens independently of itself.
pub static POISSON: Distribution = Distribution {
    name: "poisson",
    parameters: Parameters::Numbers(&["mean"]),
    about: "a count drawn from the Poisson distribution",
    limits: &[Limit::AtLeast(0.0)],
    gives: Gives::Number,
    range: (0.0, f64::INFINITY),
    is_discrete: true,
    quantile: Quantile::OfUniform(quantile),
    prepared: None,
    composed: None,
    cases: Cases {
        sound: &[&[3.5], &[0.5], &[0.0], &[15.99], &[16.01], &[300.0], &[20_000.0]],
        unsound: &[&[-1.0], &[f64::NAN], &[f64::INFINITY]],
        bits: 0xfd90_6eb5_8976_5e61,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [mean] => poisson_quantile(u, mean),
        _ => f64::NAN,
    }
}
