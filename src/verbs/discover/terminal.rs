//! The answer of `discover` as text for the terminal: the conditions.

use super::found::{BoxPart, BoxShare, FoundBox};
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
        let titles = Titles::plain(played);
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
            "In per cent. density: the share of the trials under the conditions that have the outcome; coverage: \
             the share of the trials with the outcome that are under them; in the first table, of each with \
             those above it. 95 %: over all steps of the search at once. by chance (quasi-p): how likely as \
             many trials with the outcome would be under the other conditions alone; above 5 % a condition \
             may as well be left out. All: boxes.csv, conditions.csv, peeling.csv.",
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

/// The table of figures: of the surest conditions, of the whole boxes, and of all trials.
fn figures(words: &DiscoverWords<'_>, told: &[&FoundBox<'_>]) -> String {
    let mut rows = Vec::new();
    let cells = |share: BoxShare| {
        let known = bare_percent_range(share.known.low, share.known.high);
        [bare_percent(share.value), known]
    };
    // All trials with the outcome are among all trials, without any error.
    let exactly = |share: BoxShare| [bare_percent(share.value), String::new()];
    let mut add = |what: String, part: &BoxPart<'_>| {
        let density = cells(part.density());
        let all = part.conditions.is_empty();
        let coverage = if all { exactly(part.coverage()) } else { cells(part.coverage()) };
        let last = [bare_percent(part.mass().value), count(part.inside.n)];
        rows.push([what].into_iter().chain(density).chain(coverage).chain(last).collect());
    };
    for found in told {
        let (whole, surest) = (found.whole(), found.surest());
        let set = if told.len() > 1 { format!("set {}: ", found.number) } else { String::new() };
        if surest.conditions.len() < whole.conditions.len() {
            add(format!("{set}the surest {}", count(surest.conditions.len() as u64)), &surest);
        }
        add(format!("{set}all {}", count(whole.conditions.len() as u64)), &whole);
    }
    if let Some(first) = words.boxes.first() {
        add("none".to_owned(), &first.nothing());
    }
    let heads = ["Conditions", "density", "95 %", "coverage", "95 %", "mass", "trials"];
    plain(&heads, rows, &[1, 2, 3, 4, 5, 6])
}

/// The column of an input without the word that all assumptions begin with.
fn short(column: &str) -> &str {
    column.strip_prefix("assumptions.").unwrap_or(column)
}
