//! Trials played side by side: a frame of lanes, its steps and turns, and what is recorded.

pub(in crate::engine::lanes) mod block;
pub(in crate::engine::lanes) mod cursor;
pub(in crate::engine::lanes) mod frame;
mod lane_copies;
pub(in crate::engine::lanes) mod lane_forks;
pub(in crate::engine::lanes) mod lane_luck;
pub(in crate::engine::lanes) mod play;
pub(in crate::engine::lanes) mod record;
pub(in crate::engine::lanes) mod scratch;
pub(in crate::engine::lanes) mod situations;
pub(in crate::engine::lanes) mod turn;
