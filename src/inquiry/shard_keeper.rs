//! Plays the part of one shard, and keeps it.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::store::StoredPart;
use crate::study::{PartKeeper, PlayStage, StagePiece};
use crate::verbs::Shard;

/// Has the part of one shard played of each stage, and keeps that in memory.
pub(super) struct ShardKeeper {
    shard: Shard,
    stages: AtomicU32,
    parts: Mutex<Vec<StoredPart>>,
}

impl ShardKeeper {
    /// Nothing was played yet.
    pub fn new(shard: Shard) -> Self {
        ShardKeeper { shard, stages: AtomicU32::new(0), parts: Mutex::default() }
    }

    /// What was played.
    pub fn into_parts(self) -> Vec<StoredPart> {
        self.parts.into_inner().unwrap_or_default()
    }
}

impl PartKeeper for ShardKeeper {
    fn stage(&self, trials: Range<u64>) -> PlayStage {
        let own = self.shard.part(trials);
        let pieces = if own.is_empty() { Vec::new() } else { vec![StagePiece::Play(own)] };
        PlayStage { number: self.stages.fetch_add(1, Ordering::Relaxed), pieces }
    }

    fn is_due(&self) -> bool {
        false
    }

    fn wants(&self) -> bool {
        true
    }

    fn keep(&self, stage: u32, trials: Range<u64>, bytes: Vec<u8>) {
        if let Ok(mut parts) = self.parts.lock() {
            parts.push(StoredPart { stage, from: trials.start, to: trials.end, bytes });
        }
    }
}
