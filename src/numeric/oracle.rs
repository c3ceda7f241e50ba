//! Values from elsewhere that the tests compare with.

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

/// A number, or one written as text so that it is read as the nearest double.
pub(crate) fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64().unwrap(), |text| text.parse().unwrap())
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
