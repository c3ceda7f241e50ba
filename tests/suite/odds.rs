//! Choices at foresight 0: quantal response, and expected utility over branches and
//! over consent.

use crate::play::{assert_share, assert_spread, model, option, oracle, play, scenario, sigmoid};

/// One actor whose only want is `u`, with these actions.
fn one_actor(rationality: f64, start: f64, more: &str) -> String {
    scenario(
        1,
        &format!(
            "[state]\nu = {start}\n[actors.a]\nrationality = {rationality:?}\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n{more}\n\
             [[outcomes]]\nid = 'high'\nwhen = 'u > 0.5'\n"
        ),
    )
}

#[test]
fn choices_follow_the_quantal_response_of_the_oracles() {
    let oracle = oracle();
    for case in oracle["quantal_response"]["cases"].as_array().expect("cases") {
        let number = |value: &serde_json::Value| value.as_f64().expect("a number");
        let mut actions = String::from("must_act = true\n");
        for (index, value) in case["values"].as_array().expect("values").iter().enumerate() {
            actions += &format!("actions.o{index} = {{ effects = {{ u = {} }} }}\n", number(value));
        }
        let model = model(&one_actor(number(&case["rationality"]), 0.0, &actions));
        let leaf = play(&model, 200_000);
        for (index, p) in case["p"].as_array().expect("p").iter().enumerate() {
            let (available, taken, _) = option(&model, &leaf, &format!("a.o{index}"));
            assert_eq!(available, 200_000);
            assert_share(taken, available, number(p));
        }
        assert_eq!(option(&model, &leaf, "a.hold").1, 0);
    }
}

#[test]
fn holding_costs_nothing_and_a_cost_counts_in_utility() {
    let model = model(&one_actor(8.0, 0.5, "actions.up = { effects = { u = 0.7 }, cost = 0.3 }"));
    let leaf = play(&model, 200_000);
    // V(up) = 0.7 - 0.3, V(hold) = 0.5.
    assert_spread(&leaf, 0, 8.0 * 0.1);
    assert_share(option(&model, &leaf, "a.up").1, 200_000, sigmoid(8.0 * (0.4 - 0.5)));
}

#[test]
fn utility_is_expected_over_chance_exactly() {
    let gamble = "actions.gamble = { effects = { v = 1 }, chance = [\
                  { name = 'wins', p = 0.6, effects = { u = 1 } },\
                  { name = 'loses', p = 'if v == 0 then 0.3 else 0', effects = { u = 0.2 } } ] }";
    let text = one_actor(9.0, 0.5, gamble).replace("u = 0.5", "u = 0.5\nv = 0");
    let model = model(&text);
    let leaf = play(&model, 200_000);
    // The chances read the state before the effects; with the remaining probability no
    // branch is selected.
    let value = 0.6 * 1.0 + 0.3 * 0.2 + 0.1 * 0.5;
    assert_spread(&leaf, 0, 9.0 * (value - 0.5));
    let taken = option(&model, &leaf, "a.gamble").1;
    assert_share(taken, 200_000, sigmoid(9.0 * (value - 0.5)));
    let high = leaf.outcomes.iter().filter(|outcome| **outcome == 0).count() as u64;
    assert_share(high, taken, 0.6);
}

#[test]
fn a_branch_without_a_chance_takes_what_is_left() {
    let gamble = "actions.gamble = { chance = [{ name = 'wins', p = 0.25, effects = { u = 1 } },\
                  { name = 'loses', effects = { u = 0 } }] }";
    let model = model(&one_actor(4.0, 0.5, gamble));
    let leaf = play(&model, 100_000);
    assert_spread(&leaf, 0, 4.0 * 0.25);
    assert_share(option(&model, &leaf, "a.gamble").1, 100_000, sigmoid(-4.0 * 0.25));
}

#[test]
fn wants_curves_and_risk_make_the_utility_of_the_formulas() {
    // a.gain: v = ((30 - 10) / (50 - 10))^2 = 0.25 with weight 3;
    // a.near: v = 1 - (|30 - 20| / 40)^0.5 = 0.5 with weight 1; U = 0.3125.
    // At x = 0 gain clamps to 0, near is 1 - (20 / 40)^0.5.
    let text = scenario(
        1,
        "[state]\nx = 0\n[actors.a]\nrationality = 1\nrisk = 2\n\
         wants.gain = { of = 'x', best = 50, worst = 10, curve = 2, weight = 3 }\n\
         wants.near = { of = 'x', ideal = 20, reach = 40, curve = 0.5, weight = 1 }\n\
         actions.go = { effects = { x = 30 } }\n",
    );
    let bent = |u: f64| (1.0 - (-2.0 * u).exp()) / (1.0 - (-2.0_f64).exp());
    let expected = bent(0.3125) - bent((1.0 - 0.5_f64.sqrt()) / 4.0);
    assert_spread(&play(&model(&text), 10), 0, expected);
}

