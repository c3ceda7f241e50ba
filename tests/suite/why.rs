//! What settled it: parts of a variance that are known exactly, and parts that add up to 1.

use demarche::engine::{EngineKind, Reference};
use demarche::formula::Happening;
use demarche::model::{ActorId, Model};
use demarche::stats::SettledPart;
use demarche::study::{
    LuckSource, LuckSplit, MomentSample, OutcomeSettled, Plan, SettledParts, WhatSettled, why,
};

use crate::lanes::document;
use crate::play::{model, scenario};
use crate::shortened::{FEWEST_PLAYS, all_files, small};

/// Estimates are within so many of their standard errors.
const ERRORS: f64 = 4.0;

const TRIALS: u64 = 20_000;

fn settled(model: &Model, split: LuckSplit, trials: u64) -> WhatSettled {
    let plan = Plan { seed: 3, trials, ..Plan::default() };
    why(model, split, plan, &()).expect("no accident")
}

fn told(outcome: &OutcomeSettled) -> &SettledParts {
    outcome.parts.as_ref().expect("enough trials ended either way")
}

/// Whether an estimate is a value, but for chance; and its interval says so.
fn assert_is(found: SettledPart, exact: f64, what: &str) {
    let away = (found.part - exact).abs();
    assert!(away <= ERRORS * found.standard_error + 1e-12, "{what}: {found:?}, not {exact}");
    assert!(found.low <= found.part && found.part <= found.high, "{what}: {found:?}");
}

/// Whether the parts of the first outcome by source are these, and all others none, under each split that knows
/// sources.
fn assert_sources(text: &str, p: f64, exact: &dyn Fn(&Model) -> Vec<(LuckSource, f64)>) {
    let model = model(text);
    for split in [LuckSplit::Moments, LuckSplit::Sources] {
        let found = settled(&model, split, TRIALS);
        let outcome = &found.outcomes[0];
        assert!((outcome.share - p).abs() < 0.02, "{} instead of {p}", outcome.share);
        let parts = told(outcome);
        let exact = exact(&model);
        assert!(
            exact.iter().all(|(source, _)| found.sources.contains(source)),
            "{:?}",
            found.sources
        );
        for (source, part) in found.sources.iter().zip(&parts.by_source) {
            let own = exact.iter().find(|(own, _)| own == source);
            assert_is(*part, own.map_or(0.0, |(_, part)| *part), &format!("{source:?}"));
        }
        assert_is(parts.sum, 1.0, "the sum");
    }
}

/// What is called so: `event.name` is called by its name.
fn what(model: &Model, name: &str) -> Happening {
    let names = model.happenings.iter().position(|info| &*info.name == name);
    Happening(names.expect("it can happen") as u32)
}

const WON: &str = "[[outcomes]]\nid = 'won'\nwhen = 'x == 1'\n";

#[test]
fn who_throws_without_a_part_in_the_game_settles_nothing() {
    let text = scenario(
        1,
        &format!(
            "[state]\nx = 0\ny = 0\n[events.a]\nchance = 0.3\neffects = {{ x = 1 }}\n\
             [events.b]\nchance = 0.5\neffects = {{ y = 1 }}\n{WON}"
        ),
    );
    assert_sources(&text, 0.3, &|model| {
        vec![(LuckSource::Event(what(model, "a")), 1.0), (LuckSource::Event(what(model, "b")), 0.0)]
    });
}

/// Three actors in turn, each of whom picks one of its options blindly.
fn in_turn(when: &str) -> String {
    let actor = |name: &str, more: &str| {
        format!(
            "[actors.{name}]\nrationality = 0\nactions.go = {{ effects = {{ {name}s = 1 }} }}\n{more}"
        )
    };
    let again = "actions.run = { effects = { bs = 1 } }\n";
    scenario(
        1,
        &format!(
            "[state]\nas = 0\nbs = 0\ncs = 0\n{}{}{}[[outcomes]]\nid = 'won'\nwhen = '{when}'\n",
            actor("a", ""),
            actor("b", again),
            actor("c", "")
        ),
    )
}

