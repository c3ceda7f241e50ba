//! The particle filter: trials that follow what is known, weighted by how likely it was.

use std::sync::Mutex;

use super::answer::{ImpossibleEntry, KnownStepTold, RevisedAssumption, Updated, WeightedSummary};
use super::batch::{BatchFound, run_batch};
use crate::engine::{
    Contradictions, Engine, Forecaster, KnownHalt, MoveCounts, MoveFrequencies, NumericalError,
    Recording, Sampling, counted_options,
};
use crate::model::{KnownPast, Model};
use crate::stats::{FilterBatches, StepEvidence};
use crate::study::plan::Plan;
use crate::study::play::{STACK_BYTES, play};
use crate::study::stopped::Stopped;
use crate::study::watch::Watch;

/// How many independent batches the particles make.
const BATCHES: usize = 16;

/// What a record says: the distribution of trials given what is known, by a particle filter of independent batches in
/// which a listed move is made and weighed by its probability. Particles go on in proportion to their weights once
/// these are uneven, and are moved then by steps that leave their distribution as it is, so that they differ again
/// (resample–move: Gilks & Berzuini 2001).
///
/// `plan.trials` is the number of particles. Trials without the record are played as well, the same as those of a run;
/// what is drawn once per trial is drawn at random, whatever the plan says.
///
/// # Errors
///
/// [`Stopped`]; and [`ImpossibleEntry`] if no particle can follow the record.
pub fn update(
    model: &Model,
    past: &KnownPast,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<Result<Updated, ImpossibleEntry>, Stopped<std::convert::Infallible>> {
    let plan = Plan { sampling: Sampling::Random, recording: Recording::End, ..plan };
    let mut before = vec![0; model.outcomes.len() + 1];
    let mut moves = MoveCounts::new(counted_options(model).len(), model.truth.steps as usize);
    play(model, plan, watch, |blocks| {
        for block in blocks {
            block.outcomes.iter().for_each(|outcome| before[*outcome as usize] += 1);
            moves.add(&block.moves);
        }
        Ok(())
    })?;
    let frequencies = MoveFrequencies::of(model, &moves);
    let found = run_batches(model, past, &frequencies, plan, watch)?;
    Ok(told(model, past, plan.trials, before, &found))
}

/// What a batch found; `None` if it was interrupted.
type FoundOrNot = Result<Option<BatchFound>, Box<NumericalError>>;

/// Plays all batches, on all threads.
fn run_batches(
    model: &Model,
    past: &KnownPast,
    frequencies: &MoveFrequencies,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<Vec<BatchFound>, Stopped<std::convert::Infallible>> {
    let engine = Engine::new(model, plan.seed, plan.engine);
    let count = BATCHES.min(plan.trials.max(1) as usize);
    let first = |batch: usize| plan.trials * batch as u64 / count as u64;
    let builder = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    let builder = builder.num_threads(plan.threads.unwrap_or(0));
    let pool = builder.build().map_err(|error| Stopped::Threads(error.to_string()))?;
    let found: Mutex<Vec<Option<FoundOrNot>>> = Mutex::new((0..count).map(|_| None).collect());
    let carry_on = || watch.carry_on();
    pool.scope(|scope| {
        for batch in 0..count {
            let (engine, found, carry_on) = (&engine, &found, &carry_on);
            scope.spawn(move |_| {
                let from = first(batch);
                let which = (from, (first(batch + 1) - from) as usize, plan.trials);
                let known = (past, Some(frequencies));
                let run =
                    |engine: &Engine<'_>| run_batch(engine, plan.seed, which, known, carry_on);
                let mut played = run(engine);
                if let Err(KnownHalt::Suspicious) = played {
                    played = run(&engine.slowly());
                }
                let played = played.map_err(|halt| match halt {
                    KnownHalt::Error(error) => error,
                    KnownHalt::Suspicious => unreachable!("the reference decides"),
                });
                if let Ok(mut found) = found.lock() {
                    found[batch] = Some(played);
                }
            });
        }
    });
    let mut all = Vec::with_capacity(count);
    for played in found.into_inner().unwrap_or_default() {
        match played {
            Some(Ok(Some(batch))) => all.push(batch),
            Some(Ok(None)) | None => return Err(Stopped::Interrupted),
            Some(Err(accident)) => return Err(Stopped::Accident { accident, which: 0 }),
        }
    }
    Ok(all)
}

fn told(
    model: &Model,
    past: &KnownPast,
    particles: u64,
    before: Vec<u64>,
    found: &[BatchFound],
) -> Result<Updated, ImpossibleEntry> {
    let batches = FilterBatches { all: found.iter().map(|own| own.told.clone()).collect() };
    let known = past.steps.len();
    let followed = batches.steps();
    if followed < known {
        let step = followed as u32;
        let mut contradictions = Contradictions::default();
        found.iter().for_each(|batch| contradictions.add(&batch.contradictions));
        let mut list: Vec<_> =
            contradictions.of_step(step).map(|(what, count)| (what, count.clone())).collect();
        list.sort_by_key(|(_, count)| std::cmp::Reverse(count.plays));
        return Err(ImpossibleEntry { step, particles, contradictions: list });
    }
    let each = |of: &dyn Fn(usize) -> StepEvidence| {
        let mut all = [StepEvidence { log: 0.0, error: None }; 3];
        for (slot, forecaster) in all.iter_mut().zip(Forecaster::ALL) {
            *slot = of(forecaster as usize);
        }
        all
    };
    let steps = (0..known).map(|step| KnownStepTold {
        step: step as u32,
        odds: batches.odds(step),
        evidence: each(&|forecaster| batches.of_step(step, forecaster)),
        effective: batches.effective(step),
    });
    let weights = batches.weights(known);
    let assumptions = (0..model.assumptions.len()).map(|which| {
        let prior = found.iter().flat_map(|batch| batch.before[which].iter().map(|x| (*x, 1.0)));
        let posterior = found.iter().zip(&weights).filter(|(batch, _)| !batch.after.is_empty());
        let posterior = posterior.flat_map(|(batch, weight)| {
            let all: f64 = batch.after[which].iter().map(|(_, own)| own).sum();
            batch.after[which].iter().map(move |(x, own)| (*x, own / all * weight))
        });
        RevisedAssumption {
            prior: WeightedSummary::of(prior.collect()),
            posterior: WeightedSummary::of(posterior.collect()),
        }
    });
    Ok(Updated {
        particles,
        before,
        steps: steps.collect(),
        assumptions: assumptions.collect(),
        evidence: each(&|forecaster| batches.of_all(known, forecaster)),
        effective: known.checked_sub(1).map_or(particles as f64, |last| batches.effective(last)),
    })
}
