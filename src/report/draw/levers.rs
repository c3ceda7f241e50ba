//! Single moves, ranked by what they change.

use super::DrawError;
use super::scene::Scene;
use crate::chart::{LeverChart, LeverMove, RankedLever, points};
use crate::report::phrases::capital;
use crate::report::picture::{Kind, Picture};
use crate::store::{Row, StoreError};
use crate::study::Pull;

/// A chart for each world.
pub(super) fn levers(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let grid = scene.records.table("levers.csv")?;
    let mut pictures = Vec::new();
    for world in &scene.manifest.worlds {
        let mut levers: Vec<(u64, RankedLever)> = Vec::new();
        for row in grid.rows() {
            if row.text("world")? != world {
                continue;
            }
            let (rank, lever) = (row.count("rank")?, lever(scene, &row)?);
            match levers.last_mut() {
                // Of the outcomes that one lever changes, the one that it changes most.
                Some((last, most)) if *last == rank => {
                    if lever.difference.abs() > most.difference.abs() {
                        *most = lever;
                    }
                }
                _ => levers.push((rank, lever)),
            }
        }
        let levers: Vec<RankedLever> = levers.into_iter().map(|(_, lever)| lever).collect();
        let Some(first) = levers.first() else { continue };
        let verb = match first.setting {
            LeverMove::Forced => "forcing",
            LeverMove::Forbidden => "forbidding",
        };
        let chart = LeverChart {
            title: format!(
                "{} {}’s move “{}” changes most: {} by {} points",
                capital(verb),
                first.actor,
                first.action,
                first.outcome.label,
                points(first.difference)
            ),
            subtitle: format!(
                "{}, policy {}, world {world}; each move forced at its first chance, and forbidden, \
                 against the plain run; whiskers: 95 % intervals",
                scene.each(),
                scene.model.policy
            ),
            source: scene.source(),
            levers,
        };
        pictures.push(Picture::of(format!("levers-{world}"), Kind::Levers, &chart)?);
    }
    Ok(pictures)
}

fn lever(scene: &Scene<'_>, row: &Row<'_>) -> Result<RankedLever, StoreError> {
    let model = &scene.model;
    let actor = row.text("actor")?;
    let actor = model.actors.iter().find(|known| known.name == actor);
    let actor = actor.ok_or_else(|| row.wrong("actor", "an actor of the scenario"))?;
    let action = row.text("action")?;
    let action = model.happenings.iter().find(|known| known.name == action);
    let action = action.ok_or_else(|| row.wrong("action", "an action of the scenario"))?;
    let setting = match row.text("lever")? {
        word if word == Pull::Forced.word() => LeverMove::Forced,
        word if word == Pull::Forbidden.word() => LeverMove::Forbidden,
        _ => return Err(row.wrong("lever", "`forced` or `forbidden`")),
    };
    Ok(RankedLever {
        actor: actor.title.clone(),
        action: action.title.clone(),
        setting,
        outcome: scene.outcomes()[scene.own_outcome(row, "outcome")?].clone(),
        difference: row.number("difference")?,
        low: row.number("low")?,
        high: row.number("high")?,
    })
}
