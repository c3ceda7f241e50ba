//! Parts of a run: shards for other machines and their merging, and what a long run keeps in case it is killed.

mod checkpoints;
mod keeping;
mod merge;
mod shard;

pub(super) use checkpoints::Checkpoints;
pub(super) use keeping::checkpoints;
pub(super) use merge::merge;
pub(super) use shard::write_shard;
