//! Collective bargains: who bargains, where they settle, what follows, and that both engines agree.

use demarche::engine::{Path, TrialBlock};
use demarche::model::Model;

use crate::lanes::{compare, document};
use crate::play::{
    accident, assert_share, assumed, first, model, model_under, option, play, recorded, scenario,
    sigmoid,
};

/// The outcome without which a scenario is warned of.
const END: &str = "[[outcomes]]\nid = 'end'\nwhen = true\n";

/// Plays trials of a model by the reference interpreter, after comparing it with the lanes on every path.
fn played(model: &Model, trials: usize) -> TrialBlock {
    for path in Path::ALL.into_iter().filter(|path| path.available()) {
        assert_eq!(compare(model, trials.min(300), path, 128), None, "on {}", path.name());
    }
    play(model, trials)
}

/// The value of a variable at a row, which is the same in every trial.
fn value(model: &Model, block: &TrialBlock, name: &str, row: usize) -> f64 {
    let column = recorded(model, block, name, row);
    assert!(column.iter().all(|x| *x == column[0]), "{name} differs between trials");
    column[0]
}

/// A bargain of one step over `x` from 5, in 0 to 10.
fn one(rule: &str, parties: &[(&str, &str, &str)]) -> String {
    let table = |number: usize| -> String {
        let entries: Vec<String> = parties
            .iter()
            .enumerate()
            .map(|(index, (position, salience, power))| {
                format!("p{index} = '{}'", [position, salience, power][number])
            })
            .collect();
        format!("{{ {} }}", entries.join(", "))
    };
    let names: Vec<String> = (0..parties.len()).map(|index| format!("'p{index}'")).collect();
    let actors: String = (0..parties.len()).map(|index| format!("[actors.p{index}]\n")).collect();
    scenario(
        1,
        &format!(
            "[state]\nx = {{ start = 5, range = [0, 10] }}\ndone = 0\n{actors}\
             [bargains.b]\nover = 'x'\n{rule}\namong = [{}]\nposition = {}\nsalience = {}\npower = {}\n\
             effects = {{ done = '+= x' }}\n{END}",
            names.join(", "),
            table(0),
            table(1),
            table(2)
        ),
    )
}

/// Where such a bargain settles in the only step; `None` if it has not happened.
fn settles(rule: &str, parties: &[(&str, &str, &str)]) -> Option<f64> {
    let model = model(&one(rule, parties));
    let block = played(&model, 2);
    let (x, done) = (value(&model, &block, "x", 1), value(&model, &block, "done", 1));
    if first(&model, &block, "b")[0].is_none() {
        assert_eq!((x, done), (5.0, 0.0), "nothing has happened");
        return None;
    }
    assert_eq!(first(&model, &block, "b"), [Some(0), Some(0)]);
    assert_eq!(done, x, "effects read what was settled");
    Some(x)
}

#[test]
fn each_rule_settles_where_its_formula_says() {
    let three = [("1", "1", "1"), ("4", "0.5", "2"), ("8", "1", "2")];
    assert_eq!(settles("rule = 'mean'", &three), Some(5.25));
    assert_eq!(settles("rule = 'median'", &three), Some(4.0));
    assert_eq!(settles("rule = 'nash'", &three), None);
    // By hand, from (0 − 1 − 2 with weights 1, 1, 1): the middle beats either end with 2/3, the ends are even;
    // so the middle has 1/2, the ends 1/4 each.
    let even = [("0", "1", "1"), ("1", "1", "1"), ("2", "1", "1")];
    assert_eq!(settles("rule = 'pce'", &even), Some(1.0));
    let two = [("2", "1", "1"), ("6", "1", "3")];
    assert_eq!(settles("rule = 'pce'\npick = 'mean'", &two), Some(5.0));
    // d = 1 and 3 from 5, weights 1 and 3: the zero of 3/y = 1/(2 − y) is y = 1.5.
    let up = [("6", "1", "1"), ("8", "3", "1")];
    let settled = settles("rule = 'nash'", &up).expect("both gain");
    assert!((settled - 6.5).abs() < 1e-9 * 10.0, "{settled}");
    let down = [("4", "1", "1"), ("2", "3", "1")];
    let settled = settles("rule = 'nash'", &down).expect("both gain");
    assert!((settled - 3.5).abs() < 1e-9 * 10.0, "{settled}");
}

