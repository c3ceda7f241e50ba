//! What is shown is what the command says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Server, last, only_run, state, until};
use crate::command::{demarche, text};

const BORDER: &str = "scenarios/border-crisis.toml";

/// A scenario with a control of every kind that a file can have.
const EVERY_KIND: &str = r#"
format = 1
[scenario]
title = "Every kind"
steps = 3
[assumptions]
drawn = { draw = "uniform(0, 1)", about = "Anything", unit = "points" }
fixed = 2
is_calm = "bernoulli(0.5)"
mood = "if bernoulli(0.5) then 'warm' else 'cold'"
[state]
heat = { start = 0.4, range = [0, 1] }
phase = { start = "calm", labels = ["calm", "war"] }
open = { start = true }
[actors.a]
rationality = 4
foresight = 1
patience = 0.9
traits = { power = 2 }
wants.cool = { of = "heat", ideal = 0.2, reach = 1, weight = 2 }
wants.more = { of = "heat", best = 1, worst = 0, weight = "0.5 + drawn" }
actions.stoke = { effects = { heat = "+= 0.2 * fixed * drawn" }, cost = 0.01 }
actions.cool = { effects = { heat = "-= 0.2" }, when = "open or is_calm" }
[actors.b]
rationality = 2
wants.one = { of = "heat", best = 0, worst = 1, rank = 1 }
wants.two = { of = "if mood == 'warm' then heat else 1 - heat", best = 1, worst = 0, rank = 2 }
actions.calm = { effects = { heat = "-= 0.1 * actors_a_power" } }
[define]
actors_a_power = "a.power"
[policies.fixed_low]
set = { "assumptions.fixed" = 1 }
[[outcomes]]
id = "hot"
when = "heat > 0.6 or phase == 'war'"
[[outcomes]]
id = "cold"
when = "heat < 0.2"
"#;

/// Another value for a control, as the page writes it.
fn moved(control: &Value) -> String {
    let path = control["path"].as_str().expect("a path");
    let number = |key: &str| control[key].as_f64().expect("a number");
    match control["kind"].as_str().expect("a kind") {
        "number" => {
            let value = number("low") + 0.7 * (number("high") - number("low"));
            format!("{path}={value}")
        }
        "whole" => format!("{path}=2"),
        "flag" => format!("{path}={}", control["value"] != json!(true)),
        "label" => {
            // A formula that is a label, whatever else may stand in its place.
            let labels = control["labels"].as_array().expect("labels");
            let other = labels.iter().find(|own| **own != control["value"]).expect("another");
            format!("{path}=\"'{}'\"", other.as_str().expect("a text"))
        }
        other => panic!("a control of the kind {other}"),
    }
}

/// The path that words set.
fn path(words: &str) -> &str {
    words.split('=').next().expect("a path")
}

/// How many trials end in each outcome by the command.
fn by_command(server: &Server, words: &[&str]) -> Vec<(String, u64)> {
    let file = server.file.to_str().expect("a plain path");
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().to_str().expect("a plain path");
    let asked = [&["run", file], words, &["-q", "-o", folder]].concat();
    let output = demarche(&asked);
    assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
    let summary =
        std::fs::read_to_string(only_run(out.path()).join("summary.csv")).expect("a table");
    let mut rows = csv::Reader::from_reader(summary.as_bytes());
    let heads = rows.headers().expect("headings").clone();
    let at = |name: &str| heads.iter().position(|own| own == name).expect("a column");
    let (id, count) = (at("outcome"), at("count"));
    rows.records()
        .map(|row| row.expect("a row"))
        .map(|row| (row[id].to_owned(), row[count].parse().expect("a number")))
        .collect()
}

/// The same as the page is shown it.
fn by_page(counts: &Value) -> Vec<(String, u64)> {
    let outcomes = counts["outcomes"].as_array().expect("outcomes").iter();
    let shown = outcomes.map(|own| {
        (own["id"].as_str().expect("an id").to_owned(), own["trials"].as_u64().expect("a number"))
    });
    shown.collect()
}

