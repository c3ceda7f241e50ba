//! `sweep --measure`: means of measures and variables along swept values, and where flags pass one half.

use crate::tables::{Desk, Row, find, number};

/// An offer is accepted with the chance that it is, or with that and the bonus of the talks; `price` is exactly
/// twice the offer, and `cost` is that with noise whose standard deviation is 1.
const OFFER: &str = r#"
format = 1
[scenario]
title = "An offer"
steps = 1
[assumptions]
offer = { draw = 0.4, about = "What is offered" }
bonus = 0
noise = "normal(0, 1)"
[state]
mood = { start = "good", labels = ["good", "bad"] }
price = { start = "2 * offer", unit = "billion" }
[events.accept]
chance = "min(1, offer + bonus)"
[events.sour]
chance = 0.2
effects = { mood = "bad" }
[measures]
yes = { of = "happened(accept)", about = "Whether Moscow says yes" }
cost = { of = "price + noise + bonus", unit = "billion" }
[[outcomes]]
id = "deal"
title = "Deal"
when = "happened(accept)"
[policies.talks]
title = "Talks"
set = { "assumptions.bonus" = 0.2 }
[worlds.tilted]
title = "A tilted world"
set = { "assumptions.noise" = 0 }
"#;

const POLICIES: [&str; 4] = ["--policy", "none", "--policy", "talks"];
const VARY: [&str; 2] = ["--vary", "assumptions.offer = 0.1 to 0.9 in 9"];

/// The row of a measure under a policy at a value, in the base world.
fn at<'r>(rows: &'r [Row], policy: &str, value: &str, measure: &str) -> &'r Row {
    let cell = [("policy", policy), ("world", "base"), ("value_1", value), ("measure", measure)];
    find(rows, &cell)
}

#[test]
fn measures_that_are_known_exactly_are_found_at_each_value() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let all = [&["sweep", &file, "-n", "4000"], &VARY[..], &POLICIES].concat();
    let found = desk.play(&all);
    let rows = found.table("sweep_measures.csv");
    for tenths in 1..=9 {
        let value = format!("0.{tenths}");
        let offer = f64::from(tenths) / 10.0;
        for (policy, bonus) in [("none", 0.0), ("talks", 0.2)] {
            let row = |measure: &str| at(&rows, policy, &value, measure);
            let holds = |measure: &str, truth: f64| {
                let row = row(measure);
                let (low, high) = (number(row, "low_all"), number(row, "high_all"));
                assert!(low <= truth && truth <= high, "{truth}: {row:?}");
                let (own_low, own_high) = (number(row, "low"), number(row, "high"));
                assert!(low < own_low && own_high < high || truth == 1.0, "{row:?}");
                let mean = number(row, "mean");
                assert!(own_low <= mean && mean <= own_high && own_low < own_high, "{row:?}");
            };
            holds("yes", f64::min(offer + bonus, 1.0));
            holds("mood:bad", 0.2);
            holds("cost", 2.0 * offer + bonus);
            holds("price", 2.0 * offer);
            assert_eq!(number(row("price"), "mean"), 2.0 * offer);
            assert_eq!((&*row("price")["unit"], &*row("yes")["unit"]), ("billion", ""));
            // The error of a mean is known here: that of noise with a standard deviation of 1.
            let width = number(row("cost"), "high") - number(row("cost"), "low");
            assert!((width / (2.0 * 1.96 / 4000_f64.sqrt()) - 1.0).abs() < 0.05, "{width}");
        }
    }
    let columns =
        "scenario,policy,world,path_1,value_1,path_2,value_2,measure,unit,trials,mean,low,high,";
    assert!(found.text("sweep_measures.csv").starts_with(columns));
    assert!(
        found.out.contains("Deal: share of trials"),
        "outcomes are told as ever: {}",
        found.out
    );
    assert!(!found.out.contains("at the end"), "measures only where asked for: {}", found.out);
}

