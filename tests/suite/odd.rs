//! Unusual comparisons: which are refused, and which must still give results.

use crate::command::{demarche, text};
use crate::tables::{Desk, RIVALS, find, number};

#[test]
fn for_an_unknown_name_the_nearest_is_suggested() {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    for (option, name, near) in [
        ("--policy", "quite", "quiet"),
        ("--world", "titled", "tilted"),
        ("--baseline", "gounded", "grounded"),
        ("--goal", "avoid:b_ahaed", "b_ahead"),
        ("--goal", "seek:tense,unresolve", "unresolved"),
        ("--goal", "actor:bb", "b"),
    ] {
        let message = desk.fail(2, &["compare", &file, option, name]);
        let last = name.rsplit([':', ',']).next().expect("a name");
        assert!(message.contains(&format!("`{last}`")), "{message}");
        assert!(message.contains(&format!("did you mean `{near}`")), "{message}");
    }
    // If no name is near, all names are listed.
    let message = desk.fail(2, &["compare", &file, "--world", "zzzzzzzzzz"]);
    assert!(
        message.contains("there are: base, tilted") && !message.contains("did you mean"),
        "{message}"
    );
}

#[test]
fn a_file_without_policies_is_told_what_to_add() {
    let desk = Desk::new();
    let text = RIVALS.split("[policies.").next().expect("a part");
    let file = desk.file("bare.toml", text);
    let message = desk.fail(2, &["compare", &file]);
    for words in ["no policies", "[policies.restraint]", "forbid = [\"a.push\"]"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    // After adding what the message says, the comparison works.
    let lines: Vec<&str> = message.lines().map(str::trim).collect();
    let from = lines.iter().position(|line| line.starts_with("[policies")).expect("a table");
    let mended = desk.file("mended.toml", &format!("{text}{}\n", lines[from..].join("\n")));
    desk.play(&["compare", &mended, "-n", "10"]);
}

#[test]
fn a_file_with_worlds_and_no_policies_shows_its_worlds() {
    let desk = Desk::new();
    let text = RIVALS.split("[policies.").next().expect("a part");
    let text = format!("{text}[worlds.w]\nset = {{ \"events.shock.chance\" = 0.9 }}\n");
    let file = desk.file("worlds.toml", &text);
    let summary = desk.play(&["compare", &file, "-n", "10"]).table("summary.csv");
    for world in ["base", "w"] {
        assert!(summary.iter().any(|row| row["world"] == world), "{world}: {summary:?}");
    }
}

#[test]
fn a_policy_named_twice_is_played_once() {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    let cells = |more: &[&str]| {
        let found = desk.play(&[&["compare", &*file, "-n", "20"], more].concat());
        let rows = found.table("summary.csv");
        let cells = rows.iter().filter(|row| row["outcome"] == "tense");
        let cells = cells.map(|row| format!("{} {}", row["policy"], row["world"]));
        (cells.collect::<Vec<_>>().join(", "), found.table("comparison.csv").len())
    };
    let twice = ["--policy", "none", "--policy", "none"];
    assert_eq!(cells(&twice), ("none base, none tilted".to_owned(), 0));
    let message = desk.fail(2, &[&["compare", &*file, "--world", "base"], &twice[..]].concat());
    assert!(message.contains("nothing to compare"), "{message}");
    let also = ["--baseline", "quiet", "--policy", "none", "--policy", "quiet", "--world", "base"];
    assert_eq!(cells(&also), ("quiet base, none base".to_owned(), 4));
    let same = ["--policy", "quiet", "--policy", "quiet", "--world", "base", "--world", "base"];
    assert_eq!(cells(&same), ("none base, quiet base".to_owned(), 4));
}

#[test]
fn one_trial_gives_wide_intervals_and_no_nan() {
    let desk = Desk::new();
    let file = desk.file("two.dots.toml", RIVALS);
    for verb in ["compare", "levers"] {
        let found = desk.play(&[verb, &file, "-n", "1"]);
        for (name, bytes) in found.files.iter().filter(|(name, _)| name.ends_with(".csv")) {
            assert!(!text(bytes).contains("NaN"), "{name}: {}", text(bytes));
        }
        assert!(!found.out.contains("NaN"), "{}", found.out);
        let rows = found.table("summary.csv");
        assert!(rows.iter().all(|row| row["scenario"] == "two.dots"));
    }
    let rows = desk.play(&["compare", &file, "-n", "1"]).table("comparison.csv");
    for row in &rows {
        let [low, difference, high] = ["low", "difference", "high"].map(|name| number(row, name));
        assert!(-1.0 <= low && low <= difference && difference <= high && high <= 1.0);
        assert!(high - low > 0.5, "{row:?}");
    }
}

/// Nothing happens in a trial; only the start is drawn.
const STILL: &str = "format = 1\n[scenario]\nsteps = 0\n[assumptions]\np = 'beta(2, 5)'\n\
                     [state]\nx = { start = 'p' }\n[policies.more]\nset = { 'assumptions.p' = 0.9 }\n";

#[test]
fn scenarios_without_steps_actors_or_outcomes_are_compared() {
    let desk = Desk::new();
    let file = desk.file("still.toml", STILL);
    let found = desk.play(&["compare", &file, "-n", "100", "--goal", "seek:unresolved"]);
    let rows = found.table("comparison.csv");
    let row = find(&rows, &[("outcome", "unresolved")]);
    assert_eq!((rows.len(), number(row, "share_a"), number(row, "difference")), (1, 1.0, 0.0));
    assert_eq!(row["variance_ratio"], "", "nothing varies");
    let means = found.table("comparison_measures.csv");
    let x = find(&means, &[("measure", "x")]);
    assert_eq!(number(x, "mean_b"), 0.9);
    assert!(number(x, "low") > 0.5, "{x:?}");
    let robust = found.table("robustness.csv");
    assert!(robust.iter().all(|row| number(row, "maximin") == 1.0));
    let message = desk.fail(2, &["compare", &file, "--goal", "actor:a"]);
    assert!(message.contains("no actor is called `a`"), "{message}");
    // With outcomes, of which one always holds.
    let ended = format!(
        "{STILL}[[outcomes]]\nid = 'high'\nwhen = 'x > 0.5'\n[[outcomes]]\nid = 'low'\nwhen = 'x <= 0.5'\n"
    );
    let found = desk.play(&["compare", &desk.file("ended.toml", &ended), "-n", "100"]);
    let rows = found.table("comparison.csv");
    assert_eq!(rows.len(), 2, "unresolved is left out where it never comes");
    assert_eq!(number(find(&rows, &[("outcome", "high")]), "share_b"), 1.0);
}

#[test]
fn an_accident_names_the_policy_and_world_it_happened_under() {
    let desk = Desk::new();
    let text = format!(
        "{RIVALS}[policies.wild]\nset = {{ \"laws.v\" = \"v / (if t > 1 then 0 else 1)\" }}\n"
    );
    let file = desk.file("rivals.toml", &text);
    let message = desk.fail(1, &["compare", &file, "-n", "50", "--world", "tilted"]);
    for words in ["trial 0", "laws.v", "policy wild", "world tilted"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    // The same trial is named, whatever else is played and however the work is divided.
    let alone = desk.fail(1, &["run", &file, "-n", "50", "--world", "tilted", "--policy", "wild"]);
    assert!(alone.contains("trial 0") && alone.contains("laws.v"), "{alone}");
    // A lever can cause an accident, too.
    let only = "format = 1\n[scenario]\nsteps = 1\n[state]\nx = { start = 1 }\n[laws]\nx = '1 / x'\n\
                [actors.a]\nrationality = 10000\nactions.halt = { cost = 1, effects = { x = 0 } }\n";
    let message = desk.fail(1, &["levers", &desk.file("halt.toml", only), "-n", "20"]);
    assert!(
        message.contains("policy forced:a.halt") && message.contains("world base"),
        "{message}"
    );
}

#[test]
fn the_lowest_trial_with_an_accident_is_named_however_the_work_is_divided() {
    let desk = Desk::new();
    let text = "format = 1\n[scenario]\nsteps = 1\n[state]\nx = { start = 1 }\ny = { start = 1 }\n\
                [events.slip]\nchance = 0.001\neffects = { x = 0 }\n[laws]\ny = '1 / x'\n\
                [policies.worse]\nset = { 'events.slip.chance' = 0.05 }\n";
    let file = desk.file("slip.toml", text);
    let message =
        |more: &[&str]| desk.fail(1, &[&["compare", &*file, "-n", "2000"], more].concat());
    let one = message(&["-j", "1"]);
    assert!(one.contains("policy worse"), "what slips more often slips first: {one}");
    for more in
        [&["-j", "2", "--block", "1"][..], &["-j", "8", "--block", "7"], &["--block", "256"]]
    {
        assert_eq!(message(more), one);
    }
}

#[test]
fn quiet_prints_nothing() {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    for asked in [&["compare", &*file][..], &["compare", &file, &file], &["levers", &file]] {
        let found = desk.play(&[asked, &["-q", "-n", "10"]].concat());
        assert_eq!(found.out, "");
    }
    assert!(!demarche(&["compare"]).status.success());
}

#[test]
fn as_many_outcomes_as_a_file_may_have_are_compared_at_once() {
    let mut text = "format = 1\n[scenario]\nsteps = 0\n[assumptions]\nx = 'uniform(0, 4096)'\n\
                    [policies.less]\nset = { 'assumptions.x' = 'uniform(0, 4000)' }\n"
        .to_owned();
    for index in 0..4096 {
        text += &format!("[[outcomes]]\nid = 'o{index}'\nwhen = 'x < {}'\n", index + 1);
    }
    let desk = Desk::new();
    let found = desk.play(&["compare", &desk.file("many.toml", &text), "-n", "100"]);
    let flips: Vec<f64> =
        found.table("flips.csv").iter().map(|row| number(row, "trials")).collect();
    assert!(flips.len() > 50 && flips.iter().sum::<f64>() == 100.0, "{}", flips.len());
    assert_eq!(found.table("comparison.csv").len(), 4096);
}
