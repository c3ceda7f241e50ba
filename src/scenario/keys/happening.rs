//! Keys of what happens: events and their branches, the calendar, outcomes.

use super::{EFFECTS, EVERY, Key, Keys, Kind, MAX_ENTRIES, Map, Names, ONCE};

/// `[events]`.
pub(super) static EVENTS: Map =
    Map { what: "an event", names: Names::Words, kind: Kind::Table(&EVENT), most: MAX_ENTRIES };

/// An event.
pub(in crate::scenario) static EVENT: Keys = Keys::new(
    "an event",
    "event",
    &[
        Key::new("title", Kind::Title, "how it reads in a story"),
        Key::new("when", Kind::Formula, "the condition; always unless given"),
        Key::new(
            "chance",
            Kind::Chance,
            "the chance per step, 0 to 1, or a list of branches; certain unless given",
        ),
        EVERY,
        ONCE,
        EFFECTS,
    ],
);

/// A branch of a chance.
pub(in crate::scenario) static BRANCH: Keys = Keys::new(
    "a branch",
    "branch",
    &[
        Key::new("name", Kind::Name, "its name; its number, from 1, unless given").fixed(),
        Key::new("p", Kind::Number, "how likely, 0 to 1; what the others leave unless given"),
        EFFECTS,
    ],
);

/// `[calendar]`.
pub(super) static CALENDAR: Map = Map {
    what: "a calendar entry",
    names: Names::Words,
    kind: Kind::Table(&CALENDAR_ENTRY),
    most: MAX_ENTRIES,
};

/// An entry of the calendar.
pub(in crate::scenario) static CALENDAR_ENTRY: Keys = Keys::new(
    "a calendar entry",
    "calendar_entry",
    &[
        Key::new("on", Kind::Date, "the day it comes").required(),
        Key::new("title", Kind::Title, "how it reads in a story"),
        EFFECTS,
    ],
);

/// An outcome.
pub(in crate::scenario) static OUTCOME: Keys = Keys::new(
    "an outcome",
    "outcome",
    &[
        Key::new("id", Kind::Name, "its name, in a namespace of its own").required().fixed(),
        Key::new("title", Kind::Title, "its title"),
        Key::new("when", Kind::Formula, "the condition").required(),
        Key::new(
            "ends",
            Kind::Flag,
            "ends the trial as soon as it holds; false unless given: tested at the end",
        ),
        Key::new(
            "color",
            Kind::Colour,
            "its colour in all charts: #rrggbb or a name; by its place in the file unless given",
        )
        .fixed(),
    ],
);

/// `[observed]`.
pub(in crate::scenario) static OBSERVED: Keys = Keys::new(
    "[observed]",
    "observed",
    &[Key::new("outcome", Kind::Name, "the id of the outcome that came about")],
);
