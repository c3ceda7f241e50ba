//! Trials told moment by moment, and their futures: against what a run plays, and against what is known exactly.

use std::collections::BTreeSet;
use std::path::Path;

use demarche::engine::{
    Engine, EngineKind, ForkPoint, MomentKind, PlayedMove, Reference, Sampling, TrialBlock,
    TrialCourse, TrialTeller, counted_options,
};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};

use crate::generated::scenario::scenario as generated;
use crate::lanes::document;
use crate::play::{model, scenario, sigmoid};
use crate::shortened::{FEWEST_PLAYS, PLAYS, all_files, small};

/// How many trials of each scenario file are told and compared: those whose actors imagine thousands of
/// months take seconds each, so of these there are fewer.
const TRIALS: u64 = 40;
const SLOW_TRIALS: u64 = 2;
/// How many generated scenarios, and trials of each.
const GENERATED: (u32, u64) = (60, 3);

/// Compares a course with the same trial as the lanes play it, in a block of its own.
fn assert_told(model: &Model, course: &TrialCourse, played: &TrialBlock, what: &str) {
    assert_eq!(course.outcome, played.outcomes[0], "outcome, {what}");
    assert_eq!(course.end_step, played.end_steps[0], "end, {what}");
    assert_eq!(course.assumptions, played.assumptions, "assumptions, {what}");
    let states = model.states.len();
    let mut state = course.start.clone();
    for moment in &course.moments {
        for change in &moment.changes {
            // All are finite, and a zero that changes its sign is no change to tell.
            assert_eq!(state[change.state], change.before, "before, {what}");
            state[change.state] = change.after;
        }
    }
    for (column, value) in state.iter().enumerate().take(states) {
        assert_eq!(
            *value,
            played.last(column)[0],
            "{} at the end, {what}",
            model.states[column].series.name
        );
    }
    let moves: Vec<(u32, &PlayedMove)> = moves(course).collect();
    let steps = played.moves.steps;
    for (row, option) in counted_options(model).into_iter().enumerate() {
        for step in 0..steps {
            let own = moves.iter().filter(|(at, made)| {
                (*at as usize, made.actor.index(), made.track) == (step, option.actor, option.track)
            });
            let (mut available, mut taken, mut accepted) = (0, 0, 0);
            for (_, made) in own {
                let is = |at: usize| made.options[at].action == option.action;
                available += u64::from((0..made.options.len()).any(is));
                taken += u64::from(is(made.chosen));
                accepted += u64::from(is(made.chosen) && made.accepted == Some(true));
            }
            let at = row * steps + step;
            if option.action.is_some() {
                assert_eq!(available, played.moves.available[at], "open in step {step}, {what}");
            }
            if option.action.is_some() {
                assert_eq!(taken, played.moves.taken[at], "taken in step {step}, {what}");
            }
            assert_eq!(accepted, played.moves.accepted[at], "accepted in step {step}, {what}");
        }
    }
    for (index, info) in model.happenings.iter().enumerate() {
        let first = played.first_step(index)[0];
        let told = first_of(model, course, index);
        assert_eq!(told, first, "first {}, {what}", info.name);
    }
}

fn moves(course: &TrialCourse) -> impl Iterator<Item = (u32, &PlayedMove)> {
    course.moments.iter().filter_map(|moment| match &moment.what {
        MomentKind::Move(made) => Some((moment.step, made)),
        MomentKind::Calendar(_)
        | MomentKind::Event { .. }
        | MomentKind::Bargain { .. }
        | MomentKind::Order(_)
        | MomentKind::Laws => None,
    })
}

/// The step in which something is first told to have happened.
fn first_of(model: &Model, course: &TrialCourse, happening: usize) -> Option<u32> {
    let is = |what: demarche::formula::Happening| what.0 as usize == happening;
    let mut own = course.moments.iter().filter(|moment| match &moment.what {
        MomentKind::Calendar(what) => is(*what),
        MomentKind::Event { what, draw } => {
            is(*what) && draw.as_ref().is_none_or(|draw| draw.came.is_some())
        }
        MomentKind::Bargain { what, settled, .. } => is(*what) && settled.is_some(),
        MomentKind::Move(made) => {
            let action = made.options[made.chosen].action;
            let action = action.map(|at| &model.truth.actors[made.actor.index()].actions[at]);
            action.is_some_and(|action| action.happenings().any(is))
        }
        MomentKind::Order(_) | MomentKind::Laws => false,
    });
    own.next().map(|moment| moment.step)
}

