//! Actors who do not see the end of the run: what they imagine goes on after the last step.

use demarche::diagnostic::Code;
use demarche::model::Document;

use crate::play::{
    assert_share, assert_spread, model, model_under, option_at, play, recorded, scenario, sigmoid,
};

const LAMBDA: f64 = 3.0;

/// One actor who may make a move in each step that costs 0.2 at once and pays 1 at the end of the next
/// step, then is used up.
fn later_reward(steps: u32, foresight: u32, more: &str) -> String {
    scenario(
        steps,
        &format!(
            "{more}imaginations = 4\n[state]\nu = 0.5\nmade = false\n\
             [laws]\nu = 'if happened(a.invest) and since(a.invest) == 1 then 1 else 0.5'\n\
             [actors.a]\nrationality = {LAMBDA:?}\nforesight = {foresight}\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.invest = {{ once = true, effects = {{ u = '-= 0.2' }} }}\n"
        ),
    )
}

#[test]
fn a_reward_after_the_end_counts_where_the_end_is_not_seen() {
    // In a run of one step the law pays nothing before its end: with the end in sight both options end
    // at 0.5. Without, the step after it pays 1 to who has invested; who has not may then do so, but
    // the law comes after the move and leaves 0.5.
    for (key, gain) in [("", 0.0), ("unseen_end = true\n", 0.5)] {
        let model = model(&later_reward(1, 1, key));
        let block = play(&model, 4_000);
        let (open, taken, _) = option_at(&model, &block, "a.invest", 0);
        assert_share(taken, open, sigmoid(LAMBDA * gain));
        for spread in &block.spreads[0] {
            assert!((spread - LAMBDA * gain).abs() < 1e-9, "{spread}");
        }
    }
}

#[test]
fn a_step_from_which_the_end_cannot_be_seen_is_the_same() {
    let (seen, unseen) =
        (model(&later_reward(4, 2, "")), model(&later_reward(4, 2, "unseen_end = true\n")));
    let (seen_block, unseen_block) = (play(&seen, 500), play(&unseen, 500));
    for step in 0..2 {
        let of = |model, block| option_at(model, block, "a.invest", step);
        assert_eq!(of(&seen, &seen_block), of(&unseen, &unseen_block), "step {step}");
    }
    // In the last step a difference of one half is seen by those only who look beyond it.
    let of = |model, block| option_at(model, block, "a.invest", 3).1;
    assert!(of(&unseen, &unseen_block) > of(&seen, &seen_block));
}

#[test]
fn time_counts_on_and_the_calendar_is_foreseen_after_the_end() {
    // The run is November and December 2017; from December, January and February are looked at.
    let text = |wants: &str, more: &str| {
        format!(
            "format = 1\n[scenario]\nstart = 2017-11-01\nstep = 'month'\nsteps = 2\n\
             unseen_end = true\nimaginations = 1\n[state]\nu = 0\nsaid = 0\n{more}\
             [actors.a]\nrationality = 1\nforesight = 2\n\
             wants.u = {{ of = '{wants}', best = 1, worst = 0 }}\n\
             actions.say = {{ when = 't == 1', effects = {{ said = 1 }} }}\n"
        )
    };
    for (of, more, worth) in [
        ("said * (t >= 2)", "", 1.0),
        ("said * (t == 3)", "", 0.5),
        ("said * (month <= 2)", "", 1.0),
        ("said * (year == 2018)", "", 1.0),
        ("said * last", "", 0.0),
        ("said * happened(games)", "[calendar.games]\non = 2018-02-09\n", 0.5),
        ("said * u", "[calendar.games]\non = 2018-01-09\neffects = { u = 1 }\n", 1.0),
    ] {
        let model = model(&text(of, more));
        let block = play(&model, 200);
        assert_eq!(option_at(&model, &block, "a.say", 1).0, 200);
        assert_spread(&block, 0, worth);
        // What is foreseen after the end does not come.
        assert_eq!(block.end_steps, vec![1; 200]);
        assert!(recorded(&model, &block, "u", 2).iter().all(|u| *u == 0.0), "{of}");
    }
}

#[test]
fn who_looks_ahead_in_what_is_imagined_sees_no_end_either() {
    // In the last step each of two minds looks ahead again in the play that the other imagines, and a
    // third and a fourth step begin.
    let text = "minds = 2\nimaginations = 2\nunseen_end = true\n[state]\nx = 0\n\
                [actors.a]\nrationality = 2\nforesight = 2\nplans_ahead = true\n\
                wants.x = { of = 'x', best = 8, worst = -8 }\n\
                actions.up = { when = 't < 4', effects = { x = '+= 1' } }\n\
                [actors.b]\nrationality = 2\nforesight = 2\n\
                wants.x = { of = 'x', best = -8, worst = 8 }\n\
                actions.down = { when = 't < 4', effects = { x = '-= 1' } }\n";
    let model = model(&scenario(1, text));
    let block = play(&model, 50);
    assert_spread(&block, 0, 2.0 / 16.0);
}

#[test]
fn it_can_be_set_by_a_world_and_is_a_flag() {
    let text = later_reward(1, 1, "");
    let text = format!("{text}[worlds.open]\nset = {{ 'scenario.unseen_end' = true }}\n");
    let of = |world| play(&model_under(&text, "none", world), 1).spreads[0][0];
    assert!((of("base") - 0.0).abs() < 1e-12 && (of("open") - LAMBDA * 0.5).abs() < 1e-9);
    let wrong = later_reward(1, 1, "unseen_end = 'no'\n");
    let found = Document::read("test.toml", wrong.as_bytes()).check();
    let codes: Vec<Code> = found.iter().map(|item| item.code).collect();
    assert_eq!(codes, [Code::WrongKind, Code::NoOutcomes], "{found:?}");
}
