//! How choices come out with other numbers of imagined plays, to measure what such a number costs and
//! how often it errs; `docs/model.md` has the measurements.

use crate::model::Model;

/// The same choices and votes, decided with another number of imagined plays.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct OtherImaginations<'m> {
    /// The model that is played, but for its numbers of imagined plays.
    pub model: &'m Model,
    /// How many choices and votes had to be imagined.
    pub imagined: u64,
    /// How many of these came out otherwise.
    pub different: u64,
    /// How many plays were imagined of each option, on average, for all of them.
    pub plays: f64,
}

impl<'m> OtherImaginations<'m> {
    /// Nothing decided yet.
    pub fn new(model: &'m Model) -> Self {
        OtherImaginations { model, imagined: 0, different: 0, plays: 0.0 }
    }

    /// Counts a choice or vote; those that take a single play need no imagination.
    pub(super) fn count(&mut self, plays: f64, same: bool) {
        if plays > 1.0 {
            self.imagined += 1;
            self.different += u64::from(!same);
            self.plays += plays;
        }
    }
}
