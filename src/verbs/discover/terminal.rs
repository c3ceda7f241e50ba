//! The answer of `discover` as text for the terminal: the conditions.

use super::found::{BoxShare, FoundBox};
use super::limits::Condition;
use super::question::DiscoverQuestion;
use super::tables::DiscoverTables;
use super::words::DiscoverWords;
use crate::format::{bare_percent, bare_percent_range, count, counted, number_range};
use crate::report::Played;
use crate::verbs::terminal::{Tell, cut, plain, wrapped};
use crate::verbs::titles::Titles;

/// The width of an input's name.
const INPUT: usize = 32;

impl Tell for DiscoverQuestion {
    fn tell(&self, played: &Played<'_>, tables: &DiscoverTables) -> String {
        let titles = Titles::for_terminal(played);
        let words = DiscoverWords::new(&titles, tables, &self.outcome, named);
        let mut text = wrapped(&played.model().title);
        text.push_str(&wrapped(&words.headline()));
        for point in words.points() {
            text.push_str(&wrapped(&point));
        }
        text.push_str(&wrapped(&format!(
            "{}, seed {}, policy {}, world {}. {}.",
            counted(played.trials, "trial"),
            played.seed,
            self.policy,
            self.world,
            words.of_which_trials()
        )));
        let told: Vec<&FoundBox<'_>> = words.told().collect();
        if told.is_empty() {
            return text;
        }
        text.push('\n');
        text.push_str(&conditions(&told));
        text.push('\n');
        text.push_str(&figures(&words, &told));
        text.push_str(&wrapped(
            "In per cent; 95 %: over all steps on the way to the conditions at once. by chance (quasi-p): how \
             likely as many trials with the outcome would be, under the other conditions alone; above 5 % a \
             condition may as well be left out. density, coverage: of each condition with those above it. All: boxes.csv, and the way to them: peeling.csv.",
        ));
        text
    }
}

/// An input in a sentence.
fn named(column: &str) -> String {
    format!("`{}`", short(column))
}

/// The table of conditions.
fn conditions(told: &[&FoundBox<'_>]) -> String {
    let several = told.len() > 1;
    let row = |found: &FoundBox<'_>, own: Condition<'_>| {
        let mut cells = Vec::new();
        cells.extend(several.then(|| count(found.number)));
        let range = own.row.lowest.zip(own.row.highest);
        cells.extend([
            cut(short(&own.row.input), INPUT),
            own.said(),
            range.map_or_else(String::new, |(low, high)| number_range(low, high)),
            own.by_chance(),
            own.worth.density.map_or_else(String::new, bare_percent),
            bare_percent(own.worth.coverage),
        ]);
        cells
    };
    let rows = told.iter().flat_map(|found| {
        let rows = found.sorted().into_iter().map(|own| row(found, own));
        rows.collect::<Vec<_>>()
    });
    let mut heads = vec![];
    heads.extend(several.then_some("Set"));
    heads.extend(["Condition on", "it", "in all trials", "by chance", "density", "coverage"]);
    let last = heads.len() - 1;
    plain(&heads, rows.collect(), &[last - 2, last - 1, last])
}

/// The table of figures.
fn figures(words: &DiscoverWords<'_>, told: &[&FoundBox<'_>]) -> String {
    let several = told.len() > 1;
    let mut rows = Vec::new();
    for found in told {
        let mut row = |what: String, share: BoxShare| {
            let mut cells = Vec::new();
            cells.extend(several.then(|| count(found.number)));
            let known = bare_percent_range(share.known.low, share.known.high);
            cells.extend([what, bare_percent(share.value), known]);
            rows.push(cells);
        };
        let outcome = cut(&words.outcome, INPUT);
        row(format!("of the trials with the conditions: {outcome} (density)"), found.density());
        row(format!("of the trials with {outcome}: the conditions (coverage)"), found.coverage());
        row("of all trials: the conditions (mass)".to_owned(), found.mass());
        let rest = if found.number == 1 { "all trials" } else { "the trials outside" };
        row(format!("of {rest}: {outcome}"), found.base());
    }
    let mut heads = vec![];
    heads.extend(several.then_some("Set"));
    heads.extend(["Share", "%", "95 %"]);
    let last = heads.len() - 1;
    plain(&heads, rows, &[last - 1, last])
}

/// The column of an input without the word that all assumptions begin with.
fn short(column: &str) -> &str {
    column.strip_prefix("assumptions.").unwrap_or(column)
}
