//! The figures in `scenarios/korea-2017.md` are those of the result files beside it, and
//! these are not out of date. `REWRITE=1` updates the figures.

mod behaviour;
mod outcomes;
mod prices;
mod record;
mod seoul;

use std::path::PathBuf;

use super::{file, text};
use crate::papers::{
    Row, Table, check_page, check_results, digest, find, number, rows_of, with_tables,
};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/korea-2017"))
}

/// The rows of a result file such as `worlds/summary.csv`.
fn rows(name: &str) -> Vec<Row> {
    rows_of(&folder().join(name))
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// The mean of a measure at the end in a world, with its 95 % interval.
fn mean(all: &[Row], world: &str, measure: &str, trials: f64, times: f64, digits: usize) -> String {
    let row = find(all, &[("world", world), ("measure", measure)]);
    let [mean, sd] = ["mean", "sd"].map(|at| times * number(row, at));
    let half = 1.96 * sd / trials.sqrt();
    minus(&format!("{mean:.digits$} ± {half:.digits$}"))
}

/// How many trials each world was played.
fn trials() -> f64 {
    number(&rows("worlds/summary.csv")[0], "trials")
}

/// The text with every table between its marks replaced by the current results.
fn renewed(text: &str) -> String {
    let tables: [(&str, Table); 24] = [
        ("worlds", outcomes::worlds),
        ("measures", outcomes::measures),
        ("distances", seoul::distances),
        ("gifts", seoul::gifts),
        ("prices", prices::prices),
        ("prices_by_world", prices::prices_by_world),
        ("courting", prices::courting),
        ("causes", seoul::causes),
        ("follows", seoul::follows),
        ("matters", outcomes::matters),
        ("earnings", prices::earnings),
        ("pull", prices::pull),
        ("first_month", behaviour::first_month),
        ("behaviour", behaviour::behaviour),
        ("last_month", behaviour::last_month),
        ("promises", behaviour::promises),
        ("voters", behaviour::voters),
        ("rests_on", outcomes::rests_on),
        ("window", prices::window),
        ("plans", outcomes::plans),
        ("editions", outcomes::editions),
        ("coding", record::codings),
        ("record_evidence", record::evidence),
        ("record_odds", record::odds),
    ];
    with_tables(text, &tables)
}

#[test]
fn the_figures_in_the_paper_are_those_of_the_results() {
    check_page(&folder().with_extension("md"), renewed);
}

#[test]
fn the_results_are_those_of_this_scenario() {
    check_results(&folder(), &digest(&file()));
}

/// Each cost that is set by how often a move was made has its row in the paper, with the same share.
#[test]
fn how_often_moves_were_made_is_as_in_the_file() {
    let paper = text("korea-2017.md");
    let rates = behaviour::rates();
    assert!(rates.len() + behaviour::set_rates().len() > 25, "{rates:?}");
    for (name, percent) in rates {
        let rate = (100.0 * percent).round() / 100.0;
        let row = format!("| `{name}` | {rate} %");
        assert!(paper.contains(&row), "no row begins with {row}");
    }
}
