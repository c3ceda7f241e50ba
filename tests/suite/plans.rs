//! Actors who plan ahead: their own later moves look ahead in the plays that they imagine. The odds
//! of their choices are known by hand where rationality is very large, and by enumeration of
//! everything that can happen elsewhere.

use demarche::diagnostic::{Code, Severity};
use demarche::engine::{Lanes, TRIALS_PER_BLOCK, TrialBlock};
use demarche::model::{Document, Model};
use rayon::prelude::*;

use crate::play::{
    assert_share, assert_spread, model, model_under, option_at, play, scenario, sigmoid,
};

/// An investment costs 0.1 in step 0 and again in step 1, and pays at the end of step 2 if it was
/// made twice. Once is money lost.
fn investment(rationality: f64, plans_ahead: bool) -> String {
    scenario(
        3,
        &format!(
            "imaginations = 128\n[state]\nu = 0.5\nstage = 0\n\
             [laws]\nu = 'if stage == 2 and t == 2 then 1 else u'\n\
             [actors.a]\nrationality = {rationality:?}\nforesight = 2\nplans_ahead = {plans_ahead}\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.invest = {{ when = 't < 2', effects = {{ u = '-= 0.1', stage = '+= 1' }} }}\n"
        ),
    )
}

/// Trials of a model, played by the lanes.
fn played(model: &Model, trials: u64) -> Vec<TrialBlock> {
    let engine = Lanes::new(model, 3).expect("not too large");
    let blocks = 0..trials.div_ceil(TRIALS_PER_BLOCK);
    let block = |index: u64| {
        let first = index * TRIALS_PER_BLOCK;
        let len = TRIALS_PER_BLOCK.min(trials - first) as usize;
        engine.block(first, len, &|| true).expect("no accident").expect("nobody stops it")
    };
    blocks.into_par_iter().map(block).collect()
}

/// How often an option was open and taken in a step.
fn counted(model: &Model, blocks: &[TrialBlock], name: &str, step: usize) -> (u64, u64) {
    blocks.iter().fold((0, 0), |sum, block| {
        let (open, taken, _) = option_at(model, block, name, step);
        (sum.0 + open, sum.1 + taken)
    })
}

#[test]
fn only_who_plans_ahead_begins_an_investment_that_has_to_be_kept_up() {
    // Expecting to go on: 0.3 after step 1, then 1, so 0.65 on average against 0.5. Expecting to stop,
    // since going on costs 0.1 at once: 0.4 against 0.5.
    for (plans_ahead, invests, spread) in [(true, true, 0.15), (false, false, 0.1)] {
        let model = model(&investment(10_000.0, plans_ahead));
        let leaf = play(&model, 200);
        let taken = |step| option_at(&model, &leaf, "a.invest", step).1;
        let all = if invests { 200 } else { 0 };
        assert_eq!((taken(0), taken(1)), (all, all), "plans_ahead = {plans_ahead}");
        // The first choice of each trial; the second, if the first was made, is worth 0.6.
        for (at, spreads) in leaf.spreads[0].chunks(2).enumerate() {
            let second = if invests { 0.6 } else { 0.1 };
            assert!((spreads[0] / 10_000.0 - spread).abs() < 1e-9, "trial {at}: {spreads:?}");
            assert!((spreads[1] / 10_000.0 - second).abs() < 1e-9, "trial {at}: {spreads:?}");
        }
    }
}

#[test]
fn the_odds_of_a_planner_are_those_of_the_odds_that_it_will_go_on() {
    // In step 1 going on is worth 1 - 0.4 to who has invested; to who has not, 0.1 less than not.
    let lambda = 3.0;
    for (plans_ahead, goes_on) in [(true, sigmoid(3.0 * 0.6)), (false, sigmoid(-3.0 * 0.1))] {
        let begins = sigmoid(-lambda * 0.1);
        let invest = goes_on * (0.3 + 1.0) / 2.0 + (1.0 - goes_on) * 0.4;
        let hold = begins * 0.4 + (1.0 - begins) * 0.5;
        let model = model(&investment(lambda, plans_ahead));
        let blocks = played(&model, 8_000);
        let (open, taken) = counted(&model, &blocks, "a.invest", 0);
        assert_share(taken, open, sigmoid(lambda * (invest - hold)));
    }
}

