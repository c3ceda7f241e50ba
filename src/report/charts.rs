//! The charts of a run, from its numbers.

use super::comparison::Comparison;
use super::picture::{Kind, Picture};
use crate::chart::{
    Bands, ChartError, Colour, FanChart, OutcomeBar, OutcomeChart, OutcomeName, ShareChart,
    ShareLine, percent,
};
use crate::formula::Type;
use crate::model::{Model, SeriesInfo};
use crate::study::{Spread, Summary};

/// The outcome chart and one chart for each variable and measure.
///
/// # Errors
///
/// Numbers that cannot be drawn.
pub fn charts(model: &Model, summary: &Summary, seed: u64) -> Result<Vec<Picture>, ChartError> {
    let mut pictures =
        vec![Picture::of("outcomes", Kind::Outcomes, &outcomes(model, summary, seed))?];
    let ticks = ticks(model);
    let mut columns = summary.series.iter();
    for info in model.series() {
        let name = format!("series-{}", info.name);
        pictures.push(match &info.ty {
            Type::Label(labels) => {
                let lines: Vec<_> = columns.by_ref().take(labels.len()).collect();
                let chart = shares(model, info, &lines, &ticks, summary, seed);
                Picture::of(name, Kind::Shares, &chart)?
            }
            _ => match columns.next() {
                Some((_, rows)) => {
                    let chart = fan(model, info, rows, &ticks, summary, seed);
                    Picture::of(name, Kind::Fan, &chart)?
                }
                None => continue,
            },
        });
    }
    Ok(pictures)
}

/// An outcome as charts know it, unresolved last.
pub(super) fn outcome_name(model: &Model, index: usize) -> OutcomeName {
    OutcomeName {
        id: Comparison::outcome_id(model, index).to_owned(),
        label: Comparison::outcome_title(model, index).to_owned(),
        colour: match model.outcomes.get(index) {
            Some(_) => Colour::series(index),
            None => Colour::UNRESOLVED,
        },
    }
}

fn under_what(model: &Model, summary: &Summary, seed: u64) -> String {
    let trials = crate::chart::number(summary.trials as f64);
    format!("{trials} trials, seed {seed}, policy {}, world {}", model.policy, model.world)
}

fn source(model: &Model) -> String {
    format!("{}. Simulated with Démarche {}", model.title, env!("CARGO_PKG_VERSION"))
}

fn ticks(model: &Model) -> Vec<String> {
    (0..=i64::from(model.truth.steps))
        .map(|step| match model.dates.and_then(|dates| dates.day_of(step)) {
            Some(day) => day.to_string(),
            None => step.to_string(),
        })
        .collect()
}

fn outcomes(model: &Model, summary: &Summary, seed: u64) -> OutcomeChart {
    let intervals = summary.intervals();
    let mut bars: Vec<OutcomeBar> = model
        .outcomes
        .iter()
        .enumerate()
        .map(|(index, _)| OutcomeBar {
            outcome: outcome_name(model, index),
            share: summary.share(index),
            low: intervals[index].low,
            high: intervals[index].high,
        })
        .collect();
    let last = model.outcomes.len();
    if summary.outcomes[last] > 0 {
        bars.push(OutcomeBar {
            outcome: outcome_name(model, last),
            share: summary.share(last),
            low: intervals[last].low,
            high: intervals[last].high,
        });
    }
    let mut ranked: Vec<&OutcomeBar> = bars.iter().collect();
    ranked.sort_by(|a, b| b.share.total_cmp(&a.share));
    let title = match ranked.as_slice() {
        [first, second, ..] if second.share > 0.0 => format!(
            "{} in {} of trials; {} in {}",
            first.outcome.label,
            percent(first.share),
            second.outcome.label,
            percent(second.share)
        ),
        [first, ..] => format!("{} in {} of trials", first.outcome.label, percent(first.share)),
        [] => "No outcomes".to_owned(),
    };
    OutcomeChart {
        title,
        subtitle: format!(
            "{}; whiskers: 95 % interval of the Monte Carlo error alone (Wilson)",
            under_what(model, summary, seed)
        ),
        source: source(model),
        bars,
    }
}

fn y_label(info: &SeriesInfo) -> String {
    match &info.unit {
        Some(unit) => unit.clone(),
        None => info.name.replace('_', " "),
    }
}

fn name_of(info: &SeriesInfo) -> String {
    let plain = info.name.replace('_', " ");
    let mut letters = plain.chars();
    letters.next().map_or(plain.clone(), |first| first.to_uppercase().chain(letters).collect())
}

fn fan(
    model: &Model,
    info: &SeriesInfo,
    rows: &[Spread],
    ticks: &[String],
    summary: &Summary,
    seed: u64,
) -> FanChart {
    let column = |of: fn(&Spread) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    let band = Bands {
        p05: column(|s| s.p05),
        p25: column(|s| s.p25),
        p50: column(|s| s.p50),
        p75: column(|s| s.p75),
        p95: column(|s| s.p95),
    };
    let ends = |at: usize| rows.get(at).map_or(0.0, |spread| spread.mean);
    let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    FanChart {
        title: format!(
            "{}: mean {}{unit} at the start, {}{unit} at the end",
            name_of(info),
            crate::chart::number(ends(0)),
            crate::chart::number(ends(rows.len().saturating_sub(1)))
        ),
        subtitle: format!(
            "{}; bands: the middle 50 % and 90 % of trials",
            under_what(model, summary, seed)
        ),
        source: source(model),
        y_label: y_label(info),
        ticks: ticks.to_vec(),
        band,
        mean: Some(column(|s| s.mean)),
    }
}

fn shares(
    model: &Model,
    info: &SeriesInfo,
    lines: &[&(String, Vec<Spread>)],
    ticks: &[String],
    summary: &Summary,
    seed: u64,
) -> ShareChart {
    let label = |name: &str| name.split_once(':').map_or(name, |(_, label)| label).to_owned();
    let last = |rows: &[Spread]| rows.last().map_or(0.0, |spread| spread.mean);
    let most = lines.iter().max_by(|a, b| last(&a.1).total_cmp(&last(&b.1)));
    let title = match most {
        Some((name, rows)) => format!(
            "{}: {} in {} of trials at the end",
            name_of(info),
            label(name),
            percent(last(rows))
        ),
        None => name_of(info),
    };
    ShareChart {
        title,
        subtitle: format!("{}; share of trials", under_what(model, summary, seed)),
        source: source(model),
        y_label: "share of trials".to_owned(),
        ticks: ticks.to_vec(),
        lines: lines
            .iter()
            .map(|(name, rows)| ShareLine {
                label: label(name),
                shares: rows.iter().map(|spread| spread.mean.clamp(0.0, 1.0)).collect(),
            })
            .collect(),
    }
}
