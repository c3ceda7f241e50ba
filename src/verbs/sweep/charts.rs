//! The charts of `sweep`: lines along one value, or heat maps over two.

use super::chart_parts::{values, words};
use super::found::CrossingFound;
use super::measure_charts::measure_curves;
use super::tables::{CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
use super::value::SweepValue;
use super::words::{SweepWords, shown};
use crate::chart::{
    ChartError, Colour, HeatAxis, HeatCell, HeatChart, OutcomeName, PlotEstimate, PlotUnit,
    SweepChart, SweepCrossing, SweepLine, SweepPanel,
};
use crate::format::{number, number_range};
use crate::report::{ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene};
use crate::verbs::report::{ChartDrawer, FirstDrawer};

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<SweepTables> = first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<SweepTables>)] =
    &[(ChartKind::Sweep, curves), (ChartKind::Heat, heats)];

/// The largest number of bars that fit on the first screen of a phone.
const BARS: usize = 6;

/// The charts along one value: of the outcomes that are told of, and then of the measures.
fn curves(scene: &Scene<'_>, tables: &SweepTables) -> Result<Vec<Picture>, ChartError> {
    let words = words(scene, tables);
    if words.is_grid() {
        return Ok(Vec::new());
    }
    let mut pictures = outcome_curves(scene, &words)?;
    pictures.extend(measure_curves(scene, &words)?);
    Ok(pictures)
}

/// A chart for each outcome that is told of: a panel for each world, a line for each policy. Where one
/// policy was played, one chart with a line for each outcome.
fn outcome_curves(scene: &Scene<'_>, words: &SweepWords<'_>) -> Result<Vec<Picture>, ChartError> {
    let told = words.outcomes();
    let Some(first) = told.first() else { return Ok(Vec::new()) };
    let swept = words.axes().join(", ");
    let mut pictures = Vec::new();
    if words.others().is_empty() {
        let policy = scene.played.policies.first().map_or("", String::as_str);
        let panel = |world: &String| SweepPanel {
            world: scene.place(world).unwrap_or_default(),
            lines: outcome_lines(scene, words, world, policy),
            crossings: Vec::new(),
        };
        let chart = SweepChart {
            title: words.chart_title(first),
            subtitle: format!("{}{}; bands: 95 % intervals", scene.each(), scene.circumstances()),
            source: scene.source(),
            of: "Share of trials, by outcome".to_owned(),
            unit: PlotUnit::Share,
            swept,
            values: values(words, 0),
            panels: scene.played.worlds.iter().map(panel).collect(),
        };
        return Ok(vec![Picture::of("sweep-outcomes", ChartKind::Sweep, &chart)?]);
    }
    for outcome in told {
        let panel = |world: &String| SweepPanel {
            world: scene.place(world).unwrap_or_default(),
            lines: policy_lines(scene, words, world, &outcome),
            crossings: words
                .others()
                .iter()
                .flat_map(|policy| {
                    let rows = words.crossings(world, policy, &outcome);
                    rows.into_iter().filter_map(|row| crossing(scene, row)).collect::<Vec<_>>()
                })
                .collect(),
        };
        let title = words.chart_title(&outcome);
        let chart = SweepChart {
            title,
            subtitle: format!(
                "{}; bands: 95 % intervals of each line; brackets: 95 % over all values",
                scene.each()
            ),
            source: scene.source(),
            of: format!("Share of trials that end in “{}”", scene.played.outcome_title(&outcome)),
            unit: PlotUnit::Share,
            swept: swept.clone(),
            values: values(words, 0),
            panels: scene.played.worlds.iter().map(panel).collect(),
        };
        pictures.push(Picture::of(format!("sweep-{outcome}"), ChartKind::Sweep, &chart)?);
    }
    Ok(pictures)
}

/// A line for each outcome that came about.
fn outcome_lines(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
    world: &str,
    policy: &str,
) -> Vec<SweepLine> {
    let line = |outcome: &OutcomeName| {
        let rows = words.shares(world, policy, &outcome.id);
        rows.iter().any(|row| row.count > 0).then(|| SweepLine {
            label: outcome.label.clone(),
            colour: outcome.colour,
            outcome: Some(outcome.id.clone()),
            points: rows.into_iter().map(share).collect(),
        })
    };
    scene.outcomes().iter().filter_map(line).collect()
}

