//! The charts of `sensitivity`: paired bars, the plane of a screening, and tornados.

use super::question::SensitivityMethod;
use super::single_inputs::width;
use super::tables::{OneAtATimeRow, SensitivityTables};
use super::words::SensitivityWords;
use crate::chart::{
    ChartError, Colour, ImportanceBar, ImportanceChart, OutcomeName, PlotEstimate, PlotUnit,
    ScreeningChart, ScreeningPoint, TornadoBar, TornadoChart, TornadoEnd,
};
use crate::format::{counted, number};
use crate::report::{ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene};
use crate::verbs::part_known::PartKnown;
use crate::verbs::report::{ChartDrawer, FirstDrawer};

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<SensitivityTables> = first;

/// The largest number of bars that fit on the first screen of a phone.
const MOST: usize = 6;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<SensitivityTables>)] = &[
    (ChartKind::Importance, importance),
    (ChartKind::Screening, screening),
    (ChartKind::Tornado, tornado),
];

/// The importance of every input for each result.
fn importance(scene: &Scene<'_>, tables: &SensitivityTables) -> Result<Vec<Picture>, ChartError> {
    let words = SensitivityWords::new(&scene.played, tables);
    let mut pictures = Vec::new();
    for row in words.variance() {
        let rows = words.importance(&row.of);
        if rows.is_empty() {
            continue;
        }
        let of = match row.is_clear() {
            true => "Parts of the variance that the inputs explain",
            false => "Parts of p(1 − p), of all uncertainty, as the inputs may explain none of it",
        };
        let of = match words.is_share(&row.of) || row.is_clear() {
            true => of,
            false => "Parts of the variance of single plays, as the inputs may explain none of it",
        };
        let chart = ImportanceChart {
            title: words.explained(row).trim_end_matches('.').to_owned(),
            subtitle: format!(
                "{}; {}, seed {}{}; whiskers: 95 % intervals, each by itself",
                of,
                words.played_in_words(),
                scene.played.seed,
                scene.circumstances()
            ),
            source: scene.source(),
            rows: rows
                .into_iter()
                .map(|row| ImportanceBar {
                    label: words.names.shown(&row.input, row.group.as_deref()),
                    first: row.first().map(PartKnown::estimate),
                    total: row.total().map(PartKnown::estimate),
                    is_clear: row.is_clear(),
                })
                .collect(),
        };
        pictures.push(Picture::of(
            format!("importance-{}", row.of),
            ChartKind::Importance,
            &chart,
        )?);
    }
    Ok(pictures)
}

/// The effects of every input on each result.
fn screening(scene: &Scene<'_>, tables: &SensitivityTables) -> Result<Vec<Picture>, ChartError> {
    let words = SensitivityWords::new(&scene.played, tables);
    let mut pictures = Vec::new();
    for of in words.targets() {
        let rows = words.morris(of);
        if rows.is_empty() {
            continue;
        }
        let (what, unit) = result(&words, of);
        let chart = ScreeningChart {
            title: words.moved(of).trim_end_matches('.').to_owned(),
            subtitle: format!(
                "{} on common luck, seed {}{}; whiskers: 95 % intervals, each by itself",
                words.played_in_words(),
                scene.played.seed,
                scene.circumstances()
            ),
            source: scene.source(),
            of: match unit {
                PlotUnit::Share => format!("{what}, in percentage points"),
                PlotUnit::ShareDifference | PlotUnit::Number | PlotUnit::NumberDifference => what,
            },
            unit,
            points: rows
                .into_iter()
                .map(|row| ScreeningPoint {
                    label: words.names.shown(&row.input, None),
                    mu_star: PlotEstimate {
                        value: row.mu_star,
                        low: row.mu_star_low,
                        high: row.mu_star_high,
                    },
                    sigma: row.sigma,
                })
                .collect(),
        };
        pictures.push(Picture::of(format!("screening-{of}"), ChartKind::Screening, &chart)?);
    }
    Ok(pictures)
}

/// What a result is, with its unit, and how its values are written.
fn result(words: &SensitivityWords<'_>, of: &str) -> (String, PlotUnit) {
    let name = words.names.target(of);
    match (words.names.is_outcome(of), words.is_share(of)) {
        (true, _) => (format!("the share of “{name}”"), PlotUnit::Share),
        (false, true) => (format!("the share of trials with “{name}”"), PlotUnit::Share),
        (false, false) => match words.unit(of) {
            Some(unit) => (format!("“{name}”, in {unit}"), PlotUnit::Number),
            None => (format!("“{name}”"), PlotUnit::Number),
        },
    }
}

/// What each input does to each result by itself.
fn tornado(scene: &Scene<'_>, tables: &SensitivityTables) -> Result<Vec<Picture>, ChartError> {
    let words = SensitivityWords::new(&scene.played, tables);
    let mut pictures = Vec::new();
    for of in words.targets() {
        let points = words.points(of);
        let Some(first) = points.first() else { continue };
        let (what, unit) = result(&words, of);
        let chart = TornadoChart {
            title: words.swung(of).trim_end_matches('.').to_owned(),
            subtitle: format!(
                "Each input at its 10th and its 90th percentile, all others at their medians; {} on common \
                 luck, seed {}{}; whiskers: 95 % intervals",
                counted(scene.played.trials, "trial"),
                scene.played.seed,
                scene.circumstances()
            ),
            source: scene.source(),
            of: crate::report::phrases::capital(&what),
            outcome: scene.outcome(of).cloned(),
            unit,
            centre: level(first[1]),
            rows: points
                .iter()
                .map(|rows| TornadoBar {
                    label: words.names.shown(&rows[0].input, None),
                    low: end(rows[0]),
                    high: end(rows[2]),
                })
                .collect(),
        };
        pictures.push(Picture::of(format!("tornado-{of}"), ChartKind::Tornado, &chart)?);
    }
    Ok(pictures)
}

