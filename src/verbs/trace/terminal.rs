//! The answer of `trace` as text for the terminal: the trial told.

use super::question::TraceQuestion;
use super::record::{
    NamedValue, TracedHappening, TracedMoment, TracedMove, TracedStep, TracedTrial,
};
use super::tables::TraceTables;
use super::words::{TraceWords, action_of, is_dull, is_told};
use crate::format::{counted, listed, number, percent, whole_percent};
use crate::model::HOLD;
use crate::report::Played;
use crate::verbs::terminal::{Tell, indented, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How many numbers that were drawn are named: the most unusual ones.
const DRAWN: usize = 4;
/// A number that was drawn is unusual if it is among so many of the lowest or highest.
const UNUSUAL: f64 = 0.1;
/// How many outcomes are named with their odds.
const OUTCOMES: usize = 3;

impl Tell for TraceQuestion {
    fn tell(&self, played: &Played<'_>, tables: &TraceTables) -> String {
        let words = TraceWords::new(Titles::plain(played), &tables.trial);
        let trial = &tables.trial;
        let mut text = wrapped(&played.model().title);
        text += &wrapped(&words.headline());
        for point in words.points() {
            text += &wrapped(&point);
        }
        text += &wrapped(&format!(
            "Seed {}, policy {}, world {}{}.",
            trial.seed,
            trial.policy,
            trial.world,
            set_in_words(played)
        ));
        text += "\n";
        text += &wrapped(&drawn(&words, trial));
        if let Some(first) =
            trial.odds.iter().flat_map(|odds| odds.points.iter()).find(|own| own.step.is_none())
        {
            text += &wrapped(&format!(
                "Odds before anything is drawn: {}.",
                words.odds(first, OUTCOMES)
            ));
        }
        text += &told_from(&words, 0);
        if let Some((other, step)) = words.other().zip(words.parts_in()) {
            let rest = told_from(&other, step);
            if !rest.is_empty() {
                text += &format!("\n{}", wrapped(&format!("Under {} it goes on:", other.policy())));
                text += &rest;
            }
        }
        text
    }
}

/// The steps of a trial from one on.
fn told_from(words: &TraceWords<'_>, first: u64) -> String {
    let mut text = String::new();
    let mut steps = words.trial.steps.iter().skip_while(|step| step.step < first).peekable();
    while let Some(step) = steps.next() {
        if !is_dull(step) {
            text += &told(words, step);
            continue;
        }
        let mut last = step;
        while let Some(next) = steps.next_if(|next| is_dull(next)) {
            last = next;
        }
        text += &dull(words, step, last);
    }
    text
}

/// What was drawn for the trial: how much, and what of it is unusual.
fn drawn(words: &TraceWords<'_>, trial: &TracedTrial) -> String {
    if trial.drawn.is_empty() {
        return "Nothing is drawn once per trial.".to_owned();
    }
    let far = |own: &NamedValue| (own.rank.unwrap_or(0.5) - 0.5).abs();
    let mut unusual: Vec<&NamedValue> =
        trial.drawn.iter().filter(|own| far(own) >= 0.5 - UNUSUAL).collect();
    unusual.sort_by(|a, b| far(b).total_cmp(&far(a)));
    let were = if trial.drawn.len() == 1 { "was" } else { "were" };
    let values = format!("{} {were}", counted(trial.drawn.len() as u64, "value"));
    if unusual.is_empty() {
        return format!("{values} drawn for the trial, none of them unusual. All: trace.json.");
    }
    let named = unusual.iter().take(DRAWN).map(|own| {
        let rank = own.rank.unwrap_or(0.5);
        let side = match rank < 0.5 {
            true => format!("lower in {} of trials", whole_percent(rank)),
            false => format!("higher in {} of trials", whole_percent(1.0 - rank)),
        };
        format!("{} {} ({side})", own.name, words.value(&own.value))
    });
    let named: Vec<String> = named.collect();
    format!("{values} drawn for the trial; most unusual: {}. All: trace.json.", listed(&named))
}

/// Steps in which everybody holds, in one line.
fn dull(words: &TraceWords<'_>, first: &TracedStep, last: &TracedStep) -> String {
    let when = match first.step == last.step {
        true => words.step(first.step).heading(),
        false => {
            format!("{} to {}", words.step(first.step).heading(), words.step(last.step).heading())
        }
    };
    let odds = words.odds_after(last.step);
    let odds =
        odds.map_or_else(String::new, |point| format!(" Odds: {}.", words.odds(point, OUTCOMES)));
    let acts = first.moments.iter().any(|moment| matches!(moment.what, TracedHappening::Move(_)));
    let what = if acts { "everybody holds" } else { "nothing happens" };
    format!("\n{}", wrapped(&format!("{when}: {what}.{odds}")))
}

/// A step in which something happened.
fn told(words: &TraceWords<'_>, step: &TracedStep) -> String {
    let turns = if words.turns_in(step.step) { ", the turning point" } else { "" };
    let mut text = format!("\n{}{turns}\n", words.step(step.step).heading());
    for moment in step.moments.iter().filter(|moment| is_told(moment)) {
        text += &indented(&words.sentence(moment), 2);
        if let TracedHappening::Move(made) = &moment.what {
            text += &choice(words, made);
        }
    }
    let mut held: Vec<String> = Vec::new();
    for actor in step.moments.iter().filter(|moment| !is_told(moment)).filter_map(mover) {
        let actor = words.titles.actor(actor);
        if !held.contains(&actor) {
            held.push(actor);
        }
    }
    if !held.is_empty() {
        text += &indented(&format!("Also held: {}.", listed(&held)), 2);
    }
    let changes = words.changed(std::slice::from_ref(step));
    if !changes.is_empty() {
        text += &indented(&format!("Changed: {changes}."), 2);
    }
    if let Some(point) = words.odds_after(step.step) {
        text += &indented(&format!("Odds: {}.", words.odds(point, OUTCOMES)), 2);
    }
    text
}

/// What an actor could do, what it expected of each option, and the votes.
fn choice(words: &TraceWords<'_>, made: &TracedMove) -> String {
    let mut text = String::new();
    // The items of a menu are told together.
    let mut weighed: Vec<(&str, f64, f64, u64)> = Vec::new();
    for own in &made.options {
        let Some(value) = own.expected else { continue };
        let action = action_of(&own.option);
        match weighed.iter_mut().find(|(other, ..)| *other == action) {
            Some((_, best, probability, ways)) => {
                *best = best.max(value);
                *probability += own.probability;
                *ways += 1;
            }
            None => weighed.push((action, value, own.probability, 1)),
        }
    }
    weighed.sort_by(|a, b| b.2.total_cmp(&a.2));
    let options = weighed.into_iter().map(|(action, best, probability, ways)| {
        let does = if action == HOLD { "hold".to_owned() } else { words.does(action) };
        let ways = if ways > 1 { format!(", {ways} ways, at best") } else { String::new() };
        format!("{does}{ways} {} ({})", number(best), percent(probability))
    });
    let options: Vec<String> = options.collect();
    if !options.is_empty() {
        text += &indented(
            &format!(
                "It expected of each option (and would take it with): {}.",
                options.join("; ")
            ),
            4,
        );
    }
    let votes = made.votes.iter().filter(|vote| vote.actor != made.actor).map(|vote| {
        let said = if vote.yes { "yes" } else { "no" };
        format!(
            "{} {said} (yes with {})",
            words.titles.actor(&vote.actor),
            percent(vote.probability)
        )
    });
    let votes: Vec<String> = votes.collect();
    if !votes.is_empty() {
        text += &indented(&format!("Votes: {}.", votes.join(", ")), 4);
    }
    text
}

/// Who moves, if somebody does.
fn mover(moment: &TracedMoment) -> Option<&str> {
    match &moment.what {
        TracedHappening::Move(made) => Some(&made.actor),
        TracedHappening::Calendar { .. }
        | TracedHappening::Event { .. }
        | TracedHappening::Bargain { .. }
        | TracedHappening::Order { .. }
        | TracedHappening::Laws => None,
    }
}
