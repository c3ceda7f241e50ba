//! Typed access to a table.

use jiff::civil::Date;

use super::super::keys::{
    COLOURS, FORMAT, KeySchema, MAX_STEP, MAX_TEXT, MapSchema, TableSchema, ValueKind,
};
use super::super::record::RecordedTime;
use super::super::tree::{TomlEntry, TomlNode, TomlTable, TomlValue};
use super::super::types::{Imaginations, Notes, Source, SpannedName};
use super::context::Context;
use super::{imaginations, names, source};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned, one_line};
use crate::formula::day;

/// A table of a known kind.
///
/// Opening a table reports its unknown and missing keys and the plain values that do
/// not fit. The accessors then give what is left, and report only mistakes in formulas
/// and in tables and arrays within.
pub(super) struct Reader<'a> {
    keys: &'static TableSchema,
    table: &'a TomlTable,
    /// What stands under a misspelt key, by the key that was meant: what follows from the slip is not
    /// told again.
    misspelt: Vec<(&'static str, &'a TomlEntry)>,
    /// The path of the table.
    pub path: String,
    /// The place of the table.
    pub span: Span,
}

impl<'a> Reader<'a> {
    /// Opens `node` as a table of the kind. `None` if it is no table, which is reported.
    pub fn open(
        cx: &mut Context<'_>,
        keys: &'static TableSchema,
        node: &'a TomlNode,
        path: impl Into<String>,
    ) -> Option<Self> {
        match &node.value {
            TomlValue::Table(table) => Some(Self::of_table(cx, keys, table, Some(node.span), path)),
            other => {
                let message = format!("{} is a table, not {}", keys.what, other.kind());
                let required = keys.keys.iter().find(|key| key.required);
                let wrong =
                    Diagnostic::new(Code::WrongKind, node.span, message).label("expected a table");
                cx.report(match required {
                    Some(key) => wrong.hint(format!("write `{{ {} = … }}`", key.name)),
                    None => wrong,
                });
                None
            }
        }
    }

    /// Opens a table; `span` is `None` for the file itself.
    pub fn of_table(
        cx: &mut Context<'_>,
        keys: &'static TableSchema,
        table: &'a TomlTable,
        span: Option<Span>,
        path: impl Into<String>,
    ) -> Self {
        let mut misspelt: Vec<(&'static str, &'a TomlEntry)> = Vec::new();
        for (name, entry) in table {
            match keys.find(name) {
                Some(key) => {
                    if let Err(wrong) = check(key, &entry.node) {
                        cx.report(wrong);
                    }
                }
                // Where the TOML is broken, its parser leaves a key without a name.
                None if name.is_empty() && cx.found.has_errors() => {}
                None => {
                    cx.report(unknown(keys, name, entry.key_span));
                    let meant = keys.nearest(name).filter(|meant| !table.contains_key(*meant));
                    let fits = |meant: &&str| {
                        keys.find(meant).is_some_and(|key| check(key, &entry.node).is_ok())
                    };
                    misspelt.extend(meant.filter(fits).map(|meant| (meant, entry)));
                }
            }
        }
        let has =
            |key: &str| table.contains_key(key) || misspelt.iter().any(|(meant, _)| *meant == key);
        let at = |message: String, code| match span {
            Some(span) => Diagnostic::new(code, span, message),
            None => Diagnostic::of_file(code, message),
        };
        for key in keys.keys {
            // A misspelt key was reported with the right one.
            let is_misspelt = table
                .keys()
                .any(|name| keys.find(name).is_none() && keys.nearest(name) == Some(key.name));
            if key.required && !table.contains_key(key.name) && !is_misspelt {
                let shown = if matches!(key.kind, ValueKind::Table(_)) {
                    format!("[{}]", key.name)
                } else {
                    format!("`{}`", key.name)
                };
                cx.report(if matches!(key.kind, ValueKind::Version) {
                    at("the file does not say its format".into(), Code::Version)
                        .hint(format!("begin the file with `format = {FORMAT}`"))
                } else {
                    at(format!("{} needs {shown}", keys.what), Code::MissingKey)
                        .label(format!("{shown} is missing"))
                        .hint(format!("{shown}: {}", key.about))
                });
            }
        }
        for (one, other) in keys.needs {
            if let Some(entry) = table.get(*one).filter(|_| !has(other)) {
                let message = format!("`{one}` needs `{other}`");
                cx.report(
                    Diagnostic::new(Code::MissingKey, entry.key_span, message)
                        .label(format!("without `{other}` this means nothing")),
                );
            }
        }
        for key in keys.keys {
            let Some(other) = key.instead_of else { continue };
            // A value that was added takes the place of what the file says.
            if let (Some(own), Some(theirs)) = (table.get(key.name), table.get(other))
                && !theirs.is_added
            {
                let message = format!("`{}` and `{other}` cannot stand together", key.name);
                cx.report(
                    Diagnostic::new(Code::KeysClash, own.key_span, message)
                        .label("expected one of the two")
                        .also(theirs.key_span, "said here"),
                );
            }
        }
        Reader { keys, table, misspelt, path: path.into(), span: span.unwrap_or_default() }
    }

