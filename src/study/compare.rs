//! Plays several models with common random numbers and compares them trial by trial.

use std::convert::Infallible;

use super::compared::{Besides, CellSummary, Compared, PairSummary};
use super::compared_tally::ComparedTally;
use super::part::{Take, gather};
use super::plan::Plan;
use super::play::play_side_by_side;
use super::stopped::Stopped;
use super::watch::Watch;
use crate::engine::{Engine, Recording, TrialBlock};
use crate::model::{Forced, Model};

/// Plays several models with common random numbers and compares them in pairs (a, b) of indices.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the model by its index.
pub fn compare(
    models: &[Model],
    pairs: &[(usize, usize)],
    plan: Plan,
    watch: &dyn Watch,
) -> Result<(Vec<CellSummary>, Vec<PairSummary>), Stopped<Infallible>> {
    let besides = Besides { moves: vec![Vec::new(); models.len()], ..Besides::default() };
    let compared = compare_besides(models, pairs, &besides, plan, watch)?;
    Ok((compared.cells, compared.pairs))
}

/// Plays several models with common random numbers and compares them in pairs (a, b) of indices, and
/// counts more. Memory does not grow with the number of trials.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the model by its index.
pub fn compare_besides(
    models: &[Model],
    pairs: &[(usize, usize)],
    besides: &Besides<'_>,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<Compared, Stopped<Infallible>> {
    let plan = Plan { recording: Recording::End, ..plan };
    let engine = |(model, further): (_, &Vec<Forced>)| {
        plan.engine_of(model).with_utilities().counting(further)
    };
    let engines: Vec<Engine<'_>> = models.iter().zip(&besides.moves).map(engine).collect();
    let begin = |first| ComparedTally::from(models, pairs, besides, first);
    let play = |plan, watch: &dyn Watch, take: &mut Take<'_, TrialBlock, Infallible>| {
        play_side_by_side(&engines, plan, watch, take)
    };
    let counted = gather(plan, watch, &begin, play, |all, wave| {
        all.add(models, wave);
        Ok(())
    })?;
    Ok(counted.finish(models, besides))
}
