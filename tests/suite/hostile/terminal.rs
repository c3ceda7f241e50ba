//! Nothing that a stranger wrote gives orders to a terminal, turns text around or looks like a line of the program.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::shards::{Shards, about};
use super::{border, plain, refused, strained};
use crate::command::{only, text};

/// Whether a character sets the direction of text.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text without the colours that the program itself sets.
fn unpainted(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';');
        match end.filter(|end| part[*end..].starts_with('m')) {
            Some(end) => out += &part[end + 1..],
            None => out = out + "\u{1b}[" + part,
        }
    }
    out
}

/// Checks that what was printed moves no cursor, gives no orders and turns nothing around; returns it.
#[track_caller]
fn harmless(output: &Output) -> String {
    let printed = [text(&output.stdout), text(&output.stderr)].concat();
    let shown = unpainted(&printed);
    let is_order = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || turns(c);
    if let Some(at) = shown.find(is_order) {
        let around: String = shown[at..].chars().take(60).collect();
        panic!("{:?} in {around:?}", shown[at..].chars().next());
    }
    shown
}

/// Texts that turn what follows around and begin a line of their own.
const TURNED: &str = r#"
format = 1
[scenario]
title = "T\u202Eevil\n\nfake: line"
about = "A\u202Eevil\n\nfake: line"
source = "S\u202Eevil\n\nfake: line"
start = 2024-01-01
step = "month"
steps = 3
[assumptions]
a = { draw = "uniform(0, 1)", about = "B\u202Eevil\n\nfake: line", source = "C\u2066evil\n\nfake: line", unit = "D\u202Eu\n\nfake: line" }
[state]
x = { start = 0.5, range = [0, 1], about = "E\u202Eevil\n\nfake: line", unit = "F\u202Eevil\n\nfake: line" }
[laws]
x = "x + normal(0, 0.1) * a"
[events.e]
title = "G\u202Eevil\n\nfake: line"
chance = [{ name = "br", p = 0.5, effects = { x = 0.1 } }]
[actors.one]
title = "H\u202Eevil\n\nfake: line"
about = "I\u202Eevil\n\nfake: line"
rationality = 5
wants.w = { of = "x < 0.7", best = true, worst = false, about = "J\u202Eevil\n\nfake: line" }
[actors.one.actions.go]
title = "L\u202Eevil\n\nfake: line"
when = "x < 0.9"
effects = { x = "+= 0.1" }
[[outcomes]]
id = "high"
title = "O\u202Eevil\n\nfake: line 100 %"
when = "x > 0.6"
[[outcomes]]
id = "low"
title = "P\u202Eevil\n\nfake: line"
when = "x <= 0.6"
[policies.never]
title = "Q\u202Eevil\n\nfake: line"
forbid = ["one.go"]
[worlds.other]
title = "R\u202Eevil\n\nfake: line"
set = { "assumptions.a" = "uniform(0.2, 0.4)" }
"#;

#[test]
fn texts_of_a_scenario_are_one_line_and_turn_nothing_around() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("turned.toml"), TURNED).expect("written");
    let asked: [&[&str]; 10] = [
        &["check"],
        &["run", "-n", "30", "-v"],
        &["compare", "-n", "30"],
        &["levers", "-n", "20"],
        &["sensitivity", "-n", "20"],
        &["sweep", "-n", "20", "--vary", "state.x.start = 0.1, 0.2"],
        &["discover", "-n", "1000", "--outcome", "high"],
        &["trace", "--trial", "3"],
        &["why", "-n", "30"],
        &["run", "-n", "30", "--json"],
    ];
    for words in asked {
        let arguments = [&words[..1], &["turned.toml"], &words[1..]].concat();
        let output = strained(folder.path(), &arguments);
        assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
        let shown = harmless(&output);
        // A paragraph may be broken before any word, but not leave a line empty.
        let mut pairs = shown.lines().zip(shown.lines().skip(1));
        let is_fake = |line: &str| line.trim_start().starts_with("fake");
        let fake = pairs.find(|(before, line)| before.trim().is_empty() && is_fake(line));
        assert_eq!(fake, None, "{words:?}");
        assert!(shown.contains("evil"), "{words:?}: it is shown, as text");
    }
}

