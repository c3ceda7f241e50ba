//! What forks of trials show, added up.

use serde::{Deserialize, Serialize};

use super::answer::{OutcomeSettled, SettledParts, WhatSettled};
use crate::engine::{ForkedBlock, ForkedMoment, LuckSource};
use crate::stats::{EndedTrials, SettledPart, SettledSums};
use crate::study::part::Joinable;

/// What forks of trials show of each outcome, source and cell of time. Its size does not depend on the number of
/// trials.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WhyTally {
    /// Whose luck there is. It is not written down: whoever reads a tally knows the model.
    #[serde(skip)]
    sources: Vec<LuckSource>,
    /// For how many moments each of those stands that were looked at; not written down either.
    #[serde(skip)]
    one_in: u32,
    cells: usize,
    trials: u64,
    replays: u64,
    outcomes: Vec<OutcomeTally>,
}

/// What is known of one outcome.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct OutcomeTally {
    ended: u64,
    by_source: Vec<SettledSums>,
    by_time: Vec<SettledSums>,
    /// For each cell, all up to and with it.
    until: Vec<SettledSums>,
    /// By source, then cell.
    by_both: Vec<SettledSums>,
    /// The halves of the present trial.
    now: TrialHalves,
}

/// The halves of a trial.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct TrialHalves {
    by_source: Vec<i64>,
    by_time: Vec<i64>,
    by_both: Vec<i64>,
    is_empty: bool,
}

impl WhyTally {
    /// No trials yet, for so many outcomes, sources and cells of time, and one in so many moments looked at.
    pub fn new(outcomes: usize, sources: Vec<LuckSource>, cells: usize, one_in: u32) -> Self {
        let sums = |count: usize| vec![SettledSums::default(); count];
        let (own, both) = (sources.len(), sources.len() * cells);
        let outcome = OutcomeTally {
            ended: 0,
            by_source: sums(own),
            by_time: sums(cells),
            until: sums(cells),
            by_both: sums(both),
            now: TrialHalves {
                by_source: vec![0; own],
                by_time: vec![0; cells],
                by_both: vec![0; both],
                is_empty: true,
            },
        };
        WhyTally {
            sources,
            one_in,
            cells,
            trials: 0,
            replays: 0,
            outcomes: vec![outcome; outcomes],
        }
    }

    /// Adds a block of trials.
    pub fn add(&mut self, block: &ForkedBlock) {
        self.trials += block.outcomes.len() as u64;
        self.replays += block.replays;
        let mut moments = block.moments.iter().peekable();
        for (row, end) in block.outcomes.iter().enumerate() {
            if let Some(outcome) = self.outcomes.get_mut(*end as usize) {
                outcome.ended += 1;
            }
            while let Some(moment) = moments.next_if(|moment| moment.row == row) {
                self.add_moment(moment, *end);
            }
            for (at, outcome) in self.outcomes.iter_mut().enumerate() {
                outcome.close(at == *end as usize);
            }
        }
    }

    /// Adds what a moment shows: of each outcome (I - I') (F_m - F_{m-1}) / 2. It is not zero only for outcomes in
    /// which both differ.
    fn add_moment(&mut self, moment: &ForkedMoment, end: u32) {
        let source = self.sources.iter().position(|own| *own == moment.source);
        let cell = moment.cell as usize;
        let weight = i64::from(weight(moment.source, self.one_in));
        for (outcome, sign) in [(end, 1), (moment.without, -1)] {
            let whether = |end: u32| i64::from(end == outcome);
            let halves = weight * sign * (whether(moment.after) - whether(moment.from));
            let known = self.outcomes.get_mut(outcome as usize);
            if let (Some(known), true) = (known, halves != 0) {
                known.now.is_empty = false;
                known.now.by_time[cell] += halves;
                if let Some(source) = source {
                    known.now.by_source[source] += halves;
                    known.now.by_both[source * self.cells + cell] += halves;
                }
            }
        }
    }

    /// What settled the outcomes. The last of them is that none came, which is left out if it never happened.
    pub fn finish(self, sources: Vec<LuckSource>, one_in: u32) -> WhatSettled {
        let WhyTally { cells, trials, replays, mut outcomes, .. } = self;
        if outcomes.last().is_some_and(|none| none.ended == 0) {
            outcomes.pop();
        }
        let outcomes =
            outcomes.into_iter().map(|own| own.finish(trials, (&sources, cells, one_in))).collect();
        WhatSettled { trials, sources, cells: cells as u32, outcomes, replays }
    }
}

impl Joinable for WhyTally {
    fn join(&mut self, later: Self) {
        self.trials += later.trials;
        self.replays += later.replays;
        self.outcomes.iter_mut().zip(later.outcomes).for_each(|(own, later)| own.join(later));
    }
}

impl OutcomeTally {
    /// Joins the sums of other trials.
    fn join(&mut self, other: Self) {
        self.ended += other.ended;
        for (own, other) in [
            (&mut self.by_source, other.by_source),
            (&mut self.by_time, other.by_time),
            (&mut self.until, other.until),
            (&mut self.by_both, other.by_both),
        ] {
            own.iter_mut().zip(other).for_each(|(own, other)| own.join(other));
        }
    }

