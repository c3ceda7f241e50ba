//! Addressed random numbers: actors cannot foresee real draws, and edits of the file
//! do not change the draws of anything else.

use demarche::engine::{Engine, EngineKind, Reference, TrialBlock};
use demarche::model::Model;

use crate::play::{
    assert_mean, assert_share, assert_spread, assumed, first, model, model_under, option, play,
    play_seeded, recorded, scenario,
};

/// A storm in step 1 is good for a if it has armed in step 0.
fn storm(name: &str, chance: f64, plays: u32) -> String {
    scenario(
        2,
        &format!(
            "imaginations = {plays}\n[state]\nu = 0.5\narmed = false\n\
             [events.{name}]\nwhen = 't == 1'\nchance = {chance:?}\n\
             effects = {{ u = 'if armed then 1 else u' }}\n\
             [actors.a]\nrationality = 4\nforesight = 1\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.arm = {{ when = 't == 0', effects = {{ armed = true }}, cost = 0.1 }}\n"
        ),
    )
}

#[test]
fn a_choice_does_not_depend_on_real_draws_that_are_still_to_come() {
    // Under another name the event has other random numbers; V is the same, since
    // exactly 2 of 8 imagined plays have it.
    let (one, other) = (model(&storm("storm", 0.25, 8)), model(&storm("gale", 0.25, 8)));
    let (a, b) = (play(&one, 5000), play(&other, 5000));
    assert_eq!(first(&one, &a, "a.arm"), first(&other, &b, "a.arm"));
    assert_ne!(first(&one, &a, "storm"), first(&other, &b, "gale"));
}

#[test]
fn imagined_plays_say_nothing_about_real_draws() {
    // 1.2 of 4 plays: one for certain, a second in a fifth of the trials.
    let model = model(&storm("storm", 0.3, 4));
    let leaf = play(&model, 100_000);
    let (storms, arms) = (first(&model, &leaf, "storm"), first(&model, &leaf, "a.arm"));
    let second: Vec<bool> = leaf.spreads[0]
        .iter()
        .map(|spread| {
            // 4 |m / 8 - 0.1| for m = 1 and 2.
            assert!((spread - 0.1).abs() < 1e-12 || (spread - 0.6).abs() < 1e-12, "{spread}");
            *spread > 0.3
        })
        .collect();
    assert_share(second.iter().filter(|yes| **yes).count() as u64, 100_000, 0.2);
    let share = |pick: &dyn Fn(usize) -> bool| {
        let picked: Vec<usize> = (0..leaf.len).filter(|trial| pick(*trial)).collect();
        let stormy = picked.iter().filter(|trial| storms[**trial].is_some()).count();
        assert_share(stormy as u64, picked.len() as u64, 0.3);
    };
    share(&|trial| second[trial]);
    share(&|trial| !second[trial]);
    share(&|trial| arms[trial].is_some());
    share(&|trial| arms[trial].is_none());
}

#[test]
fn all_options_are_evaluated_with_the_same_imagined_random_numbers() {
    let text = storm("storm", 0.3, 4).replace(
        "actions.arm",
        "must_act = true\nactions.arm_too = { when = 't == 0', effects = { armed = true }, cost = 0.1 }\nactions.arm",
    );
    let text = text.replace("u = 0.5", "u = { start = 0.5 }");
    assert_spread(&play(&model(&text), 1000), 0, 0.0);
}

