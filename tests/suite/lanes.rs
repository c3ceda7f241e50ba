//! The lanes give the same results as the reference interpreter, bit for bit.

use demarche::distribution::Parameters;
use demarche::engine::{
    Lanes, LuckSplit, MomentSample, NumericalError, Path, Reference, TrialBlock,
};
use demarche::model::{Document, Model};

use crate::play::{model, scenario};
use crate::shortened::{PLAYS, small};

/// Where two lists of numbers first differ, by their bits.
fn apart(what: &str, a: &[f64], b: &[f64]) -> Option<String> {
    if a.len() != b.len() {
        return Some(format!("{what}: {} numbers and {}", a.len(), b.len()));
    }
    let at = a.iter().zip(b).position(|(x, y)| x.to_bits() != y.to_bits())?;
    Some(format!("{what} at {at}: {:?} by the reference, {:?} by the lanes", a[at], b[at]))
}

/// The first difference between two results of the same trials, if any.
pub fn difference(a: &TrialBlock, b: &TrialBlock) -> Option<String> {
    let lists = |what: &str, a: &[Vec<f64>], b: &[Vec<f64>]| {
        a.iter().zip(b).enumerate().find_map(|(i, (a, b))| apart(&format!("{what} {i}"), a, b))
    };
    let same = |what: &str, same: bool| (!same).then(|| format!("{what} differ"));
    apart("assumptions", &a.assumptions, &b.assumptions)
        .or_else(|| apart("inputs", &a.inputs, &b.inputs))
        .or_else(|| apart("series", &a.series, &b.series))
        .or_else(|| same("outcomes", a.outcomes == b.outcomes))
        .or_else(|| same("end steps", a.end_steps == b.end_steps))
        .or_else(|| same("open moves", a.moves.available == b.moves.available))
        .or_else(|| same("moves", a.moves.taken == b.moves.taken))
        .or_else(|| same("accepted moves", a.moves.accepted == b.moves.accepted))
        .or_else(|| same("moves in windows", a.in_windows == b.in_windows))
        .or_else(|| same("first steps", a.firsts == b.firsts))
        .or_else(|| same("assignments", a.assigned == b.assigned))
        .or_else(|| same("clamped assignments", a.clamped == b.clamped))
        .or_else(|| apart("utilities", &a.utilities, &b.utilities))
        .or_else(|| lists("spreads", &a.spreads, &b.spreads))
        .or_else(|| lists("errors", &a.errors, &b.errors))
        .or_else(|| lists("plays thought of", &a.thoughts, &b.thoughts))
        .or_else(|| lists("undecided", &a.undecided, &b.undecided))
}

/// The first trials of a model as the reference plays them.
struct ByReference<'m> {
    model: &'m Model,
    trials: usize,
    played: Result<Option<TrialBlock>, Box<NumericalError>>,
}

impl<'m> ByReference<'m> {
    fn new(model: &'m Model, trials: usize) -> Self {
        let reference = Reference::new(model, 7).with_utilities();
        ByReference { model, trials, played: reference.block(0, trials, &|| true) }
    }

    /// Plays the same trials in lanes on one CPU path, and returns the first difference, if any.
    fn compare(&self, path: Path, chunk: usize) -> Option<String> {
        let lanes = Lanes::new(self.model, 7).expect("not too large").with_utilities();
        let lanes = lanes.on(path).in_chunks(chunk).block(0, self.trials, &|| true);
        match (&self.played, &lanes) {
            (Ok(Some(a)), Ok(Some(b))) => difference(a, b),
            (Err(a), Err(b)) if a == b => None,
            (a, b) => Some(format!("{:?} and {:?}", a.as_ref().err(), b.as_ref().err())),
        }
    }
}

/// Compares trials of a model on one CPU path, and returns the first difference, if any.
pub fn compare(model: &Model, trials: usize, path: Path, chunk: usize) -> Option<String> {
    ByReference::new(model, trials).compare(path, chunk)
}

/// Compares the forks of trials of a model on one CPU path, at all moments and at one in three, and returns the first
/// difference, if any.
pub fn compare_forks(model: &Model, split: LuckSplit, trials: usize, path: Path) -> Option<String> {
    let at = |one_in| compare_sample(model, MomentSample { split, one_in }, trials, path);
    at(1).or_else(|| at(3))
}

