//! Charts of who stands where around each bargain, how often it is struck, and where it settles.

use super::series::{about, axis_label};
use crate::chart::{BargainChart, ChartError, SettledShape, WishRow};
use crate::formula::{Node, Snapshot};
use crate::model::{Bargain, Model, Party};
use crate::report::phrases::capital;
use crate::report::{ChartKind, Picture, Scene};
use crate::study::Drawn;
use crate::verbs::run::settled_words::{SettledInWords, settled_in_words};
use crate::verbs::run::tables::RunTables;

/// A chart for every bargain whose parties have positions and weights at the start of a trial.
pub(super) fn bargains(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let model = scene.model();
    let all = settled_in_words(model, tables);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let Some(drawn) = Drawn::of(model, scene.played.seed, scene.played.trials) else {
        return Ok(Vec::new());
    };
    let starts = Starts::of(model, &drawn);
    let mut pictures = Vec::new();
    for own in &all {
        let info = &model.states[own.bargain.over.0 as usize].series;
        let mut rows_of_series = tables.series.iter();
        let start = rows_of_series.find(|row| row.measure == info.name && row.after == 0);
        let (Some(start), Some(rows)) = (start, rows(model, own.bargain, &starts)) else {
            continue;
        };
        let chart = BargainChart {
            title: format!("{}: {}", capital(own.title), own.headline()),
            subtitle: format!(
                "{}Positions and weights as they are when a trial starts; {}",
                about(info),
                scene.under()
            ),
            source: scene.source(),
            x_label: axis_label(info),
            rows,
            start: [start.p05, start.p50, start.p95],
            struck: own.row.share(),
            settled: settlement(own),
        };
        let name = &model.happening(own.bargain.what).name;
        pictures.push(Picture::of(format!("bargain-{name}"), ChartKind::Bargain, &chart)?);
    }
    Ok(pictures)
}

/// What was settled, as the chart shows it.
fn settlement(own: &SettledInWords<'_>) -> SettledShape {
    match (own.row.settled(), own.values.is_empty()) {
        (None, _) => SettledShape::Nothing,
        (Some(points), true) => SettledShape::Spread(points),
        (Some(_), false) => {
            let values = own.values.iter().map(|value| (value.value, value.share));
            SettledShape::Values(values.collect())
        }
    }
}

/// The moments in which trials start.
struct Starts {
    /// The numbers settled once per trial, trial by trial.
    params: Vec<Vec<f64>>,
    /// The variables at the start.
    states: Vec<Vec<f64>>,
    happenings: usize,
    steps: u32,
}

impl Starts {
    fn of(model: &Model, drawn: &Drawn) -> Self {
        let columns: Vec<Option<&[f64]>> =
            model.params.iter().map(|path| drawn.values(path)).collect();
        let number = |column: &Option<&[f64]>, trial: usize| column.map_or(0.0, |all| all[trial]);
        let params: Vec<Vec<f64>> = (0..drawn.trials())
            .map(|trial| columns.iter().map(|column| number(column, trial)).collect())
            .collect();
        let start = |params: &Vec<f64>| -> Vec<f64> {
            let ranges = model.truth.starts.iter().zip(&model.truth.ranges);
            let clamped = ranges.map(|(start, range)| {
                let value = params[start.0 as usize];
                match range {
                    Some((low, high)) => {
                        value.max(params[low.0 as usize]).min(params[high.0 as usize])
                    }
                    None => value,
                }
            });
            clamped.collect()
        };
        let states = params.iter().map(start).collect();
        let (happenings, steps) = (model.happenings.len(), model.truth.steps);
        Starts { params, states, happenings, steps }
    }

    /// The value of a formula without draws in each trial; `None` if one is not finite.
    fn values(&self, node: &Node) -> Option<Vec<f64>> {
        let (never, nothing) = (vec![0; self.happenings], vec![false; self.happenings]);
        let values = self.params.iter().zip(&self.states).map(|(params, state)| {
            let value = node.value(&Snapshot {
                params,
                state,
                counts: &never,
                latest: &never,
                accepted: &nothing,
                step: 0,
                last: self.steps <= 1,
            });
            value.is_finite().then_some(value)
        });
        values.collect()
    }
}

/// A row for each party, from the lowest position; `None` if a number cannot be used at the start.
fn rows(model: &Model, bargain: &Bargain, starts: &Starts) -> Option<Vec<WishRow>> {
    let (low, high) = model.truth.ranges[bargain.over.0 as usize]?;
    let ends = [low, high].map(|end| move |params: &Vec<f64>| params[end.0 as usize]);
    let mut all = Vec::new();
    for party in &bargain.parties {
        let Party { position, salience, power, .. } = party;
        let [position, salience, power] =
            [position, salience, power].map(|formula| starts.values(&formula.node));
        let (mut position, salience, power) = (position?, salience?, power?);
        for (x, params) in position.iter_mut().zip(&starts.params) {
            *x = x.max(ends[0](params)).min(ends[1](params));
        }
        let weights: Vec<f64> = salience.iter().zip(&power).map(|(s, p)| s * p).collect();
        all.push((party, position, weights));
    }
    let trials = starts.params.len();
    let total = |trial: usize| all.iter().map(|(_, _, weights)| weights[trial]).sum::<f64>();
    let totals: Vec<f64> = (0..trials).map(total).collect();
    let mut rows: Vec<WishRow> = Vec::new();
    for (party, positions, weights) in &all {
        let shares = weights.iter().zip(&totals).map(|(weight, total)| {
            if *total > 0.0 { (weight / total).clamp(0.0, 1.0) } else { 0.0 }
        });
        let weight = shares.sum::<f64>() / trials.max(1) as f64;
        let mut sorted = positions.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = sorted.len().saturating_sub(1);
            sorted.get((share * last as f64).round() as usize).copied()
        };
        rows.push(WishRow {
            label: model.actors[party.actor.index()].title.clone(),
            position: [at(0.05)?, at(0.5)?, at(0.95)?],
            weight,
        });
    }
    rows.sort_by(|a, b| a.position[1].total_cmp(&b.position[1]));
    Some(rows)
}
