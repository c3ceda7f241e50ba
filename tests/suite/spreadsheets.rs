//! CSV tables as spreadsheets read them.

use std::fs;

use crate::command::{demarche, only, text};
use crate::repeat::contents;
use crate::tables::{Desk, Row, find, number, rows};

const FILE: &str = "tests/fixtures/faults/csv-cells-begin-with-equals.toml";
const LINK: &str = "=HYPERLINK(\"http://x\",\"y\")";
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Every text of a table.
fn texts(rows: &[Row]) -> Vec<&str> {
    let cells = rows.iter().flat_map(|row| row.values());
    cells.map(String::as_str).filter(|cell| cell.parse::<f64>().is_err()).collect()
}

#[test]
fn no_text_begins_like_a_formula_unless_it_is_asked_for_bare() {
    let desk = Desk::new();
    let arguments = ["run", FILE, "-n", "200", "--trials", "csv"];
    let guarded = desk.play(&arguments);
    let tables = guarded.files.keys().filter(|name| name.ends_with(".csv"));
    for name in tables {
        let rows = guarded.table(name);
        for cell in texts(&rows) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
        }
        assert!(!guarded.files[name].starts_with(MARK), "{name}");
    }
    let title = |table: &[Row]| find(table, &[("outcome", "戦争")])["title"].clone();
    assert_eq!(title(&guarded.table("summary.csv")), format!("'{LINK}"));
    let plain = desk.play(&[&arguments[..], &["--csv", "plain"]].concat());
    assert_eq!(title(&plain.table("summary.csv")), LINK);
    let excel = desk.play(&[&arguments[..], &["--csv", "excel"]].concat());
    for name in ["summary.csv", "trials.csv"] {
        assert_eq!(&excel.files[name][..3], MARK, "{name}");
        assert_eq!(&excel.files[name][3..], guarded.files[name], "{name}");
    }
}

#[test]
fn numbers_below_zero_stay_numbers_and_labels_are_guarded_where_they_stand_alone() {
    let desk = Desk::new();
    let scenario = "format = 1\n[scenario]\nsteps = 1\n\
                    [state]\ndebt = { start = \"-uniform(1, 2)\", unit = \"+%\" }\n\
                    mood = { start = \"=1+1\", labels = [\"=1+1\", \"-\"] }\n\
                    [assumptions]\nx = \"-uniform(1, 3)\"\n\
                    [[outcomes]]\nid = \"o\"\nwhen = \"true\"\ntitle = \"@all\"\n\
                    [policies.p]\nset = { \"state.mood.start\" = \"-\" }\n";
    let file = desk.file("=x.toml", scenario);
    let written = desk.play(&["run", &file, "-n", "30", "--trials", "csv"]);
    for row in written.table("trials.csv") {
        assert!(number(&row, "state.debt") < 0.0);
        assert_eq!(row["state.mood"], "'=1+1");
    }
    let summary = &written.table("summary.csv")[0];
    assert_eq!([&summary["scenario"], &summary["title"]], ["'=x", "'@all"]);
    assert_eq!(written.table("assumptions.csv")[0]["formula"], "'-uniform(1, 3)");
    assert!(number(&written.table("series.csv")[0], "mean") < 0.0);
    let compared = desk.play(&["compare", &file, "-n", "30"]);
    let ends = compared.table("ends.csv");
    let unit = &find(&ends, &[("policy", "p"), ("measure", "debt")])["unit"];
    assert_eq!(unit, "'+%");
}

#[test]
fn folders_of_every_style_are_drawn_again_as_they_were() {
    for style in ["guarded", "plain", "excel"] {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().to_str().expect("a plain path");
        let played = demarche(&["run", FILE, "-n", "100", "-q", "--csv", style, "-o", out]);
        assert!(played.status.success(), "{}", text(&played.stderr));
        let folder = only(&only(root.path()));
        let before = contents(&folder);
        fs::remove_dir_all(folder.join("charts")).expect("removed");
        let again = demarche(&["chart", folder.to_str().expect("a plain path")]);
        assert!(again.status.success(), "{style}: {}", text(&again.stderr));
        assert!(before == contents(&folder), "{style}");
        let page = text(&before["report.html"]);
        assert!(!page.contains("&#x27;=HYPERLINK") && page.contains("=HYPERLINK"), "{style}");
        assert_eq!(page.contains("--csv"), style != "guarded", "the command says the style");
    }
}

#[test]
fn very_large_and_very_small_numbers_have_exponents() {
    let desk = Desk::new();
    let scenario = "format = 1\n[scenario]\nsteps = 0\n\
                    [state]\na = { start = 1e300 }\nb = { start = -2.5e-9 }\n\
                    c = { start = 999999999999999 }\nd = { start = 1e15 }\ne = { start = 1e-6 }\n\
                    [[outcomes]]\nid = \"o\"\nwhen = \"true\"\n";
    let file = desk.file("sizes.toml", scenario);
    let written = desk.play(&["run", &file, "-n", "10", "--trials", "csv"]);
    let row = &rows(&written.text("trials.csv"))[0];
    let found = ["a", "b", "c", "d", "e"].map(|name| row[&format!("state.{name}")].clone());
    assert_eq!(found, ["1e300", "-2.5e-9", "999999999999999", "1e15", "0.000001"]);
    let longest = written.table("series.csv");
    assert!(longest.iter().flat_map(|row| row.values()).all(|cell| cell.len() < 30));
}
