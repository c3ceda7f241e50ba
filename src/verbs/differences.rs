//! The differences of all pairs of cells, with their intervals.

use crate::model::Model;
use crate::stats::{Interval, Paired};
use crate::study::{CellSummary, End, LEVEL, PairSummary, ends};
use crate::verbs::grid::Grid;

/// The difference of an outcome's share in one pair.
#[derive(Clone, Copy, Debug)]
pub struct ComparedOutcome {
    /// The index of the pair among those that were compared.
    pub pair: usize,
    /// The index of the outcome in the model of a, and in that of b.
    pub outcome: (usize, usize),
    /// The paired counts.
    pub paired: Paired,
    /// The interval of the difference for itself (95 %).
    pub own: Interval,
    /// The interval over all differences of outcomes at once (Bonferroni, 95 %), which excludes zero if
    /// and only if the difference stands out.
    pub all: Interval,
    /// The exact probability of a difference as large without an effect (McNemar).
    pub p_value: f64,
}

/// The difference of the mean of a number at the end in one pair.
#[derive(Clone, Debug)]
pub struct ComparedEnd {
    /// The index of the pair among those that were compared.
    pub pair: usize,
    /// Which number it is.
    pub end: End,
    /// The mean under a, and under b.
    pub means: (Option<f64>, Option<f64>),
    /// The mean of the differences, b − a.
    pub difference: Option<f64>,
    /// In how many trials it differs.
    pub differing: u64,
    /// By how much it can differ at most, where the file tells.
    pub reach: Option<f64>,
    /// The interval of the difference for itself (95 %); `None` if too few trials differ to tell.
    pub own: Option<Interval>,
    /// The interval over all differences of means at once (Bonferroni, 95 %).
    pub all: Option<Interval>,
    /// How many times larger the variance of the difference would be with independent random
    /// numbers on each side; `None` where nothing varies.
    pub variance_ratio: Option<f64>,
}

/// The differences of all outcomes in all pairs. Trials without an outcome are compared only where
/// there are any.
pub fn compared_outcomes(grid: &Grid, pairs: &[PairSummary]) -> Vec<ComparedOutcome> {
    let mut all = Vec::new();
    for (pair, summary) in pairs.iter().enumerate() {
        let unresolved = grid.models[summary.a].outcomes.len();
        for (a, b, paired) in &summary.outcomes {
            let seen = paired.both + paired.only_a + paired.only_b > 0;
            if *a < unresolved || seen {
                all.push((pair, (*a, *b), *paired));
            }
        }
    }
    let comparisons = all.len() as u64;
    all.into_iter()
        .map(|(pair, outcome, paired)| ComparedOutcome {
            pair,
            outcome,
            paired,
            own: paired.interval(LEVEL, 1),
            all: paired.interval(LEVEL, comparisons),
            p_value: paired.p_value(),
        })
        .collect()
}

/// The differences of all ends in all pairs.
pub fn compared_ends(
    grid: &Grid,
    cells: &[CellSummary],
    pairs: &[PairSummary],
) -> Vec<ComparedEnd> {
    let comparisons = pairs.iter().map(|pair| pair.ends.len() as u64).sum();
    let mut all = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        let [names, other] = [pair.a, pair.b].map(|cell| ends(&grid.models[cell]));
        for (a, b, differences) in &pair.ends {
            let (before, after) = (&cells[pair.a].ends[*a], &cells[pair.b].ends[*b]);
            let own = (&names[*a], &grid.models[pair.a]);
            let reach = reach(own, (&other[*b], &grid.models[pair.b]));
            all.push(ComparedEnd {
                pair: index,
                end: names[*a].clone(),
                means: (before.mean(), after.mean()),
                difference: differences.moments().mean(),
                differing: differences.differing(),
                reach,
                own: differences.interval(reach, LEVEL, 1),
                all: differences.interval(reach, LEVEL, comparisons),
                variance_ratio: differences.moments().variance_ratio(before, after),
            });
        }
    }
    all
}

/// By how much a number at the end can differ between two models at most, where the file tells: from the lower
/// of the lowest values to the higher of the highest. A policy may set the range.
pub fn reach(a: (&End, &Model), b: (&End, &Model)) -> Option<f64> {
    let (own, other) = (a.0.range(a.1)?, b.0.range(b.1)?);
    Some(own.1.max(other.1) - own.0.min(other.0))
}
