//! Student's t distribution.

use super::limit::Limit;
use super::row::{
    Cases, Distribution, Gives, Parameters, Preparation, Quantile, Standard, Support,
};
use crate::numeric::student_draw;

/// With fewer degrees of freedom draws could be larger than any double.
const FEWEST_DEGREES: f64 = 0.1;

/// `student_t(nu)`, the standard t distribution with `nu` degrees of freedom, whole or not: around
/// zero like the normal distribution, with heavier tails the smaller `nu` is. Its standard deviation
/// is `√(nu / (nu - 2))` where `nu` is above two, else infinite or none.
pub static STUDENT_T: Distribution = Distribution {
    name: "student_t",
    parameters: Parameters::Numbers(&["nu"]),
    about: "a draw from Student's t distribution with nu degrees of freedom",
    limits: &[Limit::AtLeast(FEWEST_DEGREES)],
    gives: Gives::Number,
    range: (f64::NEG_INFINITY, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: Some(Preparation { standard, draw: |t, _| t }),
    composed: None,
    cases: Cases {
        sound: &[
            &[4.0],
            &[2.5],
            &[30.0],
            &[0.1],
            &[0.5],
            &[1.0],
            &[2.0],
            &[250.0],
            &[3000.0],
            &[99_999.0],
            &[100_000.0],
            &[1e6],
            &[1e12],
        ],
        unsound: &[&[0.0], &[-1.0], &[0.099], &[f64::NAN], &[f64::INFINITY]],
        bits: 0xc514_873f_05e6_8e79,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [nu] if (FEWEST_DEGREES..f64::INFINITY).contains(&nu) => student_draw(u, nu),
        _ => f64::NAN,
    }
}

fn standard(parameters: &[f64]) -> Option<Standard> {
    Some(Standard {
        distribution: &STUDENT_T,
        parameters: parameters.to_vec(),
        support: Support::Symmetric,
    })
}
