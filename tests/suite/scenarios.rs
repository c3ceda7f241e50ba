//! Every file in `scenarios/` is sound, fits the schema and plays.

use std::fs;
use std::path::PathBuf;

use demarche::diagnostic::{Paint, render};
use demarche::engine::Lanes;
use demarche::model::{BASE_WORLD, Document, NO_POLICY};

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 3);
    files
}

#[test]
fn every_scenario_is_free_of_mistakes_and_warnings() {
    for file in files() {
        let bytes = fs::read(&file).expect("readable");
        let document = Document::read(&file.display().to_string(), &bytes);
        let found = document.check();
        let shown = render(&found, &document.source, Paint::Plain);
        assert!(found.is_empty(), "{shown}");
    }
}

#[test]
fn every_policy_and_world_of_every_scenario_plays() {
    for file in files() {
        let bytes = fs::read(&file).expect("readable");
        let document = Document::read(&file.display().to_string(), &bytes);
        let policies = document.policies().into_iter().map(|policy| (policy, BASE_WORLD));
        let worlds = document.worlds().into_iter().map(|world| (NO_POLICY, world));
        for (policy, world) in policies.chain(worlds) {
            let model = document.model(policy, world).expect("compiles");
            let leaf = Lanes::new(&model, 1).expect("not too large").block(0, 2, &|| true);
            let leaf = leaf.expect("no accident").expect("not interrupted");
            assert_eq!(leaf.outcomes.len(), 2, "{}: {policy}, {world}", file.display());
        }
    }
}

#[test]
fn the_schema_accepts_every_scenario() {
    let schema = demarche::scenario::json_schema();
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    for file in files() {
        let text = fs::read_to_string(&file).expect("readable");
        let value: toml::Table = text.parse().expect("TOML");
        let json = as_json(toml::Value::Table(value));
        let errors: Vec<String> = validator.iter_errors(&json).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
    }
}

/// TOML as editors pass it to a schema: dates are strings.
fn as_json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(whole) => whole.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(moment) => moment.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, as_json(value))).collect()
        }
    }
}

/// The kinds of mistakes that a schema can see: keys, kinds of values, words,
/// whole numbers, names, dates.
const SEEN_BY_THE_SCHEMA: [&str; 5] = ["E101", "E102", "E103", "E104", "E105"];

#[test]
fn the_schema_refuses_the_mistakes_it_can_see() {
    let validator = jsonschema::validator_for(&demarche::scenario::json_schema()).expect("valid");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mistakes");
    let mut refused = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let seen = SEEN_BY_THE_SCHEMA.iter().find(|code| name.starts_with(**code));
        let (Some(code), true) = (seen, name.ends_with(".toml")) else { continue };
        let text = fs::read_to_string(entry.path()).expect("readable");
        let Ok(value) = text.parse::<toml::Table>() else { continue };
        assert!(!validator.is_valid(&as_json(toml::Value::Table(value))), "{name} was accepted");
        refused.push(*code);
    }
    refused.sort_unstable();
    refused.dedup();
    assert_eq!(refused, SEEN_BY_THE_SCHEMA);
}
