//! The JSON Schema of scenario files, for editors.
//!
//! It is made from the tables of keys, so that it agrees with the decoder. Dates are
//! strings in it, since the checkers of editors read dates of TOML as strings.

use serde_json::{Map as Object, Value, json};

use super::defaults::{HOLD, LEAST_IMAGINATIONS, MOST_IMAGINATIONS};
use super::keys::{
    BRANCH, COLOURS, FORMAT, MAX_BRANCHES, MAX_MENU_ITEMS, MAX_STEP, MAX_TEXT, MapSchema, NameRule,
    RULE, RULES, TOP, TableSchema, ValueKind,
};

/// The schema, of draft 2020-12.
pub fn json_schema() -> Value {
    let mut tables = Object::new();
    let file = table(&TOP, &mut tables);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario file",
    });
    if let (Some(schema), Value::Object(file)) = (schema.as_object_mut(), file) {
        schema.extend(file);
        tables.insert(
            "formula".to_owned(),
            json!({
                "description": "a number, true, false, a formula in quotes, or a label",
                "type": ["number", "boolean", "string"],
            }),
        );
        tables.insert(
            "effect".to_owned(),
            json!({
                "description": "the new value; or +=, -=, *= or /= and a formula, in quotes",
                "type": ["number", "boolean", "string"],
            }),
        );
        tables.sort_keys();
        schema.insert("$defs".to_owned(), Value::Object(tables));
    }
    schema
}

/// A name that formulas can say. `\p` is known to the expressions of ECMAScript, which JSON Schema asks
/// for, though not to those of Python.
const WORD: &str = r"^[\p{Alphabetic}_][\p{Alphabetic}\p{N}\p{M}_]*$";
/// Evenly spaced values of a menu, from 2 to 64.
const SPREAD: &str = r"^.+ to .+ in \s*0*([2-9]|[1-5][0-9]|6[0-4])\s*$";

/// The schema of a table; those of tables within it go to `tables`.
fn table(keys: &'static TableSchema, tables: &mut Object<String, Value>) -> Value {
    let mut properties = Object::new();
    for key in keys.all() {
        let mut schema = value(key.kind, tables);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), json!(key.about));
        }
        properties.insert(key.name.to_owned(), schema);
    }
    let required: Vec<_> =
        keys.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !keys.needs.is_empty() {
        let needs = keys.needs.iter().map(|(one, other)| ((*one).to_owned(), json!([other])));
        schema["dependentRequired"] = Value::Object(needs.collect());
    }
    if !keys.one_of.is_empty() {
        let groups = keys.one_of.iter().map(|group| json!({ "required": group }));
        schema["oneOf"] = groups.collect();
    }
    let apart = keys.all().filter_map(|key| Some([key.name, key.instead_of?]));
    let apart: Vec<Value> = apart.map(|both| json!({ "not": { "required": both } })).collect();
    let clashes = keys.clashes.iter().map(|[(one, words), (other, others)]| {
        let both = json!({ (*one): { "enum": words }, (*other): { "enum": others } });
        json!({ "not": { "required": [one, other], "properties": both } })
    });
    let apart: Vec<Value> = apart.into_iter().chain(clashes).collect();
    if !apart.is_empty() {
        schema["allOf"] = json!(apart);
    }
    schema
}

/// A reference to the schema of a table, which is made if it is not there yet.
fn refer(keys: &'static TableSchema, tables: &mut Object<String, Value>) -> Value {
    if !tables.contains_key(keys.id) {
        tables.insert(keys.id.to_owned(), Value::Null);
        let schema = table(keys, tables);
        tables.insert(keys.id.to_owned(), schema);
    }
    json!({ "$ref": format!("#/$defs/{}", keys.id) })
}

