//! An independent batch of particles, from before the record to its end.

use super::particles::Particles;
use crate::engine::{Contradictions, Engine, KnownHalt, KnownWith, input_numbers};
use crate::stats::{BatchStep, FilterBatch};

/// What a batch found.
#[derive(Clone, Debug, Default)]
pub(super) struct BatchFound {
    /// Step by step as far as any particle could follow.
    pub told: FilterBatch,
    /// By assumption: its values before the record, and after it with their weights.
    pub before: Vec<Vec<f64>>,
    pub after: Vec<Vec<(f64, f64)>>,
    /// What could not be followed.
    pub contradictions: Contradictions,
}

/// Plays the particles `first..first + count` of `all` through the record; `None` if it was interrupted.
pub(super) fn run_batch(
    engine: &Engine<'_>,
    seed: u64,
    (first, count, all): (u64, usize, u64),
    known: KnownWith<'_>,
    carry_on: &dyn Fn() -> bool,
) -> Result<Option<BatchFound>, KnownHalt> {
    let model = engine.model();
    let numbers = model
        .inputs()
        .into_iter()
        .map(|input| input_numbers(model, seed, &input, first..first + count as u64, 0));
    let mut particles = Particles::new(engine, seed, (first, count, all), numbers.collect())?;
    let mut found = BatchFound::default();
    found.told.count = count as u64;
    let assumptions = 0..model.assumptions.len();
    found.before = assumptions.clone().map(|which| particles.assumption(which)).collect();
    let outcomes = model.outcomes.len() + 1;
    for step in 0..known.0.steps.len() as u32 {
        let means = particles.step(step, known, &mut found.contradictions)?;
        if particles.renew(step, known, carry_on)?.is_none() {
            return Ok(None);
        }
        let (odds, effective) = (vec![0.0; outcomes], particles.effective());
        let mut told = BatchStep { means, odds, all: 0.0, effective };
        if means[0] > 0.0 {
            let Some(ends) = particles.ends(step + 1, carry_on)? else { return Ok(None) };
            for (end, weight) in ends.iter().zip(particles.relative()) {
                told.odds[*end as usize] += weight;
                told.all += weight;
            }
        }
        let is_over = means[0] == 0.0;
        found.told.steps.push(told);
        if is_over {
            return Ok(Some(found));
        }
    }
    let weights = particles.relative();
    found.after = assumptions
        .map(|which| particles.assumption(which).into_iter().zip(weights.iter().copied()).collect())
        .collect();
    Ok(Some(found))
}
