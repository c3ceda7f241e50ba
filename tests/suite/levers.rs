//! `levers`: every single move, forced and forbidden.

use demarche::model::Document;
use demarche::study::{Pull, levers};

use crate::play::{first, option, option_at, play};
use crate::tables::{Desk, assert_near, find, number};

/// a may strike from step 1 on, and that is war; its other move and b's dance change
/// nothing of importance. A late war is a long one.
const STRIKE: &str = r#"
format = 1
[scenario]
title = "Strike"
steps = 4
[state]
war = { start = false }
moves = { start = 0 }
[actors.a]
title = "Alpha"
rationality = 2
[actors.a.actions.nod]
effects = { moves = "+= 1" }
[actors.a.actions.strike]
when = "t >= 1"
cost = 0.8
effects = { war = true }
[actors.b]
rationality = 1
[actors.b.actions.dance]
effects = { moves = "+= 1" }
[[outcomes]]
id = "early"
when = "war and t < 2"
ends = true
[[outcomes]]
id = "war"
when = "war"
ends = true
[[outcomes]]
id = "peace"
when = "not war"
[policies.strike]
force = [{ action = "a.strike" }]
[policies.no_strike]
forbid = ["a.strike"]
[policies.dance]
force = [{ action = "b.dance" }]
[policies.quiet]
forbid = ["a.nod"]
[worlds.keen]
set = { "actors.a.actions.strike.cost" = 0.1 }
"#;

#[test]
fn the_move_that_matters_most_comes_first() {
    let desk = Desk::new();
    let file = desk.file("strike.toml", STRIKE);
    let found = desk.play(&["levers", &file, "-n", "1000"]);
    let rows = found.table("levers.csv");
    assert_eq!(rows.len(), 6 * 3, "three moves, forced and forbidden, and three outcomes");
    let ranks: Vec<&str> = rows.iter().map(|row| &*row["rank"]).collect();
    assert_eq!(ranks[..4], ["1", "1", "1", "2"]);
    assert!(rows[..6].iter().all(|row| row["action"] == "a.strike" && row["actor"] == "a"));
    let row = |action: &str, lever: &str, outcome: &str| {
        find(&rows, &[("action", action), ("lever", lever), ("outcome", outcome)])
    };
    let (forced, forbidden) =
        (row("a.strike", "forced", "early"), row("a.strike", "forbidden", "peace"));
    assert_eq!((number(forced, "made_forced"), forbidden["made_forced"].as_str()), (1.0, ""));
    assert_eq!(forced["made_unforced"], forbidden["made_unforced"]);
    let plain = number(forced, "made_unforced");
    assert!(0.1 < plain && plain < 0.9, "{plain}");
    // Forced, the war comes in step 1; forbidden, never.
    assert_eq!((number(forced, "share_with"), number(forbidden, "share_with")), (1.0, 1.0));
    assert_near(number(forbidden, "difference"), plain);
    assert_near(number(forced, "distance"), 1.0 - number(forced, "share_plain"));
    // A move that affects no want only changes what else its actor does.
    for outcome in ["early", "war", "peace"] {
        for lever in ["forced", "forbidden"] {
            assert_eq!(number(row("b.dance", lever, outcome), "difference"), 0.0);
        }
    }
    // The ranking is by the largest change of any outcome.
    let largest = |rank: usize| {
        let own = rows.iter().filter(|row| row["rank"] == rank.to_string());
        own.map(|row| number(row, "difference").abs()).fold(0.0, f64::max)
    };
    for rank in 1..6 {
        assert!(largest(rank) >= largest(rank + 1), "rank {rank}");
    }
    for words in
        ["Alpha", "a.strike", "forced", "made unforced", "when forced", "levers.csv", "3 moves"]
    {
        assert!(found.out.contains(words), "{words}: {}", found.out);
    }
}

