//! In how many trials each bargain was struck, and where it settled.

use serde::{Deserialize, Serialize};

use super::few_values::few;
use crate::engine::TrialBlock;
use crate::model::Model;
use crate::stats::Sketch;

/// A bargain over all trials. Where a bargain is struck several times in a trial, the first time counts.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledBargain {
    /// In how many trials it was struck at least once.
    pub struck: u64,
    /// What was settled in these: the variable at the end of the step in which the bargain was first struck.
    /// The smallest value, the 5th, 25th, 50th, 75th and 95th percentile, and the largest value; `None` if it
    /// was never struck.
    pub settled: Option<[f64; 7]>,
    /// The values that were settled in ascending order, each with its number of trials, where there are few.
    pub values: Option<Vec<(f64, u64)>>,
}

/// Counts in how many trials bargains are struck, and where they settle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SettledTally(Vec<OverBargain>);

/// What is known of one bargain.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct OverBargain {
    /// Its number among all that happens, and the column of its variable.
    what: usize,
    column: usize,
    settled: Sketch,
}

impl SettledTally {
    /// No trials yet, for the bargains of a model.
    pub fn new(model: &Model) -> Self {
        let bargains = model.truth.bargains.iter().map(|bargain| OverBargain {
            what: bargain.what.0 as usize,
            column: bargain.over.0 as usize,
            settled: Sketch::default(),
        });
        SettledTally(bargains.collect())
    }

    /// Adds a block of trials, of which all rows of so many are recorded.
    pub fn add(&mut self, block: &TrialBlock, rows: usize) {
        let mut settled = Vec::new();
        for bargain in &mut self.0 {
            settled.clear();
            for (trial, first) in block.first_step(bargain.what).iter().enumerate() {
                if let Some(step) = first {
                    let row = *step as usize + 1;
                    settled.push(block.recorded(bargain.column, row, rows)[trial]);
                }
            }
            bargain.settled.add_all(&settled);
        }
    }

    /// Joins the counts of other trials.
    pub fn join(&mut self, other: Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            own.settled.merge(&other.settled);
        }
    }

    /// The bargains, in the order of the model.
    pub fn finish(self) -> Vec<SettledBargain> {
        let bargains = self.0.into_iter().map(|OverBargain { settled, .. }| SettledBargain {
            struck: settled.count(),
            settled: settled.quantiles([0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0]),
            values: few(&settled, settled.count()).filter(|values| !values.is_empty()),
        });
        bargains.collect()
    }
}
