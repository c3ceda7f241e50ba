//! Looking ahead: every option of every trial in every imagined play is a lane of another frame.
//!
//! It is a recursion with `run`: plays are made of steps, and in a step actors look ahead.

pub(in crate::engine::lanes) mod futures;
pub(in crate::engine::lanes) mod imagine;
mod lane_thinker;
pub(in crate::engine::lanes) mod stakes;
pub(in crate::engine::lanes) mod thinking;

pub(in crate::engine) use lane_thinker::LaneThinker;
