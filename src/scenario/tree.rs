//! A scenario file as TOML: tables, keys and values in file order, each with its
//! place.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::formula::strange;

/// The largest scenario file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// How many tables may be nested in each other, and so how many dots a key may have.
const MAX_DEPTH: usize = 80;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct TomlNode {
    /// The value.
    pub value: TomlValue,
    /// Where it is written.
    pub span: Span,
    /// The key in an actor's `believes` that put this value here, if one did.
    pub belief: Option<Arc<str>>,
}

/// A value of TOML.
#[derive(Clone, Debug)]
pub enum TomlValue {
    /// A table, in file order.
    Table(TomlTable),
    /// An array.
    Array(Vec<TomlNode>),
    /// A string.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A whole number beyond 64 bits, which was reported when it was read.
    TooLarge,
    /// A number with a point, an exponent, `inf` or `nan`.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date without a time.
    Date(Date),
    /// A time, or a date with a time.
    Moment,
}

impl TomlValue {
    /// The kind in words, for messages: "a string".
    pub fn kind(&self) -> &'static str {
        match self {
            TomlValue::Table(_) => "a table",
            TomlValue::Array(_) => "an array",
            TomlValue::Text(_) => "a string",
            TomlValue::Whole(_) | TomlValue::TooLarge => "a whole number",
            TomlValue::Number(_) => "a number",
            TomlValue::Flag(_) => "true or false",
            TomlValue::Date(_) => "a date",
            TomlValue::Moment => "a time",
        }
    }

    /// The table, if the value is one.
    pub fn as_table(&self) -> Option<&TomlTable> {
        if let TomlValue::Table(table) = self { Some(table) } else { None }
    }

    /// The items of the array, if the value is one.
    pub fn as_array(&self) -> Option<&[TomlNode]> {
        if let TomlValue::Array(items) = self { Some(items) } else { None }
    }

    /// The string, if the value is one.
    pub fn as_text(&self) -> Option<&str> {
        if let TomlValue::Text(text) = self { Some(text) } else { None }
    }

    /// What stands under `key`, if the value is a table that has the key.
    pub fn under(&self, key: &str) -> Option<&TomlNode> {
        self.as_table()?.get(key).map(|entry| &entry.node)
    }
}

impl TomlNode {
    /// The name that the key `key` gives to a table in an array, with its place.
    pub fn name_under(&self, key: &str) -> Option<(&str, Span)> {
        let node = self.value.under(key)?;
        Some((node.value.as_text()?, node.span))
    }
}

/// A key's value and the place of the key.
#[derive(Clone, Debug)]
pub struct TomlEntry {
    /// Where the key stands (its first mention).
    pub key_span: Span,
    /// What it is set to.
    pub node: TomlNode,
    /// Whether `set`, `believes` or an option of the command line put it where the file says nothing.
    pub is_added: bool,
}

/// A table: keys in file order.
pub type TomlTable = IndexMap<String, TomlEntry>;

