//! What a run says its outcomes rest on, and when it says that it has played enough.

use crate::command::{demarche, run_into, text};
use crate::tables::{Desk, find, number};

/// A one-step scenario whose outcome comes about with a chance that is a formula of assumptions.
fn coin(assumptions: &str, chance: &str) -> String {
    format!(
        "format = 1\n[scenario]\ntitle = 'Coin'\nsteps = 1\n[assumptions]\n{assumptions}\n\
         [events.yes]\nchance = '{chance}'\n\
         [[outcomes]]\nid = 'yes'\ntitle = 'Yes'\nwhen = 'happened(yes)'\n\
         [[outcomes]]\nid = 'no'\ntitle = 'No'\nwhen = 'not happened(yes)'\n"
    )
}

const THREE: &str = "x = 'uniform(0, 1)'\ny = 'uniform(0, 1)'\nz = 'normal(10, 2)'";

/// The lines of the first paragraph: title and headline, in one line.
fn headline(out: &str) -> String {
    out.lines().skip(1).take_while(|line| !line.contains("seed")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_cliff_is_named_with_the_value_at_which_it_lies() {
    let desk = Desk::new();
    let file = desk.file("cliff.toml", &coin(THREE, "if x > 0.45 then 0.95 else 0.06"));
    let written = desk.play(&["run", &file, "-n", "2000"]);
    let said = headline(&written.out);
    assert!(
        said.starts_with("Yes in 5")
            && said.contains("nearly certain when “x” is above 0.45, rare below."),
        "{said}"
    );
    let rows = written.table("rests_on.csv");
    // Two outcomes and unresolved, three inputs, 20 parts.
    assert_eq!(rows.len(), 3 * 3 * 20);
    let part = |bin: &str| find(&rows, &[("outcome", "yes"), ("input", "x"), ("bin", bin)]);
    assert_eq!([&part("9")["low"], &part("9")["high"]], ["0.45", "0.5"]);
    let share = |bin| number(part(bin), "count") / number(part(bin), "trials");
    assert!(share("8") < 0.2 && share("9") > 0.8);
    // (0.95 − 0.06)² × 0.45 × 0.55 over p(1 − p), p = 0.45 × 0.06 + 0.55 × 0.95.
    let p = 0.45 * 0.06 + 0.55 * 0.95;
    let truth = 0.89 * 0.89 * 0.45 * 0.55 / (p * (1.0 - p));
    let rows = written.table("importance.csv");
    let of = |input: &str| find(&rows, &[("of", "yes"), ("input", input)]);
    let x = of("x");
    assert!(number(x, "S1_low") < truth && truth < number(x, "S1_high"), "{x:?} {truth}");
    assert_eq!(x["method"], "given data, of p(1-p)");
    assert!(number(of("y"), "S1_high") < 0.05 && number(of("z"), "S1_low") == 0.0);
    assert_eq!([&x["ST"], &x["group"]], ["", ""]);
}

#[test]
fn a_pure_interaction_rests_on_no_single_one() {
    let desk = Desk::new();
    let either = "if (x > 0.5) == (y > 0.5) then 0.95 else 0.05";
    let file = desk.file("both.toml", &coin(THREE, either));
    let written = desk.play(&["run", &file, "-n", "4000"]);
    let said = headline(&written.out);
    assert!(said.contains("No single one of the assumptions decides it"), "{said}");
    let rows = written.table("importance.csv");
    for input in ["x", "y", "z"] {
        let row = find(&rows, &[("of", "yes"), ("input", input)]);
        assert!(number(row, "S1_low") < 1e-9 && number(row, "S1_high") < 0.05, "{row:?}");
    }
    let page = written.text("report.html");
    assert!(page.contains("No single one explains half of what the assumptions change"));
}

#[test]
fn with_draws_the_part_is_of_the_variance_over_draws() {
    let desk = Desk::new();
    // Additive: x has 4/5 of the variance of the probability.
    let file = desk.file("sum.toml", &coin(THREE, "0.2 + 0.4 * x + 0.2 * y"));
    let written = desk.play(&["run", &file, "--draws", "1500", "--repeats", "30"]);
    let rows = written.table("importance.csv");
    let x = find(&rows, &[("of", "yes"), ("input", "x")]);
    assert_eq!(x["method"], "given data, of V");
    assert!(number(x, "S1_low") < 0.8 && 0.8 < number(x, "S1_high"), "{x:?}");
    assert!((number(x, "S1") - 0.8).abs() < 0.1, "{x:?}");
    let rows = written.table("rests_on.csv");
    let plays: f64 = rows
        .iter()
        .filter(|row| row["input"] == "x" && row["outcome"] == "yes")
        .map(|row| number(row, "trials"))
        .sum();
    assert_eq!(plays, 45_000.0);
}

#[test]
fn nothing_is_said_where_nothing_is_drawn_or_nothing_told() {
    let desk = Desk::new();
    let fixed = desk.file("fixed.toml", &coin("x = 0.5", "x"));
    let written = desk.play(&["run", &fixed, "-n", "500"]);
    assert!(!written.files.contains_key("rests_on.csv") && !written.out.contains("rests on"));
    let idle = desk.file("idle.toml", &coin(THREE, "0.4"));
    let written = desk.play(&["run", &idle, "-n", "1000"]);
    let said = headline(&written.out);
    assert!(!said.contains("rests most") && !said.contains("when “"), "{said}");
    let always = desk.file("always.toml", &coin(THREE, "1"));
    let written = desk.play(&["run", &always, "-n", "500"]);
    assert_eq!(written.table("importance.csv").len(), 0);
    assert_eq!(written.table("rests_on.csv").len(), 3 * 3 * 20);
}

#[test]
fn labels_flags_and_sums_of_draws_are_told_as_what_they_are() {
    let desk = Desk::new();
    let scenario = "format = 1\n[scenario]\ntitle = 'Kinds'\nsteps = 1\n[assumptions]\n\
        sum = 'uniform(0, 1) + uniform(0, 1)'\nwet = 'bernoulli(0.4)'\n\
        [state]\nseason = { start = \"discrete('dry', 0.5, 'wet', 0.5)\", labels = ['dry', 'wet'] }\n\
        [events.yes]\nchance = 'if season == \"wet\" then 0.95 else 0.2'\n\
        [[outcomes]]\nid = 'yes'\nwhen = 'happened(yes)'\n";
    let file = desk.file("kinds.toml", scenario);
    let written = desk.play(&["run", &file, "-n", "1500"]);
    let rows = written.table("rests_on.csv");
    let part = |input: &str, bin: &str| {
        find(&rows, &[("outcome", "yes"), ("input", input), ("bin", bin)]).clone()
    };
    let label = part("state.season.start", "3");
    assert_eq!([&label["low"], &label["label"]], ["", "dry"]);
    assert_eq!([&part("wet", "19")["low"], &part("wet", "19")["high"]], ["1", "1"]);
    let sum = part("sum", "0");
    assert_eq!([&sum["low"], &sum["high"], &sum["label"]], ["", "", ""]);
    assert_eq!(part("sum[2]", "7")["input"], "sum[2]");
    assert!(headline(&written.out).contains("“Season, at the start” is wet"), "{}", written.out);
}

#[test]
fn a_precise_run_stops_at_a_look_and_its_intervals_say_so() {
    let desk = Desk::new();
    let file = desk.file("coin.toml", &coin("p = 0.3", "p"));
    let written = desk.play(&["run", &file, "--precision", "2"]);
    let rows = written.table("summary.csv");
    let yes = find(&rows, &[("outcome", "yes")]);
    let trials = number(yes, "trials");
    assert!(trials == 4096.0 || trials == 8192.0, "{yes:?}");
    let half = 0.5 * (number(yes, "any_high") - number(yes, "any_low"));
    assert!(half <= 0.02, "{yes:?}");
    assert!(
        number(yes, "any_low") < number(yes, "mc_low")
            && number(yes, "mc_low_all") > number(yes, "any_low")
    );
    assert!(number(yes, "any_low") <= 0.3 && 0.3 <= number(yes, "any_high"));
    let said = format!("Stopped after {} trials", if trials == 4096.0 { "4,096" } else { "8,192" });
    assert!(written.out.contains(&said), "{}", written.out);
    // The same trials as a run of so many.
    let plain = desk.play(&["run", &file, "-n", &trials.to_string()]);
    assert_eq!(find(&plain.table("summary.csv"), &[("outcome", "yes")])["count"], yes["count"]);
    assert_eq!(find(&plain.table("summary.csv"), &[("outcome", "yes")])["any_low"], "");
    // It is drawn again from its folder as it was.
    let root = tempfile::tempdir().expect("a folder");
    let folder = run_into(root.path(), &[&file, "--precision", "2"]);
    let page = || std::fs::read(folder.join("report.html")).expect("a page");
    let before = page();
    let again = demarche(&["chart", folder.to_str().expect("plain")]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    assert!(page() == before);
}

#[test]
fn a_run_that_cannot_be_precise_enough_says_how_far_it_came() {
    let desk = Desk::new();
    let file = desk.file("coin.toml", &coin("p = 0.3", "p"));
    let written = desk.play(&["run", &file, "--precision", "0.5", "-n", "3000"]);
    assert!(written.out.contains("3,000 trials were not enough"), "{}", written.out);
    for (wrong, words) in [
        (vec!["--precision", "0"], "above 0"),
        (vec!["--precision", "1", "--draws", "20"], "cannot be used with"),
        (vec!["--precision", "1", "--sampling", "sobol"], "needs random trials"),
        (vec!["--sampling", "even"], "stratified"),
    ] {
        let refused = demarche(&[&["run", file.as_str()], wrong.as_slice()].concat());
        assert!(!refused.status.success());
        let said = text(&refused.stderr);
        assert!(said.contains(words), "{wrong:?}: {said}");
    }
}

#[test]
fn even_sampling_is_asked_for_on_the_command_line() {
    let desk = Desk::new();
    let file = desk.file("sum.toml", &coin(THREE, "0.2 + 0.6 * x"));
    let written = desk.play(&["run", &file, "-n", "1000", "--sampling", "stratified"]);
    let rows = written.table("rests_on.csv");
    for row in rows.iter().filter(|row| row["outcome"] == "yes") {
        // Any 512 of them, and so any 1,000, fill 20 parts evenly but for rounding.
        assert!((number(row, "trials") - 50.0).abs() <= 4.0, "{row:?}");
    }
    let manifest = written.text("manifest.json");
    assert!(manifest.contains("\"sampling\": \"stratified\""), "{manifest}");
}
