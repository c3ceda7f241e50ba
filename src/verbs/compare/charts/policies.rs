//! The outcomes under each policy, and in each world.

use crate::chart::{ChartError, PolicyBar, PolicyChart};
use crate::format::percent;
use crate::model::NO_POLICY;
use crate::report::{ChartKind, Picture, Scene, most, other_outcomes};
use crate::verbs::compare::tables::CompareTables;

/// The shares of outcomes in one cell.
struct CellShares {
    scenario: String,
    policy: String,
    world: String,
    of: Vec<f64>,
}

/// For each world, the outcomes under each policy, where there are several.
pub(super) fn by_policy(
    scene: &Scene<'_>,
    tables: &CompareTables,
) -> Result<Vec<Picture>, ChartError> {
    let all = cells(scene, tables);
    let mut pictures = Vec::new();
    for world in scene.played.worlds {
        let cells: Vec<&CellShares> = all.iter().filter(|cell| cell.world == *world).collect();
        if cells.len() < 2 {
            continue;
        }
        let name = |cell: &CellShares| scene.cell_title(&cell.scenario, &cell.policy);
        let chart = chart(scene, &cells, name, &format!("policy{}", scene.within(world)));
        pictures.push(Picture::of(
            format!("outcomes-{world}"),
            ChartKind::OutcomesByPolicy,
            &chart,
        )?);
    }
    Ok(pictures)
}

/// The outcomes in each world under the policy that the others are compared with, where there are
/// several worlds of one file.
pub(super) fn by_world(
    scene: &Scene<'_>,
    tables: &CompareTables,
) -> Result<Vec<Picture>, ChartError> {
    let all = cells(scene, tables);
    let Some(policy) = scene.played.policies.first() else { return Ok(Vec::new()) };
    let cells: Vec<&CellShares> = all.iter().filter(|cell| cell.policy == *policy).collect();
    if cells.len() < 2 || scene.played.is_of_two_files() {
        return Ok(Vec::new());
    }
    let name = |cell: &CellShares| scene.world_title(&cell.world);
    let by = match policy.as_str() {
        NO_POLICY => "world, without a policy".to_owned(),
        policy => format!("world, policy “{}”", scene.policy_title(policy)),
    };
    let chart = chart(scene, &cells, name, &by);
    Ok(vec![Picture::of(format!("worlds-{policy}"), ChartKind::OutcomesByWorld, &chart)?])
}

/// The shares of all cells, in the order of the table. Outcomes that only the other file has are
/// left out: they have no colour.
fn cells(scene: &Scene<'_>, tables: &CompareTables) -> Vec<CellShares> {
    let mut all: Vec<CellShares> = Vec::new();
    for row in &tables.summary {
        let same = |cell: &CellShares| {
            cell.scenario == row.scenario && cell.policy == row.policy && cell.world == row.world
        };
        if !all.last().is_some_and(same) {
            let (scenario, policy) = (row.scenario.clone(), row.policy.clone());
            let (world, of) = (row.world.clone(), vec![0.0; scene.outcomes().len()]);
            all.push(CellShares { scenario, policy, world, of });
        }
        let outcome = scene.outcomes().iter().position(|outcome| outcome.id == row.outcome);
        if let (Some(cell), Some(outcome)) = (all.last_mut(), outcome) {
            cell.of[outcome] = row.share;
        }
    }
    all
}

fn chart(
    scene: &Scene<'_>,
    cells: &[&CellShares],
    name: impl Fn(&CellShares) -> String,
    by: &str,
) -> PolicyChart {
    let unresolved = scene.outcomes().len() - 1;
    let shown: Vec<usize> = (0..=unresolved)
        .filter(|at| *at < unresolved || cells.iter().any(|cell| cell.of[*at] > 0.0))
        .collect();
    let range = |at: usize| {
        let shares = cells.iter().map(|cell| cell.of[at]);
        shares.fold((f64::INFINITY, 0.0_f64), |(low, high), s| (low.min(s), high.max(s)))
    };
    let width = |at: usize| range(at).1 - range(at).0;
    // The outcome that differs most between the rows makes the title.
    let weights: Vec<f64> =
        shown.iter().map(|at| cells.iter().map(|cell| cell.of[*at]).sum()).collect();
    let all = shown.len();
    let shown: Vec<usize> = most(&weights).into_iter().map(|at| shown[at]).collect();
    let rest = |cell: &CellShares| 1.0 - shown.iter().map(|at| cell.of[*at]).sum::<f64>();
    let others = (shown.len() < all).then(other_outcomes);
    let widest = shown.iter().copied().rev().max_by(|a, b| width(*a).total_cmp(&width(*b)));
    let title = widest.map_or_else(
        || "No outcomes".to_owned(),
        |at| {
            let (low, high) = range(at);
            let outcome = &scene.outcomes()[at].label;
            let find = |share: f64| cells.iter().find(|cell| cell.of[at] == share);
            match (find(low), find(high)) {
                (Some(least), Some(most)) if low < high => format!(
                    "{outcome}: from {} ({}) to {} of trials ({})",
                    percent(low),
                    name(least),
                    percent(high),
                    name(most)
                ),
                _ => {
                    format!("The outcomes do not differ: {outcome} in {} of trials", percent(high))
                }
            }
        },
    );
    PolicyChart {
        title,
        subtitle: format!("Share of trials that end in each outcome, by {by}; {}", scene.each()),
        source: scene.source(),
        outcomes: shown
            .iter()
            .map(|at| scene.outcomes()[*at].clone())
            .chain(others.clone())
            .collect(),
        bars: cells
            .iter()
            .map(|cell| PolicyBar {
                label: name(cell),
                shares: shown
                    .iter()
                    .map(|at| cell.of[*at])
                    .chain(others.iter().map(|_| rest(cell).max(0.0)))
                    .collect(),
            })
            .collect(),
    }
}
