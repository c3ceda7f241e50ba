//! Warnings about the results of a run.

use super::summary::Summary;
use crate::engine::counted_options;
use crate::format::{count, number, whole_percent};
use crate::model::Model;

/// Above this value of λ times the standard error, an actor imagines too few futures to tell its
/// best options apart (docs/model.md).
const COARSE: f64 = 0.5;
/// The share of assignments above which a warning about clamping is given.
const MUCH_CLAMPING: f64 = 0.05;
/// How many names a warning lists; further ones are only counted.
const NAMED: usize = 6;

/// The warnings about a run, the most serious first.
pub fn warnings(model: &Model, summary: &Summary) -> Vec<String> {
    let mut all = Vec::new();
    let unresolved = summary.outcomes.last().copied().unwrap_or(0);
    if unresolved > 0 && !model.outcomes.is_empty() {
        all.push(format!(
            "{} of {} trials ended unresolved: no outcome held",
            count(unresolved),
            count(summary.trials)
        ));
    }
    for (actor, coarse) in model.actors.iter().zip(&summary.coarseness) {
        if coarse.count > 0 && coarse.p50 > COARSE {
            all.push(format!(
                "{} imagines too coarsely: the median of rationality times the standard error \
                 between its two best options is {}, above {COARSE}; raise `imaginations`",
                actor.name,
                number(coarse.p50)
            ));
        }
    }
    let outcomes = model.outcomes.iter().zip(&summary.outcomes);
    let missed: Vec<String> =
        outcomes.filter(|(_, count)| **count == 0).map(|(o, _)| o.id.clone()).collect();
    push_list(&mut all, "outcome never reached", "outcomes never reached", missed);
    let (mut closed, mut shunned) = (Vec::new(), Vec::new());
    for (index, row) in counted_options(model).iter().enumerate() {
        let Some(action) = row.action else { continue };
        let steps = summary.moves.steps;
        let total = |counts: &[u64]| counts[index * steps..(index + 1) * steps].iter().sum::<u64>();
        let what = model.truth.actors[row.actor].actions[action].what;
        // What the policy itself rules out is no news.
        if model.rules.forbidden.get(what.0 as usize) == Some(&true) {
            continue;
        }
        let name = model.happening(what).name.clone();
        if total(&summary.moves.available) == 0 {
            closed.push(name);
        } else if total(&summary.moves.taken) == 0 {
            shunned.push(name);
        }
    }
    push_list(&mut all, "action never available", "actions never available", closed);
    push_list(&mut all, "action never taken", "actions never taken", shunned);
    for (index, state) in model.states.iter().enumerate() {
        let (assigned, clamped) = (summary.assigned[index], summary.clamped[index]);
        let share = clamped as f64 / assigned.max(1) as f64;
        if share > MUCH_CLAMPING {
            all.push(format!(
                "{} was clamped to its range in {} of {} assignments",
                state.series.name,
                whole_percent(share),
                count(assigned)
            ));
        }
    }
    all
}

fn push_list(all: &mut Vec<String>, one: &str, many: &str, names: Vec<String>) {
    let rest = names.len().saturating_sub(NAMED);
    let listed = names[..names.len() - rest].join(", ");
    match names.len() {
        0 => {}
        1 => all.push(format!("{one}: {listed}")),
        _ if rest == 0 => all.push(format!("{many}: {listed}")),
        _ => all.push(format!("{many}: {listed} and {rest} more")),
    }
}
