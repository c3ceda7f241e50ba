//! Values to test against, computed by other programs: see `tests/oracles/scoring.json`, which names them.

use serde_json::Value;

/// All of them.
pub(super) fn oracle() -> Value {
    serde_json::from_str(include_str!("../../../tests/oracles/scoring.json")).expect("a JSON file")
}

/// A list of numbers.
pub(super) fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().expect("a list").iter().map(|own| own.as_f64().expect("a number")).collect()
}

/// A list of whole numbers.
pub(super) fn wholes(list: &Value) -> Vec<usize> {
    numbers(list).into_iter().map(|own| own as usize).collect()
}

/// A list of lists of numbers.
pub(super) fn rows(list: &Value) -> Vec<Vec<f64>> {
    list.as_array().expect("a list").iter().map(numbers).collect()
}
