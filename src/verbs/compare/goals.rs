//! How well policies reach a goal: over the worlds, and over draws of the assumptions.

use super::question::CompareQuestion;
use super::tables::{DrawnRegretRow, RobustnessRow, WorldRegretRow};
use crate::stats::{Regret, robustness};
use crate::study::{CellSummary, Goal, Repeated};
use crate::verbs::grid::Grid;

/// For each goal of a question, the robustness of each policy over all worlds, and its regret in each.
pub(super) fn over_worlds(
    question: &CompareQuestion,
    grid: &Grid,
    cells: &[CellSummary],
) -> (Vec<RobustnessRow>, Vec<WorldRegretRow>) {
    let (mut robust, mut regrets) = (Vec::new(), Vec::new());
    let CompareQuestion { policies, worlds, threshold, .. } = question;
    for goal in &question.goals {
        let value = |policy: &String, world: &String| {
            let mut names = grid.names.iter();
            let cell = names.position(|name| name.policy == *policy && name.world == *world);
            cell.map_or(0.0, |cell| goal.value(&grid.models[cell], &cells[cell]))
        };
        let values: Vec<Vec<f64>> = policies
            .iter()
            .map(|policy| worlds.iter().map(|world| value(policy, world)).collect())
            .collect();
        let scenario = &grid.names[0].scenario;
        for ((policy, of), values) in
            policies.iter().zip(robustness(&values, *threshold)).zip(&values)
        {
            robust.push(RobustnessRow {
                scenario: scenario.clone(),
                goal: goal.to_string(),
                policy: policy.clone(),
                maximin: of.worst,
                worst_world: worlds[of.worst_world].clone(),
                max_regret: of.largest_regret,
                max_regret_world: worlds[of.largest_regret_world].clone(),
                mean: of.mean,
                threshold: *threshold,
                share_above: of.share_at_least,
            });
            for ((world, value), regret) in worlds.iter().zip(values).zip(of.regrets) {
                regrets.push(WorldRegretRow {
                    scenario: scenario.clone(),
                    goal: goal.to_string(),
                    policy: policy.clone(),
                    world: world.clone(),
                    value: *value,
                    regret,
                });
            }
        }
    }
    (robust, regrets)
}

/// The regret of the policies by a goal over draws of the assumptions, in each world. `repeated` has
/// one entry for each cell, and cells are ordered by world.
pub(super) fn over_draws(grid: &Grid, repeated: &[Repeated], goal: &Goal) -> Vec<DrawnRegretRow> {
    let mut rows = Vec::new();
    let mut first = 0;
    for cells in grid.names.chunk_by(|a, b| a.world == b.world) {
        let own = first..first + cells.len();
        first = own.end;
        let models = &grid.models[own.clone()];
        let repeated = &repeated[own];
        let each = models.iter().zip(repeated);
        let values: Vec<Vec<f64>> =
            each.map(|(model, repeated)| repeated.values(model, goal)).collect();
        for (cell, regret) in cells.iter().zip(Regret::of(&values)) {
            rows.push(DrawnRegretRow {
                scenario: cell.scenario.clone(),
                goal: goal.to_string(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                draws: values[0].len() as u64,
                repeats: repeated[0].repeats,
                mean_regret: regret.mean,
                p90_regret: regret.ninetieth,
            });
        }
    }
    rows
}
