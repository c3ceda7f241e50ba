//! Numerical accidents: an invalid value that is used stops the run, which reports
//! where; an invalid value that is not used does not matter.

use crate::play::{accident, model, play, play_seeded, scenario};
use demarche::engine::Reference;

fn reads(accident: &demarche::engine::NumericalError, name: &str) -> String {
    let read = accident.reads.iter().find(|(read, _)| read == name);
    read.unwrap_or_else(|| panic!("{name} is not among {:?}", accident.reads)).1.clone()
}

#[test]
fn the_report_has_formula_lowest_trial_step_and_values_read() {
    let text = scenario(
        5,
        "[assumptions]\nx = 'uniform(0, 1)'\n[state]\ns = 1\nlevel = 0\n\
         [laws]\nlevel = 'level + 1'\ns = 'if x > 0.9 and t == 2 then ln(-level) else s'\n",
    );
    // The lowest trial with x above 0.9, from the values drawn without the law.
    let tame = model(&text.replace("ln(-level)", "0"));
    let lowest = play(&tame, 200).assumption(0).iter().position(|x| *x > 0.9).expect("one");
    let found = accident(&text, 200);
    assert_eq!(found.trial, lowest as u64);
    assert_eq!(found.step, Some(2));
    assert_eq!(found.path, "laws.s");
    assert_eq!(found.formula, "if x > 0.9 and t == 2 then ln(-level) else s");
    assert_eq!(found.imagined_by, None);
    assert_eq!(reads(&found, "level"), "2");
    assert_eq!(reads(&found, "t"), "2");
    assert_eq!(reads(&found, "x"), play(&tame, 200).assumption(0)[lowest].to_string());
}

#[test]
fn nothing_before_the_accident_is_lost() {
    let text = scenario(
        1,
        "[assumptions]\nx = 'uniform(0, 1)'\n[state]\ns = 0\n\
         [laws]\ns = 'if x > 0.9 then 1 / 0 else x'\n",
    );
    let found = accident(&text, 200);
    let model = model(&text);
    assert!(play(&model, found.trial as usize).len == found.trial as usize);
    let after = Reference::new(&model, 1).block(found.trial, 1, &|| true);
    assert_eq!(after.expect_err("the same accident").trial, found.trial);
}

#[test]
fn infinity_is_an_accident_too() {
    let found = accident(&scenario(1, "[state]\ns = 0\n[laws]\ns = '1 / s'\n"), 1);
    assert!(found.problem.contains("infinite"), "{}", found.problem);
    let found =
        accident(&scenario(1, "[state]\ns = 0\n[events.e]\neffects = { s = '/= 0 * t' }\n"), 1);
    assert!(found.problem.contains("not a number"), "{}", found.problem);
    assert_eq!(found.path, "events.e.effects.s");
}

#[test]
fn a_chance_outside_0_to_1_is_an_accident() {
    for chance in ["s + 1.5", "s - 0.5"] {
        let event = format!("[state]\ns = 0\n[events.e]\nchance = '{chance}'\n");
        let found = accident(&scenario(1, &event), 1);
        assert_eq!(found.path, "events.e.chance");
        assert!(found.problem.contains("outside 0 to 1"), "{}", found.problem);
        assert_eq!(reads(&found, "s"), "0");
    }
    let branches = "[state]\ns = 0.7\n[events.e]\nchance = [{ name = 'x', p = 's' }, \
                    { name = 'y', p = 's' }]\n";
    let found = accident(&scenario(1, branches), 1);
    assert!(found.problem.contains("above 1"), "{}", found.problem);
}

#[test]
fn an_invalid_value_in_a_branch_not_taken_does_not_matter() {
    let text = scenario(
        3,
        "[assumptions]\nx = 'uniform(0, 1)'\n[state]\ns = 0\n\
         [define]\nbroken = '1 / (s * 0)'\n\
         [measures]\nm = 'if s > 5 then broken else s'\n\
         [laws]\ns = 'if x > 2 then ln(-1 - x) else s + 1'\n\
         [events.e]\nwhen = 'false'\nchance = 's + 7'\neffects = { s = 'broken' }\n\
         [[outcomes]]\nid = 'o'\nwhen = 's > 5 and broken > 1 or s > 1'\n",
    );
    let leaf = play(&model(&text), 100);
    assert!(leaf.outcomes.iter().all(|outcome| *outcome == 0));
}

#[test]
fn an_accident_in_a_condition_a_measure_or_an_outcome_counts() {
    let cases = [
        ("[measures]\nm = 'ln(s - 1)'\n", "measures.m"),
        ("[events.e]\nwhen = 'ln(s - 1) > 0'\n", "events.e.when"),
        ("[[outcomes]]\nid = 'o'\nwhen = 'ln(s - 1) > 0'\n", "outcomes.o.when"),
        ("[define]\nd = 'ln(s - 1)'\n[laws]\ns = 'max(0, d)'\n", "laws.s"),
        ("[laws]\ns = 'min(s, sqrt(s - 1))'\n", "laws.s"),
    ];
    for (rest, path) in cases {
        let found = accident(&scenario(1, &format!("[state]\ns = 0\n{rest}")), 1);
        assert_eq!(found.path, path);
    }
}

#[test]
fn an_assumption_that_cannot_be_drawn_is_an_accident_before_the_first_step() {
    let text =
        scenario(1, "[assumptions]\nx = 'uniform(-1, 1)'\ny = 'normal(0, x)'\n[state]\ns = 'y'\n");
    let found = accident(&text, 50);
    assert_eq!((found.path.as_str(), found.step), ("assumptions.y", None));
    let x = found.reads.iter().find(|(name, _)| name == "x").expect("x is read");
    assert!(x.1.parse::<f64>().expect("a number") < 0.0);
}

#[test]
fn an_accident_in_an_imagined_play_names_the_actor() {
    let text = scenario(
        3,
        "[state]\ns = 1\nu = 0\n[laws]\ns = 'if u > 0 then ln(-s) else s'\n\
         [actors.a]\nforesight = 1\nrationality = 1\nwants.u = { of = 'u', best = 1, worst = 0 }\n\
         actions.go = { when = 't == 0', effects = { u = 1 } }\n",
    );
    let found = accident(&text, 1);
    assert_eq!(found.imagined_by.as_deref(), Some("a"));
    assert_eq!((found.path.as_str(), found.step), ("laws.s", Some(0)));
}

#[test]
fn an_invalid_cost_of_an_option_that_is_not_open_does_not_matter() {
    let text = scenario(
        1,
        "[state]\nu = 0\n[actors.a]\nrationality = 1\n\
         wants.u = { of = 'u', best = 1, worst = 0 }\n\
         actions.go = { effects = { u = 1 } }\n\
         actions.never = { when = 'u < 0', cost = '1 / u', effects = { u = '1 / u' } }\n",
    );
    play_seeded(&model(&text), 2, 10);
}