fn compare_sample(model: &Model, split: MomentSample, trials: usize, path: Path) -> Option<String> {
    let lanes = Lanes::new(model, 7).expect("not too large").on(path);
    let one = Reference::new(model, 7).forked(0, trials, split, &|| true);
    let other = lanes.forked(0, trials, split, &|| true);
    match (one, other) {
        (Ok(Some(one)), Ok(Some(other))) if one == other => None,
        (Err(one), Err(other)) if one == other => None,
        (Ok(Some(one)), Ok(Some(other))) => {
            let both = one.moments.iter().zip(&other.moments);
            let apart = both.filter(|(one, other)| one != other).take(1).collect::<Vec<_>>();
            let replays = (one.replays, other.replays);
            let ends = one.outcomes == other.outcomes;
            Some(format!("{split:?}: {replays:?} replays, the same ends: {ends}, {apart:?}"))
        }
        (one, other) => Some(format!("{split:?}: {:?} and {:?}", one.err(), other.err())),
    }
}

pub fn document(name: &str) -> Document {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    Document::read(name, &std::fs::read(path).expect("the scenario is there"))
}

#[test]
fn every_scenario_file_gives_the_same_bits_under_every_policy_and_world() {
    for (name, trials) in
        [("border-crisis.toml", 50), ("crisis-tree.toml", 6), ("korea-2017/first-edition.toml", 1)]
    {
        let document = small(name, PLAYS);
        for policy in document.policies() {
            for world in document.worlds() {
                let model = document.model(policy, world).expect("a sound scenario");
                let found = compare(&model, trials, Path::best(), 128);
                assert_eq!(found, None, "{name}, policy {policy}, world {world}");
            }
        }
    }
}

#[test]
fn every_path_and_every_chunk_gives_the_same_bits() {
    for path in Path::ALL.into_iter().filter(|path| !path.available()) {
        println!("skipped: this machine has no {}", path.name());
    }
    for (name, trials) in
        [("border-crisis.toml", 33), ("crisis-tree.toml", 3), ("korea-2017.toml", 1)]
    {
        let model = small(name, PLAYS).model("none", "base").expect("a sound scenario");
        let reference = ByReference::new(&model, trials);
        for path in Path::ALL.into_iter().filter(|path| path.available()) {
            for chunk in [1, 7, 128, 300] {
                let found = reference.compare(path, chunk);
                assert_eq!(found, None, "{name}, {} in chunks of {chunk}", path.name());
            }
        }
    }
}

/// What only the later months of Korea have: the Games, exercises, promises that run out, a summit that is held.
#[test]
fn one_whole_trial_of_korea_gives_the_same_bits() {
    let model = document("korea-2017.toml").model("none", "base").expect("a sound scenario");
    assert_eq!(compare(&model, 1, Path::best(), 128), None);
}

#[test]
fn forks_are_the_same_on_every_path() {
    for (name, trials) in [("border-crisis.toml", 30), ("crisis-tree.toml", 2)] {
        let model = document(name).model("none", "base").expect("a sound scenario");
        for path in Path::ALL.into_iter().filter(|path| path.available()) {
            for split in [LuckSplit::Moments, LuckSplit::Sources, LuckSplit::Steps] {
                assert_eq!(compare_forks(&model, split, trials, path), None, "{name}, {path:?}");
            }
        }
    }
}

/// Choices and votes on which it depends on the luck of the plays how many of them are imagined.
fn thinkers(imaginations: &str, minds: u32, plans_ahead: bool) -> String {
    scenario(
        3,
        &format!(
            "order = 'random'\nimaginations = {imaginations}\nminds = {minds}\n\
             [assumptions]\ncare = 'uniform(0, 1)'\n[state]\nx = 0.5\ny = 0.5\n\
             [laws]\nx = 'clamp(x + normal(0, 0.2), 0, 1)'\n\
             [events.shock]\nchance = 'x'\neffects = {{ y = 'uniform(0, 1)' }}\n\
             [actors.a]\nrationality = '8 + 30 * care'\nforesight = 2\nmust_act = true\n\
             plans_ahead = {plans_ahead}\n\
             wants.x = {{ of = 'x * y', best = 1, worst = 0 }}\n\
             actions.push = {{ effects = {{ x = '+= normal(0.1, 0.1)' }} }}\n\
             actions.offer = {{ consent = {{ of = ['b', 'c'], rule = 'any' }}, effects = {{ y = 'uniform(x, 1)' }} }}\n\
             [actors.b]\nrationality = 25\nforesight = 1\n\
             wants.y = {{ of = 'y - x', best = 1, worst = -1 }}\n\
             actions.pull = {{ chance = [{{ p = 0.4, effects = {{ x = '-= 0.3' }} }}], cost = 0.01 }}\n\
             [actors.c]\nrationality = 15\nwants.y = {{ of = 'y', best = 0, worst = 1 }}\n"
        ),
    )
}

