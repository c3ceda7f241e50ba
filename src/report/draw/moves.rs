//! Who moves when.

use super::DrawError;
use super::scene::Scene;
use crate::chart::{ActionShares, MoveActor, MoveChart, percent};
use crate::report::picture::{Kind, Picture};

/// A heat map of the share of trials in which each action is taken, step by step.
pub(super) fn moves(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let steps = scene.model.truth.steps as usize;
    let trials = scene.manifest.trials.max(1) as f64;
    let mut actors: Vec<(String, MoveActor)> = Vec::new();
    let mut current = String::new();
    for row in scene.records.table("moves.csv")?.rows() {
        let (actor, action) = (row.text("actor")?, row.text("action")?);
        if action == "hold" {
            continue;
        }
        let name = format!("{actor}.{action}");
        let step = row.count("step")? as usize;
        if step >= steps {
            return Err(row.wrong("step", "a step of the scenario").into());
        }
        if actors.last().is_none_or(|(last, _)| last != actor) {
            let known = scene.model.actors.iter().find(|known| known.name == actor);
            let known = known.ok_or_else(|| row.wrong("actor", "an actor of the scenario"))?;
            let label = known.title.clone();
            actors.push((actor.to_owned(), MoveActor { label, rows: Vec::new() }));
        }
        let Some((_, last)) = actors.last_mut() else { continue };
        if current != name {
            let known = scene.model.happenings.iter().find(|known| known.name == name);
            let known = known.ok_or_else(|| row.wrong("action", "an action of the scenario"))?;
            last.rows.push(ActionShares { label: known.title.clone(), shares: vec![0.0; steps] });
            current = name;
        }
        let share = row.count("taken")? as f64 / trials;
        if share > 1.0 {
            return Err(row.wrong("taken", "at most the number of trials").into());
        }
        if let Some(row) = last.rows.last_mut() {
            row.shares[step] = share;
        }
    }
    let actors: Vec<MoveActor> = actors.into_iter().map(|(_, actor)| actor).collect();
    if actors.is_empty() || steps == 0 {
        return Ok(Vec::new());
    }
    let mut ticks = scene.ticks();
    ticks.truncate(steps);
    let all = actors.iter().flat_map(|actor| actor.rows.iter().map(move |row| (actor, row)));
    let most = all
        .flat_map(|(actor, row)| {
            row.shares.iter().enumerate().map(move |(k, s)| (actor, row, k, *s))
        })
        .fold(None, |most: Option<(&MoveActor, &ActionShares, usize, f64)>, cell| match most {
            Some(most) if most.3 >= cell.3 => Some(most),
            _ => Some(cell),
        });
    let title = match most {
        Some((actor, row, step, share)) if share > 0.0 => format!(
            "The most frequent move: {} {} in {} of trials in the step of {}",
            actor.label,
            row.label,
            percent(share),
            ticks[step]
        ),
        _ => "Nobody ever moves".to_owned(),
    };
    let chart = MoveChart {
        title,
        subtitle: format!(
            "{}; share of all trials in which the action is taken in the step, those that are over \
             included",
            scene.under()
        ),
        source: scene.source(),
        ticks,
        events: scene.events(),
        actors,
    };
    Ok(vec![Picture::of("moves", Kind::Moves, &chart)?])
}
