//! Trials and their forks, from start to outcome.

use std::ops::Range;
use std::sync::Arc;

use super::halted::Halted;
use super::waiting::{ForkSlot, Waiting, WaitingFork};
use crate::engine::forked_trial::{ForkedBlock, ForkedTrial, OTHER_LUCK};
use crate::engine::lanes::Lanes;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::lane_forks::{Forkable, Forking};
use crate::engine::lanes::run::scratch::Scratch;
use crate::engine::lanes::run::situations::Situations;

/// The outcome of a fork that is known to go on as its trial does, while that of the trial is not known yet.
pub(super) const AS_ITS_TRIAL: u32 = u32::MAX;

/// Trials side by side, and what is known of their forks.
pub(super) struct ForkedRows<'a, 'm> {
    pub lanes: &'a Lanes<'m>,
    pub forkable: Arc<Forkable>,
    pub trials: Range<u64>,
    /// What is settled once per trial, trial by trial, then what other luck settles.
    pub settled: Situations,
    /// The situations in which each step of the trials began.
    pub begun: Vec<Situations>,
    /// Whether each trial went on to each step.
    pub going: Vec<Vec<bool>>,
    forked: Vec<ForkedTrial>,
    /// The ends of the plays that are wanted of each trial.
    ends: Vec<Vec<u32>>,
    all_other: Vec<Option<u32>>,
}

/// The beginning of plays, before the first step.
pub(super) struct Beginning {
    pub settled: Situations,
    pub situations: Situations,
    /// The outcome of each play; `None` where it goes on to a step.
    pub outcomes: Vec<Option<u32>>,
}

impl<'a, 'm> ForkedRows<'a, 'm> {
    /// Nothing played yet of these trials.
    pub fn new(lanes: &'a Lanes<'m>, forkable: Arc<Forkable>, trials: Range<u64>) -> Self {
        let count = (trials.end - trials.start) as usize;
        ForkedRows {
            lanes,
            forkable,
            trials,
            settled: Situations::default(),
            begun: Vec::new(),
            going: Vec::new(),
            forked: vec![ForkedTrial::default(); count],
            ends: Vec::new(),
            all_other: vec![None; count],
        }
    }

    /// How many trials there are.
    pub fn count(&self) -> usize {
        self.forked.len()
    }

    /// Plays the trials and their forks.
    pub fn play(
        &mut self,
        f: &mut Frame,
        scratch: &mut Scratch,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<(), Halted> {
        let count = self.count();
        // Repeats of a trial share its assumptions.
        let own = self.beginning(f, 0, true, scratch)?;
        self.settled = own.settled;
        for (row, outcome) in own.outcomes.iter().enumerate() {
            self.forked[row].outcome = outcome.unwrap_or(AS_ITS_TRIAL);
        }
        self.going.push(own.outcomes.iter().map(Option::is_none).collect());
        self.begun.push(own.situations);
        let mut elsewhere = Waiting::default();
        if self.lanes.model.draws_assumptions() {
            let other = self.beginning(f, OTHER_LUCK, false, scratch)?;
            for row in 0..count {
                self.settled.push_from(&other.settled, row);
                let fork = WaitingFork { row, settled: count + row, slot: ForkSlot::Assumed };
                match other.outcomes[row] {
                    Some(outcome) => {
                        self.note(fork, outcome);
                        self.all_other[row] = Some(outcome);
                    }
                    None => {
                        elsewhere.forks.push(fork);
                        elsewhere.situations.push_from(&other.situations, row);
                    }
                }
            }
        }
        self.fork_each(f, elsewhere.clone(), scratch, carry_on)?;
        self.fork_from(f, elsewhere, scratch, carry_on)
    }

    /// Plays the trials, and a fork at each of their moments, with other luck at that moment alone; and the trials
    /// that begin elsewhere.
    fn fork_each(
        &mut self,
        f: &mut Frame,
        mut waiting: Waiting,
        scratch: &mut Scratch,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<(), Halted> {
        for step in 0..self.lanes.steps {
            let going = &self.going[step as usize];
            let rows: Vec<usize> = (0..self.count()).filter(|row| going[*row]).collect();
            if rows.is_empty() && waiting.forks.is_empty() {
                break;
            }
            if !carry_on() {
                return Err(Halted::Interrupted);
            }
            let joined = self.fork_step(f, step, &rows, Forking::Each, scratch)?;
            waiting = self.play_on(f, step, waiting, self.lanes.play, scratch)?;
            for (fork, lane) in joined.forks.iter().zip(0..) {
                waiting.forks.push(*fork);
                waiting.situations.push_from(&joined.situations, lane);
            }
        }
        for trial in &mut self.forked {
            let outcome = trial.outcome;
            let own = trial.without.iter_mut().chain(&mut trial.assumed);
            own.filter(|end| **end == AS_ITS_TRIAL).for_each(|end| *end = outcome);
        }
        Ok(())
    }

    /// Plays the forks that are wanted with other luck from a moment on.
    fn fork_from(
        &mut self,
        f: &mut Frame,
        elsewhere: Waiting,
        scratch: &mut Scratch,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<(), Halted> {
        let wanted: Vec<Vec<usize>> = self.forked.iter().map(ForkedTrial::wanted).collect();
        self.ends = wanted.iter().map(|wanted| vec![0; wanted.len()]).collect();
        let mut waiting = Waiting::default();
        for (at, fork) in elsewhere.forks.iter().enumerate() {
            if self.forked[fork.row].wants_all_other() {
                waiting.forks.push(WaitingFork { slot: ForkSlot::AllOther, ..*fork });
                waiting.situations.push_from(&elsewhere.situations, at);
            }
        }
        for step in 0..self.lanes.steps {
            let of_step = |row: usize| -> Vec<u32> {
                let moments = wanted[row].iter().map(|at| self.forked[row].visited[*at]);
                moments.filter(|own| own.step == step).map(|own| own.moment).collect()
            };
            let moments = (0..self.count()).map(|row| (row, of_step(row)));
            let (rows, moments): (Vec<usize>, Vec<Vec<u32>>) =
                moments.filter(|(_, moments)| !moments.is_empty()).unzip();
            if rows.is_empty() && waiting.forks.is_empty() {
                continue;
            }
            if !carry_on() {
                return Err(Halted::Interrupted);
            }
            let joined = self.fork_step(f, step, &rows, Forking::From(moments), scratch)?;
            waiting = self.play_on(f, step, waiting, OTHER_LUCK, scratch)?;
            for (fork, lane) in joined.forks.iter().zip(0..) {
                waiting.forks.push(*fork);
                waiting.situations.push_from(&joined.situations, lane);
            }
        }
        Ok(())
    }

    /// The trial of a row.
    pub fn forked(&mut self, row: usize) -> &mut ForkedTrial {
        &mut self.forked[row]
    }

    /// Notes how a fork ended.
    pub fn note(&mut self, fork: WaitingFork, outcome: u32) {
        let trial = &mut self.forked[fork.row];
        match fork.slot {
            ForkSlot::Assumed => trial.assumed = Some(outcome),
            ForkSlot::Without(at) => trial.without[at] = outcome,
            ForkSlot::From(at) => self.ends[fork.row][at] = outcome,
            ForkSlot::AllOther => self.all_other[fork.row] = Some(outcome),
        }
    }

    /// Adds what was found to a block.
    pub fn add_to(&self, block: &mut ForkedBlock) {
        for ((trial, ends), all_other) in self.forked.iter().zip(&self.ends).zip(&self.all_other) {
            trial.add_to(block, ends, all_other.filter(|_| trial.wants_all_other()));
        }
    }
}
