//! Keys of policies and worlds.

use super::super::defaults::{BASE_WORLD, NO_POLICY};
use super::limits::{MAX_ENTRIES, MAX_STEP};
use super::types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};

/// `[policies]`.
pub(super) static POLICIES: MapSchema = MapSchema {
    what: "a policy",
    names: NameRule::Ids(&[NO_POLICY]),
    kind: ValueKind::Table(&POLICY),
    most: MAX_ENTRIES,
};

/// A policy.
pub(in crate::scenario) static POLICY: TableSchema = TableSchema::new(
    "a policy",
    "policy",
    &[
        KeySchema::new("title", ValueKind::Title, "its title"),
        KeySchema::new(
            "forbid",
            ValueKind::Names(0, MAX_ENTRIES),
            "actions that may not be taken: \"a.threaten\"",
        ),
        KeySchema::new(
            "force",
            ValueKind::Tables(&FORCE, "action", MAX_ENTRIES),
            "actions that must be taken when first available",
        ),
        SET,
        KeySchema::new(
            "secret",
            ValueKind::Flag,
            "actors do not foresee its `force` and `forbid`; false unless given",
        ),
    ],
);

/// An action that must be taken.
pub(in crate::scenario) static FORCE: TableSchema = TableSchema::new(
    "a forced action",
    "force",
    &[
        KeySchema::new("action", ValueKind::Name, "the action: \"a.propose_split\"").required(),
        KeySchema::new(
            "from",
            ValueKind::Whole(0, MAX_STEP),
            "the first step of the window; 0 unless given",
        ),
        KeySchema::new(
            "to",
            ValueKind::Whole(0, MAX_STEP),
            "the last step of the window, included; the last of the run unless given",
        ),
        KeySchema::new(
            "times",
            ValueKind::Whole(1, 10_000),
            "how often it must be taken; 1 unless given; free choices count",
        ),
    ],
);

/// `[worlds]`.
pub(super) static WORLDS: MapSchema = MapSchema {
    what: "a world",
    names: NameRule::Ids(&[BASE_WORLD]),
    kind: ValueKind::Table(&WORLD),
    most: MAX_ENTRIES,
};

/// A world.
pub(in crate::scenario) static WORLD: TableSchema = TableSchema::new(
    "a world",
    "world",
    &[KeySchema::new("title", ValueKind::Title, "its title"), SET],
);

const SET: KeySchema = KeySchema::new(
    "set",
    ValueKind::Settings,
    "values that replace those of the file, by path: { \"actors.a.patience\" = 0.99 }",
);
