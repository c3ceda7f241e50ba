//! Plays a state of the controls, a few trials first and more each time, so that there is something to see at once.

use std::convert::Infallible;
use std::sync::PoisonError;
use std::time::Duration;

use serde::Serialize;

use super::clock::now;
use super::live_counts::{LiveCounts, LiveResult};
use super::played_outcomes::Outcomes;
use crate::engine::{Engine, EngineKind, Recording, TRIALS_AT_ONCE};
use crate::model::Model;
use crate::stats::Looks;
use crate::study::{LEVEL, Plan, Stopped, Watch, play_side_by_side};

/// How many trials each thread plays before anything is shown, and at least from one picture to the next: with fewer,
/// threads would mostly wait for each other.
const FIRST_OF_THREAD: u64 = 2;
const LEAST_OF_THREAD: u64 = 4;
/// From so many trials on there is something to see at once, however fast they were.
const SEEN_AT_ONCE: u64 = 200;
/// How long playing goes on between two pictures.
const BETWEEN: Duration = Duration::from_millis(120);
/// By how many times more is played at most from one picture to the next.
const FASTEST_GROWTH: u64 = 8;

/// What is played of a state: its model, and what is known of its trials.
#[derive(Debug)]
pub(super) struct LiveCell {
    pub model: Model,
    pub known: Outcomes,
}

/// How much is played, and by how many threads.
#[derive(Clone, Copy, Debug)]
pub(super) struct LivePlan {
    pub seed: u64,
    /// The most trials.
    pub trials: u64,
    /// Stop once every outcome's share is known to so many points either way.
    pub precision: Option<f64>,
    pub threads: usize,
}

/// Why playing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum Enough {
    /// All trials were played.
    #[serde(rename = "all played")]
    All,
    /// The shares are known as precisely as was asked for.
    #[serde(rename = "precise enough")]
    Precise,
}

/// Plays the trials of a state, and the same trials of a baseline beside it, and hands on what is counted, about eight
/// times a second and at the end. Returns why it ended and how many trials were counted.
///
/// # Errors
///
/// [`Stopped`]: who watches wants no more, or a formula gave a value that cannot be used, of the state (`which` is 0)
/// or of the baseline (1).
pub(super) fn play_live(
    own: &LiveCell,
    baseline: Option<&LiveCell>,
    plan: LivePlan,
    watch: &dyn Watch,
    mut show: impl FnMut(LiveResult),
) -> Result<(Enough, u64), Stopped<Infallible>> {
    let looks = plan.precision.map(|_| Looks::planned(plan.trials));
    let mut counts = LiveCounts::new(&own.model, baseline.is_some());
    let mut player = CellPlayer::new(own, plan);
    let mut other = baseline.map(|cell| CellPlayer::new(cell, plan));
    let threads = plan.threads as u64;
    let mut chunk = FIRST_OF_THREAD * threads;
    let (mut shown, mut is_shown) = (now(), false);
    loop {
        let from = counts.trials();
        let mut to = (from + chunk).min(plan.trials);
        let next =
            looks.as_ref().and_then(|looks| looks.trials().iter().find(|look| **look > from));
        to = next.map_or(to, |look| to.min(*look));
        let begun = now();
        let outcomes = player.outcomes(from, to, watch)?;
        let beside = match &mut other {
            Some(other) => Some(other.outcomes(from, to, watch).map_err(of_baseline)?),
            None => None,
        };
        counts.add(&outcomes, beside.as_deref());
        let is_precise = looks.as_ref().zip(plan.precision).is_some_and(|(looks, points)| {
            looks.trials().contains(&to)
                && Looks::are_within(&looks.intervals(counts.outcomes(), to, LEVEL), points / 100.0)
        });
        let ended = match is_precise {
            true => Some(Enough::Precise),
            false => (to >= plan.trials).then_some(Enough::All),
        };
        let is_first = !is_shown && to >= SEEN_AT_ONCE;
        if ended.is_some() || is_first || shown.elapsed() >= BETWEEN {
            show(counts.result(&own.model, plan.trials));
            (shown, is_shown) = (now(), true);
        }
        if let Some(ended) = ended {
            return Ok((ended, to));
        }
        chunk = next_chunk(to - from, begun.elapsed()).max(LEAST_OF_THREAD * threads);
    }
}

/// How many trials take as long as there is between two pictures, after so many took so long.
fn next_chunk(played: u64, took: Duration) -> u64 {
    let times = BETWEEN.as_secs_f64() / took.as_secs_f64().max(1e-6);
    ((played as f64 * times) as u64).clamp(1, played * FASTEST_GROWTH)
}

/// The same, of the baseline.
fn of_baseline(stopped: Stopped<Infallible>) -> Stopped<Infallible> {
    match stopped {
        Stopped::Accident { accident, .. } => Stopped::Accident { accident, which: 1 },
        Stopped::Interrupted | Stopped::Threads(_) | Stopped::Part(_) | Stopped::Sink(_) => stopped,
    }
}

/// Plays the trials of one cell, each once only.
struct CellPlayer<'c> {
    cell: &'c LiveCell,
    plan: LivePlan,
    /// The engine, put together once something has to be played.
    engine: Option<[Engine<'c>; 1]>,
}

impl<'c> CellPlayer<'c> {
    fn new(cell: &'c LiveCell, plan: LivePlan) -> Self {
        CellPlayer { cell, plan, engine: None }
    }

    /// The outcomes of the trials `from..to`.
    fn outcomes(
        &mut self,
        from: u64,
        to: u64,
        watch: &dyn Watch,
    ) -> Result<Vec<u32>, Stopped<Infallible>> {
        if !watch.carry_on() {
            return Err(Stopped::Interrupted);
        }
        let known = |from: u64| {
            let known = self.cell.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(from as usize..(to as usize).min(known.len())).map(<[u32]>::to_vec)
        };
        let mut outcomes = known(from).unwrap_or_default();
        let begin = from + outcomes.len() as u64;
        if begin == to {
            return Ok(outcomes);
        }
        let model = &self.cell.model;
        let seed = self.plan.seed;
        let engine = self.engine.get_or_insert_with(|| {
            [Engine::new(model, seed, EngineKind::default()).recording(Recording::End)]
        });
        let each = (to - begin).div_ceil(self.plan.threads as u64);
        let plan = Plan {
            seed,
            trials: to,
            first: begin,
            threads: Some(self.plan.threads),
            block: Some(each.clamp(1, TRIALS_AT_ONCE)),
            ..Plan::default()
        };
        play_side_by_side(engine, plan, watch, |wave| {
            let blocks = wave.iter().flatten();
            outcomes.extend(blocks.flat_map(|block| &block.outcomes));
            Ok(())
        })?;
        let mut known = self.cell.known.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have played the same trials meanwhile.
        let missing = known.len().checked_sub(from as usize).and_then(|have| outcomes.get(have..));
        known.extend(missing.unwrap_or_default());
        drop(known);
        Ok(outcomes)
    }
}
