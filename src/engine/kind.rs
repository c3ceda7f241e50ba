//! Which of the two engines plays. Both play the same trials, to the bit.

use super::forked_trial::ForkedBlock;
use super::lanes::{Lanes, Path};
use super::luck::MomentSample;
use super::numerical_error::NumericalError;
use super::reference::Reference;
use super::sampling::{GivenNumbers, Sampling};
use super::trial_block::{Recording, TrialBlock};
use crate::model::{Forced, Model};

/// Which engine to play trials with; the results are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngineKind {
    /// Trials side by side, on the best path that the processor has or on this one.
    #[default]
    Lanes,
    /// The lanes on one path through the processor.
    LanesOn(Path),
    /// One trial at a time.
    Reference,
}

impl EngineKind {
    /// What it is, and which path through the processor it takes.
    pub fn in_words(self) -> String {
        let lanes = |path: Path| format!("the lanes ({})", path.name());
        match self {
            EngineKind::Lanes => lanes(Path::best()),
            EngineKind::LanesOn(path) => lanes(path),
            EngineKind::Reference => "the reference interpreter".to_owned(),
        }
    }
}

/// What plays trials of a model under a seed.
#[derive(Debug)]
pub enum Engine<'m> {
    /// The lanes, which play trials side by side.
    Lanes(Box<Lanes<'m>>),
    /// The reference interpreter, which plays one trial at a time.
    Reference(Box<Reference<'m>>),
}

impl<'m> Engine<'m> {
    /// The engine of a kind for a model and a seed. A model that is too large for the lanes is
    /// played by the reference interpreter.
    pub fn new(model: &'m Model, seed: u64, kind: EngineKind) -> Self {
        let lanes = match kind {
            EngineKind::Reference => None,
            EngineKind::Lanes => Lanes::new(model, seed),
            EngineKind::LanesOn(path) => Lanes::new(model, seed).map(|lanes| lanes.on(path)),
        };
        match lanes {
            Some(lanes) => Engine::Lanes(Box::new(lanes)),
            None => Engine::Reference(Box::new(Reference::new(model, seed))),
        }
    }

    /// The model that is played.
    pub fn model(&self) -> &'m Model {
        match self {
            Engine::Lanes(lanes) => lanes.model(),
            Engine::Reference(reference) => reference.model(),
        }
    }

    /// The same trials with fresh luck: see [`Reference::repeat`].
    #[must_use]
    pub fn repeat(self, play: u16) -> Self {
        match self {
            Engine::Lanes(lanes) => Engine::Lanes(Box::new(lanes.repeat(play))),
            Engine::Reference(one) => Engine::Reference(Box::new(one.repeat(play))),
        }
    }

    /// Spreads what is drawn once per trial over the trials in another way: see
    /// [`Reference::sampled`].
    #[must_use]
    pub fn sampled(self, sampling: Sampling, given: GivenNumbers) -> Self {
        match self {
            Engine::Lanes(lanes) => Engine::Lanes(Box::new(lanes.sampled(sampling, given))),
            Engine::Reference(one) => Engine::Reference(Box::new(one.sampled(sampling, given))),
        }
    }

    /// Also computes every actor's utility at the end of each trial.
    #[must_use]
    pub fn with_utilities(self) -> Self {
        match self {
            Engine::Lanes(lanes) => Engine::Lanes(Box::new(lanes.with_utilities())),
            Engine::Reference(one) => Engine::Reference(Box::new(one.with_utilities())),
        }
    }

    /// Records this of the trials.
    #[must_use]
    pub fn recording(self, recording: Recording) -> Self {
        match self {
            Engine::Lanes(lanes) => Engine::Lanes(Box::new(lanes.recording(recording))),
            Engine::Reference(one) => Engine::Reference(Box::new(one.recording(recording))),
        }
    }

    /// Also counts how often these actions are taken inside their windows: see
    /// [`Reference::counting`].
    #[must_use]
    pub fn counting(self, windows: &[Forced]) -> Self {
        match self {
            Engine::Lanes(lanes) => Engine::Lanes(Box::new(lanes.counting(windows))),
            Engine::Reference(one) => Engine::Reference(Box::new(one.counting(windows))),
        }
    }

    /// Plays the trials `first..first + len`: see [`Reference::block`].
    ///
    /// # Errors
    ///
    /// The numerical error of the lowest trial that has one.
    pub fn block(
        &self,
        first: u64,
        len: usize,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<TrialBlock>, Box<NumericalError>> {
        match self {
            Engine::Lanes(lanes) => lanes.block(first, len, carry_on),
            Engine::Reference(reference) => reference.block(first, len, carry_on),
        }
    }

    /// How the trials `first..first + len` end, and how they would end with other luck at their moments: see
    /// [`Reference::forked`].
    ///
    /// # Errors
    ///
    /// The numerical error of the lowest trial that has one, or has one in a fork.
    pub fn forked(
        &self,
        first: u64,
        len: usize,
        sample: impl Into<MomentSample>,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<ForkedBlock>, Box<NumericalError>> {
        let sample = sample.into();
        match self {
            Engine::Lanes(lanes) => lanes.forked(first, len, sample, carry_on),
            Engine::Reference(reference) => reference.forked(first, len, sample, carry_on),
        }
    }
}

impl<'m> From<Reference<'m>> for Engine<'m> {
    fn from(reference: Reference<'m>) -> Self {
        Engine::Reference(Box::new(reference))
    }
}
