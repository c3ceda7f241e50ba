//! Charts over time: numbers, labels and flags.

use std::collections::BTreeMap;

use super::grouped::grouped_by;
use crate::chart::{
    ChartError, FanChart, ShareChart, ShareLine, StepQuantiles, ValueChart, ValueLayer,
};
use crate::format::{number, percent};
use crate::formula::Type;
use crate::model::SeriesInfo;
use crate::report::phrases::{capital, sentence, spaced};
use crate::report::{ChartKind, Picture, Scene};
use crate::verbs::run::tables::{RunTables, SeriesRow, ValueCountRow};

/// A fan chart for every number of state and measures, but for those that take few values.
pub(super) fn fans(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let groups = grouped_by(&tables.series, |row| row.measure.as_str());
    let mut pictures = Vec::new();
    let few = few_values(tables);
    for info in scene.model().series().filter(|info| info.ty == Type::Number) {
        let Some(rows) = groups.get(info.name.as_str()) else { continue };
        if few.contains_key(info.name.as_str()) {
            continue;
        }
        let column =
            |of: fn(&SeriesRow) -> f64| rows.iter().map(|row| of(row)).collect::<Vec<f64>>();
        let band = StepQuantiles {
            p05: column(|row| row.p05),
            p25: column(|row| row.p25),
            p50: column(|row| row.p50),
            p75: column(|row| row.p75),
            p95: column(|row| row.p95),
        };
        let mean = column(|row| row.mean);
        let chart = FanChart {
            title: fan_title(info, &band, &mean),
            subtitle: format!(
                "{}{}; bands: the middle 50 % and 90 % of trials",
                about(info),
                scene.under()
            ),
            source: scene.source(),
            y_label: axis_label(info),
            ticks: scene.ticks(),
            events: scene.events(),
            band,
            mean: Some(mean),
        };
        pictures.push(Picture::of(format!("series-{}", info.name), ChartKind::Fan, &chart)?);
    }
    Ok(pictures)
}

/// What a number is at the start and at the end.
fn fan_title(info: &SeriesInfo, band: &StepQuantiles, mean: &[f64]) -> String {
    let name = capital(&spaced(&info.name));
    let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let last = mean.len() - 1;
    let (low, high) = (band.p05[last], band.p95[last]);
    let (first, end) = (number(mean[0]), number(mean[last]));
    if low == high && low == mean[last] {
        return match first == end {
            true => format!("{name}: {first}{unit} at the start and at the end of every trial"),
            false => format!("{name}: {first}{unit} at the start, {end}{unit} at the end"),
        };
    }
    format!(
        "{name}: mean {first}{unit} at the start, {end}{unit} at the end; nine in ten trials end \
         between {} and {}{unit}",
        number(low),
        number(high)
    )
}

/// The rows of the numbers that take few values, by name.
fn few_values(tables: &RunTables) -> BTreeMap<&str, Vec<&ValueCountRow>> {
    let rows = tables.values.as_deref().unwrap_or_default();
    grouped_by(rows, |row| row.measure.as_str())
}

/// A chart of the shares of each value of a number that takes few.
fn values(
    scene: &Scene<'_>,
    info: &SeriesInfo,
    rows: &[&ValueCountRow],
) -> Result<Picture, ChartError> {
    let ticks = scene.ticks();
    let of_value = rows.chunk_by(|a, b| a.value == b.value).map(|rows| {
        let mut shares = vec![0.0; ticks.len()];
        for row in rows {
            shares[row.after as usize] = row.share;
        }
        ValueLayer { value: rows[0].value, shares }
    });
    let layers: Vec<ValueLayer> = of_value.collect();
    let name = capital(&spaced(&info.name));
    let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let last = |layer: &ValueLayer| layer.shares.last().copied().unwrap_or(0.0);
    let ends: Vec<&ValueLayer> = layers.iter().filter(|layer| last(layer) > 0.0).collect();
    let most = ends.iter().rev().max_by(|a, b| last(a).total_cmp(&last(b)));
    let title = match (most, ends.as_slice()) {
        (Some(most), [low, .., high]) => format!(
            "{name} at the end: {}{unit} in {} of trials, between {} and {}{unit} in all",
            number(most.value),
            percent(last(most)),
            number(low.value),
            number(high.value)
        ),
        (Some(only), _) => {
            format!("{name} at the end: {}{unit} in every trial", number(only.value))
        }
        (None, _) => name,
    };
    let chart = ValueChart {
        title,
        subtitle: format!("{}{}; share of trials with each value", about(info), scene.under()),
        source: scene.source(),
        y_label: axis_label(info),
        ticks,
        events: scene.events(),
        layers,
    };
    Picture::of(format!("series-{}", info.name), ChartKind::Shares, &chart)
}

