//! The summary of a run: all counts and distributions over its trials.

use super::by_outcome::{EndByOutcome, EndingCount};
use super::few_values::FewValues;
use super::made::MadeMove;
use super::percentiles::ColumnSummary;
use super::rests_on::ByInput;
use super::settled::SettledBargain;
use crate::engine::MoveCounts;
use crate::stats::{Interval, clopper_pearson};

/// The level of confidence of every interval.
pub const LEVEL: f64 = 0.95;

/// What a run says.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many trials there were.
    pub trials: u64,
    /// How many ended in each outcome, in file order; unresolved last.
    pub outcomes: Vec<u64>,
    /// How trials ended by what was drawn for each input.
    pub by_input: ByInput,
    /// State and measures: a name and a summary for the start and the end of
    /// each step. A label has one entry for each of its values, `phase:war`.
    pub series: Vec<(String, Vec<ColumnSummary>)>,
    /// Those numbers of state and measures that take few values, with the trials of each.
    pub few_values: Vec<FewValues>,
    /// When trials ended in which outcome, by outcome and time.
    pub endings: Vec<EndingCount>,
    /// The numbers of state and measures at the end, by number and outcome.
    pub ends: Vec<EndByOutcome>,
    /// Assumptions: name, formula, summary.
    pub assumptions: Vec<(String, String, ColumnSummary)>,
    /// Counts of moves, by [`crate::engine::counted_options`].
    pub moves: MoveCounts,
    /// In how many trials each happening happened at least once.
    pub happened: Vec<u64>,
    /// The bargains, in how many trials each was struck, and where it settled.
    pub settled: Vec<SettledBargain>,
    /// The moves that the policy forces, and in how many trials each was made.
    pub made: Vec<MadeMove>,
    /// How often each variable was assigned.
    pub assigned: Vec<u64>,
    /// How often each variable was clamped to its range.
    pub clamped: Vec<u64>,
    /// For each actor, its rationality λ times the spread of the expected utility V over its options.
    pub decisiveness: Vec<ColumnSummary>,
    /// For each actor, λ times the standard error of the difference of V between its best option and
    /// its second best.
    pub coarseness: Vec<ColumnSummary>,
    /// For each actor, how many plays it imagined for a choice or vote in which it could have imagined
    /// more or fewer.
    pub thinking: Vec<ColumnSummary>,
    /// For each actor, 1 for each of these in which it was still undecided after the most plays, else
    /// 0, so that the mean is their share.
    pub undecided: Vec<ColumnSummary>,
}

impl Summary {
    /// The share of an outcome.
    pub fn share(&self, outcome: usize) -> f64 {
        if self.trials == 0 { 0.0 } else { self.outcomes[outcome] as f64 / self.trials as f64 }
    }

    /// The Monte Carlo interval of each outcome by itself (Clopper–Pearson, 95 %).
    pub fn intervals(&self) -> Vec<Interval> {
        let own = |count: &u64| clopper_pearson(*count, self.trials, LEVEL, 1);
        self.outcomes.iter().map(own).collect()
    }
}
