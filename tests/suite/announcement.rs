//! Deed and announcement: what a policy changes by its moves, and by being known.

use crate::tables::{Desk, Row, assert_near, find, number};

/// In half of the trials a can strike in step 1, which it never would by itself. b can yield in step
/// 0, which it does only to escape a strike that it foresees.
const YIELD: &str = r#"
format = 1
[scenario]
steps = 2
[assumptions]
open = { draw = "bernoulli(0.5)" }
[state]
u = { start = 1 }
[actors.b]
title = "Beta"
rationality = 1e6
foresight = 1
[actors.b.wants]
u = { of = "u", best = 1, worst = 0 }
[actors.b.actions.yield]
when = "t == 0"
effects = { u = 0.8 }
[actors.a]
title = "Alpha"
rationality = 1e6
[actors.a.wants]
u = { of = "u", best = 1, worst = 0 }
[actors.a.actions.strike]
when = "t == 1 and u == 1 and open"
effects = { u = 0 }
[[outcomes]]
id = "struck"
when = "u == 0"
[[outcomes]]
id = "yielded"
when = "u == 0.8"
[[outcomes]]
id = "quiet"
when = "u == 1"
[policies.threat]
title = "Alpha strikes"
force = [{ action = "a.strike", from = 1 }]
[policies.ambush]
title = "Alpha strikes from ambush"
force = [{ action = "a.strike", from = 1 }]
secret = true
[policies.poor]
title = "Yielding is cheap"
set = { "actors.b.actions.yield.effects.u" = 0.9 }
[policies.shown]
title = "A threat while yielding is cheap"
set = { "actors.b.actions.yield.effects.u" = 0.9 }
force = [{ action = "a.strike", from = 1 }]
[worlds.w]
title = "Strikes are always open"
set = { "assumptions.open" = true }
"#;

fn parts(rows: &[Row], policy: &str, outcome: &str) -> [f64; 3] {
    let row = find(rows, &[("policy", policy), ("outcome", outcome), ("world", "base")]);
    for part in ["total", "deed", "announcement"] {
        let [low, high] = [format!("{part}_low"), format!("{part}_high")];
        assert!(number(row, &low) < number(row, &high), "no width: {row:?}");
        assert!(number(row, &low) <= number(row, part) && number(row, part) <= number(row, &high));
    }
    let [total, deed, announcement] =
        ["total", "deed", "announcement"].map(|part| number(row, part));
    assert_near(total, deed + announcement);
    [total, deed, announcement]
}

#[test]
fn a_reaction_to_what_is_foreseen_is_the_announcements_and_the_move_the_deeds() {
    let desk = Desk::new();
    let file = desk.file("yield.toml", YIELD);
    let options = ["-n", "2000", "--announcement", "--world", "base"];
    let written = desk.play(&[&["compare", file.as_str()][..], &options].concat());
    let rows = written.table("announcement.csv");
    let summary = written.table("summary.csv");
    // In the same half of the trials: b yields to the known threat, and is struck from ambush.
    let open = number(find(&summary, &[("policy", "ambush"), ("outcome", "struck")]), "share");
    assert!((open - 0.5).abs() < 0.051, "{open}");
    let near = |found: [f64; 3], expected: [f64; 3]| {
        found.iter().zip(expected).for_each(|(found, expected)| assert_near(*found, expected));
    };
    near(parts(&rows, "threat", "yielded"), [open, 0.0, open]);
    near(parts(&rows, "threat", "struck"), [0.0, open, -open]);
    near(parts(&rows, "threat", "quiet"), [-open, -open, 0.0]);
    // The whole is what `comparison.csv` says, interval and all.
    let compared = written.table("comparison.csv");
    for row in &rows {
        let of = [("policy_b", row["policy"].as_str()), ("outcome", row["outcome"].as_str())];
        let own = find(&compared, &of);
        assert_eq!([&row["total"], &row["total_low"]], [&own["difference"], &own["low"]]);
    }
    // What a policy sets everyone knows: it is deed, and the twin sets it too.
    near(parts(&rows, "poor", "quiet"), [0.0, 0.0, 0.0]);
    near(parts(&rows, "shown", "struck"), [0.0, open, -open]);
    // A secret policy has no announcement, and the twins appear in no other table.
    assert!(rows.iter().all(|row| row["policy"] != "ambush" && row["policy"] != "none"));
    assert_eq!(rows.len(), 3 * 3 + 1, "{rows:?}");
    assert_eq!(summary.len(), 5 * 4, "{summary:?}");
    for said in [
        "Deed and announcement, in percentage points.",
        "“Alpha strikes from ambush” is secret already: all that it changes is deed.",
        "“Yielding is cheap” forces and forbids nothing. What a policy sets everyone knows",
    ] {
        assert!(written.out.contains(said), "{said}\n{}", written.out);
    }
    let first: Vec<&str> = written.out.lines().skip(3).take(4).collect();
    assert!(
        first.iter().any(|line| line.starts_with("Of the ") && line.contains("“Alpha strikes”"))
    );
    let page = written.text("report.html");
    assert!(
        page.contains("are the deed (95 %:") && page.contains("The deed comes first by convention")
    );
    let again = [&["compare", file.as_str()][..], &options, &["--engine", "reference"]].concat();
    assert_eq!(desk.play(&again).text("announcement.csv"), written.text("announcement.csv"));
}

