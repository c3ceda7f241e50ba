//! The keys of the language: for every kind of table what may stand in it.
//!
//! The decoder takes from here which keys are unknown or missing and which
//! plain values fit, the overlays which paths lead to a value, and the JSON
//! Schema all that an editor shows.

mod actor;
mod happening;
mod policy;
mod value;

use crate::diagnostic::nearest;

/// A kind of table with keys of its own.
#[derive(Debug)]
pub(super) struct TableSchema {
    /// What a table of this kind is called in messages: "an event".
    pub what: &'static str,
    /// Its name in the JSON Schema.
    pub id: &'static str,
    /// Its keys, without the ones that every table has.
    pub keys: &'static [KeySchema],
    /// Pairs of keys of which the first needs the second.
    pub needs: &'static [(&'static str, &'static str)],
    /// Groups of keys of which exactly one must be there; none where empty.
    pub one_of: &'static [&'static [&'static str]],
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeySchema {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub kind: ValueKind,
    /// Whether it must be there.
    pub required: bool,
    /// Whether neither `set` nor `believes` may replace it.
    pub fixed: bool,
    /// What it means, in one line.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum ValueKind {
    /// The number of the file format.
    Version,
    /// Words for people on one line; not empty.
    Title,
    /// Words for people.
    Text,
    /// A name that is not to be said in formulas.
    Name,
    /// Names in an array; how many at most.
    Names(usize),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A colour: `#rrggbb`, or one of [`COLOURS`].
    Colour,
    /// A plain whole number from the first to the last.
    Whole(i64, i64),
    /// A formula that gives a number.
    Number,
    /// Any formula, or a label.
    Formula,
    /// A formula that effects are made of: with an operator in front.
    Effect,
    /// A day.
    Date,
    /// Two formulas, the ends of a range.
    Range,
    /// A table.
    Table(&'static TableSchema),
    /// A table, or the value of its only key that matters by itself.
    Short(&'static TableSchema, &'static str),
    /// Named things.
    Map(&'static MapSchema),
    /// Tables in an array; which of their keys names them; how many at most.
    Tables(&'static TableSchema, &'static str, usize),
    /// A formula that gives a chance, or branches.
    Chance,
    /// Branches.
    Branches,
    /// One of a few words, or a table of weights.
    Rule,
    /// Paths and the values to put there.
    Settings,
}

/// A table of named things.
#[derive(Debug)]
pub(super) struct MapSchema {
    /// What one of them is called in messages: "an assumption".
    pub what: &'static str,
    /// What its names may be.
    pub names: NameRule,
    /// What each of them is.
    pub kind: ValueKind,
    /// How many there may be.
    pub most: usize,
}

/// What names may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameRule {
    /// Those that formulas say by themselves.
    Values,
    /// Those that formulas say in some places.
    Words,
    /// Those of actions.
    Actions,
    /// Ids, which may hold `-`, but may not be the word.
    Ids(&'static str),
    /// Names of things that stand elsewhere in the file.
    Elsewhere,
    /// Pairs of such names, with a comma between.
    Pairs,
}

/// The most entries in a table of named things.
pub(super) const MAX_ENTRIES: usize = 4_096;
/// The most actors, and the most actions that one can have.
pub(super) const MAX_ACTORS: usize = 64;
/// The most voters on a proposal.
pub(super) const MAX_VOTERS: usize = 64;
/// The most voters on a proposal whose votes have weights.
pub(super) const MAX_WEIGHED_VOTERS: usize = 16;
/// The most branches of a chance.
pub(super) const MAX_BRANCHES: usize = 32;
/// The most labels of a variable.
pub(super) const MAX_LABELS: usize = 64;
/// The most characters in a text.
pub(super) const MAX_TEXT: usize = 10_000;
/// The last step that a window may name.
const MAX_STEP: i64 = 1_000_000;
/// The number of the file format.
pub(super) const FORMAT: i64 = 1;

impl KeySchema {
    /// A key that may be left out.
    const fn new(name: &'static str, kind: ValueKind, about: &'static str) -> Self {
        KeySchema { name, kind, required: false, fixed: false, about }
    }

    /// A key that must be there.
    const fn required(self) -> Self {
        KeySchema { required: true, ..self }
    }

    /// A key whose value nothing may replace.
    const fn fixed(self) -> Self {
        KeySchema { fixed: true, ..self }
    }

    /// Whether `set` may give a value where the file gives none: numbers only.
    pub fn is_optional_number(&self) -> bool {
        !self.fixed
            && !self.required
            && matches!(self.kind, ValueKind::Number | ValueKind::Whole(..) | ValueKind::Chance)
    }
}

impl TableSchema {
    /// A kind of table without conditions on which keys stand together.
    const fn new(what: &'static str, id: &'static str, keys: &'static [KeySchema]) -> Self {
        TableSchema { what, id, keys, needs: &[], one_of: &[] }
    }

    /// Every key, with those that all tables have.
    pub fn all(&self) -> impl Iterator<Item = &'static KeySchema> + use<> {
        self.keys.iter().chain(&NOTES)
    }

    /// The key of this name.
    pub fn find(&self, name: &str) -> Option<&'static KeySchema> {
        self.all().find(|key| key.name == name)
    }

    /// The key that a misspelt one was probably meant to be.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        nearest(name, self.all().map(|key| key.name))
    }
}

/// What every table may have.
static NOTES: [KeySchema; 2] = [
    KeySchema::new("about", ValueKind::Text, "what it is, in words"),
    KeySchema::new(
        "source",
        ValueKind::Text,
        "where it comes from: a document, a paper, a judgement",
    ),
];

/// The file itself.
pub(super) static TOP: TableSchema = TableSchema::new(
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
            "names for formulas, usable in any other",
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
            "nature's moves, in this order",
        ),
        KeySchema::new(
            "actors",
            ValueKind::Map(&actor::ACTORS),
            "who chooses, in the order of moving",
        ),
        KeySchema::new("calendar", ValueKind::Map(&happening::CALENDAR), "what is known to come"),
        KeySchema::new(
            "outcomes",
            ValueKind::Tables(&happening::OUTCOME, "id", MAX_ENTRIES),
            "how it may end, in the order tested",
        ),
        KeySchema::new("policies", ValueKind::Map(&policy::POLICIES), "what someone can choose")
            .fixed(),
        KeySchema::new("worlds", ValueKind::Map(&policy::WORLDS), "what may be true").fixed(),
        KeySchema::new(
            "correlations",
            ValueKind::Map(&value::CORRELATIONS),
            "Spearman rank correlations between assumptions: \"one, other\" = 0.4",
        ),
        KeySchema::new(
            "observed",
            ValueKind::Table(&happening::OBSERVED),
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
            "who moves when within a step: as listed (unless given) or in a random order",
        ),
        KeySchema::new(
            "trials",
            ValueKind::Whole(1, 1 << 40),
            "how many trials, unless the command line says; 10,000 unless given",
        ),
        IMAGINATIONS,
        MINDS,
    ],
    needs: &[("start", "step"), ("step", "start")],
    one_of: &[],
};

