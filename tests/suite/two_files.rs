//! Comparing a scenario with an edited copy, on common random numbers.

use crate::tables::{Desk, RIVALS, Row, find, number};

/// An outcome that is tested before the others.
const FAR: &str = "[[outcomes]]\nid = \"far\"\nwhen = \"u > 0.9\"\n";

fn copy() -> String {
    RIVALS
        .replacen("[[outcomes]]\n", &format!("{FAR}[[outcomes]]\n"), 1)
        .replace("chance = 0.2", "chance = 0.25")
}

#[test]
fn differences_are_listed_by_key_with_both_values() {
    let desk = Desk::new();
    let (one, other) = (desk.file("rivals.toml", RIVALS), desk.file("edited.toml", &copy()));
    let found = desk.play(&["compare", &one, &other, "-n", "300"]);
    let changes = found.table("changes.csv");
    assert_eq!(changes.len(), 2, "{changes:?}");
    let chance = find(&changes, &[("key", "events.shock.chance")]);
    assert_eq!((&*chance["old"], &*chance["new"]), ("0.2", "0.25"));
    assert_eq!((&*chance["scenario_a"], &*chance["scenario_b"]), ("rivals", "edited"));
    let far = find(&changes, &[("key", "outcomes.far")]);
    assert_eq!(far["old"], "");
    assert!(far["new"].contains("u > 0.9"), "{far:?}");
    for words in ["2 keys differ", "events.shock.chance", "0.25", "outcomes.far", "u > 0.9"] {
        assert!(found.out.contains(words), "{words}: {}", found.out);
    }
    // Each policy in each world, the first file against the second.
    let rows = found.table("comparison.csv");
    assert_eq!(rows.len(), 5 * 2 * 4);
    for row in &rows {
        assert_eq!((&*row["scenario_a"], &*row["scenario_b"]), ("rivals", "edited"));
        assert_eq!((&row["policy_a"], &row["world_a"]), (&row["policy_b"], &row["world_b"]));
        assert_ne!(row["outcome"], "far", "an outcome that only one of them has");
    }
    let gained = |row: &&Row| row["outcome_b"] == "far";
    assert!(found.table("flips.csv").iter().filter(gained).count() > 0);
    assert_eq!(found.files["scenario-b.toml"], copy().as_bytes());
}

#[test]
fn shares_of_both_sides_are_those_of_runs() {
    let desk = Desk::new();
    let (one, other) = (desk.file("rivals.toml", RIVALS), desk.file("edited.toml", &copy()));
    let play = ["-n", "300", "--policy", "quiet", "--world", "tilted"];
    let found = desk.play(&[&["compare", &*one, &other], &play[..]].concat());
    let summary = found.text("summary.csv");
    let mut rows = summary.lines().skip(1);
    for file in [one, other] {
        let run = desk.play(&[&["run", &*file], &play[..]].concat());
        for expected in run.text("summary.csv").lines().skip(1) {
            assert_eq!(rows.next(), Some(expected));
        }
    }
    assert_eq!(rows.next(), None);
}

/// Checks that no trial changes its outcome, and that every difference is exactly zero,
/// except for the named ends.
#[track_caller]
fn assert_same(found: &crate::tables::Written, but: &[&str]) {
    for row in found.table("comparison.csv") {
        let counts = ["difference", "n_ab", "n_ba"].map(|name| number(&row, name));
        assert_eq!(counts, [0.0; 3], "{row:?}");
    }
    for row in found.table("flips.csv") {
        assert_eq!(row["outcome_a"], row["outcome_b"]);
    }
    let mut moved = 0;
    for row in found.table("comparison_measures.csv") {
        let still = number(&row, "difference") == 0.0 && number(&row, "n_differ") == 0.0;
        assert!(still || but.contains(&&*row["measure"]), "{row:?}");
        // That no trial differs does not mean that none could.
        let known = ["low", "high"].map(|name| row[name].parse::<f64>().ok());
        assert!(known[0].zip(known[1]).is_none_or(|(low, high)| low < high), "{row:?}");
        moved += usize::from(!still);
    }
    assert!(moved > 0 || but.is_empty(), "nothing moved");
}

