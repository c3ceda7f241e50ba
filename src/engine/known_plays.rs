//! Plays that go as it is known to have gone, by either engine.

use std::sync::Arc;

use super::kind::Engine;
use super::known::{Contradictions, KnownLikelihood, MoveFrequencies};
use super::known_trials::KnownTrials;
use super::lanes::{KnownLanes, Suspicious};
use super::numerical_error::NumericalError;
use super::sampling::GivenNumbers;
use crate::model::KnownPast;

/// Plays that go as it is known to have gone, at the beginning of a step or at their end: those of an [`Engine`], which
/// alone can play them on.
#[derive(Clone, Debug)]
pub struct KnownPlays(KnownPlaysOf);

#[derive(Clone, Debug)]
enum KnownPlaysOf {
    Lanes(KnownLanes),
    Reference(KnownTrials),
}

impl KnownPlays {
    /// How many plays there are.
    pub fn count(&self) -> usize {
        match &self.0 {
            KnownPlaysOf::Lanes(plays) => plays.count(),
            KnownPlaysOf::Reference(plays) => plays.count(),
        }
    }

    /// The values of what is drawn once per trial, by its position in
    /// [`Model::assumptions`](crate::model::Model::assumptions), play by play.
    pub fn assumption(&self, which: usize) -> Vec<f64> {
        match &self.0 {
            KnownPlaysOf::Lanes(plays) => plays.assumptions[which].clone(),
            KnownPlaysOf::Reference(plays) => plays.assumption(which),
        }
    }

    /// The plays at these positions, in their order; one may be taken more than once.
    #[must_use]
    pub fn chosen(&self, which: &[usize]) -> Self {
        KnownPlays(match &self.0 {
            KnownPlaysOf::Lanes(plays) => KnownPlaysOf::Lanes(plays.chosen(which)),
            KnownPlaysOf::Reference(plays) => KnownPlaysOf::Reference(plays.chosen(which)),
        })
    }

    /// Puts the play at the same position of others in the place of one.
    pub fn replace(&mut self, at: usize, others: &KnownPlays) {
        match (&mut self.0, &others.0) {
            (KnownPlaysOf::Lanes(own), KnownPlaysOf::Lanes(others)) => own.replace(at, others),
            (KnownPlaysOf::Reference(own), KnownPlaysOf::Reference(others)) => {
                own.replace(at, others);
            }
            (own, others) => *own = others.clone(),
        }
    }
}

/// What is known to have happened, and how often moves are made when nothing is.
pub type KnownWith<'k> = (&'k KnownPast, Option<&'k MoveFrequencies>);

/// Why plays stopped.
#[derive(Debug)]
pub enum KnownHalt {
    /// A value was met that may be a numerical error. The reference interpreter plays the same, and decides: see
    /// [`Engine::slowly`].
    Suspicious,
    /// There is a numerical error.
    Error(Box<NumericalError>),
}

impl From<Suspicious> for KnownHalt {
    fn from(_: Suspicious) -> Self {
        KnownHalt::Suspicious
    }
}

impl From<Box<NumericalError>> for KnownHalt {
    fn from(error: Box<NumericalError>) -> Self {
        KnownHalt::Error(error)
    }
}

impl<'m> Engine<'m> {
    /// The reference interpreter that plays the same.
    #[must_use]
    pub fn slowly(&self) -> Engine<'m> {
        match self {
            Engine::Lanes(lanes) => Engine::Reference(Box::new(lanes.reference())),
            Engine::Reference(reference) => Engine::Reference(Box::new(reference.again())),
        }
    }

    /// Begins plays whose inputs have these uniform numbers: for each of
    /// [`Model::inputs`](crate::model::Model::inputs), play by play.
    ///
    /// # Errors
    ///
    /// A numerical error in one of them, or what may be one.
    pub fn begin_known(
        &self,
        numbers: &[Arc<[f64]>],
        count: usize,
    ) -> Result<KnownPlays, KnownHalt> {
        let columns = numbers.iter().map(|column| Some(column.clone())).collect();
        let given = GivenNumbers { columns };
        Ok(KnownPlays(match self {
            Engine::Lanes(lanes) => {
                let inputs = lanes.inputs_from(given);
                KnownPlaysOf::Lanes(lanes.begin_known(count, inputs)?)
            }
            Engine::Reference(reference) => {
                let inputs = reference.inputs_from(given);
                KnownPlaysOf::Reference(reference.begin_known(count, &inputs)?)
            }
        }))
    }

    /// Plays a step of all plays that have not ended, each with the luck of a trial: as far as it is known, as it is
    /// known to have gone. Returns how likely what is known was in each play, by the moves, votes, events and bargains
    /// that are known and by the facts that hold at its end; plays that cannot follow are noted in `contradictions`.
    ///
    /// # Errors
    ///
    /// A numerical error in one of them, or what may be one.
    ///
    /// # Panics
    ///
    /// If the plays are those of another engine.
    pub fn known_step(
        &self,
        plays: &mut KnownPlays,
        step: u32,
        luck: &[u64],
        known: Option<KnownWith<'_>>,
        contradictions: &mut Contradictions,
    ) -> Result<Vec<KnownLikelihood>, KnownHalt> {
        match (self, &mut plays.0) {
            (Engine::Lanes(lanes), KnownPlaysOf::Lanes(plays)) => {
                Ok(lanes.known_step(plays, step, luck, known, contradictions)?)
            }
            (Engine::Reference(reference), KnownPlaysOf::Reference(plays)) => {
                Ok(reference.known_step(plays, step, luck, known, contradictions)?)
            }
            (Engine::Lanes(_), KnownPlaysOf::Reference(_))
            | (Engine::Reference(_), KnownPlaysOf::Lanes(_)) => panic!("plays of another engine"),
        }
    }

    /// Plays on freely from the beginning of a step to the end, each play with the luck of a trial, and returns the
    /// outcome of each; `None` once `carry_on` says no.
    ///
    /// # Errors
    ///
    /// See [`Engine::known_step`].
    ///
    /// # Panics
    ///
    /// See [`Engine::known_step`].
    pub fn free_ends(
        &self,
        plays: &KnownPlays,
        from: u32,
        luck: &[u64],
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, KnownHalt> {
        match (self, &plays.0) {
            (Engine::Lanes(lanes), KnownPlaysOf::Lanes(plays)) => {
                Ok(lanes.free_ends(plays, from, luck, carry_on)?)
            }
            (Engine::Reference(reference), KnownPlaysOf::Reference(plays)) => {
                Ok(reference.free_ends(plays, from, luck, carry_on)?)
            }
            (Engine::Lanes(_), KnownPlaysOf::Reference(_))
            | (Engine::Reference(_), KnownPlaysOf::Lanes(_)) => panic!("plays of another engine"),
        }
    }
}
