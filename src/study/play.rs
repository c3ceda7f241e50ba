//! Trials on all cores.

use std::sync::Mutex;

use rayon::prelude::*;

use crate::engine::{Accident, Leaf, Reference};
use crate::model::Model;

/// How many blocks each thread gets in a wave: enough that a slow block leaves
/// the others something to do.
const BLOCKS_PER_THREAD: usize = 16;
/// The most trials in a block.
const LARGEST_BLOCK: u64 = 256;
/// Room for formulas nested as deep as the language allows.
const STACK_BYTES: usize = 32 << 20;

/// Which trials to play.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// How many trials.
    pub trials: u64,
    /// How many threads; one per core where not given.
    pub threads: Option<usize>,
    /// How many trials a block has; chosen by the number of trials where not
    /// given. Changes nothing in the results.
    pub block: Option<u64>,
}

/// How far a run has come.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Trials played.
    pub done: u64,
    /// How many of them ended in each outcome, `unresolved` last.
    pub outcomes: Vec<u64>,
}

/// Why a run stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped<E> {
    /// A formula gave a value that cannot be used.
    #[error("{0}")]
    Accident(Box<Accident>),
    /// Someone asked for it.
    #[error("interrupted")]
    Interrupted,
    /// Threads could not be started.
    #[error("cannot start threads: {0}")]
    Threads(String),
    /// Whoever takes the results could not go on.
    #[error("{0}")]
    Sink(E),
}

/// Someone who watches a run from outside.
pub trait Watch: Sync {
    /// Whether to go on; asked before each trial.
    fn carry_on(&self) -> bool {
        true
    }

    /// Told after each block.
    fn progress(&self, _progress: &Progress) {}
}

impl Watch for () {}

/// Plays the trials of a plan and hands the blocks to `take`, in trial order,
/// several at a time.
///
/// The blocks depend neither on the number of threads nor on the order in which
/// they finish, and `take` sees every trial exactly once.
///
/// # Errors
///
/// [`Stopped`]; an accident is that of the lowest trial that has one.
pub fn play<E: Send>(
    model: &Model,
    plan: Plan,
    watch: &dyn Watch,
    mut take: impl FnMut(&[Leaf]) -> Result<(), E> + Send,
) -> Result<(), Stopped<E>> {
    let mut pool = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Some(threads) = plan.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(|error| Stopped::Threads(error.to_string()))?;
    let threads = pool.current_num_threads();
    let wave = (threads * BLOCKS_PER_THREAD) as u64;
    let block = plan.block.unwrap_or((plan.trials / wave).clamp(1, LARGEST_BLOCK)).max(1);
    let reference = Reference::new(model, plan.seed);
    let progress = Mutex::new(Progress { done: 0, outcomes: vec![0; model.outcomes.len() + 1] });
    let one = |first: u64| -> Result<Option<Leaf>, Box<Accident>> {
        let len = block.min(plan.trials - first) as usize;
        let leaf = reference.leaf(first, len, &|| watch.carry_on())?;
        if let Some(leaf) = &leaf
            && let Ok(mut progress) = progress.lock()
        {
            progress.done += leaf.len as u64;
            for outcome in &leaf.outcomes {
                progress.outcomes[*outcome as usize] += 1;
            }
            watch.progress(&progress);
        }
        Ok(leaf)
    };
    pool.install(|| {
        let mut first = 0;
        while first < plan.trials {
            let end = plan.trials.min(first.saturating_add(wave * block));
            let starts: Vec<u64> = (first..end).step_by(block as usize).collect();
            let played: Vec<_> = starts.into_par_iter().map(one).collect();
            let mut blocks = Vec::with_capacity(played.len());
            for result in played {
                match result {
                    Ok(Some(leaf)) => blocks.push(leaf),
                    Ok(None) => return Err(Stopped::Interrupted),
                    Err(accident) => return Err(Stopped::Accident(accident)),
                }
            }
            take(&blocks).map_err(Stopped::Sink)?;
            first = end;
        }
        Ok(())
    })
}