#[test]
fn all_positions_are_clamped_to_the_range() {
    let parties = [("25", "1", "1"), ("-3", "1", "3")];
    assert_eq!(settles("rule = 'mean'", &parties), Some(2.5));
    assert_eq!(settles("rule = 'median'", &parties), Some(0.0));
    assert_eq!(settles("rule = 'pce'", &parties), Some(2.5));
    assert_eq!(settles("rule = 'nash'", &[("25", "1", "1")]), Some(10.0));
    // An ideal is clamped too.
    let text = scenario(
        1,
        &format!(
            "[state]\nx = {{ start = 5, range = [0, 10] }}\n\
             [actors.a]\ntraits.power = 1\nwants.w = {{ of = 'x', ideal = 70, reach = 100 }}\n\
             [bargains.b]\nover = 'x'\nrule = 'mean'\n{END}"
        ),
    );
    let model = model(&text);
    assert_eq!(value(&model, &played(&model, 2), "x", 1), 10.0);
}

#[test]
fn actors_without_weight_are_no_reason_to_refuse_but_keep_their_positions() {
    assert_eq!(
        settles("rule = 'nash'", &[("2", "0", "1"), ("5", "1", "0"), ("8", "1", "1")]),
        Some(8.0)
    );
    // In an election among 0, 1 and 2 the middle is an alternative that nobody's weight stands for: against
    // either end it is even, so all three are alike, and a third of the draws take it.
    let text =
        one("rule = 'pce'\npick = 'draw'", &[("0", "1", "1"), ("1", "0", "1"), ("2", "1", "1")]);
    let model = model(&text);
    let block = played(&model, 30_000);
    for position in [0.0, 1.0, 2.0] {
        let drawn = recorded(&model, &block, "x", 1).iter().filter(|x| **x == position).count();
        assert_share(drawn as u64, 30_000, 1.0 / 3.0);
    }
}

#[test]
fn a_position_is_drawn_with_the_probability_of_the_election_and_a_chance_is_its_own() {
    let text = one(
        "rule = 'pce'\npick = 'draw'\nchance = 0.4",
        &[("0", "1", "1"), ("1", "1", "1"), ("2", "1", "1")],
    );
    let model = model(&text);
    let block = played(&model, 40_000);
    let happened = first(&model, &block, "b").iter().filter(|step| step.is_some()).count() as u64;
    assert_share(happened, 40_000, 0.4);
    for (position, p) in [(0.0, 0.25), (1.0, 0.5), (2.0, 0.25)] {
        let drawn = recorded(&model, &block, "x", 1).iter().filter(|x| **x == position).count();
        assert_share(drawn as u64, happened, p);
    }
}

#[test]
fn by_default_all_with_an_ideal_of_the_variable_alone_bargain() {
    // g: a 2 * 1/4 = 0.5, b 0.5 * 3/3 = 1.5 (by `3 / 3`, times power 1.5). Nobody else is at the table.
    let text = scenario(
        1,
        &format!(
            "[state]\nx = {{ start = 5, range = [0, 10] }}\ny = 0\n\
             [actors.a]\ntraits.power = 2\n\
             wants.x = {{ of = 'x', ideal = 2, reach = 9, weight = 1 }}\nwants.y = {{ of = 'y', best = 1, worst = 0, weight = 3 }}\n\
             [actors.b]\ntraits.power = 1.5\nwants.x = {{ of = 'x', ideal = 6, reach = 9, weight = 3 }}\n\
             [actors.c]\ntraits.power = 9\nwants.x = {{ of = 'x + 0', ideal = 9, reach = 9 }}\n\
             [actors.d]\ntraits.power = 9\nwants.x = {{ of = 'x', best = 10, worst = 0 }}\n\
             [bargains.b]\nover = 'x'\nrule = 'mean'\n{END}"
        ),
    );
    let plain = model(&text);
    assert_eq!(value(&plain, &played(&plain, 2), "x", 1), (0.5 * 2.0 + 1.5 * 6.0) / 2.0);
    // What is given takes the place of a default, one by one.
    let given = model(
        &text.replace("rule = 'mean'", "rule = 'mean'\nposition = { b = 10 }\npower = { a = 6 }"),
    );
    assert_eq!(value(&given, &played(&given, 2), "x", 1), (1.5 * 2.0 + 1.5 * 10.0) / 3.0);
    let given = model(&text.replace("rule = 'mean'", "rule = 'mean'\nsalience = { a = 0.75 }"));
    assert_eq!(value(&given, &played(&given, 2), "x", 1), 4.0);
    // Two such wants are no default, so both position and salience are given.
    let two = text
        .replace("[actors.b]", "wants.z = { of = 'x', ideal = 3, reach = 9 }\n[actors.b]")
        .replace("rule = 'mean'", "rule = 'mean'\nposition = { a = 2 }\nsalience = { a = 0.75 }");
    let two = model(&two);
    assert_eq!(value(&two, &played(&two, 2), "x", 1), 4.0);
}

