//! A value that a sweep sets: a number, or the words of a label, a flag, a list or a formula.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::format::number;
use crate::scenario::Decimal;

/// A value that a sweep sets.
///
/// In tables a number is a number, and all else is text.
#[derive(Clone, Debug, PartialEq)]
pub enum SweepValue {
    /// A number, which is finite.
    Number(f64),
    /// Anything else, as it is written on the command line.
    Words(String),
}

impl SweepValue {
    /// The value that a command line writes.
    pub(super) fn of(words: &str) -> Self {
        match Decimal::read(words) {
            Some(number) => SweepValue::Number(number.value()),
            None => SweepValue::Words(words.to_owned()),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            SweepValue::Number(number) => Some(*number),
            SweepValue::Words(_) => None,
        }
    }

    /// The value as `--set` takes it: a number with all its digits, and whole ones without a point.
    pub fn written(&self) -> String {
        match self {
            SweepValue::Number(number) if *number == number.trunc() && number.abs() < 1e15 => {
                format!("{}", *number as i64)
            }
            SweepValue::Number(number) => format!("{number:?}"),
            SweepValue::Words(words) => words.clone(),
        }
    }

    /// The value as people read it: a number with a few digits, words without quotation marks.
    pub fn shown(&self) -> String {
        match self {
            SweepValue::Number(value) => number(*value),
            SweepValue::Words(words) => {
                let unquoted = |quote| words.strip_prefix(quote)?.strip_suffix(quote);
                unquoted('\'').or_else(|| unquoted('"')).unwrap_or(words).to_owned()
            }
        }
    }
}

impl Serialize for SweepValue {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            SweepValue::Number(number) => to.serialize_f64(*number),
            SweepValue::Words(words) => to.serialize_str(words),
        }
    }
}

impl<'de> Deserialize<'de> for SweepValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let words = String::deserialize(from)?;
        Ok(match words.parse::<f64>() {
            Ok(number) if number.is_finite() => SweepValue::Number(number),
            Ok(_) | Err(_) => SweepValue::Words(words),
        })
    }
}
