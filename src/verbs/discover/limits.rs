//! The conditions of a box in words.

use super::tables::BoxRow;
use crate::format::{listed, number, percent};

/// Quasi-p values above this say that a limit may as well be left out.
const DOUBTFUL: f64 = 0.05;
/// A probability that is written as less than the smallest percentage.
const LEAST: f64 = 1e-5;

impl BoxRow {
    /// Whether the lower limit restricts anything.
    fn has_min(&self) -> bool {
        self.min.is_some() && self.qp_min.is_some()
    }

    /// Whether the upper limit restricts anything.
    fn has_max(&self) -> bool {
        self.max.is_some() && self.qp_max.is_some()
    }

    /// The condition as what a sentence says of the input: `is below 0.3`.
    pub(super) fn condition(&self) -> String {
        if let Some(labels) = &self.among {
            let labels: Vec<&str> = labels.split(", ").collect();
            return match labels.as_slice() {
                [] => String::new(),
                [one] => format!("is {one}"),
                [rest @ .., last] => format!("is {} or {last}", rest.join(", ")),
            };
        }
        let low = self.min.filter(|_| self.has_min());
        let high = self.max.filter(|_| self.has_max());
        match (low, high) {
            (Some(low), Some(high)) => {
                format!("is between {} and {}", number(low), number(high))
            }
            (Some(low), None) if low.fract() == 0.0 => format!("is at least {}", number(low)),
            (Some(low), None) => format!("is above {}", number(low)),
            (None, Some(high)) if high.fract() == 0.0 => format!("is at most {}", number(high)),
            (None, Some(high)) => format!("is below {}", number(high)),
            (None, None) => String::new(),
        }
    }

    /// The largest of its quasi-p values.
    pub(super) fn quasi_p(&self) -> f64 {
        let both = [self.qp_min, self.qp_max].into_iter().flatten();
        both.fold(0.0, f64::max)
    }

    /// The quasi-p values as percentages: of the lower limit, then of the upper one.
    pub(super) fn by_chance(&self) -> String {
        let both = [self.qp_min, self.qp_max].into_iter().flatten();
        both.map(chance).collect::<Vec<_>>().join(" / ")
    }

    /// Whether one of its limits may as well be there by chance.
    pub(super) fn is_doubtful(&self) -> bool {
        self.quasi_p() > DOUBTFUL
    }
}

/// A probability that is never exactly zero, as a percentage.
pub(super) fn chance(probability: f64) -> String {
    percent(probability.max(LEAST))
}

/// Conditions as one clause, the surest first: `a is below 0.3 and b is above 0.6`.
pub(super) fn clause<'r>(
    limits: impl IntoIterator<Item = &'r BoxRow>,
    name: impl Fn(&BoxRow) -> String,
) -> String {
    let each = limits.into_iter().map(|row| format!("{} {}", name(row), row.condition()));
    listed(&each.collect::<Vec<_>>())
}
