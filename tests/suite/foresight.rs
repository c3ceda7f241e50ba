//! Looking ahead: deterrence, discounting, early ends, imagined chance, and the
//! crisis in three moves, whose odds are known.

use demarche::engine::{Reference, TrialBlock};
use demarche::model::Model;

use crate::play::{
    assert_share, assert_spread, fold, model, model_under, option, play, scenario, sigmoid,
};

/// a gains 0.3 by attacking; if b strikes back, a is left with 0.1.
fn deterrence(foresight: u32, b_first: bool, b_rationality: f64) -> String {
    let a = format!(
        "[actors.a]\nrationality = 4\nforesight = {foresight}\n\
         wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
         actions.attack = {{ when = 't == 0', effects = {{ u = 0.8, attacked = true }} }}\n"
    );
    let b = format!(
        "[actors.b]\nrationality = {b_rationality:?}\n\
         wants.u = {{ of = 'u', best = 0, worst = 1 }}\n\
         actions.strike = {{ when = 'attacked', once = true, effects = {{ u = 0.1 }} }}\n"
    );
    let (first, second) = if b_first { (b, a) } else { (a, b) };
    scenario(2, &format!("imaginations = 128\n[state]\nu = 0.5\nattacked = false\n{first}{second}"))
}

#[test]
fn foresight_avoids_a_move_that_a_short_sighted_actor_makes() {
    let blind = model(&deterrence(0, false, 10_000.0));
    let leaf = play(&blind, 100_000);
    assert_spread(&leaf, 0, 4.0 * (0.8 - 0.5));
    assert_share(option(&blind, &leaf, "a.attack").1, 100_000, sigmoid(4.0 * 0.3));
    for b_first in [false, true] {
        let wary = model(&deterrence(1, b_first, 10_000.0));
        let leaf = play(&wary, 10_000);
        assert_spread(&leaf, usize::from(b_first), 4.0 * (0.5 - 0.1));
        assert_share(option(&wary, &leaf, "a.attack").1, 10_000, sigmoid(-4.0 * 0.4));
    }
}

#[test]
fn an_answer_that_may_not_come_deters_by_its_odds() {
    // b strikes in step 0 or else in step 1, each with odds from its stake of 0.7.
    let b = sigmoid(2.0 * 0.7);
    let struck = 1.0 - (1.0 - b) * (1.0 - b);
    let value = struck * 0.1 + (1.0 - struck) * 0.8;
    let model = model(&deterrence(1, false, 2.0));
    let leaf = play(&model, 20_000);
    let mean = leaf.spreads[0].iter().sum::<f64>() / 20_000.0;
    assert!((mean - 4.0 * (0.5 - value)).abs() < 0.01, "{mean}");
    let share = option(&model, &leaf, "a.attack").1 as f64 / 20_000.0;
    assert!((share - sigmoid(4.0 * (value - 0.5))).abs() < 0.015, "{share}");
}

/// a can start a growth of 0.1 per step, once, in step 0.
fn growth(steps: u32, foresight: u32, more: &str) -> String {
    scenario(
        steps,
        &format!(
            "[state]\nu = 0.1\nrate = 0\n[laws]\nu = 'u + rate'\n\
             [actors.a]\nrationality = 2\nforesight = {foresight}\npatience = 0.5\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.invest = {{ when = 't == 0', effects = {{ rate = 0.1 }}, cost = 0.01 }}\n{more}"
        ),
    )
}

#[track_caller]
fn assert_growth(text: &str, value: f64) {
    assert_spread(&play(&model(text), 20), 0, 2.0 * (value - 0.01 - 0.1).abs());
}