#[test]
fn choices_that_must_all_be_made_settle_more_the_later_they_come() {
    // a goes with 1/2, b with 2/3, c with 1/2, so p = 1/6 and p (1 - p) = 5/36. After a it is 1/3 or 0: D = 1/36.
    // Then, where a goes, it is 1/2 with 2/3, else 0: D = 1/2 (2/3 1/4 - 1/9) = 1/36. Where both go, with 1/3, the
    // rest is 1/4: D = 1/12.
    assert_sources(&in_turn("as + bs + cs == 3"), 1.0 / 6.0, &|_| {
        [1.0, 1.0, 3.0]
            .into_iter()
            .zip(0..)
            .map(|(k, who)| (LuckSource::Choice(ActorId(who)), k / 5.0))
            .collect()
    });
}

#[test]
fn a_vote_settles_what_it_decides() {
    // Both must say yes, each with 1/2: p = 1/4, p (1 - p) = 3/16. The first vote makes it 1/2 or 0, D = 1/16; the
    // second decides where the first was yes, D = 1/8. The proposer's own yes is certain.
    let text = scenario(
        1,
        &format!(
            "[state]\nx = 0\n[actors.a]\nrationality = 1\nmust_act = true\n\
             actions.offer = {{ consent = {{ of = ['a', 'b', 'c'], rule = 'all' }}, effects = {{ x = 1 }} }}\n\
             [actors.b]\nrationality = 0\n[actors.c]\nrationality = 0\n{WON}"
        ),
    );
    let (b, c) = (LuckSource::Vote(ActorId(1)), LuckSource::Vote(ActorId(2)));
    assert_sources(&text, 0.25, &|_| vec![(b, 1.0 / 3.0), (c, 2.0 / 3.0)]);
}

#[test]
fn an_assumption_alone_can_settle_all_or_a_part() {
    let alone = "[assumptions]\nu = 'uniform(0, 1)'\n[[outcomes]]\nid = 'won'\nwhen = 'u < 0.3'\n";
    assert_sources(&scenario(2, alone), 0.3, &|_| vec![(LuckSource::Assumptions, 1.0)]);
    // Without steps too.
    assert_sources(&scenario(0, alone), 0.3, &|_| vec![(LuckSource::Assumptions, 1.0)]);
    // The chance of an event is uniform: its variance is 1/12, of 1/4.
    let chance = "[assumptions]\nu = 'uniform(0, 1)'\n[state]\nx = 0\n\
                  [events.e]\nchance = 'u'\neffects = { x = 1 }\n";
    assert_sources(&scenario(1, &format!("{chance}{WON}")), 0.5, &|model| {
        vec![(LuckSource::Assumptions, 1.0 / 3.0), (LuckSource::Event(what(model, "e")), 2.0 / 3.0)]
    });
}

