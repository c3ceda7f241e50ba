//! `--set`: values of the command line in place of those of the file.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::diagnostic::{Paint, Severity, render};
use demarche::model::{BASE_WORLD, Document, NO_POLICY};

use crate::command::{demarche, only, text};

/// A scenario whose outcome is a coin of a known chance.
const COIN: &str = r#"
format = 1
[scenario]
title = "A coin"
steps = 0
trials = 400
[assumptions]
chance = { draw = 0.25, about = "How likely heads are" }
luck = "uniform(0, 1)"
tilt = "uniform(0, 1)"
[state]
side = { start = "up", labels = ["up", "down"] }
level = { start = "if luck > 0 then 1 else 0", range = [0, 2] }
[measures]
both = "tilt * luck"
[[outcomes]]
id = "heads"
title = "Heads"
when = "uniform01 < chance"
[[outcomes]]
id = "tails"
title = "Tails"
when = "side == 'up'"
[policies.fair]
set = { "assumptions.chance" = 0.5 }
[worlds.bent]
set = { "assumptions.chance" = 0.9 }
[correlations]
"luck, tilt" = 0.5
"#;

/// The coin, its random number an assumption of its own.
fn coin() -> String {
    COIN.replace("uniform01", "toss").replace("tilt = ", "toss = \"uniform(0, 1)\"\ntilt = ")
}

/// The coin with values set.
fn with(words: &[&str]) -> Document {
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    Document::read("coin.toml", coin().as_bytes()).with("--set", &words)
}

/// The messages about values that are set, as a person sees them.
fn told(words: &[&str]) -> String {
    let document = with(words);
    let mut found = document.check();
    found.retain(|item| item.severity() == Severity::Error);
    assert!(found.has_errors(), "{words:?} should be wrong");
    render(&found, &document.source, Paint::Plain)
}

/// A folder that is removed again, with the coin in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("coin.toml"), coin()).expect("the folder can be written");
        Folder(folder)
    }

    fn file(&self) -> String {
        self.0.path().join("coin.toml").to_str().expect("a plain path").to_owned()
    }

    /// Asks something of the coin, and returns the new run folder with what was printed.
    fn ask(&self, verb: &str, options: &[&str]) -> (PathBuf, String, String) {
        let output = self.0.path().join(format!("out-{}", options.join("-").replace('/', "_")));
        let file = self.file();
        let mut words = vec![verb, &file, "-o", output.to_str().expect("a plain path")];
        words.extend(options);
        let done = demarche(&words);
        let (out, err) = (text(&done.stdout), text(&done.stderr));
        assert!(done.status.success(), "{words:?}: {err}");
        (only(&only(&output)), out, err)
    }
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn a_value_that_is_set_plays_as_if_it_stood_in_the_file() {
    let folder = Folder::new();
    let (set, out, _) = folder.ask("run", &["--set", "assumptions.chance=0.5 to 0.6"]);
    assert!(out.contains("with assumptions.chance=0.5 to 0.6 set."), "{out}");
    let edited = coin().replace("draw = 0.25", "draw = \"0.5 to 0.6\"");
    fs::write(folder.0.path().join("coin.toml"), edited).expect("written");
    let (written, ..) = folder.ask("run", &["--seed", "1"]);
    assert_eq!(read(&set, "summary.csv"), read(&written, "summary.csv"));
    assert_ne!(set.file_name(), written.file_name());
}

#[test]
fn another_value_is_another_folder_and_the_command_line_asks_the_same_again() {
    let folder = Folder::new();
    let names = ["0.5", "0.6"].map(|value| {
        let (run, ..) = folder.ask("run", &["--set", &format!("assumptions.chance={value}")]);
        assert!(read(&run, "manifest.json").contains(&format!("assumptions.chance={value}")));
        let page = read(&run, "report.html");
        assert!(page.contains(&format!("--set assumptions.chance={value}")), "the command line");
        assert!(page.contains(&format!("How likely heads are: {value} instead of 0.25")));
        run.file_name().map(ToOwned::to_owned)
    });
    assert_ne!(names[0], names[1]);
}

