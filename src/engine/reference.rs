//! The reference interpreter: plays one trial at a time, as section by section
//! in `docs/model.md`. It is the definition of what a scenario means.

use std::cell::RefCell;

use indexmap::IndexMap;

use super::address::AddressKeys;
use super::coupling::{Coupled, Coupling};
use super::listener::Listener;
use super::numerical_error::{Computed, NumericalError};
use super::other_imaginations::OtherImaginations;
use super::perspective::{Clamps, Perspective};
use super::random_source::RealSource;
use super::real_player::RealPlayer;
use super::reused_numbers::NumberStore;
use super::sampling::{GivenNumbers, InputNumbers, Sampling};
use super::situation::Situation;
use super::step::whole_step;
use super::thinker::Thinker;
use super::trial_block::{CountedOption, Recording, TrialBlock, counted_options};
use super::trial_numbers::{SettlingSource, TrialNumbers};
use super::workspace::Workspace;
use crate::formula::exact;
use crate::model::{ActorId, Forced, Input, Model};

/// Plays trials of a model under a seed.
#[derive(Debug)]
pub struct Reference<'m> {
    pub(super) model: &'m Model,
    pub(super) keys: AddressKeys,
    inputs: Vec<Input>,
    pub(super) input_numbers: InputNumbers,
    pub(super) play: u16,
    pub(super) coupling: Coupling,
    utilities: bool,
    recording: Recording,
    windows: Vec<Forced>,
    pub(super) listed: Vec<ActorId>,
    rows: IndexMap<(usize, usize, Option<usize>), usize>,
}

impl<'m> Reference<'m> {
    /// An interpreter for a model and a seed.
    pub fn new(model: &'m Model, seed: u64) -> Self {
        let rows = counted_options(model)
            .into_iter()
            .enumerate()
            .map(|(index, CountedOption { actor, track, action })| ((actor, track, action), index))
            .collect();
        Reference {
            model,
            keys: AddressKeys::new(model, seed),
            inputs: model.inputs(),
            input_numbers: InputNumbers::random(),
            play: 0,
            coupling: Coupling::default(),
            utilities: false,
            recording: Recording::default(),
            windows: model.rules.forced.clone(),
            listed: (0..model.actors.len() as u32).map(ActorId).collect(),
            rows,
        }
    }

    /// The model that is played.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The same trials with fresh luck: repeat `play` has the assumptions of the
    /// trial and chances, choices and imaginations of its own. Repeat 0 is the
    /// trial itself.
    #[must_use]
    pub fn repeat(self, play: u16) -> Self {
        Reference { play, ..self }
    }

    /// Spreads what is drawn once per trial over the trials in another way, but for inputs whose
    /// numbers are given.
    #[must_use]
    pub fn sampled(self, sampling: Sampling, given: GivenNumbers) -> Self {
        let input_numbers = InputNumbers::new(self.model, &self.keys, sampling, given);
        self.with_inputs(input_numbers)
    }

    /// Takes the numbers of the inputs from here.
    pub(super) fn with_inputs(self, input_numbers: InputNumbers) -> Self {
        Reference { input_numbers, ..self }
    }

    /// The same model with luck shared in another way, for measurement: see [`Coupling`].
    #[doc(hidden)]
    #[must_use]
    pub fn coupled(self, coupling: Coupling) -> Self {
        Reference { coupling, ..self }
    }

    /// Also computes every actor's utility at the end of each trial.
    #[must_use]
    pub fn with_utilities(self) -> Self {
        Reference { utilities: true, ..self }
    }

    /// Records this of the trials: everything, unless another [`Recording`] is asked for.
    #[must_use]
    pub fn recording(self, recording: Recording) -> Self {
        Reference { recording, ..self }
    }

    /// Also counts how often these actions are taken inside their windows. Those that the policy
    /// forces are counted always.
    #[must_use]
    pub fn counting(mut self, windows: &[Forced]) -> Self {
        self.windows.extend_from_slice(windows);
        self
    }