#[test]
fn announcement_is_part_of_the_question() {
    let desk = Desk::new();
    let file = desk.file("yield.toml", YIELD);
    let plain = desk.play(&["compare", &file, "-n", "50"]);
    assert!(!plain.files.contains_key("announcement.csv"));
    assert!(!plain.text("manifest.json").contains("announcement"));
    let asked = desk.play(&["compare", &file, "-n", "50", "--announcement"]);
    assert!(asked.text("manifest.json").contains("\"announcement\": true"));
    assert!(asked.text("report.html").contains("compare yield.toml --announcement"));
    // All other tables are the same.
    for table in ["comparison.csv", "summary.csv", "ends.csv", "fidelity.csv", "flips.csv"] {
        assert_eq!(plain.text(table), asked.text(table), "{table}");
    }
    // Regret over draws plays no twins.
    let drawn = ["--draws", "40", "--repeats", "2", "--goal", "seek:quiet", "--announcement"];
    let drawn = desk.play(&[&["compare", file.as_str()][..], &drawn].concat());
    assert_eq!(drawn.table("regret_draws.csv").len(), 5 * 2);
    assert_eq!(drawn.table("announcement.csv").len(), 2 * (3 * 3 + 1));
}

#[test]
fn where_there_is_nothing_to_take_apart_the_message_says_why() {
    let desk = Desk::new();
    let file = desk.file("yield.toml", YIELD);
    let other = desk.file("other.toml", YIELD);
    let message = desk.fail(2, &["compare", &file, &other, "--announcement"]);
    assert!(message.contains("leave out the second file"), "{message}");
    let secret = ["compare", &file, "--announcement", "--policy", "ambush"];
    let message = desk.fail(2, &secret);
    assert!(message.contains("every policy that is compared is secret already"), "{message}");
}

#[test]
fn against_a_baseline_the_deed_is_the_twin_less_the_baseline() {
    let desk = Desk::new();
    let file = desk.file("yield.toml", YIELD);
    let options = ["-n", "1000", "--announcement", "--world", "base", "--baseline", "ambush"];
    let written = desk.play(&[&["compare", file.as_str()][..], &options].concat());
    let rows = written.table("announcement.csv");
    // Its twin is the baseline: all that it changes is announcement.
    let [total, deed, announcement] = parts(&rows, "threat", "struck");
    assert_eq!([total, deed], [announcement, 0.0]);
    assert!((total + 0.5).abs() < 0.072, "{total}");
}

#[test]
fn the_gain_of_the_aid_stick_is_the_announcements() {
    let file = "tests/fixtures/nile-dam.toml";
    let desk = Desk::new();
    let options = ["-n", "600", "--announcement", "--world", "base", "--policy", "aid_stick"];
    let written = desk.play(&[&["compare", file][..], &options].concat());
    let fidelity = written.table("fidelity.csv");
    let made = number(&fidelity[0], "made");
    assert!((made - 0.12).abs() < 0.045, "{made}");
    let first: Vec<&str> = written.out.lines().skip(3).take(3).collect();
    let carried_out = "“Washington suspends aid at once” is carried out in 1";
    assert!(first[0].starts_with(carried_out), "{}", written.out);
    assert!(first[1].contains("are the deed") && first[1].contains("the announcement"));
    let rows = written.table("announcement.csv");
    let deal = find(&rows, &[("outcome", "deal")]);
    assert!(number(deal, "announcement_low") > 0.0, "{deal:?}");
    assert!(number(deal, "deed_low") <= 0.0 && 0.0 <= number(deal, "deed_high"), "{deal:?}");
    assert!(number(deal, "announcement") > 0.9 * number(deal, "total"), "{deal:?}");
}