/// Places where a file may say something, with `HERE` where it does.
const PLACES: [&str; 25] = [
    "scenario.title = \"HERE\"",
    "scenario.source = \"HERE\"",
    "scenario.step = \"HERE\"",
    "scenario.\"HERE\" = 1",
    "[\"HERE\"]\na = 1",
    "[\"HERE\"]\n[\"HERE\"]",
    "[state.\"HERE\"]\nstart = 1",
    "[state.y]\nstart = \"1 + HERE\"",
    "[state.y]\nstart = \"x == 'HERE'\"",
    "[state.y]\nstart = \"HERE\"\nlabels = [\"HERE\", \"b\"]",
    "[state.y]\nstart = 1\nunit = \"HERE\"",
    "[worlds.w]\nset.\"HERE\" = 1",
    "[worlds.w]\nset.\"state.HERE\" = 1",
    "[worlds.\"HERE\"]",
    "[policies.p]\nforbid = [\"HERE.b\", \"a.HERE\"]",
    "[correlations]\n\"HERE, b\" = 0.1",
    "[record]\nuntil = 1\nhappened = [{ what = \"HERE\", step = 1 }]",
    "[actors.a]\nbelieves.\"assumptions.HERE\" = \"prior\"",
    "[actors.a]\nactions.go = { track = \"HERE\", consent = { of = [\"HERE\"], rule = \"HERE\" } }",
    "[actors.a]\nactions.go = { menu = { \"HERE\" = [\"HERE\", 1] } }",
    "[observed]\noutcome = \"HERE\"",
    "[bargains.b]\nover = \"HERE\"\nparties.\"HERE\" = { position = 1 }",
    "[[outcomes]]\nid = \"HERE\"\ncolour = \"HERE\"\nwhen = \"true\"",
    "[events.e]\nchance = [{ name = \"HERE\", p = 2 }]",
    "[calendar.\"HERE\"]\nat = \"HERE\"",
];

/// What is said there: as an escape of TOML, and as it is.
const ORDERS: [&str; 6] = [
    "\\u001b[2J\\u001b]0;pwned\\u0007",
    "\\u009b31mx\\u0085",
    "a\\u202Eb\\u2066",
    "\u{1b}[2J",
    "\u{9b}31m",
    "a\u{202e}b\u{2067}",
];

#[test]
fn no_place_of_a_scenario_speaks_to_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "format = 1\nscenario.steps = 1\n[state.x]\nstart = 1\n";
    let mut refused = 0;
    for order in ORDERS {
        for place in PLACES {
            let said = place.replace("HERE", order);
            let file = match said.strip_prefix("scenario.") {
                Some(key) => head.replace("steps = 1", &format!("steps = 1\nscenario.{key}")),
                None => format!("{head}{said}\n"),
            };
            fs::write(folder.path().join("orders.toml"), &file).expect("written");
            let output = strained(folder.path(), &["check", "orders.toml"]);
            harmless(&output);
            assert!([Some(0), Some(2)].contains(&output.status.code()), "{file}");
            refused += u32::from(output.status.code() == Some(2));
        }
    }
    assert!(refused > 100, "most of it is wrong in other ways too: {refused}");
}

#[test]
fn a_label_is_one_line_without_marks_that_turn_it_around() {
    let folder = tempfile::tempdir().expect("a folder");
    for label in ["a\\u202Eb", "a\\nfake: line", "a\\tb"] {
        let file = format!(
            "format = 1\n[scenario]\nsteps = 1\n[state]\nk = {{ start = \"{label}\", labels = [\"{label}\", \"two\"] }}\n"
        );
        fs::write(folder.path().join("labels.toml"), file).expect("written");
        let told = refused(&strained(folder.path(), &["check", "labels.toml"]));
        assert!(told.contains("E112"), "{label}: {told}");
    }
}

