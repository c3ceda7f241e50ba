//! The answer of `levers` as text for the terminal: the ranking.

use super::question::LeverQuestion;
use super::tables::{LeverRow, LeverTables};
use super::words::LeverWords;
use crate::format::{count, counted, percent, points, points_range};
use crate::report::Played;
use crate::verbs::terminal::{Tell, cut, plain, set_in_words, wrapped};

/// How many levers are listed.
const LISTED: usize = 15;
/// The width of a move's name where one world was played, and where several were.
const MOVE: [usize; 2] = [22, 17];
/// The width of the name of a world or an outcome.
const NAME: usize = 9;

impl Tell for LeverQuestion {
    fn tell(&self, played: &Played<'_>, tables: &LeverTables) -> String {
        let ranking = tables.largest();
        let moves = ranking.len() / self.worlds.len().max(1) / 2;
        let words = LeverWords::new(played, tables);
        let mut text = wrapped(&played.model().title);
        text.push_str(&wrapped(&words.headline()));
        text.push_str(&wrapped(&format!(
            "{}, seed {}, policy {}: each of {} forced at its first chance, and forbidden, against the plain \
             run on common random numbers{}.",
            counted(played.trials, "trial"),
            played.seed,
            self.policy,
            counted(moves as u64, "move"),
            set_in_words(played),
        )));
        text.push('\n');
        // What is shrunk makes room for the world.
        let one_world = self.worlds.len() == 1;
        let width = if one_world { MOVE[0] } else { MOVE[1] };
        let rows = ranking.iter().take(LISTED).map(|row| {
            let star = if row.stands_out() { " *" } else { "" };
            let mut cells = vec![place(row)];
            cells.extend((!one_world).then(|| cut(&row.world, NAME)));
            cells.extend([
                cut(&row.action, width),
                row.lever.word().to_owned(),
                percent(row.made_unforced),
                row.when_forced(),
                cut(&row.outcome, NAME),
                points(row.difference) + star,
                points_range(row.low_all, row.high_all),
            ]);
            cells.extend(one_world.then(|| points(row.shrunk)));
            cells
        });
        let mut heads = vec!["place"];
        heads.extend((!one_world).then_some("World"));
        heads.extend(["Move", "is", "unforced", "forced", "changes", "by", "95 %"]);
        heads.extend(one_world.then_some("shrunk"));
        let first = heads.iter().position(|head| *head == "unforced").unwrap_or_default();
        let right = [first, first + 1, first + 3, first + 4, first + 5];
        text.push_str(&plain(&heads, rows.collect(), &right));
        text.push_str(&wrapped(
            "In percentage points, of the outcome that the move changes most; 95 %: over all levers and \
             outcomes at once, and * stands out. place: where it is a range, the lever is tied, not \
             distinguishable from others. unforced, forced: made unforced, made when forced, in this share of \
             trials. shrunk: the change drawn towards zero by as much as it is noise. All: levers.csv.",
        ));
        let mut named: Vec<&str> = Vec::new();
        for row in ranking.into_iter().filter(|row| row.stands_out()) {
            if named.is_empty() {
                text.push_str("\nThe strongest lever of each actor, of those that stand out:\n");
            }
            if !named.contains(&row.actor.as_str()) {
                named.push(&row.actor);
                text.push_str(&strongest(played, row));
            }
        }
        text + &words.before_in_terminal()
    }
}

/// The place of a lever: `3`, or `2–5` where it is not distinguishable from others.
fn place(row: &LeverRow) -> String {
    let [own, first, last] = [row.rank, row.rank_low, row.rank_high].map(count);
    if row.is_tied() { format!("{first}–{last}") } else { own }
}

/// A line about an actor's strongest lever.
fn strongest(played: &Played<'_>, row: &LeverRow) -> String {
    let actor = played.model().actors.iter().find(|actor| actor.name == row.actor);
    format!(
        " {}: {} {}, {} {}\n",
        actor.map_or(row.actor.as_str(), |actor| &actor.title),
        row.action.split_once('.').map_or("", |(_, action)| action),
        row.lever.word().to_owned(),
        row.outcome,
        points(row.difference)
    )
}
