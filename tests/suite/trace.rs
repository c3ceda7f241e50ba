//! The answer of `trace`: which trial it tells, in which words, and with which odds.

use std::collections::BTreeSet;

use demarche::engine::{HeldSince, Reference};

use crate::courses::two_stages;
use crate::play::{model, scenario, sigmoid, with_starts};
use crate::tables::{Desk, Row, Written, assert_near, find};

/// The answer of `trace` as `trace.json` has it.
fn told(desk: &Desk, arguments: &[&str]) -> (serde_json::Value, Written) {
    let written = desk.play(&[&["trace"], arguments].concat());
    (serde_json::from_str(&written.text("trace.json")).expect("JSON"), written)
}

const BORDER: &str = "scenarios/border-crisis.toml";

#[test]
fn trials_are_numbered_as_in_the_table_of_a_run() {
    let desk = Desk::new();
    for more in [&[][..], &["--sampling", "stratified"], &["--policy", "restraint", "--seed", "5"]]
    {
        let run = [&["run", BORDER, "-n", "40", "--trials", "csv"][..], more].concat();
        let trials = desk.play(&run).table("trials.csv");
        for number in ["0", "7", "39"] {
            let asked = [&[BORDER, "-n", "40", "--trial", number][..], more].concat();
            let (trial, written) = told(&desk, &asked);
            let row = find(&trials, &[("trial", number)]);
            assert_eq!(trial["outcome"], row["outcome"].as_str(), "trial {number}, {more:?}");
            assert_eq!(trial["end_step"].to_string(), row["end_step"]);
            assert_eq!(trial["trial"].to_string(), number);
            for own in trial["drawn"].as_array().expect("values") {
                let name = own["name"].as_str().expect("a name");
                let column = row.get(&format!("assumptions.{name}")).or_else(|| row.get(name));
                assert_eq!(own["value"].to_string(), *column.expect("a column"), "{name}");
            }
            assert!(written.out.contains(&format!("Trial {number} ends in “")), "{}", written.out);
        }
    }
}

/// A play of four steps in which `x` rises, falls and rises again; and how its trial is told under a condition.
fn held_since(when: &str) -> Option<HeldSince> {
    let text = scenario(
        4,
        &format!(
            "[state]\nx = 0\n[events.up]\nwhen = 't == 0'\neffects = {{ x = 1 }}\n\
             [events.down]\nwhen = 't == 2'\neffects = {{ x = 0 }}\n\
             [events.again]\nwhen = 't == 3'\neffects = {{ x = 2 }}\n\
             [[outcomes]]\nid = 'told'\nwhen = '{when}'\n"
        ),
    );
    Reference::new(&model(&text), 1).course(0).expect("no accident").held
}

#[test]
fn a_trial_says_by_which_moment_its_condition_came_to_hold_for_good() {
    // Only what happens is a moment: each event once, and no laws.
    for (when, since) in [
        ("x == 2", Some(HeldSince::Moment(2))),
        ("x >= 1", Some(HeldSince::Moment(2))),
        ("happened(down)", Some(HeldSince::Moment(1))),
        ("count(up) == 1", Some(HeldSince::Moment(0))),
        ("t >= 2", Some(HeldSince::Step(2))),
        ("x < 5", Some(HeldSince::Start)),
        ("x > 5", None),
    ] {
        assert_eq!(held_since(when), since, "{when}");
    }
}

/// By the definition, from the table of trials.
#[test]
fn a_typical_trial_is_the_nearest_to_the_others_with_its_outcome() {
    let desk = Desk::new();
    let run = ["run", BORDER, "-n", "1500", "--trials", "csv"];
    let trials = desk.play(&run).table("trials.csv");
    let with: Vec<&Row> = trials.iter().filter(|row| row["outcome"] == "war").collect();
    let happened = |row: &Row| -> BTreeSet<String> {
        let own =
            row.iter().filter(|(name, first)| name.starts_with("first.") && !first.is_empty());
        own.map(|(name, _)| name.clone()).collect()
    };
    let sets: Vec<BTreeSet<String>> = with.iter().map(|row| happened(row)).collect();
    let distance = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let either = a.union(b).count();
        if either == 0 { 0.0 } else { 1.0 - a.intersection(b).count() as f64 / either as f64 }
    };
    let mean = |a: &BTreeSet<String>| {
        sets.iter().map(|b| distance(a, b)).sum::<f64>() / (sets.len() - 1) as f64
    };
    let means: Vec<f64> = sets.iter().map(mean).collect();
    let least = means.iter().copied().fold(f64::INFINITY, f64::min);
    let first = means.iter().position(|mean| *mean <= least + 1e-9).expect("a trial");
    let (trial, written) = told(&desk, &[BORDER, "--outcome", "war", "--typical", "-n", "1500"]);
    assert_eq!(trial["trial"].to_string(), with[first]["trial"]);
    assert_eq!(trial["outcome"], "war");
    let typical = &trial["typical"];
    assert_eq!(typical["with_outcome"], with.len());
    assert_eq!(typical["trials"], 1_500);
    assert_near(typical["distance"].as_f64().expect("a number"), least);
    assert!(
        written.out.contains(&format!("Of {} trials with “War”", with.len())),
        "{}",
        written.out
    );
}

/// The odds of an outcome after something.
fn odds(point: &serde_json::Value, outcome: &str) -> [f64; 3] {
    let all = point["odds"].as_array().expect("odds");
    let own = all.iter().find(|own| own["outcome"] == outcome).expect("an outcome");
    ["share", "low", "high"].map(|name| own[name].as_f64().expect("a number"))
}