#[test]
fn every_kind_of_control_gives_the_numbers_of_the_command() {
    let server = Server::of_text(EVERY_KIND);
    let scenario = server.get("/api/scenario").json();
    let mut seen = BTreeSet::new();
    for group in scenario["groups"].as_array().expect("groups") {
        for control in group["controls"].as_array().expect("controls") {
            let words = moved(control);
            let asked = json!({ "tab": "t", "variant": state(&[&words], 90, 5) });
            let told = server.events("/api/play", &asked);
            let own = by_page(last(&told, "counts"));
            let theirs = by_command(&server, &["--set", &words, "-n", "90", "--seed", "5"]);
            assert_eq!(own, theirs, "{words}");
            assert_eq!(last(&told, "done")["why"], "all played");
            let command = last(&told, "begun")["command"].as_str().expect("a command");
            // A shell has the quotes of a label otherwise.
            let is_label = control["kind"] == "label";
            assert!(command.contains(if is_label { path(&words) } else { &words }), "{command}");
            seen.insert((control["what"].clone().to_string(), control["kind"].clone().to_string()));
        }
    }
    let kinds: BTreeSet<&str> = seen.iter().map(|(_, kind)| kind.as_str()).collect();
    assert_eq!(kinds, ["\"flag\"", "\"label\"", "\"number\"", "\"whole\""].into());
    let whats: BTreeSet<&str> = seen.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(whats.len(), 9, "{whats:?}");
}

#[test]
fn controls_tell_what_the_file_says_of_them() {
    let server = Server::of_text(EVERY_KIND);
    let scenario = server.get("/api/scenario").json();
    let groups = scenario["groups"].as_array().expect("groups");
    let all = groups.iter().flat_map(|group| group["controls"].as_array().expect("controls"));
    let all: Vec<&Value> = all.collect();
    let find = |path: &str| *all.iter().find(|own| own["path"] == path).expect(path);
    let drawn = find("assumptions.drawn");
    assert_eq!((drawn["drawn"].clone(), drawn["unit"].clone()), (json!(true), json!("points")));
    assert_eq!(
        (drawn["about"].clone(), drawn["text"].clone()),
        (json!("Anything"), json!("uniform(0, 1)"))
    );
    assert!((drawn["value"].as_f64().expect("a median") - 0.5).abs() < 1e-12, "{drawn}");
    let fixed = find("assumptions.fixed");
    assert_eq!((fixed["value"].clone(), fixed["high"].clone()), (json!(2.0), json!(4.0)));
    assert_eq!(fixed["set_by"]["policies"], json!(["fixed_low"]));
    assert_eq!((drawn["low"].clone(), drawn["high"].clone()), (json!(0.0), json!(1.0)));
    let ideal = find("actors.a.wants.cool.ideal");
    assert_eq!((ideal["low"].clone(), ideal["high"].clone()), (json!(0.0), json!(1.0)));
    assert_eq!(find("actors.a.wants.more.weight")["drawn"], true);
    assert_eq!(find("actors.b.wants.one.weight")["value"], Value::Null);
    let heat = find("state.heat.start");
    assert_eq!((heat["low"].clone(), heat["high"].clone()), (json!(0.0), json!(1.0)));
    assert_eq!(find("state.phase.start")["value"], "calm");
    assert_eq!(find("assumptions.mood")["labels"], json!(["warm", "cold"]));
    let policies = scenario["policies"].as_array().expect("policies");
    assert_eq!((policies[0]["id"].clone(), policies.len()), (json!("none"), 2));
    let outcomes = scenario["outcomes"].as_array().expect("outcomes");
    assert_eq!(outcomes.last().expect("one")["id"], "unresolved");
}