    /// What stands under `key`.
    pub fn get(&self, key: &str) -> Option<&'a TomlEntry> {
        debug_assert!(self.keys.find(key).is_some(), "{} has no key `{key}`", self.keys.what);
        let meant = || self.misspelt.iter().find(|(meant, _)| *meant == key);
        self.table.get(key).or_else(|| meant().map(|(_, entry)| *entry))
    }

    /// The path of what stands under `key`.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A string with its place.
    pub fn name(&self, key: &str) -> Option<SpannedName> {
        let node = &self.get(key)?.node;
        match &node.value {
            TomlValue::Text(text) => Some(Spanned::new(text.clone(), node.span)),
            _ => None,
        }
    }

    /// A text for people, on one line and without marks that set its direction.
    pub fn text(&self, key: &str) -> Option<String> {
        self.name(key).map(|name| one_line(&name.value))
    }

    /// `about` and `source`.
    pub fn notes(&self) -> Notes {
        Notes { about: self.text("about"), source: self.text("source") }
    }

    /// A flag that is false unless given.
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.get(key).map(|entry| &entry.node.value), Some(TomlValue::Flag(true)))
    }

    /// One of the words that the key takes.
    pub fn word(&self, key: &str) -> Option<&'static str> {
        let (ValueKind::Word(words), TomlValue::Text(text)) =
            (self.keys.find(key)?.kind, &self.get(key)?.node.value)
        else {
            return None;
        };
        words.iter().copied().find(|word| word == text)
    }

    /// A colour as it is written.
    pub fn colour(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| is_colour(text))
    }

    /// A whole number within the limits of its key.
    pub fn whole<T: TryFrom<i64>>(&self, key: &str) -> Option<T> {
        let (ValueKind::Whole(least, most), TomlValue::Whole(whole)) =
            (self.keys.find(key)?.kind, &self.get(key)?.node.value)
        else {
            return None;
        };
        (least..=most).contains(whole).then(|| T::try_from(*whole).ok())?
    }

    /// A number of plays, or the least and the most of them.
    pub fn imaginations(&self, key: &str) -> Option<Imaginations> {
        imaginations::read(key, &self.get(key)?.node).ok().flatten()
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        let node = &self.get(key)?.node;
        date(node).ok().map(|date| Spanned::new(date, node.span))
    }

    /// A day, or a step.
    pub fn moment(&self, key: &str) -> Option<RecordedTime> {
        moment(&self.get(key)?.node).ok()
    }

    /// A formula.
    pub fn formula(&self, cx: &mut Context<'_>, key: &str) -> Option<Source> {
        source::formula(cx, &self.get(key)?.node, self.path_of(key))
    }

    /// The entries of a table of named things, their names checked.
    pub fn entries(&self, cx: &mut Context<'_>, key: &str) -> Vec<(SpannedName, &'a TomlEntry)> {
        let (Some(ValueKind::Map(map)), Some(entry)) =
            (self.keys.find(key).map(|key| key.kind), self.get(key))
        else {
            return Vec::new();
        };
        entries(cx, map, key, entry)
    }

    /// The items of an array of tables, which may be something else.
    pub fn items(&self, cx: &mut Context<'_>, key: &str) -> &'a [TomlNode] {
        let Some(entry) = self.get(key) else { return &[] };
        let TomlValue::Array(items) = &entry.node.value else {
            let message =
                format!("`{key}` takes an array of tables, not {}", entry.node.value.kind());
            cx.report(
                Diagnostic::new(Code::WrongKind, entry.node.span, message)
                    .label(format!("expected `[[{key}]]` or an array")),
            );
            return &[];
        };
        match self.keys.find(key).map(|key| key.kind) {
            Some(ValueKind::Tables(_, _, most)) => at_most(cx, items, most, key, entry.node.span),
            _ => items,
        }
    }

    /// The strings of an array, with their places.
    pub fn names(&self, cx: &mut Context<'_>, key: &str) -> Vec<SpannedName> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let wrong = |node: &TomlNode, message: String, label: &str| {
            Diagnostic::new(Code::WrongKind, node.span, message).label(label)
        };
        let TomlValue::Array(items) = &entry.node.value else {
            let message =
                format!("`{key}` takes an array of strings, not {}", entry.node.value.kind());
            cx.report(wrong(&entry.node, message, "expected an array: [\"…\"]"));
            return Vec::new();
        };
        let items = match self.keys.find(key).map(|key| key.kind) {
            Some(ValueKind::Names(_, most)) => at_most(cx, items, most, key, entry.node.span),
            _ => items,
        };
        let mut out = Vec::new();
        for item in items {
            match &item.value {
                TomlValue::Text(text) => out.push(Spanned::new(text.clone(), item.span)),
                other => {
                    let message = format!("`{key}` holds strings, not {}", other.kind());
                    cx.report(wrong(item, message, "expected a string"));
                }
            }
        }
        out
    }
}

