//! What each policy changes: differences with their intervals, and which outcomes become which.

use super::DrawError;
use super::scene::{Cell, Scene};
use crate::chart::{FlipChart, ForestChart, ForestGroup, ForestRow, percent};
use crate::report::picture::{Kind, Picture};
use crate::store::StoreError;

/// A row of the table of differences.
struct Difference {
    outcome: usize,
    baseline: String,
    row: ForestRow,
    world: String,
}

/// For each world, the differences of every policy from the baseline.
pub(super) fn forests(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let all = differences(scene)?;
    let mut pictures = Vec::new();
    for world in &scene.manifest.worlds {
        let own: Vec<&Difference> = all.iter().filter(|d| d.world == *world).collect();
        let Some(first) = own.first() else { continue };
        let groups = scene.outcomes().iter().enumerate().filter_map(|(at, outcome)| {
            let rows = own.iter().filter(|difference| difference.outcome == at);
            let rows: Vec<ForestRow> = rows.map(|difference| difference.row.clone()).collect();
            (!rows.is_empty()).then(|| ForestGroup { outcome: outcome.clone(), rows })
        });
        let chart = ForestChart {
            title: title(scene, &own),
            subtitle: format!(
                "{}, world {world}; 95 % intervals of the Monte Carlo error (Bonett and Price), the wider \
                 ones for all comparisons at once (Bonferroni)",
                scene.each()
            ),
            source: scene.source(),
            baseline: first.baseline.clone(),
            groups: groups.collect(),
        };
        pictures.push(Picture::of(format!("differences-{world}"), Kind::Forest, &chart)?);
    }
    Ok(pictures)
}

/// What stands out, led by the largest.
fn title(scene: &Scene<'_>, own: &[&Difference]) -> String {
    let clear = own.iter().filter(|difference| difference.row.is_certain());
    let size = |difference: &&&&Difference| difference.row.difference.abs();
    let count = clear.clone().count();
    let clear: Vec<&&Difference> = clear.collect();
    let largest = clear.iter().rev().max_by(|a, b| size(a).total_cmp(&size(b)));
    let Some(largest) = largest else {
        return "No difference stands out from the noise of so many trials".to_owned();
    };
    let change = format!(
        "{} by {} points",
        scene.outcomes()[largest.outcome].label,
        crate::chart::points(largest.row.difference)
    );
    let policy = &largest.row.label;
    match count {
        1 => format!("One of {} differences stands out: {policy} changes {change}", own.len()),
        _ => format!(
            "{count} of {} differences stand out, most of all {policy}: {change}",
            own.len()
        ),
    }
}

fn differences(scene: &Scene<'_>) -> Result<Vec<Difference>, StoreError> {
    let mut all = Vec::new();
    for row in scene.records.table("comparison.csv")?.rows() {
        let Some(outcome) = scene.outcome(&row, "outcome")? else { continue };
        let (a, b) = (Cell::side(&row, "a")?, Cell::side(&row, "b")?);
        all.push(Difference {
            outcome,
            baseline: if a.scenario == b.scenario { a.policy } else { a.scenario }.to_owned(),
            world: b.world.to_owned(),
            row: ForestRow {
                label: b.policy.to_owned(),
                difference: row.number("difference")?,
                low: row.number("low")?,
                high: row.number("high")?,
                joint_low: row.number("low_all")?,
                joint_high: row.number("high_all")?,
            },
        });
    }
    Ok(all)
}

/// The trials of a pair, by their outcome under each.
struct Pair<'t> {
    a: Cell<'t>,
    b: Cell<'t>,
    counts: Vec<Vec<u64>>,
}

impl Pair<'_> {
    /// How many trials end otherwise.
    fn moved(&self) -> u64 {
        let rows = self.counts.iter().enumerate();
        rows.map(|(at, row)| row.iter().sum::<u64>() - row[at]).sum()
    }

    fn name(&self, cell: Cell<'_>) -> String {
        if self.a.scenario == self.b.scenario {
            return cell.policy.to_owned();
        }
        format!("{}: {}", cell.scenario, cell.policy)
    }
}

/// For each world, the flips of the pair that parts most. A table needs the same outcomes on both
/// sides, so of two files with others there is none.
pub(super) fn flips(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let ids = |outcomes: &[crate::model::OutcomeInfo]| {
        outcomes.iter().map(|outcome| outcome.id.clone()).collect::<Vec<_>>()
    };
    let other = scene.other.as_ref();
    if other.is_some_and(|other| ids(&other.outcomes) != ids(&scene.model.outcomes)) {
        return Ok(Vec::new());
    }
    let grid = scene.records.table("flips.csv")?;
    let size = scene.outcomes().len();
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for row in grid.rows() {
        let (a, b) = (Cell::side(&row, "a")?, Cell::side(&row, "b")?);
        if !pairs.last().is_some_and(|pair| pair.a == a && pair.b == b) {
            pairs.push(Pair { a, b, counts: vec![vec![0; size]; size] });
        }
        let (from, to) =
            (scene.own_outcome(&row, "outcome_a")?, scene.own_outcome(&row, "outcome_b")?);
        if let Some(pair) = pairs.last_mut() {
            pair.counts[from][to] = row.count("trials")?;
        }
    }
    let mut pictures = Vec::new();
    for world in &scene.manifest.worlds {
        let own = pairs.iter().filter(|pair| pair.b.world == *world && pair.moved() > 0);
        // The first of equals.
        let own: Vec<&Pair<'_>> = own.collect();
        let Some(pair) = own.iter().rev().max_by_key(|pair| pair.moved()) else { continue };
        let chart = flip_chart(scene, pair);
        pictures.push(Picture::of(format!("flips-{world}"), Kind::Flips, &chart)?);
    }
    Ok(pictures)
}

fn flip_chart(scene: &Scene<'_>, pair: &Pair<'_>) -> FlipChart {
    let last = scene.outcomes().len() - 1;
    let is_seen = |at: usize| pair.counts[at][last] + pair.counts[last][at] > 0;
    let size = if (0..=last).any(is_seen) { last + 1 } else { last };
    let share = pair.moved() as f64 / scene.manifest.trials.max(1) as f64;
    let (baseline, policy) = (pair.name(pair.a), pair.name(pair.b));
    let cells = (0..size).flat_map(|a| (0..size).map(move |b| (a, b))).filter(|(a, b)| a != b);
    let cells: Vec<(usize, usize)> = cells.collect();
    let most = cells.iter().rev().max_by_key(|(a, b)| pair.counts[*a][*b]);
    let most = most.map_or_else(String::new, |(a, b)| {
        let [from, to] = [*a, *b].map(|at| scene.outcomes()[at].label.as_str());
        format!(", most of them in {to} in place of {from}")
    });
    FlipChart {
        title: format!("Under {policy} {} of trials end otherwise{most}", percent(share)),
        subtitle: format!(
            "Trials by their outcome under both; {}, world {}; the policy that moves most trials",
            scene.each(),
            pair.a.world
        ),
        source: scene.source(),
        baseline,
        policy,
        outcomes: scene.outcomes()[..size].to_vec(),
        counts: pair.counts[..size].iter().map(|row| row[..size].to_vec()).collect(),
    }
}
