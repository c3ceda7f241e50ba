//! What every verb prints, draws and writes, as it was when it was last read.
//!
//! Most of an answer is words and marks: that "2 of 3" stands out, where a bar ends, which row comes first. Other tests
//! look at some of them; this one at all, for questions that each verb and most of its options are in. A text file of
//! `tests/recorded` has the command, what it prints, and of every file that it writes the hash (BLAKE3, its first eight
//! bytes). After a change that is meant, and was looked at, `REWRITE=1 cargo test --test suite recorded` writes them again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::command::{demarche, text};
use crate::repeat::contents;
use crate::tables::Desk;

/// Starts what is measured, in the answer of `check`.
const MEASURED: &str = "What it takes here";

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// A printed text without what differs from one run to the next: where it was written, and how long it took.
fn lasting(printed: &str, folder: &str) -> String {
    let printed = printed.split(MEASURED).next().expect("a first part").replace(folder, "OUT");
    let line = |line: &str| {
        let timed = line.ends_with("trials/s)").then(|| line.split_once(" in ")).flatten();
        timed.map_or(line, |(before, _)| before).trim_end().to_owned() + "\n"
    };
    printed.lines().map(line).collect()
}

/// What a question prints and writes.
fn answer(words: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = folder.path().to_str().expect("a plain path");
    let desk = Desk::new();
    let border =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BORDER)).expect("a scenario");
    let edited =
        border.replacen("steps = 12", "steps = 11", 1).replacen("hazard(10%", "hazard(20%", 1);
    assert_eq!(edited.lines().filter(|line| !border.contains(line)).count(), 2, "{edited}");
    let edited = desk.file(EDITED, &edited);
    let asked: Vec<&str> =
        words.iter().map(|word| if *word == EDITED { &edited } else { *word }).collect();
    let writes = words[0] != "check";
    let out: &[&str] = if writes { &["-o", plain] } else { &[] };
    let output = demarche(&[&asked, out].concat());
    assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));

    let mut answer = format!("$ demarche {}\n", words.join(" "));
    for printed in [&output.stderr, &output.stdout] {
        answer += &lasting(&text(printed).replace(&edited, EDITED), plain);
    }
    if writes {
        let json = demarche(&[&asked, out, &["--json"]].concat());
        let mut json: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(&json.stdout).expect("JSON");
        json.retain(|key, _| !["folder", "timing"].contains(&&**key));
        let json = serde_json::to_vec(&json).expect("JSON");
        writeln!(answer, "\n{}  --json", hash(&json)).expect("a text");
        for (name, bytes) in contents(folder.path()) {
            writeln!(answer, "{}  {name}", hash(&bytes)).expect("a text");
        }
    }
    answer
}

/// Checks that a question has the answer that was recorded.
#[track_caller]
fn assert_as_recorded(name: &str, words: &[&str]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/recorded")
        .join(name)
        .with_extension("txt");
    let now = answer(words);
    if std::env::var_os("REWRITE").is_some() {
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(&path, &now).expect("written");
    }
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    let of = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (lines, known) = (of(&now), of(&recorded));
    let gone = known.iter().filter(|line| !lines.contains(line)).map(|line| format!("- {line}\n"));
    let new = lines.iter().filter(|line| !known.contains(line)).map(|line| format!("+ {line}\n"));
    let differing: String = gone.chain(new).collect();
    assert!(now == recorded, "{name} is not as recorded:\n{differing}");
}

macro_rules! recorded {
    ($($name:ident: $($word:expr)+;)+) => {
        $(
            #[test]
            fn $name() {
                assert_as_recorded(stringify!($name), &[$($word),+]);
            }
        )+

        /// A text that no question has any more would be read as what the program says.
        #[test]
        fn every_text_has_its_question() {
            let names = [$(concat!(stringify!($name), ".txt")),+];
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded");
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let name = entry.file_name().into_string().expect("a plain name");
                assert!(names.contains(&&*name), "{name} has no question");
            }
        }
    };
}

const BORDER: &str = "scenarios/border-crisis.toml";
/// The border crisis, a month shorter and with more accidents.
const EDITED: &str = "border-edited.toml";
const TREE: &str = "scenarios/crisis-tree.toml";
const KOREA: &str = "scenarios/korea-2017.toml";
const FIRST: &str = "scenarios/korea-2017/first-edition.toml";
const NILE: &str = "tests/fixtures/nile-dam.toml";
const EXAMPLE: &str = "tests/fixtures/example.toml";
/// Titles and names that are as long or strange as they may be.
const HOSTILE: &str = "tests/fixtures/hostile.toml";
const STRESS: &str = "tests/fixtures/stress.toml";
/// Korea in small.
const STEPS: &str = "scenario.steps=3";
const PLAYS: &str = "scenario.imaginations=2";

