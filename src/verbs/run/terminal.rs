//! The answer of `run` as text for the terminal.

use super::question::RunQuestion;
use super::settled_words;
use super::support::supports;
use super::tables::{MoveCountRow, RunTables, Swing, UncertaintyRow};
use super::thinking::terminal_table;
use super::words::{
    OutcomeSeen, carried_out, headline, holds_for, likeliest, outcomes_seen, played_in_words,
    plays, precision_in_words,
};
use crate::format::{
    UNKNOWN, bare_percent, bare_percent_range, bare_whole_percent, counted, number, percent,
    unsigned_points_range, whole_percent, whole_percent_range,
};
use crate::model::{HOLD, Model};
use crate::report::Played;
use crate::stats::clopper_pearson;
use crate::study::LEVEL;
use crate::verbs::terminal::{Tell, bar, cut, plain, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How wide the bars of shares are.
const BAR: usize = 20;
/// How many of an actor's moves the table names.
const MOVES: usize = 2;
/// The widths of an outcome's title, an actor's and a move's in a table, and of a title in a sentence.
const TITLE: usize = 44;
const ACTOR: usize = 24;
const MOVE: usize = 36;
const SENTENCE: usize = 80;
/// How many inputs are shown, and how wide their names may be.
const INPUTS: usize = 3;
const INPUT: usize = 36;

impl Tell for RunQuestion {
    fn tell(&self, played: &Played<'_>, tables: &RunTables) -> String {
        let model = played.model();
        let seen = outcomes_seen(played, tables);
        let mut text = wrapped(&model.title);
        text.push_str(&wrapped(&headline(played, tables, &seen, |title| cut(title, SENTENCE))));
        let carried_out = carried_out(tables, Titles::plain(played));
        for sentence in carried_out.hardly() {
            text.push_str(&wrapped(&sentence));
        }
        text.push_str(&wrapped(&format!(
            "{}, seed {}, policy {}, world {}{}.",
            played_in_words(played, tables),
            played.seed,
            self.policy,
            self.world,
            set_in_words(played),
        )));
        if let Some(sentence) = precision_in_words(self.sampling.precision, tables) {
            text.push_str(&wrapped(&sentence));
        }
        text.push('\n');
        text.push_str(&match played.repeats {
            Some(_) => draws(played, &seen),
            None => shares(&seen),
        });
        text.push_str(&rests_on(played, tables, &seen));
        text.push_str(&settled_words::terminal_table(tables, played));
        text.push_str(&carried_out.terminal_table());
        let moves = used_moves(played, &tables.moves);
        if !moves.is_empty() {
            text.push_str(match played.repeats {
                Some(_) => {
                    "\nMost used moves, and how often on average in the first play of each draw:\n"
                }
                None => "\nMost used moves, and how often per trial on average:\n",
            });
            text.push_str(&plain(&["Actor", "moves"], moves, &[]));
        }
        text.push_str(&terminal_table(tables.thinking.as_deref().unwrap_or_default(), played));
        text.push('\n');
        text.push_str(&notes(played, tables));
        text
    }
}

/// What the columns mean.
fn notes(played: &Played<'_>, tables: &RunTables) -> String {
    let none = tables.uncertainty.iter().any(|row| row.swing() == Swing::None);
    let interval = format!(
        "95 %: intervals {}, from the limited number of trials alone.\n",
        holds_for(tables)
    );
    let swing = match none {
        true => "swing: none, as nothing is drawn once per trial; all that varies is chance.\n",
        false => {
            "swing: how far the probability varies with the assumptions, as the 95 % interval of its\n\
             standard deviation over draws of them, in points; --draws makes it more precise.\n"
        }
    };
    match played.repeats {
        Some(_) => format!(
            "share: of the {} of all draws. 95 %: its interval, of each outcome by itself.\n{swing}\
             not knowing: its part of an outcome's variance (95 %); the rest is chance.\n\
             ?: too few draws to tell. All numbers: uncertainty.csv.\n",
            plays(played)
        ),
        None => {
            format!("{interval}{swing}{}", if none { "" } else { "?: too few replays to tell.\n" })
        }
    }
}

/// How far a probability swings with the assumptions, in points.
fn swing(seen: &OutcomeSeen<'_>) -> String {
    match seen.swing() {
        Swing::None => "none".to_owned(),
        Swing::Unknown => UNKNOWN.to_owned(),
        Swing::Between(swing) => unsigned_points_range(swing.low, swing.high),
    }
}

/// The shares of an ordinary run.
fn shares(seen: &[OutcomeSeen<'_>]) -> String {
    let rows = seen.iter().map(|seen| {
        vec![
            cut(seen.title, TITLE),
            percent(seen.share),
            bare_percent_range(seen.interval.low, seen.interval.high),
            swing(seen),
            bar(seen.share, BAR),
        ]
    });
    plain(&["Outcome", "share", "95 %", "swing", ""], rows.collect(), &[1, 2, 3])
}

/// The probabilities over draws of the assumptions.
fn draws(played: &Played<'_>, seen: &[OutcomeSeen<'_>]) -> String {
    let unknown = || UNKNOWN.to_owned();
    let (mut rows, mut often) = (Vec::new(), Vec::new());
    for seen in seen {
        let split = seen.split;
        let points = split.and_then(UncertaintyRow::points);
        let part = split.and_then(|split| {
            Some(whole_percent_range(split.not_knowing_share_low?, split.not_knowing_share_high?))
        });
        rows.push(vec![
            cut(seen.title, TITLE),
            percent(seen.share),
            bare_percent_range(seen.interval.low, seen.interval.high),
            swing(seen),
            points.map_or_else(unknown, |points| points.map(bare_percent).join(" / ")),
            part.unwrap_or_else(unknown),
        ]);
        if let Some(split) = split
            && let (Some(below), Some(above)) = (split.draws_below_01, split.draws_above_20)
        {
            let cells = [below, above].map(bare_whole_percent);
            often.push([cut(seen.title, TITLE)].into_iter().chain(cells).collect());
        }
    }
    let points = format!("5th, 50th, 95th of {}", counted(played.trials, "draw"));
    let heads = ["Outcome", "share", "95 %", "swing", &points, "not knowing"];
    let mut text = plain(&heads, rows, &[1, 2, 3, 4, 5]);
    if !often.is_empty() {
        text.push_str(
            "\nEstimated: in so many of 100 draws of the assumptions, the probability is\n",
        );
        text.push_str(&plain(&["", "below 1 %", "above 20 %"], often, &[1, 2]));
    }
    text
}

/// What the likeliest outcome rests on most.
fn rests_on(played: &Played<'_>, tables: &RunTables, seen: &[OutcomeSeen<'_>]) -> String {
    let Some(first) = likeliest(seen) else { return String::new() };
    let supports = supports(played, tables, first.id);
    let shown = supports.iter().take(INPUTS);
    let rows: Vec<Vec<String>> = shown
        .map(|support| {
            vec![cut(&support.shown, INPUT), support.explains(), support.split_in_words()]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let title = cut(first.title, TITLE);
    let heads = ["Input", "explains (95 %)", "in so many of 100 trials"];
    format!("\nWhat “{title}” rests on most:\n{}", plain(&heads, rows, &[]))
}

/// Each actor's most used moves.
fn used_moves(played: &Played<'_>, moves: &[MoveCountRow]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for actor in &played.model().actors {
        let own = moves.iter().filter(|row| row.actor == actor.name && row.action != HOLD);
        let own: Vec<&MoveCountRow> = own.collect();
        let options = own.chunk_by(|a, b| (&a.track, &a.action) == (&b.track, &b.action));
        let mut used: Vec<(u64, &[&MoveCountRow])> = options
            .map(|option| (option.iter().map(|row| row.taken).sum(), option))
            .filter(|(taken, _)| *taken > 0)
            .collect();
        if used.is_empty() {
            continue;
        }
        used.sort_by_key(|(taken, _)| std::cmp::Reverse(*taken));
        let each = used.iter().take(MOVES).map(|(taken, rows)| {
            let title = move_title(played.model(), rows[0]);
            let times = number(*taken as f64 / played.trials as f64);
            let most = most_used_item(played.model(), rows).map(|item| format!(" ({item})"));
            format!("{} {times}{}", cut(title, MOVE), most.unwrap_or_default())
        });
        rows.push(vec![cut(&actor.title, ACTOR), each.collect::<Vec<_>>().join("; ")]);
    }
    rows
}

/// Which item of an action's menu was taken most often, with its share of all that were taken: `most often
/// x = 0.5: 13 %`. `None` where there is no menu, and where the trials do not tell it from the next.
fn most_used_item(model: &Model, rows: &[&MoveCountRow]) -> Option<String> {
    let items = rows.chunk_by(|a, b| a.item == b.item);
    let mut taken: Vec<(u64, &MoveCountRow)> = items
        .filter(|rows| rows[0].item.is_some())
        .map(|rows| (rows.iter().map(|row| row.taken).sum(), rows[0]))
        .collect();
    taken.sort_by_key(|(taken, _)| std::cmp::Reverse(*taken));
    let ((most, item), next) = (*taken.first()?, taken.get(1).map_or(0, |next| next.0));
    // Trials are independent, but the items that are taken in the steps of one trial need not be: at worst,
    // they say no more than one of them.
    let mut steps: Vec<u64> = rows.iter().filter(|row| row.taken > 0).map(|row| row.step).collect();
    steps.sort_unstable();
    steps.dedup();
    let steps = (steps.len() as u64).max(1);
    let (own, both) = (most / steps, (most + next) / steps);
    // Of two items that are alike, each is the more frequent one in half of the trials with either. The
    // runner-up is the hardest to tell from (Gutmann & Maymin 1987, Annals of Statistics 15).
    if both == 0 || clopper_pearson(own, both, LEVEL, 1).low <= 0.5 {
        return None;
    }
    let all: u64 = taken.iter().map(|(taken, _)| taken).sum();
    let item = model.item_in_words(&item.full_name())?;
    Some(match most == all {
        true => format!("always {item}"),
        false => format!("most often {item}: {}", whole_percent(most as f64 / all as f64)),
    })
}

/// The title of a move.
fn move_title<'a>(model: &'a Model, row: &'a MoveCountRow) -> &'a str {
    let name = format!("{}.{}", row.actor, row.action);
    let known = model.happenings.iter().find(|known| known.name == name);
    known.map_or(row.action.as_str(), |known| known.title.as_str())
}
