//! Keys of policies and worlds.

use super::{Key, Keys, Kind, MAX_ENTRIES, MAX_STEP, Map, Names};

/// `[policies]`.
pub(super) static POLICIES: Map = Map {
    what: "a policy",
    names: Names::Ids("none"),
    kind: Kind::Table(&POLICY),
    most: MAX_ENTRIES,
};

/// A policy.
pub(in crate::scenario) static POLICY: Keys = Keys::new(
    "a policy",
    "policy",
    &[
        Key::new("title", Kind::Title, "its title"),
        Key::new(
            "forbid",
            Kind::Names(MAX_ENTRIES),
            "actions that may not be taken: \"a.threaten\"",
        ),
        Key::new(
            "force",
            Kind::Tables(&FORCE, "action", MAX_ENTRIES),
            "actions that must be taken when first available",
        ),
        SET,
        Key::new(
            "secret",
            Kind::Flag,
            "nobody's imagination knows of its `force` and `forbid`; false unless given",
        ),
    ],
);

/// An action that must be taken.
pub(in crate::scenario) static FORCE: Keys = Keys::new(
    "a forced action",
    "force",
    &[
        Key::new("action", Kind::Name, "the action: \"a.propose_split\"").required(),
        Key::new("from", Kind::Whole(0, MAX_STEP), "the first step of the window; 0 unless given"),
        Key::new(
            "to",
            Kind::Whole(0, MAX_STEP),
            "the last step of the window, included; the last of the run unless given",
        ),
        Key::new(
            "times",
            Kind::Whole(1, 10_000),
            "how often it must be taken; 1 unless given; a free choice counts",
        ),
    ],
);

/// `[worlds]`.
pub(super) static WORLDS: Map = Map {
    what: "a world",
    names: Names::Ids("base"),
    kind: Kind::Table(&WORLD),
    most: MAX_ENTRIES,
};

/// A world.
pub(in crate::scenario) static WORLD: Keys =
    Keys::new("a world", "world", &[Key::new("title", Kind::Title, "its title"), SET]);

const SET: Key = Key::new(
    "set",
    Kind::Settings,
    "values put in place, by path: { \"actors.a.patience\" = 0.99 }",
);
