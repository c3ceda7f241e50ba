//! Who keeps parts of what is played.

use std::ops::Range;

/// Who keeps parts of what is played, or has some that were played before. Whoever watches a run may have one: see
/// [`Watch::keeper`](super::Watch::keeper).
///
/// What a question plays comes in *stages*, each a range of trials, in an order that depends on the question alone.
pub trait PartKeeper: Sync {
    /// Begins the next stage, over these trials: what of it is known, and what is to be played, in the order of
    /// trials. Trials that are in no piece are left out.
    fn stage(&self, trials: Range<u64>) -> PlayStage;

    /// Whether it is time to keep what was played since the last part was kept. Asked often.
    fn is_due(&self) -> bool;

    /// Whether what was played is worth keeping at the end of a stage.
    fn wants(&self) -> bool;

    /// Keeps a part of a stage. What goes wrong must not stop the run.
    fn keep(&self, stage: u32, trials: Range<u64>, part: Vec<u8>);

    /// Everything was played, and the results are about to be written: if the disk was full, what was kept makes room.
    fn make_room(&self) {}
}

/// A stage of what is played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlayStage {
    /// Its number, from 0 on.
    pub number: u32,
    /// Its pieces, in the order of trials.
    pub pieces: Vec<StagePiece>,
}

/// A piece of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StagePiece {
    /// It was played before: its trials, and what was counted over them.
    Known(Range<u64>, Vec<u8>),
    /// These trials are to be played.
    Play(Range<u64>),
}