#[test]
fn identical_copies_differ_by_exactly_zero() {
    let desk = Desk::new();
    let (one, other) = (desk.file("a/rivals.toml", RIVALS), desk.file("b/rivals.toml", RIVALS));
    for second in [&other, &one] {
        let found = desk.play(&["compare", &one, second, "-n", "200"]);
        assert_same(&found, &[]);
        assert!(found.table("changes.csv").is_empty());
        assert!(found.out.contains("say the same"), "{}", found.out);
        let rows = found.table("summary.csv");
        assert!(
            rows.iter().any(|row| row["scenario"] == "rivals-b"),
            "the names are distinguishable"
        );
    }
    // Changes of layout and comments do not count.
    let spaced = RIVALS.replace("steps = 4", "# four\nsteps    =    4");
    let spaced = desk.file("spaced.toml", &spaced);
    assert!(desk.play(&["compare", &one, &spaced, "-n", "20"]).table("changes.csv").is_empty());
}

#[test]
fn a_new_actor_event_or_law_leaves_the_draws_elsewhere_as_they_were() {
    let desk = Desk::new();
    let base = RIVALS.replace("[state]\n", "[state]\naside = { start = 0 }\n");
    let one = desk.file("rivals.toml", &base);
    let event = "[events.gale]\nchance = 0.5\neffects = { aside = 'uniform(0, 1)' }\n";
    let actor = "[actors.c]\nrationality = 2\nforesight = 1\n\
                 wants.it = { of = 'aside', best = 1, worst = 0 }\n\
                 actions.go = { effects = { aside = '+= 0.3' } }\n";
    let events = format!("{event}[events.shock]");
    let actors = format!("{actor}[actors.a]");
    let both = base.replace("[events.shock]", &events).replace("[actors.a]", &actors);
    for (name, text) in [
        ("event", base.replace("[events.shock]", &events)),
        ("actor", base.replace("[actors.a]", &actors)),
        ("both", both),
        ("law", base.replace("[laws]\n", "[laws]\naside = 'normal(0, 1)'\n")),
    ] {
        let other = desk.file(&format!("{name}.toml"), &text);
        let found = desk.play(&["compare", &one, &other, "-n", "300", "--policy", "none"]);
        assert_same(&found, &["aside"]);
    }
}

#[test]
fn policies_and_worlds_of_one_file_only_are_left_out_or_named() {
    let desk = Desk::new();
    let more = "[policies.bold]\nforce = [{ action = \"a.push\" }]\n\
                [worlds.odd]\nset = { \"events.shock.chance\" = 0.9 }\n";
    let one = desk.file("rivals.toml", RIVALS);
    let other = desk.file("more.toml", &format!("{RIVALS}{more}"));
    for (first, second) in [(&one, &other), (&other, &one)] {
        let found = desk.play(&["compare", first, second, "-n", "20"]);
        let rows = found.table("summary.csv");
        assert!(rows.iter().all(|row| row["policy"] != "bold" && row["world"] != "odd"));
        assert_eq!(found.table("comparison.csv").len(), 5 * 2 * 4);
        let message = desk.fail(2, &["compare", first, second, "--policy", "bold"]);
        assert!(message.contains("bold") && message.contains("both files"), "{message}");
        assert!(message.contains("quiet"), "the existing ones are listed: {message}");
        let message = desk.fail(2, &["compare", first, second, "--world", "odd"]);
        assert!(message.contains("odd") && message.contains("tilted"), "{message}");
    }
}

#[test]
fn mistakes_in_either_file_are_reported_with_its_name() {
    let desk = Desk::new();
    let one = desk.file("rivals.toml", RIVALS);
    let broken = desk.file("broken.toml", &RIVALS.replace("u - v", "u - w"));
    for (first, second) in [(&one, &broken), (&broken, &one)] {
        let message = desk.fail(2, &["compare", first, second]);
        assert!(message.contains("broken.toml"), "{message}");
    }
    let message = desk.fail(2, &["compare", &one, "/no/such/file.toml"]);
    assert!(message.contains("/no/such/file.toml"), "{message}");
    for option in ["--baseline", "--goal"] {
        let value = if option == "--goal" { "avoid:tense" } else { "none" };
        assert!(desk.fail(2, &["compare", &one, &one, option, value]).contains(option));
    }
}
