//! The charts of `why`: whose luck settled each outcome, and when.

use super::tables::{WhyRow, WhyTables};
use super::words::WhyWords;
use crate::chart::{
    ChartError, Colour, PlotEstimate, SettledBar, SettledByChart, SettledLayer, SettledWhenChart,
    StepEvent,
};
use crate::report::{
    ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene, other_outcomes,
};
use crate::verbs::part_known::PartKnown;
use crate::verbs::report::{ChartDrawer, FirstDrawer};
use crate::verbs::titles::Titles;

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<WhyTables> = first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<WhyTables>)] =
    &[(ChartKind::SettledBy, settled_by), (ChartKind::SettledWhen, settled_when)];

/// The largest number of bars that fit on the first screen of a phone.
const MOST: usize = 6;
/// The fewest bars of the first screen, if there are as many: also those that may be nothing.
const LEAST: usize = 3;
/// The largest number of sources that are stacked one by one.
const LAYERS: usize = 7;

/// A chart for each outcome: the part of each source.
fn settled_by(scene: &Scene<'_>, tables: &WhyTables) -> Result<Vec<Picture>, ChartError> {
    let drawn = WhyDrawing::new(scene, tables);
    let mut pictures = Vec::new();
    for sum in drawn.words.told() {
        let bars = tables.sources(&sum.outcome).into_iter().filter_map(|row| {
            Some(SettledBar {
                label: drawn.words.names.label(row),
                colour: drawn.colour(row),
                part: row.known()?.estimate(),
                is_clear: row.is_clear(),
            })
        });
        let bars: Vec<SettledBar> = bars.collect();
        if bars.is_empty() {
            continue;
        }
        let chart = SettledByChart {
            title: drawn.words.by_whom(sum),
            subtitle: drawn.subtitle(),
            source: scene.source(),
            outcome: sum.outcome.clone(),
            bars,
        };
        let name = format!("settled-by-{}", sum.outcome);
        pictures.push(Picture::of(name, ChartKind::SettledBy, &chart)?);
    }
    Ok(pictures)
}

/// A chart for each outcome: the part of each time, stacked by source.
fn settled_when(scene: &Scene<'_>, tables: &WhyTables) -> Result<Vec<Picture>, ChartError> {
    let drawn = WhyDrawing::new(scene, tables);
    let mut pictures = Vec::new();
    for sum in drawn.words.told() {
        let times = tables.times(&sum.outcome);
        let totals: Vec<PlotEstimate> =
            times.iter().filter_map(|row| row.known().map(PartKnown::estimate)).collect();
        let chart = SettledWhenChart {
            title: drawn.words.when(sum),
            subtitle: drawn.subtitle(),
            source: scene.source(),
            outcome: sum.outcome.clone(),
            times: times.iter().map(|row| drawn.words.names.time(row.after.unwrap_or(0))).collect(),
            ticks: ["before".to_owned()].into_iter().chain(scene.ticks()).collect(),
            // What is drawn before the first step has a place of its own.
            events: scene
                .events()
                .into_iter()
                .map(|event| StepEvent { at: event.at + 1.0, ..event })
                .collect(),
            layers: drawn.layers(sum, &totals),
            totals,
        };
        let name = format!("settled-when-{}", sum.outcome);
        pictures.push(Picture::of(name, ChartKind::SettledWhen, &chart)?);
    }
    Ok(pictures)
}

/// What is drawn, with a colour for each source that is the same in all charts.
struct WhyDrawing<'a> {
    scene: &'a Scene<'a>,
    words: WhyWords<'a>,
    /// The sources as they are ranked for the outcome that is told of first.
    ranked: Vec<&'a WhyRow>,
}

impl<'a> WhyDrawing<'a> {
    fn new(scene: &'a Scene<'a>, tables: &'a WhyTables) -> Self {
        let words = WhyWords::new(Titles::plain(&scene.played), tables);
        let first = words.told().first().map(|sum| tables.sources(&sum.outcome));
        WhyDrawing { scene, words, ranked: first.unwrap_or_default() }
    }

    fn colour(&self, row: &WhyRow) -> Colour {
        let is_own = |own: &&WhyRow| (own.source, &own.name) == (row.source, &row.name);
        Colour::series(self.ranked.iter().position(is_own).unwrap_or(0))
    }

    fn subtitle(&self) -> String {
        format!(
            "Parts of all that was open about it, p(1 − p); {}; whiskers: 95 % intervals, each by itself",
            self.scene.under()
        )
    }

    /// The sources that can be told from nothing, the largest at the bottom, and all others as one.
    fn layers(&self, sum: &WhyRow, totals: &[PlotEstimate]) -> Vec<SettledLayer> {
        let tables = self.words.tables;
        let mut clear = self.words.clear(&sum.outcome);
        clear.truncate(LAYERS);
        let mut layers: Vec<SettledLayer> = clear
            .into_iter()
            .map(|row| SettledLayer {
                label: self.words.names.label(row),
                colour: self.colour(row),
                parts: tables.over_time(&sum.outcome, row.source, row.name.as_deref()),
            })
            .collect();
        let told = layers.len();
        if told == tables.sources(&sum.outcome).len() && told > 0 {
            return layers;
        }
        let rest = (0..totals.len()).map(|at| {
            let told = layers.iter().filter_map(|layer| layer.parts.get(at));
            totals[at].value - told.sum::<f64>()
        });
        let parts: Vec<f64> = rest.collect();
        let outcome = self.scene.outcome(&sum.outcome).map_or(Colour::UNRESOLVED, |own| own.colour);
        let (label, colour) = match told {
            0 => ("All", outcome),
            _ => ("All others", Colour::UNRESOLVED),
        };
        layers.push(SettledLayer { label: label.to_owned(), colour, parts });
        layers
    }
}

/// The first screen: whose luck settled the outcome that is told of first, or when that was.
fn first(scene: &Scene<'_>, tables: &WhyTables) -> Option<FirstChart> {
    let words = WhyWords::new(Titles::plain(&scene.played), tables);
    let sum = words.told().into_iter().next()?;
    let of = sum.outcome.as_str();
    let mut rows = tables.sources(of);
    let by_time = rows.is_empty();
    if by_time {
        rows = tables.times(of);
        rows.sort_by(|a, b| b.size().total_cmp(&a.size()));
    }
    let clear = rows.iter().filter(|row| row.is_clear()).count();
    rows.sort_by_key(|row| !row.is_clear());
    rows.truncate(clear.clamp(LEAST, MOST));
    if by_time {
        rows.sort_by_key(|row| row.after);
    }
    let outcome = scene.outcome(of).cloned().unwrap_or_else(other_outcomes);
    let bars = rows.into_iter().filter_map(|row| {
        let part = row.known()?;
        let label = match row.after {
            Some(after) => words.names.time(after),
            None => words.names.label(row),
        };
        Some(FirstBar {
            label: Some(label),
            place: None,
            outcome: outcome.clone(),
            value: part.value,
            interval: (part.low, part.high),
            is_clear: row.is_clear(),
        })
    });
    let bars: Vec<FirstBar> = bars.collect();
    let pale = if bars.iter().any(|bar| !bar.is_clear) { " Pale: may be nothing." } else { "" };
    let title = words.names.outcome(of);
    Some(FirstChart {
        heading: match by_time {
            true => format!("When {title} was settled"),
            false => format!("Whose surprises settled {title}"),
        },
        note: format!(
            "Parts of what was open about it before anything was drawn, the largest; {}. Lines: 95 % \
             intervals, each by itself.{pale}",
            scene.under()
        ),
        measure: FirstMeasure::Shares,
        bars,
    })
}