#[test]
fn the_ends_of_whole_steps_after_this_one_are_discounted() {
    // 0.2 at the end of this step does not count; then 0.3, 0.4, 0.5.
    assert_growth(&growth(9, 3, ""), (0.3 + 0.5 * 0.4 + 0.25 * 0.5) / 1.75);
    assert_growth(&growth(9, 2, ""), (0.3 + 0.5 * 0.4) / 1.5);
    assert_growth(&growth(9, 1, ""), 0.3);
    assert_growth(&growth(9, 0, ""), 0.1);
    let impatient = growth(9, 3, "").replace("patience = 0.5", "patience = 0");
    assert_growth(&impatient, 0.3);
}

#[test]
fn the_final_utility_is_used_for_the_steps_still_to_come() {
    let early = "[[outcomes]]\nid = 'o'\nwhen = 'u > 0.35'\nends = true\n";
    assert_growth(&growth(9, 3, early), (0.3 + 0.5 * 0.4 + 0.25 * 0.4) / 1.75);
    assert_growth(&growth(2, 3, ""), 0.3);
    let at_once = "[[outcomes]]\nid = 'o'\nwhen = 'rate > 0'\nends = true\n";
    assert_growth(&growth(9, 3, at_once), 0.1);
}

#[test]
fn in_the_last_step_looking_ahead_means_looking_at_its_end() {
    assert_growth(&growth(1, 1, ""), 0.2);
    assert_growth(&growth(1, 5, ""), 0.2);
    assert_growth(&growth(1, 0, ""), 0.1);
}

#[test]
fn imagined_events_are_spread_evenly_over_the_strata() {
    // 2 of 8, and 1 of 4, plays have the storm: V is exact in every trial.
    for plays in ["4", "8", "32", "[8, 64]"] {
        let text = scenario(
            2,
            &format!(
                "imaginations = {plays}\n[state]\nu = 0.5\narmed = false\n\
                 [events.storm]\nwhen = 'armed'\nchance = 0.25\neffects = {{ u = 1 }}\n\
                 [actors.a]\nrationality = 2\nforesight = 1\n\
                 wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
                 actions.arm = {{ when = 't == 0', effects = {{ armed = true }} }}\n"
            ),
        );
        assert_spread(&play(&model(&text), 500), 0, 2.0 * 0.25 * 0.5);
    }
}

/// The shares of decisions that take more than 8, 16 and 32 plays, and that are undecided after 64,
/// where one option is ahead by `ahead` in log-odds of a rationality, and its advantage is `high` in a
/// quarter of the plays, which are spread evenly, and 0 in the others.
fn thinking(rationality: f64, high: f64) -> [f64; 4] {
    let ahead = rationality * high / 4.0;
    [8.0, 16.0, 32.0, 64.0].map(|n: f64| {
        // Σ (d − d̄)² over the n plays; the luck of the choice is a logistic number.
        let squares = n * high * high * 0.25 * 0.75;
        let margin = rationality / n * (squares + 0.2 * 0.2).sqrt();
        sigmoid(margin - ahead) - sigmoid(-margin - ahead)
    })
}

/// Checks how many plays were imagined for the decisions of an actor, one in each trial.
fn assert_thinking(leaf: &TrialBlock, actor: usize, expected: [f64; 4]) {
    let (plays, undecided) = (&leaf.thoughts[actor], &leaf.undecided[actor]);
    assert_eq!(plays.len(), leaf.len);
    for (n, share) in [8.0, 16.0, 32.0].into_iter().zip(expected) {
        let longer = plays.iter().filter(|plays| **plays > n).count() as u64;
        assert_share(longer, leaf.len as u64, share);
    }
    let left = undecided.iter().filter(|flag| **flag == 1.0).count() as u64;
    assert_share(left, leaf.len as u64, expected[3]);
    assert!(plays.iter().zip(undecided).all(|(plays, flag)| *flag == 0.0 || *plays == 64.0));
}