/// The probabilities of every choice are those of some choice, and what is told of a vote and of chance fits
/// together.
fn assert_chances(course: &TrialCourse, what: &str) {
    for moment in &course.moments {
        let draw = match &moment.what {
            MomentKind::Move(made) => {
                let sum: f64 = made.options.iter().map(|option| option.probability).sum();
                assert!((sum - 1.0).abs() < 1e-12, "{sum}, {what}");
                assert!(made.options[made.chosen].probability > 0.0, "{what}");
                let votes = &made.votes;
                assert!(votes.iter().all(|vote| (0.0..=1.0).contains(&vote.probability)), "{what}");
                assert_eq!(votes.is_empty(), made.accepted.is_none(), "{what}");
                made.branch.as_ref()
            }
            MomentKind::Event { draw, .. } | MomentKind::Bargain { draw, .. } => draw.as_ref(),
            MomentKind::Calendar(_) | MomentKind::Order(_) | MomentKind::Laws => None,
        };
        let Some(draw) = draw else { continue };
        assert!((draw.chances.iter().sum::<f64>() - 1.0).abs() < 1e-8, "{what}: {draw:?}");
        if let Some(came) = draw.came {
            let below: f64 = draw.chances[..came].iter().sum();
            assert!(below <= draw.number + 1e-8 && draw.chances[came] > 0.0, "{what}: {draw:?}");
        }
    }
}

/// A trial is told the same, to the last bit, whoever computes what actors imagine.
fn assert_same_course(sooner: &TrialCourse, course: &TrialCourse, what: &str) {
    assert_eq!((sooner.outcome, sooner.end_step), (course.outcome, course.end_step), "{what}");
    assert_eq!(
        (&sooner.assumptions, &sooner.start),
        (&course.assumptions, &course.start),
        "{what}"
    );
    assert_eq!(sooner.held, course.held, "{what}");
    // Formatted numbers have all their digits.
    assert_eq!(format!("{:?}", sooner.moments), format!("{:?}", course.moments), "{what}");
}

/// Tells trials of a model, and compares each with what the lanes play. Returns how many moments there were.
fn tell(model: &Model, trials: u64, what: &str) -> usize {
    let reference = Reference::new(model, 1);
    let kind = EngineKind::default();
    let (lanes, teller) =
        (Engine::new(model, 1, kind), TrialTeller::new(model, 1, Sampling::default(), kind));
    let mut moments = 0;
    for trial in 0..trials {
        let what = format!("trial {trial}, {what}");
        let course = match reference.course(trial) {
            Ok(course) => course,
            Err(accident) => {
                assert_eq!(accident.trial, trial, "{what}");
                assert_eq!(teller.course(trial).expect_err(&what), accident);
                assert_eq!(lanes.block(trial, 1, &|| true).expect_err(&what), accident);
                continue;
            }
        };
        let sooner = teller.course(trial).expect(&what);
        assert_same_course(&sooner, &course, &what);
        if trial == 0 && course.steps() > 1 {
            // With other luck from the middle of a step on.
            let from = ForkPoint { step: 1, moments: course.moments_of(1).count() / 2 };
            let ends = reference.futures(&course, from, 1..=2, &|| true).expect(&what);
            assert_eq!(
                teller.futures(&course, from, 1..=2, &|| true).expect(&what),
                ends,
                "{what}"
            );
        }
        let played = lanes.block(trial, 1, &|| true).expect(&what).expect("nobody stops it");
        assert_told(model, &course, &played, &what);
        assert_chances(&course, &what);
        moments += course.moments.len();
    }
    moments
}

#[test]
fn a_told_trial_is_that_of_a_run_in_every_scenario_file() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios"));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the scenarios")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("plain"))
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.push("korea-2017/first-edition.toml".to_owned());
    names.sort();
    for name in names {
        let model = small(&name, PLAYS).model(NO_POLICY, BASE_WORLD).expect("sound");
        let trials = if name.contains("korea") { SLOW_TRIALS } else { TRIALS };
        assert!(tell(&model, trials, &name) > 0, "{name}");
    }
}