#[test]
fn odds_hold_what_is_known_and_end_at_what_came_about() {
    let desk = Desk::new();
    let file = desk.file("stages.toml", &with_starts(&two_stages()));
    let mut turned = BTreeSet::new();
    for number in 0..6 {
        let number = number.to_string();
        let asked = [&*file, "--trial", &*number, "--odds", "2000"];
        let (trial, written) = told(&desk, &asked);
        let points = trial["odds"]["points"].as_array().expect("points");
        // Nothing is drawn once per trial, so the first odds are those at the start.
        assert_eq!(points[0]["after"], "drawn");
        assert_eq!(points.len(), 3);
        let moments = trial["steps"][0]["moments"].as_array().expect("moments");
        let crisis = moments[0]["happened"] == true;
        let planned = moments[1]["chose"] == "a.plan";
        let start = 0.8 * (0.7 * 0.5 + 0.3 * sigmoid(2.0));
        let after = if planned { 0.8 } else { 0.0 };
        for (point, known) in points.iter().zip([start, after]) {
            let [share, low, high] = odds(point, "war");
            // Six trials with two intervals each: wider than 95 %.
            let slack = 0.02;
            assert!(low - slack <= known && known <= high + slack, "{known} is not {share}");
        }
        let came = f64::from(u8::from(trial["outcome"] == "war"));
        assert_eq!(odds(&points[2], "war"), [came; 3]);
        assert_eq!(points[2]["after"], "end");
        // The largest change of the odds of what came about.
        let own =
            |point: &serde_json::Value| odds(point, trial["outcome"].as_str().expect("id"))[0];
        let [first, second] =
            [own(&points[1]) - own(&points[0]), own(&points[2]) - own(&points[1])];
        let turning = &trial["odds"]["turning_point"];
        let step = usize::from(second.abs() > first.abs());
        assert_eq!(turning["step"], step, "trial {number}, {crisis}");
        let within = trial["odds"]["within"].as_array().expect("moments");
        assert_eq!(
            within.len(),
            trial["steps"][step]["moments"].as_array().expect("moments").len()
        );
        assert!(written.out.contains("It turned in step "), "{}", written.out);
        assert!(written.files.contains_key("charts/odds.svg"));
        turned.insert(step);
    }
    assert_eq!(turned.len(), 2, "trials of both kinds were told");
}

#[test]
fn a_trial_can_turn_with_its_assumptions_and_few_futures_tell_nothing() {
    let desk = Desk::new();
    let text = scenario(
        2,
        "[assumptions]\nx = 'uniform(0, 1)'\n\
         [[outcomes]]\nid = 'high'\nwhen = 'x > 0.5'\n[[outcomes]]\nid = 'low'\nwhen = 'true'\n",
    );
    let file = desk.file("drawn.toml", &text);
    let (trial, written) = told(&desk, &[&file, "--trial", "2", "--odds", "200"]);
    let points = trial["odds"]["points"].as_array().expect("points");
    assert_eq!(points[0]["after"], "nothing");
    let [_, low, high] = odds(&points[0], "high");
    assert!(low < 0.5 && 0.5 < high);
    let own = trial["outcome"].as_str().expect("id");
    assert!(points[1..].iter().all(|point| odds(point, own)[0] == 1.0));
    let said = "It turned with what was drawn before the first step";
    assert!(written.out.replace('\n', " ").contains(said), "{}", written.out);
    let (trial, written) = told(&desk, &[&file, "--trial", "2", "--odds", "3"]);
    assert_eq!(trial["odds"]["turning_point"], serde_json::Value::Null);
    let out = written.out.replace('\n', " ");
    assert!(out.contains("No single turning point can be told."), "{out}");
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let desk = Desk::new();
    let asked = ["--outcome", "war", "--typical", "-n", "1000", "--odds", "30", "--threads"];
    let [one, two] =
        ["1", "2"].map(|threads| told(&desk, &[&[BORDER], &asked[..], &[threads]].concat()).1);
    assert!(one.files == two.files);
}

#[test]
fn what_cannot_be_told_is_refused_with_what_there_is() {
    let desk = Desk::new();
    let message = desk.fail(2, &["trace", BORDER, "-n", "50", "--trial", "50"]);
    assert!(
        message.contains("there is no trial 50: the run has 50 trials, from 0 to 49"),
        "{message}"
    );
    assert!(message.contains("with -n 51 it has that trial too"), "{message}");
    let message = desk.fail(2, &["trace", BORDER]);
    assert!(
        message.contains("which trial is to be told?") && message.contains("--trial N"),
        "{message}"
    );
    let message = desk.fail(2, &["trace", BORDER, "--outcome", "wra", "--typical"]);
    assert!(message.contains("no outcome is called `wra`; did you mean `war`?"), "{message}");
    let message = desk.fail(2, &["trace", BORDER, "--outcome", "war"]);
    assert!(message.contains("--typical tells the one"), "{message}");
    let message =
        desk.fail(1, &["trace", BORDER, "--outcome", "unresolved", "--typical", "-n", "40"]);
    assert!(message.contains("`unresolved` came about in none of 40 trials"), "{message}");
    let message = desk.fail(2, &["trace", BORDER, "--trial", "1", "--policy", "restrain"]);
    assert!(message.contains("did you mean `restraint`?"), "{message}");
    let message = desk.fail(2, &["trace", BORDER, "--trial", "1", "--outcome", "war", "--typical"]);
    assert!(message.contains("cannot be used with"), "{message}");
    let message = desk.fail(2, &["trace", BORDER, "--trial", "1", "--odds", "0"]);
    assert!(message.contains("--odds"), "{message}");
}