/// The game of [`saving`] at a moment.
#[derive(Clone, Copy, Debug)]
struct Moment {
    t: u32,
    stage: u32,
    raids: u32,
    a: f64,
    b: f64,
}

/// Who chooses how in the game of [`saving`].
#[derive(Clone, Copy, Debug)]
struct Saving {
    minds: u32,
    plans_ahead: bool,
    lambda: [f64; 2],
    foresight: [u32; 2],
    patience: [f64; 2],
}

const STEPS: u32 = 4;

/// a saves, at a price each time, and has more at the end the longer it did. b can raid what was
/// saved, and pays for that by the law at the end of the step.
fn saving(game: &Saving, plays: u32) -> String {
    let Saving { minds, plans_ahead, lambda, foresight, patience } = game;
    scenario(
        STEPS,
        &format!(
            "imaginations = {plays}\nminds = {minds}\n\
             [state]\na = 0.5\nb = 0.5\nstage = 0\nraids = 0\n\
             [laws]\na = 'if last then a + 0.3 * stage * (stage - 1) else a'\n\
             b = 'b - 0.4 * raids'\nraids = 0\n\
             [actors.a]\nrationality = {:?}\nforesight = {}\npatience = {:?}\n\
             plans_ahead = {plans_ahead}\n\
             wants.a = {{ of = 'a', best = 2, worst = -1 }}\n\
             actions.save = {{ when = 'not last', effects = {{ a = '-= 0.02', stage = '+= 1' }} }}\n\
             [actors.b]\nrationality = {:?}\nforesight = {}\npatience = {:?}\n\
             wants.b = {{ of = 'b', best = 2, worst = -2 }}\n\
             actions.raid = {{ when = 'stage > 0', effects = {{ b = '+= 0.1', stage = '-= 1', raids = '+= 1' }} }}\n",
            lambda[0], foresight[0], patience[0], lambda[1], foresight[1], patience[1]
        ),
    )
}

/// Who looks ahead: how many steps, and in the plays it imagines its own moves and those of others.
#[derive(Clone, Copy)]
struct Looking {
    steps: u32,
    own: bool,
    others: bool,
}

impl Saving {
    fn begin() -> Moment {
        Moment { t: 0, stage: 0, raids: 0, a: 0.5, b: 0.5 }
    }

    /// What an actor can do, as the moments it leads to: holding, and its action if that is open.
    fn options(at: Moment, who: usize) -> Vec<Moment> {
        let acts = match who {
            0 if at.t + 1 < STEPS => Some(Moment { a: at.a - 0.02, stage: at.stage + 1, ..at }),
            1 if at.stage > 0 => {
                Some(Moment { b: at.b + 0.1, stage: at.stage - 1, raids: at.raids + 1, ..at })
            }
            _ => None,
        };
        [at].into_iter().chain(acts).collect()
    }

    fn after_laws(at: Moment) -> Moment {
        let stage = f64::from(at.stage);
        let gain = if at.t + 1 == STEPS { 0.3 * stage * (stage - 1.0) } else { 0.0 };
        Moment { a: at.a + gain, b: at.b - 0.4 * f64::from(at.raids), raids: 0, ..at }
    }

    fn utility(at: Moment, who: usize) -> f64 {
        let value = if who == 0 { (at.a + 1.0) / 3.0 } else { (at.b + 2.0) / 4.0 };
        value.clamp(0.0, 1.0)
    }

    /// The probabilities of the options of an actor who looks ahead so far.
    fn odds(&self, at: Moment, who: usize, looking: Looking) -> Vec<f64> {
        let value = |after: &Moment| match looking.steps {
            0 => Saving::utility(*after, who),
            steps => {
                let weights: f64 = (0..steps).map(|j| self.patience[who].powi(j as i32)).sum();
                self.future(*after, who + 1, (who, looking), 0) / weights
            }
        };
        let odds: Vec<f64> = Saving::options(at, who)
            .iter()
            .map(|after| (self.lambda[who] * value(after)).exp())
            .collect();
        let sum: f64 = odds.iter().sum();
        odds.iter().map(|x| x / sum).collect()
    }

