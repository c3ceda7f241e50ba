//! The mean of a variable or a measure at the end of trials, with what its interval rests on.

use serde::{Deserialize, Serialize};

use super::ends::{EndKind, ends};
use super::sensitivity::{Target, TargetMean};
use super::summary::LEVEL;
use crate::model::Model;
use crate::stats::{Interval, clopper_pearson};

/// The mean of a variable or a measure at the end of the trials of one model, of which the interval can be
/// given too. Its size does not depend on the number of trials.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum EndMean {
    /// Of a flag, or of whether a label has a value.
    Share {
        /// In how many trials it is true.
        count: u64,
        /// How many trials there are.
        trials: u64,
    },
    /// Of a number.
    Number(Box<NumberMean>),
}

/// The mean of a number, and which one it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NumberMean {
    target: Target,
    known: TargetMean,
}

impl EndMean {
    /// No trials yet, from a trial on, of each variable and each measure of a model, in the order of [`ends`]. Utilities,
    /// which come last there, are left out.
    pub(super) fn all(model: &Model, first: u64) -> Vec<Self> {
        let own = ends(model).into_iter().filter(|end| end.kind != EndKind::Utility);
        own.map(|end| match end.is_share(model) {
            true => EndMean::Share { count: 0, trials: 0 },
            false => {
                let (target, known) = (Target::from(end), TargetMean::from(first));
                EndMean::Number(Box::new(NumberMean { target, known }))
            }
        })
        .collect()
    }

    /// Adds the values of consecutive trials of the model.
    pub(super) fn add(&mut self, model: &Model, values: &[f64]) {
        match self {
            EndMean::Share { count, trials } => {
                *count += values.iter().map(|value| u64::from(*value == 1.0)).sum::<u64>();
                *trials += values.len() as u64;
            }
            EndMean::Number(own) => own.known.add_all(&own.target, model, values),
        }
    }

    /// Joins the trials that follow.
    pub(super) fn join(&mut self, later: Self) {
        match (self, later) {
            (EndMean::Share { count, trials }, EndMean::Share { count: more, trials: others }) => {
                *count += more;
                *trials += others;
            }
            (EndMean::Number(own), EndMean::Number(later)) => own.known.join(later.known),
            (EndMean::Share { .. } | EndMean::Number(_), _) => {}
        }
    }

    /// In how many trials a flag is true, or a label has its value; `None` for a number.
    pub fn count(&self) -> Option<u64> {
        match self {
            EndMean::Share { count, .. } => Some(*count),
            EndMean::Number(_) => None,
        }
    }

    /// The 95 % interval of the mean where `comparisons` intervals are to hold at once (Bonferroni); `None`
    /// where too few trials differ to tell. A share has that of Clopper and Pearson; for a number see
    /// [`TargetMean::interval`]. `model` is the one whose trials were added.
    pub fn interval(&self, model: &Model, comparisons: u64) -> Option<Interval> {
        match self {
            EndMean::Share { count, trials } => {
                Some(clopper_pearson(*count, *trials, LEVEL, comparisons))
            }
            EndMean::Number(own) => own.known.interval(&own.target, model, LEVEL, comparisons),
        }
    }
}
