//! The answer of `levers` as text for the terminal: the ranking.

use super::question::LeverQuestion;
use super::tables::{LeverRow, LeverTables};
use crate::format::{count, percent, points, points_range};
use crate::report::Played;
use crate::verbs::terminal::{Tell, cut, plain};

/// How many levers are listed.
const LISTED: usize = 15;
/// The width of a name in a table.
const NAME: usize = 34;

impl Tell for LeverQuestion {
    fn tell(&self, played: &Played<'_>, tables: &LeverTables) -> String {
        let ranking = tables.largest();
        let moves = ranking.len() / self.worlds.len().max(1) / 2;
        let mut text = format!(
            "{}\n{} trials, seed {}, policy {}: each of {moves} moves forced at its first chance, and \
             forbidden,\nagainst the plain run on the same luck\n\n",
            played.model().title,
            count(played.trials),
            played.seed,
            self.policy,
        );
        let rows = ranking.iter().take(LISTED).map(|row| {
            let star = if row.stands_out() { " *" } else { "" };
            vec![
                row.rank.to_string(),
                cut(&row.world, NAME),
                cut(&row.action, NAME),
                row.lever.word().to_owned(),
                percent(row.made_unforced),
                row.when_forced(),
                cut(&row.outcome, NAME),
                points(row.difference) + star,
                points_range(row.low, row.high),
                percent(row.distance),
            ]
        });
        text.push_str(&plain(
            &[
                "",
                "World",
                "Move",
                "is",
                "made unforced",
                "when forced",
                "changes most",
                "by",
                "95 %",
                "all outcomes",
            ],
            rows.collect(),
            &[0, 4, 5, 7, 8, 9],
        ));
        text.push_str(
            "\nIn percentage points; * stands out over all levers and outcomes at once. made unforced: the \
             share\nof plain trials in which it is made; when forced: of those in which it is forced. all outcomes: the net share of trials that end in another \
             outcome.\nAll levers: levers.csv.\n",
        );
        text.push_str("\nThe strongest lever of each actor:\n");
        let mut named: Vec<&str> = Vec::new();
        for row in ranking {
            if !named.contains(&row.actor.as_str()) {
                named.push(&row.actor);
                text.push_str(&strongest(played, row));
            }
        }
        text
    }
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
