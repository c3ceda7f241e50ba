//! Small files that would use up memory, the stack, file handles or the screen. Those of scenarios alone are in
//! `crate::sizes`.

use std::fmt::Write as _;
use std::fs;

use super::{border, plain, refused, strained, strained_by};
use crate::command::{only, text};

/// A scenario with so many numbers over so many steps.
fn numbers(count: usize, steps: u32) -> String {
    let mut scenario = format!("format = 1\n[scenario]\nsteps = {steps}\n[state]\n");
    for index in 0..count {
        writeln!(scenario, "x{index} = {{ start = 0 }}").expect("a string takes it");
    }
    scenario
}

/// A scenario with so many actors of so many actions each.
fn actors(count: usize, actions: usize, steps: u32) -> String {
    let mut scenario = numbers(1, steps);
    for actor in 0..count {
        write!(
            scenario,
            "[actors.a{actor}]\nrationality = 1\nwants.w = {{ of = \"x0\", best = 1, worst = 0 }}\n[actors.a{actor}.actions]\n"
        )
        .expect("a string takes it");
        for action in 0..actions {
            writeln!(scenario, "c{action} = {{}}").expect("a string takes it");
        }
    }
    scenario
}

#[test]
fn a_small_file_that_would_fill_the_memory_is_refused_with_its_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    for scenario in [numbers(4_000, 10_000), numbers(400, 10_000), actors(64, 64, 10_000)] {
        fs::write(folder.path().join("large.toml"), &scenario).expect("written");
        let told = refused(&strained(folder.path(), &["check", "large.toml"]));
        assert!(told.contains("E003") && told.contains("so many fit into"), "{told}");
        let out = folder.path().join("output");
        refused(&strained(folder.path(), &["run", "large.toml", "-n", "10"]));
        assert!(!out.exists(), "nothing is written");
    }
    // What is as large as can be fits.
    for scenario in [numbers(4, 10_000), numbers(2_000, 100), actors(64, 64, 20)] {
        fs::write(folder.path().join("large.toml"), &scenario).expect("written");
        let output = strained(folder.path(), &["check", "large.toml"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

#[test]
fn a_world_that_makes_a_small_scenario_too_large_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = numbers(400, 10) + "[worlds.long]\nset = { \"scenario.steps\" = 10000 }\n";
    fs::write(folder.path().join("world.toml"), scenario).expect("written");
    let told = refused(&strained(folder.path(), &["check", "world.toml"]));
    assert!(told.contains("E003"), "{told}");
}

#[test]
fn deep_and_long_json_of_a_run_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = border(folder.path());
    assert!(strained(folder.path(), &["run", file, "-n", "10", "-q"]).status.success());
    let run = only(&only(&folder.path().join("output")));
    for text in ["[".repeat(2_000_000), "{\"a\":".repeat(1_000_000), "\0".repeat(1_000)] {
        fs::write(run.join("manifest.json"), text).expect("written");
        let told = refused(&strained(folder.path(), &["chart", plain(&run)]));
        assert!(told.contains("manifest.json") && told.len() < 2_000, "{told}");
    }
}

#[test]
fn a_message_repeats_no_more_of_a_cell_than_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = border(folder.path());
    assert!(strained(folder.path(), &["run", file, "-n", "10", "-q"]).status.success());
    let run = only(&only(&folder.path().join("output")));
    let table = fs::read_to_string(run.join("summary.csv")).expect("a table");
    let changed = table.replacen(",war,", &format!(",{},", "w".repeat(1_000_000)), 1);
    assert_ne!(table, changed);
    fs::write(run.join("summary.csv"), changed).expect("written");
    let told = refused(&strained(folder.path(), &["chart", plain(&run)]));
    assert!(told.contains("`outcome` is `www") && told.len() < 1_000, "{} bytes", told.len());
}

#[test]
fn a_folder_of_many_cases_needs_few_file_handles() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).expect("a folder");
    let case = fs::read_to_string(super::project("tests/fixtures/example.toml")).expect("a case");
    for number in 0..60 {
        fs::write(cases.join(format!("{number}.toml")), &case).expect("written");
    }
    let asked = ["score", "cases", "-n", "10", "-q"];
    let output = strained_by("ulimit -n 24", folder.path(), &asked);
    assert!(output.status.success(), "{}", text(&output.stderr));
}
