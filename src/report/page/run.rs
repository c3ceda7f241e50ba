//! What a run came to.

use super::plain::quoted;
use super::render::PageError;
use super::sections::outcome;
use super::table::{Cell, Table};
use super::view::Answer;
use super::words::{counted, share, share_range, size, size_range};
use super::{Told, page};
use crate::chart::listed;
use crate::diagnostic::grouped;
use crate::model::Model;
use crate::stats::Split;
use crate::study::Summary;

/// A spread that may be as large as this is not told as nil.
const CERTAIN: f64 = 0.1;
/// How many outcomes the words name after the first.
const NAMED: usize = 2;

/// What a run has to tell.
#[derive(Clone, Copy, Debug)]
pub struct RunPage<'a> {
    /// What every page is told.
    pub told: Told<'a>,
    /// What came out.
    pub summary: &'a Summary,
    /// How the variance of each outcome splits, unresolved last.
    pub splits: &'a [Option<Split>],
}

/// The page of a run.
///
/// # Errors
///
/// A template that cannot be filled.
pub fn run_page(of: &RunPage<'_>) -> Result<String, PageError> {
    let ends = ends(of);
    let answer = Answer {
        lead: lead(of, &ends),
        points: points(of, &ends),
        tables: vec![if of.told.manifest.repeats.is_some() { draws(&ends) } else { trials(&ends) }],
        notes: notes(of),
    };
    page(&of.told, "How might it end?", answer, Some(of.summary))
}

/// An outcome and what is known of its probability.
struct End<'a> {
    index: usize,
    model: &'a Model,
    /// Its share, over all draws and repeats.
    share: f64,
    count: u64,
    error: crate::stats::Interval,
    split: Option<&'a Split>,
}

impl End<'_> {
    fn quoted(&self) -> String {
        quoted(&outcome(self.model, self.index).title)
    }

    /// The standard deviation of the probability over draws of the assumptions,
    /// and its interval, where pairs can tell.
    fn spread(&self) -> Option<(f64, f64, f64)> {
        let known = self.split?.not_knowing;
        // An interval that chance has pushed below nought tells nothing.
        let tells = known.interval.high > 0.0;
        let root = |variance: f64| variance.max(0.0).sqrt();
        tells.then(|| (root(known.value), root(known.interval.low), root(known.interval.high)))
    }
}

/// The outcomes that came about or may, the likeliest first.
fn ends<'a>(of: &RunPage<'a>) -> Vec<End<'a>> {
    let intervals = of.summary.intervals();
    let last = of.told.model.outcomes.len();
    let repeated = of.told.manifest.repeats.is_some();
    let mut ends: Vec<End<'a>> = (0..=last)
        .map(|index| {
            let split = of.splits.get(index).and_then(Option::as_ref);
            let repeats = split.filter(|_| repeated);
            End {
                index,
                model: of.told.model,
                share: repeats.map_or_else(|| of.summary.share(index), |split| split.share.value),
                count: of.summary.outcomes[index],
                error: repeats.map_or(intervals[index], |split| split.share.interval),
                split,
            }
        })
        .filter(|end| end.index < last || end.share > 0.0)
        .collect();
    ends.sort_by(|a, b| b.share.total_cmp(&a.share));
    ends
}

/// The headline: how far the likeliest end hangs on what nobody knows.
fn lead(of: &RunPage<'_>, ends: &[End<'_>]) -> String {
    let Some(first) = ends.first().filter(|first| first.share > 0.0) else {
        return "The scenario names no outcome that came about.".to_owned();
    };
    let (name, mean) = (first.quoted(), share(first.share));
    if of.told.manifest.repeats.is_some()
        && let Some(split) = first.split
    {
        let [low, .., high] = split.corrected;
        return format!(
            "{name} is the likeliest end: its probability is {} in nine of ten draws of what nobody \
             knows, and {mean} on average.",
            range(low, high)
        );
    }
    match first.spread() {
        Some((sd, ..)) if sd >= 0.0005 => format!(
            "{name} is the likeliest end: {mean}, give or take {} points for what nobody knows.",
            size(sd)
        ),
        Some((_, _, high)) if high < CERTAIN => format!(
            "{name} is the likeliest end: {mean}; what nobody knows moves that by {} points at most.",
            size(high)
        ),
        _ => format!(
            "{name} is the likeliest end: {mean} of {}, too few to tell how far that hangs on what \
             nobody knows.",
            counted(of.summary.trials, "trial")
        ),
    }
}

/// A range of probabilities that need not differ.
fn range(low: f64, high: f64) -> String {
    if share(low) == share(high) {
        share(low)
    } else {
        format!("{} to {}", share(low), share(high))
    }
}