#[test]
fn thinking_until_decided_gives_the_same_bits_with_few_lanes_at_once_too() {
    // With up to 4,096 plays only 16 lanes imagine at once.
    for (imaginations, minds, plans_ahead, trials) in [
        ("[8, 64]", 1, false, 300),
        ("[16, 32]", 2, false, 40),
        ("[8, 4096]", 1, false, 20),
        ("[8, 64]", 1, true, 60),
        ("9", 1, true, 60),
        ("[8, 16]", 2, true, 40),
    ] {
        let model = model(&thinkers(imaginations, minds, plans_ahead));
        let reference = ByReference::new(&model, trials);
        for path in Path::ALL.into_iter().filter(|path| path.available()) {
            assert_eq!(reference.compare(path, 100), None, "{imaginations} {path:?}");
            for split in [LuckSplit::Moments, LuckSplit::Steps] {
                let found = compare_forks(&model, split, trials.div_ceil(20), path);
                assert_eq!(found, None, "{imaginations} {path:?}");
            }
        }
    }
}

/// Every distribution, with constant and with varying parameters, inside conditions, in a chain of
/// correlations, and in beliefs.
fn draws_of_all_kinds() -> String {
    scenario(
        3,
        "[assumptions]\na = 'beta(4, 3)'\nb = 'pert(1, 2, 6)'\nc = 'gamma(2.5, 0.8)'\n\
         d = '0.2 to 0.5'\ne = 'normal(1, 2)'\nf = 'lognormal(0, 0.3)'\n\
         g = 'if e > 0 then normal(a, b) + uniform(0, 1) else triangular(0, 1, 4)'\n\
         h = '1 + exponential(b) + poisson(3) + discrete(1, 0.5, 2, 0.5)'\n\
         i = 'normal(e, b) * lognormal(a, f) + beta(h, 2) + gamma(c, 1) + pert(0, a, 2)'\n\
         j = 'if bernoulli(a) and i > 2 then 5 else (1 to 3)'\n\
         [correlations]\n'a, b' = 0.5\n'b, d' = -0.3\n'd, e' = 0.4\n'c, e' = 0.2\n\
         [state]\nx = { start = 'a + e', range = [-20, 20] }\n\
         [laws]\nx = 'x / 2 + d + normal(0, c) * beta(2, 2) + gamma(2, 0.1) - g * (1 to 2)'\n\
         [actors.m]\nrationality = '1 to 3'\n\
         believes = { 'assumptions.a' = 'beta(2, 2)', 'assumptions.e' = 'a + normal(0, 1)' }\n\
         wants.w = { of = 'x + e', best = 10, worst = -10, weight = 'f' }\n\
         actions.go = { effects = { x = '+= a - j' } }\n\
         [[outcomes]]\nid = 'high'\nwhen = 'x > 3'\n",
    )
}

#[test]
fn what_is_settled_once_per_trial_is_the_same() {
    let model = model(&draws_of_all_kinds());
    for path in Path::ALL.into_iter().filter(|path| path.available()) {
        assert_eq!(compare(&model, 700, path, 128), None, "{}", path.name());
    }
}

