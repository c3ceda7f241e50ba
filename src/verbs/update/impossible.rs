//! What is said of a record that cannot be, or that particles cannot carry.

use crate::engine::{Contradiction, ContradictionCount};
use crate::format::{counted, percent};
use crate::model::{KnownPast, Model};
use crate::study::ImpossibleEntry;
use crate::verbs::step_name::StepName;

/// How many reasons are listed.
const LISTED: usize = 5;

/// Why no particle can follow a record: which entry has probability zero, in what share of particles, and what was open
/// instead.
pub(super) fn impossible(model: &Model, past: &KnownPast, why: &ImpossibleEntry) -> String {
    let when = StepName::of(model.dates, u64::from(why.step)).within();
    let mut text = format!(
        "the record is impossible: no particle can follow it {when} ({} tried)",
        counted(why.particles, "particle")
    );
    for (what, count) in why.contradictions.iter().take(LISTED) {
        let share = count.plays as f64 / why.particles.max(1) as f64;
        text += &format!(
            "\n  {}: probability zero in {} of them",
            told(model, past, *what),
            percent(share)
        );
        let open = open(model, past, *what, count);
        if !open.is_empty() {
            text += &format!("; open instead: {open}");
        }
    }
    let more = why.contradictions.len().saturating_sub(LISTED);
    if more > 0 {
        text += &format!("\n  and {more} more");
    }
    text
}

/// What could not be followed, in words.
fn told(model: &Model, past: &KnownPast, what: Contradiction) -> String {
    match what {
        Contradiction::Entry(entry) => format!("`{}`", past.entries[entry].text),
        Contradiction::Held(actor, track) => {
            let track = &model.truth.actors[actor.index()].tracks[track].name;
            format!("that `{}` held on the track `{track}`", model.actors[actor.index()].name)
        }
        Contradiction::StayedAway(what) => {
            format!("that `{}` stayed away", model.happening(what).name)
        }
    }
}

/// The options that were open instead of a move.
fn open(
    model: &Model,
    past: &KnownPast,
    what: Contradiction,
    count: &ContradictionCount,
) -> String {
    let turn = match what {
        Contradiction::Entry(entry) => {
            let step = past.entries[entry].step;
            let moves = past.step(step).map_or(&[][..], |known| &known.moves);
            moves.iter().find(|own| own.entry == entry).map(|own| (own.actor, own.track))
        }
        Contradiction::Held(actor, track) => Some((actor, track)),
        Contradiction::StayedAway(_) => None,
    };
    let Some((actor, track)) = turn else { return String::new() };
    let program = &model.truth.actors[actor.index()];
    let actions = &program.tracks[track].actions;
    let mut options: Vec<(&usize, &u64)> = count.open.iter().collect();
    options.sort_by_key(|(_, plays)| std::cmp::Reverse(**plays));
    let named = options.into_iter().take(LISTED).map(|(option, plays)| {
        let name = match actions.get(*option) {
            Some(index) => {
                let what = program.actions[*index].happenings().last();
                what.map_or("", |what| &model.happening(what).name)
            }
            None => "holding",
        };
        format!("{name} (in {})", percent(*plays as f64 / count.plays.max(1) as f64))
    });
    named.collect::<Vec<_>>().join(", ")
}

/// Why there are no odds: the weight of all particles rests on few of them.
pub(super) fn not_carried(particles: u64, effective: f64) -> String {
    format!(
        "{} cannot carry this record: more than half of the weight is in one of 16 batches, and all stand for \
         {effective:.1} original particles, so odds would be chance; take more with -n, or end the record earlier \
         with --until",
        counted(particles, "particle")
    )
}
