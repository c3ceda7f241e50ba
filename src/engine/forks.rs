//! A trial told moment by moment, and its futures: what could have come after any of its moments, with other
//! luck.

use std::ops::RangeInclusive;

use super::coupling::Coupled;
use super::course::TrialCourse;
use super::held::held_since;
use super::listener::{Chronicler, Departure, Listener};
use super::numerical_error::NumericalError;
use super::random_source::RealSource;
use super::reference::{Reference, Trial, truth};
use super::situation::Situation;
use super::thinker::Thinker;
use super::trial_numbers::{SettlingSource, TrialNumbers};
use super::workspace::Workspace;

/// A moment of a trial, up to which it goes as it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForkPoint {
    /// The step in which the moment lies.
    pub step: u32,
    /// How many moments of that step are as they were; none where all of the step is open.
    pub moments: usize,
}

impl Reference<'_> {
    /// How a trial goes, moment by moment.
    ///
    /// # Errors
    ///
    /// A numerical error in the trial.
    pub fn course(&self, trial: u64) -> Result<TrialCourse, Box<NumericalError>> {
        self.course_with(trial, None)
    }

    /// The same, with somebody who thinks for the actors.
    pub(super) fn course_with(
        &self,
        trial: u64,
        thinker: Option<&mut (dyn Thinker + '_)>,
    ) -> Result<TrialCourse, Box<NumericalError>> {
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        let mut block = self.empty_block(trial, 1);
        let mut listener = Listener::Chronicler(Box::default());
        let clamps = self.no_clamps();
        let mut numbers = TrialNumbers::default();
        let mut at = Situation::default();
        let mut played = Trial {
            of: self,
            trial,
            row: 0,
            block: &mut block,
            workspace: &mut workspace,
            others: &mut [],
            listener: &mut listener,
            thinker,
        };
        played.play(&mut numbers, &mut at, &clamps).map_err(|error| of_trial(error, trial))?;
        let chronicler = match listener {
            Listener::Chronicler(chronicler) => *chronicler,
            Listener::Nobody
            | Listener::Departure(_)
            | Listener::Witness(_)
            | Listener::LuckChanger(_) => Chronicler::default(),
        };
        let starts = self.model.truth.starts.len();
        let view = truth(self.model, &numbers, None);
        let held = match at.ended {
            Some(_) => None,
            None => held_since(&view, block.outcomes[0], &chronicler)
                .map_err(|error| of_trial(error, trial))?,
        };
        let start = |state: usize| view.clamped(state, view.param(self.model.truth.starts[state]));
        Ok(TrialCourse {
            trial,
            assumptions: block.assumptions,
            start: (0..starts).map(start).collect(),
            moments: chronicler.moments,
            outcome: block.outcomes[0],
            end_step: block.end_steps[0],
            held,
            begun: chronicler.begun,
        })
    }

    /// In which outcome each of some futures of a trial ends, that go as the trial did up to a moment and
    /// have luck of their own after it: what happens and what is chosen then, and what actors imagine. The
    /// assumptions stay those of the trial, and so does the situation as it really is.
    ///
    /// Luck is addressed by `plays`, the numbers of repeats (from 1 on; 0 is the trial itself), so a future
    /// after a later moment shares the luck of that with the same number after an earlier one. `carry_on` is
    /// asked before each; once it says no, `None` is returned.
    ///
    /// # Errors
    ///
    /// A numerical error in one of them.
    ///
    /// # Panics
    ///
    /// If the trial did not come to that step.
    pub fn futures(
        &self,
        course: &TrialCourse,
        from: ForkPoint,
        plays: RangeInclusive<u16>,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, Box<NumericalError>> {
        self.futures_with(course, from, plays, carry_on, None)
    }

    /// The same, with somebody who thinks for the actors.
    pub(super) fn futures_with(
        &self,
        course: &TrialCourse,
        from: ForkPoint,
        plays: RangeInclusive<u16>,
        carry_on: &dyn Fn() -> bool,
        mut thinker: Option<&mut (dyn Thinker + '_)>,
    ) -> Result<Option<Vec<u32>>, Box<NumericalError>> {
        let trial = course.trial;
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        let mut numbers = TrialNumbers::default();
        let random = RealSource { keys: &self.keys, trial, play: 0 };
        let mut settling = SettlingSource { random, inputs: &self.input_numbers };
        numbers.draw(self.model, &mut settling).map_err(|error| of_trial(error, trial))?;
        let view = truth(self.model, &numbers, None);
        let mut block = self.empty_block(trial, 1);
        let mut at = Situation::default();
        let mut ends = Vec::with_capacity(plays.len());
        for play in plays {
            if !carry_on() {
                return Ok(None);
            }
            at.clone_from(&course.begun[from.step as usize]);
            let (first, mut listener) = match from.moments {
                0 => (play, Listener::Nobody),
                moments => (self.play, Listener::Departure(Departure { moments, play })),
            };
            let mut source = Coupled::new(self.coupling, &self.keys, trial, first);
            let mut future = Trial {
                of: self,
                trial,
                row: 0,
                block: &mut block,
                workspace: &mut workspace,
                others: &mut [],
                listener: &mut listener,
                thinker: thinker.as_deref_mut(),
            };
            let played = future.play_on(&view, &numbers, &mut at, &mut source);
            let ended = played.and_then(|_| future.finish(&view, &at));
            ended.map_err(|error| of_trial(error, trial))?;
            ends.push(block.outcomes[0]);
        }
        Ok(Some(ends))
    }
}

fn of_trial(mut error: Box<NumericalError>, trial: u64) -> Box<NumericalError> {
    error.trial = trial;
    error
}