/// The outcome, its step and the moves of a told trial are those of the same trial in a run: for many trials of every
/// file under every policy it has, of Korea in small, since the interpreter needs ten seconds for one of the
/// whole.
#[test]
#[ignore = "takes many minutes"]
fn a_thousand_told_trials_are_those_of_a_run_in_every_scenario_file() {
    for name in all_files() {
        let document = small(&name, FEWEST_PLAYS);
        let policies = document.policies().len() as u64;
        let mut moments = 0;
        for policy in document.policies() {
            let model = document.model(policy, BASE_WORLD).expect("sound");
            let what = format!("{name}, policy {policy}");
            moments += tell(&model, 1_000_u64.div_ceil(policies), &what);
        }
        println!("{name}: {moments} moments");
    }
}

/// The same for both editions of Korea whole, with all their months and as many imagined plays as they ask for. The
/// lanes compute what actors imagine; that they do so to the bit is shown where the interpreter can be waited for.
#[test]
#[ignore = "takes many minutes"]
fn a_thousand_told_trials_of_the_whole_korea_are_those_of_a_run() {
    const TRIALS: u64 = 1_000;
    for name in all_files().iter().filter(|name| name.contains("korea-2017")) {
        let model = document(name).model(NO_POLICY, BASE_WORLD).expect("sound");
        let kind = EngineKind::default();
        let teller = TrialTeller::new(&model, 1, Sampling::default(), kind);
        let lanes = Engine::new(&model, 1, kind);
        let mut outcomes = BTreeSet::new();
        for trial in 0..TRIALS {
            let what = format!("trial {trial}, {name}");
            let course = teller.course(trial).expect(&what);
            let played = lanes.block(trial, 1, &|| true).expect(&what).expect("nobody stops it");
            assert_told(&model, &course, &played, &what);
            assert_chances(&course, &what);
            outcomes.insert(course.outcome);
        }
        println!("{name}: {TRIALS} trials with {} outcomes", outcomes.len());
    }
}

/// Random orders, secret policies, beliefs, minds within minds, plans, menus, ranks, bargains, votes of all
/// kinds, and numerical errors.
#[test]
fn a_told_trial_is_that_of_a_run_in_generated_scenarios() {
    let mut moments = 0;
    for case in 0..GENERATED.0 {
        let text = generated(case);
        let document = Document::read("generated.toml", text.as_bytes());
        for policy in document.policies() {
            let Ok(model) = document.model(policy, BASE_WORLD) else { continue };
            moments += tell(&model, GENERATED.1, &format!("case {case}, policy {policy}"));
        }
    }
    assert!(moments > 1_000, "{moments}");
}

/// One actor with rationality 3 and two actions, worth 0.9 and 0.4 where holding is worth 0.5.
fn three_ways() -> String {
    scenario(
        1,
        "[state]\nu = 0.5\n[actors.a]\nrationality = 3\n\
         wants.u = { of = 'u', best = 1, worst = 0 }\n\
         actions.up = { effects = { u = 1 }, cost = 0.1 }\n\
         actions.down = { effects = { u = 0.4 } }\n\
         [[outcomes]]\nid = 'high'\nwhen = 'u > 0.9'\n",
    )
}

#[test]
fn the_probabilities_of_a_choice_are_those_of_the_softmax() {
    let model = model(&three_ways());
    let course = Reference::new(&model, 1).course(0).expect("no accident");
    let (_, made) = moves(&course).next().expect("a move");
    let values: Vec<f64> =
        made.options.iter().map(|option| option.value.expect("weighed")).collect();
    for (value, expected) in values.iter().zip([0.5, 0.9, 0.4]) {
        assert!((value - expected).abs() < 1e-12, "{values:?}");
    }
    let weights = [0.5_f64, 0.9, 0.4].map(|value| (3.0 * value).exp());
    let all: f64 = weights.iter().sum();
    for (option, weight) in made.options.iter().zip(weights) {
        assert!((option.probability - weight / all).abs() < 1e-12, "{option:?}");
    }
    assert_eq!(made.plays, 1.0);
}

