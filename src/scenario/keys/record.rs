//! Keys of what is known to have happened.

use super::limits::MAX_ENTRIES;
use super::types::{KeySchema, TableSchema, ValueKind};

/// `[record]`.
pub(in crate::scenario) static RECORD: TableSchema = TableSchema::new(
    "[record]",
    "record",
    &[
        KeySchema::new(
            "until",
            ValueKind::Moment,
            "how far it is known: to the end of the step in which this day falls; a step where the \
             scenario has no dates",
        )
        .required(),
        KeySchema::new(
            "complete",
            ValueKind::Names(0, MAX_ENTRIES),
            "actors, events and bargains of which everything up to then is listed; none unless given",
        ),
        KeySchema::new(
            "entries",
            ValueKind::Tables(&RECORD_ENTRY, "did", MAX_ENTRIES),
            "what happened",
        ),
    ],
);

/// An entry of a record.
pub(in crate::scenario) static RECORD_ENTRY: TableSchema = TableSchema {
    one_of: &[&["did", "fact"]],
    needs: &[("branch", "did"), ("accepted", "did")],
    ..TableSchema::new(
        "an entry of a record",
        "record_entry",
        &[
            KeySchema::new("on", ValueKind::Moment, "when: a day, or a step without dates")
                .required(),
            KeySchema::new(
                "did",
                ValueKind::Name,
                "the action (\"a.attack\", or an item: \"a.propose[x=0.5]\"), event or bargain that \
                 came about",
            ),
            KeySchema::new(
                "branch",
                ValueKind::Name,
                "the branch of its chance that came up; any unless given",
            ),
            KeySchema::new(
                "accepted",
                ValueKind::Flag,
                "whether the proposal was accepted; not known unless given",
            ),
            KeySchema::new(
                "fact",
                ValueKind::Formula,
                "a flag that was true at the end of that step",
            ),
        ],
    )
};
