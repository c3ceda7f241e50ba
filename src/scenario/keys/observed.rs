//! Keys of what really happened.

use super::super::defaults::{BASE_RATE_FORECAST, OWN_FORECAST, UNIFORM_FORECAST};
use super::limits::MAX_ENTRIES;
use super::types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};

/// `[observed]`.
pub(in crate::scenario) static OBSERVED: TableSchema = TableSchema::new(
    "[observed]",
    "observed",
    &[
        KeySchema::new("outcome", ValueKind::Name, "the id of the outcome that came about"),
        KeySchema::new(
            "ordered",
            ValueKind::Flag,
            "the outcomes stand in the order of the file on a scale, so that a near miss is better than a \
             far one; false unless given",
        ),
        KeySchema::new(
            BASE_RATE_FORECAST,
            ValueKind::Map(&RATES),
            "how often each outcome comes about in cases of this kind: { war = 0.2, peace = 0.8 }",
        ),
        KeySchema::new(
            "probabilities",
            ValueKind::Map(&FORECASTS),
            "what others forecast, by name: { panel = { war = 0.3, peace = 0.7 } }",
        ),
    ],
);

/// The probabilities of outcomes.
pub(in crate::scenario) static RATES: MapSchema = MapSchema {
    what: "a rate",
    names: NameRule::Elsewhere,
    kind: ValueKind::Rate,
    most: MAX_ENTRIES,
};

/// What others forecast.
static FORECASTS: MapSchema = MapSchema {
    what: "a forecaster",
    names: NameRule::Ids(&[OWN_FORECAST, UNIFORM_FORECAST, BASE_RATE_FORECAST]),
    kind: ValueKind::Map(&RATES),
    most: MAX_ENTRIES,
};
