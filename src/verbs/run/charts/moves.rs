//! Who moves when.

use crate::chart::{ActionShares, ChartError, ItemShares, MoveActor, MoveChart};
use crate::format::percent;
use crate::model::HOLD;
use crate::report::{ChartKind, Picture, Scene};
use crate::verbs::run::tables::{MoveCountRow, RunTables};

/// A heat map of the share of trials in which each action is taken, step by step.
pub(super) fn moves(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let steps = scene.model().truth.steps as usize;
    let taken: Vec<&MoveCountRow> = tables.moves.iter().filter(|row| row.action != HOLD).collect();
    let actors: Vec<MoveActor> = taken
        .chunk_by(|a, b| a.actor == b.actor)
        .map(|rows| MoveActor {
            label: scene.actor_title(&rows[0].actor),
            rows: rows
                .chunk_by(|a, b| (&a.track, &a.action) == (&b.track, &b.action))
                .map(|rows| action_shares(scene, rows, steps))
                .collect(),
        })
        .collect();
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
        _ => "No actor ever moves".to_owned(),
    };
    let chart = MoveChart {
        title,
        subtitle: format!(
            "{}; share of all trials, including those that have ended, in which the action is taken \
             in the step",
            scene.under()
        ),
        source: scene.source(),
        ticks,
        events: scene.events(),
        actors,
    };
    Ok(vec![Picture::of("moves", ChartKind::Moves, &chart)?])
}

/// In what share of the trials an action is taken, step by step, and with which item of its menu.
fn action_shares(scene: &Scene<'_>, rows: &[&MoveCountRow], steps: usize) -> ActionShares {
    let trials = scene.played.trials.max(1) as f64;
    let shares = |rows: &[&MoveCountRow]| {
        let mut taken = vec![0; steps];
        for row in rows {
            taken[row.step as usize] += row.taken;
        }
        taken.iter().map(|taken| *taken as f64 / trials).collect()
    };
    let items = rows.chunk_by(|a, b| a.item == b.item).filter_map(|rows| {
        let label = scene.played.model().item_in_words(&rows[0].full_name())?.to_owned();
        Some(ItemShares { label, shares: shares(rows) })
    });
    let action = format!("{}.{}", rows[0].actor, rows[0].action);
    ActionShares {
        label: scene.happening_title(&action),
        shares: shares(rows),
        items: items.collect(),
    }
}
