//! Policies and worlds: what they force, forbid and set, and what actors know of it.

use demarche::engine::{Lanes, Path, Reference};
use demarche::model::Forced;

use crate::lanes::compare;
use crate::play::{
    assert_share, assert_spread, first, model, model_under, option, option_at, play, recorded,
    scenario, sigmoid,
};

/// An actor that would never go (V = 0 against 1) and never dances.
fn reluctant(steps: u32, policy: &str) -> String {
    scenario(
        steps,
        &format!(
            "[state]\ngone = 0\nready = 1\n[laws]\nready = 't + 1'\n\
             [actors.a]\nrationality = 1e6\n\
             wants.gone = {{ of = 'gone', best = 0, worst = 100 }}\n\
             actions.go = {{ when = 'ready >= 1', effects = {{ gone = '+= 1' }} }}\n\
             actions.dance = {{ effects = {{ gone = '+= 1' }} }}\n\
             [policies.p]\n{policy}\n"
        ),
    )
}

fn taken(text: &str, name: &str) -> Vec<u64> {
    let model = model_under(text, "p", "base");
    let leaf = play(&model, 10);
    (0..leaf.moves.steps).map(|step| option_at(&model, &leaf, name, step).1).collect()
}

#[test]
fn a_forced_move_is_made_the_first_time_it_is_open_in_its_window() {
    assert_eq!(taken(&reluctant(5, ""), "a.go"), [0; 5]);
    let force = "force = [{ action = 'a.go', from = 1, to = 3 }]";
    assert_eq!(taken(&reluctant(5, force), "a.go"), [0, 10, 0, 0, 0]);
    let late = reluctant(5, force).replace("ready >= 1", "ready >= 3");
    assert_eq!(taken(&late, "a.go"), [0, 0, 0, 10, 0]);
    let too_late = reluctant(5, force).replace("ready >= 1", "ready >= 4");
    assert_eq!(taken(&too_late, "a.go"), [0; 5]);
}

#[test]
fn a_window_includes_both_ends_and_times_is_how_often() {
    let force = "force = [{ action = 'a.go', from = 1, to = 3, times = 9 }]";
    assert_eq!(taken(&reluctant(5, force), "a.go"), [0, 10, 10, 10, 0]);
    let twice = "force = [{ action = 'a.go', times = 2 }]";
    assert_eq!(taken(&reluctant(5, twice), "a.go"), [10, 10, 0, 0, 0]);
}

/// The actor goes freely in the steps before `until`, and never afterwards.
fn eager_until(until: u32, policy: &str) -> String {
    let text = reluctant(6, policy).replace(
        "of = 'gone', best = 0, worst = 100",
        &format!("of = 'if t < {until} then gone else -gone', best = 100, worst = -100"),
    );
    text.replace("actions.dance = {", "actions.dance = { when = 'false',")
}

#[test]
fn a_free_choice_counts_towards_times_inside_the_window_and_not_before_it() {
    let force = "force = [{ action = 'a.go', from = 2, to = 4, times = 2 }]";
    // Freely in steps 0 and 1, before the window, which then demands both of its times.
    assert_eq!(taken(&eager_until(2, force), "a.go"), [10, 10, 10, 10, 0, 0]);
    // Freely in step 2 as well, inside the window, which has one time left.
    assert_eq!(taken(&eager_until(3, force), "a.go"), [10, 10, 10, 10, 0, 0]);
    assert_eq!(taken(&eager_until(4, force), "a.go"), [10, 10, 10, 10, 0, 0]);
    assert_eq!(taken(&eager_until(5, force), "a.go"), [10, 10, 10, 10, 10, 0]);
    let once = "force = [{ action = 'a.go', from = 2, to = 4 }]";
    assert_eq!(taken(&eager_until(2, once), "a.go"), [10, 10, 10, 0, 0, 0]);
    assert_eq!(taken(&eager_until(3, once), "a.go"), [10, 10, 10, 0, 0, 0]);
}

#[test]
fn what_one_entry_forces_counts_in_the_windows_of_the_others() {
    let overlapping = "force = [{ action = 'a.go', from = 1, to = 2 }, \
                       { action = 'a.go', from = 0, to = 4, times = 2 }]";
    // Step 0 by the second entry, step 1 by the first, which is the second time in both windows.
    assert_eq!(taken(&reluctant(6, overlapping), "a.go"), [10, 10, 0, 0, 0, 0]);
    let twice = "force = [{ action = 'a.go', to = 3 }, { action = 'a.go', to = 3 }]";
    assert_eq!(taken(&reluctant(6, twice), "a.go"), [10, 0, 0, 0, 0, 0]);
    let apart = "force = [{ action = 'a.go', to = 1 }, { action = 'a.go', from = 2, to = 3 }]";
    assert_eq!(taken(&reluctant(6, apart), "a.go"), [10, 0, 10, 0, 0, 0]);
}

