//! What a run says in words, for terminal and page alike.

use super::support::{InputSupport, Rests, supports};
use super::tables::{RunTables, Swing, UncertaintyRow};
use crate::format::{
    bare_whole_percent, counted, listed, of_hundred, unsigned_points, unsigned_points_range,
    whole_percent_range,
};
use crate::model::{NO_POLICY, UNRESOLVED};
use crate::report::Played;
use crate::report::phrases::capital;
use crate::stats::Interval;
use crate::verbs::carried_out::CarriedOut;
use crate::verbs::shared::SummaryRow;
use crate::verbs::titles::{Titles, quoted};

/// A probability above this is near certain, and one below the rest is near impossible: the thresholds of
/// the columns `draws_above_90` and `draws_below_10`.
const NEARLY: f64 = 0.9;
/// The share of draws of the assumptions that must be near certain or near impossible for the headline to
/// say so, and the least share of each kind.
const MOST_DRAWS: f64 = 0.9;
const SOME_DRAWS: f64 = 0.05;
/// Plays of each draw from which on a draw that is near certain can be told from one that is not, unless
/// chance is known to be this small.
const PLAYS: u64 = 10;
const LITTLE_CHANCE: f64 = 0.04;

/// An outcome and what is known of its probability.
pub(super) struct OutcomeSeen<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title as the file has it.
    pub title: &'a str,
    /// Its share of all trials; with repeats, of all plays of all draws.
    pub share: f64,
    /// The 95 % interval of its probability, for it by itself.
    pub interval: Interval,
    /// In how many of the trials of an ordinary run it occurred.
    pub count: u64,
    /// How its variance splits.
    pub split: Option<&'a UncertaintyRow>,
}

impl OutcomeSeen<'_> {
    /// How far its probability swings with the assumptions.
    pub fn swing(&self) -> Swing {
        self.split.map_or(Swing::Unknown, UncertaintyRow::swing)
    }
}

/// The outcomes in file order; `unresolved` only if some trial ended so.
pub(super) fn outcomes_seen<'a>(
    played: &Played<'a>,
    tables: &'a RunTables,
) -> Vec<OutcomeSeen<'a>> {
    let all = tables.summary.iter().map(|row| {
        let split = tables.uncertainty.iter().find(|split| split.outcome == row.outcome);
        let over_all = split.filter(|_| played.repeats.is_some());
        OutcomeSeen {
            id: &row.outcome,
            title: played.outcome_title(&row.outcome),
            share: over_all.map_or(row.share, |split| split.share),
            interval: over_all.map_or(own_interval(row), |split| Interval {
                low: split.share_low,
                high: split.share_high,
            }),
            count: row.count,
            split,
        }
    });
    all.filter(|seen| seen.id != UNRESOLVED || seen.share > 0.0).collect()
}

/// The interval of an outcome: where a run stopped at one of several looks, that for all of them.
pub(super) fn own_interval(row: &SummaryRow) -> Interval {
    match row.any_low.zip(row.any_high) {
        Some((low, high)) => Interval { low, high },
        None => Interval { low: row.mc_low, high: row.mc_high },
    }
}

/// What the interval of a share holds for.
pub(super) fn holds_for(tables: &RunTables) -> &'static str {
    match tables.summary.iter().any(|row| row.any_low.is_some()) {
        true => "for all outcomes and all looks at once",
        false => "for each outcome by itself",
    }
}

/// Whether the precision that was asked for was reached, in a sentence.
pub(super) fn precision_in_words(precision: Option<f64>, tables: &RunTables) -> Option<String> {
    let asked = precision? / 100.0;
    let halves = tables.summary.iter().map(|row| {
        let known = own_interval(row);
        0.5 * (known.high - known.low)
    });
    let widest = halves.fold(0.0, f64::max);
    let trials: u64 = tables.summary.iter().map(|row| row.count).sum();
    Some(match widest <= asked {
        true => format!(
            "Stopped after {}: every outcome's share is known to within {} points either way.",
            counted(trials, "trial"),
            unsigned_points(asked)
        ),
        false => format!(
            "{} were not enough to know every share to within {} points either way; the widest interval \
             reaches {}.",
            counted(trials, "trial"),
            unsigned_points(asked),
            unsigned_points(widest)
        ),
    })
}

/// How far the policy was carried out, in words.
pub(super) fn carried_out<'a>(tables: &'a RunTables, titles: Titles<'a>) -> CarriedOut<'a> {
    let rows = tables.fidelity.as_deref().unwrap_or_default();
    CarriedOut { rows, without: NO_POLICY, titles }
}

/// The most frequent outcome, if any occurred; the first in the file of several.
pub(super) fn likeliest<'s, 'a>(all: &'s [OutcomeSeen<'a>]) -> Option<&'s OutcomeSeen<'a>> {
    let reached = all.iter().filter(|seen| seen.share > 0.0);
    reached.rev().max_by(|a, b| a.share.total_cmp(&b.share))
}

/// What was played: trials, or draws and plays of each.
pub(super) fn played_in_words(played: &Played<'_>, tables: &RunTables) -> String {
    let trials = played.trials;
    match (played.repeats, replays(tables)) {
        (Some(repeats), _) => format!(
            "{} of the assumptions, each played {}",
            counted(trials, "draw"),
            counted(u64::from(repeats), "time")
        ),
        (None, 0) => counted(trials, "trial"),
        (None, more) => format!("{} and {}", counted(trials, "trial"), counted(more, "replay")),
    }
}

