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
            for name in ["maximin", "max_regret", "mean"] {
                let standing = row[&format!("{name}_standing")].as_str();
                if row[&format!("{name}_low")].is_empty() {
                    // Better than every other in every world, so there is nothing to regret.
                    assert_eq!((name, number(row, name)), ("max_regret", 0.0), "{row:?}");
                    assert_eq!(standing, "best");
                    continue;
                }
                let [low, value, high] =
                    ["_low", "", "_high"].map(|end| number(row, &format!("{name}{end}")));
                assert!(low <= value && value <= high && low < high, "{name}: {row:?}");
                assert!(["best", "tied", "behind"].contains(&standing), "{standing}");
            }
            let above = own.iter().filter(|value| **value >= 0.5).count();
            assert_eq!(
                (number(row, "threshold"), number(row, "share_above")),
                (0.5, above as f64 / 2.0)
            );
        }
    }
}

/// Whether it comes to a yes is decided by one of two draws, and moves say by which: so every move flips
/// about half of the trials, and changes nothing.
const PARITY: &str = r#"
format = 1
[scenario]
title = "Idle moves"
steps = 1
[state]
parity = { start = 0 }
drawn = { start = 0 }
[laws]
drawn = "if parity > 0.5 then uniform(0, 1) else uniform(0, 1)"
[actors.a]
rationality = 1
[[outcomes]]
id = "yes"
when = "drawn > 0.5"
[[outcomes]]
id = "nearly"
when = "drawn > 0.25"
[[outcomes]]
id = "no"
when = "true"
"#;

/// The scenario with ten idle moves, each on a track of its own, and policies that force the first ones.
fn parity() -> String {
    let moves = (0..10).map(|at| {
        format!(
            "[actors.a.actions.m{at}]\ntrack = \"t{at}\"\neffects = {{ parity = \"1 - parity\" }}\n"
        )
    });
    let policies = (0..3)
        .map(|at| format!("[policies.p{at}]\nforce = [{{ action = \"a.m{at}\" }}]\n"))
        .chain(["[worlds.other]\nset = { \"actors.a.rationality\" = 2 }\n".to_owned()]);
    [PARITY.to_owned()].into_iter().chain(moves).chain(policies).collect()
}

/// That all intervals hold at once fails in one of twenty runs at most; in over 4 of 20 with a
/// probability of 0.3 %.
#[test]
fn equal_policies_are_called_tied_and_idle_levers_are_not_announced() {
    let desk = Desk::new();
    let file = desk.file("parity.toml", &parity());
    let (mut told, mut announced) = (0, 0);
    for seed in 1..=20 {
        let seed = seed.to_string();
        let own = ["-n", "200", "--seed", &seed];
        let asked = [&["compare", &*file, "--goal", "seek:yes"][..], &own].concat();
        let found = desk.play(&asked);
        let robust = found.table("robustness.csv");
        assert_eq!(robust.len(), 4);
        let standings = ["maximin_standing", "max_regret_standing", "mean_standing"];
        let is_tied = |name: &&str| robust.iter().all(|row| row[*name] == "tied");
        told += u32::from(!standings.iter().all(is_tied));
        let found = desk.play(&[&["levers", &*file][..], &own].concat());
        let rows = found.table("levers.csv");
        assert_eq!(rows.len(), 20 * 3);
        assert!(rows.iter().filter(|row| number(row, "n_ab") > 10.0).count() > 40, "moves flip");
        let is_clear = |row: &crate::tables::Row| {
            let clear = number(row, "low_all") > 0.0 || number(row, "high_all") < 0.0;
            assert_eq!(clear, number(row, "p_value") <= 0.05 / 60.0, "{row:?}");
            clear
        };
        let any = rows.iter().filter(|row| is_clear(row)).count() > 0;
        announced += u32::from(any);
        assert_eq!(any, !found.out.contains("No single move changes an outcome"), "{}", found.out);
    }
    assert!(told <= 4 && announced <= 4, "told apart in {told} of 20, announced in {announced}");
}

/// Every policy does as well as every other, so nobody regrets anything.
#[test]
fn regret_over_draws_is_zero_for_equal_policies_once_it_is_cross_fitted() {
    let desk = Desk::new();
    let file = desk.file("parity.toml", &parity());
    let mut missed = 0;
    for seed in ["1", "2", "3", "4", "5"] {
        let asked = ["compare", &*file, "--goal", "seek:yes", "--world", "base", "--seed", seed];
        let found = desk.play(&[&asked[..], &["--draws", "60", "--repeats", "20"]].concat());
        for row in found.table("regret_draws.csv") {
            assert!(number(&row, "mean_regret") > 0.04, "{row:?}");
            let [low, fitted, high] = ["cross_fitted_low", "cross_fitted", "cross_fitted_high"]
                .map(|name| number(&row, name));
            assert!(low < fitted && fitted < high && fitted < 0.04, "{row:?}");
            missed += u32::from(low > 0.0 || high < 0.0);
        }
        assert!(found.out.contains("cross-fitted"), "{}", found.out);
    }
    assert!(missed <= 4, "{missed} of 20 intervals miss zero");
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
