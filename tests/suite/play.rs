//! Helpers that play scenario texts and compare shares with expected values.

use demarche::engine::{
    CountedOption, NumericalError, Reference, TRIALS_PER_BLOCK, TrialBlock, counted_options,
};
use demarche::model::{Document, Model};
use rayon::prelude::*;

/// The model of a text without policy or world.
pub fn model(text: &str) -> Model {
    model_under(text, "none", "base")
}

/// The model of a text under a policy and a world. Under `[state]` a line
/// `u = 0` is short for `u = { start = 0 }`.
pub fn model_under(text: &str, policy: &str, world: &str) -> Model {
    let text = with_starts(text);
    let document = Document::read("test.toml", text.as_bytes());
    document.model(policy, world).unwrap_or_else(|found| {
        let all: Vec<String> = found.iter().map(|item| format!("{item:?}")).collect();
        panic!("{}\n{text}", all.join("\n"))
    })
}

/// The text with these lines written out.
pub fn with_starts(text: &str) -> String {
    let mut within = false;
    let mut lines = String::new();
    for line in text.lines() {
        if line.starts_with('[') {
            within = line == "[state]";
        }
        let full = match line.split_once(" = ") {
            Some((name, start)) if within && !start.starts_with('{') => {
                format!("{name} = {{ start = {start} }}")
            }
            _ => line.to_owned(),
        };
        lines += &full;
        lines.push('\n');
    }
    lines
}

/// A scenario text: the parts of `[scenario]` first.
pub fn scenario(steps: u32, rest: &str) -> String {
    format!("format = 1\n[scenario]\nsteps = {steps}\n{rest}")
}

/// The first trials of a model.
pub fn play(model: &Model, trials: usize) -> TrialBlock {
    play_seeded(model, 1, trials)
}

/// The first trials under a seed.
pub fn play_seeded(model: &Model, seed: u64, trials: usize) -> TrialBlock {
    let leaf = Reference::new(model, seed).block(0, trials, &|| true);
    leaf.expect("no accident").expect("nobody stops it")
}

/// The accident of a text within its first trials.
pub fn accident(text: &str, trials: usize) -> Box<NumericalError> {
    let model = model(text);
    let leaf = Reference::new(&model, 1).block(0, trials, &|| true);
    leaf.expect_err("an accident")
}

/// Plays many trials on all cores and combines the results of the leaves.
pub fn fold<T: Send>(
    model: &Model,
    trials: u64,
    of: impl Fn(&TrialBlock) -> T + Sync,
    join: impl Fn(T, T) -> T + Sync + Send,
) -> T {
    let engine = Reference::new(model, 1);
    (0..trials.div_ceil(TRIALS_PER_BLOCK))
        .into_par_iter()
        .map(|index| {
            let first = index * TRIALS_PER_BLOCK;
            let len = TRIALS_PER_BLOCK.min(trials - first) as usize;
            let leaf = engine.block(first, len, &|| true).expect("no accident");
            of(&leaf.expect("nobody stops it"))
        })
        .reduce_with(join)
        .expect("some trials")
}

/// How often each outcome occurred; unresolved trials are last.
pub fn outcomes(model: &Model, trials: u64) -> Vec<u64> {
    let count = |leaf: &TrialBlock| {
        let mut counts = vec![0; model.outcomes.len() + 1];
        for outcome in &leaf.outcomes {
            counts[*outcome as usize] += 1;
        }
        counts
    };
    fold(model, trials, count, |a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect())
}

/// Available, taken and accepted over all steps of an option: `a.attack` or
/// `a.hold`.
pub fn option(model: &Model, leaf: &TrialBlock, name: &str) -> (u64, u64, u64) {
    let steps = 0..leaf.moves.steps;
    steps.fold((0, 0, 0), |sum, step| {
        let (available, taken, accepted) = option_at(model, leaf, name, step);
        (sum.0 + available, sum.1 + taken, sum.2 + accepted)
    })
}

/// The same in one step.
pub fn option_at(model: &Model, leaf: &TrialBlock, name: &str, step: usize) -> (u64, u64, u64) {
    let (actor, option) = name.split_once('.').expect("actor.option");
    let row = counted_options(model)
        .iter()
        .position(|row: &CountedOption| {
            let on = &model.truth.actors[row.actor];
            model.actors[row.actor].name == actor
                && match row.action {
                    Some(index) => {
                        model.happening(on.actions[index].what).name == format!("{actor}.{option}")
                    }
                    None => option == "hold",
                }
        })
        .expect("such an option");
    let at = row * leaf.moves.steps + step;
    let moves = &leaf.moves;
    (moves.available[at], moves.taken[at], moves.accepted[at])
}

/// A recorded column at a row, one value per trial.
pub fn recorded<'a>(model: &Model, leaf: &'a TrialBlock, name: &str, row: usize) -> &'a [f64] {
    let column = model.series().position(|series| series.name == name).expect("such a column");
    leaf.recorded(column, row, model.truth.steps as usize + 1)
}

/// The values drawn for an assumption, by its name or path.
pub fn assumed<'a>(model: &Model, leaf: &'a TrialBlock, name: &str) -> &'a [f64] {
    let column = model.assumptions.iter().position(|x| x.name == name);
    leaf.assumption(column.expect("such an assumption"))
}

/// The first step of a happening, one value per trial.
pub fn first<'a>(model: &Model, leaf: &'a TrialBlock, name: &str) -> &'a [Option<u32>] {
    let index = model.happenings.iter().position(|x| x.name == name).expect("such a happening");
    leaf.first_step(index)
}

/// Checks a share of independent trials against its probability: within 4.5
/// standard errors, which chance alone exceeds once in 150,000 shares.
#[track_caller]
pub fn assert_share(count: u64, trials: u64, p: f64) {
    let share = count as f64 / trials as f64;
    let error = (p * (1.0 - p) / trials as f64).sqrt();
    assert!(
        (share - p).abs() <= 4.5 * error + 1e-12,
        "{count} of {trials} = {share}, expected {p}, {:.1} standard errors away",
        (share - p).abs() / error
    );
}

/// Checks a mean against its expectation, in the same way.
#[track_caller]
pub fn assert_mean(values: &[f64], expected: f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    assert!(
        (mean - expected).abs() <= 4.5 * error + 1e-12,
        "mean {mean}, expected {expected}, standard error {error}"
    );
}

/// Checks that λ times the spread of V over an actor's options has this value in
/// every choice; V must be exact there.
#[track_caller]
pub fn assert_spread(leaf: &TrialBlock, actor: usize, expected: f64) {
    let spreads = &leaf.spreads[actor];
    assert!(!spreads.is_empty(), "nothing was chosen");
    for spread in spreads {
        assert!((spread - expected).abs() < 1e-12, "a spread of {spread}, expected {expected}");
    }
}

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A number of `tests/oracles/numbers.json`.
pub fn oracle() -> serde_json::Value {
    serde_json::from_str(include_str!("../oracles/numbers.json")).expect("valid JSON")
}