    /// Plays the trials `first..first + len`.
    ///
    /// `carry_on` is asked before each trial; once it says no, the rest is not played and `None`
    /// is returned.
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
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        self.block_at(first, len, carry_on, &mut workspace, &mut [])
    }

    /// How many whole imagined steps the trials `first..first + len` ask for, for measurement:
    /// every step after the real one that is begun, in every imagined play of every option and
    /// vote.
    ///
    /// # Errors
    ///
    /// See [`Reference::block`].
    #[doc(hidden)]
    pub fn imagined_steps(&self, first: u64, len: usize) -> Result<u64, Box<NumericalError>> {
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        self.block_at(first, len, &|| true, &mut workspace, &mut [])?;
        Ok(workspace.imagined_steps)
    }

    /// Plays the trials `first..first + len`, and decides each of their choices and votes, in its
    /// situation and with its random numbers, with other numbers of imagined plays as well, for
    /// measurement. Not for a run that shares luck in another way than by addresses.
    ///
    /// # Errors
    ///
    /// See [`Reference::block`].
    #[doc(hidden)]
    pub fn with_other_imaginations(
        &self,
        first: u64,
        len: usize,
        others: &mut [OtherImaginations<'_>],
    ) -> Result<(), Box<NumericalError>> {
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        self.block_at(first, len, &|| true, &mut workspace, others).map(|_| ())
    }

    fn block_at(
        &self,
        first: u64,
        len: usize,
        carry_on: &dyn Fn() -> bool,
        workspace: &mut Workspace<'_>,
        others: &mut [OtherImaginations<'_>],
    ) -> Result<Option<TrialBlock>, Box<NumericalError>> {
        let mut block = self.empty_block(first, len);
        let clamps = self.no_clamps();
        let mut numbers = TrialNumbers::default();
        let mut at = Situation::default();
        for row in 0..len {
            if !carry_on() {
                return Ok(None);
            }
            let trial = first + row as u64;
            let block = &mut block;
            let listener = &mut Listener::Nobody;
            let thinker = None;
            let mut trial_play =
                Trial { of: self, trial, row, block, workspace, others, listener, thinker };
            trial_play.play(&mut numbers, &mut at, &clamps).map_err(|mut error| {
                error.trial = trial;
                error
            })?;
        }
        let clamps = clamps.into_inner();
        block.assigned = clamps.assigned;
        block.clamped = clamps.clamped;
        Ok(Some(block))
    }

    /// An interpreter of the same trials.
    pub(super) fn again(&self) -> Self {
        let again = Reference::new(self.model, 0).repeat(self.play);
        let again = again.with_inputs(self.input_numbers.clone());
        Reference { keys: self.keys.clone(), ..again }
    }

    /// The numbers of the inputs where these are given.
    pub(super) fn inputs_from(&self, given: GivenNumbers) -> InputNumbers {
        InputNumbers::new(self.model, &self.keys, Sampling::Random, given)
    }

    /// The row in the counts of moves that each option has.
    pub(super) fn rows(&self) -> &IndexMap<(usize, usize, Option<usize>), usize> {
        &self.rows
    }

    /// Makes a situation that before the first step, with the truth of a trial.
    pub(super) fn start(&self, view: &Perspective<'_>, at: &mut Situation) -> Computed<()> {
        let model = self.model;
        test_ranges(view, at)?;
        at.blank(model.states.len(), model.happenings.len(), model.rules.forced.len());
        for (state, start) in model.truth.starts.iter().enumerate() {
            at.state[state] = view.clamped(state, view.param(*start));
        }
        view.test_ends(at)
    }

    /// No assignments yet.
    pub(super) fn no_clamps(&self) -> RefCell<Clamps> {
        let none = vec![0; self.model.states.len()];
        RefCell::new(Clamps { assigned: none.clone(), clamped: none })
    }

    /// A block with room for what is recorded of trials.
    pub(super) fn empty_block(&self, first: u64, len: usize) -> TrialBlock {
        let store = NumberStore::default();
        let mut block = TrialBlock::new(self.model, first, len, self.recording, &store);
        if self.utilities {
            block.utilities = vec![0.0; self.model.actors.len() * len];
        }
        block.inputs = vec![0.0; self.inputs.len() * len];
        block.in_windows = vec![0; self.windows.len() * len];
        block
    }
}

/// One trial being played.
pub(super) struct Trial<'a, 'm, 'd, 'o, 't> {
    pub of: &'a Reference<'m>,
    pub trial: u64,
    /// Its row in the block.
    pub row: usize,
    pub block: &'a mut TrialBlock,
    pub workspace: &'a mut Workspace<'d>,
    pub others: &'a mut [OtherImaginations<'o>],
    pub listener: &'a mut Listener,
    /// Who thinks for the actors, if somebody does it sooner than the interpreter.
    pub thinker: Option<&'a mut (dyn Thinker + 't)>,
}

/// The truth in a trial with these numbers.
pub(super) fn truth<'a>(
    model: &'a Model,
    numbers: &'a TrialNumbers,
    clamps: Option<&'a RefCell<Clamps>>,
) -> Perspective<'a> {
    Perspective {
        model,
        program: &model.truth,
        params: &numbers.truth,
        rules: Some(&model.rules),
        mind: None,
        clamps,
    }
}

/// Stops at a range whose ends are formulas and turn out to be swapped.
fn test_ranges(view: &Perspective<'_>, at: &Situation) -> Computed<()> {
    for (low, high) in view.program.ranges.iter().flatten() {
        let (lowest, highest) = (view.param(*low), view.param(*high));
        if lowest > highest {
            let rule = view.program.params.iter().find(|rule| rule.id == *low);
            let rule = rule.expect("every range has its rule");
            let (low, high) = (exact(lowest), exact(highest));
            let problem = format!("the range is from {low} to {high}, its ends swapped");
            let mut error = view.numerical_error(&rule.formula, at, problem);
            error.step = None;
            return Err(error);
        }
    }
    Ok(())
}