/// How many plays are imagined, of all actors or one.
const IMAGINATIONS: KeySchema = KeySchema::new(
    "imaginations",
    ValueKind::Whole(1, 4_096),
    "how many plays an actor imagines to weigh an action, 1 to 4,096; 8 unless given",
);

/// How many levels of minds look ahead, of all actors or one.
const MINDS: KeySchema = KeySchema::new(
    "minds",
    ValueKind::Whole(1, 2),
    "1: others in an imagined play look no further than their move; 2: they look ahead too",
);

/// How often something can happen.
const EVERY: KeySchema = KeySchema::new(
    "every",
    ValueKind::Whole(1, 1_000_000),
    "at most once in this many steps, 1 to 1,000,000",
);

/// Whether something can happen again.
const ONCE: KeySchema =
    KeySchema::new("once", ValueKind::Flag, "at most once in a trial; false unless given");

/// What changes.
const EFFECTS: KeySchema = KeySchema::new(
    "effects",
    ValueKind::Map(&value::EFFECTS),
    "what changes: a variable of [state] and its new value, or += -= *= /= and a formula",
);

/// The names of colours, which are those of the charts' palette.
pub const COLOURS: [&str; 8] =
    ["blue", "vermilion", "green", "purple", "orange", "sky", "ochre", "slate"];

/// The words for how votes are counted.
pub(super) const RULES: &[&str] = &["all", "any", "majority"];

pub(super) use actor::{ACTION, ACTOR, CONSENT, RULE, WANT};
pub(super) use happening::{BRANCH, CALENDAR_ENTRY, EVENT, OUTCOME};
pub(super) use policy::{FORCE, POLICY, WORLD};
pub(super) use value::{ASSUMPTION, DEFINE_ENTRY, EFFECTS as EFFECT_MAP, MEASURE, STATE_VARIABLE};