#[test]
fn a_baseline_is_compared_on_the_same_luck() {
    let server = Server::of(BORDER);
    let baseline = state(&[], 600, 1);
    let variant = json!({ "policy": "restraint", "world": "base", "set": [], "n": 600, "seed": 1 });
    let asked = json!({ "tab": "t", "variant": variant, "baseline": baseline });
    let counts = last(&server.events("/api/play", &asked), "counts").clone();
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().to_str().expect("a plain path");
    let asked = [
        "compare",
        BORDER,
        "-n",
        "600",
        "--policy",
        "none",
        "--policy",
        "restraint",
        "--world",
        "base",
    ];
    let output = demarche(&[&asked[..], &["-q", "-o", folder]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let run = only_run(out.path());
    let table = std::fs::read_to_string(run.join("comparison.csv")).expect("a table");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let heads = rows.headers().expect("headings").clone();
    let at = |name: &str| heads.iter().position(|own| own == name).expect("a column");
    let records: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let differences = counts["differences"].as_array().expect("differences");
    assert_eq!(differences.len(), records.len());
    for (own, row) in differences.iter().zip(&records) {
        assert_eq!(own["id"], row[at("outcome")]);
        for (key, column) in [
            ("difference", "difference"),
            ("low", "low"),
            ("high", "high"),
            ("low_all", "low_all"),
            ("high_all", "high_all"),
            ("only_a", "n_ab"),
            ("only_b", "n_ba"),
        ] {
            let theirs: f64 = row[at(column)].parse().expect("a number");
            assert_eq!(own[key].as_f64(), Some(theirs), "{key} of {}", own["id"]);
        }
        let excludes_zero =
            own["low_all"].as_f64() > Some(0.0) || own["high_all"].as_f64() < Some(0.0);
        assert_eq!(own["stands_out"], excludes_zero);
    }
    let flips = counts["flips"].as_array().expect("flips");
    assert!(!flips.is_empty() && flips.iter().all(|own| own["from"] != own["to"]));
}

#[test]
fn a_precision_stops_where_the_command_stops() {
    let server = Server::of(BORDER);
    let variant = json!({ "policy": "none", "world": "base", "set": [], "n": 20_000, "seed": 2, "precision": 3 });
    let told = server.events("/api/play", &json!({ "tab": "t", "variant": variant }));
    let counts = last(&told, "counts");
    assert_eq!(last(&told, "done")["why"], "precise enough");
    let theirs = by_command(&server, &["-n", "20000", "--seed", "2", "--precision", "3"]);
    assert_eq!(by_page(counts), theirs);
    assert!(counts["trials"].as_u64() < Some(20_000));
}

#[test]
fn what_is_newer_takes_the_place_of_what_a_tab_played_before() {
    // Its trials are slow enough that nobody plays a million of them in the time of a test.
    let server = Server::of("scenarios/crisis-tree.toml");
    let ask = |seed: u64, tab: &str| {
        let body = json!({ "tab": tab, "variant": state(&[], 1_000_000, seed) }).to_string();
        server.send("POST /api/play", &server.known(), &body)
    };
    let mut first = ask(1, "one");
    let mut other = ask(2, "other");
    until(&mut first, "event: counts");
    until(&mut other, "event: counts");
    let mut second = ask(3, "one");
    let mut ended = String::new();
    std::io::Read::read_to_string(&mut first, &mut ended).expect("it ends");
    assert!(!ended.contains("event: done"), "{ended}");
    // The others go on, until nobody listens.
    until(&mut second, "event: counts");
    until(&mut other, "event: counts");
    drop((other, second));
    let quick = server.events("/api/play", &json!({ "tab": "one", "variant": state(&[], 20, 4) }));
    assert_eq!(last(&quick, "done")["trials"], 20);
}

#[test]
fn a_report_is_the_run_folder_of_the_command() {
    let server = Server::of(BORDER);
    let variant = state(&["assumptions.cost_of_war=0.7"], 300, 9);
    let asked = json!({ "tab": "t", "look": { "verb": "run" }, "variant": variant, "save": true });
    let told = server.events("/api/answer", &asked);
    let page = last(&told, "page");
    let own = only_run(&server.output());
    assert!(own.ends_with(
        page["folder"].as_str().expect("a folder").strip_prefix("out/").expect("in out")
    ));
    let out = tempfile::tempdir().expect("a folder");
    let words =
        ["run", "mine.toml", "--set", "assumptions.cost_of_war=0.7", "-n", "300", "--seed", "9"];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(words)
        .args(["-q", "-o", out.path().to_str().expect("a plain path")])
        .current_dir(server.folder.path())
        .output()
        .expect("it runs");
    assert!(output.status.success());
    let theirs = only_run(out.path());
    let mut names = BTreeSet::new();
    let mut folders = vec![theirs.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            match entry.path().is_dir() {
                true => folders.push(entry.path()),
                false => {
                    names.insert(entry.path().strip_prefix(&theirs).expect("inside").to_owned());
                }
            }
        }
    }
    assert!(names.len() > 10, "{names:?}");
    for name in names.iter().filter(|name| !name.ends_with("timing.json")) {
        let same = std::fs::read(own.join(name)).expect("it is there too")
            == std::fs::read(theirs.join(name)).expect("a file");
        assert!(same, "{} differs", name.display());
    }
    let shown = server.get(page["url"].as_str().expect("an address"));
    assert_eq!(shown.body, std::fs::read_to_string(theirs.join("report.html")).expect("a page"));
    assert!(shown.head.to_lowercase().contains("sandbox allow-scripts"), "{}", shown.head);
}

#[test]
fn trials_can_be_told_and_mistakes_are_named() {
    let server = Server::of(BORDER);
    let look = json!({ "verb": "trace", "trial": 3 });
    let variant = state(&[], 50, 1);
    let told =
        server.events("/api/answer", &json!({ "tab": "t", "look": look, "variant": variant }));
    assert!(last(&told, "page")["command"].as_str().expect("words").contains("--trial 3"));
    let wrong = state(&["assumptions.cost_of_wra=0.7"], 50, 1);
    let told = server.events("/api/play", &json!({ "tab": "t", "variant": wrong }));
    let mistakes = last(&told, "mistakes");
    assert_eq!(mistakes["of"], "variant");
    assert!(mistakes["message"].as_str().expect("words").contains("cost_of_war"), "{mistakes}");
    let huge = state(&[], 2_000_000, 1);
    let told = server.events("/api/play", &json!({ "tab": "t", "variant": huge }));
    assert!(last(&told, "failed")["message"].as_str().expect("words").contains("1,048,576"));
}

#[test]
fn every_look_is_answered_with_the_page_of_its_command() {
    let record = std::fs::read_to_string("scenarios/records/border-crisis.toml").expect("a record");
    let text = std::fs::read_to_string(BORDER).expect("a scenario");
    let server = Server::of_text(&format!("{text}\n{record}"));
    assert_eq!(server.get("/api/scenario").json()["has_record"], true);
    for look in [
        json!({ "verb": "run" }),
        json!({ "verb": "compare" }),
        json!({ "verb": "levers" }),
        json!({ "verb": "sensitivity" }),
        json!({ "verb": "why" }),
        json!({ "verb": "update" }),
        json!({ "verb": "trace", "outcome": "war", "odds": 20 }),
    ] {
        let asked = json!({ "tab": "t", "look": look, "variant": state(&[], 400, 1) });
        let told = server.events("/api/answer", &asked);
        let page = last(&told, "page");
        assert_eq!(page["folder"], Value::Null);
        let command = page["command"].as_str().expect("a command");
        let verb = look["verb"].as_str().expect("a verb");
        assert!(command.starts_with(&format!("demarche {verb} mine.toml")), "{command}");
        let shown = server.get(page["url"].as_str().expect("an address"));
        assert!(shown.status == 200 && shown.body.contains("Border crisis"), "{verb}");
    }
    assert!(!server.output().exists(), "nothing is written unless that is asked for");
}
