//! Keys of values: assumptions, state, definitions, measures, laws, effects.

use super::{Key, Keys, Kind, MAX_ENTRIES, MAX_LABELS, Map, Names};

/// `[assumptions]`.
pub(super) static ASSUMPTIONS: Map = Map {
    what: "an assumption",
    names: Names::Values,
    kind: Kind::Short(&ASSUMPTION, "draw"),
    most: MAX_ENTRIES,
};

/// An assumption written as a table.
pub(in crate::scenario) static ASSUMPTION: Keys = Keys::new(
    "an assumption",
    "assumption",
    &[
        Key::new("draw", Kind::Formula, "what it is drawn from, once per trial: \"beta(4, 3)\"")
            .required(),
        UNIT,
    ],
);

/// `[state]`.
pub(super) static STATE: Map = Map {
    what: "a state variable",
    names: Names::Values,
    kind: Kind::Table(&STATE_VARIABLE),
    most: MAX_ENTRIES,
};

/// A variable of `[state]`.
pub(in crate::scenario) static STATE_VARIABLE: Keys = Keys::new(
    "a state variable",
    "state_variable",
    &[
        Key::new("start", Kind::Formula, "its value at the start: a number, flag, label or draw")
            .required(),
        Key::new("range", Kind::Range, "the lowest and highest value; values are clamped to it"),
        Key::new("labels", Kind::Names(MAX_LABELS), "the labels it can take, at most 64"),
        UNIT,
    ],
);

/// `[define]`.
pub(super) static DEFINE: Map = Map {
    what: "a definition",
    names: Names::Values,
    kind: Kind::Short(&DEFINE_ENTRY, "of"),
    most: MAX_ENTRIES,
};

/// A definition written as a table.
pub(in crate::scenario) static DEFINE_ENTRY: Keys = Keys::new(
    "a definition",
    "definition",
    &[Key::new("of", Kind::Formula, "the formula that the name stands for").required()],
);

/// `[measures]`.
pub(super) static MEASURES: Map = Map {
    what: "a measure",
    names: Names::Values,
    kind: Kind::Short(&MEASURE, "of"),
    most: MAX_ENTRIES,
};

/// A measure written as a table.
pub(in crate::scenario) static MEASURE: Keys = Keys::new(
    "a measure",
    "measure",
    &[Key::new("of", Kind::Formula, "the formula, recorded every step").required(), UNIT],
);

/// `[laws]`.
pub(super) static LAWS: Map =
    Map { what: "a law", names: Names::Elsewhere, kind: Kind::Formula, most: MAX_ENTRIES };

/// `[correlations]`.
pub(super) static CORRELATIONS: Map =
    Map { what: "a correlation", names: Names::Pairs, kind: Kind::Number, most: MAX_ENTRIES };

/// `effects` and `refused`.
pub(in crate::scenario) static EFFECTS: Map =
    Map { what: "an effect", names: Names::Elsewhere, kind: Kind::Effect, most: MAX_ENTRIES };

const UNIT: Key = Key::new("unit", Kind::Title, "the unit, for tables and charts: \"bn USD\"");
