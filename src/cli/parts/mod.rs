//! Parts of a run: shards for other machines and their merging, and what a long run keeps in case it is killed.

mod checkpoints;
mod keeping;
mod known_parts;
mod merge;
mod shard;
mod shard_keeper;

pub(super) use keeping::checkpoints;
pub(super) use merge::merge;
pub(super) use shard::play_shard;