    /// Adds the present trial to the sums: whether it ended in this outcome.
    fn close(&mut self, ended: bool) {
        if self.now.is_empty {
            return;
        }
        self.now.is_empty = true;
        let mut so_far = 0;
        for (until, halves) in self.until.iter_mut().zip(&self.now.by_time) {
            so_far += halves;
            until.add(so_far, ended);
        }
        for (sums, halves) in [
            (&mut self.by_source, &mut self.now.by_source),
            (&mut self.by_time, &mut self.now.by_time),
            (&mut self.by_both, &mut self.now.by_both),
        ] {
            sums.iter_mut().zip(halves.iter()).for_each(|(sum, own)| sum.add(*own, ended));
            halves.fill(0);
        }
    }

    fn finish(
        self,
        trials: u64,
        (sources, cells, one_in): (&[LuckSource], usize, u32),
    ) -> OutcomeSettled {
        let of = EndedTrials { ended: self.ended, trials };
        let parts = |sums: &[SettledSums], unit: &dyn Fn(usize) -> u32| {
            let parts = sums.iter().enumerate().map(|(at, sums)| sums.part(of, unit(at)));
            parts.collect::<Option<Vec<SettledPart>>>()
        };
        let of_source = |at: usize| weight(sources[at], one_in);
        // The first cell is what is drawn once per trial, unless nothing is.
        let of_time = |at: usize| if at == 0 { 1 } else { one_in };
        let told = || {
            let until = parts(&self.until, &of_time)?;
            let estimates = |sums: &[SettledSums]| -> Option<Vec<f64>> {
                sums.iter().map(|sums| sums.estimate(of)).collect()
            };
            let by_both =
                self.by_both.chunks_exact(cells).map(estimates).collect::<Option<Vec<_>>>();
            Some(SettledParts {
                by_source: parts(&self.by_source, &of_source)?,
                by_time: parts(&self.by_time, &of_time)?,
                by_source_and_time: by_both?,
                sum: *until.last()?,
                half_settled: half(&until),
            })
        };
        OutcomeSettled { share: of.share(), ended: self.ended, parts: told() }
    }
}

/// For how many moments one that was looked at stands.
fn weight(source: LuckSource, one_in: u32) -> u32 {
    if source == LuckSource::Assumptions { 1 } else { one_in }
}

/// The first and the last cell of time in which what is settled until then may pass one half; `None` where it
/// cannot be told that it ever does.
fn half(until: &[SettledPart]) -> Option<(u32, u32)> {
    let first = until.iter().position(|part| part.high >= 0.5)?;
    let last = until.iter().position(|part| part.low >= 0.5)?;
    Some((first as u32, last as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trials of a game in which one moment, of the laws in step 0, decides between two outcomes: the forks of
    /// each trial as they are by the four ways in which the real and the other luck can fall.
    fn one_moment(trials: usize) -> ForkedBlock {
        let mut block = ForkedBlock::default();
        for row in 0..trials {
            let (own, other) = (row as u32 % 2, row as u32 / 2 % 2);
            block.outcomes.push(own);
            if own != other {
                let source = LuckSource::Laws;
                let (without, after, from) = (other, own, other);
                block.moments.push(ForkedMoment { row, cell: 1, source, without, after, from });
            }
        }
        block
    }

    #[test]
    fn a_single_moment_settles_all() {
        let mut tally = WhyTally::new(3, vec![LuckSource::Order, LuckSource::Laws], 3, 1);
        tally.add(&one_moment(4_000));
        tally.add(&one_moment(400));
        let told = tally.finish(vec![LuckSource::Order, LuckSource::Laws], 1);
        assert_eq!((told.trials, told.outcomes.len()), (4_400, 2));
        for outcome in &told.outcomes {
            assert_eq!((outcome.ended, outcome.share), (2_200, 0.5));
            let parts = outcome.parts.as_ref().expect("enough ended either way");
            let [order, laws] = parts.by_source[..] else { panic!("two sources") };
            assert_eq!(order.part, 0.0);
            assert!((laws.part - 1.0).abs() < 1e-3 && laws.low < 1.0 && 1.0 < laws.high);
            assert_eq!(parts.by_time[1], laws);
            assert_eq!((parts.sum, parts.half_settled), (laws, Some((1, 1))));
            assert_eq!(parts.by_source_and_time[1], [0.0, laws.part, 0.0]);
        }
    }

    #[test]
    fn an_outcome_that_hardly_ever_came_is_not_told() {
        let mut tally = WhyTally::new(2, vec![LuckSource::Laws], 1, 1);
        let outcomes = (0..100).map(|trial| u32::from(trial % 10 == 0)).collect();
        tally.add(&ForkedBlock { outcomes, ..ForkedBlock::default() });
        let told = tally.finish(vec![LuckSource::Laws], 1);
        assert_eq!(told.outcomes.iter().map(|one| one.ended).collect::<Vec<_>>(), [90, 10]);
        assert!(told.outcomes.iter().all(|one| one.parts.is_none()));
    }
}
