//! The clock and the memory of this machine.

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

use super::clock::Clock;
use crate::inquiry::Meter;

/// Measures how long playing takes and how much memory it needs.
pub(super) struct MachineMeter(Clock);

impl MachineMeter {
    /// Starts its clock.
    pub fn start() -> Self {
        MachineMeter(Clock::start())
    }
}

impl Meter for MachineMeter {
    fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }

    fn memory(&self) -> Option<u64> {
        memory_in_use()
    }
}

/// How many bytes of memory this program uses; `None` where the system does not tell.
pub(super) fn memory_in_use() -> Option<u64> {
    let own = get_current_pid().ok()?;
    let mut system = System::new();
    let which = ProcessRefreshKind::nothing().with_memory().without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[own]), false, which);
    system.process(own).map(sysinfo::Process::memory).filter(|bytes| *bytes > 0)
}

/// How many bytes of memory this program may use at most: those of the machine, or of the container that it runs in.
pub(super) fn memory_of_machine() -> Option<u64> {
    let mut system = System::new();
    system.refresh_memory();
    let total = system.total_memory();
    let limits = system.cgroup_limits().map(|limits| limits.total_memory);
    Some(limits.map_or(total, |limit| limit.min(total))).filter(|bytes| *bytes > 0)
}
