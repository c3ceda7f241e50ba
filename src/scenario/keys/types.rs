//! The types that tables of keys are made of: a kind of table, a key, and what a key takes.

use crate::diagnostic::nearest;

/// A kind of table with keys of its own.
#[derive(Debug)]
pub(in crate::scenario) struct TableSchema {
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
    /// Words of one key that cannot stand with words of another.
    pub clashes: &'static [[WordsOfKey; 2]],
}

/// A key and some of its words.
pub(in crate::scenario) type WordsOfKey = (&'static str, &'static [&'static str]);

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(in crate::scenario) struct KeySchema {
    /// The key.
    pub name: &'static str,
    /// The kind of value that it takes.
    pub kind: ValueKind,
    /// Whether it must be there.
    pub required: bool,
    /// Whether neither `set` nor `believes` may replace it.
    pub fixed: bool,
    /// A key in whose place it stands: a table says one of the two, and putting this one in place of
    /// what a file says takes the other away.
    pub instead_of: Option<&'static str>,
    /// Whether all tables of a map have it, or none of them.
    pub for_all: bool,
    /// Whether `set` may give it where the file does not, though it is no number.
    pub settable: bool,
    /// Its meaning, in one line.
    pub about: &'static str,
}

/// The kind of value that a key takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::scenario) enum ValueKind {
    /// The number of the file format.
    Version,
    /// A text for people, on one line and not empty.
    Title,
    /// A text for people.
    Text,
    /// A name that formulas never contain.
    Name,
    /// An array of names, from the first number to the second.
    Names(usize, usize),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A colour: `#rrggbb`, or one of [`COLOURS`].
    Colour,
    /// A plain whole number from the first to the last.
    Whole(i64, i64),
    /// A plain number from 0 to 1.
    Rate,
    /// A number of plays, or the least and the most of them.
    Imaginations,
    /// A formula that gives a number.
    Number,
    /// Any formula, or a label.
    Formula,
    /// An effect: a formula, perhaps after an operator such as `+=`.
    Effect,
    /// A day.
    Date,
    /// A day, or a plain whole number that is a step.
    Moment,
    /// Two formulas, the ends of a range.
    Range,
    /// A table.
    Table(&'static TableSchema),
    /// A table, or just the value of the named key of that table.
    Short(&'static TableSchema, &'static str),
    /// A table, or just a plain number or flag, which is the value of the named key of that table.
    Plain(&'static TableSchema, &'static str),
    /// A table of named things.
    Map(&'static MapSchema),
    /// An array of tables, the key that names each of them, and how many there may be.
    Tables(&'static TableSchema, &'static str, usize),
    /// A formula that gives a probability, or an array of branches.
    Chance,
    /// An array of branches.
    Branches,
    /// The menu of an action: names, each with its values.
    Menu,
    /// A consent rule: one of a few words, or a table of weights.
    Rule,
    /// A table of paths and of the values to put there.
    Settings,
}

/// A table of named things.
#[derive(Debug)]
pub(in crate::scenario) struct MapSchema {
    /// What one of them is called in messages: "an assumption".
    pub what: &'static str,
    /// The rule for their names.
    pub names: NameRule,
    /// The kind of value that each of them is.
    pub kind: ValueKind,
    /// How many there may be.
    pub most: usize,
}

/// The rule for the names in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum NameRule {
    /// Names of values, which formulas read: no words, constants or functions of formulas.
    Values,
    /// Names that formulas contain in some places, as in `happened(x)`: no words of formulas.
    Words,
    /// Names of actions: as `Words`, but not `hold`.
    Actions,
    /// Ids, which may contain `-`, but must not be one of the given words, which are taken.
    Ids(&'static [&'static str]),
    /// Names that are declared elsewhere in the file.
    Elsewhere,
    /// Pairs of names that are declared elsewhere, with a comma between them.
    Pairs,
}

impl KeySchema {
    /// A key that may be left out.
    pub(super) const fn new(name: &'static str, kind: ValueKind, about: &'static str) -> Self {
        KeySchema {
            name,
            kind,
            required: false,
            fixed: false,
            instead_of: None,
            for_all: false,
            settable: false,
            about,
        }
    }

    /// A key that must be there.
    pub(super) const fn required(self) -> Self {
        KeySchema { required: true, ..self }
    }

    /// A key whose value nothing may replace.
    pub(super) const fn fixed(self) -> Self {
        KeySchema { fixed: true, ..self }
    }

    /// A key that stands in the place of another.
    pub(super) const fn instead_of(self, other: &'static str) -> Self {
        KeySchema { instead_of: Some(other), ..self }
    }

    /// A key that all tables of a map have, or none of them.
    pub(super) const fn for_all(self) -> Self {
        KeySchema { for_all: true, ..self }
    }

    /// A key to which `set` may give a value where the file gives none, though it is no number.
    pub(super) const fn settable(self) -> Self {
        KeySchema { settable: true, ..self }
    }

    /// Whether `set` may give a value where the file gives none: to numbers, and to flags of which a
    /// world or a policy may want to know what they change.
    pub fn may_be_added(&self) -> bool {
        let number = matches!(
            self.kind,
            ValueKind::Number | ValueKind::Whole(..) | ValueKind::Imaginations | ValueKind::Chance
        );
        !self.fixed && !self.required && (number || self.settable)
    }
}

impl TableSchema {
    /// A kind of table without conditions on which keys stand together.
    pub(super) const fn new(
        what: &'static str,
        id: &'static str,
        keys: &'static [KeySchema],
    ) -> Self {
        TableSchema { what, id, keys, needs: &[], one_of: &[], clashes: &[] }
    }

    /// Every key, with those that all tables have.
    pub fn all(&self) -> impl Iterator<Item = &'static KeySchema> + use<> {
        self.keys.iter().chain(&NOTES)
    }

    /// The key of this name.
    pub fn find(&self, name: &str) -> Option<&'static KeySchema> {
        self.all().find(|key| key.name == name)
    }

    /// The key that a misspelt one was probably meant to be, if one is near.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        nearest(name, self.all().map(|key| key.name))
    }
}

/// The keys that every table may have.
static NOTES: [KeySchema; 2] = [
    KeySchema::new("about", ValueKind::Text, "what it is, in words"),
    KeySchema::new(
        "source",
        ValueKind::Text,
        "where it comes from: a document, a paper, a judgement",
    ),
];
