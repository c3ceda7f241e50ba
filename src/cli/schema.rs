//! `demarche schema`: the JSON Schema of scenario files.

use super::failure::{Failure, print};
use crate::scenario::json_schema;

/// Prints the JSON Schema of scenario files.
pub(super) fn schema() -> Result<(), Failure> {
    print(&schema_text()?)
}

/// The JSON Schema of scenario files.
pub(super) fn schema_text() -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(&json_schema())
        .map_err(|error| Failure::could_not(format!("cannot write the schema: {error}")))?;
    Ok(text + "\n")
}
