//! Plays in lanes that go as it is known to have gone: see [`crate::engine::known`].

mod nature;
mod rows;
mod turns;

pub(in crate::engine) use rows::{KnownLanes, Suspicious};