/// The entries of a table of named things, their names checked.
pub(super) fn entries<'a>(
    cx: &mut Context<'_>,
    map: &'static MapSchema,
    key: &str,
    entry: &'a TomlEntry,
) -> Vec<(SpannedName, &'a TomlEntry)> {
    let TomlValue::Table(table) = &entry.node.value else {
        let message = format!("`{key}` is a table, not {}", entry.node.value.kind());
        cx.report(
            Diagnostic::new(Code::WrongKind, entry.node.span, message).label("expected a table"),
        );
        return Vec::new();
    };
    if table.len() > map.most {
        let message = format!("`{key}` has {} entries", table.len());
        cx.report_too_many(entry.node.span, message, map.most);
    }
    let mut out = Vec::new();
    for (name, entry) in table.iter().take(map.most) {
        names::check(cx, map.what, map.names, name, entry.key_span);
        out.push((Spanned::new(name.clone(), entry.key_span), entry));
    }
    out
}

fn at_most<'a>(
    cx: &mut Context<'_>,
    items: &'a [TomlNode],
    most: usize,
    key: &str,
    span: Span,
) -> &'a [TomlNode] {
    if items.len() > most {
        let message = format!("`{key}` has {} entries", items.len());
        cx.report_too_many(span, message, most);
    }
    &items[..items.len().min(most)]
}

fn unknown(keys: &'static TableSchema, name: &str, span: Span) -> Diagnostic {
    let wrong = Diagnostic::new(
        Code::UnknownKey,
        span,
        format!("{} has no key `{}`", keys.what, names::shown(name)),
    )
    .label("unknown key");
    match keys.nearest(name) {
        Some(near) => wrong.hint(format!("did you mean `{near}`?")),
        None => {
            let all: Vec<_> = keys.all().map(|key| key.name).collect();
            wrong.hint(format!("the keys of {} are {}", keys.what, all.join(", ")))
        }
    }
}

/// Whether a text is a colour: a name of the palette, or `#` and six hexadecimal digits.
fn is_colour(text: &str) -> bool {
    let is_hex = |digits: &str| digits.len() == 6 && digits.bytes().all(|d| d.is_ascii_hexdigit());
    COLOURS.contains(&text) || text.strip_prefix('#').is_some_and(is_hex)
}