#[test]
fn every_kind_of_luck_settles_what_it_alone_decides() {
    let won = |rest: &str| scenario(2, &format!("[state]\nx = 0\n{rest}{WON}"));
    let draw = "x = 'if uniform(0, 1) < 0.4 then 1 else 0'";
    assert_sources(&won(&format!("[laws]\n{draw}\n")), 0.4, &|_| vec![(LuckSource::Laws, 1.0)]);
    let calendar = format!(
        "start = 2020-01-01\nstep = 'month'\n[state]\nx = 0\n\
         [calendar.c]\non = 2020-02-01\neffects = {{ {draw} }}\n{WON}"
    );
    let of_calendar = |_: &Model| vec![(LuckSource::Calendar, 1.0)];
    assert_sources(&scenario(2, &calendar), 0.4, &of_calendar);
    let branches = "[actors.a]\nrationality = 1\nmust_act = true\n\
                    actions.go = { chance = [{ p = 0.4, effects = { x = 1 } }, { p = 0.6, effects = { x = 2 } }], once = true }\n";
    let branch = |_: &Model| vec![(LuckSource::Branch(ActorId(0)), 1.0)];
    assert_sources(&won(branches), 0.4, &branch);
    let drawn = format!(
        "[actors.a]\nrationality = 1\nmust_act = true\nactions.go = {{ effects = {{ {draw} }}, once = true }}\n"
    );
    assert_sources(&won(&drawn), 0.4, &branch);
    // Who comes first takes it.
    let actor = |name: &str, x: u32| {
        format!(
            "[actors.{name}]\nrationality = 1\nmust_act = true\n\
             actions.take = {{ when = 'x == 0', effects = {{ x = {x} }} }}\n"
        )
    };
    let first =
        format!("order = 'random'\n[state]\nx = 0\n{}{}{WON}", actor("a", 1), actor("b", 2));
    assert_sources(&scenario(1, &first), 0.5, &|_| vec![(LuckSource::Order, 1.0)]);
    // A bargain that may not come about.
    let bargain = "[state]\nx = { start = 0.5, range = [0, 1] }\n[actors.a]\n[actors.b]\n\
                   [bargains.deal]\nover = 'x'\nrule = 'mean'\nchance = 0.5\namong = ['a', 'b']\n\
                   position = { a = 1, b = 1 }\nsalience = { a = 1, b = 1 }\npower = { a = 1, b = 1 }\n";
    assert_sources(&scenario(1, &format!("{bargain}{WON}")), 0.5, &|model| {
        vec![(LuckSource::Bargain(what(model, "deal")), 1.0)]
    });
}

#[test]
fn time_is_told_apart_whatever_else_is() {
    // It has to come three times, each with 1/2: p (1 - p) = 7/64. D is 1/64, then 2/64, then 4/64.
    let text = scenario(
        3,
        "[state]\nx = 0\n[events.e]\nchance = 0.5\neffects = { x = '+= 1' }\n\
         [[outcomes]]\nid = 'won'\nwhen = 'x == 3'\n",
    );
    let model = model(&text);
    for split in [LuckSplit::Moments, LuckSplit::Sources, LuckSplit::Steps] {
        let found = settled(&model, split, TRIALS);
        assert_eq!((found.cells, found.trials), (4, TRIALS));
        assert_eq!(found.sources.is_empty(), split == LuckSplit::Steps);
        for outcome in &found.outcomes {
            let parts = told(outcome);
            for (part, exact) in parts.by_time.iter().zip([0.0, 1.0, 2.0, 4.0]) {
                assert_is(*part, exact / 7.0, "a step");
            }
            assert_is(parts.sum, 1.0, "the sum");
            assert_eq!(parts.half_settled, Some((3, 3)));
            let both = &parts.by_source_and_time;
            let sums = parts.by_time.iter().enumerate().map(|(cell, part)| {
                (both.iter().map(|row| row[cell]).sum::<f64>() - part.part).abs()
            });
            assert!(split == LuckSplit::Steps || sums.fold(0.0, f64::max) < 1e-12);
        }
        // Whether it came, and that it did not, are settled alike.
        assert_eq!(told(&found.outcomes[0]).by_time, told(&found.outcomes[1]).by_time);
    }
}

/// A game in which actors look ahead, on several tracks and as voters, so that what they imagine matters for
/// several of their decisions in a step.
fn thinkers(order: &str, plans_ahead: bool) -> String {
    scenario(
        2,
        &format!(
            "order = '{order}'\nimaginations = 8\n[assumptions]\ncare = 'uniform(0, 1)'\n\
             [state]\nx = 0.5\ny = 0.5\n[laws]\nx = 'clamp(x + normal(0, 0.2), 0, 1)'\n\
             [actors.a]\nrationality = '8 + 30 * care'\nforesight = 2\nplans_ahead = {plans_ahead}\n\
             wants.x = {{ of = 'x * y', best = 1, worst = 0 }}\n\
             actions.push = {{ effects = {{ x = '+= normal(0.1, 0.1)' }} }}\n\
             actions.offer = {{ consent = {{ of = ['b'], rule = 'any' }}, effects = {{ y = 'uniform(x, 1)' }} }}\n\
             actions.more = {{ track = 'second', effects = {{ y = '+= 0.1' }} }}\n\
             [actors.b]\nrationality = 25\nforesight = 1\nwants.y = {{ of = 'y - x', best = 1, worst = -1 }}\n\
             actions.pull = {{ chance = [{{ p = 0.4, effects = {{ x = '-= 0.3' }} }}], cost = 0.01 }}\n\
             actions.ask = {{ consent = {{ of = ['a'], rule = 'any' }}, effects = {{ y = '-= 0.2' }} }}\n\
             [[outcomes]]\nid = 'high'\nwhen = 'x * y > 0.35'\n[[outcomes]]\nid = 'low'\nwhen = 'y < 0.4'\n"
        ),
    )
}

