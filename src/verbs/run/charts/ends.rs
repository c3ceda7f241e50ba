//! Charts of the distribution of each number at the end, by outcome.

use super::grouped::grouped_by;
use super::series::{about, axis_label};
use crate::chart::{ChartError, EndChart, EndRow};
use crate::format::number;
use crate::formula::Type;
use crate::report::phrases::{capital, spaced};
use crate::report::{ChartKind, Picture, Scene, left_out, most};
use crate::verbs::run::tables::RunTables;

/// The title names the median over the trials of an outcome from so many trials on.
const ENOUGH: u64 = 20;

/// A chart for every number of state and measures, if trials ended in more than one outcome.
pub(super) fn ends(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let groups = grouped_by(&tables.outcome_ends, |row| row.measure.as_str());
    let mut pictures = Vec::new();
    for info in scene.model().series().filter(|info| info.ty == Type::Number) {
        let own = groups.get(info.name.as_str()).into_iter().flatten();
        let rows = own.filter_map(|row| {
            Some(EndRow {
                outcome: scene.outcome(&row.outcome)?.clone(),
                trials: row.trials,
                points: [row.p05, row.p25, row.p50, row.p75, row.p95],
            })
        });
        let rows: Vec<EndRow> = rows.collect();
        if rows.len() < 2 {
            continue;
        }
        let count = rows.len();
        let shown = most(&rows.iter().map(|row| row.trials as f64).collect::<Vec<_>>());
        let rows: Vec<EndRow> = shown.into_iter().map(|at| rows[at].clone()).collect();
        let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let median = |row: &&EndRow| row.points[2];
        let by = |a: &&EndRow, b: &&EndRow| median(a).total_cmp(&median(b));
        let enough = || rows.iter().filter(|row| row.trials >= ENOUGH);
        let (least, most) = (enough().min_by(by), enough().rev().max_by(by));
        let name = capital(&spaced(&info.name));
        let title = match (least, most) {
            (Some(least), Some(most)) if median(&least) < median(&most) => format!(
                "{name} at the end: median from {}{unit} ({}) to {}{unit} ({})",
                number(median(&least)),
                least.outcome.label,
                number(median(&most)),
                most.outcome.label
            ),
            (Some(any), _) if enough().count() > 1 => {
                format!(
                    "{name} at the end: median {}{unit} whatever the outcome",
                    number(median(&any))
                )
            }
            _ => format!("{name} at the end, by outcome"),
        };
        let chart = EndChart {
            title,
            subtitle: format!(
                "{}{}; over the trials of each outcome{}",
                about(info),
                scene.under(),
                left_out(rows.len(), count)
            ),
            source: scene.source(),
            x_label: axis_label(info),
            rows,
        };
        pictures.push(Picture::of(format!("end-{}", info.name), ChartKind::EndMeasure, &chart)?);
    }
    Ok(pictures)
}
