//! The mean of a variable or a measure at the end of trials, with what its interval rests on.

use super::ends::{End, EndKind, ends};
use super::sensitivity::{Target, TargetMean};
use super::summary::LEVEL;
use crate::model::Model;
use crate::stats::Interval;

/// The mean of a variable or a measure at the end of the trials of one model, of which the interval can be
/// given too. Its size does not depend on the number of trials.
#[derive(Clone, Debug)]
pub struct EndMean {
    target: Target,
    known: TargetMean,
}

impl EndMean {
    /// No trials yet of each variable and each measure of a model, in the order of [`ends`]. Utilities,
    /// which come last there, are left out.
    pub(super) fn all(model: &Model) -> Vec<Self> {
        let own = ends(model).into_iter().filter(|end| end.kind != EndKind::Utility);
        let none = |end: End| EndMean { target: Target::from(end), known: TargetMean::default() };
        own.map(none).collect()
    }

    /// Adds the values of consecutive trials of the model.
    pub(super) fn add(&mut self, model: &Model, values: &[f64]) {
        self.known.add_all(&self.target, model, values);
    }

    /// In how many trials a flag is true, or a label has its value; `None` for a number.
    pub fn count(&self, model: &Model) -> Option<u64> {
        self.known.ones(&self.target, model)
    }

    /// The 95 % interval of the mean where `comparisons` intervals are to hold at once (Bonferroni); `None`
    /// where too few trials differ to tell. See [`TargetMean::interval`].
    pub fn interval(&self, model: &Model, comparisons: u64) -> Option<Interval> {
        self.known.interval(&self.target, model, LEVEL, comparisons)
    }
}