    /// The expected weighted sum of the utilities that are still to come, from the turn of `next` on,
    /// after so many whole steps.
    fn future(&self, at: Moment, next: usize, me: (usize, Looking), counted: u32) -> f64 {
        let (who, looking) = me;
        if next < 2 {
            let ahead = if next == who { looking.own } else { looking.others };
            let steps = if ahead { self.foresight[next] } else { 0 };
            let odds = self.odds(at, next, Looking { steps, own: false, others: false });
            let options = Saving::options(at, next);
            return odds
                .iter()
                .zip(options)
                .map(|(p, after)| p * self.future(after, next + 1, me, counted))
                .sum();
        }
        let at = Saving::after_laws(at);
        let weight = |j: u32| self.patience[who].powi(j as i32);
        // The step at hand does not count, unless it is the last.
        if at.t + 1 == STEPS {
            let from = counted.saturating_sub(1);
            return (from..looking.steps).map(weight).sum::<f64>() * Saving::utility(at, who);
        }
        let now = if counted > 0 { weight(counted - 1) * Saving::utility(at, who) } else { 0.0 };
        if counted == looking.steps {
            return now;
        }
        now + self.future(Moment { t: at.t + 1, ..at }, 0, me, counted + 1)
    }

    /// The probabilities with which a saves and b raids in step 0, if a saved.
    fn first_moves(&self) -> [f64; 2] {
        let looking = |who: usize, own: bool| Looking {
            steps: self.foresight[who],
            own,
            others: self.minds > 1,
        };
        let begin = Saving::begin();
        let saves = self.odds(begin, 0, looking(0, self.plans_ahead))[1];
        let saved = Saving::options(begin, 0)[1];
        [saves, self.odds(saved, 1, looking(1, false))[1]]
    }
}

#[test]
fn odds_are_those_of_everything_that_can_happen() {
    let mut found = Vec::new();
    for (minds, plans_ahead) in [(1, false), (1, true), (2, false), (2, true)] {
        let game = Saving {
            minds,
            plans_ahead,
            lambda: [44.0, 12.0],
            foresight: [3, 1],
            patience: [0.9, 1.0],
        };
        let expected = game.first_moves();
        let model = model(&saving(&game, 16));
        let blocks = played(&model, 16_384);
        let (trials, saved) = counted(&model, &blocks, "a.save", 0);
        let (open, raided) = counted(&model, &blocks, "b.raid", 0);
        assert_eq!((trials, open), (16_384, saved));
        for (taken, of, p) in [(saved, trials, expected[0]), (raided, open, expected[1])] {
            let share = taken as f64 / of as f64;
            let error = (p * (1.0 - p) / of as f64).sqrt();
            // Values from 16 plays move the odds a little towards one half.
            assert!((share - p).abs() < 4.0 * error + 0.015, "{game:?}: {share}, expected {p}");
        }
        found.push(expected[0]);
    }
    // The four differ by more than that.
    found.sort_by(f64::total_cmp);
    assert!(found.windows(2).all(|pair| pair[1] - pair[0] > 0.045), "{found:?}");
}