#[test]
fn defaults_that_are_drawn_are_those_of_the_trial() {
    let text = scenario(
        1,
        &format!(
            "[assumptions]\nstrength = 'uniform(1, 3)'\n[state]\nx = {{ start = 0, range = [0, 1] }}\n\
             [actors.a]\ntraits.power = 'strength'\nwants.x = {{ of = 'x', ideal = 'uniform(0, 1)', reach = 1, weight = 'uniform(1, 2)' }}\n\
             wants.y = {{ of = 't', best = 1, worst = 0 }}\n\
             [actors.b]\ntraits.power = 1\nwants.x = {{ of = 'x', ideal = 0, reach = 1 }}\n\
             [bargains.b]\nover = 'x'\nrule = 'mean'\n{END}"
        ),
    );
    let model = model(&text);
    let block = played(&model, 200);
    let column = |name| assumed(&model, &block, name);
    let (power, ideal, weight) =
        (column("strength"), column("actors.a.wants.x.ideal"), column("actors.a.wants.x.weight"));
    for (trial, x) in recorded(&model, &block, "x", 1).iter().enumerate() {
        let g = power[trial] * (weight[trial] / (weight[trial] + 1.0));
        let expected = g * ideal[trial] / (g + 1.0);
        assert!((x - expected).abs() < 1e-15, "trial {trial}: {x}, expected {expected}");
    }
}

#[test]
fn bargains_come_after_the_events_of_the_step_and_before_the_moves() {
    let text = scenario(
        2,
        &format!(
            "[state]\nx = {{ start = 0, range = [0, 10] }}\ny = 0\nseen = 0\nlater = 0\n\
             [events.e]\neffects = {{ y = 't + 3', later = 'x' }}\n\
             [bargains.b]\nover = 'x'\nrule = 'mean'\namong = ['a']\nposition = {{ a = 'y' }}\nsalience = {{ a = 1 }}\npower = {{ a = 1 }}\n\
             [bargains.second]\nover = 'y'\nrule = 'median'\namong = ['a']\nposition = {{ a = 'x + 1' }}\nsalience = {{ a = 1 }}\npower = {{ a = 1 }}\n\
             [actors.a]\nrationality = 1\nmust_act = true\nactions.look = {{ effects = {{ seen = 'x + 100 * y' }} }}\n{END}"
        ),
    )
    .replace("y = 0\nseen", "y = { start = 0, range = [0, 100] }\nseen");
    let model = model(&text);
    let block = played(&model, 3);
    for (row, step) in [(1, 0.0), (2, 1.0)] {
        assert_eq!(value(&model, &block, "x", row), step + 3.0);
        assert_eq!(value(&model, &block, "y", row), step + 4.0);
        assert_eq!(value(&model, &block, "seen", row), step + 3.0 + 100.0 * (step + 4.0));
    }
    assert_eq!(
        value(&model, &block, "later", 2),
        3.0,
        "the event of step 1 saw the bargain of step 0"
    );
}