#[test]
fn the_numbers_are_those_of_a_run_and_of_a_comparison_with_the_value() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let luck = ["-n", "1500", "--seed", "7", "--set", "state.price.start=0.7"];
    let worlds = ["--world", "base", "--world", "tilted"];
    let vary = ["--vary", "assumptions.offer = 0.2, 0.1 to 0.6, 0.7"];
    let found = desk.play(&[&["sweep", &file], &vary[..], &POLICIES, &worlds, &luck].concat());
    let (means, differences) =
        (found.table("sweep_measures.csv"), found.table("sweep_measures_differences.csv"));
    let outcomes = found.table("sweep.csv");
    for value in ["0.2", "0.1 to 0.6", "0.7"] {
        let offer = format!("assumptions.offer={value}");
        let set = ["--set", &offer];
        let both = desk.play(&[&["compare", &file], &set[..], &POLICIES, &worlds, &luck].concat());
        let (ends, pairs) = (both.table("ends.csv"), both.table("comparison_measures.csv"));
        for world in ["base", "tilted"] {
            for policy in ["none", "talks"] {
                let cell = [("policy", policy), ("world", world), ("value_1", value)];
                let own = ["--policy", policy, "--world", world];
                let run = desk.play(&[&["run", &file], &own[..], &set, &luck].concat());
                let series = run.table("series.csv");
                for row in series.iter().filter(|row| row["after"] == "1") {
                    let mean = find(&means, &[&cell[..], &[("measure", &row["measure"])]].concat());
                    assert_eq!(mean["mean"], row["mean"], "{mean:?}");
                    let asked =
                        [("policy", policy), ("world", world), ("measure", &row["measure"])];
                    let end = find(&ends, &asked);
                    assert!((number(mean, "mean") - number(end, "mean")).abs() < 1e-15);
                }
                // The share of a flag has the interval that the share of the same outcome has.
                let yes = find(&means, &[&cell[..], &[("measure", "yes")]].concat());
                let deal = find(&outcomes, &[&cell[..], &[("outcome", "deal")]].concat());
                for (own, other) in [("mean", "share"), ("low", "mc_low"), ("high", "mc_high")] {
                    assert_eq!(yes[own], deal[other]);
                }
            }
            for row in &differences {
                if row["world"] != world || row["value_1"] != value {
                    continue;
                }
                let asked =
                    [("world_a", world), ("policy_b", "talks"), ("measure", &row["measure"])];
                let asked = [&asked[..], &[("policy_a", "none"), ("world_b", world)]].concat();
                let pair = find(&pairs, &asked);
                for column in ["difference", "n_differ", "low", "high"] {
                    assert_eq!(row[column], pair[column], "{column}: {row:?}");
                }
            }
        }
    }
    assert_eq!(differences.len(), 3 * 2 * 5, "five numbers, and no utilities");
}

#[test]
fn where_a_flag_passes_one_half_is_told_in_tables_words_chart_and_page() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let measures = ["--measure", "yes", "--measure", "state.price", "--measure", "yes"];
    let found = desk.play(&[&["sweep", &file, "-n", "4000"], &VARY[..], &measures].concat());
    let rows = found.table("sweep_halves.csv");
    let yes = find(&rows, &[("measure", "yes")]);
    assert_eq!(yes["found"], "crossing");
    assert_eq!([&*yes["low"], &*yes["high"]], ["0.4", "0.6"]);
    assert!((number(yes, "value") - 0.5).abs() < 0.03, "{yes:?}");
    assert_eq!([&*yes["side_at_low"], &*yes["side_at_high"]], ["below", "above"]);
    let good = find(&rows, &[("measure", "mood:good")]);
    assert_eq!([&*good["found"], &*good["side_at_low"]], ["no crossing in range", "above"]);
    assert!(rows.iter().all(|row| row["measure"] != "price"), "a number passes no half");
    let out = found.out.replace('\n', " ");
    let told =
        "“Yes” is true at the end of less than half of the trials where “What is offered” is below";
    assert!(
        out.contains(told) && out.contains("(95 %: 0.4 to 0.6), of more than half above."),
        "{out}"
    );
    assert!(found.out.contains("\nYes: share of trials at the end\n"), "{out}");
    assert!(found.out.contains("\nPrice (billion): mean at the end\n"), "{out}");
    assert_eq!(found.out.matches("share of trials at the end").count(), 1, "each once: {out}");
    let told = "“Price” is 0.2 billion on average at the end where “What is offered” is 0.1, and 1.8 billion \
                where “What is offered” is 0.9.";
    assert!(out.contains(told), "{out}");
    assert!(!out.contains("Deal"), "outcomes are in the tables: {out}");
    assert!(found.table("sweep.csv").iter().any(|row| row["outcome"] == "deal"));
    let chart = found.text("charts/sweep-measure-yes.svg");
    assert!(chart.contains("passes one half at"), "the bracket says it");
    assert!(chart.contains("Whether Moscow says yes."), "the subtitle says what it is");
    assert!(found.files.contains_key("charts/sweep-measure-price.svg"));
    assert!(!found.files.contains_key("charts/sweep-outcomes.svg"));
    let page = found.text("report.html");
    assert!(page.contains("Where a flag passes one half of the trials") && page.contains(told));
}

