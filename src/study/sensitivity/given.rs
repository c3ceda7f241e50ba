//! Plays of a model at given numbers of its inputs, one lot of trials after another.

use std::convert::Infallible;
use std::sync::Arc;

use super::target::Target;
use crate::engine::{GivenNumbers, Recording, Sampling, TrialBlock};
use crate::model::Model;
use crate::store::content_hash;
use crate::study::play::{Onward, Plan, Watch, play_side_by_side};
use crate::study::stopped::Stopped;

/// Some trials, from 0 on.
pub(super) struct Lot {
    /// Which luck they have: lots of the same number share that of trials of the same number.
    pub luck: u16,
    /// How many trials.
    pub trials: u64,
    /// For each input, its uniform numbers, trial by trial.
    pub columns: Vec<Arc<[f64]>>,
}

/// Plays lots of trials one after another with one engine, so that the model is compiled once. `take` gets
/// blocks in their order, with the position of their lot. Of a plan, neither the number of trials nor the
/// sampling counts.
pub(super) fn play_lots(
    model: &Model,
    plan: Plan,
    watch: &dyn Watch,
    targets: &[Target],
    lots: impl Iterator<Item = Lot>,
    mut take: impl FnMut(usize, &TrialBlock) + Send,
) -> Result<(), Stopped<Infallible>> {
    let plan = Plan { sampling: Sampling::Random, recording: Recording::End, first: 0, ..plan };
    let mut engine = plan.engine_of(model);
    if targets.iter().any(Target::is_utility) {
        engine = engine.with_utilities();
    }
    let mut done = 0;
    for (at, Lot { luck, trials, columns }) in lots.enumerate() {
        let columns = columns.into_iter().map(Some).collect();
        let engines = [engine.repeat(luck).sampled(Sampling::Random, GivenNumbers { columns })];
        let after = Onward::new(watch, done, &[]);
        play_side_by_side(&engines, Plan { trials, ..plan }, &after, |wave| {
            wave[0].iter().for_each(|block| take(at, block));
            Ok(())
        })?;
        [engine] = engines;
        done += trials;
    }
    Ok(())
}

/// The address of the random numbers of an analysis: a hash of what they are for and the seed.
pub(super) fn address(purpose: &str, seed: u64) -> u64 {
    let hash = content_hash(format!("{purpose} {seed}").as_bytes());
    u64::from_str_radix(&hash[..16], 16).expect("a hash is hexadecimal")
}
