//! The values that are fixed once per trial, drawn again without playing the trials.

use crate::engine::Reference;
use crate::formula::{ParamId, Type};
use crate::model::{AssumptionInfo, Model};

/// The largest number of trials that are drawn.
const MOST: u64 = 1_000;

/// The numbers of the first trials of a run that are fixed once per trial: assumptions, and all
/// numbers of an actor's profile. They are exactly the numbers that the trials were played with.
#[derive(Clone, Debug)]
pub struct Drawn {
    paths: Vec<std::sync::Arc<str>>,
    trials: usize,
    values: Vec<f64>,
}

impl Drawn {
    /// Draws the numbers of the first trials, at most 1,000 of them; `None` if one of the numbers cannot
    /// be used.
    pub fn of(model: &Model, seed: u64, trials: u64) -> Option<Self> {
        let trials = trials.min(MOST) as usize;
        // These numbers are all that is left in a model in which nothing happens and nothing is
        // measured, so all of them can be recorded.
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
                group: None,
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
    /// or `actors.a.wants.peace.weight`, one per trial.
    pub fn values(&self, path: &str) -> Option<&[f64]> {
        let index = self.paths.iter().position(|own| **own == *path)?;
        self.values.get(index * self.trials..(index + 1) * self.trials)
    }
}