/// a can arm in the first step, which brings a storm with a chance of one quarter in the next; with
/// `consent`, that needs b's yes, which has the same wants and must be offered it.
fn storm(imaginations: &str, rationality: f64, consent: bool) -> String {
    let actor = format!(
        "rationality = {rationality}\nforesight = 1\nwants.u = {{ of = 'u', best = 1, worst = 0 }}\n"
    );
    let (must, vote) = match consent {
        true => ("must_act = true\n", "consent = { of = ['b'] }, "),
        false => ("", ""),
    };
    scenario(
        2,
        &format!(
            "imaginations = {imaginations}\n[state]\nu = 0.5\narmed = false\n\
             [events.storm]\nwhen = 'armed'\nchance = 0.25\neffects = {{ u = 1 }}\n\
             [actors.a]\n{must}{actor}\
             actions.arm = {{ when = 't == 0', {vote}effects = {{ armed = true }} }}\n\
             [actors.b]\n{actor}"
        ),
    )
}

#[test]
fn a_choice_takes_as_many_plays_as_its_luck_leaves_open() {
    let model = model(&storm("[8, 64]", 20.0, false));
    let leaf = play(&model, 20_000);
    assert_thinking(&leaf, 0, thinking(20.0, 0.5));
    assert!(leaf.thoughts[1].is_empty());
    // The plays are spread evenly at any number of them, so V is exact, and so are the odds.
    assert_spread(&leaf, 0, 20.0 * 0.25 * 0.5);
    assert_share(option(&model, &leaf, "a.arm").1, 20_000, sigmoid(20.0 * 0.125));
}

#[test]
fn a_vote_takes_as_many_plays_as_its_luck_leaves_open() {
    let model = model(&storm("[8, 64]", 20.0, true));
    let leaf = play(&model, 20_000);
    assert_thinking(&leaf, 1, thinking(20.0, 0.5));
    assert!(leaf.thoughts[0].is_empty(), "a has no choice");
    assert_share(option(&model, &leaf, "a.arm").2, 20_000, sigmoid(20.0 * 0.125));
}

#[test]
fn a_fixed_number_of_plays_is_imagined_always() {
    for plays in ["8", "[8, 8]"] {
        let leaf = play(&model(&storm(plays, 20.0, false)), 200);
        assert!(leaf.thoughts.iter().chain(&leaf.undecided).all(Vec::is_empty));
        assert_eq!(leaf.errors[0].len(), 200);
    }
    // Without rationality, luck decides alone, so nobody thinks longer than it has to.
    let leaf = play(&model(&storm("[8, 64]", 0.0, false)), 200);
    assert_eq!(leaf.thoughts[0], [8.0; 200]);
    assert_eq!(leaf.undecided[0], [0.0; 200]);
}

#[test]
fn the_branches_of_an_option_are_weighted_exactly_whatever_the_number_of_plays() {
    let text = scenario(
        2,
        "imaginations = 3\n[state]\nu = 0.5\n[actors.a]\nrationality = 2\nforesight = 1\n\
         wants.u = { of = 'u', best = 1, worst = 0 }\n\
         actions.try = { when = 't == 0', chance = [{ name = 'up', p = 0.17, effects = { u = 1 } },\
         { name = 'down', p = 0.4, effects = { u = 0.2 } }] }\n",
    );
    let value = 0.17 + 0.4 * 0.2 + 0.43 * 0.5;
    assert_spread(&play(&model(&text), 100), 0, 2.0 * f64::abs(0.5 - value));
}

