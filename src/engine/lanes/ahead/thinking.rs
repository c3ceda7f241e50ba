//! What plays showed, batch by batch, while actors think.

use crate::engine::choice::Contest;
use crate::engine::lanes::run::scratch::Scratch;

/// The values of options in imagined plays, for some moments: option by option, moment by moment,
/// play by play.
#[derive(Debug)]
pub(in crate::engine::lanes) struct PlayedValues {
    /// How many moments there are.
    pub rows: usize,
    /// How many plays.
    pub plays: usize,
    pub values: Vec<f64>,
}

impl PlayedValues {
    /// The values of an option in the plays from one moment.
    pub fn of(&self, option: usize, row: usize) -> &[f64] {
        let from = (option * self.rows + row) * self.plays;
        &self.values[from..from + self.plays]
    }

    /// These values at the moments `rows`, each followed by those of further plays.
    pub fn with_further(
        &self,
        rows: &[usize],
        further: PlayedValues,
        scratch: &mut Scratch,
    ) -> PlayedValues {
        let plays = self.plays + further.plays;
        let mut values =
            scratch.zeros(self.values.len() / self.rows / self.plays * rows.len() * plays);
        for (at, slots) in values.chunks_exact_mut(plays).enumerate() {
            let (option, row) = (at / rows.len(), at % rows.len());
            let (before, after) = slots.split_at_mut(self.plays);
            before.copy_from_slice(self.of(option, rows[row]));
            after.copy_from_slice(further.of(option, row));
        }
        scratch.give_numbers_back(further.values);
        PlayedValues { rows: rows.len(), plays, values }
    }
}

/// What was imagined of the options of a turn. Options drop out as they are beaten, and moments as
/// actors decide.
#[derive(Debug)]
pub(in crate::engine::lanes) struct ImaginedValues {
    /// For each lane that the options were looked at from: after which batch it had decided, its
    /// row there, and how many plays count.
    pub rows: Vec<ImaginedRow>,
    /// For each of these lanes, the options that may still be chosen; empty if the actor imagines a
    /// fixed number of plays. Options are those of the track, holding first.
    pub contests: Vec<Contest>,
    /// All plays up to each batch, for the lanes that were still in it.
    pub batches: Vec<PlayedValues>,
}

/// Where the values of a lane stand.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct ImaginedRow {
    pub batch: usize,
    pub row: usize,
    /// One where nothing had to be imagined, so that all plays have the same value.
    pub plays: usize,
}

impl ImaginedValues {
    /// The values of an option at one of the lanes, in the plays in which it was imagined there.
    pub fn of(&self, option: usize, at: usize) -> &[f64] {
        let ImaginedRow { batch, row, plays } = self.rows[at];
        let beaten = self.contests.get(at).and_then(|contest| contest.plays(option));
        &self.batches[batch].of(option, row)[..beaten.unwrap_or(plays)]
    }

    /// Gives the room back.
    pub fn give_back(self, scratch: &mut Scratch) {
        self.batches.into_iter().for_each(|batch| scratch.give_numbers_back(batch.values));
    }
}
