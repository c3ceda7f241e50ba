//! How far each policy falls short of the best, for each goal.

use super::DrawError;
use super::scene::Scene;
use crate::chart::{RegretChart, RegretRow};
use crate::format::unsigned_points;
use crate::report::picture::{Kind, Picture};

/// A heat map for each goal.
pub(super) fn regrets(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let mut pictures = Vec::new();
    if scene.manifest.goals.is_empty() {
        return Ok(pictures);
    }
    let grid = scene.records.table("regret.csv")?;
    let worlds = &scene.manifest.worlds;
    for goal in &scene.manifest.goals {
        let mut rows: Vec<RegretRow> = Vec::new();
        for row in grid.rows() {
            if row.text("goal")? != goal {
                continue;
            }
            let policy = row.text("policy")?;
            if rows.last().is_none_or(|last| last.policy != policy) {
                let policy = policy.to_owned();
                rows.push(RegretRow { policy, regrets: Vec::new(), mean: 0.0 });
            }
            if let Some(last) = rows.last_mut() {
                last.regrets.push(row.number("regret")?);
            }
        }
        for row in &mut rows {
            row.mean = row.regrets.iter().sum::<f64>() / row.regrets.len() as f64;
        }
        let chart = chart(scene, goal, worlds, rows);
        let name = format!("regret-{}", goal.replace([':', ','], "-"));
        pictures.push(Picture::of(name, Kind::Regret, &chart)?);
    }
    Ok(pictures)
}

fn chart(scene: &Scene<'_>, goal: &str, worlds: &[String], rows: Vec<RegretRow>) -> RegretChart {
    let largest = |row: &RegretRow| row.regrets.iter().copied().fold(0.0, f64::max);
    let least = rows.iter().map(largest).fold(f64::INFINITY, f64::min);
    let best: Vec<&str> =
        rows.iter().filter(|row| largest(row) == least).map(|row| row.policy.as_str()).collect();
    let (unit, what) = match goal.strip_prefix("actor:") {
        Some(actor) => ("hundredths", format!("the mean utility of {actor}")),
        None => ("percentage points", format!("the probability of the goal {goal}")),
    };
    RegretChart {
        title: format!(
            "Least to regret by {goal}: {}, at most {} {unit}",
            best.join(", "),
            unsigned_points(least)
        ),
        subtitle: format!(
            "How far {what} falls short of the best policy’s in the same world, in {unit}; {}",
            scene.each()
        ),
        source: scene.source(),
        unit: unit.to_owned(),
        worlds: worlds.to_vec(),
        rows,
    }
}
