//! The beta distribution.

use super::limit::Limit;
use super::row::{
    Cases, Distribution, Gives, Parameters, Preparation, Quantile, Standard, Support,
};
use crate::numeric::beta_quantile;

/// `beta(a, b)`, a share between zero and one with mean `a / (a + b)`.
pub static BETA: Distribution = Distribution {
    name: "beta",
    parameters: Parameters::Numbers(&["a", "b"]),
    about: "a draw from the beta distribution over 0 to 1",
    limits: &[Limit::Within(1e-6, 1e6), Limit::Within(1e-6, 1e6)],
    gives: Gives::Number,
    range: (0.0, 1.0),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: Some(Preparation { standard, draw: |share, _| share }),
    composed: None,
    cases: Cases {
        sound: &[
            &[4.0, 3.0],
            &[0.3, 7.0],
            &[1.0, 1.0],
            &[0.05, 0.05],
            &[0.05, 40.0],
            &[40.0, 0.05],
            &[0.5, 0.5],
            &[1.0, 2.0],
            &[2.0, 1.0],
            &[2.0, 5.0],
            &[80.0, 3.0],
            &[300.0, 700.0],
            &[1e4, 1e4],
            &[1e4, 0.05],
        ],
        unsound: &[&[0.0, 1.0], &[1.0, -1.0], &[f64::NAN, 1.0], &[1.0, 1.001e6], &[1.0, 0.999e-6]],
        bits: 0x75b6_81af_0905_e4a3,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [a, b] => beta_quantile(u, a, b),
        _ => f64::NAN,
    }
}

/// What is prepared for these shapes; nothing where all shares are equally likely.
pub(super) fn standard(shapes: &[f64]) -> Option<Standard> {
    (shapes != [1.0, 1.0]).then(|| Standard {
        distribution: &BETA,
        parameters: shapes.to_vec(),
        support: Support::Positive,
    })
}
