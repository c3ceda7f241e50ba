//! What playing takes on this machine, measured by playing a little.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::error::InquiryError;
use super::resources::Resources;
use crate::engine::{Recording, TrialBlock};
use crate::model::Model;
use crate::study::{Plan, Stopped, Tally, Watch, most_begun, play_side_by_side};
use crate::verbs::{Halt, Work};

/// For about how long trials are played to measure what they take, in seconds.
const MEASURED: f64 = 0.1;

/// From so many trials on each thread on, a trial takes no less than among more.
const WIDE: u64 = 64;

/// So many trials are enough, however little time they take.
const MOST: u64 = 1 << 20;

/// What takes longer than so many seconds is not waited for, although trials would be wider then.
const SOON: f64 = 0.5;

/// After so many seconds measuring ends, although not a single trial was played to its end.
const GIVEN_UP: f64 = 3.0;

/// A model in which a single step asks for more imagined steps than this is not played to measure it: nobody can
/// interrupt a step.
const MOST_IMAGINED: f64 = 1e10;

/// No processor plays more imagined steps in a second on one thread.
const FASTEST: f64 = 1e9;

/// What a price is measured with.
pub trait Meter: Sync {
    /// How many seconds have passed since some moment.
    fn seconds(&self) -> f64;

    /// How many bytes of memory the program uses; `None` where the system does not tell.
    fn memory(&self) -> Option<u64>;
}

/// What playing a model takes on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Price {
    /// How many threads play.
    pub threads: usize,
    /// How long it takes to make the model ready to be played, in seconds.
    pub begin: f64,
    /// How long a trial takes on the clock while all threads play, in seconds. If [`Price::trials`] is zero it takes
    /// longer than this.
    pub trial: f64,
    /// How many trials were played to measure that, in the last and longest go.
    pub trials: u64,
    /// How many bytes of memory the program uses when it has played these; `None` where the system does not tell.
    pub memory: Option<u64>,
    /// How many bytes there are of what is recorded of a trial until it is counted.
    pub recorded: u64,
}

impl Price {
    /// Plays a few trials, then more and more of them until they take about a tenth of a second.
    ///
    /// # Errors
    ///
    /// If someone who watches asks for it to stop, or a formula gives a value that cannot be used.
    pub fn measure(
        model: &Model,
        resources: &Resources,
        meter: &dyn Meter,
        watch: &dyn Watch,
    ) -> Result<Self, InquiryError> {
        let threads = resources.thread_count();
        let plan = Plan {
            seed: 1,
            threads: resources.threads.map(usize::from),
            engine: resources.engine,
            // What a run records.
            recording: Recording::Course,
            ..Plan::default()
        };
        let imagined = model.imagined_steps();
        if imagined > MOST_IMAGINED {
            let trial = imagined / FASTEST / threads as f64;
            let memory = meter.memory();
            return Ok(Price { threads, begin: 0.0, trial, trials: 0, memory, recorded: 0 });
        }
        let begun = meter.seconds();
        let engine = [plan.engine_of(model)];
        let begin = meter.seconds() - begun;
        let patience = Impatient {
            watch,
            meter,
            until: begun + begin + GIVEN_UP,
            is_over: AtomicBool::new(false),
        };
        let (mut first, mut trials, mut last) = (0, threads as u64, None);
        loop {
            let (mut recorded, mut tally) = (0, Tally::new(model));
            let begun = meter.seconds();
            let plan = Plan { first, trials: first + trials, ..plan };
            let played = play_side_by_side(&engine, plan, &patience, |wave| {
                recorded += wave[0].iter().map(TrialBlock::bytes).sum::<u64>();
                // Where trials are short, counting them takes as long as playing them.
                tally.add(&wave[0]);
                Ok::<(), Infallible>(())
            });
            let taken = meter.seconds() - begun;
            let price = |trial: f64, trials: u64| Price {
                threads,
                begin,
                trial,
                trials,
                memory: meter.memory(),
                recorded: recorded / trials.max(1),
            };
            match played {
                Ok(()) => {}
                // Nobody else asked to stop: what was measured before is the best that is known.
                Err(Stopped::Interrupted) if patience.is_over.load(Ordering::Relaxed) => {
                    return Ok(last.unwrap_or(price(taken / trials as f64, 0)));
                }
                Err(stopped) => return Err(Halt::of(stopped, |_| String::new()).into()),
            }
            let now = price(taken / trials as f64, trials);
            // A few trials side by side take longer each than many.
            let is_wide = trials >= WIDE * threads as u64 || taken * 2.0 > SOON;
            if (taken >= MEASURED / 2.0 && is_wide) || trials >= MOST {
                return Ok(now);
            }
            last = Some(now);
            first += trials;
            let times = (MEASURED / taken.max(1e-6)).clamp(2.0, 16.0);
            trials = ((trials as f64 * times) as u64).min(MOST);
        }
    }

    /// Whether not a single trial was played to its end, so that a trial takes longer than is said.
    pub fn is_least(&self) -> bool {
        self.trials == 0
    }

    /// How long so much work on so many models takes, in seconds.
    pub fn seconds(&self, work: &Work, models: usize) -> f64 {
        self.begin * models as f64 + self.trial * (work.trials as f64 + work.replays as f64)
    }

    /// How many bytes of memory a question needs of which so many trials are played and so many bytes are kept
    /// until its end; `None` where the system does not tell.
    pub fn bytes(&self, trials: u64, kept: u64) -> Option<u64> {
        // Those that were played to measure it are in memory already.
        let more = trials.min(most_begun(self.threads)).saturating_sub(self.trials);
        let waiting = self.recorded.saturating_mul(more);
        Some(self.memory?.saturating_add(waiting).saturating_add(kept))
    }
}

/// Asks to stop when it has taken too long.
struct Impatient<'w> {
    watch: &'w dyn Watch,
    meter: &'w dyn Meter,
    until: f64,
    is_over: AtomicBool,
}

impl Watch for Impatient<'_> {
    fn carry_on(&self) -> bool {
        if self.meter.seconds() >= self.until {
            self.is_over.store(true, Ordering::Relaxed);
            return false;
        }
        self.watch.carry_on()
    }
}