/// How many trials an ordinary run played again.
pub(super) fn replays(tables: &RunTables) -> u64 {
    tables.uncertainty.first().map_or(0, |row| row.draws * row.repeats.saturating_sub(1))
}

/// The first sentence of the answer: how the scenario ends most often, and how much that depends on the
/// assumptions. `title` makes a title fit to be shown.
pub(super) fn headline(
    played: &Played<'_>,
    tables: &RunTables,
    all: &[OutcomeSeen<'_>],
    title: impl Fn(&str) -> String,
) -> String {
    let Some(first) = likeliest(all) else {
        return format!("No outcome of the scenario was reached in {}.", plays(played));
    };
    let supports = supports(played, tables, first.id);
    let rests = rests(first, &supports);
    let decides = match &rests {
        Rests::OnOne(support) => support.headline(),
        Rests::OnSome(_) | Rests::OnNoSingleOne | Rests::Unknown => None,
    };
    let (depends, further) = match decides {
        Some(words) => (format!("; {words}"), String::new()),
        None => (depends(played, first), rests_in_words(&rests)),
    };
    let name = capital(&title(first.title));
    if first.share == 1.0 {
        return format!("{name} in every one of {}{depends}.{further}", plays(played));
    }
    let ends = whole_percent_range(first.interval.low, first.interval.high);
    let trials = played.trials * u64::from(played.repeats.unwrap_or(1));
    format!("{name} in {} (95 %: {ends}){depends}.{further}", of_hundred(first.share, trials))
}

/// What is known of which inputs an outcome rests on most.
pub(super) fn rests<'s, 'a>(
    seen: &OutcomeSeen<'_>,
    supports: &'s [InputSupport<'a>],
) -> Rests<'s, 'a> {
    let least = match seen.swing() {
        Swing::Between(swing) => swing.low,
        Swing::None | Swing::Unknown => 0.0,
    };
    Rests::of(supports, least * least)
}

/// A sentence on what an outcome rests on most, with a space before it; nothing if the trials do not tell.
fn rests_in_words(rests: &Rests<'_, '_>) -> String {
    let named = |support: &&InputSupport<'_>| quoted(&support.shown);
    match rests {
        Rests::OnOne(support) => format!(" It rests most on {}.", quoted(&support.shown)),
        Rests::OnSome(some) => {
            let names: Vec<String> = some.iter().take(MOST_NAMED).map(named).collect();
            format!(" It rests most on {}.", listed(&names))
        }
        Rests::OnNoSingleOne => {
            " No single one of the assumptions decides it: it is how they come together.".to_owned()
        }
        Rests::Unknown => String::new(),
    }
}

/// How many inputs a sentence names.
const MOST_NAMED: usize = 3;

/// How many trials there were, or plays of all draws.
pub(super) fn plays(played: &Played<'_>) -> String {
    match played.repeats {
        Some(repeats) => counted(played.trials * u64::from(repeats), "play"),
        None => counted(played.trials, "trial"),
    }
}

/// A standard deviation of a probability from which on it must be above 0.8 for some draws of the
/// assumptions and below 0.2 for others: within a range of r it is at most r / 2 (Popoviciu 1935).
const BOTH_WAYS: f64 = 0.4;

/// The end of the headline: how much an outcome depends on the assumptions. Nothing where nothing is
/// drawn once per trial.
fn depends(played: &Played<'_>, first: &OutcomeSeen<'_>) -> String {
    if let Some((certain, impossible)) = first.split.and_then(two_kinds) {
        return format!(
            ": near certain in about {} of 100 draws of the assumptions, near impossible in {}",
            bare_whole_percent(certain),
            bare_whole_percent(impossible)
        );
    }
    match first.swing() {
        Swing::None => String::new(),
        Swing::Unknown => format!(
            "; too few {} to tell how much that depends on the assumptions",
            if played.repeats.is_some() { "draws" } else { "replays" }
        ),
        Swing::Between(swing) if swing.low == 0.0 => format!(
            "; the assumptions move that up or down by at most {} points, and perhaps not at all \
             (standard deviation, 95 %)",
            unsigned_points(swing.high)
        ),
        Swing::Between(swing) => format!(
            "{}: the assumptions move that up or down by {} points (standard deviation)",
            if swing.low >= BOTH_WAYS {
                ", likely under some assumptions and unlikely under others"
            } else {
                ""
            },
            unsigned_points_range(swing.low, swing.high)
        ),
    }
}

/// The shares of draws of the assumptions in which an outcome is near certain and near impossible, if
/// nearly all draws are of these two kinds and enough was played to tell.
fn two_kinds(split: &UncertaintyRow) -> Option<(f64, f64)> {
    let (certain, impossible) = (split.draws_above_90?, split.draws_below_10?);
    let tells = split.repeats >= PLAYS || split.chance_high <= LITTLE_CHANCE;
    let both = certain + impossible >= MOST_DRAWS;
    let each = certain.min(impossible) >= SOME_DRAWS;
    // A swing that could be small would contradict it: with two kinds at the thresholds it is this.
    let least = (certain * impossible).sqrt() * (2.0 * NEARLY - 1.0);
    let holds = matches!(split.swing(), Swing::Between(swing) if swing.low >= 0.75 * least);
    (tells && both && each && holds).then_some((certain, impossible))
}
