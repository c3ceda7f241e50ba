//! Keys of the whole file and of `[scenario]`.

use super::common::{IMAGINATIONS, MINDS};
use super::limits::MAX_ENTRIES;
use super::types::{KeySchema, TableSchema, ValueKind};
use super::{actor, bargain, happening, observed, policy, record, value};

/// The file itself.
pub(in crate::scenario) static TOP: TableSchema = TableSchema::new(
    "a scenario file",
    "file",
    &[
        KeySchema::new("format", ValueKind::Version, "the version of the file format: 1")
            .required()
            .fixed(),
        KeySchema::new(
            "scenario",
            ValueKind::Table(&SCENARIO),
            "title, calendar and size of the run",
        )
        .required(),
        KeySchema::new(
            "assumptions",
            ValueKind::Map(&value::ASSUMPTIONS),
            "what nobody knows: drawn once per trial; a plain number is a constant",
        ),
        KeySchema::new("state", ValueKind::Map(&value::STATE), "what changes as a trial runs"),
        KeySchema::new(
            "define",
            ValueKind::Map(&value::DEFINE),
            "names for formulas, which any other formula can read",
        ),
        KeySchema::new(
            "measures",
            ValueKind::Map(&value::MEASURES),
            "names for formulas that are recorded every step, as the state is",
        ),
        KeySchema::new(
            "laws",
            ValueKind::Map(&value::LAWS),
            "next values of variables at the end of each step, all read before any changes",
        ),
        KeySchema::new(
            "events",
            ValueKind::Map(&happening::EVENTS),
            "what happens by chance, in this order",
        ),
        KeySchema::new(
            "bargains",
            ValueKind::Map(&bargain::BARGAINS),
            "what several actors settle at once, in this order, after the events",
        ),
        KeySchema::new(
            "actors",
            ValueKind::Map(&actor::ACTORS),
            "who chooses, in the order in which they move",
        ),
        KeySchema::new("calendar", ValueKind::Map(&happening::CALENDAR), "what is known to come"),
        KeySchema::new(
            "outcomes",
            ValueKind::Tables(&happening::OUTCOME, "id", MAX_ENTRIES),
            "the outcomes that a trial can have, in the order tested",
        ),
        KeySchema::new(
            "policies",
            ValueKind::Map(&policy::POLICIES),
            "what someone could decide, to be compared",
        )
        .fixed(),
        KeySchema::new(
            "worlds",
            ValueKind::Map(&policy::WORLDS),
            "sets of assumptions that may be true",
        )
        .fixed(),
        KeySchema::new(
            "correlations",
            ValueKind::Map(&value::CORRELATIONS),
            "Spearman rank correlations between assumptions: \"one, other\" = 0.4",
        ),
        KeySchema::new(
            "record",
            ValueKind::Table(&record::RECORD),
            "what is known to have happened, by which `update` revises the odds; no run reads it",
        )
        .fixed(),
        KeySchema::new(
            "observed",
            ValueKind::Table(&observed::OBSERVED),
            "what really happened, for scoring; never read by the engine",
        )
        .fixed(),
    ],
);

/// `[scenario]`.
static SCENARIO: TableSchema = TableSchema {
    what: "[scenario]",
    id: "scenario",
    keys: &[
        KeySchema::new("title", ValueKind::Title, "the title; the file's name unless given"),
        KeySchema::new("start", ValueKind::Date, "the day the first step begins; needs `step`"),
        KeySchema::new(
            "step",
            ValueKind::Word(&["day", "week", "month", "quarter", "year"]),
            "how long a step is; months count from the day of `start`",
        ),
        KeySchema::new(
            "steps",
            ValueKind::Whole(0, 10_000),
            "how many steps a trial has, 0 to 10,000",
        )
        .required(),
        KeySchema::new(
            "order",
            ValueKind::Word(&["listed", "random"]),
            "in which order actors move within a step: as listed (unless given) or random",
        ),
        KeySchema::new(
            "trials",
            ValueKind::Whole(1, 1 << 40),
            "how many trials, unless the command line says; 10,000 unless given",
        ),
        IMAGINATIONS,
        MINDS,
        KeySchema::new(
            "unseen_end",
            ValueKind::Flag,
            "actors do not see that the run ends: in the plays they imagine it goes on; false unless \
             given",
        )
        .settable(),
    ],
    needs: &[("start", "step"), ("step", "start")],
    one_of: &[],
    clashes: &[],
};
