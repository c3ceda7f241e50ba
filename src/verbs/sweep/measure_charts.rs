//! The charts of measures and variables along one swept value.

use super::chart_parts::values;
use super::found::CrossingFound;
use super::measure_tables::{SweepHalfRow, SweepMeasureRow};
use super::words::SweepWords;
use crate::chart::{
    ChartError, Colour, PlotEstimate, PlotUnit, SweepChart, SweepCrossing, SweepLine, SweepPanel,
    SweptValues,
};
use crate::format::{listed, number, number_range};
use crate::report::{ChartKind, Picture, Scene};
use crate::verbs::titles::quoted;

/// The most letters of what the file says of a measure that a subtitle has.
const ABOUT: usize = 80;

/// A chart for each measure or variable that was asked about: a panel for each world, a line for each policy,
/// and for a flag a bracket where a line passes one half.
pub(super) fn measure_curves(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    for measure in scene.played.measures {
        let swept = values(words, 0);
        let panel = |world: &String| SweepPanel {
            world: scene.place(world).unwrap_or_default(),
            lines: lines(scene, words, world, measure, &swept),
            crossings: passes(scene, words, world, measure),
        };
        let brackets =
            if words.is_share(measure) { "; brackets: 95 % over all values" } else { "" };
        let about = words.measure_info(measure).and_then(|info| info.about.as_deref());
        let about = about.map(|about| about.trim().trim_end_matches('.'));
        let about = about.filter(|about| about.chars().count() <= ABOUT);
        let about = about.map(|about| format!("{about}. ")).unwrap_or_default();
        let circumstances = match words.others() {
            [] => scene.circumstances(),
            _ => String::new(),
        };
        let chart = SweepChart {
            title: title(words, measure),
            subtitle: format!(
                "{about}{}{circumstances}; bands: 95 % intervals of each line{brackets}",
                scene.each()
            ),
            source: scene.source(),
            of: format!("{}: {}", words.measure_title(measure), words.what_is_told(measure)),
            unit: if words.is_share(measure) { PlotUnit::Share } else { PlotUnit::Number },
            swept: words.axes().join(", "),
            values: swept.clone(),
            panels: scene.played.worlds.iter().map(panel).collect(),
        };
        let name = format!("sweep-measure-{measure}");
        pictures.push(Picture::of(name, ChartKind::Sweep, &chart)?);
    }
    Ok(pictures)
}

/// What is found where there is one line, else what is shown.
fn title(words: &SweepWords<'_>, measure: &str) -> String {
    match (words.played.worlds, words.played.policies) {
        ([world], [policy]) => {
            let sentence = words.measure_sentence(world, policy, measure);
            sentence.trim_end_matches('.').to_owned()
        }
        _ => {
            format!("{} along {}", quoted(&words.measure_name(measure)), listed(&words.swept()))
        }
    }
}

/// A line for each policy under which the number exists at every swept value.
fn lines(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
    world: &str,
    measure: &str,
    swept: &SweptValues,
) -> Vec<SweepLine> {
    let many = match swept {
        SweptValues::Numbers(values) => values.len(),
        SweptValues::Labels(values) => values.len(),
    };
    let line = |(index, policy): (usize, &String)| {
        let points: Vec<PlotEstimate> =
            words.means(world, policy, measure).into_iter().map(mean).collect();
        (points.len() == many).then(|| SweepLine {
            label: scene.policy_title(policy),
            colour: Colour::series(index),
            outcome: None,
            points,
        })
    };
    scene.played.policies.iter().enumerate().filter_map(line).collect()
}

fn mean(row: &SweepMeasureRow) -> PlotEstimate {
    match row.own() {
        Some((low, high)) => PlotEstimate { value: row.mean, low, high },
        None => PlotEstimate::exact(row.mean),
    }
}

/// The stretches in which lines pass one half, or may.
fn passes(
    scene: &Scene<'_>,
    words: &SweepWords<'_>,
    world: &str,
    measure: &str,
) -> Vec<SweepCrossing> {
    let stretch = |row: &SweepHalfRow| {
        let (low, high) = (row.low?, row.high?);
        let line = match words.others() {
            [] => words.measure_name(measure),
            _ => scene.policy_title(&row.policy),
        };
        let range = number_range(low, high);
        let words = match (row.found, row.value) {
            (CrossingFound::Crossing, Some(value)) => {
                format!("{line} passes one half at {} (95 %: {range})", number(value))
            }
            _ => format!("{line}: the side of one half is not told from {range}"),
        };
        Some(SweepCrossing { value: row.value, low, high, words })
    };
    let policies = scene.played.policies.iter();
    policies.flat_map(|policy| words.halves(world, policy, measure)).filter_map(stretch).collect()
}