#[test]
fn who_plans_ahead_does_not_expect_its_own_votes_to_look_ahead() {
    // In step 1 b offers a what costs it 0.1 at once and gains it 0.4 by the end of the step. a would
    // take it if its vote looked ahead; as it does not, preparing for it only costs.
    let text = |offers: &str| {
        scenario(
            2,
            &format!(
                "imaginations = 2\n[state]\nu = 0.5\nready = false\nagreed = false\n\
                 [laws]\nu = 'if agreed then 0.9 else u'\n\
                 [actors.a]\nrationality = 10000\nforesight = 1\nplans_ahead = true\n\
                 wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
                 actions.prepare = {{ when = 't == 0', effects = {{ u = 0.45, ready = true }} }}\n\
                 {offers}"
            ),
        )
    };
    let deal = "when = 'ready and t == 1', effects = { u = 0.35, agreed = true }";
    let offered = text(&format!(
        "[actors.b]\nrationality = 0\nmust_act = true\n\
         actions.offer = {{ {deal}, consent = {{ of = ['a'] }} }}\n"
    ));
    assert_spread(&play(&model(&offered), 50), 0, 10_000.0 * 0.05);
    // As a move of its own it is foreseen, and worth 0.4 by the end.
    let own = text(&format!("actions.agree = {{ {deal} }}\n"));
    let leaf = play(&model(&own), 50);
    assert!(leaf.spreads[0].chunks(2).all(|two| (two[0] / 10_000.0 - 0.4).abs() < 1e-9));
}

#[test]
fn a_plan_on_another_track_of_the_same_step_is_foreseen_too() {
    // Arming is of use only with the attack that follows at once on the other track, which costs
    // 0.1 until the law at the end of the step.
    for (plans_ahead, worth) in [(true, 0.9 - 0.5), (false, 0.5 - 0.45)] {
        let text = scenario(
            2,
            &format!(
                "imaginations = 4\n[state]\nu = 0.5\narmed = false\nattacked = false\n\
                 [laws]\nu = 'if attacked then 0.9 else u'\n\
                 [actors.a]\nrationality = 10000\nforesight = 1\nplans_ahead = {plans_ahead}\n\
                 wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
                 actions.arm = {{ when = 't == 0', effects = {{ u = 0.45, armed = true }} }}\n\
                 actions.attack = {{ when = 'armed and t == 0', track = 'war', \
                 effects = {{ u = 0.35, attacked = true }} }}\n"
            ),
        );
        let leaf = play(&model(&text), 20);
        let first = leaf.spreads[0][0] / 10_000.0;
        assert!((first - worth).abs() < 1e-9, "{plans_ahead}: {first}");
    }
}

#[test]
fn nothing_changes_for_who_has_no_later_move() {
    let with = |plans_ahead: bool| {
        let text = format!(
            "imaginations = 8\n[state]\nu = 0.5\n[laws]\nu = 'u + normal(0, 0.1)'\n\
             [actors.a]\nrationality = 5\nforesight = 2\nplans_ahead = {plans_ahead}\n\
             wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
             actions.go = {{ when = 't == 0', effects = {{ u = '+= normal(0.1, 0.2)' }} }}\n"
        );
        play(&model(&scenario(3, &text)), 200)
    };
    assert_eq!(crate::lanes::difference(&with(false), &with(true)), None);
}

#[test]
fn a_world_and_a_belief_can_give_a_plan_to_who_has_none() {
    let text = investment(10_000.0, false).replace("plans_ahead = false\n", "");
    let text = format!("{text}[worlds.planners]\nset = {{ 'actors.a.plans_ahead' = true }}\n");
    for (world, invested) in [("base", 0), ("planners", 40)] {
        let model = model_under(&text, "none", world);
        let leaf = play(&model, 40);
        assert_eq!(option_at(&model, &leaf, "a.invest", 0).1, invested, "{world}");
    }
    let shy = text.replace(
        "foresight = 2\n",
        "foresight = 2\nbelieves = { 'actors.a.plans_ahead' = true }\n",
    );
    let model = model(&shy);
    assert_eq!(option_at(&model, &play(&model, 40), "a.invest", 0).1, 40);
}

#[test]
fn a_world_without_foresight_has_no_planners() {
    let text = investment(5.0, true) + "[worlds.blind]\nset = { 'actors.a.foresight' = 0 }\n";
    let document = Document::read("test.toml", text.as_bytes());
    let found = document.check();
    let errors: Vec<_> = found.iter().filter(|item| item.severity() == Severity::Error).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].code, Code::KeysClash);
    assert!(document.model("none", "base").is_ok());
}
