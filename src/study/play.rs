//! Plays trials on all cores.

use std::sync::Mutex;

use rayon::prelude::*;

use crate::engine::{
    Engine, EngineKind, GivenNumbers, NumericalError, Recording, Sampling, TrialBlock,
};
use crate::model::Model;

/// How many blocks each thread gets in a wave. While the results of one wave are added up, the next
/// wave is played, so no thread waits for another.
const BLOCKS_PER_THREAD: usize = 8;
/// The largest number of trials in a block, added up over all models that are played together.
const LARGEST_BLOCK: u64 = 256;
/// Blocks may have this many trials, however many models are played together.
const SMALLEST_BLOCK: u64 = 4;
/// The stack of a thread: enough for formulas nested as deep as the language allows.
const STACK_BYTES: usize = 32 << 20;

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

/// How far a run has come.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// How many trials were played, over all models that are played together.
    pub done: u64,
    /// How many replays were played, once all trials were: trials that are played again with the same
    /// assumptions.
    pub replays: u64,
    /// How many trials of the first model ended in each outcome, `unresolved` last; empty while
    /// replays are played.
    pub outcomes: Vec<u64>,
}

/// Why a run stopped before its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stopped<E> {
    /// A formula gave a value that cannot be used.
    #[error("{accident}")]
    Accident {
        /// The error, with its place.
        accident: Box<NumericalError>,
        /// The index of the model among those that are played together.
        which: usize,
    },
    /// Someone interrupted it.
    #[error("interrupted")]
    Interrupted,
    /// Threads could not be started.
    #[error("cannot start threads: {0}")]
    Threads(String),
    /// The function that takes the results failed.
    #[error("{0}")]
    Sink(E),
}

/// An observer of a run, which can stop it.
pub trait Watch: Sync {
    /// Whether to go on; asked before each trial.
    fn carry_on(&self) -> bool {
        true
    }

    /// Called after each block.
    fn progress(&self, _progress: &Progress) {}
}

impl Watch for () {}

/// An observer of the rest of a run, which tells another of the whole.
pub struct Onward<'w> {
    watch: &'w dyn Watch,
    done: u64,
    outcomes: Vec<u64>,
}

impl<'w> Onward<'w> {
    /// After so many trials, which ended in these outcomes.
    pub fn new(watch: &'w dyn Watch, done: u64, outcomes: &[u64]) -> Self {
        Onward { watch, done, outcomes: outcomes.to_vec() }
    }
}

impl Watch for Onward<'_> {
    fn carry_on(&self) -> bool {
        self.watch.carry_on()
    }

    fn progress(&self, progress: &Progress) {
        let both = progress.outcomes.iter().zip(&self.outcomes);
        self.watch.progress(&Progress {
            done: self.done + progress.done,
            replays: progress.replays,
            outcomes: both.map(|(now, before)| now + before).collect(),
        });
    }
}

/// Plays the trials of a plan and hands the blocks to `take`, in trial order,
/// several at a time.
///
/// The blocks depend neither on the number of threads nor on the order in which
/// they finish, and `take` sees every trial exactly once.
///
/// # Errors
///
/// [`Stopped`]; a numerical error is that of the first trial that has one.
pub fn play<E: Send>(
    model: &Model,
    plan: Plan,
    watch: &dyn Watch,
    mut take: impl FnMut(&[TrialBlock]) -> Result<(), E> + Send,
) -> Result<(), Stopped<E>> {
    let alone = [plan.engine_of(model)];
    play_side_by_side(&alone, plan, watch, |wave| take(&wave[0]))
}

/// Plays the same trials with several engines, one for each model or repeat, and hands `take` a list
/// of blocks for each engine, in trial order. All lists of a call hold the same trials. `plan.seed`
/// and `plan.engine` are not read, because each engine has its own.
///
/// # Errors
///
/// [`Stopped`]; a numerical error is that of the first trial that has one.
pub fn play_side_by_side<E: Send>(
    engines: &[Engine<'_>],
    plan: Plan,
    watch: &dyn Watch,
    mut take: impl FnMut(&[Vec<TrialBlock>]) -> Result<(), E> + Send,
) -> Result<(), Stopped<E>> {
    let mut pool = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Some(threads) = plan.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(|error| Stopped::Threads(error.to_string()))?;
    let threads = pool.current_num_threads();
    let count = engines.len().max(1);
    let wave = (threads * BLOCKS_PER_THREAD).div_ceil(count) as u64;
    let largest = (LARGEST_BLOCK / count as u64).max(SMALLEST_BLOCK);
    let block = plan
        .block
        .unwrap_or((plan.trials.saturating_sub(plan.first) / wave).clamp(1, largest))
        .max(1);
    let shown = engines.first().map_or(0, |first| first.model().outcomes.len() + 1);
    let progress = Mutex::new(Progress { outcomes: vec![0; shown], ..Progress::default() });
    let one = |(first, which): (u64, usize)| -> Result<Option<TrialBlock>, Box<NumericalError>> {
        let len = block.min(plan.trials - first) as usize;
        let leaf = engines[which].block(first, len, &|| watch.carry_on())?;
        if let Some(leaf) = &leaf
            && let Ok(mut progress) = progress.lock()
        {
            progress.done += leaf.len as u64;
            if which == 0 {
                for outcome in &leaf.outcomes {
                    progress.outcomes[*outcome as usize] += 1;
                }
            }
            watch.progress(&progress);
        }
        Ok(leaf)
    };
    let play_wave = |first: u64, end: u64| -> Result<Vec<Vec<TrialBlock>>, Stopped<E>> {
        let starts = (first..end).step_by(block as usize);
        let tasks: Vec<(u64, usize)> =
            starts.flat_map(|start| (0..count).map(move |which| (start, which))).collect();
        let played: Vec<_> = tasks.into_par_iter().map(one).collect();
        let mut blocks = vec![Vec::new(); count];
        for (index, result) in by_trial(played, count).into_iter().enumerate() {
            match result {
                Ok(Some(leaf)) => blocks[index % count].push(leaf),
                Ok(None) => return Err(Stopped::Interrupted),
                Err(accident) => {
                    return Err(Stopped::Accident { accident, which: index % count });
                }
            }
        }
        Ok(blocks)
    };
    let end_of = |first: u64| plan.trials.min(first.saturating_add(wave * block));
    pool.install(|| {
        let mut end = end_of(plan.first);
        let mut played = play_wave(plan.first, end)?;
        while end < plan.trials {
            let next = end_of(end);
            let (taken, playing) = rayon::join(|| take(&played), || play_wave(end, next));
            taken.map_err(Stopped::Sink)?;
            (played, end) = (playing?, next);
        }
        if end > plan.first { take(&played).map_err(Stopped::Sink) } else { Ok(()) }
    })
}

/// A block as a thread returns it; `None` if it was interrupted.
type PlayedBlock = Result<Option<TrialBlock>, Box<NumericalError>>;

/// Checks blocks of the same trials, one for each engine: of several numerical errors in them, only
/// that of the first trial is kept.
fn by_trial(mut played: Vec<PlayedBlock>, count: usize) -> Vec<PlayedBlock> {
    for blocks in played.chunks_mut(count) {
        let accidents = blocks.iter().filter_map(|block| block.as_ref().err());
        let Some(lowest) = accidents.map(|accident| accident.trial).min() else { continue };
        for block in blocks {
            if block.as_ref().map_or_else(|accident| accident.trial > lowest, |_| false) {
                *block = Ok(Some(TrialBlock::default()));
            }
        }
    }
    played
}
