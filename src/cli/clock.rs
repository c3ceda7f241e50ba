//! How long playing takes.

use std::time::{Duration, Instant};

use crate::inquiry::Resources;
use crate::store::Timing;

/// Measures how long playing takes.
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "the time taken is printed, and kept apart")]
    pub fn start() -> Self {
        Clock(Instant::now())
    }

    /// How much time has passed since.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// How long this number of trials took.
    pub fn stop(&self, trials: u64, resources: &Resources) -> Timing {
        Timing::of(trials, self.0.elapsed(), resources.thread_count())
    }
}
