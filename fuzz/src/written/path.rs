//! Paths to values of a file, found by going down the schema.

use serde_json::{Value, json};

use super::table::of_all;
use super::{SCHEMA, Writer, resolved};

/// Keys that neither a policy nor a world can set, or that hardly any file says.
const FIXED: [&str; 16] = [
    "title",
    "about",
    "source",
    "unit",
    "group",
    "format",
    "policies",
    "worlds",
    "observed",
    "record",
    "id",
    "track",
    "menu",
    "over",
    "among",
    "correlations",
];

impl Writer<'_> {
    /// A path that a policy may set, and a value for it, as TOML.
    pub fn setting(&mut self) -> (String, String) {
        let mut at: Vec<String> = Vec::new();
        let mut schema = &*SCHEMA;
        loop {
            let path: Vec<&str> = at.iter().map(String::as_str).collect();
            let Some((key, inner)) = self.way_down(schema, &path) else {
                return (at.join("."), self.value(schema, &path));
            };
            at.push(key);
            schema = inner;
        }
    }

    /// One of several schemas of a value. What can be a table is one everywhere in a file or nowhere, so that paths
    /// lead to it.
    pub(super) fn way<'s>(&mut self, ways: &[&'s Value]) -> &'s Value {
        match ways.iter().position(|way| resolved(way)["properties"].is_object()) {
            Some(table) if ways.len() == 2 => {
                ways[if self.cast.in_full { table } else { 1 - table }]
            }
            _ => ways[self.dice.below(ways.len())],
        }
    }

    /// A key of a table, or a name in a map or a list, and the schema of what is there; nothing for a value.
    pub(super) fn way_down<'s>(
        &mut self,
        schema: &'s Value,
        at: &[&str],
    ) -> Option<(String, &'s Value)> {
        let mut schema = resolved(schema);
        if let Some(ways) = schema["anyOf"].as_array() {
            schema = resolved(self.way(&ways.iter().collect::<Vec<_>>()));
        }
        if let Some(keys) = schema["properties"].as_object() {
            // Keys that are not in the file can hardly be set; some are tried all the same.
            let known: Vec<&String> =
                keys.keys().filter(|key| !FIXED.contains(&key.as_str())).collect();
            let key = match self.dice.chance(0.05) {
                true => keys.keys().nth(self.dice.below(keys.len()))?,
                false => known[self.dice.below(known.len())],
            };
            let inner = &keys[key];
            return Some((key.clone(), inner));
        }
        if at == ["outcomes"] {
            return Some((format!("o{}", self.dice.below(self.cast.outcomes)), &schema["items"]));
        }
        let inner = of_all(schema)
            .filter(|inner| inner["type"] != json!(["number", "boolean", "string", "array"]))?;
        let names = self.entries(at);
        let name = (!names.is_empty()).then(|| names[self.dice.below(names.len())].clone())?;
        Some((name, inner))
    }
}
