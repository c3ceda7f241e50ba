//! How well policies do by goals in each draw of the assumptions, by both halves of its repeats.

use std::convert::Infallible;

use super::goal::Goal;
use serde::{Deserialize, Serialize};

use super::part::{Joinable, Take, gather};
use super::plan::Plan;
use super::play::play_side_by_side;
use super::stopped::Stopped;
use super::watch::Watch;
use crate::engine::{Recording, TrialBlock};
use crate::model::Model;

/// How well a model does by a goal in each draw of the assumptions: a probability, or a mean utility.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DrawnValues {
    /// The mean over all repeats of a draw, draw by draw.
    pub all: Vec<f64>,
    /// The mean over the repeats 0, 2, 4 …, and that over the others.
    pub halves: [Vec<f64>; 2],
}

impl DrawnValues {
    /// Adds the blocks of a repeat.
    fn add(&mut self, repeat: usize, goal: &Goal, model: &Model, leaves: &[TrialBlock]) {
        for leaf in leaves {
            let (first, end) = (leaf.first as usize, leaf.first as usize + leaf.len);
            for sums in [&mut self.all, &mut self.halves[repeat % 2]] {
                sums.resize(end.max(sums.len()), 0.0);
                for (sum, value) in sums[first..end].iter_mut().zip(goal.read(model, leaf)) {
                    *sum += value;
                }
            }
        }
    }

    /// Divides the sums by the numbers of repeats.
    fn finish(mut self, repeats: usize) -> Self {
        let [even, odd] = &mut self.halves;
        let parts = [(&mut self.all, repeats), (even, repeats.div_ceil(2)), (odd, repeats / 2)];
        for (sums, count) in parts {
            sums.iter_mut().for_each(|sum| *sum /= count as f64);
        }
        self
    }
}

/// How well models do by goals: by goal, then model.
#[derive(Serialize, Deserialize)]
struct DrawnGoals(Vec<Vec<DrawnValues>>);

impl Joinable for DrawnGoals {
    fn join(&mut self, later: Self) {
        for (own, later) in self.0.iter_mut().flatten().zip(later.0.into_iter().flatten()) {
            let [even, odd] = &mut own.halves;
            let [later_even, later_odd] = later.halves;
            for (sums, later) in [(&mut own.all, later.all), (even, later_even), (odd, later_odd)] {
                sums.resize(sums.len().max(later.len()), 0.0);
                sums.iter_mut().zip(later).for_each(|(sum, value)| *sum += value);
            }
        }
    }
}

/// Plays each draw of the assumptions several times under each model, all with common random numbers:
/// `plan.trials` draws, `repeats` times each, at least twice. For each goal, which was checked, and each
/// model, how well it does.
///
/// Memory grows with the number of draws, not with that of repeats.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the model and the repeat by `model * repeats + repeat`.
pub fn goal_draws(
    models: &[Model],
    goals: &[Goal],
    repeats: u16,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<Vec<Vec<DrawnValues>>, Stopped<Infallible>> {
    let plan = Plan { recording: Recording::End, ..plan };
    let mut engines = Vec::new();
    for model in models {
        for play in 0..repeats {
            engines.push(plan.engine_of(model).repeat(play).with_utilities());
        }
    }
    let repeats = usize::from(repeats);
    let begin = |_| DrawnGoals(vec![vec![DrawnValues::default(); models.len()]; goals.len()]);
    let play = |plan, watch: &dyn Watch, take: &mut Take<'_, TrialBlock, Infallible>| {
        play_side_by_side(&engines, plan, watch, take)
    };
    let DrawnGoals(all) = gather(plan, watch, &begin, play, |all, wave| {
        for (goal, values) in goals.iter().zip(&mut all.0) {
            let each = models.iter().zip(values).zip(wave.chunks(repeats));
            for ((model, values), blocks) in each {
                for (repeat, leaves) in blocks.iter().enumerate() {
                    values.add(repeat, goal, model, leaves);
                }
            }
        }
        Ok(())
    })?;
    let finish = |values: Vec<DrawnValues>| {
        values.into_iter().map(|values| values.finish(repeats)).collect()
    };
    Ok(all.into_iter().map(finish).collect())
}
