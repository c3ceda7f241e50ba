//! How policies do by a goal over all worlds.

use super::comparison::Comparison;
use super::tables::TableOf;
use crate::stats::{Regret, Robustness, robustness};
use crate::store::{Staging, StoreError};
use crate::study::{Goal, Repeated};

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

/// How much a policy is to be regretted over draws of the assumptions.
#[derive(Clone, Debug)]
pub struct DrawnRegret {
    /// The goal.
    pub goal: Goal,
    /// The world in which the assumptions are drawn.
    pub world: String,
    /// How many draws there were.
    pub draws: u64,
    /// How many times each was played.
    pub repeats: u64,
    /// The policies and their regret.
    pub rows: Vec<(String, Regret)>,
}

/// The regret of the policies of a comparison of one scenario over draws of the
/// assumptions, in each world. `repeated` is by cell.
pub fn drawn_regret(of: &Comparison, repeated: &[Repeated], goal: &Goal) -> Vec<DrawnRegret> {
    let mut all: Vec<DrawnRegret> = Vec::new();
    let mut first = 0;
    while let Some(cell) = of.cells.get(first) {
        let world = &cell.heading.world;
        let count = of.cells[first..].iter().take_while(|c| c.heading.world == *world).count();
        let cells = &of.cells[first..first + count];
        let values: Vec<Vec<f64>> = cells
            .iter()
            .zip(&repeated[first..])
            .map(|(cell, repeated)| repeated.values(&cell.model, goal))
            .collect();
        let policies = cells.iter().map(|cell| cell.heading.policy.clone());
        all.push(DrawnRegret {
            goal: goal.clone(),
            world: world.clone(),
            draws: values[0].len() as u64,
            repeats: repeated[first].repeats,
            rows: policies.zip(Regret::of(&values)).collect(),
        });
        first += count;
    }
    all
}

/// Writes `regret_draws.csv`, a row for each goal, world and policy.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_drawn_regret(
    staging: &Staging,
    scenario: &str,
    all: &[DrawnRegret],
) -> Result<(), StoreError> {
    let headings =
        ["scenario", "goal", "policy", "world", "draws", "repeats", "mean_regret", "p90_regret"];
    let mut table = TableOf::create(staging, "regret_draws.csv", &headings)?;
    for drawn in all {
        let goal = drawn.goal.to_string();
        for (policy, regret) in &drawn.rows {
            table.row(
                &[scenario.into(), goal.as_str().into(), policy.into(), (&drawn.world).into()],
                &[
                    drawn.draws.into(),
                    drawn.repeats.into(),
                    regret.mean.into(),
                    regret.ninetieth.into(),
                ],
            )?;
        }
    }
    table.finish()
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