/// Two actors, an event, laws with draws, votes and foresight, in random order.
const BASE: &str = "format = 1\n[scenario]\nsteps = 6\norder = 'random'\nimaginations = 4\n\
    [assumptions]\nx = 'normal(0, 1)'\n\
    [state]\nu = 0.5\nv = 0.5\n\
    [laws]\nu = 'clamp(u + normal(0, 0.1) + 0.01 * x, 0, 1)'\nv = 'clamp(v + uniform(-0.1, 0.1), 0, 1)'\n\
    [events.shock]\nchance = 0.3\neffects = { u = '*= uniform(0.5, 1)' }\n\
    [actors.a]\nrationality = '2 to 6'\nforesight = 1\nwants.u = { of = 'u - v', best = 1, worst = -1 }\n\
    actions.push = { effects = { u = '+= 0.1' } }\n\
    actions.offer = { consent = { of = ['b'] }, effects = { u = 0.5, v = 0.5 }, refused = { v = '-= 0.05' } }\n\
    [actors.b]\nrationality = 3\nwants.v = { of = 'v - u', best = 1, worst = -1 }\n\
    actions.push = { chance = [{ name = 'hit', p = 0.5, effects = { v = '+= 0.2' } }] }\n";

/// The same with more of everything, none of which touches the rest.
fn extended() -> String {
    BASE.replace("[assumptions]\n", "[assumptions]\nz = 'normal(0, 1)'\n")
        .replace("[state]\n", "[state]\nw = 0\n")
        .replace("[laws]\n", "[laws]\nw = 'w + normal(0, 1)'\n")
        .replace("[events.shock]", "[events.new]\nchance = 0.5\neffects = { w = 'uniform(0, 1)' }\n[events.shock]")
        .replace("actions.offer", "actions.never = { cost = 10000, effects = { u = 'uniform(0, 1)' } }\nactions.offer")
        .replace("[actors.a]", "[actors.c]\nrationality = 2\nforesight = 1\nwants.w = { of = 'w', best = 1, worst = 0 }\nactions.go = { effects = { w = '+= z' } }\n[actors.a]")
}

#[track_caller]
fn assert_same_trials(one: (&Model, &TrialBlock), other: (&Model, &TrialBlock)) {
    for name in ["x", "actors.a.rationality"] {
        assert_eq!(assumed(one.0, one.1, name), assumed(other.0, other.1, name));
    }
    for name in ["u", "v"] {
        for row in 0..=6 {
            let values = recorded(one.0, one.1, name, row);
            assert_eq!(values, recorded(other.0, other.1, name, row), "{name} in row {row}");
        }
    }
    for name in ["shock", "a.push", "a.offer", "b.push"] {
        assert_eq!(first(one.0, one.1, name), first(other.0, other.1, name));
        if name != "shock" {
            assert_eq!(option(one.0, one.1, name), option(other.0, other.1, name));
        }
    }
}

#[test]
fn new_actors_actions_events_and_assumptions_leave_all_other_draws_as_they_were() {
    let (base, more) = (model(BASE), model(&extended()));
    let (a, b) = (play(&base, 2000), play(&more, 2000));
    assert_eq!(option(&more, &b, "a.never").1, 0);
    assert!(option(&more, &b, "c.go").1 > 0 && option(&base, &a, "a.offer").2 > 0);
    assert_same_trials((&base, &a), (&more, &b));
}

#[test]
fn a_number_depends_on_its_own_step_and_not_on_whether_others_were_asked_for() {
    const STEPS: usize = 5;
    let play = |kind, law: &str| {
        let text = scenario(
            STEPS as u32,
            &format!("[assumptions]\nx = 'normal(0, 1)'\n[state]\nw = 0\n[laws]\nw = '{law}'\n"),
        );
        let model = model(&text);
        let block = Engine::new(&model, 1, kind).block(0, 1000, &|| true);
        let block = block.expect("no accident").expect("nobody stops it");
        let xs = assumed(&model, &block, "x").to_vec();
        let rows = (0..STEPS).map(|step| recorded(&model, &block, "w", step + 1).to_vec());
        (xs, rows.collect::<Vec<_>>())
    };
    for kind in [EngineKind::Reference, EngineKind::Lanes] {
        let (xs, always) = play(kind, "uniform(0, 1)");
        for step in 0..STEPS {
            let (_, once) = play(kind, &format!("if t == {step} then uniform(0, 1) else -1"));
            assert_eq!(once[step], always[step], "in step {step}");
            let few = format!("if t == {step} or x > 1 then uniform(0, 1) else -1");
            let (_, few) = play(kind, &few);
            assert_eq!(few[step], always[step], "in step {step}");
            for (other, values) in few.iter().enumerate().filter(|(other, _)| *other != step) {
                for ((x, value), wanted) in xs.iter().zip(values).zip(&always[other]) {
                    assert_eq!(*value, if *x > 1.0 { *wanted } else { -1.0 });
                }
            }
        }
        for pair in always.windows(2) {
            let products: Vec<f64> =
                pair[0].iter().zip(&pair[1]).map(|(a, b)| (a - 0.5) * (b - 0.5)).collect();
            assert_mean(&products, 0.0);
        }
    }
}

