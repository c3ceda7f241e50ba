//! A program's formulas into values that depend on each other, and values into tapes.

pub(in crate::engine::lanes) mod bargains;
mod bounds;
pub(in crate::engine::lanes) mod changes;
pub(in crate::engine::lanes) mod compile;
pub(in crate::engine::lanes) mod consent;
pub(in crate::engine::lanes) mod draft;
pub(in crate::engine::lanes) mod draws;
pub(in crate::engine::lanes) mod fuse;
pub(in crate::engine) mod graph;
pub(in crate::engine::lanes) mod layout;
pub(in crate::engine::lanes) mod moment;
pub(in crate::engine::lanes) mod nature;
pub(in crate::engine::lanes) mod params;
pub(in crate::engine::lanes) mod plan;
pub(in crate::engine::lanes) mod ranking;
pub(in crate::engine::lanes) mod reads;
pub(in crate::engine::lanes) mod settle;
pub(in crate::engine::lanes) mod turns;
pub(in crate::engine::lanes) mod wants;
