//! The tables of the page about measures and variables.

use super::found::CrossingFound;
use super::measure_tables::{SweepMeasureDifferenceRow, SweepMeasureRow};
use super::value::SweepValue;
use super::words::SweepWords;
use crate::format::{number, number_range, points, points_range};
use crate::report::{PageCell, PageTable};

/// How many rows a table of the page has at most; the files have all.
const ROWS: usize = 240;

/// The tables of the measures and variables that were asked about: where flags pass one half, and then the
/// means of each, value by value.
pub(super) fn measure_tables(words: &SweepWords<'_>) -> Vec<PageTable> {
    let all = words.played.measures.iter().map(|measure| means(words, measure));
    halves(words).into_iter().chain(all).collect()
}

/// Where flags pass one half; nothing where no flag was asked about.
fn halves(words: &SweepWords<'_>) -> Option<PageTable> {
    let has_worlds = words.played.worlds.len() > 1;
    let has_policies = !words.others().is_empty();
    let mut heads = vec!["Measure"];
    heads.extend(has_policies.then_some("Policy"));
    heads.extend(has_worlds.then_some("World"));
    heads.extend(["#Passes one half at", "#95 %", "Found", "Below", "Above"]);
    let mut table = PageTable::new("Where a flag passes one half of the trials", &heads);
    for measure in words.played.measures {
        for world in words.played.worlds {
            for policy in words.played.policies {
                for row in words.halves(world, policy, measure) {
                    let side = |side: Option<_>| {
                        PageCell::text(match side {
                            Some(side) => format!("{side} one half"),
                            None => "not told".to_owned(),
                        })
                    };
                    let mut cells = vec![PageCell::text(words.measure_title(measure))];
                    cells.extend(has_policies.then(|| PageCell::text(words.policy(policy))));
                    cells.extend(has_worlds.then(|| PageCell::text(words.titles.world(world))));
                    let value = |value| PageCell::number(number(value), value);
                    let range = |(low, high)| PageCell::number(number_range(low, high), low);
                    cells.extend([
                        row.value.map_or_else(PageCell::nothing, value),
                        row.low.zip(row.high).map_or_else(PageCell::nothing, range),
                        PageCell::text(row.found.to_string()),
                        side(row.side_at_low),
                        side(row.side_at_high),
                    ]);
                    table.row(cells).strong = row.found == CrossingFound::Crossing;
                }
            }
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The means of one of them, value by value, each with its interval.
fn means(words: &SweepWords<'_>, measure: &str) -> PageTable {
    let (has_worlds, policies) = (words.played.worlds.len() > 1, words.played.policies);
    let swept = words.axes().into_iter().enumerate();
    // The first column heads its row, so its numbers stand on the left.
    let mut heads: Vec<String> =
        swept.map(|(at, name)| if at > 0 { format!("#{name}") } else { name }).collect();
    heads.extend(has_worlds.then(|| "World".to_owned()));
    for policy in policies {
        heads.extend([format!("#{}", words.policy(policy)), "#95 %".to_owned()]);
    }
    let change: &[&str] = match (policies, words.is_share(measure)) {
        ([_, _], true) => &["#Change, points", "#95 %, all values", "Stands out"],
        ([_, _], false) => &["#Change", "#95 %, all values", "Stands out"],
        _ => &[],
    };
    heads.extend(change.iter().map(|&head| head.to_owned()));
    let caption = format!(
        "{}, {}, value by value",
        words.measure_title(measure),
        words.what_is_told(measure)
    );
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = PageTable::new(caption, &heads);
    for world in words.played.worlds {
        let under: Vec<_> =
            policies.iter().map(|policy| words.means(world, policy, measure)).collect();
        let differences = match policies {
            [_, other] => Some(words.mean_differences(world, other, measure)),
            _ => None,
        };
        for row in under.first().into_iter().flatten() {
            if table.rows.len() >= ROWS {
                return table;
            }
            let cell = |value: &&SweepValue| match value.number() {
                Some(number) => PageCell::number(value.shown(), number),
                None => PageCell::code(value.shown()),
            };
            let mut cells: Vec<PageCell> = row.values().iter().map(cell).collect();
            cells.extend(has_worlds.then(|| PageCell::text(words.titles.world(world))));
            for rows in &under {
                let own = rows.iter().find(|own| own.values() == row.values());
                cells.extend(mean(words, own.copied()));
            }
            let change = differences.as_ref().map(|rows| {
                let own = rows.iter().find(|own| own.values() == row.values());
                difference(words, own.copied())
            });
            cells.extend(change.into_iter().flatten());
            table.row(cells);
        }
    }
    table
}

/// The cells of a mean and of its interval.
fn mean(words: &SweepWords<'_>, row: Option<&SweepMeasureRow>) -> [PageCell; 2] {
    let Some(row) = row else { return [(); 2].map(|()| PageCell::nothing()) };
    let value = PageCell::number(words.mean(&row.measure, row.mean), row.mean);
    let Some(own) = row.own() else { return [value, PageCell::text("too few trials differ")] };
    [value, PageCell::number(words.mean_range(&row.measure, own), own.0)]
}

/// The cells of a difference: how large it is, its interval, and whether it stands out.
fn difference(words: &SweepWords<'_>, row: Option<&SweepMeasureDifferenceRow>) -> [PageCell; 3] {
    let Some(row) = row else { return [(); 3].map(|()| PageCell::nothing()) };
    let is_share = words.is_share(&row.measure);
    let size = if is_share { points(row.difference) } else { number(row.difference) };
    let known = row.low_all.zip(row.high_all).map(|(low, high)| {
        let range = if is_share { points_range(low, high) } else { number_range(low, high) };
        PageCell::number(range, low)
    });
    [
        PageCell::number(size, row.difference),
        known.unwrap_or_else(|| PageCell::text("too few trials differ")),
        PageCell::text(if row.stands_out() { "yes" } else { "" }),
    ]
}