#[test]
fn without_a_deal_nothing_has_happened_and_every_and_once_are_unused() {
    for (limit, happens) in
        [("once = true", vec![2]), ("every = 2", vec![2, 4]), ("", vec![2, 3, 4])]
    {
        let text = scenario(
            5,
            &format!(
                "[state]\nx = {{ start = 5, range = [0, 20] }}\nn = 0\n\
                 [measures]\nago = 'if happened(b) then since(b) else -1'\ntimes = 'count(b)'\n\
                 [actors.a]\n[actors.c]\n\
                 [bargains.b]\nover = 'x'\nrule = 'nash'\namong = ['a', 'c']\n{limit}\n\
                 position = {{ a = 'if t < 2 then x - 1 else x + 1', c = 'x + 1' }}\nsalience = {{ a = 1, c = 1 }}\npower = {{ a = 1, c = 1 }}\n\
                 effects = {{ n = '+= 1' }}\n{END}"
            ),
        );
        let model = model(&text);
        let block = played(&model, 2);
        assert_eq!(first(&model, &block, "b"), [Some(2), Some(2)], "{limit}");
        for step in 0..5u32 {
            let times = happens.iter().filter(|at| **at <= step).count() as f64;
            let row = step as usize + 1;
            assert_eq!(value(&model, &block, "n", row), times, "{limit} in step {step}");
            assert_eq!(value(&model, &block, "times", row), times, "{limit} in step {step}");
            assert_eq!(value(&model, &block, "x", row), 5.0 + times, "{limit} in step {step}");
            let last = happens.iter().rfind(|at| **at <= step);
            let ago = last.map_or(-1.0, |at| f64::from(step - at));
            assert_eq!(value(&model, &block, "ago", row), ago, "{limit} in step {step}");
        }
    }
}

#[test]
fn a_settled_variable_can_end_the_trial_before_anyone_moves() {
    let text = scenario(
        3,
        "[state]\nx = { start = 5, range = [0, 10] }\nmoved = 0\n\
         [bargains.b]\nover = 'x'\nrule = 'mean'\namong = ['a']\nposition = { a = 9 }\nsalience = { a = 1 }\npower = { a = 1 }\nwhen = 't == 1'\n\
         [actors.a]\nrationality = 1\nmust_act = true\nactions.go = { effects = { moved = '+= 1' } }\n\
         [[outcomes]]\nid = 'high'\nwhen = 'x > 8'\nends = true\n",
    );
    let model = model(&text);
    let block = played(&model, 3);
    assert_eq!(block.outcomes, [0, 0, 0]);
    assert_eq!(block.end_steps, [1, 1, 1]);
    assert_eq!(value(&model, &block, "moved", 3), 1.0);
}

/// A game with draws, votes, a random order and looking ahead, beside which a bargain is put.
fn busy(bargain: &str) -> String {
    scenario(
        3,
        &format!(
            "order = 'random'\n[assumptions]\nu = 'uniform(0, 1)'\n\
             [state]\nx = {{ start = 'uniform(0, 1)', range = [0, 1] }}\ny = {{ start = 0.5, range = [0, 1] }}\nz = {{ start = 5, range = [0, 10] }}\n\
             [events.e]\nchance = 0.5\neffects = {{ y = 'uniform(0, 1)' }}\n{bargain}\
             [actors.a]\nrationality = 12\nforesight = 1\ntraits.power = 'uniform(0, 1)'\nwants.x = {{ of = 'x * y', best = 1, worst = 0 }}\n\
             actions.up = {{ effects = {{ x = '+= uniform(0, 0.3)' }}, chance = [{{ p = 0.5, effects = {{ y = 0.8 }} }}] }}\n\
             [actors.c]\nrationality = 9\nwants.x = {{ of = 'x', best = 0, worst = 1 }}\n\
             actions.offer = {{ consent = {{ of = ['a'] }}, effects = {{ x = '-= 0.2' }} }}\n\
             [laws]\ny = 'y + normal(0, 0.1)'\n{END}"
        ),
    )
}

#[test]
fn adding_a_bargain_leaves_every_other_draw_as_it_was() {
    let added = "[bargains.b]\nover = 'z'\nrule = 'pce'\npick = 'draw'\nchance = 0.7\namong = ['a', 'c']\n\
                 position = { a = 2, c = 9 }\nsalience = { a = 1, c = 1 }\npower = { c = 1 }\n";
    let (without, with) = (model(&busy("")), model(&busy(added)));
    let (a, b) = (played(&without, 400), played(&with, 400));
    for row in 0..=3 {
        for name in ["x", "y"] {
            assert_eq!(recorded(&without, &a, name, row), recorded(&with, &b, name, row), "{name}");
        }
    }
    assert_eq!(a.assumptions, b.assumptions);
    assert_eq!(first(&without, &a, "e"), first(&with, &b, "e"));
    for name in ["a.up", "a.hold", "c.offer"] {
        assert_eq!(option(&without, &a, name), option(&with, &b, name), "{name}");
    }
    assert_eq!(a.spreads, b.spreads, "what actors imagined");
    let settled = recorded(&with, &b, "z", 3);
    assert!(settled.contains(&2.0) && settled.contains(&9.0) && settled.contains(&5.0));
    // A second bargain does not change the first.
    let second = added.replace("bargains.b]", "bargains.a_first]").replace("'z'", "'w'");
    let both = busy(&(second + added))
        .replace("z = { start", "w = { start = 5, range = [0, 10] }\nz = { start");
    let both = model(&both);
    let c = played(&both, 400);
    assert_eq!(recorded(&both, &c, "z", 3), settled);
    assert_ne!(recorded(&both, &c, "w", 3), settled, "each has numbers of its own");
}