impl<'d> Trial<'_, '_, 'd, '_, '_> {
    /// Plays it, from its assumptions to its outcome.
    pub fn play(
        &mut self,
        numbers: &mut TrialNumbers,
        at: &mut Situation,
        clamps: &RefCell<Clamps>,
    ) -> Computed<()> {
        let model = self.of.model;
        // Repeats of a trial share its assumptions.
        let random = RealSource { keys: &self.of.keys, trial: self.trial, play: 0 };
        let mut source = SettlingSource { random, inputs: &self.of.input_numbers };
        numbers.draw(model, &mut source)?;
        for (column, input) in self.of.inputs.iter().enumerate() {
            self.block.inputs[column * self.block.len + self.row] =
                numbers.input(model, input, &mut source);
        }
        let view = truth(model, numbers, Some(clamps));
        for (column, assumption) in model.assumptions.iter().enumerate() {
            self.block.assumptions[column * self.block.len + self.row] =
                numbers.truth[assumption.param.0 as usize];
        }
        self.of.start(&view, at)?;
        self.record(&view, at, 0)?;
        let (of, keys) = (self.of, self.workspace.keys);
        let mut source = Coupled::new(of.coupling, keys, self.trial, of.play);
        let rows = self.play_on(&view, numbers, at, &mut source)?;
        self.keep_last(rows);
        if self.of.utilities {
            for actor in 0..model.actors.len() {
                let utility = view.utility(ActorId(actor as u32), at)?;
                self.block.utilities[actor * self.block.len + self.row] = utility;
            }
        }
        self.finish(&view, at)
    }

    /// Plays its steps from a situation in which one begins, to the end. Returns how many rows of state and
    /// measures there are, that of the start among them.
    pub fn play_on(
        &mut self,
        view: &Perspective<'_>,
        numbers: &TrialNumbers,
        at: &mut Situation,
        source: &mut Coupled<'d>,
    ) -> Computed<usize> {
        let (model, of) = (self.of.model, self.of);
        let steps = model.truth.steps;
        let mut rows = at.step as usize + 1;
        while at.ended.is_none() && at.step < steps {
            if !self.listener.begins(at) {
                break;
            }
            let mut real = RealPlayer {
                model,
                keys: &of.keys,
                rows: &of.rows,
                windows: &of.windows,
                notes_choices: of.recording.notes_choices(self.trial),
                trial: self.trial,
                row: self.row,
                numbers,
                source,
                block: self.block,
                workspace: self.workspace,
                others: self.others,
                listener: self.listener,
                fully: false,
                thinker: self.thinker.as_deref_mut(),
            };
            whole_step(view, at, &mut real, &of.listed)?;
            self.note_firsts(at);
            self.record(view, at, rows)?;
            rows += 1;
            if at.ended.is_some() || at.step + 1 == steps {
                break;
            }
            at.step += 1;
        }
        Ok(rows)
    }

    /// Notes what happened in this step for the first time.
    fn note_firsts(&mut self, at: &Situation) {
        for (what, count) in at.counts.iter().enumerate() {
            let first = &mut self.block.firsts[what * self.block.len + self.row];
            if *count > 0 && first.is_none() {
                *first = Some(at.step);
            }
        }
    }

    /// Records the state and the measures at row `row` of the trial, if all rows are recorded; the last
    /// that is recorded stays.
    fn record(&mut self, view: &Perspective<'_>, at: &Situation, row: usize) -> Computed<()> {
        let model = view.model;
        let (rows, len) = (self.block.rows, self.block.len);
        let row = row.min(rows - 1);
        for (column, value) in at.state.iter().enumerate() {
            self.block.series[(column * rows + row) * len + self.row] = *value;
        }
        for (index, measure) in model.truth.measures.iter().enumerate() {
            let column = model.states.len() + index;
            let value = view.number(measure, at)?;
            self.block.series[(column * rows + row) * len + self.row] = value;
        }
        Ok(())
    }

    /// After an early end, columns keep their last value.
    fn keep_last(&mut self, from: usize) {
        let (rows, len) = (self.block.rows, self.block.len);
        let from = from.min(rows);
        let columns = self.block.series.len() / (rows * len);
        for column in 0..columns {
            let at = |row: usize| (column * rows + row) * len + self.row;
            let last = self.block.series[at(from - 1)];
            for row in from..rows {
                self.block.series[at(row)] = last;
            }
        }
    }

    /// Notes how it ended.
    pub fn finish(&mut self, view: &Perspective<'_>, at: &Situation) -> Computed<()> {
        let outcome = match at.ended {
            Some(outcome) => outcome,
            None => {
                let mut held = view.program.outcomes.len();
                for (index, outcome) in view.program.outcomes.iter().enumerate() {
                    if view.number(&outcome.when, at)? != 0.0 {
                        held = index;
                        break;
                    }
                }
                held as u32
            }
        };
        self.block.outcomes[self.row] = outcome;
        self.block.end_steps[self.row] = at.step;
        Ok(())
    }
}
