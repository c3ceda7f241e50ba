//! Tells trials moment by moment, with the lanes at hand.

use std::ops::RangeInclusive;

use super::course::TrialCourse;
use super::forks::ForkPoint;
use super::kind::{Engine, EngineKind};
use super::lanes::{LaneThinker, Lanes};
use super::numerical_error::NumericalError;
use super::reference::Reference;
use super::sampling::{GivenNumbers, Sampling};
use super::thinker::Thinker;
use crate::model::Model;

/// Tells trials of a model moment by moment, and plays their futures. The reference interpreter plays them, and has
/// the lanes compute what actors imagine, which takes nearly all of the time; the results are the same as its own.
#[derive(Debug)]
pub struct TrialTeller<'m> {
    reference: Reference<'m>,
    lanes: Option<Box<Lanes<'m>>>,
}

impl<'m> TrialTeller<'m> {
    /// Tells the trials of a model and a seed, sampled like this. With the engine
    /// [`EngineKind::Reference`], and for a model that is too large for the lanes, the reference interpreter does
    /// everything.
    pub fn new(model: &'m Model, seed: u64, sampling: Sampling, kind: EngineKind) -> Self {
        let given = GivenNumbers::default();
        let reference = Reference::new(model, seed).sampled(sampling, given.clone());
        let lanes = match Engine::new(model, seed, kind).sampled(sampling, given) {
            Engine::Lanes(lanes) => Some(lanes),
            Engine::Reference(_) => None,
        };
        TrialTeller { reference, lanes }
    }

    /// How a trial goes, moment by moment.
    ///
    /// # Errors
    ///
    /// A numerical error in the trial.
    pub fn course(&self, trial: u64) -> Result<TrialCourse, Box<NumericalError>> {
        let mut thinker = self.thinker(trial);
        self.reference.course_with(trial, as_thinker(&mut thinker))
    }

    /// In which outcome each of some futures of a trial ends: see [`Reference::futures`].
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
        let mut thinker = self.thinker(course.trial);
        self.reference.futures_with(course, from, plays, carry_on, as_thinker(&mut thinker))
    }

    fn thinker(&self, trial: u64) -> Option<LaneThinker<'_>> {
        self.lanes.as_ref().map(|lanes| LaneThinker::new(lanes, trial))
    }
}

fn as_thinker<'a, 'l>(
    thinker: &'a mut Option<LaneThinker<'l>>,
) -> Option<&'a mut (dyn Thinker + 'l)> {
    thinker.as_mut().map(|own| own as &mut (dyn Thinker + 'l))
}
