//! What charts and the first screen of the page say of results that are easily drawn wrongly: numbers
//! that take few values, trials that end with the last step, and names that have titles.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{demarche, only, run_into, text};

const RARE: &str = "tests/fixtures/faults/rare-outcome-shown-as-zero.toml";
const NILE: &str = "tests/fixtures/nile-dam.toml";

fn chart(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(format!("charts/{name}.svg"))).expect("there is a chart")
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("report.html")).expect("there is a page")
}

/// The page between two of its tags.
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from} is on the page"));
    let end = page[start..].find(to).expect("it ends");
    &page[start..start + end]
}

fn written(folder: &Path, scenario: &str) -> PathBuf {
    let file = folder.join("s.toml");
    fs::write(&file, scenario).expect("written");
    file
}

/// A level of 0, 0.5 or 1, a count up to 4, and a number that takes any value.
const LEVELS: &str = r#"
format = 1
[scenario]
title = "Levels"
steps = 4
[state]
level = { start = 0, about = "How far it has gone" }
strikes = { start = 0, unit = "strikes" }
tension = { start = 0 }
clock = { start = 0 }
[laws]
tension = "tension + normal(0, 1)"
clock = "clock + 1"
[events.half]
chance = 0.3
effects = { level = "min(1, level + 0.5)", strikes = "+= 1" }
[[outcomes]]
id = "any"
title = "Any end"
when = true
"#;

#[test]
fn numbers_of_few_values_are_drawn_as_shares_and_others_as_fans() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), LEVELS);
    let run = run_into(&folder.path().join("out"), &[file.to_str().expect("plain"), "-n", "400"]);
    for name in ["level", "strikes"] {
        let svg = chart(&run, &format!("series-{name}"));
        assert!(svg.contains("Share of trials with each value of"), "{name}");
        assert!(!svg.contains("1 in 20 above"), "{name}");
    }
    assert!(chart(&run, "series-level").contains("How far it has gone. 400 trials"));
    for name in ["tension", "clock"] {
        assert!(chart(&run, &format!("series-{name}")).contains("1 in 20 above"), "{name}");
    }
    assert!(chart(&run, "series-clock").contains("Clock: 0 at the start, 4 at the end"));
    // At each time, every trial has one value.
    let mut sums = std::collections::BTreeMap::new();
    let mut rows = csv::Reader::from_path(run.join("values.csv")).expect("there is a table");
    let at = |name: &str, heads: &csv::StringRecord| {
        heads.iter().position(|head| head == name).expect("a column")
    };
    let heads = rows.headers().expect("heads").clone();
    let [measure, after, trials] = ["measure", "after", "trials"].map(|name| at(name, &heads));
    for row in rows.records() {
        let row = row.expect("a row");
        let count: u64 = row[trials].parse().expect("a count");
        *sums.entry((row[measure].to_owned(), row[after].to_owned())).or_insert(0) += count;
    }
    assert_eq!(sums.len(), 2 * 5, "two numbers at five times");
    assert!(sums.values().all(|sum| *sum == 400), "{sums:?}");
}

#[test]
fn that_no_trial_ends_early_is_said_only_where_none_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), LEVELS);
    let run = run_into(&folder.path().join("none"), &[file.to_str().expect("plain"), "-n", "50"]);
    assert!(!run.join("charts/buildup.svg").exists(), "there is nothing to build up");
    assert!(page(&run).contains("Every trial runs to the last step."));

    let run = run_into(&folder.path().join("rare"), &[RARE, "-n", "300000"]);
    let svg = chart(&run, "buildup");
    assert!(svg.contains("Only 9 of 300,000 trials end before"), "{}", &svg[..400]);
    let page = page(&run);
    for untrue in ["Every trial runs to the last step", "No trial ends", ">0.0 %", ">100.0 %"] {
        assert!(!page.contains(untrue), "{untrue}");
    }
}

#[test]
fn where_the_file_has_titles_charts_and_first_screens_show_no_names() {
    let names = [
        "aid_stick",
        "au_first",
        "power_deal",
        "proud_addis",
        "dry_decade",
        "table_draft",
        "suspend_aid",
    ];
    for (verb, more) in [("compare", &["--goal", "actor:cairo"][..]), ("levers", &[])] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().to_str().expect("plain");
        let output =
            demarche(&[&[verb, NILE, "-n", "40", "--quiet", "-o", out][..], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let run = only(&only(folder.path()));
        let page = page(&run);
        let first = part(&page, "<div class=\"first\"", "</div>");
        assert!(first.contains("95 % intervals"), "{first}");
        let mut shown = vec![first.to_owned()];
        for file in fs::read_dir(run.join("charts")).expect("charts").flatten() {
            shown.push(fs::read_to_string(file.path()).expect("a chart"));
        }
        for (text, name) in shown.iter().flat_map(|text| names.map(|name| (text, name))) {
            assert!(!text.contains(name), "{verb}: {name} in {}", &text[..300]);
        }
    }
}

#[test]
fn the_first_screen_of_a_run_shows_the_shares_of_its_headline() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, asked) in
        [("plain", &["-n", "200"][..]), ("draws", &["--draws", "20", "--repeats", "5"])]
    {
        let run = run_into(&folder.path().join(name), &[&[NILE][..], asked].concat());
        let page = page(&run);
        let first = part(&page, "<div class=\"first\"", "</div>");
        let file = if name == "plain" { "summary.csv" } else { "uncertainty.csv" };
        let mut rows = csv::Reader::from_path(run.join(file)).expect("there is a table");
        let heads = rows.headers().expect("heads").clone();
        let share = heads.iter().position(|head| head == "share").expect("a column");
        for row in rows.records() {
            let row = row.expect("a row");
            let value: f64 = row[share].parse().expect("a share");
            if row[3] != *"unresolved" {
                let text = demarche::format::percent(value);
                let bar = format!(
                    "<span class=\"value\">{}</span>",
                    text.replace('<', "&lt;").replace('>', "&gt;")
                );
                assert!(first.contains(&bar), "{name}: {bar} in {first}");
            }
        }
    }
}