/// The schema of what a key takes.
fn value(kind: ValueKind, tables: &mut Object<String, Value>) -> Value {
    let formula = json!({ "$ref": "#/$defs/formula" });
    match kind {
        ValueKind::Version => json!({ "const": FORMAT }),
        ValueKind::Title | ValueKind::Name => {
            json!({ "type": "string", "minLength": 1, "maxLength": MAX_TEXT })
        }
        ValueKind::Text => json!({ "type": "string", "maxLength": MAX_TEXT }),
        ValueKind::Names(least, most) => {
            let mut names = json!({
                "type": "array",
                "items": { "type": "string" },
                "maxItems": most,
            });
            if least > 0 {
                names["minItems"] = json!(least);
            }
            names
        }
        ValueKind::Flag => json!({ "type": "boolean" }),
        ValueKind::Word(words) => json!({ "enum": words }),
        ValueKind::Colour => json!({ "anyOf": [
            { "enum": COLOURS },
            { "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" },
        ] }),
        ValueKind::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        ValueKind::Rate => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        ValueKind::Imaginations => {
            let powers =
                (LEAST_IMAGINATIONS.ilog2()..=MOST_IMAGINATIONS.ilog2()).map(|log| 1 << log);
            json!({ "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": MOST_IMAGINATIONS },
                {
                    "type": "array",
                    "items": { "enum": powers.collect::<Vec<u32>>() },
                    "minItems": 2,
                    "maxItems": 2,
                },
            ] })
        }
        ValueKind::Number | ValueKind::Formula => formula,
        ValueKind::Effect => json!({ "$ref": "#/$defs/effect" }),
        ValueKind::Date => json!({ "type": "string", "format": "date" }),
        ValueKind::Moment => json!({ "anyOf": [
            { "type": "string", "format": "date" },
            { "type": "integer", "minimum": 0, "maximum": MAX_STEP },
        ] }),
        ValueKind::Range => json!({
            "type": "array",
            "items": formula,
            "minItems": 2,
            "maxItems": 2,
        }),
        ValueKind::Table(keys) => refer(keys, tables),
        ValueKind::Short(keys, _) => json!({ "anyOf": [formula, refer(keys, tables)] }),
        ValueKind::Plain(keys, _) => json!({ "anyOf": [
            { "type": ["number", "boolean"] },
            refer(keys, tables),
        ] }),
        ValueKind::Map(map) => named(map, tables),
        ValueKind::Tables(keys, _, most) => json!({
            "type": "array",
            "items": refer(keys, tables),
            "maxItems": most,
        }),
        ValueKind::Chance => json!({ "anyOf": [formula, value(ValueKind::Branches, tables)] }),
        ValueKind::Branches => json!({
            "type": "array",
            "items": refer(&BRANCH, tables),
            "minItems": 1,
            "maxItems": MAX_BRANCHES,
        }),
        ValueKind::Menu => json!({
            "type": "object",
            "additionalProperties": { "anyOf": [
                {
                    "type": "array",
                    "items": { "type": "number" },
                    "minItems": 2,
                    "maxItems": MAX_MENU_ITEMS,
                    "uniqueItems": true,
                },
                { "type": "string", "pattern": SPREAD },
            ] },
            "propertyNames": { "pattern": WORD },
            "minProperties": 1,
            "maxProperties": 2,
        }),
        ValueKind::Rule => json!({ "anyOf": [{ "enum": RULES }, refer(&RULE, tables)] }),
        ValueKind::Settings => json!({
            "type": "object",
            "additionalProperties": { "type": ["number", "boolean", "string", "array"] },
        }),
    }
}

