//! Plays of a model at given numbers of its inputs, one lot of trials after another.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::target::Target;
use crate::engine::{GivenNumbers, Recording, Sampling, TrialBlock};
use crate::model::Model;
use crate::store::content_hash;
use crate::study::part::{Joinable, Take, gather};
use crate::study::plan::Plan;
use crate::study::play::play_side_by_side;
use crate::study::stopped::Stopped;
use crate::study::watch::{Onward, Watch};

/// Some trials, from 0 on.
pub(super) struct Lot {
    /// Which luck they have: lots of the same number share that of trials of the same number.
    pub luck: u16,
    /// How many trials.
    pub trials: u64,
    /// For each input, its uniform numbers, trial by trial.
    pub columns: Vec<Arc<[f64]>>,
}

/// The values of targets in consecutive trials of a lot: by target, then trial.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LotValues(pub Vec<Vec<f64>>);

impl LotValues {
    /// Adds a block of trials.
    pub fn add(&mut self, targets: &[Target], block: &TrialBlock) {
        let mut read = Vec::new();
        for (target, values) in targets.iter().zip(&mut self.0) {
            target.read(block, &mut read);
            values.extend_from_slice(&read);
        }
    }
}

impl Joinable for LotValues {
    fn join(&mut self, later: Self) {
        for (own, later) in self.0.iter_mut().zip(later.0) {
            own.extend(later);
        }
    }
}

/// How the trials of lots are counted.
pub(super) struct LotCounting<'c, P> {
    /// Nothing counted yet, from a trial of a lot on.
    pub begin: &'c (dyn Fn(u64) -> P + Sync),
    /// Counts a block.
    pub add: &'c (dyn Fn(&mut P, &TrialBlock) + Sync),
}

/// Plays lots of trials one after another with one engine, so that the model is compiled once. Blocks are counted in
/// their order, and `take` gets what was counted of each lot, with its position. Of a plan, neither the number of trials
/// nor the sampling counts.
pub(super) fn play_lots<P: Joinable>(
    (model, targets): (&Model, &[Target]),
    plan: Plan,
    watch: &dyn Watch,
    lots: impl Iterator<Item = Lot>,
    LotCounting { begin, add }: LotCounting<'_, P>,
    mut take: impl FnMut(usize, P),
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
        let play = |plan, watch: &dyn Watch, take: &mut Take<'_, TrialBlock, Infallible>| {
            play_side_by_side(&engines, plan, watch, take)
        };
        let lot = gather(Plan { trials, ..plan }, &after, begin, play, |all, wave| {
            wave[0].iter().for_each(|block| add(all, block));
            Ok(())
        })?;
        take(at, lot);
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
