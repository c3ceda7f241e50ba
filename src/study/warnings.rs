//! Warnings about the results of a run.

use indexmap::IndexMap;

use super::percentiles::ColumnSummary;
use super::repeats::Repeated;
use super::summary::Summary;
use crate::engine::{MoveCounts, counted_options};
use crate::format::{count, counted, number, whole_percent};
use crate::formula::Happening;
use crate::model::{ActorId, Model};

/// Above this value of λ times the standard error, an actor imagines too few futures to tell its
/// best options apart (docs/model.md).
const COARSE: f64 = 0.5;
/// The share of choices and votes above which a warning is given that an actor was still undecided
/// after as many imagined plays as it may imagine.
const MANY_UNDECIDED: f64 = 0.2;
/// The share of assignments above which a warning about clamping is given.
const MUCH_CLAMPING: f64 = 0.05;
/// How many names a warning lists; further ones are only counted.
const NAMED: usize = 6;

/// The warnings about a run, the most serious first. They are counted over all trials; if draws of the
/// assumptions were repeated, over all plays of all draws. What a policy forbids is no surprise, and is
/// not warned of.
pub fn warnings(model: &Model, summary: &Summary, repeated: Option<&Repeated>) -> Vec<String> {
    let seen = PlayCounts::of(summary, repeated);
    let plays = match repeated {
        Some(_) => counted(seen.trials, "play"),
        None => counted(seen.trials, "trial"),
    };
    let mut all = Vec::new();
    let unresolved = seen.outcomes.last().copied().unwrap_or(0);
    if unresolved > 0 && !model.outcomes.is_empty() {
        all.push(format!("{} of {plays} ended unresolved: no outcome held", count(unresolved)));
    }
    let mut undecided = Vec::new();
    for (index, actor) in model.actors.iter().enumerate() {
        all.extend(too_coarse(model, index, &summary.coarseness[index], &actor.title));
        undecided.extend(often_undecided(model, index, &summary.undecided[index], &actor.title));
    }
    if !undecided.is_empty() {
        all.push(format!(
            "choices and votes that were still undecided after the most plays in `imaginations`, and might come \
             out otherwise with more: {}",
            undecided.join("; ")
        ));
    }
    let outcomes = model.outcomes.iter().zip(&seen.outcomes);
    let missed: Vec<String> =
        outcomes.filter(|(_, count)| **count == 0).map(|(o, _)| o.title.clone()).collect();
    push_list(&mut all, "outcome", &format!("never reached in {plays}"), missed);
    let (mut closed, mut shunned) = (Vec::new(), Vec::new());
    // How often each action was open and taken, with any item of its menu.
    let mut actions: IndexMap<(usize, Happening), [u64; 2]> = IndexMap::new();
    for (index, row) in counted_options(model).iter().enumerate() {
        let Some(action) = row.action else { continue };
        let steps = seen.moves.steps;
        let total = |counts: &[u64]| counts[index * steps..(index + 1) * steps].iter().sum::<u64>();
        let action = &model.truth.actors[row.actor].actions[action];
        if model.rules.forbids(action.happenings()) {
            continue;
        }
        let [open, taken] = actions.entry((row.actor, action.what)).or_default();
        *open += total(&seen.moves.available);
        *taken += total(&seen.moves.taken);
    }
    for ((actor, what), [open, taken]) in actions {
        let name = format!("{}: {}", model.actors[actor].title, model.happening(what).title);
        if open == 0 {
            closed.push(name);
        } else if taken == 0 {
            shunned.push(name);
        }
    }
    push_list(&mut all, "action", &format!("never available in {plays}"), closed);
    push_list(&mut all, "action", &format!("never taken in {plays}"), shunned);
    for (index, state) in model.states.iter().enumerate() {
        let (assigned, clamped) = (seen.assigned[index], seen.clamped[index]);
        let share = clamped as f64 / assigned.max(1) as f64;
        if share > MUCH_CLAMPING {
            all.push(format!(
                "the variable `{}` was clamped to its range in {} of {}",
                state.series.name,
                whole_percent(share),
                counted(assigned, "assignment")
            ));
        }
    }
    all
}

/// A warning of an actor that imagines a fixed number of plays, if it cannot tell its options apart.
fn too_coarse(model: &Model, actor: usize, seen: &ColumnSummary, title: &str) -> Option<String> {
    let plays = model.imaginations(ActorId(actor as u32));
    (plays.least == plays.most && seen.count > 0 && seen.p50 > COARSE).then(|| {
        format!(
            "{title} imagines too coarsely: the median of rationality times the standard error \
             between its two best options is {}, above {COARSE}; let it imagine plays until it has \
             decided, `imaginations = [8, 64]`, or raise the number",
            number(seen.p50)
        )
    })
}

/// How often an actor was undecided after as many plays as it may imagine, if that is often.
fn often_undecided(
    model: &Model,
    actor: usize,
    seen: &ColumnSummary,
    title: &str,
) -> Option<String> {
    (seen.count > 0 && seen.mean > MANY_UNDECIDED).then(|| {
        format!(
            "{title} in {} of {} after {} plays",
            whole_percent(seen.mean),
            count(seen.count),
            count(u64::from(model.imaginations(ActorId(actor as u32)).most))
        )
    })
}

/// What was counted in all plays.
struct PlayCounts<'a> {
    trials: u64,
    outcomes: Vec<u64>,
    moves: &'a MoveCounts,
    assigned: &'a [u64],
    clamped: &'a [u64],
}

impl<'a> PlayCounts<'a> {
    fn of(summary: &'a Summary, repeated: Option<&'a Repeated>) -> Self {
        match repeated {
            Some(all) => PlayCounts {
                trials: summary.trials * all.repeats,
                outcomes: all.outcomes.iter().map(|draws| draws.iter().sum()).collect(),
                moves: &all.moves,
                assigned: &all.assigned,
                clamped: &all.clamped,
            },
            None => PlayCounts {
                trials: summary.trials,
                outcomes: summary.outcomes.clone(),
                moves: &summary.moves,
                assigned: &summary.assigned,
                clamped: &summary.clamped,
            },
        }
    }
}

/// Adds a warning of what one or several things did.
fn push_list(all: &mut Vec<String>, what: &str, did: &str, names: Vec<String>) {
    let rest = names.len().saturating_sub(NAMED);
    let listed = names[..names.len() - rest].join("; ");
    match names.len() {
        0 => {}
        1 => all.push(format!("{what} {did}: {listed}")),
        _ if rest == 0 => all.push(format!("{what}s {did}: {listed}")),
        _ => all.push(format!("{what}s {did}: {listed}; and {rest} more")),
    }
}
