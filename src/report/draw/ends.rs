//! What the numbers are at the end, by outcome.

use super::DrawError;
use super::scene::{Scene, left_out, most};
use crate::chart::{EndChart, EndRow, number};
use crate::formula::Type;
use crate::report::phrases::{capital, spaced};
use crate::report::picture::{Kind, Picture};

/// A chart for every number of state and measures, where there is more than one outcome to tell
/// apart.
pub(super) fn ends(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let grid = scene.records.table("outcome_ends.csv")?;
    let groups = grid.by("measure")?;
    let mut pictures = Vec::new();
    for info in scene.model.series().filter(|info| info.ty == Type::Number) {
        let mut rows = Vec::new();
        for row in groups.get(info.name.as_str()).into_iter().flatten() {
            rows.push(EndRow {
                outcome: scene.outcomes()[scene.own_outcome(row, "outcome")?].clone(),
                trials: row.count("trials")?,
                points: [
                    row.number("p05")?,
                    row.number("p25")?,
                    row.number("p50")?,
                    row.number("p75")?,
                    row.number("p95")?,
                ],
            });
        }
        if rows.len() < 2 {
            continue;
        }
        let count = rows.len();
        let shown = most(&rows.iter().map(|row| row.trials as f64).collect::<Vec<_>>());
        let rows: Vec<EndRow> = shown.into_iter().map(|at| rows[at].clone()).collect();
        let unit = info.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let median = |row: &&EndRow| row.points[2];
        let by = |a: &&EndRow, b: &&EndRow| median(a).total_cmp(&median(b));
        let (least, most) = (rows.iter().min_by(by), rows.iter().rev().max_by(by));
        let name = capital(&spaced(&info.name));
        let title = match (least, most) {
            (Some(least), Some(most)) if median(&least) < median(&most) => format!(
                "{name} at the end: median from {}{unit} ({}) to {}{unit} ({})",
                number(median(&least)),
                least.outcome.label,
                number(median(&most)),
                most.outcome.label
            ),
            (Some(any), _) => {
                format!(
                    "{name} at the end: median {}{unit} whatever the outcome",
                    number(median(&any))
                )
            }
            _ => continue,
        };
        let chart = EndChart {
            title,
            subtitle: format!(
                "{}; over the trials of each outcome{}",
                scene.under(),
                left_out(rows.len(), count)
            ),
            source: scene.source(),
            x_label: format!(
                "{name}{}",
                info.unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"))
            ),
            rows,
        };
        pictures.push(Picture::of(format!("end-{}", info.name), Kind::EndMeasure, &chart)?);
    }
    Ok(pictures)
}
