//! A box in the space of inputs.

use super::data::{PrimColumn, PrimData};

/// What a box allows of one input.
#[derive(Clone, Debug, PartialEq)]
pub enum Restriction {
    /// Everything.
    Free,
    /// Numbers from one limit to another, both included. At least one of them is there.
    Between {
        /// The lowest number allowed.
        low: Option<f64>,
        /// The highest number allowed.
        high: Option<f64>,
    },
    /// Some labels or flags: whether each is allowed, by its number.
    Among(Vec<bool>),
}

impl Restriction {
    /// The restriction of numbers to within two limits.
    pub(super) fn between(low: Option<f64>, high: Option<f64>) -> Self {
        match (low, high) {
            (None, None) => Restriction::Free,
            _ => Restriction::Between { low, high },
        }
    }

    /// The limits of a number; none where there are none.
    pub(super) fn ends(&self) -> (Option<f64>, Option<f64>) {
        match self {
            Restriction::Between { low, high } => (*low, *high),
            Restriction::Free | Restriction::Among(_) => (None, None),
        }
    }

    /// Whether anything is forbidden.
    pub fn is_restricted(&self) -> bool {
        !matches!(self, Restriction::Free)
    }

    /// Whether the value of a trial is allowed. The restriction has to be of the column's kind.
    pub(super) fn allows(&self, column: &PrimColumn, trial: u32) -> bool {
        let trial = trial as usize;
        match (self, column) {
            (
                Restriction::Between { low, high },
                PrimColumn::Real(values) | PrimColumn::Whole(values),
            ) => {
                let value = values[trial];
                low.is_none_or(|low| low <= value) && high.is_none_or(|high| value <= high)
            }
            (Restriction::Among(allowed), PrimColumn::Categories(numbers)) => {
                allowed.get(numbers[trial] as usize).is_some_and(|allowed| *allowed)
            }
            (Restriction::Free, _)
            | (Restriction::Between { .. }, PrimColumn::Categories(_))
            | (Restriction::Among(_), PrimColumn::Real(_) | PrimColumn::Whole(_)) => true,
        }
    }
}

/// A box: what is allowed of each input, in the order of the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxLimits(pub Vec<Restriction>);

impl BoxLimits {
    /// How many inputs are restricted.
    pub fn restricted(&self) -> usize {
        self.0.iter().filter(|own| own.is_restricted()).count()
    }

    /// The same box with another restriction of one input.
    pub(super) fn with(&self, column: usize, restriction: Restriction) -> Self {
        let mut limits = self.clone();
        limits.0[column] = restriction;
        limits
    }

    /// Those of the trials that lie in the box.
    pub(super) fn inside(&self, data: &PrimData, trials: &[u32]) -> Vec<u32> {
        let restricted: Vec<_> =
            self.0.iter().zip(&data.columns).filter(|(own, _)| own.is_restricted()).collect();
        let is_inside =
            |trial: &u32| restricted.iter().all(|(own, column)| own.allows(column, *trial));
        trials.iter().copied().filter(is_inside).collect()
    }
}
