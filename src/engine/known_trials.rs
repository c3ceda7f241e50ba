//! Plays that go as it is known to have gone, one at a time: what they are is defined here.

use super::coupling::Coupled;
use super::known::{Contradiction, Contradictions, KnownLikelihood, MoveFrequencies, StepPast};
use super::known_player::KnownPlayer;
use super::listener::Listener;
use super::numerical_error::{Computed, NumericalError};
use super::random_source::RealSource;
use super::real_player::RealPlayer;
use super::reference::{Reference, truth};
use super::sampling::InputNumbers;
use super::situation::{Situation, is_last};
use super::step::whole_step;
use super::trial_numbers::{SettlingSource, TrialNumbers};
use super::workspace::Workspace;
use crate::model::KnownPast;

/// Plays at the beginning of a step or at their end.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownTrials {
    plays: Vec<KnownTrial>,
}

/// One of them.
#[derive(Clone, Debug, Default)]
struct KnownTrial {
    numbers: TrialNumbers,
    at: Situation,
    outcome: Option<u32>,
    /// The values of what is drawn once per trial.
    assumptions: Vec<f64>,
}

impl KnownTrials {
    /// How many plays there are.
    pub fn count(&self) -> usize {
        self.plays.len()
    }

    /// The values of what is drawn once per trial, by assumption, then play.
    pub fn assumption(&self, which: usize) -> Vec<f64> {
        self.plays.iter().map(|play| play.assumptions[which]).collect()
    }

    /// The plays at these positions, in their order; one may be taken more than once.
    pub fn chosen(&self, which: &[usize]) -> Self {
        KnownTrials { plays: which.iter().map(|at| self.plays[*at].clone()).collect() }
    }

    /// Puts the play at the same position of others in the place of one.
    pub fn replace(&mut self, at: usize, others: &KnownTrials) {
        self.plays[at] = others.plays[at].clone();
    }
}

impl Reference<'_> {
    /// Begins plays with these numbers of the inputs.
    pub(super) fn begin_known(
        &self,
        count: usize,
        inputs: &InputNumbers,
    ) -> Result<KnownTrials, Box<NumericalError>> {
        let mut all = KnownTrials::default();
        for trial in 0..count as u64 {
            let mut play = KnownTrial::default();
            let random = RealSource { keys: &self.keys, trial, play: 0 };
            play.numbers.draw(self.model, &mut SettlingSource { random, inputs })?;
            let assumptions = self.model.assumptions.iter();
            play.assumptions =
                assumptions.map(|own| play.numbers.truth[own.param.0 as usize]).collect();
            let view = truth(self.model, &play.numbers, None);
            self.start(&view, &mut play.at)?;
            play.outcome = self.outcome_at(&play.numbers, &play.at, self.model.truth.steps == 0)?;
            all.plays.push(play);
        }
        Ok(all)
    }

    /// The outcome of a play at a moment; `None` if it goes on.
    fn outcome_at(
        &self,
        numbers: &TrialNumbers,
        at: &Situation,
        over: bool,
    ) -> Computed<Option<u32>> {
        if at.ended.is_some() || !over {
            return Ok(at.ended);
        }
        let view = truth(self.model, numbers, None);
        for (index, outcome) in view.program.outcomes.iter().enumerate() {
            if view.number(&outcome.when, at)? != 0.0 {
                return Ok(Some(index as u32));
            }
        }
        Ok(Some(view.program.outcomes.len() as u32))
    }

    /// Plays a step of all plays that have not ended: see `Engine::known_step`.
    pub(super) fn known_step(
        &self,
        all: &mut KnownTrials,
        step: u32,
        luck: &[u64],
        known: Option<(&KnownPast, Option<&MoveFrequencies>)>,
        contradictions: &mut Contradictions,
    ) -> Result<Vec<KnownLikelihood>, Box<NumericalError>> {
        let mut workspace = Workspace::new(self.model, &self.keys, &self.listed);
        let mut likelihoods = Vec::with_capacity(all.plays.len());
        for (play, trial) in all.plays.iter_mut().zip(luck) {
            let likelihood =
                self.step_of_play(play, (step, *trial), known, contradictions, &mut workspace);
            likelihoods.push(likelihood.map_err(|mut error| {
                error.trial = *trial;
                error
            })?);
        }
        Ok(likelihoods)
    }

    fn step_of_play(
        &self,
        play: &mut KnownTrial,
        (step, trial): (u32, u64),
        known: Option<(&KnownPast, Option<&MoveFrequencies>)>,
        contradictions: &mut Contradictions,
        workspace: &mut Workspace<'_>,
    ) -> Computed<KnownLikelihood> {
        let mut likelihood = KnownLikelihood::CERTAIN;
        let of_step = known.and_then(|(past, _)| past.step(step));
        if play.outcome.is_none() {
            play.at.step = step;
            let view = truth(self.model, &play.numbers, None);
            let mut block = self.empty_block(trial, 1);
            let mut source = Coupled::new(self.coupling, workspace.keys, trial, self.play);
            let mut real = RealPlayer {
                model: self.model,
                keys: &self.keys,
                rows: self.rows(),
                windows: &[],
                notes_choices: false,
                trial,
                row: 0,
                numbers: &play.numbers,
                source: &mut source,
                block: &mut block,
                workspace,
                others: &mut [],
                listener: &mut Listener::Nobody,
                fully: false,
                thinker: None,
            };
            let past = known.and_then(|(past, frequencies)| {
                StepPast::new(past, frequencies, step, 1, contradictions)
            });
            match past {
                Some(past) => {
                    let mut player = KnownPlayer { real, past };
                    whole_step(&view, &mut play.at, &mut player, &self.listed)?;
                    player.past.finish();
                    likelihood = player.past.likelihoods[0];
                }
                None => whole_step(&view, &mut play.at, &mut real, &self.listed)?,
            }
            let over = is_last(step, self.model.truth.steps);
            play.outcome = self.outcome_at(&play.numbers, &play.at, over)?;
        } else if let Some(entry) = of_step.and_then(|known| {
            let moves = known.moves.iter().map(|own| own.entry);
            moves.chain(known.happenings.iter().map(|own| own.entry)).next()
        }) {
            likelihood = KnownLikelihood::IMPOSSIBLE;
            contradictions.note(step, Contradiction::Entry(entry), []);
        }
        for fact in of_step.iter().flat_map(|known| &known.facts) {
            let view = truth(self.model, &play.numbers, None);
            if !view.holds(Some(&fact.formula), &play.at)? {
                if likelihood.is_possible() {
                    contradictions.note(step, Contradiction::Entry(fact.entry), []);
                }
                likelihood = KnownLikelihood::IMPOSSIBLE;
            }
        }
        Ok(likelihood)
    }

    /// Plays on freely to the end: see `Engine::free_ends`.
    pub(super) fn free_ends(
        &self,
        all: &KnownTrials,
        from: u32,
        luck: &[u64],
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, Box<NumericalError>> {
        let mut all = all.clone();
        for step in from..self.model.truth.steps {
            if !carry_on() {
                return Ok(None);
            }
            self.known_step(&mut all, step, luck, None, &mut Contradictions::default())?;
        }
        Ok(Some(all.plays.iter().map(|play| play.outcome.unwrap_or_default()).collect()))
    }
}
