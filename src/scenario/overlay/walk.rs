//! Follows a path through the tree and the tables of keys at once.

use super::super::keys::{BRANCH, MapSchema, NameRule, RULE, TOP, TableSchema, ValueKind};
use super::super::lookup::same_pair;
use super::super::tree::{TomlEntry, TomlNode, TomlTable, TomlValue};
use super::super::types::SpannedName;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Whose values are put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlaid {
    /// The values of a policy or a world, which are true.
    Set,
    /// The values that an actor believes. Nobody has beliefs about `[scenario]`, about labels or
    /// about what anybody believes.
    Belief,
}

/// A path, the value to put at its end, and whose value it is.
pub(super) struct PathWalk<'p> {
    path: &'p str,
    span: Span,
    node: TomlNode,
    how: Overlaid,
}

/// Nothing if the value was put in place, or why it was not.
type Replaced = Result<(), Diagnostic>;

impl<'p> PathWalk<'p> {
    /// A walk at its beginning.
    pub fn new(path: &'p SpannedName, node: TomlNode, how: Overlaid) -> Self {
        PathWalk { path: &path.value, span: path.span, node, how }
    }

    /// Follows the path from the tables of the whole file and puts the value at its end.
    pub fn place(&self, table: &mut TomlTable) -> Replaced {
        self.keyed(&TOP, table, 0)
    }

    /// The segment that starts at byte `at`, and where the next one starts.
    fn segment(&self, at: usize) -> (&'p str, Option<usize>) {
        let rest = self.rest(at);
        match rest.find('.') {
            Some(dot) => (&rest[..dot], Some(at + dot + 1)),
            None => (rest, None),
        }
    }