/// A chart of shares for every variable: of its labels, of trials in which a flag is true, or of the
/// values of a number that takes few.
pub(super) fn shares(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let groups = grouped_by(&tables.series, |row| row.measure.as_str());
    let mut pictures = Vec::new();
    let few = few_values(tables);
    for info in scene.model().series() {
        if let Some(rows) = few.get(info.name.as_str()) {
            pictures.push(values(scene, info, rows)?);
            continue;
        }
        let labels: Vec<(String, String)> = match &info.ty {
            Type::Label(labels) => {
                let texts = labels.iter().map(|label| scene.model().label_text(*label).to_owned());
                texts.map(|text| (format!("{}:{text}", info.name), text)).collect()
            }
            Type::Flag => vec![(info.name.clone(), spaced(&info.name))],
            Type::Number | Type::Unknown => continue,
        };
        let mut lines = Vec::new();
        for (series, label) in labels {
            let Some(rows) = groups.get(series.as_str()) else { continue };
            let shares = rows.iter().map(|row| row.mean.clamp(0.0, 1.0)).collect();
            lines.push(ShareLine { label, shares });
        }
        let name = capital(&spaced(&info.name));
        let last = |line: &ShareLine| line.shares.last().copied().unwrap_or(0.0);
        let most = lines.iter().rev().max_by(|a, b| last(a).total_cmp(&last(b)));
        let title = match most {
            Some(line) if info.ty == Type::Flag => {
                let first = line.shares.first().copied().unwrap_or(0.0);
                format!(
                    "{name}: in {} of trials at the start, in {} at the end",
                    percent(first),
                    percent(last(line))
                )
            }
            Some(line) => {
                format!("{name}: {} in {} of trials at the end", line.label, percent(last(line)))
            }
            None => name,
        };
        let chart = ShareChart {
            title,
            subtitle: format!("{}{}; share of trials", about(info), scene.under()),
            source: scene.source(),
            y_label: "Share of trials".to_owned(),
            ticks: scene.ticks(),
            events: scene.events(),
            lines,
        };
        pictures.push(Picture::of(format!("series-{}", info.name), ChartKind::Shares, &chart)?);
    }
    Ok(pictures)
}

/// The largest number of letters of a description at the head of a subtitle.
const ABOUT: usize = 110;

/// What a variable is in the words of the file, for the beginning of a subtitle.
pub fn about(info: &SeriesInfo) -> String {
    let Some(about) = &info.about else { return String::new() };
    let about = about.trim().trim_end_matches('.');
    if about.chars().count() <= ABOUT {
        return format!("{} ", sentence(about));
    }
    let start: String = about.chars().take(ABOUT).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{}… ", whole.trim_end_matches([',', ';', ':']))
}

/// The label of an axis of a variable: its name with its unit, which is left out where it is the name.
pub fn axis_label(info: &SeriesInfo) -> String {
    let name = capital(&spaced(&info.name));
    match info.unit.as_ref().filter(|unit| name.to_lowercase() != unit.to_lowercase()) {
        Some(unit) => format!("{name} ({unit})"),
        None => name,
    }
}