fn points(of: &RunPage<'_>, ends: &[End<'_>]) -> Vec<String> {
    let mut all = Vec::new();
    let Some(first) = ends.first().filter(|first| first.share > 0.0) else { return all };
    let repeated = of.told.manifest.repeats.is_some();
    if let (Some((_, low, high)), false) = (first.spread(), repeated) {
        all.push(format!(
            "Give or take is the standard deviation of the probability as the assumptions are drawn \
             anew: for {} it is {} (95 % interval, from trials played twice).",
            first.quoted(),
            size_range(low, high)
        ));
    }
    let next: Vec<String> = ends[1..]
        .iter()
        .filter(|end| end.share > 0.0)
        .take(NAMED)
        .map(|end| {
            let how = match (repeated, end.split, end.spread()) {
                (true, Some(split), _) => {
                    format!(
                        " ({} in nine of ten draws)",
                        range(split.corrected[0], split.corrected[4])
                    )
                }
                (false, _, Some((sd, ..))) if sd >= 0.0005 => {
                    format!(", give or take {}", size(sd))
                }
                _ => String::new(),
            };
            format!("{} {}{how}", end.quoted(), share(end.share))
        })
        .collect();
    if !next.is_empty() {
        all.push(format!("Next likeliest: {}.", listed(&next)));
    }
    let never: Vec<&End<'_>> = ends.iter().filter(|end| end.share == 0.0).collect();
    if !never.is_empty() {
        let names: Vec<String> = never.iter().take(4).map(|end| end.quoted()).collect();
        let most = never.iter().map(|end| end.error.high).fold(0.0, f64::max);
        all.push(format!(
            "Never reached: {}. So few trials still allow for up to {}.",
            listed(&names),
            share(most)
        ));
    }
    let half = ends.iter().map(|end| (end.error.high - end.error.low) / 2.0).fold(0.0, f64::max);
    let played = match of.told.manifest.repeats {
        Some(repeats) => {
            let draws = counted(of.told.manifest.trials, "draw");
            format!("{draws} of the assumptions played {repeats} times each")
        }
        None => counted(of.summary.trials, "trial"),
    };
    all.push(format!(
        "Playing only {played} leaves an error of up to {} points either way (95 %); more of them \
         shrink that error, but not what nobody knows.",
        size(half)
    ));
    all
}

/// The outcomes of an ordinary run.
fn trials(ends: &[End<'_>]) -> Table {
    let heads =
        ["Outcome", "#Share", "#Give or take, points", "#Range for so few trials, %", "#Trials"];
    let mut table = Table::new("Outcomes", &heads).sorted_down(1);
    for end in ends {
        let spread = match end.spread() {
            Some((sd, low, high)) => {
                let shown = if sd > 0.0 { size(sd) } else { "not seen".to_owned() };
                Cell::number(shown, sd).note(format!("95 %: {} to {}", size(low), size(high)))
            }
            None => Cell { text: "?".to_owned(), ..Cell::nothing() },
        };
        let row = table.row(vec![
            Cell::outcome(end.model, end.index),
            Cell::share(end.share),
            spread,
            Cell::number(
                share_range(end.error.low, end.error.high).replace(" %", ""),
                end.error.low,
            ),
            Cell::number(grouped(end.count), end.count as f64),
        ]);
        row.outcome = Some(outcome(end.model, end.index).id);
    }
    table
}

/// The outcomes over draws of the assumptions.
fn draws(ends: &[End<'_>]) -> Table {
    let heads = [
        "Outcome",
        "#Share on average",
        "#5 % of draws below",
        "#Half of draws below",
        "#95 % of draws below",
        "#Not knowing, part of variance",
    ];
    let mut table = Table::new("Outcomes over draws of the assumptions", &heads).sorted_down(1);
    for end in ends {
        let Some(split) = end.split else { continue };
        let [low, _, middle, _, high] = split.corrected;
        let number = |value: f64| Cell::number(share(value), value);
        let part = split.not_knowing_share.as_ref().map_or_else(Cell::nothing, |part| {
            Cell::number(format!("{:.0} %", 100.0 * part.value), part.value).note(format!(
                "95 %: {:.0} to {:.0}",
                100.0 * part.interval.low,
                100.0 * part.interval.high
            ))
        });
        let row = table.row(vec![
            Cell::outcome(end.model, end.index),
            Cell::share(end.share),
            number(low),
            number(middle),
            number(high),
            part,
        ]);
        row.outcome = Some(outcome(end.model, end.index).id);
    }
    table
}

fn notes(of: &RunPage<'_>) -> Vec<String> {
    match of.told.manifest.repeats {
        Some(_) => vec![
            "Of 100 draws of the assumptions, 5, 50 and 95 have a probability below these; the noise of \
             so few repeats is taken out. “Not knowing, part of variance”: how much of the uncertainty \
             of a single course of events would go if the assumptions were known; the rest is chance."
                .to_owned(),
        ],
        None => vec![
            "Give or take: the standard deviation of the probability over draws of the assumptions. \
             Larger than the share itself, it means a probability near nought in most draws and high in \
             a few. Not seen: no more than chance alone would show; a question mark: too few trials to \
             tell. The option --draws makes it sharper. Range for so few trials: where the share would \
             lie with endless trials (95 %), and nothing else."
                .to_owned(),
        ],
    }
}

impl Cell {
    /// An outcome, which a press highlights everywhere.
    pub(super) fn outcome(model: &Model, index: usize) -> Self {
        let own = outcome(model, index);
        Cell { outcome: Some(own.id), colour: Some(own.colour), ..Cell::text(own.title) }
    }

    /// A share with its bar.
    pub(super) fn share(value: f64) -> Self {
        Cell { bar: Some((1000.0 * value).round() / 10.0), ..Cell::number(share(value), value) }
    }
}
