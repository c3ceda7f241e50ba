//! The command line, as a person or a script uses it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The command, run in the project's folder.
pub(crate) fn demarche(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the command starts")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Runs a scenario into a new folder and returns the run folder.
pub(crate) fn run_into(folder: &Path, arguments: &[&str]) -> PathBuf {
    let mut all = vec!["run", "--quiet", "-o", folder.to_str().expect("a plain path")];
    all.extend(arguments);
    let output = demarche(&all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    only(&only(folder))
}

/// The only entry of a folder.
pub(crate) fn only(folder: &Path) -> PathBuf {
    let entries: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries[0].path()
}

const BORDER: &str = "scenarios/border-crisis.toml";

#[test]
fn a_run_prints_outcomes_moves_and_the_run_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let output =
        demarche(&["run", BORDER, "-n", "200", "-o", folder.path().to_str().expect("plain")]);
    assert!(output.status.success());
    let out = text(&output.stdout);
    for words in
        ["Border crisis", "200 trials and 99 replays, seed 1", "War", "swing", "written to"]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(
        !out.contains('\r') && !text(&output.stderr).contains('\r'),
        "no progress bar on a pipe"
    );
}

#[test]
fn quiet_prints_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["run", BORDER, "-n", "50", "-q", "-o", folder.path().to_str().expect("plain")];
    let output = demarche(&arguments);
    assert!(output.status.success());
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn a_run_folder_contains_what_the_docs_promise() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = run_into(folder.path(), &[BORDER, "-n", "100", "--trials", "csv", "--png"]);
    for file in [
        "manifest.json",
        "timing.json",
        "scenario.toml",
        "summary.csv",
        "series.csv",
        "moves.csv",
        "assumptions.csv",
        "trials.csv",
        "charts/outcomes.svg",
        "charts/outcomes.png",
        "charts/series-tension.svg",
        "charts/series-phase.svg",
    ] {
        assert!(run.join(file).is_file(), "{file}");
    }
    let first = |file: &str| {
        let text = fs::read_to_string(run.join(file)).expect("readable");
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        first("summary.csv"),
        "scenario,policy,world,outcome,title,trials,count,share,mc_low,mc_high,mc_low_all,mc_high_all,any_low,any_high"
    );
    assert_eq!(
        first("series.csv"),
        "scenario,policy,world,measure,after,date,mean,p05,p25,p50,p75,p95"
    );
    assert_eq!(
        first("moves.csv"),
        "scenario,policy,world,actor,track,action,item,step,available,taken,accepted"
    );
    assert_eq!(
        first("assumptions.csv"),
        "scenario,policy,world,assumption,formula,mean,sd,p05,p25,p50,p75,p95"
    );
    assert!(first("trials.csv").starts_with("trial,outcome,end_step,assumptions.cost_of_war,"));
    let summary = fs::read_to_string(run.join("summary.csv")).expect("readable");
    assert!(
        summary.lines().last().is_some_and(|row| row.contains(",unresolved,Unresolved,100,0,0,0,"))
    );
}

#[test]
fn the_same_command_writes_to_the_same_folder_and_replaces_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = run_into(folder.path(), &[BORDER, "-n", "60"]);
    fs::write(first.join("stale"), "old").expect("written");
    let second = run_into(folder.path(), &[BORDER, "-n", "60"]);
    assert_eq!(first, second);
    assert!(!second.join("stale").exists());
}

#[test]
fn mistakes_end_with_status_two_and_nothing_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("broken.toml");
    fs::write(&file, "format = 1\n[scenario]\nsteps = 1\n[laws]\nx = \"y\"\nz = \"1 +\"\n")
        .expect("written");
    let out = folder.path().join("out");
    let output =
        demarche(&["run", file.to_str().expect("plain"), "-o", out.to_str().expect("plain")]);
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(message.contains("broken.toml:5:1") && message.contains("broken.toml:6:"), "{message}");
    assert!(!out.exists());
}

#[test]
fn for_unknown_policies_and_worlds_the_nearest_name_is_suggested() {
    for (option, name, near) in
        [("--policy", "restrain", "restraint"), ("--world", "hawkish", "hawkish_b")]
    {
        let output = demarche(&["run", BORDER, option, name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(near), "{}", text(&output.stderr));
    }
}

#[test]
fn a_failure_to_write_ends_with_status_one_and_names_the_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a-file");
    fs::write(&file, "not a folder").expect("written");
    let below = file.join("out");
    let output = demarche(&["run", BORDER, "-n", "10", "-o", below.to_str().expect("plain")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("a-file"), "{}", text(&output.stderr));
}

#[test]
fn a_numerical_accident_ends_with_status_one_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("accident.toml");
    fs::write(
        &file,
        "format = 1\n[scenario]\nsteps = 3\n[state]\nx = { start = 2 }\n[laws]\nx = \"x / (x - 1) * (if t < 1 then 0.5 else 1) + 1 / (1 - t)\"\n[[outcomes]]\nid = \"o\"\nwhen = \"x > 0\"\n",
    )
    .expect("written");
    let out = folder.path().join("out");
    let output = demarche(&[
        "run",
        file.to_str().expect("plain"),
        "-n",
        "10",
        "-o",
        out.to_str().expect("plain"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    for words in ["trial 0", "laws.x", "is divided by zero", "step     1", "t = 1"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    let left: Vec<_> = fs::read_dir(out.join("accident")).into_iter().flatten().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_so_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", BORDER, "-n", "100000000", "-o", folder.path().to_str().expect("plain")])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command starts");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill starts").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("interrupted"));
    let left: Vec<_> =
        fs::read_dir(folder.path().join("border-crisis")).into_iter().flatten().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn new_writes_a_scenario_that_runs_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    let path = file.to_str().expect("plain");
    assert!(demarche(&["new", path]).status.success());
    let check = demarche(&["check", path]);
    assert!(check.status.success());
    assert!(check.stderr.is_empty(), "no warnings: {}", text(&check.stderr));
    run_into(&folder.path().join("out"), &[path, "-n", "100"]);
    let again = demarche(&["new", path]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("exists already"));

    // Its first line names the schema beside it.
    let written = fs::read_to_string(&file).expect("a scenario");
    let named = written.lines().next().and_then(|line| line.strip_prefix("#:schema ./"));
    let schema = folder.path().join(named.expect("a schema is named"));
    assert_eq!(fs::read(&schema).expect("it is there"), demarche(&["schema"]).stdout);
    fs::write(&schema, "mine").expect("a file");
    let second = folder.path().join("second.toml");
    let output = demarche(&["new", second.to_str().expect("plain")]);
    assert!(output.status.success() && text(&output.stdout).contains("stays as it is"));
    assert_eq!(fs::read_to_string(&schema).expect("it is there"), "mine");
}

#[test]
fn check_says_what_a_file_contains_and_how_decided_its_actors_are() {
    let output = demarche(&["check", BORDER]);
    assert!(output.status.success());
    let out = text(&output.stdout);
    for words in
        ["12 steps, 2024-01-01", "2, with 6 actions", "restraint", "hawkish_b", "How decided"]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn the_schema_is_json() {
    let output = demarche(&["schema"]);
    assert!(output.status.success());
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(schema["properties"]["actors"].is_object());
}