recorded! {
    run_by_number: "run" BORDER "-n" "400";
    run_of_draws: "run" BORDER "--draws" "40" "--repeats" "5";
    run_to_a_precision: "run" BORDER "--precision" "3";
    run_under_a_policy: "run" BORDER "-n" "150" "--policy" "restraint" "--world" "hawkish_b"
        "--set" "actors.a.rationality=4";
    run_of_sobol_points: "run" BORDER "-n" "300" "--sampling" "sobol";
    run_of_a_tree: "run" TREE "-n" "200";
    run_of_the_nile: "run" NILE "-n" "60";
    run_of_strange_names: "run" HOSTILE "-n" "50";
    run_of_long_titles: "run" STRESS "-n" "10";
    run_of_korea: "run" KOREA "-n" "3" "--set" STEPS "--set" PLAYS;
    run_of_the_first_edition: "run" FIRST "-n" "10";
    compare_with_goals: "compare" BORDER "-n" "500" "--goal" "avoid:war" "--goal" "actor:a"
        "--threshold" "70%";
    compare_of_draws: "compare" BORDER "--draws" "40" "--repeats" "4" "--goal" "seek:settlement";
    compare_of_the_nile: "compare" NILE "-n" "40";
    compare_of_strange_names: "compare" HOSTILE "-n" "30";
    compare_of_two_files: "compare" BORDER EDITED "-n" "100";
    levers_of_the_border: "levers" BORDER "-n" "200";
    levers_of_the_nile: "levers" NILE "-n" "20";
    sensitivity_by_sobol: "sensitivity" BORDER "-n" "100";
    sensitivity_by_actor: "sensitivity" BORDER "-n" "64" "--vary" "preferences" "--by" "actor";
    sensitivity_by_morris: "sensitivity" BORDER "-n" "20" "--method" "morris";
    sensitivity_one_at_a_time: "sensitivity" BORDER "-n" "100" "--method" "one-at-a-time";
    sweep_of_one_value: "sweep" BORDER "--vary" "state.tension.start = 0 to 1 in 6"
        "--policy" "restraint" "--policy" "early_offer" "-n" "200";
    sweep_of_two_values: "sweep" BORDER "--vary" "state.tension.start = 0 to 1 in 4"
        "--vary" "assumptions.cost_of_war = 0.2, 0.5, 0.8" "--policy" "none" "--policy" "restraint" "-n" "100";
    sweep_of_the_file_itself: "sweep" BORDER "--vary" "state.tension.start = 0 to 1 in 4" "-n" "100";
    sweep_of_a_measure: "sweep" BORDER "--vary" "state.tension.start = 0 to 1 in 5"
        "--measure" "trade" "--policy" "none" "--policy" "restraint" "-n" "100";
    sensitivity_of_a_measure: "sensitivity" BORDER "-n" "60" "--of" "measures.trade";
    discover_with_a_box: "discover" BORDER "--outcome" "war" "-n" "3000";
    discover_without: "discover" BORDER "--outcome" "settlement" "-n" "1000";
    trace_of_a_typical_war: "trace" BORDER "--outcome" "war" "--typical" "-n" "400" "--odds" "20";
    trace_of_two_policies: "trace" BORDER "--policy" "none" "--against" "restraint" "--world" "hawkish_b"
        "--trial" "9" "-n" "500";
    trace_of_the_nile: "trace" NILE "--trial" "3";
    trace_of_korea: "trace" KOREA "--trial" "1" "--set" STEPS "--set" PLAYS;
    why_of_the_border: "why" BORDER "-n" "100";
    why_by_source: "why" BORDER "-n" "100" "--by" "source";
    why_by_step: "why" BORDER "-n" "60" "--by" "step" "--outcome" "war" "--policy" "restraint";
    why_of_the_nile: "why" NILE "-n" "30";
    update_by_a_record: "update" BORDER "--record" "scenarios/records/border-crisis.toml" "-n" "200";
    update_of_all_worlds: "update" BORDER "--record" "scenarios/records/border-crisis.toml"
        "--until" "2" "--world" "all" "-n" "200";
    score_of_two: "score" NILE EXAMPLE "-n" "100";
    score_of_one: "score" "scenarios/history/cuba-1962.toml" "-n" "60";
    score_of_the_past: "score" "scenarios/history" "-n" "3";
    check_of_the_border: "check" BORDER;
    check_of_the_nile: "check" NILE;
    check_of_korea: "check" FIRST;
}