#[test]
fn the_order_of_tables_in_the_file_changes_no_draw() {
    let swapped = BASE
        .replace("u = 0.5\nv = 0.5\n", "v = 0.5\nu = 0.5\n")
        .replace("imaginations = 4\n", "imaginations = 4\ntitle = 'swapped'\n");
    let (one, other) = (model(BASE), model(&swapped));
    assert_same_trials((&one, &play(&one, 500)), (&other, &play(&other, 500)));
}

#[test]
fn forbidding_a_move_changes_only_the_trials_that_had_it() {
    let text =
        BASE.replace("foresight = 1", "foresight = 0") + "[policies.p]\nforbid = ['a.offer']\n";
    let (free, bound) = (model(&text), model_under(&text, "p", "base"));
    let (a, b) = (play(&free, 2000), play(&bound, 2000));
    let offers = first(&free, &a, "a.offer");
    let without: Vec<usize> = (0..2000).filter(|trial| offers[*trial].is_none()).collect();
    assert!(!without.is_empty() && without.len() < 2000, "{}", without.len());
    for row in 0..=6 {
        for name in ["u", "v"] {
            let (x, y) = (recorded(&free, &a, name, row), recorded(&bound, &b, name, row));
            assert!(without.iter().all(|trial| x[*trial] == y[*trial]));
        }
    }
}

#[test]
fn the_first_trials_of_a_longer_run_are_the_shorter_run() {
    let model = model(BASE);
    let (short, long) = (play(&model, 1000), play(&model, 3000));
    assert_eq!(short.outcomes, long.outcomes[..1000]);
    assert_eq!(short.end_steps, long.end_steps[..1000]);
    for name in ["u", "v"] {
        assert_eq!(recorded(&model, &short, name, 6), &recorded(&model, &long, name, 6)[..1000]);
    }
    assert_eq!(short.assumption(0), &long.assumption(0)[..1000]);
}

#[test]
fn a_trial_can_be_played_alone() {
    let model = model(BASE);
    let engine = Reference::new(&model, 7);
    let leaf =
        |first, len| engine.block(first, len, &|| true).expect("no accident").expect("whole");
    let (block, alone) = (leaf(4096, 1024), leaf(4711, 1));
    let at = 4711 - 4096;
    for column in 0..2 {
        assert_eq!(alone.assumption(column)[0], block.assumption(column)[at]);
        for row in 0..=6 {
            assert_eq!(alone.recorded(column, row, 7)[0], block.recorded(column, row, 7)[at]);
        }
    }
    for happening in 0..model.happenings.len() {
        assert_eq!(alone.first_step(happening)[0], block.first_step(happening)[at]);
    }
}

#[test]
fn each_seed_and_each_trial_has_its_own_random_numbers() {
    let model = model(BASE);
    let (one, other) = (play(&model, 4000), play_seeded(&model, 2, 4000));
    let (x, y) = (assumed(&model, &one, "x"), assumed(&model, &other, "x"));
    assert!(x.iter().zip(y).all(|(x, y)| x != y));
    assert_mean(x, 0.0);
    let products: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
    assert_mean(&products, 0.0);
    let next: Vec<f64> = x.windows(2).map(|pair| pair[0] * pair[1]).collect();
    assert_mean(&next, 0.0);
}
