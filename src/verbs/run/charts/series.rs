//! Charts over time: numbers, labels, and how outcomes build up.

use super::grouped::grouped_by;
use crate::chart::{
    BuildupChart, BuildupLayer, ChartError, FanChart, ShareChart, ShareLine, StepQuantiles,
};
use crate::format::{number, percent};
use crate::formula::Type;
use crate::model::SeriesInfo;
use crate::report::phrases::{capital, spaced};
use crate::report::{ChartKind, Picture, Scene, most, other_outcomes};
use crate::verbs::run::tables::{RunTables, SeriesRow};

/// A fan chart for every number of state and measures.
pub(super) fn fans(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let groups = grouped_by(&tables.series, |row| row.measure.as_str());
    let mut pictures = Vec::new();
    for info in scene.model().series().filter(|info| info.ty == Type::Number) {
        let Some(rows) = groups.get(info.name.as_str()) else { continue };
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
        let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let last = mean.len() - 1;
        let chart = FanChart {
            title: format!(
                "{}: mean {}{unit} at the start, {}{unit} at the end; nine in ten trials end between \
                 {} and {}{unit}",
                capital(&spaced(&info.name)),
                number(mean[0]),
                number(mean[last]),
                number(band.p05[last]),
                number(band.p95[last])
            ),
            subtitle: format!("{}; bands: the middle 50 % and 90 % of trials", scene.under()),
            source: scene.source(),
            y_label: y_label(info),
            ticks: scene.ticks(),
            events: scene.events(),
            band,
            mean: Some(mean),
        };
        pictures.push(Picture::of(format!("series-{}", info.name), ChartKind::Fan, &chart)?);
    }
    Ok(pictures)
}

/// A chart of shares for every variable: of its labels, or of trials in which a flag is true.
pub(super) fn shares(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let groups = grouped_by(&tables.series, |row| row.measure.as_str());
    let mut pictures = Vec::new();
    for info in scene.model().series() {
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
            subtitle: format!("{}; share of trials", scene.under()),
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

/// How outcomes build up, and how many trials are still open.
pub(super) fn buildup(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let ticks = scene.ticks();
    let mut shares = vec![vec![0.0; ticks.len()]; scene.outcomes().len()];
    for row in &tables.endings {
        let outcome = scene.outcomes().iter().position(|outcome| outcome.id == row.outcome);
        if let Some(outcome) = outcome {
            shares[outcome][row.after as usize..].fill(row.share_so_far);
        }
    }
    let open = |step: usize| {
        let ended: f64 = shares.iter().map(|shares| shares[step]).sum();
        (1.0 - ended).clamp(0.0, 1.0)
    };
    // Every trial still open ends with the last step, so the step before it shows their share.
    let last = ticks.len() - 1;
    let left = open(last.saturating_sub(1));
    let title = match last {
        0 => "Every trial is settled at the start".to_owned(),
        _ if !tables.endings.iter().any(|row| row.after < last as u64 && row.trials > 0) => {
            "No trial ends before the last step".to_owned()
        }
        _ => match (0..last).find(|step| open(*step) <= 0.5) {
            Some(half) => format!(
                "Half of the trials are settled by {}; {} run to the last step",
                ticks[half],
                percent(left)
            ),
            None => format!(
                "{} of trials end before the last step; the others are settled only then",
                percent(1.0 - left)
            ),
        },
    };
    let reached: Vec<usize> = (0..shares.len()).filter(|at| shares[*at][last] > 0.0).collect();
    let weights: Vec<f64> = reached.iter().map(|at| shares[*at][last]).collect();
    let shown: Vec<usize> = most(&weights).into_iter().map(|at| reached[at]).collect();
    let mut layers: Vec<BuildupLayer> = shown
        .iter()
        .map(|at| BuildupLayer {
            outcome: scene.outcomes()[*at].clone(),
            shares: shares[*at].clone(),
        })
        .collect();
    if shown.len() < reached.len() {
        let rest = |step: usize| {
            let rest = reached.iter().filter(|at| !shown.contains(*at));
            rest.map(|at| shares[*at][step]).sum::<f64>()
        };
        let shares = (0..ticks.len()).map(rest).collect();
        layers.push(BuildupLayer { outcome: other_outcomes(), shares });
    }
    let chart = BuildupChart {
        title,
        subtitle: format!("{}; share of trials that have ended in each outcome", scene.under()),
        source: scene.source(),
        ticks,
        events: scene.events(),
        layers,
    };
    Ok(vec![Picture::of("buildup", ChartKind::Buildup, &chart)?])
}

fn y_label(info: &SeriesInfo) -> String {
    match &info.unit {
        Some(unit) => format!("{} ({unit})", capital(&spaced(&info.name))),
        None => capital(&spaced(&info.name)),
    }
}
