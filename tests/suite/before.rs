//! What came before each outcome, in `levers`, and trials told under two policies.

use crate::command::text;
use crate::tables::{Desk, Row, assert_near, find, number};

/// A storm makes both a flag and a war; the flag makes nothing. So the flag goes with the war and does not
/// bring it about. A may strike, which does bring it about.
const STORM: &str = r#"
format = 1
[scenario]
title = "Storm"
start = 2024-01-01
step = "month"
steps = 3
[state]
war = false
flags = 0
[events.storm]
title = "A storm"
when = "t == 0"
chance = 0.4
[events.raid]
title = "A raid"
when = "t == 2 and happened(storm)"
chance = 0.8
effects = { war = true }
[actors.a]
title = "Alpha"
rationality = 1
[actors.a.actions.strike]
title = "strikes"
once = true
cost = 1.5
effects = { war = true }
[actors.b]
title = "Beta"
rationality = 60
wants.w = { of = "flags", best = 3, worst = 0 }
[actors.b.actions.flag]
title = "shows a flag"
when = "happened(storm)"
effects = { flags = "+= 1" }
[calendar.fair]
on = 2024-02-10
title = "The fair"
[[outcomes]]
id = "war"
title = "War"
when = "war"
[[outcomes]]
id = "peace"
title = "Peace"
when = "not war"
[[outcomes]]
id = "never"
when = "false"
[policies.calm]
title = "Alpha keeps still"
forbid = ["a.strike"]
[policies.firm]
title = "Alpha strikes at once"
force = [{ action = "a.strike" }]
[policies.dearer]
title = "More storms"
set = { "events.storm.chance" = 0.9 }
[policies.other_start]
title = "Flags from the start"
set = { "state.flags.start" = 1 }
"#;

fn before<'r>(rows: &'r [Row], outcome: &str, happening: &str) -> &'r Row {
    find(rows, &[("outcome", outcome), ("happening", happening)])
}

#[test]
fn what_came_before_an_outcome_is_counted_beside_what_levers_change() {
    let desk = Desk::new();
    let file = desk.file("storm.toml", STORM);
    let found = desk.play(&["levers", &file, "-n", "4000"]);
    let rows = found.table("before.csv");
    let names: Vec<&str> = ["storm", "raid", "a.strike", "b.flag", "fair"].to_vec();
    assert_eq!(rows.len(), 2 * names.len(), "an outcome that never came has no rows");
    // The shares are those of the table of trials.
    let trials = desk.play(&["run", &file, "-n", "4000", "--trials", "csv"]).table("trials.csv");
    let column = trials[0].keys().find(|name| name.contains("storm")).expect("a column").clone();
    for outcome in ["war", "peace"] {
        let own: Vec<&Row> = trials.iter().filter(|row| row["outcome"] == outcome).collect();
        let came = |rows: &[&Row]| {
            let with = rows.iter().filter(|row| !row[&column].is_empty()).count();
            with as f64 / rows.len() as f64
        };
        let others: Vec<&Row> = trials.iter().filter(|row| row["outcome"] != outcome).collect();
        let row = before(&rows, outcome, "storm");
        assert_eq!(number(row, "ended"), own.len() as f64);
        assert_near(number(row, "share_with"), came(&own));
        assert_near(number(row, "share_without"), came(&others));
        assert_near(number(row, "share"), came(&trials.iter().collect::<Vec<_>>()));
        assert_near(number(row, "difference"), came(&own) - came(&others));
        for (value, low, high) in [
            ("share", "share_low", "share_high"),
            ("share_with", "with_low", "with_high"),
            ("share_without", "without_low", "without_high"),
            ("difference", "low", "high"),
            ("low", "low_all", "high"),
            ("high", "low", "high_all"),
        ] {
            let [value, low, high] = [value, low, high].map(|column| number(row, column));
            assert!(low <= value && value <= high, "{row:?}");
        }
    }
    // A flag goes with the war, and forcing or forbidding it changes nothing.
    let flag = before(&rows, "war", "b.flag");
    assert!(number(flag, "low_all") > 0.2, "{flag:?}");
    assert_eq!((number(flag, "forced"), number(flag, "forbidden")), (0.0, 0.0));
    let levers = found.table("levers.csv");
    let strike = before(&rows, "war", "a.strike");
    for lever in ["forced", "forbidden"] {
        let own = [("action", "a.strike"), ("lever", lever), ("outcome", "war")];
        assert_eq!(strike[lever], find(&levers, &own)["difference"]);
    }
    // What comes in every trial is no sign of anything.
    let fair = before(&rows, "war", "fair");
    assert_eq!((&*fair["kind"], number(fair, "difference")), ("calendar", 0.0));
    assert_eq!((&*fair["forced"], &*before(&rows, "war", "storm")["kind"]), ("", "event"));

    let out: String = found.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["What came before, in plain trials:", "need not bring it about", "before.csv", "raid"]
    {
        assert!(out.contains(words), "{words}: {}", found.out);
    }
    let page = found.text("report.html");
    for words in ["What came before", "Beta shows a flag", "A raid", "need not bring it about"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("The fair</td>"), "what makes no difference is not shown");
}