/// In step 0 an event with chance 0.3 raises the stakes, then a chooses between peace and war by even odds or
/// such that war has the probability of sigmoid(2); in step 1 a war that was chosen breaks out with chance
/// 0.8.
pub(crate) fn two_stages() -> String {
    scenario(
        2,
        "[state]\nstakes = 0\nu = 0.5\nplanned = false\nwar = false\n\
         [events.crisis]\nwhen = 't == 0'\nchance = 0.3\neffects = { stakes = 1 }\n\
         [events.outbreak]\nwhen = 'planned and t == 1'\nchance = 0.8\neffects = { war = true }\n\
         [actors.a]\nrationality = 4\nwants.u = { of = 'u', best = 1, worst = 0 }\n\
         actions.plan = { when = 't == 0', effects = { planned = true, u = '0.5 + 0.5 * stakes' } }\n\
         [[outcomes]]\nid = 'war'\nwhen = 'war'\n\
         [[outcomes]]\nid = 'peace'\nwhen = 'true'\n",
    )
}

/// The share of futures that end in the first outcome.
fn share(model: &Model, course: &TrialCourse, from: ForkPoint, futures: u16) -> f64 {
    let reference = Reference::new(model, 1);
    let ends = reference.futures(course, from, 1..=futures, &|| true);
    let ends = ends.expect("no accident").expect("nobody stops it");
    let teller = TrialTeller::new(model, 1, Sampling::default(), EngineKind::default());
    let sooner = teller.futures(course, from, 1..=futures, &|| true);
    assert_eq!(sooner.expect("no accident"), Some(ends.clone()));
    ends.iter().filter(|end| **end == 0).count() as f64 / f64::from(futures)
}

#[test]
fn futures_have_the_odds_that_are_known_at_each_moment() {
    const FUTURES: u16 = 20_000;
    let model = model(&two_stages());
    let reference = Reference::new(&model, 1);
    let close = |share: f64, p: f64, what: &str| {
        // Four and a half standard errors.
        let error = 4.5 * (p * (1.0 - p) / f64::from(FUTURES)).sqrt();
        assert!((share - p).abs() <= error, "{what}: {share} is not {p}");
    };
    let plans = [0.5, sigmoid(4.0 * 0.5)];
    let mut seen = [[0; 2]; 2];
    for trial in 0..40 {
        let course = reference.course(trial).expect("no accident");
        let at = |step, moments| ForkPoint { step, moments };
        let first: Vec<_> = course.moments_of(0).collect();
        assert_eq!(first.len(), 2, "the event and the choice");
        let MomentKind::Event { draw: Some(draw), .. } = &first[0].what else {
            panic!("{first:?}")
        };
        let MomentKind::Move(made) = &first[1].what else { panic!("{first:?}") };
        let (stakes, planned) = (usize::from(draw.came.is_some()), usize::from(made.chosen == 1));
        seen[stakes][planned] += 1;
        if seen[stakes][planned] > 1 {
            continue;
        }
        let before = 0.8 * (0.7 * plans[0] + 0.3 * plans[1]);
        close(share(&model, &course, at(0, 0), FUTURES), before, "at the start");
        close(share(&model, &course, at(0, 1), FUTURES), 0.8 * plans[stakes], "after the event");
        let after = if planned == 1 { 0.8 } else { 0.0 };
        close(share(&model, &course, at(0, 2), FUTURES), after, "after the choice");
        close(share(&model, &course, at(1, 0), FUTURES), after, "after the step");
        if planned == 1 {
            let end = f64::from(u8::from(course.outcome == 0));
            assert_eq!(share(&model, &course, at(1, 1), 50), end, "after the last draw");
        }
    }
    assert!(seen.iter().flatten().all(|count| *count > 0), "every path was tried: {seen:?}");
}

/// The futures after the start are the repeats of the trial, and the trial itself is none of them.
#[test]
fn futures_from_the_start_are_repeats_of_the_trial() {
    for case in [three_ways(), two_stages()] {
        let model = model(&case);
        let course = Reference::new(&model, 1).course(5).expect("no accident");
        let start = ForkPoint { step: 0, moments: 0 };
        let reference = Reference::new(&model, 1);
        let futures = reference.futures(&course, start, 1..=30, &|| true);
        let futures = futures.expect("no accident").expect("nobody stops it");
        let repeats = (1..=30).map(|play| {
            let repeat = Reference::new(&model, 1).repeat(play).block(5, 1, &|| true);
            repeat.expect("no accident").expect("nobody stops it").outcomes[0]
        });
        assert_eq!(futures, repeats.collect::<Vec<_>>());
    }
}
