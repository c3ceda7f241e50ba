//! The engine as a contender.

use std::path::Path;
use std::thread;

use demarche::engine::{
    Engine, EngineKind, MoveCounts, Recording, TRIALS_AT_ONCE, TrialBlock, counted_options,
};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};

use super::OUTCOMES;
use super::figures::{Figure, Figures, agreed, ended, moved, named};

/// Plays trials, leaf by leaf: this is the only place that says which engine is measured.
fn play(model: &Model, seed: u64, first: u64, trials: u64, mut each: impl FnMut(TrialBlock)) {
    let engine = Engine::new(model, seed, EngineKind::Lanes).recording(Recording::Course);
    let end = first + trials;
    for start in (first..end).step_by(TRIALS_AT_ONCE as usize) {
        let len = TRIALS_AT_ONCE.min(end - start) as usize;
        let leaf = engine.block(start, len, &|| true).expect("the scenario has no accidents");
        each(leaf.expect("nobody interrupts"));
    }
}

/// The scenario, with both actors looking this far ahead.
pub fn border_crisis(foresight: u32) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/border-crisis.toml");
    let text = std::fs::read_to_string(path).expect("the scenario file is there");
    let plain = "foresight   = 0";
    assert_eq!(text.matches(plain).count(), 2, "both actors have their foresight as expected");
    let text = text.replace(plain, &format!("foresight   = {foresight}"));
    let document = Document::read("border-crisis.toml", text.as_bytes());
    let model = document.model(NO_POLICY, BASE_WORLD).expect("the scenario is sound");
    let ids: Vec<&str> = model.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(ids, OUTCOMES, "the outcomes are as expected");
    model
}

/// Plays trials on this thread and discards the results.
pub fn only_play(model: &Model, trials: u64, seed: u64) {
    play(model, seed, 0, trials, |leaf| drop(std::hint::black_box(leaf)));
}

/// Plays trials on all threads, and computes figures from them.
pub fn figures(name: &'static str, model: &Model, trials: u64, seed: u64) -> Figures {
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let sums = thread::scope(|scope| {
        let part = trials.div_ceil(threads);
        let parts: Vec<_> = (0..threads)
            .map(|thread| {
                let (first, end) = ((thread * part).min(trials), ((thread + 1) * part).min(trials));
                scope.spawn(move || {
                    let mut sums = Sums::new(model);
                    play(model, seed, first, end - first, |leaf| sums.add(model, &leaf));
                    sums
                })
            })
            .collect();
        let done = parts.into_iter().map(|part| part.join().expect("a thread does not panic"));
        done.reduce(Sums::joined).expect("there is a thread")
    });
    sums.figures(name, model, trials as f64)
}

/// Sums over trials.
struct Sums {
    outcomes: [u64; 4],
    end_steps: Vec<u64>,
    moves: MoveCounts,
    /// Sums and sums of squares by column (tension, share, trade, in talks, at war), then row.
    columns: [Vec<(f64, f64)>; 5],
}

const COLUMNS: [&str; 5] = ["tension", "share", "trade", "in talks", "at war"];

impl Sums {
    fn new(model: &Model) -> Self {
        let steps = model.truth.steps as usize;
        let rows = || vec![(0.0, 0.0); steps + 1];
        Sums {
            outcomes: [0; 4],
            end_steps: vec![0; steps],
            moves: MoveCounts::new(counted_options(model).len(), steps),
            columns: [rows(), rows(), rows(), rows(), rows()],
        }
    }

    fn add(&mut self, model: &Model, leaf: &TrialBlock) {
        for outcome in &leaf.outcomes {
            self.outcomes[*outcome as usize] += 1;
        }
        for step in &leaf.end_steps {
            self.end_steps[*step as usize] += 1;
        }
        self.moves.add(&leaf.moves);
        let label = |name: &str| {
            let at = model.labels.iter().position(|label| label == name);
            at.expect("the scenario has the label") as f64
        };
        let (talks, war) = (label("talks"), label("war"));
        // The recorded columns are tension, share, phase, trade.
        let is = |of: f64| move |value: f64| if value == of { 1.0 } else { 0.0 };
        let same = |value: f64| value;
        sum_column(&mut self.columns[0], leaf, 0, same);
        sum_column(&mut self.columns[1], leaf, 1, same);
        sum_column(&mut self.columns[2], leaf, 3, same);
        sum_column(&mut self.columns[3], leaf, 2, is(talks));
        sum_column(&mut self.columns[4], leaf, 2, is(war));
    }

    fn joined(mut self, other: Sums) -> Sums {
        for (a, b) in self.outcomes.iter_mut().zip(other.outcomes) {
            *a += b;
        }
        for (a, b) in self.end_steps.iter_mut().zip(other.end_steps) {
            *a += b;
        }
        self.moves.add(&other.moves);
        for (ours, theirs) in self.columns.iter_mut().zip(other.columns) {
            for (a, b) in ours.iter_mut().zip(theirs) {
                *a = (a.0 + b.0, a.1 + b.1);
            }
        }
        self
    }

    fn figures(&self, name: &'static str, model: &Model, n: f64) -> Figures {
        let recorded: Vec<&str> =
            model.states.iter().map(|state| state.series.name.as_str()).collect();
        assert_eq!(recorded, ["tension", "share", "phase"], "variables are as expected");
        let mut rows = Vec::new();
        for (what, column) in COLUMNS.iter().zip(&self.columns) {
            for (row, (sum, squares)) in column.iter().enumerate() {
                let mean = sum / n;
                let variance = (squares / n - mean * mean).max(0.0);
                // A smaller variance is rounding error: the start is the same in every trial.
                let deviation = if variance < 1e-12 { 0.0 } else { variance.sqrt() };
                let shares = matches!(*what, "in talks" | "at war");
                let deviation = (!shares).then_some(deviation);
                rows.push(Figure { what: named(what, row), value: mean, deviation });
            }
        }
        for (step, count) in self.end_steps.iter().enumerate() {
            rows.push(Figure::mean(ended(step), *count as f64 / n));
        }
        let counts = |counts: &[u64], option: usize, named: &dyn Fn(usize) -> String| {
            let steps = self.moves.steps;
            let of_option = &counts[option * steps..][..steps];
            let shares = of_option.iter().enumerate();
            let shares = shares.map(|(step, count)| Figure::mean(named(step), *count as f64 / n));
            shares.collect::<Vec<_>>()
        };
        for (index, option) in counted_options(model).iter().enumerate() {
            let Some(action) = option.action else { continue };
            let action = &model.truth.actors[option.actor].actions[action];
            let what = model.happening(action.what).name.as_str();
            rows.extend(counts(&self.moves.taken, index, &|step| moved(what, step)));
            if what == "a.propose_split" {
                rows.extend(counts(&self.moves.accepted, index, &agreed));
            }
        }
        Figures { name, trials: n, outcomes: self.outcomes, rows }
    }
}

fn sum_column(into: &mut [(f64, f64)], leaf: &TrialBlock, column: usize, map: impl Fn(f64) -> f64) {
    let rows = into.len();
    for (row, (sum, squares)) in into.iter_mut().enumerate() {
        for value in leaf.recorded(column, row, rows) {
            let value = map(*value);
            *sum += value;
            *squares += value * value;
        }
    }
}
