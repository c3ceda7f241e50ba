//! Outcomes of trials that were played before: what a slider comes back to, or is compared with, is not played twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::variant::Variant;

/// The most trials of a state that are played live. A run folder may have more.
pub(super) const MOST_LIVE: u64 = 1 << 20;
/// How many states are remembered: with four bytes a trial, 64 MiB at most.
const MOST_STATES: usize = 16;

/// The outcomes of the first trials of a state, by their position in the file.
pub(super) type Outcomes = Arc<Mutex<Vec<u32>>>;

/// Which trials they are of: the version of the file, and what was asked of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlayedState {
    version: String,
    policy: String,
    world: String,
    set: Vec<String>,
    seed: u64,
}

impl PlayedState {
    /// What decides the outcomes of the trials of a state.
    pub fn new(version: &str, variant: &Variant) -> Self {
        let mut set = variant.set.clone();
        set.sort();
        PlayedState {
            version: version.to_owned(),
            policy: variant.policy.clone(),
            world: variant.world.clone(),
            set,
            seed: variant.seed,
        }
    }
}

/// The states that were played last.
#[derive(Debug, Default)]
pub(super) struct PlayedOutcomes {
    states: Mutex<VecDeque<(PlayedState, Outcomes)>>,
}

impl PlayedOutcomes {
    /// The outcomes of a state, of no trial yet if it was not played.
    pub fn of(&self, state: PlayedState) -> Outcomes {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let known = states.iter().position(|(own, _)| *own == state);
        let own = known.and_then(|at| states.remove(at)).map(|(_, outcomes)| outcomes);
        let own = own.unwrap_or_default();
        states.push_front((state, Arc::clone(&own)));
        states.truncate(MOST_STATES);
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(seed: u64, set: &[&str]) -> PlayedState {
        let set = set.iter().map(|own| (*own).to_owned()).collect();
        let (policy, world) = ("none".to_owned(), "base".to_owned());
        PlayedState::new("v", &Variant { policy, world, set, n: None, seed, precision: None })
    }

    #[test]
    fn a_state_is_found_again_and_the_oldest_is_forgotten() {
        let known = PlayedOutcomes::default();
        known.of(state(0, &["a=1", "b=2"])).lock().expect("whole").push(3);
        assert_eq!(*known.of(state(0, &["b=2", "a=1"])).lock().expect("whole"), [3]);
        assert!(known.of(state(1, &[])).lock().expect("whole").is_empty());
        for seed in 2..20 {
            known.of(state(seed, &[]));
        }
        assert!(known.of(state(0, &["a=1", "b=2"])).lock().expect("whole").is_empty());
    }
}
