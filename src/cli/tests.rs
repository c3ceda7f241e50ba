//! Tests verbs from end to end on a scenario that is hard to draw: twelve outcomes, nine actors,
//! titles of 120 letters, Hangul.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;

use super::{Arguments, answer};
use crate::chart::probe::assert_legible;

const STRESS: &str = "tests/fixtures/stress.toml";

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// Runs a command, checks that every chart it draws can be read, and returns their number.
fn read_charts(arguments: &[&str]) -> usize {
    let root = tempfile::tempdir().expect("a folder");
    let words = ["demarche"].iter().chain(arguments).chain(&["--quiet", "-o"]);
    let words = words.map(OsString::from).chain([root.path().into()]);
    assert!(answer(Arguments::try_parse_from(words).expect("arguments")).is_ok());
    let charts = entries(&entries(&entries(root.path())[0])[0].join("charts"));
    for chart in &charts {
        assert_legible(&std::fs::read_to_string(chart).expect("a chart"));
    }
    charts.len()
}

#[test]
fn nothing_is_clipped_or_overlaps_on_any_chart_of_any_verb() {
    // Outcomes, spread, buildup, two fans, shares, two end measures, moves.
    assert_eq!(read_charts(&["run", STRESS, "--draws", "20", "--repeats", "3"]), 9);
    // In three worlds: outcomes, differences, flips; outcomes by world; two regrets.
    let goals = ["--goal", "avoid:o1", "--goal", "actor:a1"];
    let compare = [&["compare", STRESS, "-n", "30"][..], &goals].concat();
    assert_eq!(read_charts(&compare), 12);
    assert_eq!(read_charts(&["levers", STRESS, "-n", "8"]), 1);
}
