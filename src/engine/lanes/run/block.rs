//! Trials side by side from start to outcome.

use super::frame::Frame;
use super::play::{LanesPlayer, RuledProgram};
use super::record::Record;
use super::scratch::Scratch;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::numerical_error::NumericalError;
use crate::engine::reference::Reference;
use crate::engine::sampling::{GivenNumbers, InputNumbers, Sampling};
use crate::engine::situation::is_last;
use crate::engine::trial_block::TrialBlock;
use crate::formula::Happening;

impl<'m> Lanes<'m> {
    /// Plays the trials `first..first + len`.
    ///
    /// `carry_on` is asked before each step; once it says no, `None` is returned.
    ///
    /// # Errors
    ///
    /// The numerical error of the lowest trial that has one.
    pub fn block(
        &self,
        first: u64,
        len: usize,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<TrialBlock>, Box<NumericalError>> {
        let mut f = Frame::take();
        let mut scratch = self.take_scratch();
        let played = self.play_block(first, len, carry_on, &mut f, &mut scratch);
        let suspects = f.any(self.cpu, self.single(Single::Suspect)).then(|| self.suspects(&f));
        f.give_back();
        self.give_scratch_back(scratch);
        match (played, suspects) {
            (Some(_), Some(suspects)) => self.by_reference(first, len, &suspects, carry_on),
            (block, _) => Ok(block),
        }
    }

    /// Room for what a thread works with.
    pub(in crate::engine::lanes) fn take_scratch(&self) -> Scratch {
        let room = self.spares.lock().ok().and_then(|mut spares| spares.pop());
        room.unwrap_or_else(|| Scratch::new(self.model))
    }

    /// Takes room back that is no longer needed.
    pub(in crate::engine::lanes) fn give_scratch_back(&self, scratch: Scratch) {
        if let Ok(mut spares) = self.spares.lock() {
            spares.push(scratch);
        }
    }

    fn suspects(&self, f: &Frame) -> Vec<u64> {
        let suspects = f.trials.iter().zip(f.get(self.single(Single::Suspect)));
        suspects.filter(|(_, suspect)| **suspect != 0.0).map(|(trial, _)| *trial).collect()
    }

    /// The reference interpreter that plays the same trials.
    pub(in crate::engine) fn reference(&self) -> Reference<'m> {
        let reference = Reference::new(self.model, self.seed).repeat(self.play);
        reference.with_inputs(self.input_numbers.clone())
    }

    /// The numbers of the inputs where these are given.
    pub(in crate::engine) fn inputs_from(&self, given: GivenNumbers) -> InputNumbers {
        InputNumbers::new(self.model, &self.keys, Sampling::Random, given)
    }

