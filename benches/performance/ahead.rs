//! The time of an imagined step, compared with a real step without foresight.

use demarche::engine::{Engine, EngineKind, Reference};
use demarche::model::Model;
use serde_json::{Value, json};

use crate::contest::measure::ENGINE;
use crate::effort::Effort;
use crate::engines::{Pace, pace};
use crate::figure::Figure;

/// Real steps are counted over this many times as many trials as imagined steps.
const MORE: usize = 4;

/// The time that a step takes.
pub struct Cost {
    /// Trials over which imagined steps were counted.
    pub counted: usize,
    /// The mean number of real steps per trial, with foresight 0 and 2.
    pub real: [f64; 2],
    /// The mean number of whole imagined steps per trial, with foresight 2.
    pub imagined: f64,
    /// The time of an imagined step in each round, in nanoseconds.
    pub imagined_step: Figure,
    /// The time of a real step with foresight 0, in nanoseconds.
    pub real_step: Figure,
}

impl Cost {
    /// The ratio of an imagined step to a real one.
    pub fn times(&self) -> Figure {
        Figure::ratio(&self.imagined_step.all, &self.real_step.all)
    }

    /// The measurements as JSON.
    pub fn json(&self) -> Value {
        json!({
            "trials_counted": self.counted,
            "real_steps_a_trial": self.real,
            "imagined_steps_a_trial": self.imagined,
            "nanoseconds_imagined": self.imagined_step.json(),
            "nanoseconds_real": self.real_step.json(),
            "times": self.times().json(),
        })
    }
}

/// Counts steps, and divides the engine's time in the comparison with its rivals by them.
pub fn cost(models: &[Model; 2], paces: &[Pace], effort: Effort) -> Cost {
    let counted = effort.counted;
    let real = [&models[0], &models[1]].map(|model| real_steps(model, counted * MORE));
    let imagined = Reference::new(&models[1], 1).imagined_steps(0, counted);
    let imagined = imagined.expect("the scenario has no accidents") as f64 / counted as f64;
    let rates = |foresight| {
        let pace = pace(paces, ENGINE, foresight).expect("the engine was measured");
        &pace.rates.all
    };
    let step: Vec<f64> = rates(0).iter().map(|rate| 1e9 / rate / real[0]).collect();
    let ahead = rates(2).iter().zip(&step);
    let ahead = ahead.map(|(rate, step)| (1e9 / rate - real[1] * step) / imagined).collect();
    let cost = Cost {
        counted,
        real,
        imagined,
        imagined_step: Figure::of(ahead),
        real_step: Figure::of(step),
    };
    println!("time of an imagined step / a real one: {}", cost.times().shown());
    cost
}

/// The mean number of steps per trial that are played.
fn real_steps(model: &Model, trials: usize) -> f64 {
    let engine = Engine::new(model, 1, EngineKind::Lanes);
    let leaf = engine.block(0, trials, &|| true).expect("the scenario has no accidents");
    let leaf = leaf.expect("nobody interrupts");
    let steps: u64 = leaf.end_steps.iter().map(|step| u64::from(*step) + 1).sum();
    steps as f64 / trials as f64
}
