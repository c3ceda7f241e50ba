//! The charts of `levers`: single moves, ranked by what they change.

use super::tables::{LeverRow, LeverTables};
use crate::chart::{ChartError, LeverChart, LeverMove, RankedLever};
use crate::format::points;
use crate::model::NO_POLICY;
use crate::report::{ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene};
use crate::study::Pull;
use crate::verbs::report::{ChartDrawer, FirstDrawer};

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<LeverTables> = first;

/// The largest number of moves that fit on the first screen of a phone.
const MOST: usize = 6;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<LeverTables>)] = &[(ChartKind::Levers, levers)];

/// A chart for each world.
fn levers(scene: &Scene<'_>, tables: &LeverTables) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    for world in scene.played.worlds {
        let largest = tables.largest().into_iter().filter(|row| row.world == *world);
        let levers: Vec<RankedLever> = largest.filter_map(|row| ranked(scene, row)).collect();
        if levers.is_empty() {
            continue;
        }
        let clear = levers.iter().find(|lever| lever.is_clear);
        let all = tables.largest();
        let mut own = all.iter().filter(|row| row.stands_out() && row.world == *world);
        let tied = match own.next() {
            Some(row) if row.is_tied() => ", tied with others",
            _ => "",
        };
        let chart = LeverChart {
            title: clear.map_or_else(
                || "No single move changes an outcome by more than chance allows".to_owned(),
                |first| {
                    let verb = match first.setting {
                        LeverMove::Forced => "Forcing",
                        LeverMove::Forbidden => "Forbidding",
                    };
                    format!(
                        "{verb} “{} {}” changes most{tied}: {} by {} points",
                        first.actor,
                        first.action,
                        first.outcome.label,
                        points(first.difference)
                    )
                },
            ),
            subtitle: format!(
                "{}{}{}; each move forced at its first chance, and forbidden, against the plain run; \
                 whiskers: 95 % intervals, all moves and outcomes judged together",
                scene.each(),
                policy(scene),
                scene.within(world)
            ),
            source: scene.source(),
            levers,
        };
        pictures.push(Picture::of(format!("levers-{world}"), ChartKind::Levers, &chart)?);
    }
    Ok(pictures)
}

/// The policy in force, for the end of a list; nothing where there is none.
fn policy(scene: &Scene<'_>) -> String {
    match scene.model().policy.as_str() {
        NO_POLICY => String::new(),
        policy => format!(", policy “{}”", scene.policy_title(policy)),
    }
}

fn ranked(scene: &Scene<'_>, row: &LeverRow) -> Option<RankedLever> {
    Some(RankedLever {
        actor: scene.actor_title(&row.actor),
        action: scene.happening_title(&row.action),
        setting: setting(row),
        outcome: scene.outcome(&row.outcome)?.clone(),
        difference: row.difference,
        low: row.low_all,
        high: row.high_all,
        is_clear: row.stands_out(),
    })
}

fn setting(row: &LeverRow) -> LeverMove {
    match row.lever {
        Pull::Forced => LeverMove::Forced,
        Pull::Forbidden => LeverMove::Forbidden,
    }
}

/// The moves that change most: those that can be told from zero first, then by size.
fn first(scene: &Scene<'_>, tables: &LeverTables) -> Option<FirstChart> {
    let mut rows = tables.largest();
    let size = |row: &LeverRow| row.difference.abs();
    rows.sort_by(|a, b| b.stands_out().cmp(&a.stands_out()).then(size(b).total_cmp(&size(a))));
    let clear = rows.iter().filter(|row| row.stands_out()).count();
    rows.truncate(clear.clamp(1, MOST).max(rows.len().min(3)));
    let bars = rows.into_iter().filter_map(|row| {
        let move_ = ranked(scene, row)?;
        let label = format!("{}: {}, {}", move_.actor, move_.action, move_.setting.word());
        Some(FirstBar {
            label: Some(label),
            place: scene.place(&row.world),
            outcome: move_.outcome,
            value: move_.difference,
            interval: (move_.low, move_.high),
            is_clear: move_.is_clear,
        })
    });
    let bars: Vec<FirstBar> = bars.collect();
    let hollow = if bars.iter().any(|bar| !bar.is_clear) { " Pale: may be zero." } else { "" };
    (!bars.is_empty()).then(|| FirstChart {
        heading: match clear {
            0 => "No single move stands out; the largest changes seen".to_owned(),
            _ => "The single moves that change most".to_owned(),
        },
        note: format!(
            "The outcome that each changes most, in percentage points against the plain run{}, {}; \
             lines: 95 % intervals, all moves and outcomes judged together.{hollow}",
            policy(scene),
            scene.each()
        ),
        measure: FirstMeasure::Differences,
        bars,
    })
}
