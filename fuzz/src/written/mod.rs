//! Scenario files made from bytes: which keys and tables there are is chosen by the JSON Schema, so that a new key
//! is tried without anything here being changed; what the schema cannot know, such as names that are declared
//! elsewhere, is in `cast`, and formulas that fit their places are in `known`.

mod cast;
mod formula;
mod known;
mod path;
mod table;

use std::fmt::Write as _;
use std::sync::LazyLock;

use demarche::scenario::json_schema;
use serde_json::Value;

use crate::dice::Dice;
use cast::Cast;

static SCHEMA: LazyLock<Value> = LazyLock::new(json_schema);

/// A scenario file that is being written.
pub struct Writer<'b> {
    dice: Dice<'b>,
    cast: Cast,
}

/// A scenario file of these bytes: the text itself if it is one, so that scenarios can be in a corpus, and else one
/// that the bytes choose.
pub fn scenario(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("format = 1") => text.to_owned(),
        _ => Writer::new(Dice::new(bytes)).scenario(),
    }
}

impl<'b> Writer<'b> {
    /// A file by these dice.
    pub fn new(mut dice: Dice<'b>) -> Self {
        let cast = Cast::new(&mut dice);
        Writer { dice, cast }
    }

    /// The dice, for other choices.
    pub fn dice(&mut self) -> &mut Dice<'b> {
        &mut self.dice
    }

    /// The whole file.
    pub fn scenario(&mut self) -> String {
        let (mut head, mut text) = (String::new(), String::new());
        for key in self.chosen(&SCHEMA, &[]) {
            let mut own = String::new();
            // A record is written alone.
            if key != "record" {
                self.section(&key, &mut own);
            }
            // What is no table stands before the first.
            if own.starts_with('[') { &mut text } else { &mut head }.push_str(&own);
        }
        head + &text
    }

    /// The table `[record]`.
    pub fn record(&mut self) -> String {
        let mut text = String::new();
        self.section("record", &mut text);
        text
    }

    /// A key of the file with its value, as a table of its own where it is one.
    fn section(&mut self, key: &str, text: &mut String) {
        let schema = resolved(&SCHEMA["properties"][key]);
        if let Some(inner) = table::of_all(schema) {
            let names = self.entries(&[key]);
            if resolved(inner)["properties"].is_object() {
                for name in names {
                    let _ = writeln!(text, "[{key}.{name}]");
                    self.lines(inner, &[key, &name], text);
                }
            } else {
                let _ = writeln!(text, "[{key}]");
                for name in names {
                    let value = self.value(inner, &[key, &name]);
                    let _ = writeln!(text, "{} = {value}", table::key(&name));
                }
            }
        } else if schema["properties"].is_object() {
            let _ = writeln!(text, "[{key}]");
            self.lines(schema, &[key], text);
        } else if schema["type"] == "array" {
            for index in 0..self.cast.outcomes {
                let _ = writeln!(text, "[[{key}]]");
                self.lines(&schema["items"], &[key, &index.to_string()], text);
            }
        } else {
            let value = self.value(schema, &[key]);
            let _ = writeln!(text, "{key} = {value}");
        }
    }

    /// The keys of a table, a line each.
    fn lines(&mut self, schema: &Value, at: &[&str], text: &mut String) {
        for (key, value) in self.pairs(schema, at) {
            let _ = writeln!(text, "{} = {value}", table::key(&key));
        }
    }
}

/// The schema that a reference leads to.
fn resolved(schema: &Value) -> &Value {
    match schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
        Some(path) => SCHEMA.pointer(path).unwrap_or(schema),
        None => schema,
    }
}
