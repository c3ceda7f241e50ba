//! Runs the command, and reads its run folders as tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{demarche, only, text};
use crate::repeat::contents;

/// A folder for scenario files and run folders, deleted when dropped.
pub struct Desk(tempfile::TempDir);

/// The files that a verb wrote, and what it printed.
pub struct Written {
    /// All files of the run folder except `timing.json`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Standard output.
    pub out: String,
}

/// A row of a table, by its headings.
pub type Row = BTreeMap<String, String>;

impl Desk {
    /// A new one.
    pub fn new() -> Self {
        Desk(tempfile::tempdir().expect("a folder"))
    }

    /// Writes a scenario file and returns its path.
    pub fn file(&self, name: &str, scenario: &str) -> String {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(&path, scenario).expect("written");
        plain(&path)
    }

    /// Calls a verb that must succeed.
    pub fn play(&self, arguments: &[&str]) -> Written {
        let root = tempfile::tempdir_in(self.0.path()).expect("a folder");
        let out = root.path().join("out");
        let output = demarche(&[arguments, &["-o", &plain(&out)]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        let folder = only(&only(&out));
        Written { files: contents(&folder), out: text(&output.stdout) }
    }

    /// Calls a verb that must fail with this status and write nothing; returns its error
    /// message.
    pub fn fail(&self, status: i32, arguments: &[&str]) -> String {
        let root = tempfile::tempdir_in(self.0.path()).expect("a folder");
        let out = root.path().join("out");
        let output = demarche(&[arguments, &["-o", &plain(&out)]].concat());
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {message}");
        let left: Vec<PathBuf> = contents(root.path()).into_keys().map(PathBuf::from).collect();
        assert!(left.is_empty(), "{arguments:?} left {left:?}");
        message
    }
}

fn plain(path: &Path) -> String {
    path.to_str().expect("a plain path").to_owned()
}

impl Written {
    /// A file as text.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        let bytes = self.files.get(name).unwrap_or_else(|| panic!("no {name}"));
        text(bytes)
    }

    /// A table.
    #[track_caller]
    pub fn table(&self, name: &str) -> Vec<Row> {
        rows(&self.text(name))
    }
}

/// The rows of a CSV text.
pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> =
        reader.headers().expect("headings").iter().map(str::to_owned).collect();
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record.expect("a row");
        heads.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(row).collect()
}

/// A field as a number.
#[track_caller]
pub fn number(row: &Row, name: &str) -> f64 {
    let field = row.get(name).unwrap_or_else(|| panic!("no {name} in {row:?}"));
    field.parse().unwrap_or_else(|_| panic!("{name} in {row:?}"))
}

/// The only row with these fields.
#[track_caller]
pub fn find<'a>(rows: &'a [Row], fields: &[(&str, &str)]) -> &'a Row {
    let fits = |row: &&Row| fields.iter().all(|(name, value)| row[*name] == *value);
    let found: Vec<&Row> = rows.iter().filter(fits).collect();
    assert_eq!(found.len(), 1, "{fields:?} in {rows:?}");
    found[0]
}

/// Checks that two numbers are equal except for rounding.
#[track_caller]
pub fn assert_near(found: f64, expected: f64) {
    let scale = 1f64.max(expected.abs());
    assert!((found - expected).abs() <= 1e-9 * scale, "{found}, expected {expected}");
}

/// Two rivals with foresight, votes, draws everywhere and a random order; one move is
/// never open.
pub const RIVALS: &str = r#"
format = 1
[scenario]
title = "Rivals"
steps = 4
order = "random"
imaginations = 3
[assumptions]
x = "normal(0, 1)"
[state]
u = { start = 0.5 }
v = { start = 0.5 }
mood = { start = "calm", labels = ["calm", "tense"] }
[measures]
gap = "u - v"
[laws]
u = "clamp(u + normal(0, 0.1) + 0.05 * x, 0, 1)"
v = "clamp(v + uniform(-0.1, 0.1), 0, 1)"
[events.shock]
chance = 0.2
effects = { v = "*= uniform(0.5, 1)", mood = "tense" }
[actors.a]
rationality = "2 to 6"
foresight = 1
wants.u = { of = "u - v", best = 1, worst = -1 }
[actors.a.actions.push]
effects = { u = "+= 0.1" }
[actors.a.actions.offer]
consent = { of = ["b"] }
effects = { u = 0.5, v = 0.5 }
refused = { v = "-= 0.05" }
[actors.a.actions.fly]
when = "t > 100"
effects = { u = 1 }
[actors.b]
rationality = 3
foresight = 1
wants.v = { of = "v - u", best = 1, worst = -1 }
[actors.b.actions.push]
chance = [{ name = "hit", p = 0.5, effects = { v = "+= 0.2" } }]
[[outcomes]]
id = "a_ahead"
when = "u > v + 0.2"
[[outcomes]]
id = "b_ahead"
when = "v > u + 0.2"
[[outcomes]]
id = "tense"
when = "mood == 'tense'"
[policies.nothing]
title = "Nothing at all"
[policies.grounded]
forbid = ["a.fly"]
[policies.quiet]
forbid = ["a.offer"]
[policies.tame]
forbid = ["b.push"]
[worlds.tilted]
set = { "assumptions.x" = "normal(1, 1)" }
"#;
