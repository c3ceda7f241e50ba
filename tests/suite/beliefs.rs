//! Beliefs: what an actor takes to be true, which may differ from the truth.

use crate::play::{
    assert_mean, assert_share, assert_spread, assumed, model, option, play, recorded, scenario,
    sigmoid,
};

/// The action `go` changes u from 0 to x, so λ times the spread of V is the x that
/// a believes in.
fn goes(believes: &str) -> String {
    scenario(
        1,
        &format!(
            "[assumptions]\nx = 'uniform(0, 1)'\n[state]\nu = 0\n\
             [actors.a]\nrationality = 1\nwants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.go = {{ effects = {{ u = 'x' }} }}\nbelieves = {{ {believes} }}\n"
        ),
    )
}

#[test]
fn without_beliefs_actors_know_what_was_drawn() {
    let model = model(&goes(""));
    let leaf = play(&model, 100);
    assert_eq!(leaf.spreads[0], assumed(&model, &leaf, "x"));
}

#[test]
fn a_belief_about_an_assumption_moves_the_choice_and_not_the_world() {
    let model = model(&goes("'assumptions.x' = 0.9"));
    let leaf = play(&model, 100_000);
    assert_spread(&leaf, 0, 0.9);
    assert_share(option(&model, &leaf, "a.go").1, 100_000, sigmoid(0.9));
    let x = assumed(&model, &leaf, "x");
    for (u, x) in recorded(&model, &leaf, "u", 1).iter().zip(x) {
        assert!(u == x || *u == 0.0);
    }
}

#[test]
fn the_formula_of_a_belief_reads_the_truth() {
    let model = model(&goes("'assumptions.x' = 'x * 0.5'"));
    let leaf = play(&model, 100);
    for (believed, x) in leaf.spreads[0].iter().zip(assumed(&model, &leaf, "x")) {
        assert_eq!(*believed, x * 0.5);
    }
}

/// Checks mean and variance of the believed value, and that it is independent of
/// the true one.
fn assert_drawn(believes: &str, mean: f64, variance: f64) {
    let model = model(&goes(believes));
    let leaf = play(&model, 50_000);
    let believed = &leaf.spreads[0];
    assert_mean(believed, mean);
    let squares: Vec<f64> = believed.iter().map(|x| (x - mean) * (x - mean)).collect();
    assert_mean(&squares, variance);
    let x = assumed(&model, &leaf, "x");
    let products: Vec<f64> = believed.iter().zip(x).map(|(b, x)| (b - mean) * (x - 0.5)).collect();
    assert_mean(&products, 0.0);
}

#[test]
fn a_belief_can_be_drawn_or_be_the_prior() {
    assert_drawn("'assumptions.x' = 'beta(2, 2)'", 0.5, 0.05);
    assert_drawn("'assumptions.x' = 'prior'", 0.5, 1.0 / 12.0);
}

#[test]
fn what_depends_on_a_belief_is_computed_again_with_the_same_random_numbers() {
    let text = goes("'assumptions.x' = 0")
        .replace("[state]", "y = '0.1 + 0.3 * x + uniform(0, 0.5)'\n[state]")
        .replace("u = 'x'", "u = 'y'");
    let model = model(&text);
    let leaf = play(&model, 100);
    let (x, y) = (assumed(&model, &leaf, "x"), assumed(&model, &leaf, "y"));
    for (trial, believed) in leaf.spreads[0].iter().enumerate() {
        assert!((believed - (y[trial] - 0.3 * x[trial])).abs() < 1e-12);
    }
}

/// a gains by provoking, unless b answers; b answers unless it is too proud.
fn provoked(a_believes: &str, b_believes: &str, pride: f64) -> String {
    scenario(
        1,
        &format!(
            "[state]\nu = 0.5\nprovoked = false\nanswered = false\n\
             [actors.a]\nrationality = 3\nforesight = 1\nbelieves = {{ {a_believes} }}\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.provoke = {{ effects = {{ u = 0.8, provoked = true }} }}\n\
             [actors.b]\nrationality = 10000\nbelieves = {{ {b_believes} }}\n\
             wants.u = {{ of = 'u', best = 0, worst = 1, weight = 1 }}\n\
             wants.pride = {{ of = 'answered', best = false, worst = true, weight = {pride:?} }}\n\
             actions.answer = {{ when = 'provoked', effects = {{ u = 0.1, answered = true }} }}\n"
        ),
    )
}