#[test]
fn a_second_mind_foresees_an_answer_that_is_costly_at_first() {
    // Answering costs b 0.1 at once and gains it 0.4 by the end of the step.
    for (minds, value) in [(1, 0.8), (2, 0.1)] {
        let text = scenario(
            2,
            &format!(
                "minds = {minds}\nimaginations = 2\n[state]\nu = 0.5\nb = 0.5\nattacked = false\n\
                 answered = false\n[laws]\nb = 'if answered then 0.9 else b'\n\
                 u = 'if answered then 0.1 else u'\n\
                 [actors.a]\nrationality = 3\nforesight = 1\n\
                 wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
                 actions.attack = {{ when = 't == 0', effects = {{ u = 0.8, attacked = true }} }}\n\
                 [actors.b]\nrationality = 10000\nforesight = 1\n\
                 wants.b = {{ of = 'b', best = 1, worst = 0 }}\n\
                 actions.answer = {{ when = 'attacked and not answered', \
                 effects = {{ b = 0.4, answered = true }} }}\n"
            ),
        );
        let model = model(&text);
        let leaf = play(&model, 2000);
        assert_spread(&leaf, 0, 3.0 * (value - 0.5_f64).abs());
        let attacks = option(&model, &leaf, "a.attack").1;
        assert_share(attacks, 2000, sigmoid(3.0 * (value - 0.5)));
        assert_eq!(option(&model, &leaf, "b.answer").1, attacks);
    }
}

#[test]
fn ones_own_later_moves_do_not_look_ahead_and_their_costs_only_guide_them() {
    // In step 1 a can grab, at a cost; that pays at once if the cost is below 0.5.
    // Or it can save, which only pays by the end of the step.
    for (cost, foreseen) in [(0.2, 1.0), (0.6, 0.5)] {
        let text = scenario(
            2,
            &format!(
                "minds = 2\n[state]\nu = 0.5\nready = false\nsaved = false\n\
                 [laws]\nu = 'if saved then 0.9 else u'\n\
                 [actors.a]\nrationality = 1000\nforesight = 1\n\
                 wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
                 actions.prepare = {{ when = 't == 0', cost = 0.05, effects = {{ ready = true }} }}\n\
                 actions.grab = {{ when = 'ready and t == 1', cost = {cost}, effects = {{ u = 1 }} }}\n\
                 actions.save = {{ when = 't == 1', effects = {{ saved = true, u = 0.4 }} }}\n"
            ),
        );
        let leaf = play(&model(&text), 1);
        let expected = 1000.0 * (foreseen - 0.05 - 0.5_f64).abs();
        let found = leaf.spreads[0][0];
        assert!((found - expected).abs() < 1e-9, "{found}, expected {expected}");
    }
}

#[test]
fn a_voter_looks_ahead_but_the_proposer_does_not_expect_that() {
    // A yes pays for b only by the law at the end of the step: 0.8 instead of 0.5.
    let text = scenario(
        1,
        "[state]\nu = 0.5\nb = 0.5\nsigned = false\n[laws]\nb = 'if signed then 0.8 else b'\n\
         [actors.a]\nrationality = 2\nforesight = 1\nwants.u = { of = 'u', best = 1, worst = 0 }\n\
         actions.offer = { consent = { of = ['b'] }, effects = { u = 0.9, signed = true } }\n\
         [actors.b]\nrationality = 6\nforesight = 1\nwants.b = { of = 'b', best = 1, worst = 0 }\n",
    );
    let model = model(&text);
    let leaf = play(&model, 100_000);
    // a expects b to have no stake, so it expects acceptance with probability one half.
    assert_spread(&leaf, 0, 2.0 * 0.5 * 0.4);
    let (_, offered, accepted) = option(&model, &leaf, "a.offer");
    assert_share(offered, 100_000, sigmoid(2.0 * 0.2));
    assert_share(accepted, offered, sigmoid(6.0 * 0.3));
}

/// λ, then P(challenge), P(resist), P(stand firm) of the agent quantal response
/// equilibrium; see the head of the scenario file.
const CRISIS: [(u32, [f64; 3]); 3] = [
    (1, [0.4816791201, 0.6355608702, 0.3775406688]),
    (2, [0.3219947159, 0.8396051175, 0.2689414214]),
    (4, [0.1008436707, 0.9919017075, 0.1192029220]),
];