#[test]
fn parts_add_up_to_one_where_imaginations_serve_several_decisions() {
    // A planner takes long: in each of its imagined plays it imagines others.
    for (order, plans_ahead, trials) in [("listed", false, 600), ("random", true, 200)] {
        let model = model(&thinkers(order, plans_ahead));
        for split in [LuckSplit::Moments, LuckSplit::Sources, LuckSplit::Steps] {
            let found = settled(&model, split, trials);
            assert!(found.outcomes.iter().any(|outcome| outcome.parts.is_some()), "{order}");
            for parts in found.outcomes.iter().filter_map(|outcome| outcome.parts.as_ref()) {
                assert_is(parts.sum, 1.0, &format!("{order}, {split:?}"));
            }
        }
    }
}

#[test]
fn parts_add_up_to_one_in_every_scenario_file() {
    for (name, trials) in [("border-crisis.toml", 4_000), ("crisis-tree.toml", 400)] {
        let model = document(name).model("none", "base").expect("a sound scenario");
        for split in [LuckSplit::Moments, LuckSplit::Steps] {
            let found = settled(&model, split, trials);
            assert!(found.outcomes.iter().any(|outcome| outcome.parts.is_some()), "{name}");
            for outcome in found.outcomes.iter().filter(|outcome| outcome.parts.is_some()) {
                assert_is(told(outcome).sum, 1.0, &format!("{name}, {split:?}"));
            }
        }
    }
}

/// The same in all others, of which most have the outcomes of one template; of Korea in small.
#[test]
#[ignore = "takes many minutes"]
fn parts_add_up_to_one_in_every_other_scenario_file() {
    for name in all_files() {
        let model = small(&name, FEWEST_PLAYS).model("none", "base").expect("a sound scenario");
        let found = settled(&model, LuckSplit::Moments, 1_000);
        let mut parts = Vec::new();
        for outcome in found.outcomes.iter().filter_map(|outcome| outcome.parts.as_ref()) {
            assert_is(outcome.sum, 1.0, &name);
            parts.push(format!(
                "{:.2} ± {:.2}",
                outcome.sum.part,
                outcome.sum.high - outcome.sum.part
            ));
        }
        println!("{name}: {}", parts.join(", "));
    }
}

#[test]
fn neither_threads_nor_blocks_nor_engines_change_anything() {
    let model = model(&thinkers("random", false));
    let plan = Plan { seed: 5, trials: 150, threads: Some(1), ..Plan::default() };
    let with = |plan| why(&model, LuckSplit::Moments, plan, &()).expect("no accident");
    let one = with(plan);
    assert_eq!(one, with(Plan { threads: Some(3), block: Some(7), ..plan }));
    assert_eq!(one, with(Plan { threads: Some(2), block: Some(150), ..plan }));
    assert_eq!(one, with(Plan { engine: EngineKind::Reference, ..plan }));
    let forked = Reference::new(&model, 5).forked(0, 150, LuckSplit::Moments.into(), &|| true);
    let forked = forked.expect("no accident").expect("nobody stops it");
    assert_eq!((one.trials, one.replays), (150, forked.replays));
    // The trials are those of a run.
    let played = Reference::new(&model, 5).block(0, 150, &|| true);
    assert_eq!(played.expect("no accident").expect("nobody stops it").outcomes, forked.outcomes);
}