/// Whether a plain value fits its key. What is made of formulas or further
/// tables is checked where it is decoded.
fn check(key: &KeySchema, node: &TomlNode) -> Result<(), Diagnostic> {
    let name = key.name;
    let wrong = |code, message: String, label: String| {
        Err(Diagnostic::new(code, node.span, message).label(label))
    };
    let other_kind = |expected: &str| {
        let message = format!("`{name}` takes {expected}, not {}", node.value.kind());
        wrong(Code::WrongKind, message, format!("expected {expected}"))
    };
    match key.kind {
        ValueKind::Version => match &node.value {
            TomlValue::Whole(FORMAT) => Ok(()),
            _ => {
                let message = "the format is not known".to_owned();
                wrong(Code::Version, message, format!("this program reads format {FORMAT}"))
            }
        },
        ValueKind::Title | ValueKind::Text | ValueKind::Name => match &node.value {
            TomlValue::Text(words) => names::check_text(name, words, node.span, key.kind),
            _ => other_kind("a string"),
        },
        ValueKind::Flag => match &node.value {
            TomlValue::Flag(_) => Ok(()),
            _ => other_kind("true or false"),
        },
        ValueKind::Word(words) => {
            let expected = list(words);
            match &node.value {
                TomlValue::Text(word) if words.contains(&word.as_str()) => Ok(()),
                TomlValue::Text(word) => wrong(
                    Code::BadWord,
                    format!("`{name}` cannot be `{}`", word.escape_debug()),
                    format!("expected {expected}"),
                )
                .map_err(|wrong| wrong.nearest(word, words.iter().copied())),
                _ => other_kind(&expected),
            }
        }
        ValueKind::Colour => match &node.value {
            TomlValue::Text(text) if is_colour(text) => Ok(()),
            TomlValue::Text(text) => wrong(
                Code::BadColour,
                format!("`{name}` cannot be `{}`", text.escape_debug()),
                format!("expected `#rrggbb`, {}", list(&COLOURS)),
            )
            .map_err(|wrong| wrong.nearest(text, COLOURS)),
            _ => other_kind("a colour in quotes"),
        },
        ValueKind::Whole(least, most) => match &node.value {
            TomlValue::Whole(whole) if (least..=most).contains(whole) => Ok(()),
            TomlValue::TooLarge => Ok(()),
            TomlValue::Whole(whole) => wrong(
                Code::NotWhole,
                format!("`{name}` cannot be {whole}"),
                format!("expected a whole number from {least} to {most}"),
            ),
            other => wrong(
                Code::NotWhole,
                match other {
                    TomlValue::Number(_) => {
                        format!("`{name}` takes a plain whole number, without point or exponent")
                    }
                    other => {
                        format!("`{name}` takes a plain whole number, not {}", other.kind())
                    }
                },
                format!("expected a whole number from {least} to {most}"),
            )
            .map_err(|wrong| {
                match key.instead_of.filter(|_| other.as_text().is_some()) {
                    Some(drawn) => {
                        let hint =
                            format!("`{name}` is an order and never drawn; each `{drawn}` is");
                        wrong.hint(hint)
                    }
                    None => wrong,
                }
            }),
        },
        ValueKind::Imaginations => imaginations::read(name, node).map(|_| ()),
        ValueKind::Date => date(node).map(|_| ()),
        // A number beyond what can be read was reported when it was.
        ValueKind::Moment if matches!(node.value, TomlValue::TooLarge) => Ok(()),
        ValueKind::Moment => moment(node).map(|_| ()),
        ValueKind::Names(..)
        | ValueKind::Rate
        | ValueKind::Number
        | ValueKind::Formula
        | ValueKind::Effect
        | ValueKind::Range
        | ValueKind::Table(_)
        | ValueKind::Short(..)
        | ValueKind::Plain(..)
        | ValueKind::Map(_)
        | ValueKind::Tables(..)
        | ValueKind::Chance
        | ValueKind::Branches
        | ValueKind::Menu
        | ValueKind::Rule
        | ValueKind::Settings => Ok(()),
    }
}

/// A day: TOML's own, or a string that says one.
fn date(node: &TomlNode) -> Result<Date, Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::new(Code::BadDate, node.span, message).label("expected a day: 2024-06-01")
    };
    let date = match &node.value {
        TomlValue::Date(date) => *date,
        TomlValue::Text(text) if text.len() <= MAX_TEXT => match day(text) {
            Some(day) => day,
            None => {
                let near: Option<Date> =
                    text.trim().parse().ok().filter(|day: &Date| day.year() >= 1);
                let wrong = wrong(format!("`{}` is not a date", names::shown(text)));
                return Err(match near {
                    Some(day) => wrong.hint(format!("write \"{day}\", a day without a time")),
                    None => wrong,
                });
            }
        },
        TomlValue::Moment => return Err(wrong("not a day that exists, or one with a time".into())),
        other => return Err(wrong(format!("a date is wanted, not {}", other.kind()))),
    };
    if date.year() < 1 {
        return Err(wrong("a date before the year 1".into()));
    }
    Ok(date)
}

/// A day, or a step.
fn moment(node: &TomlNode) -> Result<RecordedTime, Diagnostic> {
    match &node.value {
        TomlValue::Whole(step) if (0..=MAX_STEP).contains(step) => {
            let step = u32::try_from(*step).unwrap_or(u32::MAX);
            Ok(RecordedTime::Step(Spanned::new(step, node.span)))
        }
        TomlValue::Whole(step) => {
            let message = format!("{step} is no step");
            Err(Diagnostic::new(Code::NotWhole, node.span, message)
                .label(format!("expected a day, or a step from 0 to {MAX_STEP}")))
        }
        _ => date(node).map(|day| RecordedTime::Day(Spanned::new(day, node.span))),
    }
}

/// "`a`, `b` or `c`".
pub(super) fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
