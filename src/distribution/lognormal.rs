//! The lognormal distribution.

use super::composed::{Composed, KnownParameter};
use super::limit::Limit;
use super::normal;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};
use crate::numeric::exp;

/// `lognormal(mu, sigma)`, the distribution of a number whose natural logarithm is normal with mean
/// `mu` and standard deviation `sigma`.
pub static LOGNORMAL: Distribution = Distribution {
    name: "lognormal",
    parameters: Parameters::Numbers(&["mu", "sigma"]),
    about: "a draw whose logarithm is normal",
    limits: &[Limit::Any, Limit::AtLeast(0.0)],
    gives: Gives::Number,
    range: (0.0, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfNormal(of_normal),
    prepared: None,
    composed: Some(composed),
    cases: Cases {
        sound: &[&[0.0, 1.0], &[2.0, 0.3], &[0.0, 0.0], &[-5.0, 4.0]],
        unsound: &[&[0.0, -1.0], &[f64::NAN, 1.0], &[0.0, f64::INFINITY]],
        bits: 0x0444_0a15_7c89_e859,
    },
};

fn of_normal(z: f64, parameters: &[f64]) -> f64 {
    exp(normal::of_normal(z, parameters))
}

fn composed(parameters: &[KnownParameter]) -> Option<Composed> {
    normal::composed(parameters).map(Composed::exp)
}
