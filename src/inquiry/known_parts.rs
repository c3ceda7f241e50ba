//! Parts that were played before, by stage.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::store::StoredPart;
use crate::study::{PartKeeper, PlayStage, StagePiece};

/// Parts by stage, those of each in the order of their first trials.
#[derive(Debug, Default)]
pub(crate) struct PartsByStage(BTreeMap<u32, Vec<StoredPart>>);

impl PartsByStage {
    /// Sorts parts by stage and trial. Of parts that overlap, the one that begins first is taken, and the longest of these.
    pub fn new(parts: impl IntoIterator<Item = StoredPart>) -> Self {
        let mut all: BTreeMap<u32, Vec<StoredPart>> = BTreeMap::new();
        for part in parts.into_iter().filter(|part| part.from < part.to) {
            all.entry(part.stage).or_default().push(part);
        }
        for parts in all.values_mut() {
            parts.sort_by_key(|part| (part.from, std::cmp::Reverse(part.to)));
            let mut end = 0;
            parts.retain(|part| {
                let is_next = part.from >= end;
                end = if is_next { part.to } else { end };
                is_next
            });
        }
        PartsByStage(all)
    }

    /// What is known of the trials of a stage, and what is to be played. Parts are given away.
    pub fn pieces(&mut self, stage: u32, trials: Range<u64>) -> Vec<StagePiece> {
        let mut pieces = Vec::new();
        let mut at = trials.start;
        for part in self.0.remove(&stage).unwrap_or_default() {
            if part.from < at || part.to > trials.end {
                continue;
            }
            if at < part.from {
                pieces.push(StagePiece::Play(at..part.from));
            }
            at = part.to;
            pieces.push(StagePiece::Known(part.from..part.to, part.bytes));
        }
        if at < trials.end {
            pieces.push(StagePiece::Play(at..trials.end));
        }
        pieces
    }

    /// How many trials the parts hold.
    pub fn trials(&self) -> u64 {
        self.0.values().flatten().map(|part| part.to - part.from).sum()
    }
}

/// All parts of a question: nothing is played.
#[derive(Debug)]
pub struct KnownParts {
    parts: Mutex<PartsByStage>,
    stages: AtomicU32,
    missing: Mutex<Option<String>>,
}

impl KnownParts {
    /// With these parts.
    pub(super) fn new(parts: PartsByStage) -> Self {
        let (stages, missing) = (AtomicU32::new(0), Mutex::default());
        KnownParts { parts: Mutex::new(parts), stages, missing }
    }

    /// What was asked for and is in no part, in a few words.
    pub fn missing(&self) -> Option<String> {
        self.missing.lock().ok()?.clone()
    }
}

impl PartKeeper for KnownParts {
    fn stage(&self, trials: Range<u64>) -> PlayStage {
        let number = self.stages.fetch_add(1, Ordering::Relaxed);
        let pieces = match self.parts.lock() {
            Ok(mut parts) => parts.pieces(number, trials),
            Err(_) => Vec::new(),
        };
        let played = |piece: &StagePiece| match piece {
            StagePiece::Play(trials) => Some(trials.clone()),
            StagePiece::Known(..) => None,
        };
        let Some(gap) = pieces.iter().find_map(played) else { return PlayStage { number, pieces } };
        if let Ok(mut missing) = self.missing.lock() {
            let (from, to) = (gap.start, gap.end - 1);
            *missing = Some(format!("trials {from} to {to} of stage {number} are in no shard"));
        }
        // A part of nothing cannot be read, so that nothing is computed from what is not whole.
        PlayStage { number, pieces: vec![StagePiece::Known(gap, Vec::new())] }
    }

    fn is_due(&self) -> bool {
        false
    }

    fn wants(&self) -> bool {
        false
    }

    fn keep(&self, _: u32, _: Range<u64>, _: Vec<u8>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(stage: u32, from: u64, to: u64) -> StoredPart {
        StoredPart { stage, from, to, bytes: vec![from as u8] }
    }

    #[test]
    fn what_is_not_known_is_played_and_nothing_twice() {
        let parts = [
            part(0, 5, 9),
            part(0, 2, 4),
            part(0, 3, 12),
            part(0, 2, 5),
            part(1, 0, 20),
            part(0, 7, 7),
            part(0, 14, 30),
        ];
        let mut known = PartsByStage::new(parts);
        assert_eq!(known.trials(), 3 + 4 + 20 + 16);
        let pieces = known.pieces(0, 0..20);
        let known_piece = |from: u64, to| StagePiece::Known(from..to, vec![from as u8]);
        let play = |from, to| StagePiece::Play(from..to);
        assert_eq!(pieces, [play(0, 2), known_piece(2, 5), known_piece(5, 9), play(9, 20)]);
        assert_eq!(known.pieces(1, 0..20), [known_piece(0, 20)]);
        assert_eq!(known.pieces(2, 4..6), [play(4, 6)]);
        assert!(known.pieces(3, 4..4).is_empty());
    }

    #[test]
    fn a_gap_is_named_and_nothing_is_computed_from_it() {
        let known = KnownParts::new(PartsByStage::new([part(0, 0, 4)]));
        let stage = known.stage(0..6);
        assert_eq!(stage.pieces, [StagePiece::Known(4..6, Vec::new())]);
        assert_eq!(known.missing().as_deref(), Some("trials 4 to 5 of stage 0 are in no shard"));
    }
}
