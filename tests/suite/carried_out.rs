//! Whether policies are carried out: how often a forced move is made, with the policy and without.

use crate::tables::{Desk, Row, assert_near, find, number};

/// a may strike only where a fact that is drawn for each trial allows it, and never would by
/// itself; b goes in every step until `until`, and is forced to go twice in steps 2 to 4.
fn open_now_and_then(until: u32, more: &str) -> String {
    format!(
        r#"format = 1
[scenario]
steps = 6
[assumptions]
open = {{ draw = "bernoulli(0.125)" }}
[state]
hits = {{ start = 0 }}
goes = {{ start = 0 }}
[actors.a]
title = "Alpha"
rationality = 1e6
[actors.a.wants]
peace = {{ of = "hits", best = 0, worst = 10 }}
[actors.a.actions.strike]
title = "strikes"
when = "open"
effects = {{ hits = "+= 1" }}
[actors.b]
rationality = 1e6
[actors.b.wants]
goes = {{ of = "if t < {until} then goes else -goes", best = 100, worst = -100 }}
[actors.b.actions.go]
effects = {{ goes = "+= 1" }}
[[outcomes]]
id = "struck"
when = "hits > 0"
[[outcomes]]
id = "quiet"
when = "hits == 0"
[policies.blow]
title = "Alpha strikes at once"
force = [{{ action = "a.strike", to = 1 }}]
[policies.both]
force = [{{ action = "b.go", from = 2, to = 4, times = 2 }}, {{ action = "a.strike", from = 1, to = 9 }}]
[policies.go]
title = "Beta goes"
force = [{{ action = "b.go", from = 2, to = 4, times = 2 }}]
[policies.calm]
forbid = ["a.strike"]
{more}"#
    )
}

fn row<'a>(rows: &'a [Row], policy: &str, action: &str) -> &'a Row {
    find(rows, &[("policy", policy), ("action", action), ("world", "base")])
}

#[test]
fn a_move_that_is_open_in_one_trial_of_eight_is_made_there_and_nowhere_else() {
    let desk = Desk::new();
    let file = desk.file("open.toml", &open_now_and_then(0, ""));
    let written = desk.play(&["compare", &file, "-n", "4000"]);
    let rows = written.table("fidelity.csv");
    assert_eq!(rows.len(), 4, "{rows:?}");
    let strike = row(&rows, "blow", "a.strike");
    let made = number(strike, "made");
    // 4.5 standard errors of 4,000 trials.
    assert!((made - 0.125).abs() < 0.0235, "{strike:?}");
    assert_eq!(strike["made_without"], "0");
    assert_eq!([&strike["from"], &strike["to"], &strike["trials"]], ["0", "1", "4000"]);
    assert_eq!([&strike["scenario"], &strike["item"]], ["open", ""]);
    // It is made exactly where it is open.
    let struck = written.table("summary.csv");
    let struck = find(&struck, &[("policy", "blow"), ("outcome", "struck")]);
    assert_near(made, number(struck, "share"));
    assert_eq!(number(row(&rows, "both", "a.strike"), "made"), made);
    let said = format!(
        "“Alpha strikes at once” is carried out in {:.0} of 100 trials (0 without it).",
        100.0 * made
    );
    let first_lines: Vec<&str> = written.out.lines().take(6).collect();
    assert!(first_lines.contains(&said.as_str()), "{said}\n{}", written.out);
    let both = format!(
        "“Both” is not carried out as a whole: “Alpha strikes” is made in {:.0} of 100 trials (0 without it).",
        100.0 * made
    );
    assert!(first_lines.contains(&both.as_str()), "{both}\n{}", written.out);
    assert!(!first_lines.iter().any(|line| line.contains("Beta goes")), "{}", written.out);
    assert!(first_lines.iter().any(|line| line.contains("--announcement")), "{}", written.out);
    let page = written.text("report.html");
    assert!(page.contains(&said) && page.contains("Made without it"), "{said}");
    // The same by the other engine, and for any number of threads.
    let again = desk.play(&["compare", &file, "-n", "4000", "--engine", "reference", "-j", "1"]);
    assert_eq!(again.text("fidelity.csv"), written.text("fidelity.csv"));
}

#[test]
fn only_what_is_made_inside_the_window_counts_and_as_often_as_is_asked() {
    let desk = Desk::new();
    // Without the policy, b goes in the steps before `until`: so often in the window 2 to 4.
    for (until, without) in [(2, "0"), (3, "0"), (4, "1"), (6, "1")] {
        let file = desk.file("go.toml", &open_now_and_then(until, ""));
        let written = desk.play(&["compare", &file, "-n", "50", "--policy", "go"]);
        let rows = written.table("fidelity.csv");
        let go = row(&rows, "go", "b.go");
        assert_eq!([&go["made"], &go["made_without"]], ["1", without], "{until}");
        assert!(!written.out.contains("carried out in"), "{}", written.out);
    }
}

