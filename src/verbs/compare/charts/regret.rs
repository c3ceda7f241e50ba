//! How far each policy falls short of the best, for each goal.

use crate::chart::{ChartError, RegretChart, RegretRow};
use crate::format::unsigned_points;
use crate::report::{ChartKind, Picture, Scene};
use crate::verbs::compare::tables::{CompareTables, WorldRegretRow};

/// A heat map for each goal.
pub(super) fn regrets(
    scene: &Scene<'_>,
    tables: &CompareTables,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    let all: Vec<&WorldRegretRow> = tables.regret.iter().flatten().collect();
    for own in all.chunk_by(|a, b| a.goal == b.goal) {
        let goal = &own[0].goal;
        let rows = own.chunk_by(|a, b| a.policy == b.policy).map(|policy| {
            let regrets: Vec<f64> = policy.iter().map(|row| row.regret).collect();
            let mean = regrets.iter().sum::<f64>() / regrets.len() as f64;
            RegretRow { policy: policy[0].policy.clone(), regrets, mean }
        });
        let chart = chart(scene, goal, scene.played.worlds, rows.collect());
        let name = format!("regret-{}", goal.replace([':', ','], "-"));
        pictures.push(Picture::of(name, ChartKind::Regret, &chart)?);
    }
    Ok(pictures)
}

fn chart(scene: &Scene<'_>, goal: &str, worlds: &[String], rows: Vec<RegretRow>) -> RegretChart {
    let largest = |row: &RegretRow| row.regrets.iter().copied().fold(0.0, f64::max);
    let minimax = rows.iter().map(largest).fold(f64::INFINITY, f64::min);
    let best: Vec<&str> =
        rows.iter().filter(|row| largest(row) == minimax).map(|row| row.policy.as_str()).collect();
    let (unit, what) = match goal.strip_prefix("actor:") {
        Some(actor) => ("hundredths", format!("the mean utility of {actor}")),
        None => ("percentage points", format!("the probability of the goal {goal}")),
    };
    RegretChart {
        title: format!(
            "Smallest maximum regret for the goal {goal}: {} ({} {unit})",
            best.join(", "),
            unsigned_points(minimax)
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