fn named(map: &'static MapSchema, tables: &mut Object<String, Value>) -> Value {
    let mut schema = json!({
        "type": "object",
        "additionalProperties": value(map.kind, tables),
        "maxProperties": map.most,
    });
    if let ValueKind::Table(keys) = map.kind {
        let all_or_none = keys.all().filter(|key| key.for_all).map(|key| {
            let has = json!({ "required": [key.name] });
            json!({ "anyOf": [
                { "additionalProperties": has },
                { "additionalProperties": { "not": has } },
            ] })
        });
        let all_or_none: Vec<Value> = all_or_none.collect();
        if !all_or_none.is_empty() {
            schema["allOf"] = json!(all_or_none);
        }
    }
    let names = match map.names {
        NameRule::Values | NameRule::Words => json!({ "pattern": WORD }),
        NameRule::Actions => json!({ "pattern": WORD, "not": { "const": HOLD } }),
        NameRule::Ids(taken) => json!({
            "pattern": r"^[\p{Alphabetic}_][\p{Alphabetic}\p{N}\p{M}_-]*$",
            "not": { "enum": taken },
        }),
        NameRule::Pairs => json!({ "pattern": "^[^,]+,[^,]+$" }),
        NameRule::Elsewhere => return schema,
    };
    schema["propertyNames"] = names;
    schema
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::keys::TOP;
    use super::super::tree::{self, TomlNode, TomlTable, TomlValue};
    use super::json_schema;
    use crate::diagnostic::Diagnostics;

    /// A file as an editor's checker sees it.
    fn file(text: &str) -> Json {
        table(&tree::parse(text, &mut Diagnostics::new()))
    }

    fn table(table: &TomlTable) -> Json {
        let entries = table.iter().map(|(key, entry)| (key.clone(), node(&entry.node)));
        Json::Object(entries.collect())
    }

    fn node(node_: &TomlNode) -> Json {
        match &node_.value {
            TomlValue::Table(inner) => table(inner),
            TomlValue::Array(items) => items.iter().map(node).collect(),
            TomlValue::Text(text) => json!(text),
            TomlValue::Whole(whole) => json!(whole),
            TomlValue::Number(number) => json!(number),
            TomlValue::Flag(flag) => json!(flag),
            TomlValue::Date(date) => json!(date.to_string()),
            TomlValue::TooLarge | TomlValue::Moment => Json::Null,
        }
    }

    const EXAMPLE: &str = include_str!("../../tests/fixtures/example.toml");

    #[test]
    fn the_example_fits_the_schema() {
        let checker = jsonschema::draft202012::new(&json_schema()).expect("a schema");
        let mistakes: Vec<_> = checker
            .iter_errors(&file(EXAMPLE))
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
        assert!(mistakes.is_empty(), "{mistakes:#?}");
    }

    #[test]
    fn the_least_and_the_most_imagined_plays_fit_the_schema() {
        let checker = jsonschema::draft202012::new(&json_schema()).expect("a schema");
        for plays in ["12", "[8, 8]", "[8, 4096]"] {
            let text = format!("foresight = 2\nimaginations = {plays}");
            let changed = EXAMPLE.replacen("foresight   = 2", &text, 1);
            assert!(checker.is_valid(&file(&changed)), "{plays}");
        }
    }

    #[test]
    fn ranks_fit_the_schema_where_all_wants_of_an_actor_have_one() {
        let checker = jsonschema::draft202012::new(&json_schema()).expect("a schema");
        let ranked = EXAMPLE.replace("weight = ", "rank = ");
        assert_ne!(ranked, EXAMPLE);
        assert!(checker.is_valid(&file(&ranked)));
        for (text, broken) in [
            ("rank = 3", "weight = 3"),
            (", rank = 3", ""),
            ("rank = 3", "rank = 3, weight = 3"),
            ("rank = 3", "rank = 0"),
            ("rank = 3", "rank = \"1 to 3\""),
        ] {
            let changed = ranked.replacen(text, broken, 1);
            assert_ne!(changed, ranked, "{text}");
            assert!(!checker.is_valid(&file(&changed)), "{broken}");
        }
    }

    #[test]
    fn what_the_decoder_refuses_the_schema_refuses_too() {
        let checker = jsonschema::draft202012::new(&json_schema()).expect("a schema");
        for (text, broken) in [
            ("format = 1", "format = 2"),
            ("steps = 12", "steps = 12.5"),
            ("steps = 12", "steps = 10001"),
            ("steps = 12", "# no steps"),
            ("step  = \"month\"", "step = \"fortnight\""),
            ("step  = \"month\"", "# start without step"),
            ("[laws]", "[lows]"),
            ("foresight   = 2", "foresight = \"2\""),
            ("foresight   = 2", "imaginations = [8, 12]"),
            ("foresight   = 2", "imaginations = [8]"),
            ("foresight   = 2", "imaginations = \"8\""),
            ("foresight   = 2", "forsight = 2"),
            ("heat = ", "heat-now = "),
            ("tension = { start = 0.4, range = [0, 1]", "tension = { start = 0.4, range = [0]"),
            (", reach = 0.8", ""),
            ("[actors.a.actions.threaten]", "[actors.a.actions.hold]"),
            ("rule = \"all\"", "rule = \"most\""),
            ("chance = [   ", "chance = 0.5 # ["),
            ("[policies.restraint]", "[policies.none]"),
            ("id = \"war\"", "# no id"),
            ("id = \"war\"", "id = \"war\"\ncolor = \"#12345\""),
        ] {
            let changed = EXAMPLE.replacen(text, broken, 1);
            assert_ne!(changed, EXAMPLE, "{text}");
            assert!(!checker.is_valid(&file(&changed)), "{broken}");
        }
    }

    #[test]
    fn menus_and_bargains_fit_as_the_decoder_takes_them() {
        let checker = jsonschema::draft202012::new(&json_schema()).expect("a schema");
        let sound = "format = 1\n[scenario]\nsteps = 3\n[state]\nx = { start = 0, range = [0, 1] }\n\
                     [actors.a]\n[actors.a.actions.go]\nmenu = { y = \"0 to 1 in 64\" }\n\
                     [bargains.b]\nover = \"x\"\namong = [\"a\"]\nrule = \"pce\"\npick = \"draw\"\n";
        assert!(checker.is_valid(&file(sound)));
        for (text, other, fits) in [
            ("in 64", "in 1", false),
            ("in 64", "in 65", false),
            ("in 64", "in 0", false),
            ("in 64", "in 99999999999999999999", false),
            ("in 64", "in 007", true),
            ("y = ", "'y-z' = ", false),
            ("[\"a\"]", "[]", false),
            ("\"pce\"", "\"mean\"", false),
            ("\"pce\"\npick = \"draw\"", "\"mean\"\npick = \"mean\"", true),
            ("\npick = \"draw\"", "", true),
        ] {
            let changed = sound.replacen(text, other, 1);
            assert_ne!(changed, sound, "{text}");
            assert_eq!(checker.is_valid(&file(&changed)), fits, "{other}");
        }
    }

    #[test]
    fn every_key_is_described() {
        let schema = json_schema();
        let mut tables: Vec<_> = schema["$defs"].as_object().expect("tables").values().collect();
        tables.push(&schema);
        for table in tables {
            let Some(keys) = table["properties"].as_object() else { continue };
            for (key, value) in keys {
                assert!(value["description"].as_str().is_some_and(|d| d.len() > 5), "{key}");
            }
        }
        assert_eq!(
            schema["properties"].as_object().map(|keys| keys.len()),
            Some(TOP.all().count())
        );
    }
}