fn level(row: &OneAtATimeRow) -> PlotEstimate {
    let (low, high) = (row.mc_low.unwrap_or(row.share), row.mc_high.unwrap_or(row.share));
    PlotEstimate { value: row.share, low, high }
}

fn end(row: &OneAtATimeRow) -> TornadoEnd {
    TornadoEnd { at: value(row), estimate: level(row) }
}

/// The value of the input of a row.
pub(super) fn value(row: &OneAtATimeRow) -> String {
    row.label.clone().or(row.value.map(number)).unwrap_or_default()
}

/// The first screen: how much of each result is explained at all, or what the strongest inputs do.
fn first(scene: &Scene<'_>, tables: &SensitivityTables) -> Option<FirstChart> {
    let words = SensitivityWords::new(&scene.played, tables);
    match words.method() {
        SensitivityMethod::Sobol => explained(scene, &words),
        SensitivityMethod::OneAtATime => ends(scene, &words),
        SensitivityMethod::Morris => effects(scene, &words),
    }
}

/// What a bar is about: an outcome with its colour, or another result without one.
fn bar_name(scene: &Scene<'_>, words: &SensitivityWords<'_>, of: &str) -> OutcomeName {
    scene.outcome(of).cloned().unwrap_or_else(|| OutcomeName {
        id: of.to_owned(),
        label: words.names.target(of),
        colour: Colour::UNRESOLVED,
    })
}

fn explained(scene: &Scene<'_>, words: &SensitivityWords<'_>) -> Option<FirstChart> {
    let mut rows: Vec<_> = words.variance().iter().collect();
    rows.sort_by(|a, b| b.part.unwrap_or(0.0).total_cmp(&a.part.unwrap_or(0.0)));
    let bars = rows.into_iter().take(MOST).filter_map(|row| {
        let part = PartKnown::of(row.part, row.part_low, row.part_high)?;
        Some(FirstBar {
            label: None,
            place: None,
            outcome: bar_name(scene, words, &row.of),
            value: part.value.clamp(0.0, 1.0),
            interval: (part.low, part.high),
            is_clear: row.is_clear(),
        })
    });
    let bars: Vec<FirstBar> = bars.collect();
    let pale = if bars.iter().any(|bar| !bar.is_clear) { " Pale: may be nothing." } else { "" };
    (!bars.is_empty()).then(|| FirstChart {
        heading: "How much what nobody knows explains at all".to_owned(),
        note: format!(
            "The part of all uncertainty about a single trial that would go if all inputs were known; the \
             rest is luck. Lines: 95 % intervals, each by itself.{pale}"
        ),
        measure: FirstMeasure::Shares,
        bars,
    })
}

/// How much each input moves the main result. Effects on a number stand in the list beside the chart alone.
fn effects(scene: &Scene<'_>, words: &SensitivityWords<'_>) -> Option<FirstChart> {
    let of = words.main().filter(|of| words.is_share(of))?;
    let mut rows = words.morris(of);
    rows.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star));
    let bars = rows.into_iter().take(MOST).map(|row| FirstBar {
        label: Some(words.names.shown(&row.input, None)),
        place: None,
        outcome: bar_name(scene, words, of),
        value: row.mu_star,
        interval: (row.mu_star_low, row.mu_star_high),
        is_clear: row.mu_star_low > 0.0,
    });
    let bars: Vec<FirstBar> = bars.collect();
    let pale = if bars.iter().any(|bar| !bar.is_clear) { " Pale: may be nothing." } else { "" };
    (!bars.is_empty()).then(|| FirstChart {
        heading: format!("How much each input moves “{}”", words.names.target(of)),
        note: format!(
            "In percentage points, on average as the input goes through its whole range, up or down (μ*); \
             lines: 95 % intervals, each by itself.{pale}"
        ),
        measure: FirstMeasure::Sizes,
        bars,
    })
}

/// The inputs of which both ends are shown.
const BOTH_ENDS: usize = 3;

fn ends(scene: &Scene<'_>, words: &SensitivityWords<'_>) -> Option<FirstChart> {
    let of = words.main().filter(|of| words.is_share(of))?;
    let mut points = words.points(of);
    points.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let bars = points.iter().take(BOTH_ENDS).flat_map(|rows| {
        [rows[0], rows[2]].map(|row| {
            let level = level(row);
            FirstBar {
                label: Some(format!("{} at {}", words.names.shown(&row.input, None), value(row))),
                place: None,
                outcome: bar_name(scene, words, of),
                value: level.value,
                interval: (level.low, level.high),
                is_clear: true,
            }
        })
    });
    Some(FirstChart {
        heading: format!("“{}” with one input low and high", words.names.target(of)),
        note: format!(
            "Each input at its 10th and its 90th percentile, all others at their medians; {} each on common \
             luck; lines: 95 % intervals, each by itself.",
            counted(scene.played.trials, "trial")
        ),
        measure: FirstMeasure::Shares,
        bars: bars.collect(),
    })
}