    fn rest(&self, at: usize) -> &'p str {
        &self.path[at..]
    }

    /// What comes before the segment at byte `at`, in words.
    fn before(&self, at: usize) -> String {
        match at.checked_sub(1) {
            Some(end) => format!("`{}`", self.path[..end].escape_debug()),
            None => "the file".to_owned(),
        }
    }

    /// The place in the file of `length` bytes of the path at `at`; that of the whole path if the
    /// file writes it with escapes.
    fn place_of(&self, at: usize, length: usize) -> Span {
        let lead = match (self.span.end - self.span.start).checked_sub(self.path.len()) {
            Some(0) => 0,
            Some(2) => 1,
            _ => return self.span,
        };
        let start = self.span.start + lead + at;
        Span::new(start, start + length)
    }

    fn wrong(&self, code: Code, at: usize, length: usize, message: String) -> Diagnostic {
        Diagnostic::new(code, self.place_of(at, length), message)
    }

    /// A segment that leads to nothing.
    fn lost<'c>(
        &self,
        at: usize,
        word: &str,
        known: impl IntoIterator<Item = &'c str>,
    ) -> Diagnostic {
        let message = format!("{} has no `{}`", self.before(at), word.escape_debug());
        self.wrong(Code::UnknownPath, at, word.len(), message)
            .label("leads to nothing")
            .about(match self.path[..at].split_once('.') {
                // A name that formulas miss too.
                Some(("assumptions" | "state" | "define" | "measures", "")) => {
                    format!("name {word}")
                }
                _ => format!("path {}", self.path),
            })
            .nearest(word, known)
    }

    /// A path that leads somewhere, but to what cannot be replaced.
    fn refused(&self, why: &str) -> Diagnostic {
        let verb = match self.how {
            Overlaid::Set => "set",
            Overlaid::Belief => "believed",
        };
        let message = format!("`{}` cannot be {verb}", self.path.escape_debug());
        self.wrong(Code::PathNotValue, 0, self.path.len(), message).label(why)
    }

    /// Goes on into a table of a known kind.
    fn keyed(&self, keys: &'static TableSchema, table: &mut TomlTable, at: usize) -> Replaced {
        let (word, next) = self.segment(at);
        let Some(key) = keys.find(word) else {
            let known = keys.all().filter(|key| !key.fixed);
            let known = known.filter(|key| key.may_be_added() || table.contains_key(key.name));
            return Err(self.lost(at, word, known.map(|key| key.name)));
        };
        if key.fixed {
            return Err(self.refused("cannot be replaced"));
        }
        if self.how == Overlaid::Belief {
            self.may_be_believed(keys, word, key.kind)?;
        }
        if let Some(entry) = table.get_mut(word) {
            self.enter(key.kind, &mut entry.node, next)?;
            key.instead_of.and_then(|other| table.shift_remove(other));
            return Ok(());
        }
        // The numbers that are drawn in a mind are those of the truth.
        if let (Overlaid::Belief, Some(other)) = (self.how, key.instead_of) {
            let why = format!("has no `{word}` in truth: believe its `{other}`");
            return Err(self.refused(&why));
        }
        // A required key that is missing was reported where it is.
        if next.is_none() && (key.may_be_added() || key.required) {
            let node = self.value()?;
            table.insert(word.to_owned(), self.added(node));
            key.instead_of.and_then(|other| table.shift_remove(other));
            return Ok(());
        }
        let message = format!("{} has no `{word}` in this file", self.before(at));
        Err(self
            .wrong(Code::UnknownPath, at, word.len(), message)
            .label("of keys that were left out, only numbers and `plans_ahead` can be given here"))
    }

    fn may_be_believed(&self, keys: &'static TableSchema, word: &str, kind: ValueKind) -> Replaced {
        if matches!(kind, ValueKind::Settings) {
            return Err(self.refused("nobody has beliefs about beliefs"));
        }
        match (keys.id, word) {
            ("file", "scenario") => Err(self.refused("is the same in every mind")),
            ("state_variable", "labels") => Err(self.refused("labels are the same in every mind")),
            _ => Ok(()),
        }
    }

    /// Goes on into `node` with the segment at byte `at`, or ends here if there is none.
    fn enter(&self, kind: ValueKind, node: &mut TomlNode, at: Option<usize>) -> Replaced {
        let Some(at) = at else {
            if let (ValueKind::Plain(_, main), false) = (kind, is_table(node)) {
                let wrong = self.refused("expected the path of a single value");
                return Err(wrong.hint(format!("name the value: `{}.{main}`", self.path)));
            }
            return self.replace(kind, node);
        };
        match kind {
            ValueKind::Table(keys) => {
                if let TomlValue::Table(table) = &mut node.value {
                    return self.keyed(keys, table, at);
                }
            }
            ValueKind::Rule => {
                if let TomlValue::Table(table) = &mut node.value {
                    return self.keyed(&RULE, table, at);
                }
            }
            ValueKind::Short(keys, main) => {
                if let TomlValue::Table(table) = &mut node.value {
                    return self.keyed(keys, table, at);
                }
                return match self.segment(at) {
                    (word, None) if word == main => self.replace(ValueKind::Formula, node),
                    (word, _) => Err(self.lost(at, word, [main])),
                };
            }
            ValueKind::Plain(keys, main) => {
                if let TomlValue::Table(table) = &mut node.value {
                    return self.keyed(keys, table, at);
                }
                return match self.segment(at) {
                    (word, None) if word == main => self.replace(ValueKind::Formula, node),
                    (word, _) => Err(self.lost(at, word, [main])),
                };
            }
            ValueKind::Map(map) => {
                if let TomlValue::Table(table) = &mut node.value {
                    return self.named(map, table, at);
                }
            }
            ValueKind::Settings => {
                if let TomlValue::Table(table) = &mut node.value {
                    let rest = self.rest(at);
                    return match table.get_mut(rest) {
                        Some(entry) => self.replace(ValueKind::Formula, &mut entry.node),
                        None => Err(self.lost(at, rest, table.keys().map(String::as_str))),
                    };
                }
            }
            ValueKind::Tables(keys, id, _) => {
                if let TomlValue::Array(items) = &mut node.value {
                    return self.listed(keys, id, items, at);
                }
            }
            ValueKind::Chance | ValueKind::Branches => {
                if let TomlValue::Array(items) = &mut node.value {
                    return self.listed(&BRANCH, "name", items, at);
                }
            }
            ValueKind::Range => {
                if let TomlValue::Array(ends) = &mut node.value {
                    let (word, next) = self.segment(at);
                    let end = ["0", "1"].iter().position(|end| *end == word && next.is_none());
                    return match end.and_then(|end| ends.get_mut(end)) {
                        Some(end) => self.replace(ValueKind::Formula, end),
                        None => Err(self.lost(at, word, ["0", "1"])),
                    };
                }
            }
            ValueKind::Version
            | ValueKind::Title
            | ValueKind::Text
            | ValueKind::Name
            | ValueKind::Names(..)
            | ValueKind::Flag
            | ValueKind::Word(_)
            | ValueKind::Colour
            | ValueKind::Whole(..)
            | ValueKind::Rate
            | ValueKind::Imaginations
            | ValueKind::Number
            | ValueKind::Formula
            | ValueKind::Effect
            | ValueKind::Menu
            | ValueKind::Date
            | ValueKind::Moment => {}
        }
        Err(self.lost(at, self.segment(at).0, []))
    }

    /// Goes on into a table of named things.
    fn named(&self, map: &'static MapSchema, table: &mut TomlTable, at: usize) -> Replaced {
        let (word, next) =
            if map.names == NameRule::Pairs { (self.rest(at), None) } else { self.segment(at) };
        let key = if map.names == NameRule::Pairs {
            table.keys().find(|key| same_pair(key, word)).cloned()
        } else {
            Some(word.to_owned())
        };
        match key.and_then(|key| table.get_mut(&key)) {
            Some(entry) => self.enter(map.kind, &mut entry.node, next),
            None => Err(self.lost(at, word, table.keys().map(String::as_str))),
        }
    }

    /// Goes on into one of the tables of an array: that whose key `id` has the name, or
    /// the number of one without a name.
    fn listed(
        &self,
        keys: &'static TableSchema,
        id: &str,
        items: &mut [TomlNode],
        at: usize,
    ) -> Replaced {
        let (word, next) = self.segment(at);
        // A table without a name goes by its number, from 1.
        let name = |(i, item): (usize, &TomlNode)| match item.name_under(id) {
            Some((name, _)) => name.to_owned(),
            None => (i + 1).to_string(),
        };
        let names: Vec<String> = items.iter().enumerate().map(name).collect();
        let Some(found) = names.iter().position(|name| name == word) else {
            return Err(self.lost(at, word, names.iter().map(String::as_str)));
        };
        let TomlValue::Table(table) = &mut items[found].value else {
            return Err(self.refused("expected the path of a single value"));
        };
        match next {
            Some(next) => self.keyed(keys, table, next),
            None => Err(self.is_table(table)),
        }
    }

    /// Puts the value here.
    fn replace(&self, kind: ValueKind, node: &mut TomlNode) -> Replaced {
        if let TomlValue::Table(table) = &mut node.value {
            let ValueKind::Short(_, main) = kind else { return Err(self.is_table(table)) };
            let Some(entry) = table.get_mut(main) else {
                // That it is missing was reported where it is.
                let entry = self.added(self.value()?);
                table.insert(main.to_owned(), entry);
                return Ok(());
            };
            return self.replace(ValueKind::Formula, &mut entry.node);
        }
        if node.value.as_array().is_some_and(|items| items.iter().any(is_table)) {
            return Err(self.refused("leads to tables; expected the path of a single value"));
        }
        *node = self.value()?;
        Ok(())
    }

    fn is_table(&self, table: &TomlTable) -> Diagnostic {
        let wrong = self.refused("leads to a table; expected the path of a single value");
        let single = |entry: &TomlEntry| !is_table(&entry.node);
        match table.iter().find(|(_, entry)| single(entry)) {
            Some((key, _)) => wrong.hint(format!("name a value in it: `{}.{key}`", self.path)),
            None => wrong,
        }
    }

    /// What is put where the file says nothing.
    fn added(&self, node: TomlNode) -> TomlEntry {
        TomlEntry { key_span: self.span, node, is_added: true }
    }

    /// The value to put in place, which must not be a table.
    fn value(&self) -> Result<TomlNode, Diagnostic> {
        let items = self.node.value.as_array().unwrap_or_default();
        let holds_tables = is_table(&self.node) || items.iter().any(is_table);
        if holds_tables {
            let message = format!("`{}` is given a table", self.path.escape_debug());
            return Err(Diagnostic::new(Code::PathNotValue, self.node.span, message)
                .label("expected a single value"));
        }
        Ok(self.node.clone())
    }
}

fn is_table(node: &TomlNode) -> bool {
    matches!(node.value, TomlValue::Table(_))
}
