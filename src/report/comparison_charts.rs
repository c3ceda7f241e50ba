//! The charts of a comparison.

use super::charts::outcome_name;
use super::comparison::{CellResult, Comparison, Difference};
use super::levers::Pulled;
use super::picture::{Kind, Picture};
use super::robustness::Robust;
use crate::chart::{
    ChartError, FlipChart, ForestChart, ForestGroup, ForestRow, Lever, LeverChart, LeverMove,
    OutcomeName, PolicyBar, PolicyChart, RegretChart, RegretRow, number, percent,
};
use crate::model::Model;
use crate::study::Pull;

/// The charts of a comparison: outcome shares by policy and the forest of
/// differences for each world (or over worlds, where there is one policy), the
/// flips of each pair that parts most in its world, and regret for each goal.
///
/// # Errors
///
/// Numbers that cannot be drawn.
pub fn comparison_charts(
    of: &Comparison,
    robust: &[Robust],
    seed: u64,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    if of.pairs.is_empty() {
        let cells: Vec<&CellResult> = of.cells.iter().collect();
        let title = |cell: &CellResult| cell.heading.world.clone();
        let chart = shares(&cells, title, "worlds", seed);
        pictures.push(Picture::of("outcomes-by-world", Kind::OutcomesByWorld, &chart)?);
        return Ok(pictures);
    }
    let differences = of.differences();
    for world in worlds(of) {
        let cells: Vec<&CellResult> =
            of.cells.iter().filter(|cell| cell.heading.world == world).collect();
        let two = cells.iter().any(|cell| cell.heading.scenario != cells[0].heading.scenario);
        let title = |cell: &CellResult| policy_name(cell, two);
        let by = shares(&cells, title, &format!("policies in world {world}"), seed);
        pictures.push(Picture::of(format!("outcomes-{world}"), Kind::OutcomesByPolicy, &by)?);
        let own: Vec<&Difference> = differences
            .iter()
            .filter(|d| of.cells[of.pairs[d.pair].b].heading.world == world)
            .collect();
        let chart = forest(of, &own, &world, seed);
        pictures.push(Picture::of(format!("differences-{world}"), Kind::Forest, &chart)?);
        if let Some(chart) = flips(of, &own, seed) {
            pictures.push(Picture::of(format!("flips-{world}"), Kind::Flips, &chart)?);
        }
    }
    for robust in robust {
        let name = robust.goal.to_string().replace([':', ','], "-");
        let chart = regret(of, robust, seed);
        pictures.push(Picture::of(format!("regret-{name}"), Kind::Regret, &chart)?);
    }
    Ok(pictures)
}

/// The chart of levers, in the order of their ranking.
///
/// # Errors
///
/// Numbers that cannot be drawn.
pub fn lever_charts(
    of: &Comparison,
    ranking: &[&Pulled],
    seed: u64,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    for world in worlds(of) {
        let own: Vec<&&Pulled> = ranking
            .iter()
            .filter(|pulled| of.cells[of.pairs[pulled.pair].a].heading.world == world)
            .collect();
        let levers: Vec<Lever> = own.iter().filter_map(|pulled| lever(of, pulled)).collect();
        let Some(first) = levers.first() else { continue };
        let verb = match first.setting {
            LeverMove::Forced => "forcing",
            LeverMove::Forbidden => "forbidding",
        };
        let chart = LeverChart {
            title: format!(
                "{verb} {}’s move “{}” changes most: {} by {} points",
                first.actor,
                first.action,
                first.outcome.label,
                points(first.difference)
            )
            .replacen(verb, &capital(verb), 1),
            subtitle: format!(
                "{}; each move forced at its first chance, and forbidden, against the plain run \
                 on the same luck; whiskers: 95 % intervals",
                under(of, &world, seed)
            ),
            source: source(&of.cells[0].model),
            levers,
        };
        pictures.push(Picture::of(format!("levers-{world}"), Kind::Levers, &chart)?);
    }
    Ok(pictures)
}

fn worlds(of: &Comparison) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for cell in &of.cells {
        if !all.contains(&cell.heading.world) {
            all.push(cell.heading.world.clone());
        }
    }
    all
}

