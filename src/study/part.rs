//! Parts of what is played: kept while a run goes on, played on other machines, and joined again.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::part_keeper::{PlayStage, StagePiece};
use super::plan::Plan;
use super::stopped::Stopped;
use super::watch::{Onward, Watch};

/// What is counted over consecutive trials. Parts that follow each other are joined to the same bits as if all trials
/// had been counted at once, wherever they were cut.
pub(super) trait Joinable: Serialize + DeserializeOwned + Send {
    /// Joins what was counted over the trials that follow.
    fn join(&mut self, later: Self);
}

/// Something that was played, over a number of trials.
pub(super) trait BlockOfTrials: Send {
    /// How many trials.
    fn trials(&self) -> u64;
}

/// Plays a stage and counts it. `begin` is nothing counted yet, from a trial on; `play` plays the trials of a plan
/// and hands them on in their order, in lists for each engine; `add` counts them.
///
/// # Errors
///
/// [`Stopped`].
pub(super) fn gather<P: Joinable, B: BlockOfTrials, E: Send>(
    plan: Plan,
    watch: &dyn Watch,
    begin: &(dyn Fn(u64) -> P + Sync),
    play: impl Fn(Plan, &dyn Watch, &mut Take<'_, B, E>) -> Result<(), Stopped<E>>,
    mut add: impl FnMut(&mut P, &[Vec<B>]) -> Result<(), E> + Send,
) -> Result<P, Stopped<E>> {
    let Some(keeper) = watch.keeper() else {
        let mut all = begin(plan.first);
        play(plan, watch, &mut |wave| add(&mut all, wave))?;
        return Ok(all);
    };
    let PlayStage { number, pieces } = keeper.stage(plan.first..plan.trials);
    let mut all: Option<P> = None;
    let mut done = 0;
    let join = |all: &mut Option<P>, part: P| match all {
        Some(all) => all.join(part),
        None => *all = Some(part),
    };
    for piece in pieces {
        let trials = match piece {
            StagePiece::Known(trials, bytes) => {
                let part = postcard::from_bytes(&bytes);
                join(&mut all, part.map_err(|error| Stopped::Part(error.to_string()))?);
                done += trials.end - trials.start;
                continue;
            }
            StagePiece::Play(trials) => trials,
        };
        let (mut from, mut at) = (trials.start, trials.start);
        let mut own = begin(from);
        let plan = Plan { first: trials.start, trials: trials.end, ..plan };
        let onward = Onward::new(watch, done, &[]);
        play(plan, if done == 0 { watch } else { &onward }, &mut |wave| {
            add(&mut own, wave)?;
            at += wave.first().map_or(0, |blocks| blocks.iter().map(BlockOfTrials::trials).sum());
            if keeper.is_due() && at < trials.end {
                keeper.keep(number, from..at, written(&own));
                from = at;
                join(&mut all, std::mem::replace(&mut own, begin(at)));
            }
            Ok(())
        })?;
        if keeper.wants() {
            keeper.keep(number, from..trials.end, written(&own));
        }
        done += trials.end - trials.start;
        join(&mut all, own);
    }
    Ok(all.unwrap_or_else(|| begin(plan.first)))
}

/// What takes played trials, in lists for each engine.
pub(super) type Take<'t, B, E> = dyn FnMut(&[Vec<B>]) -> Result<(), E> + Send + 't;

fn written<P: Joinable>(part: &P) -> Vec<u8> {
    postcard::to_allocvec(part).expect("numbers, lists and texts can always be written")
}

/// Adds numbers to numbers at the same places; there may be more of them.
pub(super) fn add_counts(all: &mut Vec<u64>, later: &[u64]) {
    all.resize(all.len().max(later.len()), 0);
    all.iter_mut().zip(later).for_each(|(sum, count)| *sum += count);
}