/// b rests in the first step, as it must. a weighs in the step `now` whether to provoke, which b
/// almost certainly answers in the second step, unless it is forced to rest again.
fn rested(now: u32) -> String {
    let text = deterrence("force = [{ action = 'b.rest', from = 1, to = 1 }]");
    let text = text.replace("rationality = 10000", "rationality = 10000\nmust_act = true");
    let text = text.replace("when = 'provoked and t == 0'", "when = 'provoked and t == 1'");
    let text = text.replace("actions.rest = { when = 't == 0' }", "actions.rest = {}");
    text.replace(
        "when = 't == 0', effects = { u = 0.8",
        &format!("when = 't == {now}', effects = {{ u = 0.8"),
    )
}

#[test]
fn who_looks_ahead_counts_what_is_forced_inside_the_window_too() {
    // In step 0 the window is yet to begin in the imagined play; in step 1 it has begun in reality.
    for now in [0, 1] {
        let model = model_under(&rested(now), "p", "base");
        let leaf = play(&model, 200);
        assert_eq!(option_at(&model, &leaf, "b.rest", 0).1, 200);
        assert_eq!(option_at(&model, &leaf, "b.rest", 1).1, 200);
        assert_spread(&leaf, 0, 3.0 * 0.3);
        assert_eq!(compare(&model, 200, Path::best(), 7), None);
        let free = model_under(&rested(now), "none", "base");
        assert_spread(&play(&free, 200), 0, 3.0 * 0.4);
    }
}

#[test]
fn moves_are_counted_inside_their_windows() {
    let text = eager_until(3, "force = [{ action = 'a.go', from = 2, to = 4, times = 2 }]");
    let force = |from, to| {
        let model = model_under(&text, "p", "base");
        Forced { from, to, ..model.rules.forced[0] }
    };
    let asked_for = [force(0, 5), force(1, 1), force(4, u32::MAX)];
    for (policy, wanted) in [("p", vec![2, 4, 1, 0]), ("none", vec![3, 1, 0])] {
        let model = model_under(&text, policy, "base");
        let reference = Reference::new(&model, 1).counting(&asked_for);
        let lanes = Lanes::new(&model, 1).expect("not too large").counting(&asked_for);
        let blocks = [reference.block(5, 20, &|| true), lanes.block(5, 20, &|| true)];
        for block in blocks {
            let block = block.expect("no accident").expect("not interrupted");
            for (window, times) in wanted.iter().enumerate() {
                assert_eq!(block.in_window(window), [*times; 20], "{policy}, {window}");
            }
        }
    }
}

#[test]
fn of_two_forced_moves_on_a_track_the_first_written_comes_first() {
    let both = "force = [{ action = 'a.dance' }, { action = 'a.go' }]";
    assert_eq!(taken(&reluctant(3, both), "a.dance"), [10, 0, 0]);
    assert_eq!(taken(&reluctant(3, both), "a.go"), [0, 10, 0]);
}

#[test]
fn a_forbidden_move_is_never_open_and_wins_over_a_force() {
    let text =
        reluctant(3, "forbid = ['a.go']").replace("best = 0, worst = 100", "best = 100, worst = 0");
    let model = model_under(&text, "p", "base");
    let leaf = play(&model, 10);
    assert_eq!(option(&model, &leaf, "a.go"), (0, 0, 0));
    assert!(first(&model, &leaf, "a.go").iter().all(Option::is_none));
    assert!(option(&model, &leaf, "a.dance").1 > 0);
}

/// a gains at once by provoking; b almost certainly answers then, and a loses.
fn deterrence(policy: &str) -> String {
    scenario(
        2,
        &format!(
            "[state]\nu = 0.5\nprovoked = false\n[actors.a]\nrationality = 3\nforesight = 1\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.provoke = {{ when = 't == 0', effects = {{ u = 0.8, provoked = true }} }}\n\
             [actors.b]\nrationality = 10000\n\
             wants.u = {{ of = 'u', best = 0, worst = 1 }}\n\
             actions.answer = {{ when = 'provoked and t == 0', effects = {{ u = 0.1 }} }}\n\
             actions.rest = {{ when = 't == 0' }}\n[policies.p]\n{policy}\n"
        ),
    )
}