#[test]
fn a_folder_is_drawn_again_with_the_values_that_were_set() {
    let folder = Folder::new();
    let (run, ..) = folder.ask("compare", &["--set", "state.side.start=down", "--policy", "fair"]);
    let page = read(&run, "report.html");
    fs::write(run.join("report.html"), "").expect("written");
    let done = demarche(&["chart", run.to_str().expect("a plain path")]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(read(&run, "report.html"), page);
}

#[test]
fn worlds_and_policies_replace_what_is_set_and_a_warning_says_so() {
    let folder = Folder::new();
    let set = ["--set", "assumptions.chance=0", "--set", "state.level.start=2"];
    let (run, _, err) = folder.ask("run", &[&["--world", "bent"], &set[..]].concat());
    let warning = "`--set assumptions.chance=0` has no effect under world `bent`, which sets the \
                   same value";
    assert!(err.contains(warning), "{err}");
    assert!(!err.contains("level.start"), "{err}");
    assert!(read(&run, "report.html").contains("has no effect under world"));
    let (plain, ..) = folder.ask("run", &["--world", "bent"]);
    assert_eq!(read(&run, "summary.csv"), read(&plain, "summary.csv"));
    let (_, _, err) = folder.ask("compare", &set);
    assert!(
        err.contains("under policy `fair` and world `bent`, which set the same value"),
        "{err}"
    );
    // By another path to the same value.
    let (_, _, err) =
        folder.ask("run", &["--policy", "fair", "--set", "assumptions.chance.draw=0"]);
    assert!(err.contains("has no effect under policy `fair`"), "{err}");
}

#[test]
fn every_mistake_is_told_at_its_place_in_the_words_of_the_command_line() {
    let drawn = told(&[
        "assumptions.chanse=0.5",
        "state.level.start=7",
        "assumptions.luck=tilt +",
        "state.side.start=left",
        "assumptions.tilt=chanze",
        "policies.fair.set.x=1",
        "chance",
        "scenario.steps=many",
    ]);
    let expected = [
        ("E407", "--set:1:13", "assumptions.chanse=0.5", "did you mean `chance`?"),
        ("E302", "--set:2:19", "state.level.start=7", "expected 0 to 2"),
        ("E201", "--set:3:24", "assumptions.luck=tilt +", ""),
        ("E207", "--set:4:18", "state.side.start=left", ""),
        ("E203", "--set:5:18", "assumptions.tilt=chanze", "did you mean `chance`?"),
        ("E408", "--set:6:1", "policies.fair.set.x=1", "cannot be replaced"),
        ("E001", "--set:7:1", "chance", "expected `chance=VALUE`"),
        ("E104", "--set:8:16", "scenario.steps=many", "a whole number"),
    ];
    let messages: Vec<&str> = drawn.trim().split("\n\n").collect();
    assert_eq!(messages.len(), expected.len(), "{drawn}");
    for (message, (code, place, words, help)) in messages.iter().zip(expected) {
        for part in [&format!("error[{code}]"), place, words, help] {
            assert!(message.contains(part), "{part} in\n{message}");
        }
    }
}

#[test]
fn a_list_that_cannot_be_read_is_told_once() {
    let drawn = told(&["state.level.range=[0, 1", "state.side.labels=['up', 3]"]);
    assert_eq!(drawn.matches("error[").count(), 2, "{drawn}");
    assert!(drawn.contains("--set:1:19") && drawn.contains("expected `]`"), "{drawn}");
    assert!(drawn.contains("--set:2:26") && drawn.contains("E103"), "{drawn}");
}

#[test]
fn a_path_given_twice_is_a_mistake_however_it_is_written() {
    for words in [
        ["assumptions.chance=0.5", "assumptions.chance=0.6"],
        ["assumptions.chance=0.5", "assumptions.chance.draw=0.6"],
        ["correlations.luck, tilt=0.1", "correlations.tilt,luck=0.2"],
    ] {
        let drawn = told(&words);
        assert!(drawn.contains("error[E108]") && drawn.contains("is given twice"), "{drawn}");
        assert!(drawn.contains("--set:2:1") && drawn.contains("--set:1:1"), "{drawn}");
    }
}

#[test]
fn a_mistake_that_a_value_makes_elsewhere_is_shown_where_it_is() {
    let drawn = told(&["state.side.labels=['left', 'right']"]);
    assert!(drawn.contains("coin.toml:") && drawn.contains("E207"), "{drawn}");
}

#[test]
fn a_correlated_assumption_can_be_set_to_a_constant() {
    let document = with(&["assumptions.luck=0.5"]);
    let found = document.check();
    assert_eq!(found.count(Severity::Error), 0, "{:?}", found.iter().collect::<Vec<_>>());
    let constant_in_file = coin().replace("luck = \"uniform(0, 1)\"", "luck = 0.5");
    let other = Document::read("coin.toml", constant_in_file.as_bytes());
    let other = other.with("--set", &["assumptions.chance=0.5".to_owned()]);
    assert!(other.check().iter().any(|item| item.code.id() == "E504"), "that of the file is told");
}

#[test]
fn a_value_that_cannot_be_used_names_the_option_that_set_it() {
    let document = with(&["assumptions.luck=1 / (toss - toss)"]);
    let model = document.model(NO_POLICY, BASE_WORLD).expect("the file is sound");
    let error = model.run(10, 1).expect_err("a division by zero").to_string();
    assert!(error.contains("set by   --set assumptions.luck=1 / (toss - toss)"), "{error}");
    assert!(!error.contains("coin.toml, line"), "{error}");
}

#[test]
fn check_takes_values_too() {
    let folder = Folder::new();
    let done = demarche(&["check", &folder.file(), "-q", "--set", "assumptions.chance=x"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("--set:1:20"), "{}", text(&done.stderr));
    let sound = demarche(&["check", &folder.file(), "-q", "--set", "assumptions.chance=1"]);
    assert!(sound.status.success(), "{}", text(&sound.stderr));
}
