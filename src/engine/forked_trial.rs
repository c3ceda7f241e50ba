//! What forks of trials show: which of them are needed, and what is handed on.
//!
//! The variance that is settled at a moment m of a trial, D = E[(q_m - q_{m-1})²] with q_m the probability of an
//! outcome once everything up to m is known, is estimated without bias by half of (I - I') (F_m - F_{m-1}): I says
//! whether the trial ends in the outcome, I' whether it does with other luck at m alone, F_m with other luck after m,
//! and F_{m-1} with other luck from m on. The other luck is the same in all three. In the expectation of the product,
//! the pairs that share their luck up to and with m have E[q_m²], and those that share it only before m have
//! E[q_{m-1}²]. (Two plays that share all luck up to some moment and nothing after it: Saltelli 2002, "Making best
//! use of model evaluations to compute sensitivity indices", Computer Physics Communications 145, for inputs.)

use super::luck::LuckSource;
use super::luck_moments::VisitedMoment;

/// The repeat of a trial whose luck its forks have where it is other than its own.
pub(super) const OTHER_LUCK: u16 = 1;

/// What forks of consecutive trials show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForkedBlock {
    /// The first trial.
    pub first: u64,
    /// The outcome of each trial: a position in the model's outcomes, or their number where none held.
    pub outcomes: Vec<u32>,
    /// The moments at which something could have been settled, in the order of trials, then of time.
    pub moments: Vec<ForkedMoment>,
    /// How many forks are told apart: each is a trial with other luck at one moment, or from one on.
    pub replays: u64,
}

/// How a trial would have ended with other luck at a moment. Moments at which it would have ended in the same
/// outcome, and those before and after which other luck leads to the same, are left out: nothing is settled there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForkedMoment {
    /// The position of the trial in its block.
    pub row: usize,
    /// The cell of time: 0 for what is drawn once per trial, else one more than the step.
    pub cell: u32,
    /// Whose luck it is.
    pub source: LuckSource,
    /// The outcome with other luck at this moment alone.
    pub without: u32,
    /// The outcome with other luck after this moment.
    pub after: u32,
    /// The outcome with other luck from this moment on.
    pub from: u32,
}

/// A trial, and how it ends with other luck at each of its moments alone.
#[derive(Clone, Debug, Default)]
pub(super) struct ForkedTrial {
    /// How it ended.
    pub outcome: u32,
    /// The moments of its steps, in the order of time.
    pub visited: Vec<VisitedMoment>,
    /// How many of them are looked at.
    pub looked_at: usize,
    /// How it ends with other luck at each of them alone; as it did, where that is not looked at.
    pub without: Vec<u32>,
    /// How it ends with other assumptions; `None` where nothing is drawn once per trial.
    pub assumed: Option<u32>,
}

impl ForkedTrial {
    /// Whether it ends otherwise with other assumptions, so that it is asked how it ends with all luck other.
    pub fn wants_all_other(&self) -> bool {
        self.assumed.is_some_and(|end| end != self.outcome)
    }

    /// The moments from which on other luck is asked for: their positions among those visited, ascending.
    pub fn wanted(&self) -> Vec<usize> {
        let differs = |at: &usize| self.without[*at] != self.outcome;
        let of_assumptions = self.wants_all_other().then_some(0);
        let both = (0..self.visited.len()).filter(differs).flat_map(|at| [at, at + 1]);
        let mut wanted: Vec<usize> = of_assumptions.into_iter().chain(both).collect();
        wanted.dedup();
        wanted.retain(|at| *at < self.visited.len());
        wanted
    }

    /// Adds the trial to a block. `ends` are the ends of the plays that are [`ForkedTrial::wanted`], and `all_other`
    /// that of the play with all luck other, if it was asked for.
    pub fn add_to(&self, block: &mut ForkedBlock, ends: &[u32], all_other: Option<u32>) {
        let row = block.outcomes.len();
        let wanted = self.wanted();
        let forks = self.looked_at + wanted.len();
        let of_assumptions = usize::from(self.assumed.is_some()) + usize::from(all_other.is_some());
        block.outcomes.push(self.outcome);
        block.replays += (forks + of_assumptions) as u64;
        // Other luck that begins after the last moment changes nothing.
        let from = |at: usize| {
            let played = wanted.iter().position(|own| *own == at);
            played.map_or(self.outcome, |position| ends[position])
        };
        let mut note = |cell, source, without: u32, after: u32, from: u32| {
            if without != self.outcome && after != from {
                block.moments.push(ForkedMoment { row, cell, source, without, after, from });
            }
        };
        if let (Some(without), Some(all_other)) = (self.assumed, all_other) {
            note(0, LuckSource::Assumptions, without, from(0), all_other);
        }
        for (at, (moment, without)) in self.visited.iter().zip(&self.without).enumerate() {
            if *without != self.outcome {
                note(moment.step + 1, moment.source, *without, from(at + 1), from(at));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(step: u32, moment: u32) -> VisitedMoment {
        VisitedMoment { step, moment, source: LuckSource::Laws }
    }

    #[test]
    fn only_plays_about_moments_that_matter_are_asked_for() {
        let visited = vec![moment(0, 0), moment(0, 2), moment(1, 0), moment(2, 1)];
        let without = vec![1; 4];
        let none = ForkedTrial { outcome: 1, visited, looked_at: 4, without, assumed: Some(1) };
        assert_eq!((none.wanted(), none.wants_all_other()), (vec![], false));
        let two = ForkedTrial { without: vec![1, 0, 0, 1], ..none.clone() };
        assert_eq!(two.wanted(), [1, 2, 3]);
        let ends = ForkedTrial { without: vec![0, 1, 1, 2], assumed: Some(0), ..none };
        assert_eq!((ends.wanted(), ends.wants_all_other()), (vec![0, 1, 3], true));
    }

    #[test]
    fn moments_are_told_with_the_ends_about_them() {
        let visited = vec![moment(0, 0), moment(1, 0), moment(2, 1)];
        let without = vec![0, 1, 2];
        let trial = ForkedTrial { outcome: 1, visited, looked_at: 3, without, assumed: Some(0) };
        assert_eq!(trial.wanted(), [0, 1, 2]);
        let mut block = ForkedBlock::default();
        trial.add_to(&mut block, &[3, 4, 5], Some(6));
        let told: Vec<_> =
            block.moments.iter().map(|m| (m.cell, m.without, m.after, m.from)).collect();
        assert_eq!(told, [(0, 0, 3, 6), (1, 0, 4, 3), (3, 2, 1, 5)]);
        assert_eq!((block.outcomes, block.replays), (vec![1], 8));
    }
}
