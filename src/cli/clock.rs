//! How long playing takes.

use std::time::Instant;

use super::machine_options::MachineOptions;
use crate::store::Timing;

/// Measures how long playing takes.
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "the time taken is printed, and kept apart")]
    pub fn start() -> Self {
        Clock(Instant::now())
    }

    /// How long this number of trials took.
    pub fn stop(&self, trials: u64, machine: &MachineOptions) -> Timing {
        let seconds = self.0.elapsed().as_secs_f64();
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = machine.threads.map_or_else(cores, usize::from);
        Timing { seconds, trials_per_second: trials as f64 / seconds, threads, started: None }
    }
}