/// An actor that can make others give way in the bargain of the next step.
fn foreseen(more: &str, belief: &str) -> String {
    scenario(
        2,
        &format!(
            "[state]\nx = {{ start = 0, range = [0, 1] }}\npressed = false\n\
             [bargains.b]\nover = 'x'\nrule = 'mean'\namong = ['a', 'c']\n\
             position = {{ a = 1, c = 'if pressed then 1 else 0' }}\nsalience = {{ a = 1, c = 1 }}\npower = {{ a = 1, c = 3 }}\n{more}\n\
             [actors.a]\nrationality = 2\nforesight = 1\nwants.x = {{ of = 'x', best = 1, worst = 0 }}\n\
             actions.press = {{ when = 't == 0', effects = {{ pressed = true }} }}\n{belief}\n[actors.c]\n{END}"
        ),
    )
}

#[test]
fn bargains_are_settled_in_imagined_plays_too() {
    // Pressed, x becomes 1, else 1/4.
    let model = model(&foreseen("", ""));
    let block = played(&model, 100_000);
    let (available, taken, _) = option(&model, &block, "a.press");
    assert_eq!(available, 100_000);
    assert_share(taken, 100_000, sigmoid(2.0 * 0.75));
    // In the plays of somebody who takes c for weaker than it is, pressing it matters less.
    let belief = "believes = { \"bargains.b.power.c\" = 1 }";
    let believed = crate::play::model(&foreseen("", belief));
    let block = played(&believed, 100_000);
    assert_share(option(&believed, &block, "a.press").1, 100_000, sigmoid(2.0 * 0.5));
    // The truth stays what it is.
    let column = recorded(&believed, &block, "x", 2);
    assert!(column.iter().all(|x| *x == 1.0 || *x == 0.25));
}

#[test]
fn worlds_and_policies_set_the_parts_of_a_bargain() {
    let mut text = one("rule = 'mean'", &[("1", "1", "1"), ("4", "1", "1"), ("10", "1", "1")]);
    text += "[worlds.w]\nset = { \"bargains.b.rule\" = \"median\" }\n\
             [worlds.v]\nset = { \"bargains.b.position.p0\" = \"x + 2\" }\n\
             [worlds.u]\nset = { \"bargains.b.chance\" = 0 }\n\
             [policies.p]\nset = { \"bargains.b.power.p2\" = 0 }\n";
    for (policy, world, expected) in [
        ("none", "base", 5.0),
        ("none", "w", 4.0),
        ("none", "v", 7.0),
        ("none", "u", 5.0),
        ("p", "base", 2.5),
    ] {
        let model = model_under(&text, policy, world);
        assert_eq!(value(&model, &played(&model, 2), "x", 1), expected, "{policy}, {world}");
    }
}

#[test]
fn weights_that_are_negative_or_all_zero_are_accidents() {
    let found = accident(&one("rule = 'mean'", &[("1", "1", "1"), ("4", "1", "t - 2")]), 1);
    assert_eq!(found.path, "bargains.b.power.p1");
    assert_eq!(
        found.problem,
        "the weight of `p1` is -2 * 1, power times salience: it must not be negative"
    );
    let found = accident(&one("rule = 'nash'", &[("1", "t - 1", "2"), ("4", "1", "1")]), 1);
    assert_eq!(found.path, "bargains.b.salience.p0");
    for rule in [
        "rule = 'mean'",
        "rule = 'median'",
        "rule = 'nash'",
        "rule = 'pce'",
        "rule = 'pce'\npick = 'draw'",
    ] {
        let text = one(rule, &[("1", "t", "1"), ("4", "1", "0")]);
        let found = accident(&text, 1);
        assert_eq!(found.path, "bargains.b");
        assert_eq!(found.problem, "power times salience is zero for everyone who bargains");
        assert_eq!(found.step, Some(0));
        assert_eq!(compare(&model(&text), 3, Path::best(), 128), None);
        // Where it does not happen, it does not matter.
        let model = model(&text.replace("among", "when = 't > 5'\namong"));
        assert_eq!(value(&model, &played(&model, 2), "x", 1), 5.0);
    }
    let found = accident(&one("rule = 'mean'", &[("1 / t", "1", "1")]), 1);
    assert_eq!(found.path, "bargains.b.position.p0");
    assert_eq!(found.problem, "1 is divided by zero");
}

