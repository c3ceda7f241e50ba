//! The gamma distribution.

use super::limit::Limit;
use super::row::{
    Cases, Distribution, Gives, Parameters, Preparation, Quantile, Standard, Support,
};
use crate::numeric::gamma_quantile;

/// `gamma(shape, scale)`, a waiting time whose mean is the product of the two.
pub static GAMMA: Distribution = Distribution {
    name: "gamma",
    parameters: Parameters::Numbers(&["shape", "scale"]),
    about: "a draw from the gamma distribution with mean shape * scale",
    limits: &[Limit::AtLeast(1e-6), Limit::Above(0.0)],
    gives: Gives::Number,
    range: (0.0, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: Some(Preparation { standard, draw }),
    composed: None,
    cases: Cases {
        sound: &[
            &[2.5, 0.8],
            &[1.0, 1.0],
            &[0.05, 1.0],
            &[0.3, 2.0],
            &[0.9, 1.0],
            &[30.0, 1.0],
            &[999.0, 1.0],
            &[1001.0, 1.0],
            &[5000.0, 2.0],
        ],
        unsound: &[
            &[0.0, 1.0],
            &[1.0, 0.0],
            &[f64::NAN, 1.0],
            &[0.999e-6, 1.0],
            &[1.0, f64::INFINITY],
        ],
        bits: 0xdce9_4a0a_d60f_366f,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [shape, scale] if scale > 0.0 && scale < f64::INFINITY => scale * gamma_quantile(u, shape),
        _ => f64::NAN,
    }
}

fn standard(parameters: &[f64]) -> Option<Standard> {
    let shape = *parameters.first()?;
    Some(Standard {
        distribution: &GAMMA,
        parameters: vec![shape, 1.0],
        support: Support::Positive,
    })
}

fn draw(standard: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [_, scale] => scale * standard,
        _ => f64::NAN,
    }
}
