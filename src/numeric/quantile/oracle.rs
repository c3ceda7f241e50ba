//! What the tests of this module compare with.

use super::{
    beta, exponential, gamma, lo_to_hi, lognormal, normal, pert, poisson, triangular, uniform,
};
use serde_json::Value;

const NUMBERS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/numbers.json"));
const QUANTILES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/quantiles.json"));

/// Exact values handed down with the design.
pub(crate) fn numbers() -> Value {
    serde_json::from_str(NUMBERS).unwrap()
}

/// Quantiles to 20 digits, by `tests/oracles/generate.py`.
pub(crate) fn quantiles() -> Value {
    serde_json::from_str(QUANTILES).unwrap()
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

pub(crate) fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

#[track_caller]
pub(crate) fn assert_close(found: f64, wanted: f64, tolerance: f64, what: &str) {
    let error = (found - wanted).abs();
    assert!(
        error <= tolerance * wanted.abs(),
        "{what}: {found:e}, not {wanted:e}; off by {:e}",
        error / wanted.abs()
    );
}

/// A distribution written as in a scenario file, such as `beta(4, 3)` or `5 to 10`.
pub(crate) fn draw(formula: &str, u: f64) -> f64 {
    if let Some((lo, hi)) = formula.split_once(" to ") {
        return lo_to_hi(u, lo.parse().unwrap(), hi.parse().unwrap());
    }
    let (name, rest) = formula.split_once('(').unwrap();
    let p: Vec<f64> =
        rest.trim_end_matches(')').split(',').map(|cell| cell.trim().parse().unwrap()).collect();
    match name {
        "normal" => normal(u, p[0], p[1]),
        "lognormal" => lognormal(u, p[0], p[1]),
        "uniform" => uniform(u, p[0], p[1]),
        "triangular" => triangular(u, p[0], p[1], p[2]),
        "pert" => pert(u, p[0], p[1], p[2]),
        "beta" => beta(u, p[0], p[1]),
        "gamma" => gamma(u, p[0], p[1]),
        "exponential" => exponential(u, p[0]),
        "poisson" => poisson(u, p[0]),
        _ => panic!("no distribution {name}"),
    }
}