#[test]
fn a_range_with_an_open_end_and_one_that_is_drawn_will_do() {
    let text = scenario(
        1,
        &format!(
            "[assumptions]\nmost = 'uniform(5, 9)'\n\
             [state]\nx = {{ start = 0, range = [0, inf] }}\ny = {{ start = 0, range = [0, 'most'] }}\n\
             [bargains.b]\nover = 'x'\nrule = 'pce'\namong = ['a', 'c']\nposition = {{ a = 3, c = 7 }}\nsalience = {{ a = 1, c = 1 }}\npower = {{ a = 1, c = 1 }}\n\
             [bargains.d]\nover = 'y'\nrule = 'nash'\namong = ['a']\nposition = {{ a = 20 }}\nsalience = {{ a = 1 }}\npower = {{ a = 1 }}\n\
             [actors.a]\n[actors.c]\n{END}"
        ),
    );
    let model = model(&text);
    let block = played(&model, 100);
    assert_eq!(value(&model, &block, "x", 1), 5.0);
    assert_eq!(recorded(&model, &block, "y", 1), assumed(&model, &block, "most"));
}

#[test]
fn the_scenarios_settle_where_published_figures_and_exact_arithmetic_say() {
    let cars = document("car-emissions.toml");
    let end = |world: &str, name: &str| {
        let model = cars.model("none", world).expect("a sound scenario");
        let block = played(&model, 2);
        value(&model, &block, name, 1)
    };
    // Published: 7.389955686853767 and 7. By fractions: 7.348219343577885.
    assert_eq!(end("mean", "years"), 7.389955686853767);
    assert_eq!(end("median", "years"), 7.0);
    assert!((end("election_mean", "years") - 7.348219343577885).abs() < 1e-13);
    let model = cars.model("none", "base").expect("a sound scenario");
    let block = played(&model, 40_000);
    for (years, p) in
        [(4.0, 0.2459403349140792), (7.0, 0.39204621564588), (10.0, 0.3620134494400408)]
    {
        let drawn = recorded(&model, &block, "years", 1).iter().filter(|x| **x == years).count();
        assert_share(drawn as u64, 40_000, p);
    }
    // Where the governments that would wait ten years lose nothing by waiting, there is no deal; else they
    // settle a little before those ten years.
    let model = cars.model("none", "nash").expect("a sound scenario");
    let block = played(&model, 500);
    let without = assumed(&model, &block, "without");
    for (trial, years) in recorded(&model, &block, "years", 1).iter().enumerate() {
        let q = without[trial];
        // Σ of g: 0.248 at 4, 0.093 at 7, 0.336 at 10.
        let expected = if q <= 10.0 {
            q
        } else {
            let y: f64 = (0.248 + 0.093) * 2.0 * (q - 10.0) / 0.677;
            q - y.max(q - 10.0).min(q - 7.0)
        };
        assert!((years - expected).abs() < 1e-9 * 20.0, "from {q}: {years}, expected {expected}");
    }
    let enterprises = document("enterprises.toml");
    let exact = [
        ("mean", 36.29356264589923, 38.88536491119671, 1e-12),
        ("median", 45.0, 40.0, 0.0),
        ("election_mean", 36.73231324447355, 38.175966603300324, 1e-12),
    ];
    for (world, policy, competition, slack) in exact {
        let text = enterprises.source.file().replace("draw = \"pert(50, 100, 150)\"", "draw = 100");
        assert!(text.contains("draw = 100"), "the power of the most powerful is a constant");
        let model = model_under(&text, "none", world);
        let block = played(&model, 2);
        assert!((value(&model, &block, "policy", 1) - policy).abs() <= slack, "{world}");
        assert!((value(&model, &block, "competition", 1) - competition).abs() <= slack, "{world}");
    }
}