#[test]
fn a_flag_that_passes_no_half_or_two_says_so() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let found = |vary: &str, file: &str| {
        let all = ["sweep", file, "--vary", vary, "--measure", "yes", "-n", "2000"];
        let found = desk.play(&all);
        let rows = found.table("sweep_halves.csv");
        let own: Vec<Row> = rows.into_iter().filter(|row| row["measure"] == "yes").collect();
        (own, found.out.replace('\n', " "))
    };
    let (rows, out) = found("assumptions.offer = 0.6 to 0.9 in 4", &file);
    assert_eq!(
        [&*rows[0]["found"], &*rows[0]["value"], &*rows[0]["low"]],
        ["no crossing in range", "", ""]
    );
    assert!(
        out.contains("“Yes” is true at the end of more than half of the trials at every value"),
        "{out}"
    );
    assert!(out.contains("it never passes one half in range."), "{out}");
    let (rows, out) = found("assumptions.offer = 0.4999 to 0.5001 in 3", &file);
    assert_eq!([&*rows[0]["found"], &*rows[0]["side_at_low"]], ["no crossing told", ""]);
    let told = "Whether “Yes” is true at the end of more or less than half of the trials cannot be told at any \
                value of “What is offered”.";
    assert!(out.contains(told), "{out}");
    // Between 0.6, where it is told, and 0.5, the lowest value, the trials cannot tell the sides apart.
    let (rows, out) = found("assumptions.offer = 0.5, 0.6, 0.7", &file);
    assert_eq!(
        [&*rows[0]["found"], &*rows[0]["low"], &*rows[0]["high"]],
        ["may cross", "0.5", "0.6"]
    );
    assert_eq!([&*rows[0]["side_at_low"], &*rows[0]["side_at_high"]], ["", "above"]);
    assert!(
        out.contains("where “What is offered” is 0.6 or more; below, it is not told."),
        "{out}"
    );
    // Up and down again: the chance is 4 x (1 - x), which is one half at 0.146 and 0.854.
    let hill = OFFER.replace("min(1, offer + bonus)", "4 * offer * (1 - offer)");
    let hill = desk.file("hill.toml", &hill);
    let (rows, out) = found("assumptions.offer = 0.1 to 0.9 in 5", &hill);
    let ends: Vec<_> =
        rows.iter().map(|row| [&*row["low"], &*row["high"], &*row["found"]]).collect();
    assert_eq!(ends, [["0.1", "0.3", "crossing"], ["0.7", "0.9", "crossing"]]);
    assert_eq!([&*rows[1]["side_at_low"], &*rows[1]["side_at_high"]], ["above", "below"]);
    let told = "of less than half of the trials where “What is offered” is 0.1 and 0.9, of more than half where it \
                is from 0.3 to 0.7; it passes one half at";
    assert!(out.contains(told), "{out}");
}