#[test]
fn all_actors_know_the_policy_when_they_look_ahead_unless_it_is_secret() {
    let feared = model_under(&deterrence(""), "none", "base");
    let leaf = play(&feared, 100);
    assert_spread(&leaf, 0, 3.0 * 0.4);
    let known = model_under(&deterrence("forbid = ['b.answer']"), "p", "base");
    let leaf = play(&known, 100_000);
    assert_spread(&leaf, 0, 3.0 * 0.3);
    assert_share(option(&known, &leaf, "a.provoke").1, 100_000, sigmoid(3.0 * 0.3));
    assert_eq!(option(&known, &leaf, "b.answer").0, 0);
    // Nobody imagines the ban, but it applies.
    let secret = model_under(&deterrence("forbid = ['b.answer']\nsecret = true"), "p", "base");
    let leaf = play(&secret, 100_000);
    assert_spread(&leaf, 0, 3.0 * 0.4);
    assert_share(option(&secret, &leaf, "a.provoke").1, 100_000, sigmoid(-3.0 * 0.4));
    assert_eq!(option(&secret, &leaf, "b.answer").0, 0);
}

#[test]
fn a_forced_answer_is_foreseen_and_a_secret_one_is_not() {
    let tame = deterrence("force = [{ action = 'b.rest' }]");
    let known = model_under(&tame, "p", "base");
    let leaf = play(&known, 1000);
    assert_spread(&leaf, 0, 3.0 * 0.3);
    assert_eq!(option_at(&known, &leaf, "b.rest", 0).1, 1000);
    let secret = tame.replace("'b.rest' }]", "'b.rest' }]\nsecret = true");
    let secret = model_under(&secret, "p", "base");
    let leaf = play(&secret, 1000);
    assert_spread(&leaf, 0, 3.0 * 0.4);
    assert_eq!(option_at(&secret, &leaf, "b.rest", 0).1, 1000);
}

#[test]
fn what_a_secret_policy_sets_is_known() {
    let set = deterrence("secret = true\nset = { 'actors.b.actions.answer.effects.u' = 0.3 }");
    let leaf = play(&model_under(&set, "p", "base"), 100);
    assert_spread(&leaf, 0, 3.0 * 0.2);
}

#[test]
fn must_act_leaves_no_holding_while_something_is_open() {
    let text = reluctant(4, "").replace("rationality = 1e6", "rationality = 1e6\nmust_act = true");
    let text = text.replace("actions.dance = {", "actions.dance = { when = 't < 2',");
    let text = text.replace("ready >= 1", "ready >= 1 and t < 3");
    let model = model(&text);
    let leaf = play(&model, 10);
    let holds: Vec<u64> = (0..4).map(|step| option_at(&model, &leaf, "a.hold", step).1).collect();
    assert_eq!(holds, [0, 0, 0, 10]);
    // Holding is available as often as a choice is made.
    assert_eq!(option_at(&model, &leaf, "a.hold", 0).0, 10);
}

#[test]
fn a_world_is_set_first_and_then_the_policy() {
    let text = scenario(
        0,
        "[assumptions]\nx = 1\ny = 1\nz = 1\n[state]\ns = '100 * x + 10 * y + z'\n\
         [policies.p]\nset = { 'assumptions.y' = 3, 'assumptions.z' = 3 }\n\
         [worlds.w]\nset = { 'assumptions.x' = 2, 'assumptions.y' = 2 }\n",
    );
    for (policy, world, expected) in
        [("none", "base", 111.0), ("none", "w", 221.0), ("p", "base", 133.0), ("p", "w", 233.0)]
    {
        let model = model_under(&text, policy, world);
        assert_eq!(recorded(&model, &play(&model, 1), "s", 0), [expected]);
    }
}

#[test]
fn one_action_can_be_forced_in_several_windows() {
    let text = r#"
format = 1
[scenario]
steps = 8
[state]
x = { start = 0 }
[actors.a]
rationality = 1e6
[actors.a.wants]
peace = { of = "x", best = 0, worst = 10 }
[actors.a.actions.go]
effects = { x = "+= 1" }
[[outcomes]]
id = "any"
when = "x >= 0"
[policies.twice]
force = [{ action = "a.go", from = 1, to = 2 }, { action = "a.go", from = 5, to = 6 }]
"#;
    let document = demarche::model::Document::read("twice.toml", text.as_bytes());
    let model = document.model("twice", "base").expect("compiles");
    let leaf = demarche::engine::Reference::new(&model, 1).block(0, 50, &|| true);
    let leaf = leaf.expect("no accident").expect("not interrupted");
    let taken: Vec<u64> = leaf.moves.taken[..8].to_vec();
    assert_eq!(taken, [0, 50, 0, 0, 0, 50, 0, 0]);
}
