//! Keys of values: assumptions, state, definitions, measures, laws, effects.

use super::limits::{MAX_ENTRIES, MAX_LABELS};
use super::types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};

/// `[assumptions]`.
pub(super) static ASSUMPTIONS: MapSchema = MapSchema {
    what: "an assumption",
    names: NameRule::Values,
    kind: ValueKind::Short(&ASSUMPTION, "draw"),
    most: MAX_ENTRIES,
};

/// An assumption written as a table.
pub(in crate::scenario) static ASSUMPTION: TableSchema = TableSchema::new(
    "an assumption",
    "assumption",
    &[
        KeySchema::new(
            "draw",
            ValueKind::Formula,
            "what it is drawn from, once per trial: \"beta(4, 3)\"",
        )
        .required(),
        KeySchema::new(
            "group",
            ValueKind::Title,
            "the name of a group of assumptions, whose importance is told together",
        ),
        UNIT,
    ],
);

/// `[state]`.
pub(super) static STATE: MapSchema = MapSchema {
    what: "a state variable",
    names: NameRule::Values,
    kind: ValueKind::Plain(&STATE_VARIABLE, "start"),
    most: MAX_ENTRIES,
};

/// A variable of `[state]`.
pub(in crate::scenario) static STATE_VARIABLE: TableSchema = TableSchema::new(
    "a state variable",
    "state_variable",
    &[
        KeySchema::new(
            "start",
            ValueKind::Formula,
            "its value at the start: a number, flag, label or draw",
        )
        .required(),
        KeySchema::new(
            "range",
            ValueKind::Range,
            "the lowest and highest value; values are clamped to it",
        ),
        KeySchema::new(
            "labels",
            ValueKind::Names(0, MAX_LABELS),
            "the labels it can take, at most 64",
        ),
        UNIT,
    ],
);

/// `[define]`.
pub(super) static DEFINE: MapSchema = MapSchema {
    what: "a definition",
    names: NameRule::Values,
    kind: ValueKind::Short(&DEFINE_ENTRY, "of"),
    most: MAX_ENTRIES,
};

/// A definition written as a table.
pub(in crate::scenario) static DEFINE_ENTRY: TableSchema = TableSchema::new(
    "a definition",
    "definition",
    &[KeySchema::new("of", ValueKind::Formula, "the formula that the name stands for").required()],
);

/// `[measures]`.
pub(super) static MEASURES: MapSchema = MapSchema {
    what: "a measure",
    names: NameRule::Values,
    kind: ValueKind::Short(&MEASURE, "of"),
    most: MAX_ENTRIES,
};

/// A measure written as a table.
pub(in crate::scenario) static MEASURE: TableSchema = TableSchema::new(
    "a measure",
    "measure",
    &[
        KeySchema::new("of", ValueKind::Formula, "the formula, recorded every step").required(),
        UNIT,
    ],
);

/// `[laws]`.
pub(super) static LAWS: MapSchema = MapSchema {
    what: "a law",
    names: NameRule::Elsewhere,
    kind: ValueKind::Formula,
    most: MAX_ENTRIES,
};

/// `[correlations]`.
pub(super) static CORRELATIONS: MapSchema = MapSchema {
    what: "a correlation",
    names: NameRule::Pairs,
    kind: ValueKind::Number,
    most: MAX_ENTRIES,
};

/// `effects` and `refused`.
pub(in crate::scenario) static EFFECTS: MapSchema = MapSchema {
    what: "an effect",
    names: NameRule::Elsewhere,
    kind: ValueKind::Effect,
    most: MAX_ENTRIES,
};

const UNIT: KeySchema =
    KeySchema::new("unit", ValueKind::Title, "the unit, for tables and charts: \"bn USD\"");
