//! The answer of `why` as text for the terminal.

use super::question::WhyQuestion;
use super::tables::{WhyRow, WhyTables};
use super::words::{BELOW_ZERO, SURPRISES, WhyWords};
use crate::format::{counted, percent, percent_range};
use crate::report::Played;
use crate::verbs::terminal::{Tell, bar, cut, plain, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How many sources are listed.
const SOURCES: usize = 15;
/// How many times are listed: those with the largest parts.
const TIMES: usize = 12;
/// How many further outcomes are told of in a sentence.
const FURTHER: usize = 3;
/// The width of the name of a source or a time, and of a bar.
const NAME: usize = 44;
const BAR: usize = 20;

impl Tell for WhyQuestion {
    fn tell(&self, played: &Played<'_>, tables: &WhyTables) -> String {
        let words = WhyWords::new(Titles::plain(played), tables);
        let mut text = wrapped(&played.model().title);
        text += &wrapped(&words.headline());
        text += &wrapped(SURPRISES);
        text += &wrapped(&format!(
            "{}{}, seed {}, policy {}, world {}{}.",
            counted(played.trials, "trial"),
            self.looked_at(),
            played.seed,
            self.policy,
            self.world,
            set_in_words(played),
        ));
        let outcomes = words.outcomes();
        if let Some(first) = outcomes.first().filter(|sum| sum.part.is_some()) {
            text += "\n";
            text += &words.tables_of(first);
        }
        let further: Vec<String> =
            outcomes.iter().skip(1).take(FURTHER).map(|sum| words.settled(sum)).collect();
        if !further.is_empty() {
            text += "\n";
            text.extend(further.iter().map(|sentence| wrapped(sentence)));
        }
        text
    }
}

impl WhyWords<'_> {
    /// The tables of an outcome, and how to read them.
    fn tables_of(&self, sum: &WhyRow) -> String {
        let of = sum.outcome.as_str();
        let title = self.names.outcome(of);
        let mut text = String::new();
        let sources = self.tables.sources(of);
        if !sources.is_empty() {
            let head = format!("{title} settled by");
            text += &listed(
                &head,
                sources.iter().take(SOURCES).map(|row| (self.names.label(row), *row)),
            );
            text += &left_out(sources.len().saturating_sub(SOURCES), "source");
            text += "\n";
        }
        let times = self.tables.times(of);
        let mut largest: Vec<&WhyRow> = times.clone();
        largest.sort_by(|a, b| b.size().total_cmp(&a.size()));
        largest.truncate(TIMES);
        largest.sort_by_key(|row| row.after);
        let head = format!("{title} settled");
        let name = |row: &WhyRow| self.names.time(row.after.unwrap_or(0));
        text += &listed(&head, largest.iter().map(|row| (name(row), *row)));
        text += &left_out(times.len() - largest.len(), "time");
        if let Some(sum) = self.sum(sum) {
            text += &wrapped(&sum);
        }
        if self.tables.has_negative(of) {
            text += &wrapped(BELOW_ZERO);
        }
        text += &wrapped(
            "part: of all that was open about it before anything was drawn, p(1 − p). 95 %: each by itself; ?: not \
             distinguishable from zero. All: why.csv; by source and time: why_times.csv; half: halfway.csv.",
        );
        text
    }
}

/// Parts with their intervals, and a bar for each.
fn listed<'r>(head: &str, rows: impl Iterator<Item = (String, &'r WhyRow)>) -> String {
    let rows = rows.filter_map(|(name, row)| {
        let part = row.known()?;
        let unclear = if row.is_clear() { "" } else { " ?" };
        Some(vec![
            cut(&name, NAME),
            percent(part.value) + unclear,
            percent_range(part.low, part.high),
            bar(part.value, BAR),
        ])
    });
    plain(&[head, "part", "95 %", ""], rows.collect(), &[1, 2])
}

/// A line that says how many rows are left out; nothing if none are.
fn left_out(count: usize, of: &str) -> String {
    match count as u64 {
        0 => String::new(),
        count => wrapped(&format!("… and {} with smaller parts.", counted(count, of))),
    }
}
