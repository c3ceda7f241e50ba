//! Plays trials and their forks, and adds up what they show.

use std::convert::Infallible;
use std::sync::Mutex;

use super::answer::WhatSettled;
use super::tally::WhyTally;
use crate::engine::{ForkedBlock, LuckSplit, luck_sources};
use crate::model::Model;
use crate::study::line::PlayedBlock;
use crate::study::play::{Plan, Progress, Watch, play_blocks};
use crate::study::stopped::Stopped;

/// How many trials are forked together at most: each has many forks.
const TRIALS_FORKED_AT_ONCE: u64 = 64;

/// What settled the outcomes of the trials of a model. Memory does not grow with the number of trials.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names its trial, which may have it only with other luck.
pub fn why(
    model: &Model,
    split: LuckSplit,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<WhatSettled, Stopped<Infallible>> {
    let engine = plan.engine_of(model);
    let (outcomes, cells) = (model.outcomes.len() + 1, model.truth.steps as usize + 1);
    let mut tally = WhyTally::new(outcomes, luck_sources(model, split), cells);
    let progress = Mutex::new(Progress { outcomes: vec![0; outcomes], ..Progress::default() });
    let one = |first: u64,
               len: usize,
               _: usize,
               carry_on: &dyn Fn() -> bool|
     -> PlayedBlock<ForkedBlock> {
        let forked = engine.forked(first, len, split, carry_on)?;
        if let Some(forked) = &forked
            && let Ok(mut progress) = progress.lock()
        {
            progress.done += forked.outcomes.len() as u64;
            progress.replays += forked.replays;
            for outcome in &forked.outcomes {
                progress.outcomes[*outcome as usize] += 1;
            }
            watch.progress(&progress);
        }
        Ok(forked)
    };
    play_blocks((1, TRIALS_FORKED_AT_ONCE), plan, watch, one, |wave: &[Vec<ForkedBlock>]| {
        wave[0].iter().for_each(|block| tally.add(block));
        Ok(())
    })?;
    Ok(tally.finish())
}
