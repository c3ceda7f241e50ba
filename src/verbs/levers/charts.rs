//! The charts of `levers`: single moves, ranked by what they change.

use super::tables::{LeverRow, LeverTables};
use crate::chart::{ChartError, LeverChart, LeverMove, RankedLever};
use crate::format::points;
use crate::report::phrases::capital;
use crate::report::{ChartKind, Picture, Scene};
use crate::study::Pull;
use crate::verbs::report::ChartDrawer;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<LeverTables>)] = &[(ChartKind::Levers, levers)];

/// A chart for each world.
fn levers(scene: &Scene<'_>, tables: &LeverTables) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    for world in scene.played.worlds {
        let largest: Vec<&LeverRow> =
            tables.largest().into_iter().filter(|row| row.world == *world).collect();
        let is_clear = largest.first().is_some_and(|row| row.stands_out());
        let levers: Vec<RankedLever> =
            largest.into_iter().filter_map(|row| ranked(scene, row)).collect();
        let Some(first) = levers.first() else { continue };
        let verb = match first.setting {
            LeverMove::Forced => "forcing",
            LeverMove::Forbidden => "forbidding",
        };
        let chart = LeverChart {
            title: if is_clear {
                format!(
                    "{} {}’s move “{}” changes most: {} by {} points",
                    capital(verb),
                    first.actor,
                    first.action,
                    first.outcome.label,
                    points(first.difference)
                )
            } else {
                "No single move changes an outcome by more than chance allows".to_owned()
            },
            subtitle: format!(
                "{}, policy {}, world {world}; each move forced at its first chance, and forbidden, \
                 against the plain run; whiskers: 95 % intervals over all levers and outcomes at once",
                scene.each(),
                scene.model().policy
            ),
            source: scene.source(),
            levers,
        };
        pictures.push(Picture::of(format!("levers-{world}"), ChartKind::Levers, &chart)?);
    }
    Ok(pictures)
}

fn ranked(scene: &Scene<'_>, row: &LeverRow) -> Option<RankedLever> {
    let model = scene.model();
    let actor = model.actors.iter().find(|known| known.name == row.actor)?;
    let action = model.happenings.iter().find(|known| known.name == row.action)?;
    Some(RankedLever {
        actor: actor.title.clone(),
        action: action.title.clone(),
        setting: match row.lever {
            Pull::Forced => LeverMove::Forced,
            Pull::Forbidden => LeverMove::Forbidden,
        },
        outcome: scene.outcome(&row.outcome)?.clone(),
        difference: row.difference,
        low: row.low_all,
        high: row.high_all,
    })
}
