//! `discover`: the conditions under which an outcome is frequent.

use crate::tables::{Desk, Row, find, number};

/// War exactly where war is cheap, resolve high and the regime not that of doves, if there are allies.
const BOX: &str = r#"
format = 1
[scenario]
title = "Box"
steps = 1
[assumptions]
cost = "uniform(0, 2)"
resolve = "uniform(0, 1)"
idle = "normal(0, 1)"
tries = "poisson(3)"
allies = "bernoulli(0.8)"
regime = "discrete('hawk', 2, 'dove', 1, 'owl', 1)"
fixed = 3
[[outcomes]]
id = "war"
title = "War"
when = "cost < 0.8 and resolve > 0.3 and regime != 'dove' and allies and tries >= 2"
[[outcomes]]
id = "peace"
title = "Peace"
when = "cost > -1"
"#;

/// Peace is a coin that no assumption touches; nothing comes of `never`.
const NULL: &str = r#"
format = 1
[scenario]
title = "Null"
steps = 1
[assumptions]
x = "uniform(0, 1)"
y = "normal(0, 1)"
k = "poisson(4)"
[events.luck]
chance = 0.2
[[outcomes]]
id = "luck"
when = "happened(luck)"
[[outcomes]]
id = "never"
when = "x > 2"
[[outcomes]]
id = "rest"
when = "x < 2"
"#;

/// A row of `peeling.csv`.
fn step<'a>(rows: &'a [Row], at: &str) -> &'a Row {
    find(rows, &[("box", "1"), ("id", at)])
}

#[test]
fn a_box_of_assumptions_is_found_and_told() {
    let desk = Desk::new();
    let file = desk.file("box.toml", BOX);
    let found = desk.play(&["discover", &file, "--outcome", "war", "-n", "10000"]);
    let rows = found.table("boxes.csv");
    let of = |input: &str| find(&rows, &[("input", &format!("assumptions.{input}"))]).clone();
    let [cost, resolve] = [of("cost"), of("resolve")];
    assert!((0.72..0.81).contains(&number(&cost, "max")), "{cost:?}");
    assert!(cost["qp_min"].is_empty() && number(&cost, "qp_max") < 1e-6, "{cost:?}");
    assert_eq!(cost["min"], cost["lowest"], "only the upper limit restricts");
    assert!((0.29..0.36).contains(&number(&resolve, "min")), "{resolve:?}");
    assert_eq!(number(&of("tries"), "min"), 2.0);
    assert_eq!((of("allies")["among"].as_str(), of("allies")["max"].as_str()), ("true", ""));
    assert_eq!(of("regime")["among"], "hawk, owl");
    assert_eq!(rows.len(), 5, "nothing else is restricted: {rows:?}");

    // The shown step is the last one that is dense; its figures are those of the odd trials.
    let steps = found.table("peeling.csv");
    let dense = steps.iter().rev().find(|row| number(row, "density") >= 0.8).expect("a dense box");
    assert!(number(dense, "density") > 0.97 && number(dense, "coverage") > 0.9, "{dense:?}");
    let whole = step(&steps, "0");
    assert_eq!([number(whole, "n"), number(whole, "coverage")], [5_000.0, 1.0]);
    assert_eq!(number(whole, "res_dim"), 0.0);
    assert_eq!(number(dense, "n") / 5_000.0, number(dense, "mass"));
    let conditions = found.table("conditions.csv");
    assert_eq!(conditions.len(), 5);
    let limits: Vec<&str> = conditions.iter().map(|row| row["limit"].as_str()).collect();
    assert_eq!(limits, ["max", "min", "among", "among", "min"], "{conditions:?}");
    for name in ["coverage", "density", "mass", "n"] {
        assert_eq!(conditions[4][name], dense[name], "all conditions are the box");
    }
    for words in ["“War” in all", "`allies` is true", "`regime` is hawk or owl", "These are 9"]
    {
        assert!(found.out.contains(words), "{words}: {}", found.out);
    }
    for file in ["charts/ranges-1.svg", "charts/tradeoff-1.svg", "report.html"] {
        assert!(found.files.contains_key(file), "{file}");
    }
}

