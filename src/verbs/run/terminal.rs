//! The answer of `run` as text for the terminal.

use super::question::RunQuestion;
use super::tables::{MoveCountRow, RunTables, UncertaintyRow};
use crate::format::{
    NOTHING, UNKNOWN, bare_percent_range, bare_whole_percent, count, number, percent,
    unsigned_points_range, whole_percent, whole_percent_range,
};
use crate::model::{HOLD, UNRESOLVED};
use crate::report::Played;
use crate::verbs::shared::SummaryRow;
use crate::verbs::terminal::{Tell, bar, cut, plain};

/// How wide the bars of shares are.
const BAR: usize = 20;
/// How many of an actor's moves the table names.
const MOVES: usize = 4;
/// The widths of a title and of an id in a table.
const TITLE: usize = 44;
const ID: usize = 24;
/// The thresholds that are shown: how often the probability is below the first, and how often above
/// the second. They are among the columns of [`UncertaintyRow`].
const NEWS: [f64; 2] = [0.01, 0.2];

impl Tell for RunQuestion {
    fn tell(&self, played: &Played<'_>, tables: &RunTables) -> String {
        let model = played.model();
        let under = format!("seed {}, policy {}, world {}", played.seed, self.policy, self.world);
        let mut text = match played.repeats {
            Some(times) => format!(
                "{}\n{} draws of the assumptions, each played {} times, {under}\n\n",
                model.title,
                count(played.trials),
                count(u64::from(times)),
            ),
            None => format!("{}\n{} trials, {under}\n\n", model.title, count(played.trials)),
        };
        text.push_str(&match played.repeats {
            Some(_) => draws(played, &tables.uncertainty),
            None => shares(tables),
        });
        let moves = used_moves(played, &tables.moves);
        if !moves.is_empty() {
            text.push_str("\nMost used moves, and how often per trial on average:\n");
            text.push_str(&plain(&["Actor", "moves"], moves, &[]));
        }
        text.push_str(match played.repeats {
            Some(_) => {
                "\nover the assumptions: the 5th, 50th and 95th percentile of the probability over \
                 draws, with the\nnoise from the limited number of repeats removed. not knowing: its \
                 share of an outcome's variance;\nthe rest is chance. All numbers: uncertainty.csv.\n"
            }
            None => {
                "\nspread: the standard deviation of the probability over draws of the assumptions, in \
                 points (95 %\ninterval), from trials played twice; ? where these are too few to tell; \
                 --draws makes it more precise.\nMonte Carlo: the error from the limited number of \
                 trials, and nothing else.\n"
            }
        });
        text
    }
}

/// The shares of an ordinary run.
fn shares(tables: &RunTables) -> String {
    let shown = |row: &&SummaryRow| row.outcome != UNRESOLVED || row.count > 0;
    let rows = tables.summary.iter().filter(shown).map(|row| {
        let split = tables.uncertainty.iter().find(|split| split.outcome == row.outcome);
        let spread = split.and_then(UncertaintyRow::spread);
        vec![
            cut(&row.title, TITLE),
            cut(&row.outcome, ID),
            percent(row.share),
            spread.map_or(UNKNOWN.to_owned(), |spread| {
                unsigned_points_range(spread.interval.low, spread.interval.high)
            }),
            bare_percent_range(row.mc_low, row.mc_high),
            bar(row.share, BAR),
        ]
    });
    plain(&["Outcome", "id", "share", "spread", "Monte Carlo", ""], rows.collect(), &[2, 3, 4])
}

/// The probabilities over draws of the assumptions.
fn draws(played: &Played<'_>, splits: &[UncertaintyRow]) -> String {
    let (mut rows, mut news) = (Vec::new(), Vec::new());
    for split in splits {
        if split.outcome == UNRESOLVED && split.total() == 0.0 {
            continue;
        }
        let points = [split.corrected_p05, split.corrected_p50, split.corrected_p95];
        rows.push(vec![
            cut(played.outcome_title(&split.outcome), TITLE),
            cut(&split.outcome, ID),
            percent(split.share),
            points.map(crate::format::bare_percent).join(" / "),
            split.not_knowing_share.map_or(NOTHING.to_owned(), whole_percent),
            match (split.not_knowing_share_low, split.not_knowing_share_high) {
                (Some(low), Some(high)) => whole_percent_range(low, high),
                _ => String::new(),
            },
            bar(split.share, BAR),
        ]);
        if split.total() > 0.0 {
            news.push(vec![
                cut(&split.outcome, ID),
                bare_whole_percent(split.share_below_01),
                bare_whole_percent(split.share_above_20),
            ]);
        }
    }
    let mut text = plain(
        &["Outcome", "id", "share", "over the assumptions", "not knowing", "95 %", ""],
        rows,
        &[2, 3, 4, 5],
    );
    text.push_str("\nOf 100 draws of the assumptions, the probability is\n");
    let [below, above] = NEWS.map(percent);
    let heads = [String::new(), format!("below {below}"), format!("above {above}")];
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    text.push_str(&plain(&heads, news, &[1, 2]));
    text
}

/// Each actor's most used moves.
fn used_moves(played: &Played<'_>, moves: &[MoveCountRow]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for actor in &played.model().actors {
        let own = moves.iter().filter(|row| row.actor == actor.name && row.action != HOLD);
        let own: Vec<&MoveCountRow> = own.collect();
        let options = own.chunk_by(|a, b| (&a.track, &a.action) == (&b.track, &b.action));
        let mut used: Vec<(u64, &str)> = options
            .map(|option| (option.iter().map(|row| row.taken).sum(), option[0].action.as_str()))
            .filter(|(taken, _)| *taken > 0)
            .collect();
        if used.is_empty() {
            continue;
        }
        used.sort_by_key(|(taken, _)| std::cmp::Reverse(*taken));
        let each = used.iter().take(MOVES).map(|(taken, name)| {
            format!("{name} {}", number(*taken as f64 / played.trials as f64))
        });
        rows.push(vec![cut(&actor.title, 24), each.collect::<Vec<_>>().join(", ")]);
    }
    rows
}
