//! Where the uniform numbers come from that are drawn once per trial.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::{AddressKeys, Counter};
use super::sequence::{EvenSequence, SobolDimension};
use crate::model::{Input, Model, PlaceId};

pub use super::sequence::MOST_DIMENSIONS;

/// How the numbers that are drawn once per trial are spread over the trials. All else that is drawn
/// is random.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Sampling {
    /// Each draw by itself at random
    #[default]
    Random,
    /// Each draw evenly: any 2^k trials from a multiple of 2^k on are a Latin hypercube
    // Each input has a sequence of its own, so one more changes no other.
    Stratified,
    /// All draws together evenly: a scrambled Sobol sequence, dimensions in file order
    // At most `MOST_DIMENSIONS` inputs.
    Sobol,
}

impl Sampling {
    /// Whether it is what runs do if nothing else is asked for.
    pub fn is_default(&self) -> bool {
        *self == Sampling::default()
    }
}

/// Given uniform numbers of inputs, trial by trial.
#[derive(Clone, Debug, Default)]
pub struct GivenNumbers {
    /// For each input of [`Model::inputs`], its numbers in trials 0, 1, …, each strictly between zero
    /// and one. Inputs that are correlated are made so of these afterwards. An input without numbers
    /// is sampled.
    pub columns: Vec<Option<Arc<[f64]>>>,
}

/// The uniform numbers of a model's inputs.
#[derive(Clone, Debug)]
pub(super) struct InputNumbers {
    /// The first input of each place.
    first: HashMap<PlaceId, usize>,
    source: NumberSource,
    given: GivenNumbers,
}

#[derive(Clone, Debug)]
enum NumberSource {
    Random,
    Stratified(Vec<EvenSequence>),
    Sobol(Vec<SobolDimension>),
}

impl InputNumbers {
    /// Random numbers.
    pub fn random() -> Self {
        let (first, given) = (HashMap::new(), GivenNumbers::default());
        InputNumbers { first, source: NumberSource::Random, given }
    }

    /// The numbers of a model's inputs.
    pub fn new(model: &Model, keys: &AddressKeys, sampling: Sampling, given: GivenNumbers) -> Self {
        let inputs = model.inputs();
        let mut first = HashMap::new();
        for (at, input) in inputs.iter().enumerate() {
            first.entry(input.place).or_insert(at);
        }
        let key = |input: &Input| {
            // No repeat has this number.
            let counter = Counter { number: input.number, play: u16::MAX, ..Counter::default() };
            counter.bits(keys.uniforms(input.place))[0]
        };
        let own: Vec<u64> = inputs.iter().map(key).collect();
        let source = match sampling {
            Sampling::Random => NumberSource::Random,
            Sampling::Stratified => {
                NumberSource::Stratified(own.into_iter().map(EvenSequence::new).collect())
            }
            Sampling::Sobol => NumberSource::Sobol(SobolDimension::all(&own)),
        };
        InputNumbers { first, source, given }
    }

    /// The number of a trial; `None` where it is that of its address.
    pub fn at(&self, place: PlaceId, number: u16, trial: u64) -> Option<f64> {
        let input = self.first.get(&place)? + usize::from(number);
        if let Some(column) = self.given.columns.get(input).and_then(Option::as_ref) {
            return Some(column[trial as usize]);
        }
        match &self.source {
            NumberSource::Random => None,
            NumberSource::Stratified(sequences) => Some(sequences[input].at(trial)),
            NumberSource::Sobol(dimensions) => Some(dimensions[input].at(trial)),
        }
    }
}

/// The uniform numbers of an input in some trials, under an address. Number 0 is what a run draws;
/// others are independent of it and of each other.
pub fn input_numbers(
    model: &Model,
    seed: u64,
    input: &Input,
    trials: Range<u64>,
    which: u16,
) -> Vec<f64> {
    let key = AddressKeys::new(model, seed).uniforms(input.place);
    let of = |trial| Counter { trial, number: input.number, play: which, ..Counter::default() };
    trials.map(|trial| of(trial).uniform(key)).collect()
}