/// Names of files that an archive can hold.
const NAMES: [&str; 4] = ["x\u{1b}[2Jy.toml", "a\u{202e}b.toml", "c\u{9b}31md.toml", "e\nf.toml"];

#[test]
fn names_of_files_speak_no_more_than_texts_do() {
    for name in NAMES {
        let folder = tempfile::tempdir().expect("a folder");
        let file = border(folder.path());
        fs::rename(folder.path().join(file), folder.path().join(name)).expect("renamed");
        for words in [["run", "-n", "20", "-v"], ["run", "-n", "20", "--json"]] {
            let output = strained(folder.path(), &[&words[..1], &[name], &words[1..]].concat());
            assert!(output.status.success(), "{}", text(&output.stderr));
            harmless(&output);
        }
        let run = only(&only(&folder.path().join("output")));
        let page = fs::read_to_string(run.join("report.html")).expect("a page");
        assert!(!page.contains(turns) && !page.contains('\u{1b}'), "{name:?}");
        // What is wrong is said of the file by its name.
        for broken in ["steps = \"\u{1b}[2J", "\u{ff}"] {
            fs::write(folder.path().join(name), broken).expect("written");
            harmless(&strained(folder.path(), &["check", name]));
        }
        fs::remove_file(folder.path().join(name)).expect("removed");
        harmless(&strained(folder.path(), &["check", name]));
        harmless(&strained(folder.path(), &["merge", name]));
    }
}

#[test]
fn what_shards_and_manifests_say_of_themselves_is_shown_as_text() {
    let shards = Shards::new();
    let path = shards.written(0, |own| own["demarche"] = "9\u{1b}[2J\u{202e}".into());
    let told = harmless(&strained(shards.folder(), &["merge", plain(&path)]));
    assert!(told.contains("it was played by Démarche 9"), "{told}");
    let path = shards.written(0, |own| own["question"]["verb"] = "\u{1b}]0;x\u{7}".into());
    harmless(&strained(shards.folder(), &["merge", plain(&path)]));
    assert!(about(&shards.paths[0])["demarche"].is_string());

    let folder = tempfile::tempdir().expect("a folder");
    let file = border(folder.path());
    assert!(strained(folder.path(), &["run", file, "-n", "20", "-q"]).status.success());
    let run = only(&only(&folder.path().join("output")));
    let manifest = run.join("manifest.json");
    let kept: Value =
        serde_json::from_slice(&fs::read(&manifest).expect("it is there")).expect("JSON");
    for (key, inner) in [("question", "verb"), ("question", "policy"), ("scenario", "file")] {
        let mut changed = kept.clone();
        changed[key][inner] = "x\u{1b}[2J\u{202e}\u{9b}1m".into();
        fs::write(&manifest, changed.to_string()).expect("written");
        harmless(&strained(folder.path(), &["chart", plain(&run), "-v"]));
    }
    let mut changed = kept;
    changed["demarche"] = "9\u{202e}<script>".into();
    changed["warnings"] = serde_json::json!(["\u{1b}[2J\u{202e}<script>"]);
    fs::write(&manifest, changed.to_string()).expect("written");
    let drawn = strained(folder.path(), &["chart", plain(&run), "-v"]);
    assert!(drawn.status.success(), "{}", text(&drawn.stderr));
    harmless(&drawn);
    let page = fs::read_to_string(run.join("report.html")).expect("a page");
    assert!(!page.contains(turns) && !page.contains('\u{1b}') && !page.contains("9<script>"));
}

#[test]
fn json_that_is_printed_means_what_the_files_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "a\u{202e}b\u{1b}.toml";
    let file = border(folder.path());
    fs::rename(folder.path().join(file), folder.path().join(name)).expect("renamed");
    let output = strained(folder.path(), &["run", name, "-n", "20", "--json"]);
    harmless(&output);
    let object: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(object["manifest"]["scenario"]["file"], name);
    let told = object["folder"].as_str().expect("a folder");
    assert!(Path::new(&folder.path().join(told)).is_dir(), "{told}");
}
