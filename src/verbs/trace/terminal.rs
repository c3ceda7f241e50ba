//! The answer of `trace` as text for the terminal: the trial told.

use super::question::TraceQuestion;
use super::record::{
    NamedValue, TracedChange, TracedHappening, TracedMoment, TracedMove, TracedStep, TracedTrial,
    TracedValue,
};
use super::tables::TraceTables;
use super::words::{TraceWords, is_dull, is_told};
use crate::format::{counted, listed, number, percent, whole_percent};
use crate::model::HOLD;
use crate::report::Played;
use crate::verbs::terminal::{Tell, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How many numbers that were drawn are named: the most unusual ones.
const DRAWN: usize = 4;
/// A number that was drawn is unusual if it is among so many of the lowest or highest.
const UNUSUAL: f64 = 0.1;
/// How many numbers that changed in a step are named.
const CHANGED: usize = 5;
/// How many outcomes are named with their odds.
const OUTCOMES: usize = 3;

impl Tell for TraceQuestion {
    fn tell(&self, played: &Played<'_>, tables: &TraceTables) -> String {
        let words = TraceWords::new(Titles::for_terminal(played), &tables.trial);
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
        let mut steps = trial.steps.iter().peekable();
        while let Some(step) = steps.next() {
            if !is_dull(step) {
                text += &told(&words, step);
                continue;
            }
            let mut last = step;
            while let Some(next) = steps.next_if(|next| is_dull(next)) {
                last = next;
            }
            text += &dull(&words, step, last);
        }
        text
    }
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
    let values = counted(trial.drawn.len() as u64, "value");
    if unusual.is_empty() {
        return format!(
            "{values} were drawn for the trial, none of them unusual. All: trace.json."
        );
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
    format!("{values} were drawn for the trial; most unusual: {}. All: trace.json.", listed(&named))
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
        text += &indented(&words.sentence(moment));
        if let TracedHappening::Move(made) = &moment.what {
            text += &choice(words, made);
        }
    }
    let held: Vec<String> = step
        .moments
        .iter()
        .filter(|moment| !is_told(moment))
        .filter_map(|moment| holds(words, moment))
        .collect();
    if !held.is_empty() {
        let verb = if held.len() == 1 { "holds" } else { "hold" };
        text += &indented(&format!("{} {verb}.", listed(&held)));
    }
    let changes = changes(words, step);
    if !changes.is_empty() {
        text += &indented(&format!("Changed: {changes}."));
    }
    if let Some(point) = words.odds_after(step.step) {
        text += &indented(&format!("Odds: {}.", words.odds(point, OUTCOMES)));
    }
    text
}

/// What an actor could do, what it expected of each option, and the votes.
fn choice(words: &TraceWords<'_>, made: &TracedMove) -> String {
    let mut text = String::new();
    let weighed = made.options.iter().filter_map(|own| Some((own, own.expected?)));
    let options: Vec<String> = weighed
        .map(|(own, value)| {
            let does = if own.option == HOLD { "hold".to_owned() } else { words.does(&own.option) };
            format!("{does} {} ({})", number(value), percent(own.probability))
        })
        .collect();
    if !options.is_empty() {
        text += &indented(&format!(
            "  It expected of each option (and would take it with): {}.",
            options.join("; ")
        ));
    }
    let votes = made.votes.iter().filter(|vote| vote.actor != made.actor).map(|vote| {
        let said = if vote.yes { "yes" } else { "no" };
        format!("{} {said} (yes with {})", words.actor(&vote.actor), percent(vote.probability))
    });
    let votes: Vec<String> = votes.collect();
    if !votes.is_empty() {
        text += &indented(&format!("  Votes: {}.", votes.join(", ")));
    }
    text
}

/// Who holds, as was to be expected.
fn holds(words: &TraceWords<'_>, moment: &TracedMoment) -> Option<String> {
    match &moment.what {
        TracedHappening::Move(made) => {
            Some(format!("{} ({})", words.actor(&made.actor), percent(made.probability)))
        }
        TracedHappening::Calendar { .. }
        | TracedHappening::Event { .. }
        | TracedHappening::Bargain { .. }
        | TracedHappening::Order { .. }
        | TracedHappening::Laws => None,
    }
}

/// What changed in a step: labels and flags, then the numbers that changed most for their size.
fn changes(words: &TraceWords<'_>, step: &TracedStep) -> String {
    let mut all: Vec<TracedChange> = Vec::new();
    for change in step.moments.iter().flat_map(|moment| &moment.changes) {
        match all.iter_mut().find(|own| own.variable == change.variable) {
            Some(own) => own.after = change.after.clone(),
            None => all.push(change.clone()),
        }
    }
    all.retain(|own| own.before != own.after);
    let size = |own: &TracedChange| match (&own.before, &own.after) {
        (TracedValue::Number(a), TracedValue::Number(b)) => (b - a).abs() / a.abs().max(b.abs()),
        (TracedValue::Flag(_) | TracedValue::Label(_) | TracedValue::Number(_), _) => f64::INFINITY,
    };
    all.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let labels = all.iter().filter(|own| size(own).is_infinite()).count();
    let shown = all.iter().take(labels.max(CHANGED)).map(|own| {
        format!(
            "{} {} → {}",
            words.word(&own.variable),
            words.value(&own.before),
            words.value(&own.after)
        )
    });
    let mut shown: Vec<String> = shown.collect();
    let rest = all.len() - shown.len();
    if rest > 0 {
        shown.push(format!("and {} more", counted(rest as u64, "variable")));
    }
    shown.join(", ")
}

/// A paragraph, two columns in.
fn indented(paragraph: &str) -> String {
    wrapped(paragraph.trim()).lines().fold(String::new(), |text, line| text + "  " + line + "\n")
}
