//! Measures how often choices and votes err with so many imagined plays, and at what cost: plays
//! trials with very many plays, and decides each of their choices again, in the same situation and
//! with the same random numbers, with fewer. Prints a table of `docs/model.md`.
//!
//! ```text
//! cargo bench --bench thinking -- scenarios/korea-2017/first-edition.toml 16 1024
//! ```
//!
//! The arguments are the scenario file, the number of trials and the number of plays to compare
//! with, then perhaps further settings as `--set` has them, `path=value`. `--test` plays one trial,
//! to check that it runs.

use std::path::Path;

use demarche::engine::{OtherImaginations, Reference};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};
use rayon::prelude::*;

/// The numbers of imagined plays that are compared, as a file says them.
const COMPARED: [&str; 10] =
    ["8", "16", "24", "32", "64", "128", "[8, 16]", "[8, 32]", "[8, 64]", "[8, 128]"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let testing = arguments.iter().any(|argument| argument == "--test");
    let mut given = arguments.iter().filter(|argument| !argument.starts_with("--"));
    let file = given.next().map_or("scenarios/crisis-tree.toml", String::as_str);
    let whole = |text: &String| text.parse::<u64>().expect("a whole number");
    let trials = given.next().map_or(if testing { 1 } else { 100 }, whole);
    let most = given.next().map_or(if testing { 16 } else { 256 }, whole);
    let settings: Vec<String> = given.cloned().collect();

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let bytes = std::fs::read(&path).expect("the scenario file is there");
    let document = Document::read(file, &bytes).with("--set", &settings);
    let model = |plays: &str| -> Model {
        let setting = format!("scenario.imaginations={plays}");
        let document = document.with("--set", &[setting]);
        document.model(NO_POLICY, BASE_WORLD).expect("the scenario is sound")
    };
    let exact = model(&most.to_string());
    let compared = COMPARED.map(model);
    let reference = Reference::new(&exact, 1);
    let played: Vec<Vec<OtherImaginations<'_>>> = (0..trials)
        .into_par_iter()
        .map(|trial| {
            let mut others: Vec<_> = compared.iter().map(OtherImaginations::new).collect();
            reference.with_other_imaginations(trial, 1, &mut others).expect("no accident");
            others
        })
        .collect();

    println!("{file}: {trials} trials, compared with K = {most}\n");
    println!("| K | choices and votes | otherwise | plays of each option |\n|---|---|---|---|");
    for (index, plays) in COMPARED.iter().enumerate() {
        let sum = |of: fn(&OtherImaginations<'_>) -> u64| -> u64 {
            played.iter().map(|others| of(&others[index])).sum()
        };
        let imagined = sum(|other| other.imagined);
        let share = sum(|other| other.different) as f64 / imagined as f64;
        let error = (share * (1.0 - share) / imagined as f64).sqrt();
        println!(
            "| {plays} | {imagined} | {:.1} ± {:.1} % | {:.1} |",
            100.0 * share,
            100.0 * error,
            played.iter().map(|others| others[index].plays).sum::<f64>() / imagined as f64
        );
    }
}
