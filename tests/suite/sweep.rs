//! `sweep`: values set one after the other, on common random numbers, and where policies cross.

use demarche::model::Document;
use demarche::store::Staging;
use demarche::study::Plan;
use demarche::verbs::sweep::{CrossingFound, CrossingRow};
use demarche::verbs::{Ask, LuckOptions, Playing, Question, ScenarioSource, SweepQuestion};

use crate::tables::{Desk, Row, find, number};

/// A deal comes about with the chance `price` without talks, and with the chance `other` with them, by
/// luck of its own: the two cross where `price` is `other`.
const DEAL: &str = r#"
format = 1
[scenario]
title = "A deal"
steps = 1
[assumptions]
price = { draw = 0.4, about = "What is offered" }
other = 0.45
talks = false
tilt = 0
[state]
mood = { start = "good", labels = ["good", "bad"] }
[events.bargain]
chance = "min(1, price + tilt)"
[events.mediate]
chance = "other"
[[outcomes]]
id = "deal"
title = "Deal"
when = "if talks then happened(mediate) else happened(bargain)"
[[outcomes]]
id = "war"
title = "War"
when = "mood == 'bad'"
[policies.talks]
title = "Talks"
set = { "assumptions.talks" = true }
[policies.fixed]
set = { "assumptions.price" = 0.5 }
[worlds.tilted]
title = "A tilted world"
set = { "assumptions.tilt" = 0.2 }
"#;

const POLICIES: [&str; 4] = ["--policy", "none", "--policy", "talks"];

#[test]
fn every_cell_plays_the_trials_that_a_run_with_the_value_plays() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let set = ["--set", "state.mood.start=bad", "-n", "300", "--seed", "7"];
    let worlds = ["--world", "base", "--world", "tilted"];
    let vary = ["--vary", "assumptions.price = 0.3, 0.1 to 0.2, 0.9"];
    let found = desk.play(&[&["sweep", &file], &vary[..], &POLICIES, &worlds, &set].concat());
    let swept = found.table("sweep.csv");
    for policy in ["none", "talks"] {
        for world in ["base", "tilted"] {
            for value in ["0.3", "0.1 to 0.2", "0.9"] {
                let price = format!("assumptions.price={value}");
                let own = ["--policy", policy, "--world", world, "--set", &price];
                let run = desk.play(&[&["run", &file], &own[..], &set].concat());
                for row in run.table("summary.csv") {
                    let cell = [
                        ("policy", policy),
                        ("world", world),
                        ("value_1", value),
                        ("outcome", &row["outcome"]),
                    ];
                    let cell = find(&swept, &cell);
                    for column in ["trials", "count", "share", "mc_low", "mc_high"] {
                        assert_eq!(cell[column], row[column], "{column}: {cell:?}");
                    }
                }
            }
        }
    }
    let out = found.out.replace('\n', " ");
    assert!(out.contains("with state.mood.start=bad set."), "{out}");
}

#[test]
fn a_known_crossing_is_told_in_tables_words_and_chart() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let vary = ["--vary", "assumptions.price = 0.1 to 0.9 in 9", "-n", "9000"];
    let found = desk.play(&[&["sweep", &file], &POLICIES[..], &vary].concat());
    let rows = found.table("crossings.csv");
    let deal = find(&rows, &[("outcome", "deal")]);
    assert_eq!(deal["found"], "crossing");
    assert_eq!((&*deal["low"], &*deal["high"]), ("0.4", "0.5"));
    assert!((number(deal, "value") - 0.45).abs() < 0.03, "{deal:?}");
    assert_eq!((&*deal["more_at_low"], &*deal["more_at_high"]), ("talks", "none"));
    assert_eq!(find(&rows, &[("outcome", "war")])["found"], "no crossing told");
    let told = "“Deal” is more frequent under “Talks” than under “No policy” where “What is offered” is \
                below";
    assert!(found.out.replace('\n', " ").contains(told), "{}", found.out);
    assert!(found.text("report.html").contains("cross at"), "the chart says it too");
    assert!(found.files.contains_key("charts/sweep-deal.svg"));
    // The values are those that a person would write.
    let values: Vec<String> = (1..=9).map(|tenth| format!("0.{tenth}")).collect();
    let sweep = found.table("sweep.csv");
    let own = |row: &&Row| row["policy"] == "talks" && row["outcome"] == "deal";
    let swept: Vec<&str> = sweep.iter().filter(own).map(|row| &*row["value_1"]).collect();
    assert_eq!(swept, values);
}

