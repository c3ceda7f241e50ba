//! A run says by name what its trials are.

use super::{Error, Run, Scenario};
use crate::study::{Plan, play};

const TEXT: &str = r#"
format = 1
[scenario]
title = "Two coins"
steps = 2
[assumptions]
odds = { draw = "uniform(0.2, 0.6)" }
[state]
phase = { start = "calm", labels = ["calm", "storm"] }
wind = { start = 0 }
[measures]
gusts = { of = "2 * wind" }
[events.storm]
chance = "odds"
effects = { phase = "'storm'", wind = "wind + 1" }
[[outcomes]]
id = "storms"
title = "Storm after storm"
when = "wind == 2"
[[outcomes]]
id = "calm"
when = "wind == 0"
[policies.shelter]
set = { "events.storm.chance" = "odds / 4" }
"#;

fn scenario() -> Scenario {
    Scenario::parse(TEXT).unwrap_or_else(|error| panic!("{error}"))
}

fn run(policy: &str, trials: u64, seed: u64) -> Run {
    scenario().model_under(policy, "base").unwrap().run(trials, seed).unwrap()
}

#[test]
fn the_counts_are_those_of_the_trials() {
    let run = run("none", 1_000, 1);
    let ended: Vec<&str> = run.labels("outcome").unwrap().collect();
    assert_eq!(ended.len(), 1_000);
    for (trial, outcome) in ended.iter().enumerate() {
        assert_eq!(run.outcome_of(trial as u64), Some(*outcome));
    }
    assert_eq!(run.outcome_of(1_000), None);
    for ending in run.outcomes() {
        let count = ended.iter().filter(|outcome| **outcome == ending.id).count() as u64;
        assert_eq!((count, count as f64 / 1_000.0), (ending.count, run.share(ending.id).unwrap()));
        assert!(run.interval(ending.id).unwrap().contains(ending.share));
    }
    let ids: Vec<(&str, &str)> = run.outcomes().map(|ending| (ending.id, ending.title)).collect();
    let expected =
        [("storms", "Storm after storm"), ("calm", "calm"), ("unresolved", "Unresolved")];
    assert_eq!(ids, expected);
}

#[test]
fn columns_are_those_of_the_table_of_trials() {
    let run = run("none", 3_000, 7);
    let names: Vec<&str> = run.columns().collect();
    let expected = "trial outcome end_step assumptions.odds state.phase state.wind \
                    measures.gusts first.storm";
    assert_eq!(names.join(" "), expected);
    let trials: Vec<f64> = (0..3_000).map(f64::from).collect();
    assert_eq!(run.column("trial").unwrap(), trials);
    let (wind, gusts) = (run.column("state.wind").unwrap(), run.column("measures.gusts").unwrap());
    let first = run.column("first.storm").unwrap();
    for (row, phase) in run.labels("state.phase").unwrap().enumerate() {
        assert_eq!(gusts[row], 2.0 * wind[row]);
        assert_eq!(phase == "storm", wind[row] > 0.0);
        assert_eq!(first[row].is_nan(), wind[row] == 0.0);
    }
    assert!(run.column("assumptions.odds").unwrap().iter().all(|odds| *odds > 0.0));
}

#[test]
fn a_run_is_the_same_on_any_number_of_threads() {
    let model = scenario().model().unwrap();
    let plan = |threads| Plan { seed: 3, trials: 2_500, threads: Some(threads), ..Plan::default() };
    let [one, three] = [1, 3].map(|threads| model.run_watched(plan(threads), &()).unwrap());
    for column in ["state.wind", "assumptions.odds"] {
        assert_eq!(one.column(column).unwrap(), three.column(column).unwrap());
    }
}

#[test]
fn two_runs_are_compared_trial_by_trial() {
    let (before, after) = (run("none", 2_000, 1), run("shelter", 2_000, 1));
    let change = before.compare(&after, "storms").unwrap();
    let (had, has): (Vec<bool>, Vec<bool>) = before
        .labels("outcome")
        .unwrap()
        .zip(after.labels("outcome").unwrap())
        .map(|(a, b)| (a == "storms", b == "storms"))
        .unzip();
    let count = |of: &dyn Fn(bool, bool) -> bool| {
        had.iter().zip(&has).filter(|(a, b)| of(**a, **b)).count() as u64
    };
    assert_eq!(change.counts.both, count(&|a, b| a && b));
    assert_eq!(change.counts.only_a, count(&|a, b| a && !b));
    assert_eq!(change.counts.only_b, count(&|a, b| !a && b));
    assert_eq!(change.interval, change.counts.interval(0.95, 1));
    let shares = after.share("storms").unwrap() - before.share("storms").unwrap();
    assert!((change.difference - shares).abs() < 1e-12 && change.interval.high < 0.0);
    assert_eq!(before.compare(&before, "calm").unwrap().difference, 0.0);
}

