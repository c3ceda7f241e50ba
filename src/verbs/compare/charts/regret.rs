//! How far each policy falls short of the best, for each goal.

use crate::chart::{ChartError, RegretChart, RegretRow};
use crate::format::{listed, unsigned_points};
use crate::report::phrases::capital;
use crate::report::{ChartKind, Picture, Scene};
use crate::stats::Standing;
use crate::study::Goal;
use crate::verbs::compare::tables::{CompareTables, WorldRegretRow};

/// Which policy falls short of the best of a world by the least, or which are tied.
fn title(what: &str, unit: &str, rows: &[RegretRow]) -> String {
    let what = capital(what);
    let largest = |row: &RegretRow| row.regrets.iter().copied().fold(0.0, f64::max);
    let ahead: Vec<&RegretRow> = rows.iter().filter(|row| row.is_ahead).collect();
    match ahead.as_slice() {
        [] => format!("{what}: how far each policy falls short of the best"),
        [best] if largest(best) == 0.0 => {
            format!("{what}: no policy does better than “{}” in any world", best.policy)
        }
        [best] => format!(
            "{what}: “{}” falls short by the least, up to {} {unit}",
            best.policy,
            unsigned_points(largest(best))
        ),
        all if all.len() == rows.len() => format!("{what}: the policies are tied"),
        tied => {
            let names: Vec<String> = tied.iter().map(|row| format!("“{}”", row.policy)).collect();
            format!("{what}: {} are tied for falling short by the least", listed(&names))
        }
    }
}

/// What a goal values, with the titles of outcomes and actors.
fn goal_title(scene: &Scene<'_>, written: &str) -> String {
    let outcomes = |ids: &[String]| {
        let named = |id: &String| format!("“{}”", scene.played.outcome_title(id));
        listed(&ids.iter().map(named).collect::<Vec<String>>())
    };
    match written.parse::<Goal>() {
        Ok(Goal::Avoid(ids)) => format!("avoiding {}", outcomes(&ids)),
        Ok(Goal::Seek(ids)) => format!("reaching {}", outcomes(&ids)),
        Ok(Goal::Actor(name)) => format!("the mean utility of {}", scene.actor_title(&name)),
        Err(_) => written.to_owned(),
    }
}

/// A heat map for each goal.
pub(super) fn regrets(
    scene: &Scene<'_>,
    tables: &CompareTables,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    let all: Vec<&WorldRegretRow> = tables.regret.iter().flatten().collect();
    for own in all.chunk_by(|a, b| a.goal == b.goal) {
        let goal = &own[0].goal;
        let standing = |policy: &str| {
            let robust = tables.robustness.iter().flatten();
            let mut own = robust.filter(|row| row.goal == *goal && row.policy == policy);
            own.next().and_then(|row| row.max_regret_standing)
        };
        let rows = own.chunk_by(|a, b| a.policy == b.policy).map(|policy| {
            let regrets: Vec<f64> = policy.iter().map(|row| row.regret).collect();
            let mean = regrets.iter().sum::<f64>() / regrets.len() as f64;
            let is_ahead = match standing(&policy[0].policy) {
                Some(Standing::Best | Standing::Tied) => true,
                Some(Standing::Behind) | None => false,
            };
            RegretRow { policy: scene.policy_title(&policy[0].policy), regrets, mean, is_ahead }
        });
        let chart = chart(scene, goal, scene.played.worlds, rows.collect());
        let name = format!("regret-{}", goal.replace([':', ','], "-"));
        pictures.push(Picture::of(name, ChartKind::Regret, &chart)?);
    }
    Ok(pictures)
}

fn chart(scene: &Scene<'_>, goal: &str, worlds: &[String], rows: Vec<RegretRow>) -> RegretChart {
    let (unit, what) = match goal.strip_prefix("actor:") {
        Some(_) => ("hundredths", goal_title(scene, goal)),
        None => ("points", format!("the probability of {}", goal_title(scene, goal))),
    };
    RegretChart {
        title: title(&what, unit, &rows),
        subtitle: format!(
            "How far {what} falls short of what the best policy reaches in the same world, in {unit}; {}",
            scene.each()
        ),
        source: scene.source(),
        unit: unit.to_owned(),
        worlds: worlds.iter().map(|world| scene.world_title(world)).collect(),
        rows,
    }
}
