//! What a run says, in words and tables.

use super::table::{bar, cut, percent, plain};
use crate::diagnostic::grouped;
use crate::engine::counted_options;
use crate::model::Model;
use crate::report::action_name;
use crate::stats::Split;
use crate::study::{Summary, UNRESOLVED};

/// How wide the bars of shares are.
const BAR: usize = 20;
/// How many of an actor's moves the table names.
const MOVES: usize = 4;
/// The thresholds that are told in words: a probability below the first, or
/// above the second, is news.
const NEWS: [f64; 2] = [0.01, 0.2];

/// What came out: shares, how far the assumptions spread them, and moves.
pub(super) fn answer(
    model: &Model,
    summary: &Summary,
    splits: &[Option<Split>],
    seed: u64,
    repeats: Option<u16>,
) -> String {
    let mut text = match repeats {
        Some(times) => format!(
            "{}\n{} draws of the assumptions, each played {} times, seed {seed}, policy {}, world {}\n\n",
            model.title,
            grouped(summary.trials),
            grouped(u64::from(times)),
            model.policy,
            model.world
        ),
        None => format!(
            "{}\n{} trials, seed {seed}, policy {}, world {}\n\n",
            model.title,
            grouped(summary.trials),
            model.policy,
            model.world
        ),
    };
    text.push_str(&match repeats {
        Some(_) => draws(model, splits),
        None => shares(model, summary, splits),
    });
    let moves = used_moves(model, summary);
    if !moves.is_empty() {
        text.push_str("\nMost used moves, and how often a trial on average:\n");
        text.push_str(&plain(&["Actor", "moves"], moves, &[]));
    }
    text.push_str(match repeats {
        Some(_) => {
            "\nover the assumptions: where the probability lies in 5, 50 and 95 of 100 draws, less \
             the noise of\nso many repeats. not knowing: its share of an outcome's variance; the \
             rest is chance.\nEverything: uncertainty.csv.\n"
        }
        None => {
            "\nspread: the standard deviation of the probability over draws of the assumptions, in \
             points (95 %\ninterval), from trials played twice; ? where these are too few to tell; \
             --draws makes it sharper.\nMonte Carlo: the error of having played only so many trials, \
             and nothing else.\n"
        }
    });
    text
}

/// Titles and ids of the outcomes that came about, or may.
fn listed(model: &Model, counts: &[u64]) -> Vec<(usize, String, String)> {
    let all = counts.iter().enumerate().filter_map(|(index, count)| {
        let (title, id) = match model.outcomes.get(index) {
            Some(outcome) => (outcome.title.as_str(), outcome.id.as_str()),
            None if *count > 0 => ("Unresolved", UNRESOLVED),
            None => return None,
        };
        Some((index, cut(title, 44), cut(id, 24)))
    });
    all.collect()
}

/// The shares of an ordinary run.
fn shares(model: &Model, summary: &Summary, splits: &[Option<Split>]) -> String {
    let intervals = summary.intervals();
    let rows = listed(model, &summary.outcomes)
        .into_iter()
        .map(|(index, title, id)| {
            let (share, interval) = (summary.share(index), intervals[index]);
            // An interval that chance has pushed below nought tells nothing.
            let tells = |split: &&Split| split.not_knowing.interval.high > 0.0;
            let spread = splits[index].as_ref().filter(tells);
            let sd = |variance: f64| 100.0 * variance.max(0.0).sqrt();
            vec![
                title,
                id,
                percent(share),
                spread.map_or_else(
                    || "?".to_owned(),
                    |split| {
                        let known = split.not_knowing.interval;
                        format!("{:.1} to {:.1}", sd(known.low), sd(known.high))
                    },
                ),
                format!("{:.1} to {:.1}", 100.0 * interval.low, 100.0 * interval.high),
                bar(share, BAR),
            ]
        })
        .collect();
    plain(&["Outcome", "id", "share", "spread", "Monte Carlo", ""], rows, &[2, 3, 4])
}

/// The probabilities over draws of the assumptions.
fn draws(model: &Model, splits: &[Option<Split>]) -> String {
    let (mut rows, mut news) = (Vec::new(), Vec::new());
    for (index, split) in splits.iter().enumerate() {
        let Some(split) = split else { continue };
        let (title, id) = match model.outcomes.get(index) {
            Some(outcome) => (outcome.title.as_str(), outcome.id.as_str()),
            None if split.total() > 0.0 => ("Unresolved", UNRESOLVED),
            None => continue,
        };
        let [low, _, middle, _, high] = split.corrected;
        let points = |share: f64| format!("{:.1}", 100.0 * share);
        let part = split.not_knowing_share.as_ref();
        rows.push(vec![
            cut(title, 44),
            cut(id, 24),
            percent(split.share.value),
            format!("{} / {} / {}", points(low), points(middle), points(high)),
            part.map_or("-".to_owned(), |part| format!("{:.0} %", 100.0 * part.value)),
            part.map_or(String::new(), |part| {
                let interval = part.interval;
                format!("{:.0} to {:.0}", 100.0 * interval.low, 100.0 * interval.high)
            }),
            bar(split.share.value, BAR),
        ]);
        let beyond = split.shares_beyond(&NEWS);
        if split.total() > 0.0 {
            news.push(vec![
                cut(id, 24),
                format!("{:.0}", 100.0 * beyond[0].below),
                format!("{:.0}", 100.0 * beyond[1].above),
            ]);
        }
    }
    let mut text = plain(
        &["Outcome", "id", "share", "over the assumptions", "not knowing", "95 %", ""],
        rows,
        &[2, 3, 4, 5],
    );
    text.push_str("\nOf 100 draws of the assumptions, the probability is\n");
    let heads = [
        "".to_owned(),
        format!("below {}", percent(NEWS[0])),
        format!("above {}", percent(NEWS[1])),
    ];
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    text.push_str(&plain(&heads, news, &[1, 2]));
    text
}

/// Each actor's most used moves.
fn used_moves(model: &Model, summary: &Summary) -> Vec<Vec<String>> {
    let mut used: Vec<Vec<(u64, &str)>> = vec![Vec::new(); model.actors.len()];
    for (index, row) in counted_options(model).iter().enumerate() {
        let Some(action) = row.action else { continue };
        let steps = summary.moves.steps;
        let taken: u64 = summary.moves.taken[index * steps..(index + 1) * steps].iter().sum();
        if taken > 0 {
            let what = model.truth.actors[row.actor].actions[action].what;
            used[row.actor].push((taken, action_name(model, what)));
        }
    }
    let mut rows = Vec::new();
    for (actor, mut moves) in model.actors.iter().zip(used) {
        if moves.is_empty() {
            continue;
        }
        moves.sort_by_key(|(taken, _)| std::cmp::Reverse(*taken));
        let listed: Vec<String> = moves
            .iter()
            .take(MOVES)
            .map(|(taken, name)| format!("{name} {:.2}", *taken as f64 / summary.trials as f64))
            .collect();
        rows.push(vec![cut(&actor.title, 24), listed.join(", ")]);
    }
    rows
}
