//! The values that a sweep sets, and where they lie on an axis.

use super::data::ChartCell;
use super::error::{ChartError, check_values};
use crate::format::{Quantity, number};

/// The values to which a sweep sets something.
#[derive(Debug, Clone, PartialEq)]
pub enum SweptValues {
    /// Numbers in ascending order, which lie on an axis at their values.
    Numbers(Vec<f64>),
    /// Labels, such as those of a variable or whole lists, in the order in which they are drawn.
    Labels(Vec<String>),
}

impl SweptValues {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            SweptValues::Numbers(numbers) => numbers.len(),
            SweptValues::Labels(labels) => labels.len(),
        }
    }

    /// Whether they are numbers, so that what lies between two of them has a meaning.
    pub(super) fn are_numbers(&self) -> bool {
        match self {
            SweptValues::Numbers(_) => true,
            SweptValues::Labels(_) => false,
        }
    }

    /// A value as text.
    pub(super) fn text(&self, index: usize) -> String {
        match self {
            SweptValues::Numbers(numbers) => number(numbers[index]),
            SweptValues::Labels(labels) => labels[index].clone(),
        }
    }

    /// A value for a table.
    pub(super) fn cell(&self, index: usize) -> ChartCell {
        match self {
            SweptValues::Numbers(numbers) => Quantity::Number(numbers[index]).into(),
            SweptValues::Labels(labels) => labels[index].as_str().into(),
        }
    }

    /// Where any value lies on an axis, as a part of its width; for labels, a place in their order.
    pub(super) fn position(&self, value: f64) -> f64 {
        let part = match self {
            SweptValues::Numbers(numbers) => match (numbers.first(), numbers.last()) {
                (Some(low), Some(high)) if high > low => (value - low) / (high - low),
                (Some(_), Some(_)) | (None, _) | (_, None) => 0.5,
            },
            SweptValues::Labels(labels) => (value + 0.5) / labels.len().max(1) as f64,
        };
        part.clamp(0.0, 1.0)
    }

    /// Where a value lies on an axis, as a part of its width.
    pub(super) fn place(&self, index: usize) -> f64 {
        match self {
            SweptValues::Numbers(numbers) => self.position(numbers[index]),
            SweptValues::Labels(_) => self.position(index as f64),
        }
    }

    /// From halfway to the value before to halfway to the next, as parts of the width.
    pub(super) fn span(&self, index: usize) -> (f64, f64) {
        let middle = |a: usize, b: usize| (self.place(a) + self.place(b)) / 2.0;
        let from = if index == 0 { 0.0 } else { middle(index - 1, index) };
        let to = if index + 1 >= self.len() { 1.0 } else { middle(index, index + 1) };
        (from, to)
    }

    /// The ticks of an axis: one at each value.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        (0..self.len()).map(|index| (self.place(index), self.text(index))).collect()
    }

    /// Fails for values that are no numbers.
    pub(super) fn check(&self, name: &str) -> Result<(), ChartError> {
        match self {
            SweptValues::Numbers(numbers) => check_values(name, numbers),
            SweptValues::Labels(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_at_their_values_and_labels_side_by_side() {
        let numbers = SweptValues::Numbers(vec![1.0, 2.0, 5.0]);
        assert_eq!(numbers.ticks()[1], (0.25, "2".to_owned()));
        assert_eq!(numbers.span(1), (0.125, 0.625));
        assert_eq!(numbers.position(9.0), 1.0);
        let labels = SweptValues::Labels(vec!["low".to_owned(), "high".to_owned()]);
        assert_eq!(labels.ticks(), [(0.25, "low".to_owned()), (0.75, "high".to_owned())]);
        assert_eq!((labels.position(0.5), labels.span(0)), (0.5, (0.0, 0.5)));
        assert_eq!(SweptValues::Numbers(vec![3.0]).place(0), 0.5);
        assert!(SweptValues::Numbers(vec![f64::NAN]).check("cost").is_err());
    }
}