#[test]
fn a_draw_in_an_effect_is_evaluated_with_stratified_values() {
    // Of 8 strata 2 are below 1/4, so V is 3/4 in every trial; u2 = 1 - u, from the
    // same kind of draw, so the two moves have even odds.
    let draws = "imaginations = 8\nmust_act = true\n\
                 actions.up = { effects = { u = 'discrete(0, 1, 1, 3)' } }\n\
                 actions.keep = { effects = { u = 0.5 } }";
    let model = model(&one_actor(6.0, 0.0, draws));
    let leaf = play(&model, 100_000);
    assert_spread(&leaf, 0, 6.0 * 0.25);
    let taken = option(&model, &leaf, "a.up").1;
    assert_share(taken, 100_000, sigmoid(6.0 * 0.25));
    let high = leaf.outcomes.iter().filter(|outcome| **outcome == 0).count() as u64;
    assert_share(high, taken, 0.75);
}

/// Rationality of b, c and d, and their gain from a yes.
const VOTERS: [(f64, f64); 3] = [(4.0, 0.5), (5.0, -0.2), (10.0, 0.1)];

/// a proposes, at a cost, a change of u from 0.4 to 0.9; after a no, u becomes 0.3.
fn proposal(consent: &str) -> String {
    let mut text = one_actor(
        5.0,
        0.4,
        &format!(
            "actions.propose = {{ consent = {consent}, cost = 0.05, \
             effects = {{ u = 0.9, deal = true }}, refused = {{ u = 0.3 }} }}"
        ),
    )
    .replace("u = 0.4", "u = 0.4\ndeal = false");
    for (name, (rationality, gain)) in ["b", "c", "d"].iter().zip(VOTERS) {
        text += &format!(
            "[actors.{name}]\nrationality = {rationality:?}\n\
             wants.deal = {{ of = 'if deal then 0.5 + {gain:?} else 0.5', best = 1, worst = 0 }}\n"
        );
    }
    text
}

/// The probability of a yes vote of each voter, from its own stake.
fn yeses() -> [f64; 3] {
    VOTERS.map(|(rationality, gain)| sigmoid(rationality * gain))
}

#[track_caller]
fn assert_consent(consent: &str, carried: f64) {
    let model = model(&proposal(consent));
    let leaf = play(&model, 200_000);
    let value = carried * 0.9 + (1.0 - carried) * 0.3 - 0.05;
    assert_spread(&leaf, 0, 5.0 * (value - 0.4).abs());
    let (_, proposed, accepted) = option(&model, &leaf, "a.propose");
    assert_share(proposed, 200_000, sigmoid(5.0 * (value - 0.4)));
    assert_share(accepted, proposed, carried);
}

#[test]
fn all_must_say_yes_under_the_rule_all() {
    let [b, c, d] = yeses();
    assert_consent("{ of = ['b', 'c', 'd'] }", b * c * d);
    assert_consent("{ of = ['b', 'c', 'd'], rule = 'all' }", b * c * d);
}

#[test]
fn one_yes_is_enough_under_the_rule_any() {
    let [b, c, d] = yeses();
    let none = (1.0 - b) * (1.0 - c) * (1.0 - d);
    assert_consent("{ of = ['b', 'c', 'd'], rule = 'any' }", 1.0 - none);
}

#[test]
fn a_majority_is_more_than_half() {
    let [b, c, d] = yeses();
    let two_or_three = b * c + b * d + c * d - 2.0 * b * c * d;
    assert_consent("{ of = ['b', 'c', 'd'], rule = 'majority' }", two_or_three);
    assert_consent("{ of = ['b', 'c'], rule = 'majority' }", b * c);
}

#[test]
fn a_quota_is_reached_by_the_weights_of_those_who_say_yes() {
    let [b, c, d] = yeses();
    // b alone reaches 3, and so do c and d together.
    let rule = "{ of = ['b', 'c', 'd'], rule = { weight = { b = 3, c = 2, d = 1 }, quota = 3 } }";
    assert_consent(rule, 1.0 - (1.0 - b) * (1.0 - c * d));
}

#[test]
fn a_proposer_that_is_asked_says_yes() {
    let [b, c, _] = yeses();
    assert_consent("{ of = ['a', 'b'], rule = 'all' }", b);
    assert_consent("{ of = ['a', 'b', 'c'], rule = 'majority' }", 1.0 - (1.0 - b) * (1.0 - c));
    let rule = "{ of = ['a', 'b'], rule = { weight = { a = 1, b = 1 }, quota = 2 } }";
    assert_consent(rule, b);
    assert_consent("{ of = ['a', 'b'], rule = 'any' }", 1.0);
}

#[test]
fn a_no_applies_the_effects_in_refused() {
    let model = model(&proposal("{ of = ['b'] }"));
    let leaf = play(&model, 10_000);
    let at_the_end = crate::play::recorded(&model, &leaf, "u", 1);
    let count = |u: f64| at_the_end.iter().filter(|x| **x == u).count() as u64;
    let (_, proposed, accepted) = option(&model, &leaf, "a.propose");
    assert!(accepted > 0 && accepted < proposed);
    let counts = (count(0.9), count(0.3), count(0.4));
    assert_eq!(counts, (accepted, proposed - accepted, 10_000 - proposed));
}
