//! Which trials to play, and how.

use crate::engine::{Engine, EngineKind, GivenNumbers, Recording, Sampling};
use crate::model::Model;

/// Which trials to play.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// How many trials.
    pub trials: u64,
    /// How many threads; `None` is one per core.
    pub threads: Option<usize>,
    /// How many trials a block has; `None` chooses by the number of trials. Does not change the
    /// results.
    pub block: Option<u64>,
    /// The engine that plays them. Does not change the results.
    pub engine: EngineKind,
    /// How what is drawn once per trial is spread over the trials.
    pub sampling: Sampling,
    /// What is recorded of the trials. Does not change the results, but for those of how decided choices
    /// are.
    pub recording: Recording,
    /// The first trial that is played; those before it count among `trials`, but are left out.
    pub first: u64,
}

impl Plan {
    /// The engine of a model that plays by this plan.
    pub fn engine_of<'m>(&self, model: &'m Model) -> Engine<'m> {
        let engine = Engine::new(model, self.seed, self.engine).recording(self.recording);
        match self.sampling.is_default() {
            true => engine,
            false => engine.sampled(self.sampling, GivenNumbers::default()),
        }
    }
}
