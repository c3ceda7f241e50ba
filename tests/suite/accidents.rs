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
    assert_eq!(found.problem, "1 is divided by zero");
    let found =
        accident(&scenario(1, "[state]\ns = 0\n[events.e]\neffects = { s = '/= 0 * t' }\n"), 1);
    assert_eq!(found.problem, "`s` becomes 0 / 0, which is not a number");
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

#[test]
fn the_problem_names_the_part_that_went_wrong_and_what_it_must_be() {
    for (law, problem) in [
        ("s + normal(0, s - 1)", "normal: sd is -0.5, must be at least 0"),
        ("s + lognormal(0, s - 1)", "lognormal: sigma is -0.5, must be at least 0"),
        ("uniform(2, s)", "uniform: b is 0.5, must be at least a, which is 2"),
        ("triangular(0, 2, s)", "triangular: b is 0.5, must be at least mode, which is 2"),
        ("beta(s - 1, 2)", "beta: a is -0.5, must be from 0.000001 to 1000000"),
        ("gamma(1, s - 1)", "gamma: scale is -0.5, must be above 0"),
        ("exponential(s - 1)", "exponential: rate is -0.5, must be above 0"),
        ("poisson(s - 1)", "poisson: mean is -0.5, must be at least 0"),
        ("student_t(s - 1)", "student_t: nu is -0.5, must be at least 0.1"),
        ("bernoulli(s + 1)", "bernoulli: p is 1.5, must be from 0 to 1"),
        ("discrete(1, 1, 2, s - 1)", "discrete: w2 is -0.5, must be at least 0"),
        ("(s - 1) to 5", "lo to hi: lo is -0.5, must be above 0"),
        ("5 to (s + 1)", "lo to hi: hi is 1.5, must be at least lo, which is 5"),
        ("clamp(s, 7, 5 + t)", "clamp: low is 7, must be at most high, which is 5"),
        ("hazard(s + 1, 3)", "hazard: p is 1.5, must be from 0 to 1"),
        ("sqrt(s - 1)", "sqrt: x is -0.5, must be at least 0"),
        ("ln(s - 0.5)", "ln: x is 0, must be above 0"),
        ("exp(2000 * s)", "exp(1000) is too large to hold"),
        ("(s - 1) ^ s", "-0.5 ^ 0.5 is not a number"),
    ] {
        let found = accident(&scenario(1, &format!("[state]\ns = 0.5\n[laws]\ns = '{law}'\n")), 1);
        assert_eq!(found.problem, problem, "{law}");
    }
}

#[test]
fn the_report_names_file_and_line_and_the_policy_or_world_that_put_a_value_in_place() {
    let text = scenario(
        1,
        "[assumptions]\nx = 1\n[state]\ns = 0\n[laws]\ns = 'sqrt(x)'\n\
         [worlds.w]\nset = { 'assumptions.x' = -4 }\n[policies.p]\nset = { 'laws.s' = 'ln(-x)' }\n",
    );
    let line = |part: &str| text.lines().position(|line| line.contains(part)).map(|at| at + 1);
    let document = demarche::model::Document::read("dir/file.toml", text.as_bytes());
    let stopped = |policy: &str, world: &str| {
        let model = document.model(policy, world).expect("a sound scenario");
        let played = Reference::new(&model, 1).block(0, 1, &|| true);
        *played.expect_err("a numerical accident")
    };
    let found = stopped("none", "w");
    assert_eq!((found.file.as_str(), found.line), ("dir/file.toml", line("sqrt")));
    assert_eq!(found.set_by, None);
    let set = format!("-4 (set by world `w`, line {})", line("= -4").expect("a line"));
    assert_eq!(reads(&found, "x"), set);
    let found = stopped("p", "base");
    assert_eq!((found.line, found.set_by.as_deref()), (line("ln(-x)"), Some("policy `p`")));
    let shown = found.to_string();
    assert!(
        shown.contains("dir/file.toml, line ") && shown.contains("set by   policy `p`"),
        "{shown}"
    );
}

#[test]
fn swapped_bounds_of_clamp_stop_both_engines_and_equal_ones_do_not() {
    for (law, stops) in [
        ("clamp(s, 3 + 2 * t, 5)", true),
        ("clamp(s, s + 1, s)", true),
        ("clamp(s, 5 - t, 5 - t)", false),
        ("if t < 2 then clamp(s, t, 1) else 3", false),
    ] {
        let text = scenario(3, &format!("[state]\ns = 1\n[laws]\ns = '{law}'\n"));
        let model = model(&text);
        let reference = Reference::new(&model, 1).block(0, 4, &|| true);
        let lanes = demarche::engine::Engine::new(&model, 1, demarche::engine::EngineKind::Lanes);
        let lanes = lanes.block(0, 4, &|| true);
        assert_eq!((reference.is_err(), lanes.is_err()), (stops, stops), "{law}");
        if let (Ok(Some(one)), Ok(Some(other))) = (reference, lanes) {
            assert_eq!(one.series, other.series, "{law}");
        }
    }
}