#[test]
fn policies_and_worlds_are_told_side_by_side() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let worlds = ["--world", "base", "--world", "tilted"];
    let told = ["--measure", "yes", "--outcome", "deal", "-n", "3000"];
    let found = desk.play(&[&["sweep", &file], &VARY[..], &POLICIES, &worlds, &told].concat());
    let halves = found.table("sweep_halves.csv");
    let at = |policy| find(&halves, &[("policy", policy), ("world", "tilted"), ("measure", "yes")]);
    assert_eq!([&*at("talks")["low"], &*at("talks")["high"]], ["0.2", "0.4"]);
    assert!((number(at("talks"), "value") - number(at("none"), "value") + 0.2).abs() < 0.03);
    let out = found.out.replace('\n', " ");
    assert!(
        out.contains("Deal: share of trials") && out.contains("Yes: share of trials at the end"),
        "{out}"
    );
    let told = "less than half of the trials under “Talks” in “A tilted world” where “What is offered” is below";
    assert!(out.contains(told), "{out}");
    let rows = found.table("sweep_measures_differences.csv");
    let row = find(&rows, &[("world", "base"), ("value_1", "0.3"), ("measure", "yes")]);
    let (low, high) = (number(row, "low_all"), number(row, "high_all"));
    assert!(0.0 < low && low < 0.2 && 0.2 < high, "{row:?}");
    let price = find(&rows, &[("world", "base"), ("value_1", "0.3"), ("measure", "price")]);
    assert_eq!([&*price["difference"], &*price["n_differ"], &*price["low"]], ["0", "0", ""]);
    assert!(found.files.contains_key("charts/sweep-measure-yes.svg"));
}

#[test]
fn over_two_values_or_words_there_are_tables_without_halves() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let bonus = ["--vary", "assumptions.bonus = 0, 0.3"];
    let told = ["--measure", "yes", "-n", "800"];
    let found = desk.play(&[&["sweep", &file], &VARY[..], &bonus, &told].concat());
    assert!(!found.files.contains_key("sweep_halves.csv"));
    assert!(!found.files.contains_key("sweep_measures_differences.csv"));
    assert!(found.files.keys().all(|file| !file.starts_with("charts/")));
    let rows = found.table("sweep_measures.csv");
    let row = find(&rows, &[("value_1", "0.2"), ("value_2", "0.3"), ("measure", "yes")]);
    assert!(number(row, "low_all") <= 0.5 && 0.5 <= number(row, "high_all"), "{row:?}");
    assert_eq!(row["path_2"], "assumptions.bonus");
    assert!(
        found.out.contains("Yes: share of trials at the end\nacross: Bonus\n"),
        "{}",
        found.out
    );
    let moods = ["--vary", "state.mood.start = good, 'bad'", "--measure", "mood:bad", "-n", "800"];
    let found = desk.play(&[&["sweep", &file], &moods[..]].concat());
    assert!(!found.files.contains_key("sweep_halves.csv"), "nothing lies between two labels");
    let rows = found.table("sweep_measures.csv");
    assert_eq!(find(&rows, &[("value_1", "'bad'"), ("measure", "mood:bad")])["mean"], "1");
    let out = found.out.replace('\n', " ");
    assert!(
        out.contains("“Mood” is “bad” at the end of") && out.contains("of 100 % where"),
        "{out}"
    );
}

#[test]
fn a_measure_that_does_not_exist_is_told_with_the_nearest_one() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let wrong = |name: &str| {
        let all = [&["sweep", &file, "-n", "10", "--measure", name], &VARY[..]].concat();
        desk.fail(2, &all)
    };
    let slip = wrong("yse");
    assert!(slip.contains("no measure or variable is called `yse`; did you mean `yes`?"), "{slip}");
    assert!(slip.contains("there are: mood:good, mood:bad, price, yes, cost"), "{slip}");
    let path = wrong("measures.cots");
    assert!(path.contains("is called `cots`; did you mean `cost`?"), "{path}");
    let place = wrong("state.cost");
    assert!(
        place.contains("`state.cost` does not exist; did you mean the measure `cost`?"),
        "{place}"
    );
    let label = wrong("mood");
    assert!(label.contains("`mood` is a label, and labels have no mean"), "{label}");
    assert!(label.contains("`mood:good`, `mood:bad`"), "{label}");
    assert!(wrong("mood:bda").contains("did you mean `mood:bad`?"));
}

#[test]
fn means_do_not_depend_on_threads_or_the_engine() {
    let desk = Desk::new();
    let file = desk.file("offer.toml", OFFER);
    let all = [&["sweep", &file, "-n", "3000", "--measure", "cost"], &VARY[..], &POLICIES].concat();
    let with = |more: &[&str]| desk.play(&[&all[..], more].concat()).files;
    let one = with(&["--threads", "1"]);
    assert!(one == with(&["--threads", "3"]));
    assert!(one == with(&["--threads", "2", "--engine", "reference"]));
}