fn crisis(lambda: u32, plays: u32, minds: u32) -> Model {
    let text = include_str!("../../scenarios/crisis-tree.toml");
    let edited = text.replace("imaginations = 64", &format!("imaginations = {plays}"));
    let edited = edited.replace("minds = 2\n", &format!("minds = {minds}\n"));
    assert!(edited.contains(&format!("imaginations = {plays}\n")));
    assert!(edited.contains(&format!("minds = {minds}\n")));
    let world = if lambda == 1 { "base".to_owned() } else { format!("lambda_{lambda}") };
    model_under(&edited, "none", &world)
}

/// How often each of the three moves was open and taken.
fn crisis_moves(model: &Model, trials: u64) -> [(u64, u64); 3] {
    let count = |leaf: &TrialBlock| {
        ["a.challenge", "b.resist", "a.stand_firm"].map(|name| {
            let (available, taken, _) = option(model, leaf, name);
            (available, taken)
        })
    };
    fold(model, trials, count, |a, b| std::array::from_fn(|i| (a[i].0 + b[i].0, a[i].1 + b[i].1)))
}

fn share((available, taken): (u64, u64)) -> f64 {
    taken as f64 / available as f64
}

#[test]
fn the_last_move_of_the_crisis_has_exact_odds_at_any_number_of_plays() {
    for (lambda, odds) in CRISIS {
        let moves = crisis_moves(&crisis(lambda, 4, 2), 20_000);
        assert_share(moves[2].1, moves[2].0, odds[2]);
    }
}

#[test]
fn choices_in_the_crisis_approach_the_exact_odds_as_plays_grow() {
    for (lambda, odds) in CRISIS {
        let coarse = crisis_moves(&crisis(lambda, 4, 2), 20_000);
        let fine = crisis_moves(&crisis(lambda, 32, 2), 2_048);
        for (at, exact) in odds.iter().enumerate() {
            let error =
                |moves: [(u64, u64); 3]| (exact * (1.0 - exact) / moves[at].0 as f64).sqrt();
            let gap = |moves: [(u64, u64); 3]| (share(moves[at]) - exact).abs();
            assert!(gap(fine) < 4.0 * error(fine) + 0.005, "λ = {lambda}, move {at}: {fine:?}");
            assert!(gap(fine) < gap(coarse) + 3.0 * error(fine), "λ = {lambda}, move {at}");
        }
    }
}

#[test]
fn with_one_mind_the_crisis_has_the_odds_of_a_short_sighted_answer() {
    // B would resist with σ(λ): it compares -1 with the 0 of a crisis still open.
    for (lambda, odds) in CRISIS {
        let l = f64::from(lambda);
        let challenge = sigmoid(l * (1.0 - sigmoid(l) * (1.5 + 0.5 * odds[2])));
        let moves = crisis_moves(&crisis(lambda, 64, 1), 20_000);
        let found = share(moves[0]);
        assert!((found - challenge).abs() < 0.02, "λ = {lambda}: {found}, expected {challenge}");
        if lambda == 1 {
            assert!((found - challenge).abs() < (found - odds[0]).abs());
        }
    }
}

#[test]
fn imagined_steps_are_counted_by_option_play_and_step() {
    let counted = |when: &str, ends: bool| {
        let text = format!(
            "imaginations = 4\n[state]\nu = 0.5\ngone = false\n\
             [actors.a]\nrationality = 0\nforesight = 2\nwants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.go = {{ when = \"{when}\", effects = {{ gone = true }} }}\n\
             [[outcomes]]\nid = 'gone'\nwhen = 'gone'\nends = {ends}\n"
        );
        let model = model(&scenario(3, &text));
        Reference::new(&model, 1).imagined_steps(0, 1).expect("no accident")
    };
    // Two options in four plays: two whole steps from step 0 on, one from step 1, none from step 2.
    assert_eq!(counted("t >= 0", false), 2 * 4 * (2 + 1));
    // An actor without a choice imagines nothing, and nobody imagines in the last step.
    assert_eq!(counted("t == 9", false), 0);
    assert_eq!(counted("t == 2", false), 0);
    // Of two options in step 1, one ends every play at once.
    assert_eq!(counted("t == 1", true), 4);
}