#[test]
fn runs_of_different_luck_are_not_compared() {
    let first = run("none", 100, 1);
    let said = |other: &Run| first.compare(other, "calm").unwrap_err().to_string();
    assert_eq!(said(&run("none", 100, 2)), "only runs of one seed can be compared, not of 1 and 2");
    assert_eq!(
        said(&run("none", 50, 1)),
        "only runs of one number of trials can be compared, not of 100 and 50"
    );
}

#[test]
fn a_name_that_there_is_not_is_answered_with_the_nearest() {
    let (scenario, run) = (scenario(), run("none", 10, 1));
    let errors = [
        scenario.model_under("sheltre", "base").unwrap_err(),
        scenario.model_under("none", "bsae").unwrap_err(),
        run.share("stroms").unwrap_err(),
        run.interval("clam").unwrap_err(),
        run.compare(&run, "calms").unwrap_err(),
        run.column("state.wnd").unwrap_err(),
        run.labels("state.phse").map(|_| ()).unwrap_err(),
    ];
    let near = ["shelter", "base", "storms", "calm", "calm", "state.wind", "state.phase"];
    for (error, near) in errors.iter().zip(near) {
        assert!(error.is_unknown_name(), "{error}");
        assert!(error.to_string().contains(&format!("did you mean `{near}`?")), "{error}");
    }
    assert_eq!(
        errors[2].to_string(),
        "no outcome is called `stroms`; did you mean `storms`?\n  there are: storms, calm, unresolved"
    );
}

#[test]
fn numbers_and_labels_are_not_mixed_up() {
    let run = run("none", 10, 1);
    assert_eq!(
        run.column("state.phase").unwrap_err().to_string(),
        "`state.phase` holds labels, not numbers: ask for its `labels`"
    );
    assert_eq!(
        run.labels("state.wind").map(|_| ()).unwrap_err().to_string(),
        "`state.wind` holds numbers, not labels: ask for its `column`"
    );
}

#[test]
fn a_run_has_at_least_one_trial() {
    let said = scenario().model().unwrap().run(0, 1).unwrap_err().to_string();
    assert_eq!(said, "a run has 1 to 1,099,511,627,776 trials, not 0");
}

#[test]
fn mistakes_are_drawn_and_counted() {
    let broken = TEXT.replace("wind + 1", "wnd + 1").replace("odds / 4", "odd / 4");
    let error = Scenario::parse(&broken).unwrap_err();
    assert!(error.is_mistake() && !error.is_interrupted());
    assert_eq!(error.diagnostics().count(), 2);
    let drawn = error.to_string();
    assert!(drawn.starts_with("error[E203]") && drawn.contains("did you mean `wind`?"), "{drawn}");
    assert!(!drawn.ends_with('\n') && !drawn.contains('\u{1b}'), "{drawn}");
}

#[test]
fn a_value_that_cannot_be_used_is_told_apart_from_a_mistake() {
    let broken = TEXT.replace("\"odds\"", "\"5 * odds\"");
    let error = Scenario::parse(&broken).unwrap().model().unwrap().run(100, 1).unwrap_err();
    assert!(error.is_numerical() && !error.is_mistake(), "{error}");
    assert!(error.to_string().contains("events.storm.chance"), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let error = Scenario::open("no/such/file.toml").unwrap_err();
    assert!(error.to_string().starts_with("cannot read no/such/file.toml: "), "{error}");
}

#[test]
fn errors_of_all_parts_pass_through_one_type() {
    fn fails() -> Result<(), Error> {
        let model = scenario().model()?;
        let plan = Plan { seed: 1, trials: 9, threads: Some(1), ..Plan::default() };
        play(&model, plan, &(), |_| Err(Error::request("enough")))?;
        Ok(())
    }
    fn can_cross_threads<T: Send + Sync + std::error::Error + 'static>(_: &T) {}
    let error = fails().unwrap_err();
    can_cross_threads(&error);
    assert_eq!(error.to_string(), "enough");
}