/// A line for each policy.
fn policy_lines(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
    world: &str,
    outcome: &str,
) -> Vec<SweepLine> {
    let line = |(index, policy): (usize, &String)| SweepLine {
        label: scene.policy_title(policy),
        colour: Colour::series(index),
        outcome: None,
        points: words.shares(world, policy, outcome).into_iter().map(share).collect(),
    };
    scene.played.policies.iter().enumerate().map(line).collect()
}

fn share(row: &SweepShareRow) -> PlotEstimate {
    PlotEstimate { value: row.share, low: row.mc_low, high: row.mc_high }
}

/// A stretch in which two lines cross, or may.
fn crossing(scene: &Scene<'_>, row: &CrossingRow) -> Option<SweepCrossing> {
    let (low, high) = (row.low?, row.high?);
    let names =
        format!("{} and {}", scene.policy_title(&row.policy_a), scene.policy_title(&row.policy_b));
    let range = number_range(low, high);
    let words = match (row.found, row.value) {
        (CrossingFound::Crossing, Some(value)) => {
            format!("{names} cross at {} (95 %: {range})", number(value))
        }
        _ => format!("{names}: which is higher is not told from {range}"),
    };
    Some(SweepCrossing { value: row.value, low, high, words })
}

/// A heat map for each outcome that is told of in each world: of its share or, for several policies, of
/// the difference of each to the first.
fn heats(scene: &Scene<'_>, tables: &SweepTables) -> Result<Vec<Picture>, ChartError> {
    let words = words(scene, tables);
    let mut pictures = Vec::new();
    if !words.is_grid() {
        return Ok(pictures);
    }
    for outcome in words.outcomes() {
        let title = format!("“{}”", scene.played.outcome_title(&outcome));
        for world in scene.played.worlds {
            let mut add = |name: String, heading: String, of: String, unit, cells| {
                let names = words.axes();
                let axis = |at: usize| HeatAxis {
                    name: names.get(at).cloned().unwrap_or_default(),
                    values: values(&words, at),
                };
                let chart = HeatChart {
                    title: heading.trim_end_matches('.').to_owned(),
                    subtitle: format!("{}{}", scene.each(), scene.within(world)),
                    source: scene.source(),
                    of,
                    outcome: Some(outcome.clone()),
                    unit,
                    across: axis(1),
                    upwards: axis(0),
                    cells,
                };
                Picture::of(name, ChartKind::Heat, &chart).map(|picture| pictures.push(picture))
            };
            if let [policy] = scene.played.policies {
                let rows = words.shares(world, policy, &outcome);
                let cell = |row: &SweepShareRow| HeatCell { estimate: share(row), is_clear: true };
                let cells = grid(&rows, |row| &row.value_1, cell);
                let (heading, _) = words.range(world, policy, &outcome);
                let of = format!("Share of trials that end in {title}{}", scene.circumstances());
                add(format!("heat-{world}-{outcome}"), heading, of, PlotUnit::Share, cells)?;
            }
            for policy in words.others() {
                let rows = words.differences(world, policy, &outcome);
                let cell = |row: &SweepDifferenceRow| HeatCell {
                    estimate: PlotEstimate {
                        value: row.difference,
                        low: row.low_all,
                        high: row.high_all,
                    },
                    is_clear: row.stands_out(),
                };
                let cells = grid(&rows, |row| &row.value_1, cell);
                let (heading, _) = words.ahead(world, policy, &outcome);
                let of = format!(
                    "{title} under “{}” less that under “{}”, in percentage points; intervals: 95 % over \
                     all pairs of values",
                    scene.policy_title(policy),
                    scene.policy_title(&scene.played.policies[0])
                );
                let name = format!("heat-{world}-{policy}-{outcome}");
                add(name, heading, of, PlotUnit::ShareDifference, cells)?;
            }
        }
    }
    Ok(pictures)
}

/// Rows in the order of the tables as a grid: a line of cells for each of the first values.
fn grid<R>(
    rows: &[&R],
    first: impl Fn(&R) -> &SweepValue,
    cell: impl Fn(&R) -> HeatCell,
) -> Vec<Vec<HeatCell>> {
    let lines = rows.chunk_by(|a, b| first(a) == first(b));
    lines.map(|line| line.iter().map(|row| cell(row)).collect()).collect()
}

