//! What is settled once per trial, drawn again without playing the trials.

use crate::engine::Reference;
use crate::formula::{ParamId, Type};
use crate::model::{AssumptionInfo, Model};

/// How many trials are drawn at most.
const MOST: u64 = 1_000;

/// The numbers of the first trials of a run that are settled once per trial:
/// assumptions, and everything of a profile. They are the very numbers that the
/// trials were played with.
#[derive(Clone, Debug)]
pub struct Drawn {
    paths: Vec<std::sync::Arc<str>>,
    trials: usize,
    values: Vec<f64>,
}

impl Drawn {
    /// Draws the numbers of the first trials, at most 1,000 of them; none where
    /// a number cannot be used.
    pub fn of(model: &Model, seed: u64, trials: u64) -> Option<Self> {
        let trials = trials.min(MOST) as usize;
        // A model in which nothing happens and nothing is looked at has only
        // these numbers left, and may record them all.
        let mut still = model.clone();
        still.truth.steps = 0;
        still.truth.outcomes.clear();
        still.truth.measures.clear();
        still.outcomes.clear();
        still.measures.clear();
        still.minds.iter_mut().for_each(|mind| *mind = None);
        still.assumptions = (0..model.params.len() as u32)
            .map(|param| AssumptionInfo {
                name: String::new(),
                column: String::new(),
                param: ParamId(param),
                formula: String::new(),
                ty: Type::Number,
            })
            .collect();
        let leaf = Reference::new(&still, seed).block(0, trials, &|| true).ok()??;
        Some(Drawn { paths: model.params.clone(), trials, values: leaf.assumptions })
    }

    /// How many trials were drawn.
    pub fn trials(&self) -> usize {
        self.trials
    }

    /// The numbers under a path of the file, such as `assumptions.cost_of_war`
    /// or `actors.a.wants.peace.weight`, one a trial.
    pub fn values(&self, path: &str) -> Option<&[f64]> {
        let index = self.paths.iter().position(|own| **own == *path)?;
        self.values.get(index * self.trials..(index + 1) * self.trials)
    }
}
