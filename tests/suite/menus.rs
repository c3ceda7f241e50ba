//! Menus: one choice among items of actions, by quantal response over all of them.

use demarche::engine::{Path, TrialBlock, counted_options};
use demarche::model::Model;

use crate::lanes::compare;
use crate::play::{assert_share, model, model_under, option, play, recorded, scenario};

const TRIALS: usize = 100_000;

/// How often an item was open and taken in all steps.
fn item(model: &Model, leaf: &TrialBlock, action: &str, item: &str) -> (u64, u64) {
    let options = counted_options(model);
    let row = options.iter().position(|row| {
        let action_of = |index: usize| &model.truth.actors[row.actor].actions[index];
        row.action.map(action_of).is_some_and(|own| {
            model.happening(own.what).name == action
                && own.item.as_ref().is_some_and(|own| &*own.name == item)
        })
    });
    let row = row.expect("such an item");
    let steps = leaf.moves.steps;
    let sum = |counts: &[u64]| counts[row * steps..(row + 1) * steps].iter().sum::<u64>();
    (sum(&leaf.moves.available), sum(&leaf.moves.taken))
}

/// One actor that wants `u`, with these actions.
fn one_actor(rationality: f64, steps: u32, actions: &str, more: &str) -> String {
    let head = "[state]\nu = 0.5\nv = 0\n[actors.a]\n";
    scenario(
        steps,
        &format!(
            "{head}rationality = {rationality:?}\nwants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             {actions}\n[measures]\nlately = 'chosen(a.go.x, -1)'\n\
             [[outcomes]]\nid = 'high'\nwhen = 'u > 0.5'\n{more}\n"
        ),
    )
}

/// The same trials in both engines, on every path that this machine has.
fn same_in_both(model: &Model) {
    for path in Path::ALL.into_iter().filter(|path| path.available()) {
        assert_eq!(compare(model, 150, path, 40), None);
    }
}

#[test]
fn items_are_chosen_by_quantal_response_over_all_items_and_holding() {
    for (many, rationality) in [(2, 3.0), (5, 4.0), (64, 6.0)] {
        let actions = format!(
            "[actors.a.actions.go]\nmenu = {{ x = '0 to 1 in {many}' }}\neffects = {{ u = 'x' }}\n\
             [actors.a.actions.other]\neffects = {{ u = 0.9 }}"
        );
        let model = model(&one_actor(rationality, 1, &actions, ""));
        let leaf = play(&model, TRIALS);
        let values: Vec<f64> = (0..many).map(|k| f64::from(k) / f64::from(many - 1)).collect();
        let weight = |value: f64| (rationality * value).exp();
        let all = values.iter().map(|x| weight(*x)).sum::<f64>() + weight(0.5) + weight(0.9);
        for x in &values {
            let (open, taken) = item(&model, &leaf, "a.go", &format!("x={x}"));
            assert_eq!(open, TRIALS as u64);
            assert_share(taken, open, weight(*x) / all);
        }
        assert_share(option(&model, &leaf, "a.other").1, TRIALS as u64, weight(0.9) / all);
        assert_share(option(&model, &leaf, "a.hold").1, TRIALS as u64, weight(0.5) / all);
        same_in_both(&model);
    }
}

#[test]
fn two_names_make_an_item_of_each_pair_and_conditions_are_judged_item_by_item() {
    let actions = "[actors.a.actions.go]\nmenu = { x = [0.2, 0.8], y = [0, 1, 2] }\n\
                   when = 'x > 0.5 or y == 1'\neffects = { u = 'x - 0.1 * y', v = 'y' }\ncost = '0.05 * y'";
    let model = model(&one_actor(5.0, 1, actions, ""));
    let leaf = play(&model, TRIALS);
    let open = [
        ("x=0.2,y=1", 0.2, 1.0),
        ("x=0.8,y=0", 0.8, 0.0),
        ("x=0.8,y=1", 0.8, 1.0),
        ("x=0.8,y=2", 0.8, 2.0),
    ];
    let weight = |x: f64, y: f64| (5.0 * (x - 0.1 * y - 0.05 * y)).exp();
    let all = open.iter().map(|(_, x, y)| weight(*x, *y)).sum::<f64>() + 2.5f64.exp();
    for (name, x, y) in open {
        assert_share(item(&model, &leaf, "a.go", name).1, TRIALS as u64, weight(x, y) / all);
    }
    for name in ["x=0.2,y=0", "x=0.2,y=2"] {
        assert_eq!(item(&model, &leaf, "a.go", name), (0, 0));
    }
    same_in_both(&model);
}