fn policy_name(cell: &CellResult, two: bool) -> String {
    if two {
        format!("{}: {}", cell.heading.scenario, cell.heading.policy)
    } else {
        cell.heading.policy.clone()
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn points(difference: f64) -> String {
    format!("{:+.1}", 100.0 * difference).replace('-', "\u{2212}")
}

fn source(model: &Model) -> String {
    format!("{}. Simulated with Démarche {}", model.title, env!("CARGO_PKG_VERSION"))
}

fn under(of: &Comparison, world: &str, seed: u64) -> String {
    let trials = number(of.cells[0].summary.trials as f64);
    format!("{trials} trials each on the same luck, seed {seed}, world {world}")
}

/// The outcomes of a model that came about in any of these cells.
fn outcome_names(model: &Model, unresolved: bool) -> Vec<OutcomeName> {
    let count = model.outcomes.len() + usize::from(unresolved);
    (0..count).map(|index| outcome_name(model, index)).collect()
}

fn shares(
    cells: &[&CellResult],
    name: impl Fn(&CellResult) -> String,
    over: &str,
    seed: u64,
) -> PolicyChart {
    let model = &cells[0].model;
    let unresolved = cells.iter().any(|cell| cell.summary.outcomes.last() != Some(&0));
    let outcomes = outcome_names(model, unresolved);
    let share = |cell: &CellResult, index: usize| {
        let id = Comparison::outcome_id(model, index);
        let all = 0..=cell.model.outcomes.len();
        let at = all.into_iter().find(|at| Comparison::outcome_id(&cell.model, *at) == id);
        at.map_or(0.0, |at| cell.summary.share(at))
    };
    let range = |index: usize| {
        let of = |cell: &&CellResult| share(cell, index);
        let low = cells.iter().map(of).fold(f64::INFINITY, f64::min);
        (low, cells.iter().map(of).fold(0.0, f64::max))
    };
    // The outcome that differs most between the rows makes the title.
    let widest = (0..outcomes.len()).max_by(|a, b| {
        let width = |index: usize| range(index).1 - range(index).0;
        width(*a).total_cmp(&width(*b))
    });
    let title = widest.map_or_else(String::new, |index| {
        let (low, high) = range(index);
        format!("{} in {} to {} of trials", outcomes[index].label, percent(low), percent(high))
    });
    let bars = cells
        .iter()
        .map(|cell| PolicyBar {
            label: name(cell),
            shares: (0..outcomes.len()).map(|index| share(cell, index)).collect(),
        })
        .collect();
    PolicyChart {
        title,
        subtitle: format!(
            "Share of outcomes by {over}; {} trials each on the same luck, seed {seed}",
            number(cells[0].summary.trials as f64)
        ),
        source: source(model),
        outcomes,
        bars,
    }
}

fn forest(of: &Comparison, own: &[&Difference], world: &str, seed: u64) -> ForestChart {
    let model = &of.cells[of.pairs[own[0].pair].a].model;
    let baseline = &of.cells[of.pairs[own[0].pair].a].heading;
    let two = of.cells.iter().any(|cell| cell.heading.scenario != baseline.scenario);
    let mut groups: Vec<ForestGroup> = Vec::new();
    for index in 0..=model.outcomes.len() {
        let rows: Vec<ForestRow> = own
            .iter()
            .filter(|difference| difference.outcome.0 == index)
            .map(|difference| ForestRow {
                label: of.cells[of.pairs[difference.pair].b].heading.policy.clone(),
                difference: difference.paired.difference(),
                low: difference.own.low,
                high: difference.own.high,
                joint_low: difference.all.low,
                joint_high: difference.all.high,
            })
            .collect();
        if !rows.is_empty() {
            groups.push(ForestGroup { outcome: outcome_name(model, index), rows });
        }
    }
    let clear = own.iter().filter(|difference| difference.stands_out()).count();
    ForestChart {
        title: match clear {
            0 => "No difference stands out from the noise of so many trials".to_owned(),
            1 => format!("One of {} differences stands out", own.len()),
            some => format!("{some} of {} differences stand out", own.len()),
        },
        subtitle: under(of, world, seed),
        source: source(model),
        baseline: if two { baseline.scenario.clone() } else { baseline.policy.clone() },
        groups,
    }
}

/// The flips of the pair that parts most.
fn flips(of: &Comparison, own: &[&Difference], seed: u64) -> Option<FlipChart> {
    let moved = |pair: usize| -> u64 {
        let (rows, columns) = sizes(of, pair);
        let all = (0..rows).flat_map(|a| (0..columns).map(move |b| (a, b)));
        all.filter(|(a, b)| a != b).map(|(a, b)| of.pairs[pair].flips.count(a, b)).sum()
    };
    let mut pairs: Vec<usize> = own.iter().map(|difference| difference.pair).collect();
    pairs.dedup();
    let pair = pairs.into_iter().rev().max_by_key(|pair| moved(*pair))?;
    let (first, second) = (&of.cells[of.pairs[pair].a], &of.cells[of.pairs[pair].b]);
    let (rows, columns) = sizes(of, pair);
    // A table needs the same outcomes on both sides.
    let same = |index: usize| {
        Comparison::outcome_id(&first.model, index) == Comparison::outcome_id(&second.model, index)
    };
    if rows != columns || !(0..rows).all(same) || moved(pair) == 0 {
        return None;
    }
    let count = |a: usize, b: usize| of.pairs[pair].flips.count(a, b);
    let last = rows - 1;
    let unresolved = (0..rows).any(|at| count(at, last) + count(last, at) > 0);
    let size = if unresolved { rows } else { last };
    let share = moved(pair) as f64 / first.summary.trials.max(1) as f64;
    let two = first.heading.scenario != second.heading.scenario;
    Some(FlipChart {
        title: format!("{} of trials end otherwise", percent(share)),
        subtitle: under(of, &first.heading.world, seed),
        source: source(&first.model),
        baseline: policy_name(first, two),
        policy: policy_name(second, two),
        outcomes: outcome_names(&first.model, unresolved),
        counts: (0..size).map(|a| (0..size).map(|b| count(a, b)).collect()).collect(),
    })
}

fn sizes(of: &Comparison, pair: usize) -> (usize, usize) {
    let size = |cell: usize| of.cells[cell].model.outcomes.len() + 1;
    (size(of.pairs[pair].a), size(of.pairs[pair].b))
}

fn regret(of: &Comparison, robust: &Robust, seed: u64) -> RegretChart {
    let least = robust.rows.iter().map(|row| row.largest_regret).fold(f64::INFINITY, f64::min);
    let best: Vec<&str> = robust
        .policies
        .iter()
        .zip(&robust.rows)
        .filter(|(_, row)| row.largest_regret == least)
        .map(|(policy, _)| policy.as_str())
        .collect();
    RegretChart {
        title: format!(
            "Least to regret by {}: {}, at most {} points",
            robust.goal,
            best.join(", "),
            points(least).trim_start_matches('+')
        ),
        subtitle: format!(
            "Regret in percentage points: the best policy's value in a world less the policy's; {} \
             trials each on the same luck, seed {seed}",
            number(of.cells[0].summary.trials as f64)
        ),
        source: source(&of.cells[0].model),
        unit: "percentage points".to_owned(),
        worlds: robust.worlds.clone(),
        rows: robust
            .policies
            .iter()
            .zip(&robust.rows)
            .map(|(policy, row)| RegretRow {
                policy: policy.clone(),
                regrets: row.regrets.iter().map(|regret| 100.0 * regret).collect(),
                mean: 100.0 * row.regrets.iter().sum::<f64>() / row.regrets.len() as f64,
            })
            .collect(),
    }
}

fn lever(of: &Comparison, pulled: &Pulled) -> Option<Lever> {
    let largest = pulled.largest()?;
    let model = &of.cells[of.pairs[pulled.pair].a].model;
    let happening = model.happening(pulled.lever.what);
    Some(Lever {
        actor: model.actors[pulled.lever.actor].title.clone(),
        action: happening.title.clone(),
        setting: match pulled.lever.pull {
            Pull::Forced => LeverMove::Forced,
            Pull::Forbidden => LeverMove::Forbidden,
        },
        outcome: outcome_name(model, largest.outcome.0),
        difference: largest.paired.difference(),
        low: largest.own.low,
        high: largest.own.high,
    })
}
