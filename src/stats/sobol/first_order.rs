//! The variance that goes with a single input alone, from all plays that have its number in row A.

use super::plays::SobolPlays;
use crate::stats::{Estimate, MeasuredBins, bin_of};

/// How the variance that goes with a group alone was estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstOrderMethod {
    /// From the plays of single input by bins of its uniform number.
    GivenData,
    /// From the covariance of plays that share the group's inputs and nothing else.
    PickFreeze,
}

/// The fewest and the most bins of an input's number.
const BINS: (usize, usize) = (4, 64);

/// What is known of an input's own variance.
pub(super) struct FromBins {
    pub variance: Estimate,
    /// The correlation of its error with that of the whole variance.
    pub correlation: f64,
}

/// The variance that goes with the input of a group alone; `None` if the group is not a single input, or
/// the rows are too few to tell.
///
/// All plays of a row that share its number of the input, which are A, A′ and every AB but the group's own,
/// are one observation, their mean. So rows are independent observations. (B and the group's own AB share a
/// number too, but the other groups' AB have their other inputs from B, so adding these would make
/// observations that depend on each other, of another precision.) There are about as many bins as the root
/// of the number of rows, so that what a curve varies within bins falls as quickly as the square of the
/// error.
pub(super) fn from_bins(
    plays: &SobolPlays<'_>,
    group: usize,
    range: f64,
    variance: f64,
    level: f64,
) -> Option<FromBins> {
    let numbers = plays.groups[group].numbers?;
    let rows = numbers.len();
    let count = ((rows as f64).sqrt() as usize).clamp(BINS.0, BINS.1);
    let mut bins = MeasuredBins::new(count);
    let others = (0..plays.groups.len()).filter(|other| *other != group);
    let others: Vec<&[f64]> = others.map(|other| plays.groups[other].exchanged).collect();
    let centre = plays.mean();
    let sharing = (others.len() + 2) as f64;
    let observations: Vec<f64> = (0..rows)
        .map(|row| {
            let sum: f64 = others.iter().map(|values| values[row] - centre).sum();
            ((plays.a[row] - centre) + (plays.again[row] - centre) + sum) / sharing
        })
        .collect();
    for (number, observation) in numbers.iter().zip(&observations) {
        bins.add(*number, *observation);
    }
    let curve = bins.curve(Some(range));
    let own = curve.explained(level)?;
    let means = curve.means();
    let known: Vec<f64> = means.iter().flatten().copied().collect();
    let middle = known.iter().sum::<f64>() / known.len() as f64;
    // What each row adds to the two errors; the noise that the bins' estimate has beside is not correlated.
    let (mut product, mut squares) = (0.0, [0.0; 2]);
    for row in 0..rows {
        let mean = means[bin_of(numbers[row], count)].expect("this row lies in it");
        let here = 2.0 * (mean - middle) * (observations[row] - mean);
        let whole = (plays.a[row] - centre) * (plays.again[row] - centre) - variance;
        product += here * whole;
        squares[0] += here * here;
        squares[1] += whole * whole;
    }
    let between = known.iter().map(|mean| (mean - middle) * (mean - middle)).sum::<f64>();
    let noise = between / known.len() as f64 - own.value;
    let linear = squares[0] / (rows as f64 * rows as f64);
    let all = linear + 2.0 * noise * noise / (known.len() - 1) as f64;
    let size = (all * squares[1]).sqrt() * rows as f64;
    let correlation = if size > 0.0 { (product / size).clamp(-1.0, 1.0) } else { 0.0 };
    Some(FromBins { variance: own, correlation })
}