/// What matters most of the first outcome that is told of: over two values, the largest differences
/// between policies; else the shares at a few of the values under the first two policies.
fn first(scene: &Scene<'_>, tables: &SweepTables) -> Option<FirstChart> {
    let words = words(scene, tables);
    let outcome = scene.outcome(words.outcomes().first()?)?.clone();
    let world = scene.played.worlds.first()?;
    match words.is_grid() && !words.others().is_empty() {
        true => Some(largest(scene, &words, world, &outcome)),
        false => some_shares(scene, &words, world, &outcome),
    }
}

/// The values of what is swept, for a label: with their names where there are two.
fn label(words: &SweepWords<'_>, values: &[&SweepValue]) -> String {
    if !words.is_grid() {
        return shown(values);
    }
    let each = words.axes().into_iter().zip(values);
    let each: Vec<String> = each.map(|(name, value)| format!("{name} {}", value.shown())).collect();
    each.join(", ")
}

/// The largest differences: first those that can be told from zero.
fn largest(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
    world: &str,
    outcome: &OutcomeName,
) -> FirstChart {
    let others = words.others().iter();
    let mut rows: Vec<&SweepDifferenceRow> =
        others.flat_map(|policy| words.differences(world, policy, &outcome.id)).collect();
    let size = |row: &SweepDifferenceRow| row.difference.abs();
    rows.sort_by(|a, b| b.stands_out().cmp(&a.stands_out()).then(size(b).total_cmp(&size(a))));
    let clear = rows.iter().filter(|row| row.stands_out()).count();
    rows.truncate(clear.clamp(3, BARS));
    let bar = |row: &&SweepDifferenceRow| FirstBar {
        label: Some(match words.others() {
            [_] => label(words, &row.values()),
            _ => format!("{}: {}", label(words, &row.values()), scene.policy_title(&row.policy_b)),
        }),
        place: scene.place(world),
        outcome: outcome.clone(),
        value: row.difference,
        interval: (row.low_all, row.high_all),
        is_clear: row.stands_out(),
    };
    let bars: Vec<FirstBar> = rows.iter().map(bar).collect();
    let hollow = if bars.iter().any(|bar| !bar.is_clear) { " Pale: may be zero." } else { "" };
    let own = match words.others() {
        [one] => format!("under “{}” ", scene.policy_title(one)),
        _ => String::new(),
    };
    FirstChart {
        heading: "Where the policies differ most".to_owned(),
        note: format!(
            "In percentage points {own}against “{}”, {}; lines: 95 % intervals, all pairs of values judged \
             together.{hollow}",
            scene.policy_title(&scene.played.policies[0]),
            scene.each()
        ),
        measure: FirstMeasure::Differences,
        bars,
    }
}

/// The shares at a few of the values, from the first to the last.
fn some_shares(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
    world: &str,
    outcome: &OutcomeName,
) -> Option<FirstChart> {
    let policies = &scene.played.policies[..scene.played.policies.len().min(2)];
    let columns: Vec<Vec<&SweepShareRow>> =
        policies.iter().map(|policy| words.shares(world, policy, &outcome.id)).collect();
    let many = columns.first()?.len();
    let room = (BARS / policies.len()).min(many).max(1);
    let at = |k: usize| if room == 1 { 0 } else { k * (many - 1) / (room - 1) };
    let mut bars = Vec::new();
    for k in 0..room {
        for (policy, rows) in policies.iter().zip(&columns) {
            let row = rows.get(at(k))?;
            let value = label(words, &row.values());
            let label = match policies {
                [_] => value,
                _ => format!("{value}: {}", scene.policy_title(policy)),
            };
            bars.push(FirstBar {
                label: Some(label),
                place: None,
                outcome: outcome.clone(),
                value: row.share,
                interval: (row.mc_low, row.mc_high),
                is_clear: true,
            });
        }
    }
    let place = scene.place(world).map_or_else(String::new, |world| format!(" in “{world}”"));
    Some(FirstChart {
        heading: format!("Along {}", words.swept().join(" and ")),
        note: format!(
            "Share of trials{place} at {} of the values, {}; lines: the 95 % interval of each by itself.",
            if room == many { "each" } else { "some" },
            scene.each()
        ),
        measure: FirstMeasure::Shares,
        bars,
    })
}
