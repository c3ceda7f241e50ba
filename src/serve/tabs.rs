//! Which tab of a browser plays what: what is newer takes the place of what the same tab began before.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The longest name of a tab.
const LONGEST: usize = 64;

/// The tabs that play, each with the switch that stops it.
#[derive(Debug, Default)]
pub(super) struct Tabs(Mutex<BTreeMap<String, Arc<AtomicBool>>>);

/// What a tab plays, until it is dropped.
#[derive(Debug)]
pub(super) struct TabPlay {
    tabs: Arc<Tabs>,
    name: String,
    stopped: Arc<AtomicBool>,
}

impl Tabs {
    /// Stops what a tab plays, and returns the switch of what it plays from now on.
    pub fn begin(self: &Arc<Self>, name: &str) -> TabPlay {
        let name: String = name.chars().take(LONGEST).collect();
        let stopped = Arc::new(AtomicBool::new(false));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = all.insert(name.clone(), Arc::clone(&stopped)) {
            before.store(true, Ordering::Relaxed);
        }
        TabPlay { tabs: Arc::clone(self), name, stopped }
    }

    /// Stops everything.
    pub fn stop_all(&self) {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, stopped) in all.iter() {
            stopped.store(true, Ordering::Relaxed);
        }
    }
}

impl TabPlay {
    /// The switch that stops it.
    pub fn switch(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stopped)
    }
}

impl Drop for TabPlay {
    fn drop(&mut self) {
        let mut all = self.tabs.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(&self.name).is_some_and(|own| Arc::ptr_eq(own, &self.stopped)) {
            all.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_newer_stops_what_is_older_of_the_same_tab_only() {
        let tabs = Arc::new(Tabs::default());
        let first = tabs.begin("a");
        let other = tabs.begin("b");
        let second = tabs.begin("a");
        let is_stopped = |own: &TabPlay| own.switch().load(Ordering::Relaxed);
        assert_eq!([&first, &other, &second].map(is_stopped), [true, false, false]);
        drop(first);
        assert_eq!(tabs.0.lock().expect("whole").len(), 2);
        drop((other, second));
        assert!(tabs.0.lock().expect("whole").is_empty());
    }
}
