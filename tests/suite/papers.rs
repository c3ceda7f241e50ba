//! Reading result files, writing the tables of the pages that show them, and telling when they are stale.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A row of a CSV file: values by column name.
pub type Row = BTreeMap<String, String>;
/// The rows of a result file.
pub fn rows_of(path: &Path) -> Vec<Row> {
    let content =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = content.lines().map(fields);
    let headings = lines.next().expect("headings");
    lines.map(|line| headings.iter().cloned().zip(line).collect()).collect()
}

/// The fields of a CSV line, some of them in quotes.
fn fields(line: &str) -> Vec<String> {
    let (mut all, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut field)),
            _ => field.push(letter),
        }
    }
    all.push(field);
    all
}

pub fn number(row: &Row, heading: &str) -> f64 {
    row[heading].parse().unwrap_or_else(|_| panic!("{heading} of {row:?}"))
}

pub fn find<'a>(rows: &'a [Row], what: &[(&str, &str)]) -> &'a Row {
    rows.iter()
        .find(|row| what.iter().all(|(heading, value)| row[*heading] == *value))
        .unwrap_or_else(|| panic!("no row has {what:?}"))
}

/// The distinct values of a column, in order of appearance.
pub fn names(rows: &[Row], heading: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for row in rows {
        if !all.contains(&row[heading]) {
            all.push(row[heading].clone());
        }
    }
    all
}

pub fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share).replace('-', "−")
}

pub fn points(share: f64) -> String {
    format!("{:+.1}", 100.0 * share).replace('-', "−")
}

pub fn table(head: &[String], body: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = vec!["---".to_owned(); head.len()];
    let rows: String = body.iter().map(|row| line(row)).collect();
    line(head) + &format!("|{}|\n", rule.join("|")) + &rows
}

pub fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Whether the simultaneous interval of a difference excludes zero; where it is empty, too few trials
/// differ to tell.
pub fn stands_out(row: &&Row) -> bool {
    let end = |at: &str| row[at].parse::<f64>().unwrap_or(0.0);
    end("low_all") > 0.0 || end("high_all") < 0.0
}

/// A hash of the scenario without titles, descriptions, sources and units.
pub fn digest(file: &str) -> String {
    let mut value: toml::Table = file.parse().expect("TOML");
    without_notes(&mut value);
    let text = format!("{value:?}");
    format!("{}\n", demarche::store::content_hash(text.as_bytes()))
}

/// Takes titles, descriptions, sources and units out of a scenario.
pub fn without_notes(table: &mut toml::Table) {
    table.retain(|key, value| {
        !(matches!(key, "about" | "source" | "title" | "unit") && value.is_str())
    });
    for (_, value) in table.iter_mut() {
        match value {
            toml::Value::Table(inner) => without_notes(inner),
            toml::Value::Array(items) => {
                items.iter_mut().filter_map(toml::Value::as_table_mut).for_each(without_notes);
            }
            toml::Value::String(_)
            | toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_) => {}
        }
    }
}

/// A function that produces a table of a paper.
pub type Table = fn() -> String;

/// The text with every table between its marks replaced by the current results.
pub fn with_tables(text: &str, tables: &[(&str, Table)]) -> String {
    let mut text = text.to_owned();
    for (name, of) in tables {
        let (open, close) = (format!("<!-- table: {name} -->\n"), "<!-- end -->");
        let start = text.find(&open).unwrap_or_else(|| panic!("no {open}")) + open.len();
        let end = start + text[start..].find(close).expect("an end");
        text.replace_range(start..end, &of());
    }
    text
}

/// Checks that a page has the figures of the results, or writes them there with `REWRITE=1`.
pub fn check_page(path: &Path, renewed: impl Fn(&str) -> String) {
    let before = fs::read_to_string(path).expect("readable");
    let expected = renewed(&before);
    if is_to_rewrite() {
        fs::write(path, expected).expect("writable");
    } else {
        assert!(before == expected, "stale figures in {}: REWRITE=1 renews them", path.display());
    }
}

fn is_to_rewrite() -> bool {
    std::env::var_os("REWRITE").is_some()
}

/// Checks that the results in a folder were made with the scenario of this digest, or writes it beside them
/// with `REWRITE=1`.
pub fn check_results(folder: &Path, digest: &str) {
    let path = folder.join("scenario.blake3");
    if is_to_rewrite() {
        fs::write(&path, digest).expect("writable");
    }
    let kept = fs::read_to_string(&path).expect("readable");
    assert_eq!(
        kept, digest,
        "the scenario has changed since the results were made: run the commands of the page again"
    );
}