/// A model with many draws besides those of the menu, in which nobody learns of the choice.
fn with_items(items: &str, more: &str) -> Model {
    let actions = format!(
        "[actors.a.actions.go]\nmenu = {{ x = {items} }}\neffects = {{ v = 'x' }}\n\
         [actors.b]\nrationality = 2\nwants.w = {{ of = 'w', best = 1, worst = 0 }}\n\
         [actors.b.actions.do]\neffects = {{ w = '+= normal(0, 1)' }}"
    );
    let text = one_actor(2.0, 3, &actions, more).replace("v = 0\n", "v = 0\nw = 0\n");
    let text = text.replace("of = 'u'", "of = 'v'") + "[laws]\nu = 'u + uniform(-1, 1)'\n";
    let text = text + "[events.e]\nchance = 0.3\neffects = { u = '+= beta(2, 3)' }\n";
    model_under(&text, if more.contains("[policies.p]") { "p" } else { "none" }, "base")
}

#[test]
fn a_further_item_leaves_every_other_draw_as_it_was() {
    let (one, other) = (with_items("[0.1, 0.6]", ""), with_items("[0.1, 0.6, 0.9]", ""));
    let (two, three) = (play(&one, 2_000), play(&other, 2_000));
    for name in ["u", "w"] {
        for row in 0..=3 {
            assert_eq!(recorded(&one, &two, name, row), recorded(&other, &three, name, row));
        }
    }
    // Whoever does not take the new item takes what it took without it.
    let (before, after) = (recorded(&one, &two, "v", 1), recorded(&other, &three, "v", 1));
    assert!(before.iter().zip(after).all(|(old, new)| *new == 0.9 || old == new));
    assert!(after.contains(&0.9));
}

#[test]
fn to_forbid_an_item_is_to_delete_it() {
    let forbidden = "[policies.p]\nforbid = ['a.go[x = 0.60]']";
    let (without, forbidden) =
        (with_items("[0.1, 0.9]", ""), with_items("[0.1, 0.6, 0.9]", forbidden));
    let (one, other) = (play(&without, 2_000), play(&forbidden, 2_000));
    assert_eq!(one.series, other.series);
    assert_eq!(item(&forbidden, &other, "a.go", "x=0.6"), (0, 0));
    same_in_both(&forbidden);
}

#[test]
fn a_forced_action_is_taken_with_the_item_that_is_best_by_the_same_numbers() {
    let actions = "[actors.a.actions.go]\nmenu = { x = [0.1, 0.4, 0.7] }\neffects = { u = 'x' }\n\
                   [actors.a.actions.other]\neffects = { u = 1 }";
    let policy = "[policies.p]\nforce = [{ action = 'a.go' }]";
    let text = one_actor(4.0, 1, actions, policy);
    let (free, forced) = (model(&text), model_under(&text, "p", "base"));
    let leaf = play(&forced, TRIALS);
    let all: f64 = [0.1_f64, 0.4, 0.7].iter().map(|x| (4.0 * x).exp()).sum();
    for x in [0.1_f64, 0.4, 0.7] {
        let (open, taken) = item(&forced, &leaf, "a.go", &format!("x={x}"));
        assert_eq!(open, TRIALS as u64);
        assert_share(taken, open, (4.0 * x).exp() / all);
    }
    let chosen = play(&free, TRIALS);
    let (freely, bound) =
        (recorded(&free, &chosen, "lately", 1), recorded(&forced, &leaf, "lately", 1));
    assert!(freely.iter().zip(bound).all(|(free, bound)| *free == -1.0 || free == bound));
    same_in_both(&forced);
}

