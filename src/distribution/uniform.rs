//! The uniform distribution.

use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};

/// `uniform(a, b)`, of which the difference of the ends must be finite.
pub static UNIFORM: Distribution = Distribution {
    name: "uniform",
    parameters: Parameters::Numbers(&["a", "b"]),
    about: "a draw anywhere between a and b alike",
    limits: &[Limit::Any, Limit::NotBelow("a")],
    gives: Gives::Number,
    range: (f64::NEG_INFINITY, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: None,
    composed: None,
    cases: Cases {
        sound: &[&[-1.0, 2.0], &[0.0, 1.0], &[2.0, 2.0], &[0.1, 0.300_000_000_000_000_04]],
        unsound: &[&[1.0, 0.0], &[0.0, f64::INFINITY], &[f64::MIN, f64::MAX], &[f64::NAN, 1.0]],
        bits: 0xfe53_1903_aba0_8735,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [a, b] => between(u, a, b),
        _ => f64::NAN,
    }
}

/// The number at this share of the way from `a` to `b`, and no further than `b`.
pub(super) fn between(share: f64, a: f64, b: f64) -> f64 {
    let width = b - a;
    if !(0.0..f64::INFINITY).contains(&width) {
        return f64::NAN;
    }
    let x = a + width * share;
    if x > b { b } else { x }
}
