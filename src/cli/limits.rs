//! Limits of time and memory at which playing stops cleanly.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::clock::Clock;
use super::failure::Failure;
use super::input::told;
use super::machine::memory_in_use;
use super::machine_options::MachineOptions;
use super::parts::Checkpoints;
use super::price::{LONG, in_words};
use super::progress::Bar;
use crate::format::{count, counted, rough_time};
use crate::inquiry::InquiryError;
use crate::study::{Progress, Watch};
use crate::verbs::{Halt, Work};

/// How often it is looked how much memory is in use.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// How long playing goes on at a limit until what was played is kept, as a share of the time that has passed.
const GRACE: f64 = 0.1;

/// From so many seconds on it can be told how long playing takes in all.
const FORETOLD_AFTER: f64 = 10.0;

/// A limit that was reached.
#[derive(Clone, Copy, Debug)]
enum ReachedLimit {
    Time(Duration),
    Memory(u64),
}

/// Watches how long playing takes and how much memory it needs, and stops it at its limits.
pub(super) struct LimitWatch<'w> {
    bar: &'w Bar,
    work: &'w Work,
    options: &'w MachineOptions,
    kept: Option<&'w Checkpoints>,
    clock: Clock,
    reached: OnceLock<(ReachedLimit, Duration)>,
    /// When it is looked next how much memory is in use, in milliseconds.
    next_look: AtomicU64,
    done: AtomicU64,
    is_foretold: AtomicBool,
}

impl<'w> LimitWatch<'w> {
    /// The limits of the options, from now on. At a limit `kept` keeps what was played, if anybody does.
    pub fn new(
        bar: &'w Bar,
        work: &'w Work,
        options: &'w MachineOptions,
        kept: Option<&'w Checkpoints>,
    ) -> Self {
        LimitWatch {
            bar,
            work,
            options,
            kept,
            clock: Clock::start(),
            reached: OnceLock::new(),
            next_look: AtomicU64::new(0),
            done: AtomicU64::new(0),
            is_foretold: AtomicBool::new(false),
        }
    }

    /// What went wrong, with the limit that was reached if it was that.
    pub fn failure(&self, error: InquiryError) -> Failure {
        let (Some((limit, _)), InquiryError::Halted(Halt::Interrupted)) =
            (self.reached.get(), &error)
        else {
            return told(error);
        };
        let limit = match limit {
            ReachedLimit::Time(limit) => rough_time(limit.as_secs_f64()),
            ReachedLimit::Memory(limit) => format!("{} of memory", in_words(*limit)),
        };
        let of = counted(self.work.trials, "trial");
        let done = match self.done.load(Ordering::Relaxed) {
            0 => String::new(),
            done => format!(" after {} of {of}", count(done.min(self.work.trials))),
        };
        let kept = match self.kept.is_some_and(Checkpoints::has_some) {
            true => "what was played is kept: the same command with --resume goes on",
            false => "nothing was written",
        };
        Failure::could_not(format!("stopped at the limit of {limit}{done}; {kept}"))
    }

    /// The limit that is reached now, if one is.
    fn reaches(&self, passed: Duration) -> Option<ReachedLimit> {
        if let Some(limit) = self.options.limit_time.filter(|limit| passed >= *limit) {
            return Some(ReachedLimit::Time(limit));
        }
        let limit = self.options.limit_memory?;
        let (now, due) = (passed.as_millis() as u64, self.next_look.load(Ordering::Relaxed));
        if now < due {
            return None;
        }
        // One thread looks for all.
        let next = now + LOOK_EVERY.as_millis() as u64;
        let looks =
            self.next_look.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed);
        let used = looks.ok().and_then(|_| memory_in_use());
        used.filter(|used| *used > limit).map(|_| ReachedLimit::Memory(limit))
    }

    /// Whether what was played is kept, or nobody keeps it, or that has taken too long.
    fn may_stop(&self, passed: Duration, since: Duration) -> bool {
        let grace = since.mul_f64(GRACE);
        self.kept.is_none_or(Checkpoints::has_kept_at_once) || passed >= since + grace
    }

    /// Says how much time is left, once, if that is long and no bar says so.
    fn foretell(&self, progress: &Progress) {
        let seconds = self.clock.elapsed().as_secs_f64();
        let done = (progress.done + progress.replays) as f64;
        let all = (self.work.trials + self.work.replays) as f64;
        if done == 0.0 || seconds < FORETOLD_AFTER || self.is_foretold.swap(true, Ordering::Relaxed)
        {
            return;
        }
        let left = seconds * (all / done - 1.0);
        if left > LONG && self.options.limit_time.is_none() && self.bar.is_hidden() {
            self.options.shown.remark(&format!("about {} left\n", rough_time(left)));
        }
    }
}

impl Watch for LimitWatch<'_> {
    fn carry_on(&self) -> bool {
        if !self.bar.carry_on() {
            return false;
        }
        if self.options.limit_time.is_none() && self.options.limit_memory.is_none() {
            return true;
        }
        let passed = self.clock.elapsed();
        if let Some((_, since)) = self.reached.get() {
            return !self.may_stop(passed, *since);
        }
        let Some(limit) = self.reaches(passed) else { return true };
        let _ = self.reached.set((limit, passed));
        if let Some(kept) = self.kept {
            kept.keep_at_once();
        }
        self.kept.is_some()
    }

    fn progress(&self, progress: &Progress) {
        self.done.store(progress.done, Ordering::Relaxed);
        self.foretell(progress);
        self.bar.progress(progress);
    }
}
