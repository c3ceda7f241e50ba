//! Plays trials on all cores.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use rayon::{Yield, in_place_scope_fifo, yield_now};

use super::line::{BlockLine, Finished, PlayedBlock};
use super::part::BlockOfTrials;
use super::part_keeper::PartKeeper;
use super::plan::Plan;
use super::stopped::Stopped;
use super::watch::{Progress, Watch};
use crate::engine::{Engine, TRIALS_AT_ONCE, TrialBlock};
use crate::model::Model;

/// How many blocks of each thread are handed on together: a wave.
const BLOCKS_PER_THREAD: usize = 8;
/// How many waves are begun at a time. While the first is completed and handed on, the next is played, so
/// no thread waits for another.
const AHEAD: usize = 2;
/// Blocks have this many trials if every thread has one, also where several models are played together: with
/// fewer, most of the time would go into what is done once per block.
const SMALLEST_BLOCK: u64 = 64;
/// But no more than this are begun at once of all models together, so that memory does not grow with
/// their number.
const MOST_BEGUN: u64 = 4096;
/// The stack of a thread: enough for formulas nested as deep as the language allows.
pub(super) const STACK_BYTES: usize = 32 << 20;

impl BlockOfTrials for TrialBlock {
    fn trials(&self) -> u64 {
        self.len as u64
    }
}

/// How many trials are begun at most before the first of them are handed on, on so many threads.
pub fn most_begun(threads: usize) -> u64 {
    (threads * BLOCKS_PER_THREAD * AHEAD) as u64 * TRIALS_AT_ONCE
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
    take: impl FnMut(&[Vec<TrialBlock>]) -> Result<(), E> + Send,
) -> Result<(), Stopped<E>> {
    let shown = engines.first().map_or(0, |first| first.model().outcomes.len() + 1);
    let progress = Mutex::new(Progress { outcomes: vec![0; shown], ..Progress::default() });
    let one = |first: u64,
               len: usize,
               which: usize,
               carry_on: &dyn Fn() -> bool|
     -> PlayedBlock<TrialBlock> {
        let leaf = engines[which].block(first, len, carry_on)?;
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
    play_blocks((engines.len(), SMALLEST_BLOCK..=TRIALS_AT_ONCE), plan, watch, one, take)
}

/// Plays the same blocks of trials several times, once for each of `count` engines, and hands them on in the order
/// of trials. `one` plays a block: of the trials from one on, so many, by which engine; it is also given what says
/// whether to go on. A block has so many trials as `sizes` says, unless the plan says how many: the least where there
/// are few trials, though every thread has one; the most where there are many.
///
/// # Errors
///
/// [`Stopped`]; a numerical error is that of the first trial that has one.
pub(super) fn play_blocks<B: Send, E: Send>(
    (count, sizes): (usize, RangeInclusive<u64>),
    plan: Plan,
    watch: &dyn Watch,
    one: impl Fn(u64, usize, usize, &dyn Fn() -> bool) -> PlayedBlock<B> + Sync,
    mut take: impl FnMut(&[Vec<B>]) -> Result<(), E> + Send,
) -> Result<(), Stopped<E>> {
    let mut pool = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Some(threads) = plan.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(|error| Stopped::Threads(error.to_string()))?;
    let threads = pool.current_num_threads();
    let count = count.max(1);
    let wave = (threads * BLOCKS_PER_THREAD).div_ceil(count);
    let trials = plan.trials.saturating_sub(plan.first);
    let smallest = (*sizes.start()).min(MOST_BEGUN / count as u64);
    let largest = (*sizes.end() / count as u64).max(smallest).max(1);
    let each = (trials * count as u64).div_ceil(threads as u64);
    let smallest = smallest.min(each).max(1);
    let block = plan.block.unwrap_or((trials / wave as u64).clamp(smallest, largest)).max(1);
    let is_stopped = AtomicBool::new(false);
    let carry_on = || !is_stopped.load(Ordering::Relaxed) && watch.carry_on();
    let one = |first: u64, which: usize| {
        let len = block.min(plan.trials - first) as usize;
        one(first, len, which, &carry_on)
    };
    let mut starts = (plan.first..plan.trials).step_by(block as usize);
    let one = &one;
    pool.install(|| {
        in_place_scope_fifo(|scope| {
            let (sender, receiver) = mpsc::channel();
            let mut line = BlockLine::new(count);
            let mut play_all = || loop {
                for start in starts.by_ref().take((AHEAD * wave).saturating_sub(line.len())) {
                    let row = line.begin();
                    for engine in 0..count {
                        let sender = sender.clone();
                        scope.spawn_fifo(move |_| {
                            let played = catch_unwind(AssertUnwindSafe(|| one(start, engine)));
                            // Nobody listens once the run has stopped.
                            let _ = sender.send(Finished { row, engine, played });
                        });
                    }
                }
                if line.len() == 0 {
                    return Ok(());
                }
                receiver.try_iter().for_each(|finished| line.note(finished));
                // Whoever keeps parts does not wait for a whole wave of slow trials.
                let played = match watch.keeper().is_some_and(PartKeeper::is_due) {
                    true => line.played().max(if line.is_played(wave) { wave } else { 0 }),
                    false if line.is_played(wave) => wave,
                    false => 0,
                };
                if played > 0 {
                    take(&line.hand_out(played)?).map_err(Stopped::Sink)?;
                } else if yield_now() != Some(Yield::Executed) {
                    // All that is left is being played by other threads.
                    line.note(receiver.recv().expect("a sender is at hand"));
                }
            };
            let result = play_all();
            is_stopped.store(true, Ordering::Relaxed);
            result
        })
    })
}

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::sync::atomic::AtomicU64;

    use super::*;
    use crate::engine::EngineKind;
    use crate::model::Document;
    use crate::study::part_keeper::PlayStage;

    /// Somebody who would have every block at once, or who waits.
    struct Eager(bool, AtomicU64);

    impl Watch for Eager {
        fn keeper(&self) -> Option<&dyn PartKeeper> {
            Some(self)
        }
    }

    impl PartKeeper for Eager {
        fn stage(&self, _: Range<u64>) -> PlayStage {
            PlayStage::default()
        }

        fn is_due(&self) -> bool {
            self.0
        }

        fn wants(&self) -> bool {
            self.0
        }

        fn keep(&self, _: u32, _: Range<u64>, _: Vec<u8>) {
            self.1.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn who_keeps_parts_gets_blocks_before_their_wave_is_complete() {
        let text = "format = 1\n[scenario]\nsteps = 1\n[state]\nx = 0\n";
        let document = Document::read("t.toml", text.as_bytes());
        let model = document.model("none", "base").expect("a sound scenario");
        let times = |is_eager| {
            let plan = Plan {
                seed: 1,
                trials: 40,
                threads: Some(1),
                block: Some(2),
                engine: EngineKind::Reference,
                ..Plan::default()
            };
            let (mut times, mut trials) = (0, 0);
            let watch = Eager(is_eager, AtomicU64::new(0));
            let played = play(&model, plan, &watch, |blocks| {
                times += 1;
                trials += blocks.iter().map(BlockOfTrials::trials).sum::<u64>();
                Ok::<(), std::convert::Infallible>(())
            });
            assert!(played.is_ok() && trials == 40);
            times
        };
        // Twenty blocks in waves of eight; one thread plays one block at a time.
        assert_eq!(times(false), 3);
        assert!(times(true) > 10, "{}", times(true));
    }
}
