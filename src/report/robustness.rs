//! How policies do by a goal over all worlds.

use super::comparison::Comparison;
use super::tables::TableOf;
use crate::stats::{Robustness, robustness};
use crate::store::{Staging, StoreError};
use crate::study::Goal;

/// What a goal makes of the policies.
#[derive(Clone, Debug)]
pub struct Robust {
    /// The goal.
    pub goal: Goal,
    /// The policies, in the order of the rows.
    pub policies: Vec<String>,
    /// The worlds, in the order of the columns.
    pub worlds: Vec<String>,
    /// The value of each policy in each world; more is better.
    pub values: Vec<Vec<f64>>,
    /// What follows for each policy.
    pub rows: Vec<Robustness>,
}

/// Weighs the policies of a comparison of one scenario by a goal that was
/// checked.
pub fn robust(of: &Comparison, goal: &Goal, threshold: Option<f64>) -> Robust {
    let (mut policies, mut worlds): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for cell in &of.cells {
        if !policies.contains(&cell.heading.policy) {
            policies.push(cell.heading.policy.clone());
        }
        if !worlds.contains(&cell.heading.world) {
            worlds.push(cell.heading.world.clone());
        }
    }
    let value = |policy: &String, world: &String| {
        let cell = of
            .cells
            .iter()
            .find(|cell| cell.heading.policy == *policy && cell.heading.world == *world);
        cell.map_or(0.0, |cell| goal.value(&cell.model, &cell.summary))
    };
    let values: Vec<Vec<f64>> = policies
        .iter()
        .map(|policy| worlds.iter().map(|world| value(policy, world)).collect())
        .collect();
    let rows = robustness(&values, threshold);
    Robust { goal: goal.clone(), policies, worlds, values, rows }
}

/// Writes `robustness.csv`, a row for each goal and policy, and `regret.csv`, a
/// row for each goal, policy and world.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_robustness(
    staging: &Staging,
    scenario: &str,
    all: &[Robust],
    threshold: Option<f64>,
) -> Result<(), StoreError> {
    let headings = [
        "scenario",
        "goal",
        "policy",
        "maximin",
        "worst_world",
        "max_regret",
        "max_regret_world",
        "mean",
        "threshold",
        "share_above",
    ];
    let mut table = TableOf::create(staging, "robustness.csv", &headings)?;
    for robust in all {
        let goal = robust.goal.to_string();
        for (policy, row) in robust.policies.iter().zip(&robust.rows) {
            table.row(
                &[scenario.into(), goal.as_str().into(), policy.into()],
                &[
                    row.worst.into(),
                    (&robust.worlds[row.worst_world]).into(),
                    row.largest_regret.into(),
                    (&robust.worlds[row.largest_regret_world]).into(),
                    row.mean.into(),
                    threshold.into(),
                    row.share_at_least.into(),
                ],
            )?;
        }
    }
    table.finish()?;
    let headings = ["scenario", "goal", "policy", "world", "value", "regret"];
    let mut table = TableOf::create(staging, "regret.csv", &headings)?;
    for robust in all {
        let goal = robust.goal.to_string();
        for (index, policy) in robust.policies.iter().enumerate() {
            for (at, world) in robust.worlds.iter().enumerate() {
                table.row(
                    &[scenario.into(), goal.as_str().into(), policy.into(), world.into()],
                    &[robust.values[index][at].into(), robust.rows[index].regrets[at].into()],
                )?;
            }
        }
    }
    table.finish()
}
