//! What a table of keys says: of a table, of a key, and of what the key takes.

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
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(in crate::scenario) struct KeySchema {
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
pub(in crate::scenario) enum ValueKind {
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
pub(in crate::scenario) struct MapSchema {
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
pub(in crate::scenario) enum NameRule {
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

impl KeySchema {
    /// A key that may be left out.
    pub(super) const fn new(name: &'static str, kind: ValueKind, about: &'static str) -> Self {
        KeySchema { name, kind, required: false, fixed: false, about }
    }

    /// A key that must be there.
    pub(super) const fn required(self) -> Self {
        KeySchema { required: true, ..self }
    }

    /// A key whose value nothing may replace.
    pub(super) const fn fixed(self) -> Self {
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
    pub(super) const fn new(
        what: &'static str,
        id: &'static str,
        keys: &'static [KeySchema],
    ) -> Self {
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
