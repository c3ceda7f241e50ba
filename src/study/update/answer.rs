//! What a record says, as numbers.

use crate::engine::{Contradiction, ContradictionCount};
use crate::stats::{RevisedOdds, StepEvidence};

/// What is thought after a record.
#[derive(Clone, Debug)]
pub struct Updated {
    /// How many particles were played.
    pub particles: u64,
    /// How many trials ended in each outcome when nothing was known, `unresolved` last.
    pub before: Vec<u64>,
    /// What is thought after each step that is known, in their order.
    pub steps: Vec<KnownStepTold>,
    /// What is drawn once per trial, in the order of [`Model::assumptions`](crate::model::Model::assumptions).
    pub assumptions: Vec<RevisedAssumption>,
    /// The evidence of the whole record, by forecaster: see [`Forecaster::ALL`](crate::engine::Forecaster::ALL).
    pub evidence: [StepEvidence; 3],
    /// How many original particles the last weights stand for.
    pub effective: f64,
}

/// What is thought after a step.
#[derive(Clone, Debug)]
pub struct KnownStepTold {
    /// The step.
    pub step: u32,
    /// The odds of each outcome, `unresolved` last.
    pub odds: Vec<RevisedOdds>,
    /// How likely what is known of the step was, given all before it, by forecaster.
    pub evidence: [StepEvidence; 3],
    /// How many original particles the weights stand for.
    pub effective: f64,
}

/// What is known of something that is drawn once per trial, before the record and after it.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisedAssumption {
    /// Before the record.
    pub prior: WeightedSummary,
    /// After it.
    pub posterior: WeightedSummary,
}

/// A distribution of weighted values in a few numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedSummary {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
    /// The 5th, 25th, 50th, 75th and 95th percentile.
    pub percentiles: [f64; 5],
}

/// What of a record cannot be.
#[derive(Clone, Debug, PartialEq)]
pub struct ImpossibleEntry {
    /// The step at which no particle could follow the record any more.
    pub step: u32,
    /// How many particles came to the step.
    pub particles: u64,
    /// What they could not follow, the most frequent first, and in how many of them.
    pub contradictions: Vec<(Contradiction, ContradictionCount)>,
}

impl WeightedSummary {
    /// Of values with weights that add to something positive.
    pub(super) fn of(mut values: Vec<(f64, f64)>) -> Self {
        let all: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mean = values.iter().map(|(x, weight)| x * weight).sum::<f64>() / all;
        let squares = values.iter().map(|(x, weight)| weight * (x - mean) * (x - mean));
        let sd = (squares.sum::<f64>() / all).sqrt();
        values.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        // What is the same in all of them has no spread, not even that of rounding.
        if let [(least, _), .., (most, _)] = values.as_slice()
            && least == most
        {
            return WeightedSummary { mean: *least, sd: 0.0, percentiles: [*least; 5] };
        }
        let at = |p: f64| {
            let mut below = 0.0;
            for (x, weight) in &values {
                below += weight;
                if below >= p * all {
                    return *x;
                }
            }
            values.last().map_or(f64::NAN, |(x, _)| *x)
        };
        WeightedSummary { mean, sd, percentiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(at) }
    }
}

#[cfg(test)]
mod tests {
    use super::WeightedSummary;

    #[test]
    fn values_count_by_their_weights() {
        let found = WeightedSummary::of(vec![(3.0, 1.0), (1.0, 3.0)]);
        assert_eq!((found.mean, found.sd), (1.5, 0.75f64.sqrt()));
        assert_eq!(found.percentiles, [1.0, 1.0, 1.0, 1.0, 3.0]);
    }

    #[test]
    fn a_constant_has_no_spread() {
        let found = WeightedSummary::of(vec![(0.3, 0.1); 7]);
        assert_eq!(found, WeightedSummary { mean: 0.3, sd: 0.0, percentiles: [0.3; 5] });
    }
}