#[test]
fn a_forced_item_is_taken_and_its_times_are_those_of_the_item() {
    let actions = "[actors.a.actions.go]\nmenu = { x = [0.1, 0.4] }\neffects = { v = '+= x' }";
    let policy = "[policies.p]\nforce = [{ action = 'a.go[x=0.4]', from = 1, to = 3, times = 2 }]";
    let model = model_under(&one_actor(3.0, 5, actions, policy), "p", "base");
    let leaf = play(&model, 5_000);
    let counts = leaf.in_window(0);
    assert!(counts.iter().all(|times| *times >= 2));
    // Free choices count, and once there are two nothing is forced any more.
    assert!(counts.contains(&3) && counts.contains(&2));
    same_in_both(&model);
}

#[test]
fn what_was_chosen_last_is_known_from_the_next_effect_on() {
    let actions = "must_act = true\n[actors.a.actions.go]\nmenu = { x = [0.25, 0.75] }\n\
                   effects = { v = 'chosen(a.go.x, -2)' }\n\
                   consent = { of = ['b'] }\nrefused = { u = 0.5 }\n[actors.b]\nrationality = 0";
    let model = model(&one_actor(1.0, 4, actions, ""));
    let leaf = play(&model, 1_000);
    let (mut seen, mut refused) = ([0, 0], 0);
    for step in 1..=4 {
        let last = recorded(&model, &leaf, "lately", step);
        let before = recorded(&model, &leaf, "lately", step - 1);
        let (v, old) = (recorded(&model, &leaf, "v", step), recorded(&model, &leaf, "v", step - 1));
        for trial in 0..1_000 {
            // A proposal counts whether it is accepted or not.
            assert!([0.25, 0.75].contains(&last[trial]));
            seen[usize::from(last[trial] > 0.5)] += 1;
            let earlier = if step == 1 { -2.0 } else { before[trial] };
            assert!(v[trial] == earlier || v[trial] == old[trial]);
            refused += u32::from(v[trial] == old[trial] && earlier != old[trial]);
        }
    }
    assert!(seen[0] > 500 && seen[1] > 500 && refused > 300);
    same_in_both(&model);
}

#[test]
fn limits_and_the_past_mean_the_action_whatever_the_item() {
    let actions =
        "[actors.a.actions.go]\nmenu = { x = [0.6, 0.9] }\neffects = { u = 'x' }\nonce = true";
    let more = "[laws]\nv = 'count(a.go) + 10 * happened(a.go) + 100 * since(a.go)'";
    let model = model(&one_actor(2.0, 4, actions, more));
    let leaf = play(&model, 2_000);
    assert!(option_sum(&model, &leaf) <= 2_000);
    let last = recorded(&model, &leaf, "v", 4);
    assert!(last.iter().all(|v| *v > 1e6 || [11.0, 111.0, 211.0, 311.0].contains(v)));
    assert!(last.contains(&311.0));
    same_in_both(&model);
}

/// How often any item was taken.
fn option_sum(model: &Model, leaf: &TrialBlock) -> u64 {
    ["x=0.6", "x=0.9"].iter().map(|name| item(model, leaf, "a.go", name).1).sum()
}

