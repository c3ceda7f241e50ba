//! What each policy changes: differences with their intervals, and which outcomes become which.

use std::collections::BTreeMap;

use super::DrawError;
use super::scene::{Cell, Scene, left_out, most, other_outcomes};
use crate::chart::{FlipChart, ForestChart, ForestGroup, ForestRow, OutcomeName, percent};
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
        let mut rows: Vec<Vec<ForestRow>> = vec![Vec::new(); scene.outcomes().len()];
        for difference in &own {
            rows[difference.outcome].push(difference.row.clone());
        }
        let size =
            |rows: &Vec<ForestRow>| rows.iter().map(|row| row.difference.abs()).fold(0.0, f64::max);
        let shown = most(&rows.iter().map(size).collect::<Vec<_>>());
        let outcomes = rows.iter().filter(|rows| !rows.is_empty()).count();
        let groups: Vec<ForestGroup> = shown
            .into_iter()
            .filter(|at| !rows[*at].is_empty())
            .map(|at| ForestGroup { outcome: scene.outcomes()[at].clone(), rows: rows[at].clone() })
            .collect();
        let chart = ForestChart {
            title: title(scene, &own),
            subtitle: format!(
                "{}, world {world}; 95 % intervals of the Monte Carlo error (Bonett and Price), the wider \
                 ones for all comparisons at once (Bonferroni){}",
                scene.each(),
                left_out(groups.len(), outcomes)
            ),
            source: scene.source(),
            baseline: first.baseline.clone(),
            groups,
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
    /// Only what came about: outcomes may be thousands.
    counts: BTreeMap<(usize, usize), u64>,
}

impl Pair<'_> {
    /// How many trials end otherwise.
    fn moved(&self) -> u64 {
        self.counts.iter().filter(|((a, b), _)| a != b).map(|(_, count)| count).sum()
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
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for row in grid.rows() {
        let (a, b) = (Cell::side(&row, "a")?, Cell::side(&row, "b")?);
        if !pairs.last().is_some_and(|pair| pair.a == a && pair.b == b) {
            pairs.push(Pair { a, b, counts: BTreeMap::new() });
        }
        let (from, to) =
            (scene.own_outcome(&row, "outcome_a")?, scene.own_outcome(&row, "outcome_b")?);
        if let Some(pair) = pairs.last_mut() {
            pair.counts.insert((from, to), row.count("trials")?);
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
    let mut weights = vec![0.0; last + 1];
    for ((a, b), count) in &pair.counts {
        weights[*a] += *count as f64;
        weights[*b] += *count as f64;
    }
    let shown: Vec<usize> =
        most(&weights).into_iter().filter(|at| *at < last || weights[last] > 0.0).collect();
    let mut outcomes: Vec<OutcomeName> =
        shown.iter().map(|at| scene.outcomes()[*at].clone()).collect();
    // What is not shown by itself has a row and a column together.
    let place = |at: usize| shown.iter().position(|other| *other == at).unwrap_or(shown.len());
    if pair.counts.keys().any(|(a, b)| place(*a).max(place(*b)) == shown.len()) {
        outcomes.push(other_outcomes());
    }
    let mut counts = vec![vec![0; outcomes.len()]; outcomes.len()];
    for ((a, b), count) in &pair.counts {
        counts[place(*a)][place(*b)] += count;
    }
    let share = pair.moved() as f64 / scene.manifest.trials.max(1) as f64;
    let (baseline, policy) = (pair.name(pair.a), pair.name(pair.b));
    let moves = pair.counts.iter().filter(|((a, b), _)| a != b);
    let most = moves.rev().max_by_key(|(_, count)| **count);
    let most = most.map_or_else(String::new, |((a, b), _)| {
        let [from, to] = [*a, *b].map(|at| scene.outcomes()[at].label.as_str());
        format!(", most of them in “{to}” in place of “{from}”")
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
        outcomes,
        counts,
    }
}
