//! What each policy changes: differences with their intervals, and which outcomes become which.

use std::collections::BTreeMap;

use crate::chart::{ChartError, FlipChart, ForestChart, ForestGroup, ForestRow, OutcomeName};
use crate::format::{counted, percent, points};
use crate::report::{ChartKind, Picture, Scene, left_out, most, other_outcomes};
use crate::verbs::compare::sides::{OfPair, Side};
use crate::verbs::compare::tables::{CompareTables, ComparisonRow};

/// For each world, the differences of every policy from the baseline.
pub(super) fn forests(
    scene: &Scene<'_>,
    tables: &CompareTables,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    for world in scene.played.worlds {
        // Outcomes that only the other file has are left out: they have no colour.
        let own = tables.comparison.iter().filter(|row| row.world_b == *world);
        let own: Vec<(usize, &ComparisonRow)> =
            own.filter_map(|row| Some((scene.played.outcome(&row.outcome)?, row))).collect();
        let Some((_, first)) = own.first() else { continue };
        let mut rows: Vec<Vec<ForestRow>> = vec![Vec::new(); scene.outcomes().len()];
        for (outcome, row) in &own {
            rows[*outcome].push(forest_row(scene, row));
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
                "{}{}; 95 % intervals, from the number of trials alone; the wider ones hold for all \
                 comparisons together{}",
                scene.each(),
                scene.within(world),
                left_out(groups.len(), outcomes)
            ),
            source: scene.source(),
            baseline: scene.cell_title(&first.scenario_a, &first.policy_a),
            groups,
        };
        pictures.push(Picture::of(format!("differences-{world}"), ChartKind::Forest, &chart)?);
    }
    Ok(pictures)
}

fn forest_row(scene: &Scene<'_>, row: &ComparisonRow) -> ForestRow {
    ForestRow {
        label: scene.cell_title(&row.scenario_b, &row.policy_b),
        difference: row.difference,
        low: row.low,
        high: row.high,
        joint_low: row.low_all,
        joint_high: row.high_all,
    }
}

/// The title: how many differences stand out, and the largest of them.
fn title(scene: &Scene<'_>, own: &[(usize, &ComparisonRow)]) -> String {
    let clear: Vec<&(usize, &ComparisonRow)> =
        own.iter().filter(|(_, row)| row.stands_out()).collect();
    let size = |(_, row): &(usize, &ComparisonRow)| row.difference.abs();
    let largest = clear.iter().rev().max_by(|a, b| size(a).total_cmp(&size(b)));
    let Some((outcome, row)) = largest else {
        return "No difference can be told from zero with this many trials".to_owned();
    };
    let change =
        format!("{} by {} points", scene.outcomes()[*outcome].label, points(row.difference));
    let policy = format!("“{}”", scene.cell_title(&row.scenario_b, &row.policy_b));
    let all = own.len();
    match clear.len() {
        1 => format!(
            "One of {} stands out: {policy} changes {change}",
            counted(all as u64, "difference")
        ),
        some => format!("{some} of {all} differences stand out, most of all {policy}: {change}"),
    }
}

/// The trials of a pair, by their outcome under each.
struct FlippedPair<'t> {
    a: Side<'t>,
    b: Side<'t>,
    /// Only pairs of outcomes that some trial had: there may be thousands of outcomes.
    counts: BTreeMap<(usize, usize), u64>,
}

impl FlippedPair<'_> {
    /// How many trials end in another outcome.
    fn moved(&self) -> u64 {
        self.counts.iter().filter(|((a, b), _)| a != b).map(|(_, count)| count).sum()
    }
}

/// For each world, the flips of the pair that differs in most trials. The table needs the same
/// outcomes on both sides, so two files with different outcomes have no such chart.
pub(super) fn flips(scene: &Scene<'_>, tables: &CompareTables) -> Result<Vec<Picture>, ChartError> {
    let mut ids = scene.played.files().map(|file| {
        file.model.outcomes.iter().map(|outcome| outcome.id.as_str()).collect::<Vec<_>>()
    });
    let first = ids.next();
    if ids.any(|other| first.as_ref() != Some(&other)) {
        return Ok(Vec::new());
    }
    let mut pairs: Vec<FlippedPair<'_>> = Vec::new();
    for row in &tables.flips {
        let [a, b] = row.sides();
        if !pairs.last().is_some_and(|pair| pair.a == a && pair.b == b) {
            pairs.push(FlippedPair { a, b, counts: BTreeMap::new() });
        }
        let outcome = |id: &str| scene.played.outcome(id);
        if let (Some(pair), Some(from), Some(to)) =
            (pairs.last_mut(), outcome(&row.outcome_a), outcome(&row.outcome_b))
        {
            pair.counts.insert((from, to), row.trials);
        }
    }
    let mut pictures = Vec::new();
    for world in scene.played.worlds {
        let own = pairs.iter().filter(|pair| pair.b.world == *world && pair.moved() > 0);
        // The first of equals.
        let own: Vec<&FlippedPair<'_>> = own.collect();
        let Some(pair) = own.iter().rev().max_by_key(|pair| pair.moved()) else { continue };
        let chart = flip_chart(scene, pair);
        pictures.push(Picture::of(format!("flips-{world}"), ChartKind::Flips, &chart)?);
    }
    Ok(pictures)
}

fn flip_chart(scene: &Scene<'_>, pair: &FlippedPair<'_>) -> FlipChart {
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
    // All outcomes that are not shown by themselves share one row and one column.
    let place = |at: usize| shown.iter().position(|other| *other == at).unwrap_or(shown.len());
    if pair.counts.keys().any(|(a, b)| place(*a).max(place(*b)) == shown.len()) {
        outcomes.push(other_outcomes());
    }
    let mut counts = vec![vec![0; outcomes.len()]; outcomes.len()];
    for ((a, b), count) in &pair.counts {
        counts[place(*a)][place(*b)] += count;
    }
    let share = pair.moved() as f64 / scene.played.trials.max(1) as f64;
    let [baseline, policy] =
        [pair.a, pair.b].map(|side| scene.cell_title(side.scenario, side.policy));
    let moves = pair.counts.iter().filter(|((a, b), _)| a != b);
    let most = moves.rev().max_by_key(|(_, count)| **count);
    let most = most.map_or_else(String::new, |((a, b), _)| {
        let [from, to] = [*a, *b].map(|at| scene.outcomes()[at].label.as_str());
        format!(", most of them in “{to}” instead of “{from}”")
    });
    FlipChart {
        title: format!(
            "Under “{policy}”, {} of trials end in another outcome{most}",
            percent(share)
        ),
        subtitle: format!(
            "Trials by their outcome under both; {}{}; the policy that changes most trials",
            scene.each(),
            scene.within(pair.a.world)
        ),
        source: scene.source(),
        baseline,
        policy,
        outcomes,
        counts,
    }
}
