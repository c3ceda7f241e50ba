//! What other programs read: the object of `--json`, details on standard error, exit statuses.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::{demarche, only, text};

const BORDER: &str = "scenarios/border-crisis.toml";

fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

fn object(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", text(&output.stdout), text(&output.stderr)))
}

/// The rows of a CSV table, each field as text.
fn csv_rows(path: &Path) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let headings = reader.headers().expect("headings").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        headings.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    });
    rows.collect()
}

/// Whether a value of the object is what a cell of a CSV table has, to the last bit of a number.
fn is_cell(value: &Value, cell: &str) -> bool {
    match value {
        Value::Null => cell.is_empty(),
        // Text that a spreadsheet would run as a formula has an apostrophe in CSV alone.
        Value::String(text) => cell == text || cell.strip_prefix('\'') == Some(text),
        Value::Number(number) => match number.as_u64() {
            Some(count) => cell.parse() == Ok(count) || cell.parse() == Ok(count as f64),
            None => cell.parse::<f64>().ok() == number.as_f64(),
        },
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

#[test]
fn every_verb_prints_its_tables_as_one_object() {
    let asked: [&[&str]; 10] = [
        &["run", BORDER, "-n", "60"],
        &["compare", BORDER, "-n", "60"],
        &["levers", BORDER, "-n", "20"],
        &["sensitivity", BORDER, "-n", "60"],
        &["sweep", BORDER, "--vary", "state.tension.start = 0 to 1 in 3", "-n", "40"],
        &["discover", BORDER, "--outcome", "war", "-n", "1000"],
        &["trace", BORDER, "--trial", "3"],
        &["why", BORDER, "-n", "60"],
        &["update", BORDER, "--record", "scenarios/records/border-crisis.toml", "-n", "60"],
        &["score", "tests/fixtures/nile-dam.toml", "-n", "60"],
    ];
    for arguments in asked {
        let root = tempfile::tempdir().expect("a folder");
        let all = [arguments, &["--json", "-q", "-o", plain(root.path())]].concat();
        let output = demarche(&all);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stderr.is_empty(), "{arguments:?}: {}", text(&output.stderr));
        let found = object(&output);
        let folder = only(&only(root.path()));
        assert_eq!(found["folder"], plain(&folder), "{arguments:?}");
        let manifest: Value =
            serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("a manifest"))
                .expect("JSON");
        assert_eq!(found["manifest"], manifest, "{arguments:?}");
        assert!(found["timing"]["seconds"].as_f64().is_some_and(|own| own > 0.0));
        assert!(found["command"].as_str().is_some_and(|own| own.starts_with("demarche ")));
        let tables = found["answer"].as_object().expect("an object");
        let files = manifest["files"].as_array().expect("a list").iter();
        let mut compared = 0;
        for name in files.filter_map(Value::as_str).filter_map(|file| file.strip_suffix(".csv")) {
            let rows = tables[name].as_array().unwrap_or_else(|| panic!("{arguments:?}: {name}"));
            let expected = csv_rows(&folder.join(format!("{name}.csv")));
            assert_eq!(rows.len(), expected.len(), "{arguments:?}: {name}");
            for (row, expected) in rows.iter().zip(expected) {
                let row = row.as_object().expect("a row");
                let headings: Vec<&String> = expected.iter().map(|(heading, _)| heading).collect();
                assert_eq!(row.keys().collect::<Vec<_>>(), headings, "{arguments:?}: {name}");
                for ((key, value), (_, cell)) in row.iter().zip(&expected) {
                    assert!(is_cell(value, cell), "{arguments:?}: {name}, {key}: {value}, {cell}");
                }
                compared += 1;
            }
        }
        assert!(compared > 0 || tables.contains_key("trace"), "{arguments:?}");
    }
}

#[test]
fn check_prints_mistakes_as_objects_with_their_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("broken.toml");
    let scenario = fs::read_to_string(BORDER).expect("the scenario");
    fs::write(&file, scenario.replacen("tension", "tensoin", 1)).expect("a file");
    let output = demarche(&["check", plain(&file), "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    let found = object(&output);
    assert_eq!(found["sound"], false);
    let first = &found["found"][0];
    let line = first["line"].as_u64().expect("a line") as usize;
    let told = scenario.replacen("tension", "tensoin", 1);
    let words = told.lines().nth(line - 1).expect("the line");
    let column = first["column"].as_u64().expect("a column") as usize;
    let at: String = words.chars().skip(column - 1).take(7).collect();
    assert!(["tensoin", "tension"].contains(&at.as_str()), "{first}: {words}");
    assert_eq!(first["severity"], "error");

    let sound = demarche(&["check", BORDER, "--json"]);
    assert!(sound.status.success());
    let found = object(&sound);
    assert_eq!((&found["sound"], &found["file"]), (&true.into(), &BORDER.into()));
    assert!(found["policies"].as_array().is_some_and(|own| own.contains(&"restraint".into())));
}

#[test]
fn shards_and_charts_say_what_was_written() {
    let root = tempfile::tempdir().expect("a folder");
    let out = plain(root.path());
    let one = |shard| {
        let output = demarche(&["run", BORDER, "-n", "50", "--shard", shard, "--json", "-o", out]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let found = object(&output);
        assert_eq!(found["shard"], shard);
        (found["file"].as_str().expect("a path").to_owned(), found["trials"].as_u64())
    };
    let ((first, some), (second, others)) = (one("1/2"), one("2/2"));
    // Some are played again to tell what is not known from chance.
    assert!(some.zip(others).is_some_and(|(some, others)| some + others >= 50));
    let output = demarche(&["merge", &first, &second, "--json", "-o", out]);
    let merged = object(&output);
    assert_eq!(merged["answer"]["summary"][0]["trials"], 50);
    let folder = merged["folder"].as_str().expect("a path");
    let drawn = object(&demarche(&["chart", folder, "--json", "--only", "outcomes"]));
    assert_eq!(drawn["page"], Value::Null);
    let charts = drawn["charts"].as_array().expect("a list");
    assert!(!charts.is_empty());
    assert!(charts.iter().all(|path| Path::new(path.as_str().expect("a path")).is_file()));
}

#[test]
fn details_go_to_standard_error_and_change_no_result() {
    let root = tempfile::tempdir().expect("a folder");
    let run = |more: &[&str]| {
        let all = [&["run", BORDER, "-n", "50", "-o", plain(root.path())], more].concat();
        let output = demarche(&all);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let out = text(&output.stdout);
        // The last lines have the time.
        (out.split("\n50 trials").next().unwrap_or_default().to_owned(), text(&output.stderr))
    };
    let (plainly, nothing) = run(&[]);
    let (same, details) = run(&["-v"]);
    assert_eq!(plainly, same);
    for words in ["read border-crisis.toml: ", "playing 50 trials", "the lanes (", "summary.csv, "]
    {
        assert!(details.contains(words), "{words}: {details}");
        assert!(!nothing.contains(words), "{nothing}");
    }
    let both = demarche(&["run", BORDER, "-v", "-q"]);
    assert_eq!(both.status.code(), Some(2));
    assert!(text(&both.stderr).contains("cannot be used with"), "{}", text(&both.stderr));
}

#[test]
fn where_a_command_fails_there_is_no_object() {
    let output = demarche(&["run", "no-such-file.toml", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("no-such-file.toml"));
}
