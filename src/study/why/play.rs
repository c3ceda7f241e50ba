//! Plays trials and their forks, and adds up what they show.

use std::convert::Infallible;
use std::ops::RangeInclusive;
use std::sync::Mutex;

use super::answer::WhatSettled;
use super::tally::WhyTally;
use crate::engine::{ForkedBlock, MomentSample, luck_sources};
use crate::model::Model;
use crate::study::line::PlayedBlock;
use crate::study::part::{BlockOfTrials, Take, gather};
use crate::study::plan::Plan;
use crate::study::play::play_blocks;
use crate::study::stopped::Stopped;
use crate::study::watch::{Progress, Watch};

/// How many trials are forked together: each has many forks, so that few of them keep a thread busy for long.
const TRIALS_FORKED_AT_ONCE: RangeInclusive<u64> = 16..=64;

/// What settled the outcomes of the trials of a model. Memory does not grow with the number of trials.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names its trial, which may have it only with other luck.
pub fn why(
    model: &Model,
    sample: impl Into<MomentSample>,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<WhatSettled, Stopped<Infallible>> {
    let sample: MomentSample = sample.into();
    let engine = plan.engine_of(model);
    let (outcomes, cells) = (model.outcomes.len() + 1, model.truth.steps as usize + 1);
    let progress = Mutex::new(Progress { outcomes: vec![0; outcomes], ..Progress::default() });
    let one = |first: u64,
               len: usize,
               _: usize,
               carry_on: &dyn Fn() -> bool|
     -> PlayedBlock<ForkedBlock> {
        let forked = engine.forked(first, len, sample, carry_on)?;
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
    let sources = luck_sources(model, sample.split);
    let begin = |_| WhyTally::new(outcomes, sources.clone(), cells, sample.one_in);
    let play = |plan, watch: &dyn Watch, take: &mut Take<'_, ForkedBlock, Infallible>| {
        play_blocks((1, TRIALS_FORKED_AT_ONCE), plan, watch, one, take)
    };
    let tally = gather(plan, watch, &begin, play, |all: &mut WhyTally, wave| {
        wave[0].iter().for_each(|block| all.add(block));
        Ok(())
    })?;
    Ok(tally.finish(sources.clone(), sample.one_in))
}

impl BlockOfTrials for ForkedBlock {
    fn trials(&self) -> u64 {
        self.outcomes.len() as u64
    }
}