#[test]
fn a_number_that_cannot_be_used_in_a_fork_is_reported() {
    // Only where both events come is there a division by zero, which happens in few trials, but in many forks.
    let text = scenario(
        1,
        "[state]\nx = 1\ny = 1\n[events.a]\nchance = 0.05\neffects = { x = 0 }\n\
         [events.b]\nchance = 0.05\neffects = { y = 0 }\n[laws]\nx = 'x / (x + y)'\n",
    );
    let model = model(&text);
    for engine in [EngineKind::Lanes, EngineKind::Reference] {
        let plan = Plan { seed: 1, trials: 2_000, engine, ..Plan::default() };
        let found = why(&model, LuckSplit::Moments, plan, &());
        let message = found.expect_err("a division by zero").to_string();
        assert!(message.contains("x / (x + y)"), "{message}");
    }
}

/// Where one moment in two or in seven is looked at, parts are those of all moments, and take fewer replays; and an
/// assumption, which always is looked at, counts once.
#[test]
fn a_sample_of_the_moments_tells_the_same_parts() {
    let text = in_turn("as + bs + cs == 3 and luck < 0.5").replacen(
        "[state]",
        "[assumptions]\nluck = { draw = 'uniform(0, 1)' }\n[state]",
        1,
    );
    let model = model(&text);
    let all = settled(&model, LuckSplit::Moments, 4_000);
    // p = 1/12 and p (1 - p) = 11/144; the assumption has (1/6)² 1/4 = 1/144 of it, and where it is below one half, the
    // choices have what they have without it: half of 1/36, 1/36 and 1/12, as 2, 2 and 6 of 144.
    let exact = [1.0, 2.0, 2.0, 6.0].map(|part| part / 11.0);
    for one_in in [1, 2, 7] {
        let sample = MomentSample { split: LuckSplit::Moments, one_in };
        let plan = Plan { seed: 3, trials: 40_000, ..Plan::default() };
        let found = why(&model, sample, plan, &()).expect("no accident");
        let parts = told(&found.outcomes[0]);
        for (part, exact) in parts.by_source.iter().zip(exact) {
            assert_is(*part, exact, &format!("one in {one_in}"));
        }
        assert_is(parts.sum, 1.0, &format!("one in {one_in}"));
        let each = |found: &WhatSettled| found.replays as f64 / found.trials as f64;
        let fewer = if one_in == 1 { 1.02 } else { 0.8 };
        assert!(each(&found) < fewer * each(&all), "{} of {}", each(&found), each(&all));
    }
}

#[test]
fn intervals_hold_the_exact_parts_in_most_seeds() {
    // p = 1/6; the parts are 1/5, 1/5 and 3/5, by source as by choice, and the third actor's come last.
    let model = model(&in_turn("as + bs + cs == 3"));
    for (one_in, trials) in [(1, 300), (2, 600)] {
        let sample = MomentSample { split: LuckSplit::Moments, one_in };
        assert_intervals_hold(&model, sample, trials);
    }
}

fn assert_intervals_hold(model: &Model, sample: MomentSample, trials: u64) {
    let exact = [0.2, 0.2, 0.6, 1.0];
    let mut missed = [0; 4];
    let seeds = 500;
    for seed in 0..seeds {
        let plan = Plan { seed, trials, threads: Some(1), ..Plan::default() };
        let found = why(model, sample, plan, &()).expect("no accident");
        let parts = told(&found.outcomes[0]);
        let found = parts.by_source.iter().chain([&parts.sum]);
        for ((part, exact), missed) in found.zip(exact).zip(&mut missed) {
            *missed += u64::from(!(part.low..=part.high).contains(&exact));
        }
    }
    println!("one in {}: missed in {missed:?} of {seeds} seeds", sample.one_in);
    assert!(missed.iter().all(|missed| *missed as f64 <= 0.07 * seeds as f64), "{missed:?}");
}