/// Each distribution by itself, with the first of the parameters it is tested with: as constants,
/// and as numbers that change from trial to trial and from step to step; as an assumption, in a law
/// and in an effect.
#[test]
fn every_distribution_is_drawn_from_alike() {
    for one in demarche::distribution::ALL {
        for parameters in one.cases.sound.iter().take(3) {
            let constant = one.written(parameters);
            let changing = |by: &str| {
                let each: Vec<String> = parameters.iter().map(|x| format!("({x}{by})")).collect();
                match one.parameters {
                    Parameters::Numbers(_) | Parameters::Pairs => {
                        format!("{}({})", one.name, each.join(", "))
                    }
                    Parameters::Ends => each.join(" to "),
                }
            };
            let (by_trial, by_step) = (changing(" + 0 * p"), changing(" + 0 * x"));
            let model = model(&scenario(
                3,
                &format!(
                    "[assumptions]\np = 'uniform(0, 1)'\na = '{constant}'\nb = '{by_trial}'\n\
                     [state]\nx = {{ start = 'b + 0', range = [-5, 5] }}\ny = {{ start = 0, range = [-5, 5] }}\n\
                     [laws]\nx = '{constant} - ({by_step})'\n\
                     [events.e]\nchance = 0.5\neffects = {{ y = '+= {by_trial} * (a + 1)' }}\n\
                     [measures]\nm = {{ of = 'x + y' }}\n\
                     [[outcomes]]\nid = 'high'\nwhen = 'y > x'\n"
                ),
            ));
            for path in Path::ALL.into_iter().filter(|path| path.available()) {
                assert_eq!(compare(&model, 40, path, 7), None, "{constant}, {}", path.name());
            }
        }
    }
}

#[test]
fn repeats_are_the_same_and_share_what_is_settled_once_per_trial() {
    let model = model(&draws_of_all_kinds());
    let lanes = |play| Lanes::new(&model, 7).expect("not too large").repeat(play);
    let first = lanes(0).block(0, 60, &|| true).expect("no accident").expect("whole");
    let again = lanes(2).block(0, 60, &|| true).expect("no accident").expect("whole");
    let wanted = Reference::new(&model, 7).repeat(2).block(0, 60, &|| true);
    assert_eq!(difference(&wanted.expect("no accident").expect("whole"), &again), None);
    assert_eq!(first.assumptions, again.assumptions);
    assert!(first.series != again.series);
}

#[test]
fn accidents_in_what_is_settled_once_per_trial_are_the_same() {
    for bad in ["ln(e + 2)", "1 / poisson(3)", "exp(200 * e)"] {
        let text = draws_of_all_kinds().replace("j = 'if", &format!("k = '{bad}'\nj = 'if"));
        let model = model(&text);
        assert!(Reference::new(&model, 7).block(0, 200, &|| true).is_err(), "{bad}");
        assert_eq!(compare(&model, 200, Path::best(), 128), None, "{bad}");
    }
    // Weights must not be negative.
    let model = model(&draws_of_all_kinds().replace("weight = 'f'", "weight = 'e + 1'"));
    assert_eq!(compare(&model, 200, Path::best(), 128), None);
    assert!(Reference::new(&model, 7).block(0, 200, &|| true).is_err());
}

/// What an early outcome asks for holds before anybody has moved, in truth or in the mind of one who looks ahead.
#[test]
fn an_outcome_that_holds_from_the_start_ends_the_trial_alike() {
    let started = |x: &str, more: &str| {
        format!(
            "format = 1\nscenario = {{ steps = 3, imaginations = 8 }}\n[assumptions]\nover = false\n[state]\n\
             x = {{ start = {x} }}\n[laws]\nx = 'x + uniform(0, 0.4)'\n{more}\n[[outcomes]]\nid = 'high'\n\
             when = 'x >= 1 or over'\nends = true\n"
        )
    };
    let looks_ahead = "[actors.a]\nrationality = 3\nforesight = 2\nbelieves = { 'assumptions.over' = true }\n\
                       [actors.a.wants.x]\nof = 'x'\nbest = 3\nworst = 0\n\
                       [actors.a.actions.raise]\ncost = 0.1\neffects = { x = '+= 0.3' }";
    for (x, more) in [("1", ""), ("0", ""), ("0", looks_ahead), ("1", looks_ahead)] {
        let model = model(&started(x, more));
        assert_eq!(compare(&model, 40, Path::best(), 128), None, "from {x}");
        let block =
            Reference::new(&model, 7).block(0, 40, &|| true).expect("no accident").expect("whole");
        let ends_at_once = block.end_steps.iter().filter(|step| **step == 0).count();
        assert_eq!(ends_at_once, if x == "1" { 40 } else { 0 }, "from {x}");
    }
}
