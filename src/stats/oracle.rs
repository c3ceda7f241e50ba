//! Statistics of small random data to compare with, computed again by `tests/oracles/statistics.py`.

use serde_json::Value;

/// All of them.
pub(super) fn statistics() -> Value {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/statistics.json"));
    serde_json::from_str(text).expect("a JSON file")
}
