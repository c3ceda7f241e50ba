//! Charts of who stands where around each bargain, and where the variable ends.

use super::grouped::grouped_by;
use super::series::about;
use crate::chart::{BargainChart, BargainRow, ChartError};
use crate::format::{number, number_range};
use crate::formula::{Node, Snapshot};
use crate::model::{Bargain, Model, Party};
use crate::report::phrases::{capital, spaced};
use crate::report::{ChartKind, Picture, Scene};
use crate::study::Drawn;
use crate::verbs::run::tables::RunTables;

/// A chart for every bargain whose parties have positions and weights at the start of a trial.
pub(super) fn bargains(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let model = scene.model();
    if model.truth.bargains.is_empty() {
        return Ok(Vec::new());
    }
    let Some(drawn) = Drawn::of(model, scene.played.seed, scene.played.trials) else {
        return Ok(Vec::new());
    };
    let starts = Starts::of(model, &drawn);
    let groups = grouped_by(&tables.series, |row| row.measure.as_str());
    let mut pictures = Vec::new();
    for bargain in &model.truth.bargains {
        let info = &model.states[bargain.over.0 as usize].series;
        let last = groups.get(info.name.as_str()).and_then(|rows| rows.last());
        let (Some(last), Some(rows)) = (last, rows(model, bargain, &starts)) else { continue };
        let end = [last.p05, last.p25, last.p50, last.p75, last.p95];
        let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let name = capital(&spaced(&info.name));
        let what = model.happening(bargain.what);
        let ends = if end[0] == end[4] {
            format!("{}{unit} at the end of nine in ten trials", number(end[2]))
        } else {
            format!("nine in ten trials end between {}{unit}", between(end[0], end[4]))
        };
        let chart = BargainChart {
            title: format!("{}: {ends}", capital(&what.title)),
            subtitle: format!(
                "{}Positions and weights as they are when a trial starts; {}",
                about(info),
                scene.under()
            ),
            source: scene.source(),
            x_label: match &info.unit {
                Some(unit) => format!("{name} ({unit})"),
                None => name,
            },
            rows,
            end,
        };
        pictures.push(Picture::of(format!("bargain-{}", what.name), ChartKind::Bargain, &chart)?);
    }
    Ok(pictures)
}

fn between(low: f64, high: f64) -> String {
    number_range(low, high).replace(" to ", " and ")
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
fn rows(model: &Model, bargain: &Bargain, starts: &Starts) -> Option<Vec<BargainRow>> {
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
    let mut rows: Vec<BargainRow> = Vec::new();
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
        rows.push(BargainRow {
            label: model.actors[party.actor.index()].title.clone(),
            position: [at(0.05)?, at(0.5)?, at(0.95)?],
            weight,
        });
    }
    rows.sort_by(|a, b| a.position[1].total_cmp(&b.position[1]));
    Some(rows)
}