    /// Plays a block with the reference interpreter, those trials first in which there may have
    /// been a numerical error, so that such an error is soon found.
    fn by_reference(
        &self,
        first: u64,
        len: usize,
        suspects: &[u64],
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<TrialBlock>, Box<NumericalError>> {
        let reference = self.reference().recording(self.recording);
        let reference = if self.utilities { reference.with_utilities() } else { reference };
        let asked_for = &self.windows[self.layout.forced..];
        let reference = reference.counting(asked_for);
        for trial in suspects {
            if reference.block(*trial, 1, carry_on)?.is_none() {
                return Ok(None);
            }
        }
        reference.block(first, len, carry_on)
    }

    fn play_block(
        &self,
        first: u64,
        len: usize,
        carry_on: &dyn Fn() -> bool,
        f: &mut Frame,
        scratch: &mut Scratch,
    ) -> Option<TrialBlock> {
        f.resize(self.columns, len);
        f.level = 0;
        f.trials.clear();
        f.trials.extend(first..first + len as u64);
        let mut block = TrialBlock::new(self.model, first, len, self.recording, &self.recorded);
        block.in_windows = vec![0; self.windows.len() * len];
        self.blank(f);
        self.settle(f, &mut block, scratch);
        let mut record = Record::new(block, self.recording, self.rows.clone(), self.cpu);
        let view = RuledProgram { plan: &self.plans[0], rules: Some(&self.model.rules) };
        let within = self.single(Single::Within);
        self.begin_trials(f, view, scratch);
        f.set_all(within);
        let states: Vec<usize> = (0..self.layout.states).collect();
        record.assigned(f, within, &states, &self.layout);
        self.record(f, view, &mut record.block, 0, scratch);

        let active = self.single(Single::Active);
        let mut row = 1;
        for step in 0..self.steps {
            if !f.any(self.cpu, active) {
                break;
            }
            if !carry_on() {
                return None;
            }
            self.set_step(f, step);
            let alive = f.get(active).to_vec();
            self.whole_step(f, view, &mut LanesPlayer::Real(&mut record), scratch);
            f.get_mut(within).copy_from_slice(&alive);
            self.record(f, view, &mut record.block, row, scratch);
            for (end, alive) in record.block.end_steps.iter_mut().zip(&alive) {
                if *alive != 0.0 {
                    *end = step;
                }
            }
            row += 1;
        }
        self.first_of_items(&mut record);
        let mut block = record.finish();
        self.keep_last(&mut block, row);
        self.finish(f, view, &mut block, scratch);
        Some(block)
    }

    /// Sets the state at the start, and ends the trials that have an early outcome there.
    pub(in crate::engine::lanes) fn begin_trials(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        scratch: &mut Scratch,
    ) {
        f.set_all(self.single(Single::Within));
        self.run(&view.plan.start, f, scratch);
        self.run(&view.plan.ends, f, scratch);
    }

    /// Makes every lane the moment before the first step, in which nothing has happened.
    pub(in crate::engine::lanes) fn blank(&self, f: &mut Frame) {
        self.set_step(f, 0);
        f.set_all(self.single(Single::Active));
        f.fill(self.single(Single::Bound), 0.0);
        f.fill(self.single(Single::Ended), -1.0);
        f.fill(self.single(Single::Suspect), 0.0);
        for what in (0..self.layout.happenings as u32).map(Happening) {
            f.fill(self.layout.latest(what), -1.0);
            f.fill(self.layout.count(what), 0.0);
            f.fill(self.layout.accepted(what), 0.0);
        }
        for rule in 0..self.layout.forced {
            f.fill(self.layout.before(rule), 0.0);
        }
    }

    /// Draws and computes what is settled once per trial.
    fn settle(&self, f: &mut Frame, block: &mut TrialBlock, scratch: &mut Scratch) {
        // Repeats of a trial share its assumptions.
        self.settle_numbers(f, 0, true, scratch);
        f.play = self.play;
        for column in &self.settling.inputs {
            block.inputs.extend_from_slice(f.get(*column));
        }
        let columns = block.assumptions.chunks_exact_mut(block.len.max(1));
        for (values, column) in columns.zip(&self.settling.assumptions) {
            values.copy_from_slice(f.get(*column));
        }
    }

    /// Draws what is settled once per trial in a repeat of the trials, and computes what follows from it: by the
    /// numbers that inputs are given, or by those of their addresses alone.
    pub(in crate::engine::lanes) fn settle_numbers(
        &self,
        f: &mut Frame,
        play: u16,
        given: bool,
        scratch: &mut Scratch,
    ) {
        f.set_all(self.single(Single::Within));
        f.play = play;
        f.settling = given;
        self.run(&self.settling.tape, f, scratch);
        f.settling = false;
        for plan in &self.plans {
            self.run(&plan.trial, f, scratch);
        }
    }

    /// Records state and measures at a row, or instead of the row before if only one is recorded, for
    /// the lanes of `Within`; the others keep what they had.
    fn record(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        block: &mut TrialBlock,
        row: usize,
        scratch: &mut Scratch,
    ) {
        let within = self.single(Single::Within);
        let (rows, len) = (block.rows, block.len);
        let is_first = row == 0;
        let (row, before) = (row.min(rows - 1), row.saturating_sub(1).min(rows - 1));
        for state in 0..self.layout.states {
            let at = (state * rows + row) * len;
            block.series[at..at + len].copy_from_slice(f.get(self.layout.state(state)));
        }
        self.run(&view.plan.measures, f, scratch);
        for measure in 0..self.model.measures.len() {
            let at = |row: usize| ((self.layout.states + measure) * rows + row) * len;
            let (at, before) = (at(row), at(before));
            let values = f.get(self.layout.measure(measure));
            for (lane, (value, within)) in values.iter().zip(f.get(within)).enumerate() {
                let is_own = is_first || *within != 0.0;
                block.series[at + lane] = if is_own { *value } else { block.series[before + lane] };
            }
        }
    }

    /// An action with a menu first happened when the first of its items did.
    fn first_of_items(&self, record: &mut Record) {
        for action in self.model.truth.actors.iter().flat_map(|actor| &actor.actions) {
            if let Some(item) = &action.item {
                record.first_of_item(action.what, item.what);
            }
        }
    }

    /// After all trials have ended, columns keep their last value.
    fn keep_last(&self, block: &mut TrialBlock, from: usize) {
        let rows = block.rows;
        for column in block.series.chunks_exact_mut((rows * block.len).max(1)) {
            for row in from..rows {
                column.copy_within((row - 1) * block.len..row * block.len, row * block.len);
            }
        }
    }

    /// Sets the step of each lane.
    pub(in crate::engine::lanes) fn set_steps(&self, f: &mut Frame, steps: &[u32]) {
        let (step, last) = (self.single(Single::Step), self.single(Single::Last));
        for (lane, own) in steps.iter().enumerate() {
            f.get_mut(step)[lane] = f64::from(*own);
            f.get_mut(last)[lane] = f64::from(u8::from(is_last(*own, self.steps)));
            for (part, values) in &self.days {
                f.get_mut(self.layout.day_part(*part))[lane] = values[*own as usize];
            }
        }
    }

    /// The outcome of each lane, after the last step of those that are active.
    pub(in crate::engine::lanes) fn outcomes(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        scratch: &mut Scratch,
    ) -> Vec<f64> {
        f.copy(self.single(Single::Active), self.single(Single::Within));
        self.run(&view.plan.outcome, f, scratch);
        let both = f.get(self.single(Single::Ended)).iter().zip(f.get(self.single(Single::Ending)));
        both.map(|(ended, held)| if *ended >= 0.0 { *ended } else { *held }).collect()
    }

    /// Outcomes, and utilities where they are asked for.
    fn finish(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        block: &mut TrialBlock,
        scratch: &mut Scratch,
    ) {
        self.set_steps(f, &block.end_steps);
        let within = self.single(Single::Within);
        if self.utilities {
            block.utilities = vec![0.0; self.model.actors.len() * block.len];
            for (who, actor) in view.plan.actors.iter().enumerate() {
                f.set_all(within);
                self.run(&actor.utility, f, scratch);
                let utility = f.get(self.single(Single::Utility));
                block.utilities[who * block.len..(who + 1) * block.len].copy_from_slice(utility);
            }
        }
        let outcomes = self.outcomes(f, view, scratch);
        for (own, outcome) in block.outcomes.iter_mut().zip(outcomes) {
            *own = outcome as u32;
        }
    }
}