#[test]
fn several_boxes_are_found_one_after_the_other() {
    let desk = Desk::new();
    let either = BOX.replace(
        "cost < 0.8 and resolve > 0.3 and regime != 'dove' and allies and tries >= 2",
        "cost < 0.4 or resolve > 0.85",
    );
    let file = desk.file("either.toml", &either);
    let asked = ["discover", &file, "--outcome", "war", "-n", "10000", "--boxes", "2"];
    let found = desk.play(&asked);
    let rows = found.table("boxes.csv");
    let cost = find(&rows, &[("box", "1"), ("input", "assumptions.cost")]);
    assert!((0.37..0.41).contains(&number(cost, "max")), "{cost:?}");
    let resolve = find(&rows, &[("box", "2"), ("input", "assumptions.resolve")]);
    assert!((0.84..0.87).contains(&number(resolve, "min")), "{resolve:?}");
    assert!(found.out.contains("Outside the box before: “War” in"), "{}", found.out);
}

#[test]
fn no_conditions_are_claimed_where_assumptions_do_not_matter() {
    let desk = Desk::new();
    let file = desk.file("null.toml", NULL);
    for seed in ["1", "2", "3"] {
        let asked = ["discover", &file, "--outcome", "luck", "-n", "4000", "--seed", seed];
        let found = desk.play(&asked);
        assert!(found.table("boxes.csv").is_empty() && found.table("conditions.csv").is_empty());
        assert!(found.table("peeling.csv").len() > 1, "the way is told");
        assert!(found.out.contains("No conditions found"), "{}", found.out);
        assert!(!found.files.contains_key("charts/ranges-1.svg"));
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let desk = Desk::new();
    let file = desk.file("box.toml", BOX);
    let asked = ["discover", &*file, "--outcome", "war", "-n", "2000", "--threads"];
    let [one, two] = ["1", "2"].map(|threads| desk.play(&[&asked[..], &[threads]].concat()));
    assert!(one.files == two.files);
}

#[test]
fn what_has_no_conditions_is_refused() {
    let desk = Desk::new();
    let file = desk.file("null.toml", NULL);
    let message = desk.fail(2, &["discover", &file, "--outcome", "luk"]);
    assert!(message.contains("no outcome is called `luk`; did you mean `luck`?"), "{message}");
    assert!(desk.fail(2, &["discover", &file]).contains("--outcome <OUTCOME>"));
    let message = desk.fail(2, &["discover", &file, "--outcome", "luck", "-n", "1e12"]);
    assert!(message.contains("at most 268,435,456 can be kept, so -n is at most"), "{message}");
    let message = desk.fail(1, &["discover", &file, "--outcome", "never", "-n", "500"]);
    assert!(message.contains("`never` came about in none of 500 trials"), "{message}");
    let always = desk.file(
        "always.toml",
        &NULL.replace("x < 2\"", "x < 2\"\n[policies.calm]\nset = { \"events.luck.chance\" = 0 }"),
    );
    let asked = ["discover", &*always, "--outcome", "rest", "--policy", "calm", "-n", "500"];
    let message = desk.fail(1, &asked);
    assert!(message.contains("`rest` came about in all of 500 trials"), "{message}");
    let mut fixed = NULL.replace("\"uniform(0, 1)\"", "0.5").replace("\"normal(0, 1)\"", "1");
    fixed = fixed.replace("\"poisson(4)\"", "4");
    let fixed = desk.file("fixed.toml", &fixed);
    let message = desk.fail(2, &["discover", &fixed, "--outcome", "luck"]);
    assert!(message.contains("draws nothing once per trial"), "{message}");
}