#[test]
fn a_belief_about_anothers_weight_moves_what_is_expected_of_it() {
    let proud = model(&provoked("", "", 3.0));
    assert_spread(&play(&proud, 100), 0, 3.0 * 0.3);
    let mistaken = model(&provoked("'actors.b.wants.pride.weight' = 0", "", 3.0));
    let leaf = play(&mistaken, 1000);
    assert_spread(&leaf, 0, 3.0 * 0.4);
    let (available, taken, _) = option(&mistaken, &leaf, "b.answer");
    assert!(available > 0 && taken == 0, "b is as proud as it is");
}

#[test]
fn others_have_no_beliefs_of_their_own_in_what_is_imagined() {
    // b believes that its answer changes nothing, so it chooses at random; a expects
    // b to do what b would do with a's view.
    let text = provoked("", "'actors.b.actions.answer.effects.u' = 0.8", 0.0);
    let model = model(&text);
    let leaf = play(&model, 20_000);
    assert_spread(&leaf, 0, 3.0 * 0.4);
    let (available, taken, _) = option(&model, &leaf, "b.answer");
    assert_share(taken, available, 0.5);
}

/// After arming, a storm may come in the next step, and a law adds to it.
fn armed(believes: &str) -> String {
    scenario(
        2,
        &format!(
            "[assumptions]\np = 0.5\ngain = 0.5\n[state]\nu = 0.5\narmed = false\n\
             [laws]\nu = 'if armed and t == 1 then u - 0.25 else u'\n\
             [events.storm]\nwhen = 'armed'\nchance = 'p'\neffects = {{ u = '+= gain' }}\n\
             [actors.a]\nrationality = 2\nforesight = 1\nbelieves = {{ {believes} }}\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.arm = {{ when = 't == 0', effects = {{ armed = true }}, cost = 0.125 }}\n"
        ),
    )
}

#[test]
fn beliefs_reach_chances_laws_effects_and_costs() {
    let cases = [
        // 0.5 * 0.5 - 0.25 - 0.125
        ("", -0.125),
        ("'events.storm.chance' = 1", 0.125),
        ("'events.storm.chance' = 'if armed then 1 else 0'", 0.125),
        ("'laws.u' = 'u'", 0.125),
        ("'events.storm.effects.u' = '+= 1 * gain / 2'", -0.25),
        ("'actors.a.actions.arm.cost' = 0", 0.0),
        ("'assumptions.p' = 0", -0.375),
        // The formula of a belief reads the true value, although the actor has another
        // belief about it.
        ("'assumptions.p' = 0, 'events.storm.chance' = 'p'", -0.125),
    ];
    for (believes, value) in cases {
        let model = model(&armed(believes));
        let leaf = play(&model, 200);
        assert_spread(&leaf, 0, 2.0 * f64::abs(value));
    }
}

#[test]
fn open_options_and_the_rationality_of_a_real_choice_are_the_true_ones() {
    let text = goes("'assumptions.x' = 0.9, 'actors.a.actions.go.when' = true")
        .replace("effects = { u = 'x' }", "when = 'u > 5', effects = { u = 'x' }");
    let closed = model(&text);
    assert_eq!(option(&closed, &play(&closed, 100), "a.go").0, 0);
    let text = goes("'assumptions.x' = 0.9, 'actors.a.rationality' = 1000");
    let firm = model(&text);
    let leaf = play(&firm, 100_000);
    assert_share(option(&firm, &leaf, "a.go").1, 100_000, sigmoid(0.9));
}

#[test]
fn a_proposer_expects_votes_according_to_its_own_beliefs() {
    // b gains 0.5 by a yes, with λ = 4; a believes λ to be 0.
    let text = scenario(
        1,
        "[state]\nu = 0\n[actors.a]\nrationality = 2\nwants.u = { of = 'u', best = 1, worst = 0 }\n\
         believes = { 'actors.b.rationality' = 0 }\n\
         actions.offer = { consent = { of = ['b'] }, effects = { u = 0.5 } }\n\
         [actors.b]\nrationality = 4\nwants.u = { of = 'u', best = 1, worst = 0 }\n",
    );
    let model = model(&text);
    let leaf = play(&model, 50_000);
    assert_spread(&leaf, 0, 2.0 * 0.5 * 0.5);
    let (_, offered, accepted) = option(&model, &leaf, "a.offer");
    assert_share(accepted, offered, sigmoid(4.0 * 0.5));
}
