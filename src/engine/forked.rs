//! Forks of trials by the reference interpreter: each trial again, with other luck at one of its moments, or from
//! one on.

use std::rc::Rc;

use super::coupling::Coupled;
use super::fork_listeners::{LuckChanger, OtherLuck, Witness};
use super::forked_trial::{ForkedBlock, ForkedTrial, OTHER_LUCK};
use super::listener::Listener;
use super::luck::MomentSample;
use super::luck_moments::LuckMoments;
use super::numerical_error::{Computed, NumericalError};
use super::random_source::RealSource;
use super::reference::{Reference, Trial, truth};
use super::sampling::InputNumbers;
use super::situation::Situation;
use super::trial_block::TrialBlock;
use super::trial_numbers::{SettlingSource, TrialNumbers};
use super::workspace::Workspace;

/// A trial whose forks are played.
struct TrialForker<'a, 'm, 'd> {
    of: &'a Reference<'m>,
    trial: u64,
    moments: &'a Rc<LuckMoments>,
    block: &'a mut TrialBlock,
    workspace: &'a mut Workspace<'d>,
}

impl Reference<'_> {
    /// How the trials `first..first + len` end, and how they would end with other luck at each of the moments that
    /// `sample` looks at. The other luck is that of repeat 1, which has assumptions of its own too.
    ///
    /// `carry_on` is asked before each fork; once it says no, `None` is returned.
    ///
    /// # Errors
    ///
    /// The numerical error of the lowest trial that has one, or has one in a fork.
    pub fn forked(
        &self,
        first: u64,
        len: usize,
        sample: MomentSample,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<ForkedBlock>, Box<NumericalError>> {
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        let moments = Rc::new(LuckMoments::of(self.model, sample));
        let mut forked = ForkedBlock { first, ..ForkedBlock::default() };
        for trial in first..first + len as u64 {
            let mut block = self.empty_block(trial, 1);
            let mut forking = TrialForker {
                of: self,
                trial,
                moments: &moments,
                block: &mut block,
                workspace: &mut workspace,
            };
            let done = forking.play_all(&mut forked, carry_on).map_err(|mut error| {
                error.trial = trial;
                error
            })?;
            if !done {
                return Ok(None);
            }
        }
        Ok(Some(forked))
    }
}

impl TrialForker<'_, '_, '_> {
    /// Plays the trial and its forks, and adds what they show. Returns whether it was not interrupted.
    fn play_all(
        &mut self,
        forked: &mut ForkedBlock,
        carry_on: &dyn Fn() -> bool,
    ) -> Computed<bool> {
        let model = self.of.model;
        let numbers = self.numbers(0, &self.of.input_numbers)?;
        let start = self.start(&numbers)?;
        let witness = Witness { moments: self.moments.clone(), visited: vec![], begun: vec![] };
        let mut listener = Listener::Witness(Box::new(witness));
        let outcome = self.play_from(&numbers, start.clone(), &mut listener)?;
        let mut trial = ForkedTrial { outcome, ..ForkedTrial::default() };
        let mut begun = Rc::default();
        if let Listener::Witness(witness) = listener {
            trial.visited = witness.visited;
            begun = Rc::new(witness.begun);
        }
        let elsewhere = match model.draws_assumptions() {
            false => None,
            true => {
                let other = self.numbers(OTHER_LUCK, &InputNumbers::random())?;
                let start = self.start(&other)?;
                Some((other, start))
            }
        };
        if let Some((numbers, start)) = &elsewhere {
            if !carry_on() {
                return Ok(false);
            }
            let (at, nowhere) = (start.clone(), OtherLuck::Nowhere);
            trial.assumed = Some(self.fork(numbers, at, nowhere, &Rc::default(), outcome)?);
        }
        for at in 0..trial.visited.len() {
            if !carry_on() {
                return Ok(false);
            }
            let moment = trial.visited[at];
            if !self.moments.looks_at(self.trial, moment, self.of.keys.stream()) {
                trial.without.push(outcome);
                continue;
            }
            trial.looked_at += 1;
            let from = begun[moment.step as usize].clone();
            let other = OtherLuck::At(moment.step, moment.moment);
            trial.without.push(self.fork(&numbers, from, other, &begun, outcome)?);
        }
        let mut ends = Vec::new();
        for at in trial.wanted() {
            if !carry_on() {
                return Ok(false);
            }
            let moment = trial.visited[at];
            let from = begun[moment.step as usize].clone();
            let other = OtherLuck::From(moment.step, moment.moment);
            ends.push(self.fork(&numbers, from, other, &Rc::default(), outcome)?);
        }
        let mut all_other = None;
        if let (true, Some((numbers, start))) = (trial.wants_all_other(), &elsewhere) {
            let (at, other) = (start.clone(), OtherLuck::Everywhere);
            all_other = Some(self.fork(numbers, at, other, &Rc::default(), outcome)?);
        }
        trial.add_to(forked, &ends, all_other);
        Ok(true)
    }

    /// What is settled once per trial in a repeat, with these numbers of the inputs.
    fn numbers(&self, play: u16, inputs: &InputNumbers) -> Computed<TrialNumbers> {
        let random = RealSource { keys: &self.of.keys, trial: self.trial, play };
        let mut numbers = TrialNumbers::default();
        numbers.draw(self.of.model, &mut SettlingSource { random, inputs })?;
        Ok(numbers)
    }

    /// The situation before the first step.
    fn start(&self, numbers: &TrialNumbers) -> Computed<Situation> {
        let view = truth(self.of.model, numbers, None);
        let mut at = Situation::default();
        self.of.start(&view, &mut at)?;
        Ok(at)
    }

    /// How a fork ends that goes on from a situation in which a step begins; `outcome` is that of the trial.
    fn fork(
        &mut self,
        numbers: &TrialNumbers,
        from: Situation,
        other: OtherLuck,
        begun: &Rc<Vec<Situation>>,
        outcome: u32,
    ) -> Computed<u32> {
        let mut listener = Listener::LuckChanger(Box::new(LuckChanger {
            moments: self.moments.clone(),
            other,
            play: OTHER_LUCK,
            begun: begun.clone(),
            rejoined: false,
            imagined: vec![None; self.of.model.actors.len()],
        }));
        let end = self.play_from(numbers, from, &mut listener)?;
        let rejoined = matches!(listener, Listener::LuckChanger(changer) if changer.rejoined);
        Ok(if rejoined { outcome } else { end })
    }

    /// Plays on from a situation in which a step begins, to the end.
    fn play_from(
        &mut self,
        numbers: &TrialNumbers,
        mut at: Situation,
        listener: &mut Listener,
    ) -> Computed<u32> {
        let view = truth(self.of.model, numbers, None);
        let keys = self.workspace.keys;
        let mut source = Coupled::new(self.of.coupling, keys, self.trial, 0);
        let mut played = Trial {
            of: self.of,
            trial: self.trial,
            row: 0,
            block: self.block,
            workspace: self.workspace,
            others: &mut [],
            listener,
            thinker: None,
        };
        played.play_on(&view, numbers, &mut at, &mut source)?;
        played.finish(&view, &at)?;
        Ok(self.block.outcomes[0])
    }
}