#[test]
fn a_clear_difference_has_no_crossing_in_range_and_a_flat_one_tells_none() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let found = |vary: &str| {
        let all = ["sweep", &file, "--vary", vary, "-n", "1500"];
        let found = desk.play(&[&all[..], &POLICIES].concat());
        (find(&found.table("crossings.csv"), &[("outcome", "deal")]).clone(), found.out)
    };
    let (clear, out) = found("assumptions.price = 0.6 to 0.9 in 4");
    assert_eq!(clear["found"], "no crossing in range");
    assert_eq!([&*clear["value"], &*clear["low"], &*clear["high"]], ["", "", ""]);
    assert_eq!((&*clear["more_at_low"], &*clear["more_at_high"]), ("none", "none"));
    assert!(
        out.replace('\n', " ")
            .contains("at every value of “What is offered”: no crossing in range.")
    );
    let (flat, out) = found("assumptions.tilt = 0.07 to 0.070001 in 2");
    assert_eq!(flat["found"], "no crossing told");
    assert_eq!([&*flat["low"], &*flat["more_at_low"], &*flat["more_at_high"]], ["", "", ""]);
    assert!(out.replace('\n', " ").contains("No crossing told: whether “Deal” is more frequent"));
}

#[test]
fn two_values_make_a_grid_without_crossings() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let vary = ["--vary", "assumptions.price = 0.2, 0.8", "--vary", "assumptions.tilt = -0.1, 0.1"];
    let found = desk.play(&[&["sweep", &file], &vary[..], &POLICIES, &["-n", "800"]].concat());
    assert!(!found.files.contains_key("crossings.csv"));
    let rows = found.table("sweep_differences.csv");
    for (price, tilt, sign) in [("0.2", "-0.1", 1.0), ("0.2", "0.1", 1.0), ("0.8", "0.1", -1.0)] {
        let row = find(&rows, &[("value_1", price), ("value_2", tilt), ("outcome", "deal")]);
        assert!(number(row, "low_all") * sign > 0.0 || number(row, "high_all") * sign > 0.0);
        assert!(number(row, "difference") * sign > 0.1, "{row:?}");
    }
    assert_eq!(rows[0]["path_2"], "assumptions.tilt");
    assert!(found.files.contains_key("charts/heat-base-talks-deal.svg"));
    let out = found.out.replace('\n', " ");
    assert!(out.contains("2 of 4 pairs of values, less frequent at 2."), "{out}");
    // Negative numbers are numbers, also in spreadsheets.
    assert!(found.text("sweep.csv").contains(",assumptions.tilt,-0.1,"));
}

#[test]
fn labels_and_flags_are_swept_too() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let found =
        desk.play(&["sweep", &file, "--vary", "state.mood.start = good, 'bad'", "-n", "100"]);
    let rows = found.table("sweep.csv");
    let war = |value| find(&rows, &[("value_1", value), ("outcome", "war")])["count"].clone();
    assert_eq!(war("good"), "0");
    assert_ne!(war("'bad'"), "0");
    assert!(!found.files.contains_key("crossings.csv"));
    assert!(!found.files.contains_key("sweep_differences.csv"));
    let found = desk.play(
        &[&["sweep", &file, "--vary", "assumptions.talks = true, false"][..], &["-n", "200"]]
            .concat(),
    );
    assert!(found.out.contains("true") && found.out.contains("false"), "{}", found.out);
}

#[test]
fn the_outcomes_asked_for_are_told_of() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let all = ["sweep", &file, "--vary", "assumptions.price = 0.2, 0.8", "--outcome", "war"];
    let found = desk.play(&[&all[..], &POLICIES, &["-n", "100"]].concat());
    assert!(found.out.contains("War: share of trials"), "{}", found.out);
    assert!(!found.out.contains("Deal: share of trials"), "{}", found.out);
    assert!(found.files.contains_key("charts/sweep-war.svg"));
    assert!(!found.files.contains_key("charts/sweep-deal.svg"));
    assert!(found.table("sweep.csv").iter().any(|row| row["outcome"] == "deal"), "tables have all");
}

#[test]
fn results_do_not_depend_on_threads() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let all = ["sweep", &file, "--vary", "assumptions.price = 0.2 to 0.8 in 4", "-n", "500"];
    let with =
        |threads: &str| desk.play(&[&all[..], &POLICIES, &["--threads", threads]].concat()).files;
    assert_eq!(with("1"), with("3"));
}

#[test]
fn what_cannot_be_swept_is_told_at_its_path() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let wrong = |options: &[&str]| desk.fail(2, &[&["sweep", &file, "-n", "10"], options].concat());
    let vary = |words: &str| wrong(&["--vary", words]);
    for (words, parts) in [
        ("assumptions.prise = 1, 2", &["error[E407]", "--vary:1:13", "did you mean `price`?"][..]),
        ("state.mood.start = 0 to 1 in 3", &["--vary:1:20", "state.mood.start = 0"]),
        ("state.mood.start = good, glad", &["E207", "state.mood.start = glad"]),
        ("assumptions.price = 0.5, beta(", &["E201", "assumptions.price = beta("]),
        ("policies.talks.title = a, b", &["E408"]),
        ("scenario.steps = 1 to 2 in 3", &["E104", "scenario.steps = 1.5"]),
        ("assumptions.price", &["there are no values", "write \"PATH = 0.1 to 0.9 in 9\""]),
        ("assumptions.price = 0.1 to 0.9", &["is one value, a distribution"]),
        ("assumptions.price = 0.1 to 0.9 in 1", &["expected 2 to 1,000 values"]),
        ("assumptions.price = 3", &["at least two are needed"]),
        ("assumptions.price = 1, 1.0", &["is given twice"]),
    ] {
        let message = vary(words);
        for part in parts {
            assert!(message.contains(part), "{words}: {part} in\n{message}");
        }
        assert_eq!(message.matches("error").count(), 1 + message.matches("1 error").count());
    }
}

