//! What happened: two codings of the record, and how far they agree.

use std::collections::BTreeSet;

use demarche::model::Document;

use super::folder;
use crate::korea::{file, text};
use crate::papers::{Row, find, head, names, number, percent, rows_of, table};

/// A move of an actor in a step.
type Cell = (String, String, String);

fn coding(number: u32) -> Vec<Row> {
    let rows = rows_of(&folder().join(format!("record/coding-{number}.csv")));
    // Bargains are no moves.
    rows.into_iter().filter(|row| row["actor"] != "council").collect()
}

fn cell(row: &Row) -> Cell {
    (row["actor"].clone(), row["action"].clone(), row["step"].clone())
}

/// All cells: every action of every actor, in every step.
fn all_cells() -> BTreeSet<Cell> {
    let scenario: toml::Table = file().parse().expect("TOML");
    let actors = scenario["actors"].as_table().expect("actors");
    let mut cells = BTreeSet::new();
    for (actor, own) in actors {
        for action in own["actions"].as_table().expect("actions").keys() {
            cells.extend((0..16).map(|step| (actor.clone(), action.clone(), step.to_string())));
        }
    }
    cells
}

/// How far two codings agree beyond chance (Cohen 1960), with the counts.
fn agreement(name: &str, cells: &BTreeSet<Cell>, codings: [&BTreeSet<Cell>; 2]) -> Vec<String> {
    let [first, second] = codings;
    let count = |a: bool, b: bool| {
        let fits = |cell: &&Cell| (first.contains(*cell), second.contains(*cell)) == (a, b);
        cells.iter().filter(fits).count()
    };
    let [both, one, two, none] =
        [(true, true), (true, false), (false, true), (false, false)].map(|(a, b)| count(a, b));
    let n = cells.len() as f64;
    let [p_first, p_second] = [both + one, both + two].map(|own| own as f64 / n);
    let by_chance = p_first * p_second + (1.0 - p_first) * (1.0 - p_second);
    let kappa = ((both + none) as f64 / n - by_chance) / (1.0 - by_chance);
    let counts = [both, one, two, none].map(|count| count.to_string());
    [vec![name.to_owned()], counts.to_vec(), vec![format!("{kappa:.2}")]].concat()
}

/// The table of agreement.
pub fn codings() -> String {
    let [first, second] = [coding(1), coding(2)];
    let of = |rows: &[Row], certain: bool| -> BTreeSet<Cell> {
        let rows = rows.iter().filter(|row| !certain || row["status"] == "action");
        rows.map(cell).collect()
    };
    let cells = all_cells();
    let closed: BTreeSet<Cell> =
        second.iter().filter(|row| row["closed"] == "yes").map(cell).collect();
    let open: BTreeSet<Cell> = cells.difference(&closed).cloned().collect();
    let row = |name, cells, certain| {
        agreement(name, cells, [&of(&first, certain), &of(&second, certain)])
    };
    let body = [
        row("all that was coded", &cells, false),
        row("what each is sure of", &cells, true),
        row("all, without closed ones", &open, false),
        row("sure, without closed ones", &open, true),
    ];
    table(&head(&["Cells", "both", "first only", "second only", "neither", "Cohen's κ"]), &body)
}

/// What was found given the record to the beginning of January 2018.
fn found(file: &str) -> Vec<Row> {
    rows_of(&folder().join("record/to-january-2018").join(file))
}

/// How likely each month of the record was, by forecaster.
pub fn evidence() -> String {
    let rows = found("evidence.csv");
    let months = ["September 2017", "October", "November", "December", "all four"];
    let body: Vec<Vec<String>> = months
        .into_iter()
        .enumerate()
        .map(|(step, month)| {
            let step = if step < 4 { step.to_string() } else { String::new() };
            let of = |forecaster: &str| find(&rows, &[("forecaster", forecaster), ("step", &step)]);
            let log = |forecaster: &str| number(of(forecaster), "log_evidence");
            let told = |value: f64| format!("{value:.1}").replace('-', "−");
            let particles = format!("{:.0}", number(of("demarche"), "effective"));
            let forecasters = ["demarche", "random", "prior_frequencies"];
            let logs = forecasters.map(|forecaster| told(log(forecaster)));
            [vec![month.to_owned()], logs.to_vec(), vec![particles]].concat()
        })
        .collect();
    let heads =
        ["8th to 7th", "scenario", "at random", "by frequencies", "original particles left"];
    table(&head(&heads), &body)
}

/// The odds before the record and given it.
pub fn odds() -> String {
    let rows = found("odds.csv");
    let titles = super::rows("worlds/summary.csv");
    let body: Vec<Vec<String>> = names(&rows, "outcome")
        .iter()
        .map(|outcome| {
            let cell = |step: &str| {
                let row = find(&rows, &[("outcome", outcome), ("step", step)]);
                let [share, low, high] =
                    ["share", "low", "high"].map(|column| percent(number(row, column)));
                format!("{share} ({low} to {high})")
            };
            let title = find(&titles, &[("world", "base"), ("outcome", outcome)])["title"].clone();
            vec![title, cell(""), cell("3")]
        })
        .collect();
    table(&head(&["outcome, %", "before", "given the record"]), &body)
}

#[test]
fn the_record_is_the_first_coding_and_fits_the_scenario() {
    let record = text("records/korea-2017.toml");
    let document =
        Document::with_record("korea-2017.toml", file().as_bytes(), ("record", record.as_bytes()));
    let found = document.check();
    assert!(!found.has_errors(), "{found:#?}");
    let record: toml::Table = record.parse().expect("TOML");
    let entries = record["record"]["entries"].as_array().expect("entries");
    let moves: Vec<(String, String)> = entries
        .iter()
        .filter_map(|entry| {
            let did = entry.get("did")?.as_str()?;
            let (actor, action) = did.split_once('.')?;
            let action = action.split('[').next().unwrap_or(action);
            let on = entry["on"].as_datetime().expect("a day").to_string();
            Some((format!("{actor}.{action}"), on))
        })
        .collect();
    let coded: Vec<(String, String)> = coding(1)
        .iter()
        .map(|row| (format!("{}.{}", row["actor"], row["action"]), row["date"].clone()))
        .collect();
    let sorted = |mut all: Vec<(String, String)>| {
        all.sort();
        all
    };
    assert_eq!(sorted(moves), sorted(coded));
    let has_source = |entry: &toml::Value| entry.get("source").is_some();
    assert!(entries.iter().all(has_source));
}

#[test]
fn both_codings_name_moves_of_the_scenario_once_a_step() {
    let cells = all_cells();
    for number in [1, 2] {
        let rows = coding(number);
        let own: BTreeSet<Cell> = rows.iter().map(cell).collect();
        assert_eq!(own.len(), rows.len(), "coding {number} has a move twice in a step");
        let unknown: Vec<&Cell> = own.difference(&cells).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
