//! What the fuzz targets share: scenarios made from bytes by the JSON Schema, limits that keep an input fast,
//! and comparisons.

pub mod bits;
pub mod dice;
pub mod dictionary;
// The random formulas of the test suite; here the dice are the bytes of an input.
pub mod asked;
#[path = "../../tests/suite/generated/formulas.rs"]
pub mod formulas;
pub mod limits;
pub mod markup;
pub mod printed;
pub mod written;
