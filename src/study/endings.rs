//! When trials end in which outcome, and the distribution of each number at that time.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::by_outcome::{EndByOutcome, EndingCount};
use super::percentiles::Percentiles;
use crate::engine::TrialBlock;
use crate::formula::Type;
use crate::model::Model;
use crate::stats::Sketch;

/// The counts and sketches of the trials so far. Only outcomes that occurred take memory, and it does
/// not grow with the number of trials.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Endings {
    counts: BTreeMap<(u32, u32), u64>,
    /// The numbers: a column and a sketch for each outcome.
    columns: Vec<(usize, Vec<Sketch>)>,
    steps: u32,
}

impl Endings {
    /// The state before the first trial.
    pub fn new(model: &Model) -> Self {
        let numbers = model.series().enumerate().filter(|(_, info)| info.ty == Type::Number);
        let sketches = vec![Sketch::default(); model.outcomes.len() + 1];
        Endings {
            counts: BTreeMap::new(),
            columns: numbers.map(|(column, _)| (column, sketches.clone())).collect(),
            steps: model.truth.steps,
        }
    }

    /// Adds blocks, in any order.
    pub fn add(&mut self, blocks: &[TrialBlock]) {
        for block in blocks {
            for (outcome, step) in block.outcomes.iter().zip(&block.end_steps) {
                // A trial that ends within a step counts at the end of that step.
                let row = (step + 1).min(self.steps);
                *self.counts.entry((*outcome, row)).or_default() += 1;
            }
        }
        self.columns.par_iter_mut().for_each(|(column, sketches)| {
            let mut values = vec![Vec::new(); sketches.len()];
            for block in blocks {
                let last = block.last(*column);
                for (outcome, value) in block.outcomes.iter().zip(last) {
                    values[*outcome as usize].push(*value);
                }
            }
            for (sketch, values) in sketches.iter_mut().zip(&values) {
                sketch.add_all(values);
            }
        });
    }

    /// Joins the counts of other trials.
    pub fn join(&mut self, other: Self) {
        for (what, count) in other.counts {
            *self.counts.entry(what).or_default() += count;
        }
        for ((_, own), (_, other)) in self.columns.iter_mut().zip(other.columns) {
            own.iter_mut().zip(&other).for_each(|(own, other)| own.merge(other));
        }
    }

    /// The endings by outcome and time, and the distributions by number and outcome.
    pub fn finish(self) -> (Vec<EndingCount>, Vec<EndByOutcome>) {
        let endings = self.counts.into_iter().map(|((outcome, row), trials)| EndingCount {
            outcome: outcome as usize,
            row: row as usize,
            trials,
        });
        let ends = self.columns.into_iter().flat_map(|(series, sketches)| {
            sketches.into_iter().enumerate().filter_map(move |(outcome, sketch)| {
                let percentiles = Percentiles::of(&sketch)?;
                Some(EndByOutcome { series, outcome, trials: sketch.count(), percentiles })
            })
        });
        (endings.collect(), ends.collect())
    }
}
