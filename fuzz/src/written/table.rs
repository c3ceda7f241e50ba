//! Tables and values as a JSON Schema describes them.

use serde_json::Value;

use super::{Writer, resolved};

/// Texts for people, and such as try to be something else.
const TEXTS: [&str; 6] =
    ["Plain", "긴 제목", "a <zq onload='zq()'>", "\\\"zq=\\\"", "{{ zq }}", "</script>"];
/// How many more things than it needs an array has at most.
const MORE: usize = 2;
/// The share of keys that are there though they may be left out; of texts for people, fewer are.
const KEPT: f64 = 0.4;
const KEPT_TEXTS: f64 = 0.08;

/// The schema of all values of a map of named things, if it is one.
pub fn of_all(schema: &Value) -> Option<&Value> {
    Some(&schema["additionalProperties"]).filter(|inner| inner.is_object())
}

/// A key as TOML writes it.
pub fn key(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.chars().all(is_plain) { name.to_owned() } else { format!("\"{name}\"") }
}

impl Writer<'_> {
    /// The keys that a table has.
    pub(super) fn chosen(&mut self, schema: &Value, at: &[&str]) -> Vec<String> {
        let Some(all) = schema["properties"].as_object() else { return Vec::new() };
        let is_in = |list: &Value, key: &str| {
            list.as_array().is_some_and(|list| list.iter().any(|one| one == key))
        };
        let mut keys: Vec<String> = Vec::new();
        for key in all.keys() {
            let kept = self.cast.wants(at, key).unwrap_or_else(|| {
                let is_text = ["title", "about", "source", "unit", "group"].contains(&key.as_str());
                is_in(&schema["required"], key)
                    || self.dice.chance(if is_text { KEPT_TEXTS } else { KEPT })
            });
            if kept {
                keys.push(key.clone());
            }
        }
        if let Some(groups) = schema["oneOf"].as_array() {
            let kept = &groups[self.dice.below(groups.len())]["required"];
            keys.retain(|key| !groups.iter().any(|group| is_in(&group["required"], key)));
            keys.extend(
                kept.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
            );
        }
        for apart in schema["allOf"].as_array().into_iter().flatten() {
            let both = apart["not"]["required"].as_array().into_iter().flatten();
            if both.clone().all(|key| keys.iter().any(|own| key == own)) {
                keys.retain(|key| {
                    Some(key.as_str()) != both.clone().next().and_then(Value::as_str)
                });
            }
        }
        let needs = schema["dependentRequired"].as_object().into_iter().flatten();
        for (key, needed) in needs {
            let needed = needed.as_array().into_iter().flatten().filter_map(Value::as_str);
            for other in needed.filter(|_| keys.contains(key)).collect::<Vec<_>>() {
                if !keys.iter().any(|own| own == other) {
                    keys.push(other.to_owned());
                }
            }
        }
        keys
    }

    /// The keys of a table with their values.
    pub(super) fn pairs(&mut self, schema: &Value, at: &[&str]) -> Vec<(String, String)> {
        let schema = resolved(schema);
        let keys = self.chosen(schema, at);
        let value = |key: String| {
            let inner: Vec<&str> = at.iter().copied().chain([key.as_str()]).collect();
            let value = self.value(&schema["properties"][&key], &inner);
            (key, value)
        };
        keys.into_iter().map(value).collect()
    }

    /// A value for a place in the file.
    pub(super) fn value(&mut self, schema: &Value, at: &[&str]) -> String {
        if let Some(known) = self.known(at) {
            return known;
        }
        let schema = resolved(schema);
        if let Some(ways) = schema["anyOf"].as_array() {
            let ways: Vec<&Value> = ways.iter().filter(|way| way["pattern"].is_null()).collect();
            let way = self.way(&ways);
            return self.value(way, at);
        }
        if let Some(words) = schema["enum"].as_array() {
            return words[self.dice.below(words.len())].to_string();
        }
        if schema["const"].is_number() {
            return schema["const"].to_string();
        }
        match schema["type"].as_str() {
            Some("boolean") => self.dice.chance(0.5).to_string(),
            Some("integer") => self.whole(schema),
            Some("number") => self.dice.number(),
            Some("array") => self.array(schema, at),
            Some("object") => self.object(schema, at),
            Some("string") => format!("\"{}\"", self.dice.one(&TEXTS)),
            _ => self.formula(at),
        }
    }

    /// A whole number: nearly always a small one, and sometimes the largest.
    fn whole(&mut self, schema: &Value) -> String {
        let [least, most] = ["minimum", "maximum"].map(|end| schema[end].as_i64().unwrap_or(0));
        match self.dice.below(16) {
            15 => most.to_string(),
            small => (least + small as i64 / 4).min(most).to_string(),
        }
    }

    fn array(&mut self, schema: &Value, at: &[&str]) -> String {
        let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxItems"].as_u64().map_or(least + MORE, |most| most as usize);
        let count = (least + self.dice.below(MORE + 1)).min(most);
        let item = |index: usize| {
            let index = index.to_string();
            let inner: Vec<&str> = at.iter().copied().chain([index.as_str()]).collect();
            self.value(&schema["items"], &inner)
        };
        format!("[{}]", (0..count).map(item).collect::<Vec<_>>().join(", "))
    }

    fn object(&mut self, schema: &Value, at: &[&str]) -> String {
        let pairs = match of_all(schema) {
            None => self.pairs(schema, at),
            Some(inner) => {
                let names = self.entries(at).into_iter();
                let value = |name: String| {
                    let at: Vec<&str> = at.iter().copied().chain([name.as_str()]).collect();
                    let value = self.value(inner, &at);
                    (name, value)
                };
                names.map(value).collect()
            }
        };
        let written = pairs.iter().map(|(name, value)| format!("{} = {value}", key(name)));
        format!("{{ {} }}", written.collect::<Vec<_>>().join(", "))
    }
}