/// Reads TOML text into a tree. Every syntax error is reported; what could be
/// read is returned all the same, so that the checks can go on.
pub fn parse(text: &str, found: &mut Diagnostics) -> TomlTable {
    if text.len() > MAX_FILE_BYTES {
        found.push(Diagnostic::of_file(
            Code::TooLarge,
            format!(
                "the file has {} bytes; a scenario may have at most {MAX_FILE_BYTES}",
                text.len()
            ),
        ));
        return TomlTable::new();
    }
    if let Some(span) = too_many_dots(text) {
        found.push(
            Diagnostic::new(Code::TooLarge, span, "a key nested too deep")
                .label(format!("at most {MAX_DEPTH} nested tables are allowed")),
        );
        return TomlTable::new();
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let open = unclosed(text).filter(|_| !errors.is_empty());
    for error in &errors {
        // What comes after a bracket that is never closed was read as if it were inside.
        if error.span().is_none_or(|span| open.is_none_or(|at| span.start < at)) {
            found.push(syntax_error(error, text));
        }
    }
    let Some(at) = open else { return convert_table(table.get_ref(), found) };
    let closing = if text[at..].starts_with('[') { ']' } else { '}' };
    found.push(
        Diagnostic::new(Code::Toml, Span::new(at, at + 1), "a bracket that is never closed")
            .label(format!("expected `{closing}`")),
    );
    TomlTable::new()
}

/// A syntax error, in the words of this program.
fn syntax_error(error: &toml::de::Error, text: &str) -> Diagnostic {
    let message = error.message().lines().next().unwrap_or("invalid TOML");
    let (message, expected) = match message.split_once(", expected ") {
        Some((message, "literal string")) => (message, "expected quotes around it".to_owned()),
        Some((message, expected)) => (message, format!("expected {expected}")),
        None => (message, String::new()),
    };
    let code = match message {
        _ if message.contains("duplicate key") => Code::NameTwice,
        "invalid date" => Code::BadDate,
        _ => Code::Toml,
    };
    let Some(span) = error.span() else { return Diagnostic::of_file(code, message) };
    let wrong = Diagnostic::new(code, span.clone().into(), message).label(expected);
    match text.get(span.start..).and_then(pasted) {
        Some(hint) => wrong.hint(hint),
        None => wrong,
    }
}

/// What to do about a character that was pasted from elsewhere, where `text` begins with a word that
/// holds one.
fn pasted(text: &str) -> Option<String> {
    let word = text.lines().next()?.split([',', '}', ']', ' ', '#']).next()?;
    let character = word.chars().find(|c| !c.is_ascii() && !c.is_alphanumeric())?;
    let (name, ours) = strange(character);
    let ours = match ours?.as_str() {
        "write `'`" => "write `\"`".to_owned(),
        ours => ours.to_owned(),
    };
    Some(format!("{name} is no part of TOML: {ours}"))
}

/// The first place at which more than [`MAX_DEPTH`] tables are nested: the parser
/// guards against deep brackets but not against dots in keys.
fn too_many_dots(text: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    // The dots of the last header, and of the key at each level of brackets.
    let (mut header, mut levels) = (0, vec![0_usize]);
    let (mut at, mut fresh) = (0, true);
    while at < bytes.len() {
        let start = at;
        let is_fresh = fresh;
        fresh &= bytes[at].is_ascii_whitespace();
        match bytes[at] {
            b'#' => at = text[at..].find('\n').map_or(bytes.len(), |length| at + length) - 1,
            b'"' | b'\'' => at = string_end(bytes, at),
            b'\n' if levels.len() == 1 => (levels[0], fresh) = (header, true),
            b',' => *levels.last_mut()? = 0,
            b'[' if is_fresh && levels.len() == 1 => {
                let end = text[at..].find('\n').map_or(bytes.len(), |length| at + length);
                header = bytes[at..end].iter().filter(|byte| **byte == b'.').count();
                at = end - 1;
            }
            b'[' | b'{' => levels.push(0),
            b']' | b'}' if levels.len() > 1 => drop(levels.pop()),
            b'.' => *levels.last_mut()? += 1,
            _ => {}
        }
        if header.max(levels.iter().map(|dots| dots + 1).sum()) > MAX_DEPTH + 1 {
            return Some(Span::new(start, start + 1));
        }
        at += 1;
    }
    None
}

/// The first bracket that is never closed.
fn unclosed(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut open, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at = text[at..].find('\n').map_or(bytes.len(), |length| at + length),
            b'"' | b'\'' => at = string_end(bytes, at),
            b'[' | b'{' => open.push(at),
            b']' | b'}' => {
                let other = if bytes[at] == b']' { b'[' } else { b'{' };
                if open.last().is_some_and(|last| bytes[*last] == other) {
                    open.pop();
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.first().copied()
}

/// The last byte of the string that starts at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let mut end = if long { at + 3 } else { at + 1 };
    while end < bytes.len() {
        match bytes[end] {
            b'\\' if quote == b'"' => end += 1,
            b'\n' if !long => return end - 1,
            byte if byte == quote && !long => return end,
            _ if long && bytes[end..].starts_with(&[quote; 3]) => return end + 2,
            _ => {}
        }
        end += 1;
    }
    bytes.len() - 1
}

fn convert_table(table: &DeTable<'_>, found: &mut Diagnostics) -> TomlTable {
    table
        .iter()
        .map(|(key, value)| {
            let entry = TomlEntry {
                key_span: key.span().into(),
                node: convert(value.get_ref(), value.span().into(), found),
                is_added: false,
            };
            (key.get_ref().to_string(), entry)
        })
        .collect()
}

fn convert(value: &DeValue<'_>, span: Span, found: &mut Diagnostics) -> TomlNode {
    let value = match value {
        DeValue::String(text) => TomlValue::Text(text.to_string()),
        DeValue::Boolean(flag) => TomlValue::Flag(*flag),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => TomlValue::Whole(whole),
            Err(_) => {
                found.push(
                    Diagnostic::new(Code::NotWhole, span, "a whole number too large to hold")
                        .label("must fit in 64 bits"),
                );
                TomlValue::TooLarge
            }
        },
        DeValue::Float(number) => TomlValue::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => {
                match Date::new(date.year as i16, date.month as i8, date.day as i8) {
                    Ok(date) => TomlValue::Date(date),
                    Err(_) => TomlValue::Moment,
                }
            }
            _ => TomlValue::Moment,
        },
        DeValue::Array(items) => TomlValue::Array(
            items.iter().map(|item| convert(item.get_ref(), item.span().into(), found)).collect(),
        ),
        DeValue::Table(table) => TomlValue::Table(convert_table(table, found)),
    };
    TomlNode { value, span, belief: None }
}