#[test]
fn what_leaves_nothing_to_sweep_is_refused() {
    let desk = Desk::new();
    let file = desk.file("deal.toml", DEAL);
    let wrong = |options: &[&str]| desk.fail(2, &[&["sweep", &file, "-n", "10"], options].concat());
    let price = ["--vary", "assumptions.price = 0.2, 0.8"];
    let message = wrong(&[]);
    assert!(message.contains("--vary \"assumptions.price = 0.1 to 0.9 in 9\""), "{message}");
    let twice = wrong(&[&price[..], &["--vary", "assumptions.price.draw = 0.1, 0.2"]].concat());
    assert!(twice.contains("E108") && twice.contains("is given twice"), "{twice}");
    let set = wrong(&[&price[..], &["--set", "assumptions.price=0.3"]].concat());
    assert!(
        set.contains("E108") && set.contains("--set:1:1") && set.contains("--vary:1:1"),
        "{set}"
    );
    let three = ["--vary", "assumptions.tilt = 0, 1", "--vary", "assumptions.other = 0, 1"];
    let three = wrong(&[&price[..], &three].concat());
    assert!(three.contains("3 values are too many"), "{three}");
    let policy = wrong(&[&price[..], &["--policy", "fixed"]].concat());
    assert!(policy.contains("has no effect under policy `fixed`"), "{policy}");
    let world = wrong(&["--vary", "assumptions.tilt = 0, 0.1", "--world", "tilted"]);
    assert!(world.contains("has no effect under world `tilted`"), "{world}");
    let many = ["--vary", "assumptions.price = 0 to 1 in 40"];
    let many = wrong(&[&many[..], &["--vary", "assumptions.other = 0 to 1 in 40"]].concat());
    assert!(many.contains("1,600 cells") && many.contains("at most 1,000"), "{many}");
    let outcome = wrong(&[&price[..], &["--outcome", "dael"]].concat());
    assert!(outcome.contains("no outcome is called `dael`; did you mean `deal`?"), "{outcome}");
    let policy = wrong(&[&price[..], &["--policy", "talk"]].concat());
    assert!(policy.contains("did you mean `talks`?"), "{policy}");
}

/// The crossings of the deal for one seed.
fn crossings(source: &ScenarioSource, seed: u64) -> Vec<CrossingRow> {
    let question = SweepQuestion {
        vary: vec!["assumptions.price = 0.2 to 0.8 in 7".to_owned()],
        policies: vec!["none".to_owned(), "talks".to_owned()],
        luck: LuckOptions { n: Some(250), seed, ..LuckOptions::default() },
        ..SweepQuestion::default()
    };
    let settled = question.settle(std::slice::from_ref(source));
    let (question, grid) = settled.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let root = tempfile::tempdir().expect("a folder");
    let staging = Staging::create(root.path(), "deal", "sweep").expect("a folder");
    let plan = Plan { seed, trials: question.trials(), ..Plan::default() };
    let playing = Playing { plan, watch: &(), trials: &staging };
    let answer = question.answer(&grid, &playing).unwrap_or_else(|halt| panic!("{halt}"));
    let rows = answer.tables.crossings.expect("one number is swept under two policies");
    rows.into_iter().filter(|row| row.outcome == "deal").collect()
}

#[test]
fn the_stretches_hold_a_known_crossing_in_at_least_95_of_100_seeds_near_an_edge_too() {
    const SEEDS: u64 = 200;
    for truth in [0.45, 0.23] {
        let text = DEAL.replace("other = 0.45", &format!("other = {truth}"));
        let source = ScenarioSource {
            document: Document::read("deal.toml", text.as_bytes()),
            found: Default::default(),
            bytes: text.into(),
            file: "deal.toml".to_owned(),
            name: "deal".to_owned(),
        };
        let mut missed = 0;
        for seed in 1..=SEEDS {
            let holds = |row: &CrossingRow| match row.found {
                CrossingFound::Crossing | CrossingFound::MayCross => {
                    row.low.is_some_and(|low| low <= truth)
                        && row.high.is_some_and(|high| high >= truth)
                }
                // Nothing is told, and nothing is ruled out.
                CrossingFound::NotTold => true,
                CrossingFound::NotInRange => false,
            };
            missed += u64::from(!crossings(&source, seed).iter().any(holds));
        }
        assert!(
            missed * 20 <= SEEDS,
            "a crossing at {truth} was missed in {missed} of {SEEDS} seeds"
        );
    }
}
