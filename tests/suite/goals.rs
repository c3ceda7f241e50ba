//! Goals: how they rank policies over worlds.

use demarche::study::Goal;

use crate::tables::{Desk, RIVALS, assert_near, find, number};

#[test]
fn policies_are_compared_by_goals_over_all_worlds() {
    let goals = ["avoid:a_ahead", "seek:b_ahead,unresolved", "actor:b"];
    let mut asked = vec!["--threshold", "0.5", "--policy", "quiet", "--policy", "tame"];
    goals.iter().for_each(|goal| asked.extend(["--goal", goal]));
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    let found = desk.play(&[&["compare", &*file, "-n", "500"], &asked[..]].concat());
    let tables = ["summary.csv", "ends.csv", "regret.csv", "robustness.csv"];
    let [summary, means, regret, robust] = tables.map(|name| found.table(name));
    let (policies, worlds) = (["none", "quiet", "tame"], ["base", "tilted"]);
    assert_eq!((regret.len(), robust.len()), (18, 9));
    for goal in goals {
        assert_eq!(goal.parse::<Goal>().expect("a goal").to_string(), goal);
        let value = |policy: &str, world: &str| {
            let cell = [("policy", policy), ("world", world)];
            let share =
                |id| number(find(&summary, &[&cell[..], &[("outcome", id)]].concat()), "share");
            match goal {
                "avoid:a_ahead" => 1.0 - share("a_ahead"),
                "actor:b" => {
                    let own = [("kind", "utility"), ("measure", "b")];
                    number(find(&means, &[&cell[..], &own].concat()), "mean")
                }
                _ => share("b_ahead") + share("unresolved"),
            }
        };
        let best = worlds.map(|w| policies.map(|p| value(p, w)).into_iter().fold(0.0, f64::max));
        for policy in policies {
            let own = worlds.map(|world| value(policy, world));
            let regrets = [best[0] - own[0], best[1] - own[1]];
            for (index, world) in worlds.iter().enumerate() {
                let row = find(&regret, &[("goal", goal), ("policy", policy), ("world", world)]);
                assert_near(number(row, "value"), own[index]);
                assert_near(number(row, "regret"), regrets[index]);
            }
            let row = find(&robust, &[("goal", goal), ("policy", policy)]);
            let worst = usize::from(own[1] < own[0]);
            assert_near(number(row, "maximin"), own[worst]);
            assert_eq!(row["worst_world"], worlds[worst]);
            assert_near(number(row, "max_regret"), regrets[0].max(regrets[1]));
            assert_eq!(row["max_regret_world"], worlds[usize::from(regrets[1] > regrets[0])]);
            assert_near(number(row, "mean"), (own[0] + own[1]) / 2.0);
            let above = own.iter().filter(|value| **value >= 0.5).count();
            assert_eq!(
                (number(row, "threshold"), number(row, "share_above")),
                (0.5, above as f64 / 2.0)
            );
        }
    }
}

#[test]
fn invalid_goals_and_thresholds_are_refused() {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    for goal in ["tense", "avoid:", "seek:tense,", "actor:a,b", "want:tense", ""] {
        let message = desk.fail(2, &["compare", &file, "--goal", goal]);
        assert!(message.contains("avoid:OUTCOME"), "{goal}: {message}");
    }
    for threshold in ["nan", "NaN", "inf", "-0.1", "1.01", "half", ""] {
        let asked = ["compare", &*file, "--goal", "avoid:tense"];
        let option = format!("--threshold={threshold}");
        let message = desk.fail(2, &[&asked[..], &[&option]].concat());
        assert!(message.contains("from 0 to 1"), "{threshold}: {message}");
    }
    assert!(desk.fail(2, &["compare", &file, "--threshold", "0.5"]).contains("--goal"));
}