#[test]
fn a_trial_is_told_under_two_policies_and_where_they_part() {
    let desk = Desk::new();
    let file = desk.file("storm.toml", STORM);
    let compared = desk.play(&["compare", &file, "--policy", "calm", "-n", "300"]);
    let flips = compared.table("flips.csv");
    let flip = find(&flips, &[("outcome_a", "war"), ("outcome_b", "peace"), ("policy_b", "calm")]);
    let example = flip["examples"].split(' ').next().expect("an example");
    let asked = format!("--policy none --against calm --trial {example} --seed 1 -n 300");
    let out: String = compared.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains(&asked), "{asked}: {}", compared.out);
    assert!(compared.text("report.html").contains(&asked));

    let told = [&["trace", &*file][..], &asked.split(' ').collect::<Vec<_>>()].concat();
    let told = desk.play(&told);
    let trial: serde_json::Value = serde_json::from_str(&told.text("trace.json")).expect("JSON");
    let against = &trial["against"];
    assert_eq!((&trial["outcome"], &against["trial"]["outcome"]), (&"war".into(), &"peace".into()));
    assert_eq!(against["trial"]["policy"], "calm");
    let parting = &against["parting"];
    let step = parting["step"].as_u64().expect("a step") as usize;
    let moment = parting["moment"].as_u64().expect("a moment") as usize;
    assert_eq!(trial["steps"][step]["moments"][moment]["chose"], "a.strike");
    // All before is the same.
    for own in 0..step {
        let chosen = |trial: &serde_json::Value| {
            let moments = trial["steps"][own]["moments"].as_array().expect("moments").clone();
            let deeds = moments.into_iter().filter(|moment| moment["chose"] != "hold");
            deeds
                .map(|moment| (moment["name"].clone(), moment["chose"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(chosen(&trial), chosen(&against["trial"]), "step {own}");
    }
    let out: String = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "This is under “No policy”; under “Alpha keeps still” the same trial ends in “Peace”",
        "They part in ",
        "under “No policy”, Alpha strikes; under “Alpha keeps still”, ",
        "Under “Alpha keeps still” it goes on:",
    ] {
        assert!(out.contains(words), "{words}: {}", told.out);
    }
    let page = told.text("report.html");
    assert!(page.contains("under “Alpha keeps still”, ") && page.contains("They part in"));
    // Under itself alone, the other trial is that of its own run.
    let alone = ["trace", &*file, "--policy", "calm", "--trial", example, "-n", "300"];
    let alone: serde_json::Value =
        serde_json::from_str(&desk.play(&alone).text("trace.json")).expect("JSON");
    assert_eq!(alone["steps"], against["trial"]["steps"]);
}

#[test]
fn trials_that_do_not_part_or_part_at_once_are_said_to() {
    let desk = Desk::new();
    let file = desk.file("storm.toml", STORM);
    let told = |more: &[&str]| {
        let written = desk.play(&[&["trace", &*file, "-n", "300"], more].concat());
        written.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let trials = desk.play(&["run", &file, "-n", "300", "--trials", "csv"]).table("trials.csv");
    let calm = trials.iter().find(|row| row["outcome"] == "peace").expect("a peace");
    let same = told(&["--trial", &calm["trial"], "--against", "calm"]);
    assert!(same.contains("The same happens under both"), "{same}");
    assert!(!same.contains("it goes on"), "{same}");
    let early = told(&["--trial", "0", "--against", "other_start"]);
    assert!(early.contains("They part before the first step"), "{early}");
    let message = desk.fail(2, &["trace", &file, "--trial", "0", "--against", "none"]);
    assert!(message.contains("under `none` anyway"), "{message}");
    let message = desk.fail(2, &["trace", &file, "--trial", "0", "--against", "clam"]);
    assert!(message.contains("clam"), "{message}");
}

#[test]
fn examples_are_told_of_two_policies_and_not_of_repeated_draws() {
    let desk = Desk::new();
    let scenario = STORM.replace("[state]", "[assumptions]\nx = \"0.1 to 0.9\"\n[state]");
    let file = desk.file("storm.toml", &scenario);
    let drawn = ["--policy", "firm", "--goal", "avoid:war", "--draws", "20", "--repeats", "5"];
    let drawn = desk.play(&[&["compare", &*file], &drawn[..]].concat());
    assert!(!drawn.out.contains("--against"), "{}", drawn.out);
    let plain = ["compare", &*file, "--policy", "firm", "-n", "100", "--set", "assumptions.x=0.5"];
    let out: String = desk.play(&plain).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("--set assumptions.x=0.5 --seed 1 -n 100"), "{out}");
    let bytes = crate::command::demarche(&["trace", "--help"]).stdout;
    assert!(text(&bytes).contains("--against"));
}