#[test]
fn items_are_weighed_in_imagination_and_by_voters() {
    // b answers a's offer x in the same step: it accepts with probability σ(3·(x - 0.5)), in a's
    // mind too, so an offer is worth x' = 0.5 + p·(0.5 - x) to a.
    let actions = "must_act = true\nforesight = 1\n[actors.a.actions.go]\nmenu = { x = [0.2, 0.6] }\n\
                   effects = { u = '1 - x', v = 'x' }\nconsent = { of = ['b'] }\n\
                   [actors.b]\nrationality = 3\nwants.v = { of = 'v', best = 1, worst = 0 }";
    let text = one_actor(8.0, 2, actions, "").replace("v = 0\n", "v = 0.5\n");
    let model = model(&text.replace("foresight = 1\n", ""));
    let leaf = play(&model, TRIALS);
    let worth = |x: f64| {
        let yes = 1.0 / (1.0 + (-3.0 * (x - 0.5)).exp());
        yes * (1.0 - x) + (1.0 - yes) * 0.5
    };
    let odds = 1.0 / (1.0 + (8.0 * (worth(0.6) - worth(0.2))).exp());
    let first = |name: &str| {
        let steps = leaf.moves.steps;
        let row = usize::from(name == "x=0.6");
        leaf.moves.taken[row * steps]
    };
    assert_share(first("x=0.2"), TRIALS as u64, odds);
    assert_share(first("x=0.6"), TRIALS as u64, 1.0 - odds);
    same_in_both(&crate::play::model(&text));
}

#[test]
fn items_that_their_condition_excludes_need_no_value() {
    let actions = "[actors.a.actions.go]\nmenu = { x = [0, 0.5, 3] }\nwhen = 'v < 2 and x > 0 and x < 2'\n\
                   effects = { u = '0.4 / x' }\ncost = 'mod(0.7, x)'\n\
                   chance = [{ p = 'x', effects = { v = 'sqrt(1 - x)' } }]";
    let model = model(&one_actor(5.0, 1, actions, ""));
    let leaf = play(&model, TRIALS);
    for closed in ["x=0", "x=3"] {
        assert_eq!(item(&model, &leaf, "a.go", closed), (0, 0));
    }
    let (go, hold) = ((5.0 * (0.8 - 0.2_f64)).exp(), 2.5_f64.exp());
    assert_share(item(&model, &leaf, "a.go", "x=0.5").1, TRIALS as u64, go / (go + hold));
    same_in_both(&model);
}

#[test]
fn a_value_of_many_digits_is_written_and_shown_with_few() {
    let actions = "[actors.a.actions.go]\nmenu = { x = '0 to 1 in 4' }\neffects = { u = 'x' }";
    let policy = "[policies.p]\nforbid = ['a.go[x=0.333]', 'a.go[x=0.67]']";
    let model = model_under(&one_actor(1.0, 1, actions, policy), "p", "base");
    let leaf = play(&model, 1_000);
    for (name, words, open) in [
        ("x=0", "x = 0", 1_000),
        ("x=0.3333333333333333", "x = 0.33", 0),
        ("x=0.6666666666666666", "x = 0.67", 0),
        ("x=1", "x = 1", 1_000),
    ] {
        assert_eq!(item(&model, &leaf, "a.go", name).0, open, "{name}");
        let full = format!("a.go[{name}]");
        let known = model.happenings.iter().find(|own| own.name == full).expect("the item");
        assert_eq!(known.item.as_deref(), Some(words));
        assert_eq!(known.title, format!("go ({words})"));
    }
}

#[test]
fn equal_items_count_as_many_times_unless_each_costs_the_logarithm_of_their_number() {
    let share = |cost: &str| {
        let actions = format!(
            "[actors.a.actions.go]\nmenu = {{ x = '0 to 1 in 16' }}\neffects = {{ v = 'x' }}\ncost = {cost}"
        );
        let model = model(&one_actor(5.0, 1, &actions, ""));
        taken_in_all(&model, &play(&model, TRIALS))
    };
    assert_share(share("0"), TRIALS as u64, 16.0 / 17.0);
    assert_share(share("'ln(16) / 5'"), TRIALS as u64, 0.5);
}

/// How often the action with the menu was taken, whatever the item.
fn taken_in_all(model: &Model, leaf: &TrialBlock) -> u64 {
    let items = model.happenings.iter().filter_map(|own| own.name.strip_prefix("a.go["));
    items.map(|own| item(model, leaf, "a.go", own.trim_end_matches(']')).1).sum()
}
