//! How many trials are played again, and how often: see [`Again`](super::Again).

/// The smallest number of replays, if there are as many trials.
pub(super) const LEAST: u64 = 100;
/// The largest number of replays.
pub(super) const MOST: u64 = 4_096;
/// How many times each draw is replayed, over the root of the number of replays.
const TIMES: f64 = 0.3;

/// How many times each draw is replayed, for so many replays in all.
pub(super) fn times_of(replays: u64) -> u16 {
    (TIMES * (replays as f64).sqrt()).round().max(2.0) as u16
}

/// The most draws that are played again, however many trials there are.
pub(super) fn most_draws() -> usize {
    (MOST / u64::from(times_of(MOST))) as usize
}
