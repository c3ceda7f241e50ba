//! Keys of what happens: events and their branches, the calendar, outcomes.

use super::common::{EFFECTS, EVERY, ONCE};
use super::limits::MAX_ENTRIES;
use super::types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};

/// `[events]`.
pub(super) static EVENTS: MapSchema = MapSchema {
    what: "an event",
    names: NameRule::Words,
    kind: ValueKind::Table(&EVENT),
    most: MAX_ENTRIES,
};

/// An event.
pub(in crate::scenario) static EVENT: TableSchema = TableSchema::new(
    "an event",
    "event",
    &[
        KeySchema::new(
            "title",
            ValueKind::Title,
            "the text shown to readers; its name unless given",
        ),
        KeySchema::new("when", ValueKind::Formula, "the condition; always unless given"),
        KeySchema::new(
            "chance",
            ValueKind::Chance,
            "its probability per step, 0 to 1, or a list of branches; certain unless given",
        ),
        EVERY,
        ONCE,
        EFFECTS,
    ],
);

/// A branch of a chance.
pub(in crate::scenario) static BRANCH: TableSchema = TableSchema::new(
    "a branch",
    "branch",
    &[
        KeySchema::new("name", ValueKind::Name, "its name; its number, from 1, unless given")
            .fixed(),
        KeySchema::new(
            "p",
            ValueKind::Number,
            "its probability, 0 to 1; what the other branches leave unless given",
        ),
        EFFECTS,
    ],
);

/// `[calendar]`.
pub(super) static CALENDAR: MapSchema = MapSchema {
    what: "a calendar entry",
    names: NameRule::Words,
    kind: ValueKind::Table(&CALENDAR_ENTRY),
    most: MAX_ENTRIES,
};

/// An entry of the calendar.
pub(in crate::scenario) static CALENDAR_ENTRY: TableSchema = TableSchema::new(
    "a calendar entry",
    "calendar_entry",
    &[
        KeySchema::new("on", ValueKind::Date, "the day it comes").required(),
        KeySchema::new(
            "title",
            ValueKind::Title,
            "the text shown to readers; its name unless given",
        ),
        EFFECTS,
    ],
);

/// An outcome.
pub(in crate::scenario) static OUTCOME: TableSchema = TableSchema::new(
    "an outcome",
    "outcome",
    &[
        KeySchema::new("id", ValueKind::Name, "its name, which other things may have too")
            .required()
            .fixed(),
        KeySchema::new("title", ValueKind::Title, "the text shown to readers; its id unless given"),
        KeySchema::new("when", ValueKind::Formula, "the condition").required(),
        KeySchema::new(
            "ends",
            ValueKind::Flag,
            "ends the trial as soon as it holds; false unless given: only tested at the end",
        ),
        KeySchema::new(
            "color",
            ValueKind::Colour,
            "its colour in all charts: #rrggbb or a name; by its place in the file unless given",
        )
        .fixed(),
    ],
);

/// The names of colours, which are those of the charts' palette.
pub const COLOURS: [&str; 8] =
    ["blue", "vermilion", "green", "purple", "orange", "sky", "ochre", "slate"];
