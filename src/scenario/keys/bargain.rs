//! Keys of collective bargains.

use super::common::{EFFECTS, EVERY, ONCE};
use super::limits::{MAX_ACTORS, MAX_ENTRIES};
use super::types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};

/// `[bargains]`.
pub(super) static BARGAINS: MapSchema = MapSchema {
    what: "a bargain",
    names: NameRule::Words,
    kind: ValueKind::Table(&BARGAIN),
    most: MAX_ENTRIES,
};

/// A bargain.
pub(in crate::scenario) static BARGAIN: TableSchema = TableSchema {
    what: "a bargain",
    id: "bargain",
    keys: &[
        KeySchema::new(
            "title",
            ValueKind::Title,
            "the text shown to readers; its name unless given",
        ),
        KeySchema::new(
            "over",
            ValueKind::Name,
            "the variable of [state] that is settled, which has a range",
        )
        .required()
        .fixed(),
        KeySchema::new(
            "among",
            ValueKind::Names(1, MAX_ACTORS),
            "the actors who bargain; unless given, all with a want of `ideal` that is of `over` alone",
        )
        .fixed(),
        KeySchema::new(
            "position",
            ValueKind::Map(&POSITIONS),
            "what actors would have the variable be; that want's `ideal` unless given",
        ),
        KeySchema::new(
            "salience",
            ValueKind::Map(&SALIENCES),
            "how much actors care; unless given, that want's weight as a share of all the actor's",
        ),
        KeySchema::new(
            "power",
            ValueKind::Map(&POWERS),
            "what the wishes of actors count; the trait `power` unless given",
        ),
        KeySchema::new(
            "rule",
            ValueKind::Word(&["mean", "median", "nash", "pce"]),
            "how it is settled: mean or median by weight, Nash's solution, or an election",
        )
        .required(),
        KeySchema::new(
            "pick",
            ValueKind::Word(&["mean", "draw"]),
            "with `pce`, the mean of the election (unless given) or one position drawn by it",
        ),
        KeySchema::new("when", ValueKind::Formula, "the condition; always unless given"),
        KeySchema::new(
            "chance",
            ValueKind::Number,
            "its probability per step, 0 to 1; certain unless given",
        ),
        EVERY,
        ONCE,
        EFFECTS,
    ],
    needs: &[],
    one_of: &[],
    clashes: &[[("pick", &["draw"]), ("rule", &["mean", "median", "nash"])]],
};

static POSITIONS: MapSchema = MapSchema { what: "a position", ..OF_ACTORS };

static SALIENCES: MapSchema = MapSchema { what: "a salience", ..OF_ACTORS };

static POWERS: MapSchema = MapSchema { what: "a power", ..OF_ACTORS };

/// A number for each of some actors.
const OF_ACTORS: MapSchema = MapSchema {
    what: "a number",
    names: NameRule::Elsewhere,
    kind: ValueKind::Number,
    most: MAX_ACTORS,
};
