//! The file as TOML sees it: tables, keys and values in file order, each with
//! its place.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// The largest scenario file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// The most dots in one key, and the most tables within tables.
const MAX_DEPTH: usize = 80;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub span: Span,
    /// The key in an actor's `believes` that put this value here, if one did.
    pub belief: Option<Arc<str>>,
}

/// What TOML can say.
#[derive(Clone, Debug)]
pub enum Value {
    /// A table, in file order.
    Table(Table),
    /// An array.
    Array(Vec<Node>),
    /// A string.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a point, an exponent, `inf` or `nan`.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A date without a time.
    Date(Date),
    /// Any other moment: a time, or a date with one.
    Moment,
}

impl Value {
    /// The kind in words, for messages: "a string".
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Table(_) => "a table",
            Value::Array(_) => "an array",
            Value::Text(_) => "a string",
            Value::Whole(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Moment => "a time",
        }
    }
}

/// A key's value and the place of the key.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key stands (its first mention).
    pub key_span: Span,
    /// What it is set to.
    pub node: Node,
}

/// A table: keys in file order.
pub type Table = IndexMap<String, Entry>;

/// Reads TOML text into a tree. Every syntax error is reported; what could be
/// read is returned all the same, so that the checks can go on.
pub fn parse(text: &str, found: &mut Diagnostics) -> Table {
    if text.len() > MAX_FILE_BYTES {
        found.push(Diagnostic::of_file(
            Code::TooLarge,
            format!(
                "the file has {} bytes; a scenario may have at most {MAX_FILE_BYTES}",
                text.len()
            ),
        ));
        return Table::new();
    }
    if let Some(span) = too_many_dots(text) {
        found.push(
            Diagnostic::new(Code::TooLarge, span, "a key nested too deep")
                .label(format!("at most {MAX_DEPTH} tables within tables")),
        );
        return Table::new();
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = error.message().lines().next().unwrap_or("invalid TOML").to_owned();
        let code = if message.contains("duplicate key") { Code::NameTwice } else { Code::Toml };
        found.push(match error.span() {
            Some(span) => Diagnostic::new(code, span.into(), message),
            None => Diagnostic::of_file(code, message),
        });
    }
    convert_table(table.get_ref(), found)
}

/// The place of a line whose key would build more than [`MAX_DEPTH`] tables
/// within tables: the parser guards against deep arrays but not deep keys.
fn too_many_dots(text: &str) -> Option<Span> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split(['=', '#', '"', '\'']).next().unwrap_or("");
        if key.bytes().filter(|byte| *byte == b'.').count() > MAX_DEPTH {
            return Some(Span::new(offset, offset + line.trim_end().len()));
        }
        offset += line.len();
    }
    None
}

fn convert_table(table: &DeTable<'_>, found: &mut Diagnostics) -> Table {
    table
        .iter()
        .map(|(key, value)| {
            let entry = Entry {
                key_span: key.span().into(),
                node: convert(value.get_ref(), value.span().into(), found),
            };
            (key.get_ref().to_string(), entry)
        })
        .collect()
}

fn convert(value: &DeValue<'_>, span: Span, found: &mut Diagnostics) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => Value::Whole(whole),
            Err(_) => {
                found.push(
                    Diagnostic::new(Code::NotWhole, span, "a whole number too large to hold")
                        .label("must fit in 64 bits"),
                );
                Value::Whole(i64::MAX)
            }
        },
        DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => {
                match Date::new(date.year as i16, date.month as i8, date.day as i8) {
                    Ok(date) => Value::Date(date),
                    Err(_) => Value::Moment,
                }
            }
            _ => Value::Moment,
        },
        DeValue::Array(items) => Value::Array(
            items.iter().map(|item| convert(item.get_ref(), item.span().into(), found)).collect(),
        ),
        DeValue::Table(table) => Value::Table(convert_table(table, found)),
    };
    Node { value, span, belief: None }
}
