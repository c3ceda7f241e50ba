//! Plays a trial on from several of its moments, on all cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::plan::Plan;
use super::play::STACK_BYTES;
use super::stopped::Stopped;
use super::watch::{Progress, Watch};
use crate::engine::{ForkPoint, TrialCourse, TrialTeller};

/// How many futures a thread plays at a time.
const AT_ONCE: u16 = 8;

/// In which outcome each of the futures `1..=futures` ends that are played on from each of some moments of a
/// trial. They depend neither on the number of threads nor on the other moments.
///
/// `watch` is told of them as replays, after `done` trials and `replays` replays.
///
/// # Errors
///
/// [`Stopped`]; a numerical error is that of the first moment and future that has one.
pub fn futures(
    (teller, course): (&TrialTeller<'_>, &TrialCourse),
    points: &[ForkPoint],
    futures: u16,
    (plan, watch): (Plan, &dyn Watch),
    (done, replays): (u64, u64),
) -> Result<Vec<Vec<u32>>, Stopped<std::convert::Infallible>> {
    let mut pool = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Some(threads) = plan.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(|error| Stopped::Threads(error.to_string()))?;
    let parts = points.iter().flat_map(|point| {
        let first = (1..=futures).step_by(usize::from(AT_ONCE));
        first.map(move |first| (*point, first..=futures.min(first.saturating_add(AT_ONCE - 1))))
    });
    let parts: Vec<_> = parts.collect();
    let played = Mutex::new(replays);
    let is_stopped = AtomicBool::new(false);
    let carry_on = || !is_stopped.load(Ordering::Relaxed) && watch.carry_on();
    let part = |(point, plays): &(ForkPoint, std::ops::RangeInclusive<u16>)| {
        let ends = teller.futures(course, *point, plays.clone(), &carry_on);
        match &ends {
            Ok(Some(ends)) => {
                if let Ok(mut played) = played.lock() {
                    *played += ends.len() as u64;
                    watch.progress(&Progress { done, replays: *played, outcomes: Vec::new() });
                }
            }
            Ok(None) => is_stopped.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        ends
    };
    let ends: Vec<_> = pool.install(|| parts.par_iter().map(part).collect());
    let mut all = vec![Vec::new(); points.len()];
    let each = usize::from(futures.div_ceil(AT_ONCE));
    for (at, ends) in ends.into_iter().enumerate() {
        let ends = ends.map_err(|accident| Stopped::Accident { accident, which: 0 })?;
        all[at / each.max(1)].extend(ends.ok_or(Stopped::Interrupted)?);
    }
    Ok(all)
}