#[test]
fn a_window_that_never_opens_is_made_in_no_trial() {
    let late = "[policies.late]\nforce = [{ action = 'b.go', from = 5, times = 2 }]\n";
    let desk = Desk::new();
    let file = desk.file("late.toml", &open_now_and_then(0, late));
    let written = desk.play(&["compare", &file, "-n", "50", "--policy", "late"]);
    let rows = written.table("fidelity.csv");
    let late = row(&rows, "late", "b.go");
    assert_eq!([&late["made"], &late["from"], &late["to"]], ["0", "5", "5"]);
    let said = "“Late” is carried out in none of 50 trials (0 without it).";
    assert!(written.out.contains(said), "{}", written.out);
    // No interval of width zero.
    let table = written.out.lines().find(|line| line.contains("b.go ×2")).expect("a row");
    assert!(table.contains("0 to 7.1"), "{table}");
}

#[test]
fn without_the_policy_means_under_the_baseline() {
    let desk = Desk::new();
    let file = desk.file("base.toml", &open_now_and_then(0, ""));
    let options = ["-n", "500", "--baseline", "both", "--policy", "blow", "--policy", "none"];
    let written = desk.play(&[&["compare", file.as_str()][..], &options].concat());
    let rows = written.table("fidelity.csv");
    assert_eq!(rows.len(), 3, "{rows:?}");
    // The baseline strikes from step 1 on, where it can, which is inside the window of the other.
    let blow = row(&rows, "blow", "a.strike");
    assert_eq!(blow["made"], blow["made_without"]);
    assert!(written.out.contains("under “Both”)."), "{}", written.out);
    // The baseline itself is compared with nothing.
    let own = row(&rows, "both", "b.go");
    assert_eq!([&own["made"], &own["made_without"]], ["1", ""]);
}

#[test]
fn of_two_files_each_is_compared_with_itself_under_no_policy() {
    let desk = Desk::new();
    let first = desk.file("first.toml", &open_now_and_then(0, ""));
    let second = desk.file("second.toml", &open_now_and_then(6, ""));
    let written = desk.play(&["compare", &first, &second, "-n", "60"]);
    let rows = written.table("fidelity.csv");
    assert_eq!(rows.len(), 8, "{rows:?}");
    for (scenario, without) in [("first", "0"), ("second", "1")] {
        let go = find(&rows, &[("scenario", scenario), ("policy", "go")]);
        assert_eq!([&go["made"], &go["made_without"]], ["1", without], "{scenario}");
    }
    let options = ["-n", "60", "--policy", "go"];
    let alone = desk.play(&[&["compare", &first, &second][..], &options].concat());
    let rows = alone.table("fidelity.csv");
    assert!(rows.iter().all(|row| row["made_without"].is_empty()), "{rows:?}");
}

#[test]
fn a_run_says_how_far_its_policy_was_carried_out() {
    let desk = Desk::new();
    let file = desk.file("run.toml", &open_now_and_then(0, ""));
    let compared = desk.play(&["compare", &file, "-n", "2000", "--policy", "blow"]);
    let run = desk.play(&["run", &file, "-n", "2000", "--policy", "blow"]);
    let (wanted, rows) = (compared.table("fidelity.csv"), run.table("fidelity.csv"));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["made"], wanted[0]["made"]);
    assert_eq!(rows[0]["made_without"], "");
    let said = format!(
        "“Alpha strikes at once” is carried out in {:.0} of 100 trials.",
        100.0 * number(&rows[0], "made")
    );
    assert!(run.out.contains(&said), "{said}\n{}", run.out);
    assert!(run.text("report.html").contains(&said));
    // Of several plays of each draw, the first is the ordinary run.
    let options = ["--draws", "2000", "--repeats", "2", "--policy", "blow"];
    let drawn = desk.play(&[&["run", file.as_str()][..], &options].concat());
    assert_eq!(drawn.text("fidelity.csv"), run.text("fidelity.csv"));
    for policy in ["none", "calm"] {
        let free = desk.play(&["run", &file, "-n", "20", "--policy", policy]);
        assert!(!free.files.contains_key("fidelity.csv"));
    }
    let free = desk.play(&["compare", &file, "-n", "20", "--policy", "calm"]);
    assert!(!free.files.contains_key("fidelity.csv"));
}

#[test]
fn levers_say_how_often_a_move_is_made_unforced_and_when_forced() {
    let desk = Desk::new();
    let file = desk.file("lever.toml", &open_now_and_then(0, ""));
    let written = desk.play(&["levers", &file, "-n", "2000"]);
    let rows = written.table("levers.csv");
    let lever = |action: &str, lever: &str| {
        let own = [("action", action), ("lever", lever), ("outcome", "struck")];
        let row = find(&rows, &own);
        [row["made_unforced"].clone(), row["made_forced"].clone()]
    };
    let compared = desk.play(&["compare", &file, "-n", "2000", "--policy", "blow"]);
    let made = compared.table("fidelity.csv")[0]["made"].clone();
    assert_eq!(lever("a.strike", "forced"), ["0".to_owned(), made]);
    assert_eq!(lever("a.strike", "forbidden"), ["0", ""]);
    assert_eq!(lever("b.go", "forced"), ["0", "1"]);
    let page = written.text("report.html");
    let said = "when it is forced at its first chance (0 unforced).";
    assert!(page.contains("“Alpha strikes” is made in 1") && page.contains(said));
}