#[test]
fn a_lever_changes_what_the_same_policy_would_change() {
    let desk = Desk::new();
    let file = desk.file("strike.toml", STRIKE);
    let worlds = ["--world", "base", "--world", "keen", "-n", "700", "--seed", "5"];
    let pulled = desk.play(&[&["levers", &*file], &worlds[..]].concat()).table("levers.csv");
    let compared = desk.play(&[&["compare", &*file], &worlds[..]].concat()).table("comparison.csv");
    assert_eq!(pulled.len(), 2 * 6 * 3);
    for world in ["base", "keen"] {
        for (policy, action, lever) in [
            ("strike", "a.strike", "forced"),
            ("no_strike", "a.strike", "forbidden"),
            ("dance", "b.dance", "forced"),
            ("quiet", "a.nod", "forbidden"),
        ] {
            for outcome in ["early", "war", "peace"] {
                let own = [("world", world), ("action", action), ("lever", lever)];
                let one = find(&pulled, &[&own[..], &[("outcome", outcome)]].concat());
                let pair = [("world_b", world), ("policy_b", policy), ("outcome", outcome)];
                let other = find(&compared, &pair);
                for column in ["difference", "low", "high", "n_ab", "n_ba", "variance_ratio"] {
                    assert_eq!(one[column], other[column], "{column} of {policy} in {world}");
                }
                assert_eq!(one["share_plain"], other["share_a"]);
                assert_eq!(one["share_with"], other["share_b"]);
            }
        }
    }
    // A world that is named twice is played once.
    let twice = ["levers", &*file, "--world", "keen", "--world", "keen", "-n", "10"];
    assert_eq!(desk.play(&twice).table("levers.csv").len(), 6 * 3);
}

#[test]
fn a_move_is_forced_when_it_is_first_open_and_forbidden_throughout() {
    let document = Document::read("strike.toml", STRIKE.as_bytes());
    let model = document.model("none", "base").expect("sound");
    let all = levers(&model);
    let names: Vec<String> = all.iter().map(|lever| lever.name(&model)).collect();
    assert_eq!(
        names,
        [
            "forced:a.nod",
            "forbidden:a.nod",
            "forced:a.strike",
            "forbidden:a.strike",
            "forced:b.dance",
            "forbidden:b.dance"
        ]
    );
    for lever in &all {
        let with = lever.pulled(&model);
        let (leaf, name) = (play(&with, 500), lever.action(&model));
        match lever.pull {
            Pull::Forced => {
                let at = u32::from(name == "a.strike");
                assert!(first(&with, &leaf, name).iter().all(|step| *step == Some(at)), "{name}");
                assert_eq!(option_at(&with, &leaf, name, at as usize).1, 500);
            }
            Pull::Forbidden => assert_eq!(option(&with, &leaf, name), (0, 0, 0)),
        }
    }
    // A move that the policy forbids is not a lever.
    let bound = document.model("no_strike", "base").expect("sound");
    assert!(levers(&bound).iter().all(|lever| lever.action(&bound) != "a.strike"));
}

#[test]
fn levers_can_be_combined_with_a_policy() {
    let desk = Desk::new();
    let file = desk.file("strike.toml", STRIKE);
    let asked = ["levers", &*file, "--policy", "no_strike", "-n", "200"];
    let found = desk.play(&asked);
    let rows = found.table("levers.csv");
    assert_eq!(rows.len(), 4 * 3);
    assert!(rows.iter().all(|row| row["policy"] == "no_strike" && row["action"] != "a.strike"));
    let peace = find(&rows, &[("action", "a.nod"), ("lever", "forced"), ("outcome", "peace")]);
    assert_eq!((number(peace, "share_plain"), number(peace, "share_with")), (1.0, 1.0));
}

#[test]
fn what_levers_cannot_do_is_reported() {
    let desk = Desk::new();
    let file = desk.file("strike.toml", STRIKE);
    let nobody = desk.file("nobody.toml", "format = 1\n[scenario]\nsteps = 1\n");
    let message = desk.fail(2, &["levers", &nobody]);
    assert!(
        message.contains("no moves to force or forbid") && message.contains("actor"),
        "{message}"
    );
    let idle = format!("{}[actors.a]\nrationality = 1\n", "format = 1\n[scenario]\nsteps = 1\n");
    let idle = desk.file("idle.toml", &idle);
    assert!(desk.fail(2, &["levers", &idle]).contains("none of its actors has an action"));
    assert!(desk.fail(2, &["levers", &file, "--world", "kean"]).contains("`keen`"));
    assert!(desk.fail(2, &["levers", &file, "--policy", "no_strik"]).contains("no_strike"));
}
