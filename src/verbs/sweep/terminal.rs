//! The answer of `sweep` as text for the terminal: values times policies, and a sentence for each curve.

use super::measure_tables::{SweepHalfRow, SweepMeasureDifferenceRow, SweepMeasureRow};
use super::question::SweepQuestion;
use super::tables::{SweepShareRow, SweepTables};
use super::value::SweepValue;
use super::words::{SweepWords, shown};
use crate::format::{count, counted, listed, number, percent, percent_range, points, points_range};
use crate::report::Played;
use crate::store::TableRow;
use crate::verbs::terminal::{Tell, cut, plain, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How many rows and how many columns of values are listed.
const ROWS: usize = 40;
const COLUMNS: usize = 8;
/// How many sentences are printed.
const SENTENCES: usize = 8;
/// The files that have all rows.
const SHARES: &str = SweepShareRow::FILE;
const MEANS: &str = SweepMeasureRow::FILE;
/// The width of a policy's name above a column, and of a value.
const HEAD: usize = 16;
const VALUE: usize = 24;

impl Tell for SweepQuestion {
    fn tell(&self, played: &Played<'_>, tables: &SweepTables) -> String {
        let titles = Titles::plain(played);
        let words = SweepWords { played, tables, titles };
        let mut text = wrapped(&played.model().title);
        text.push_str(&wrapped(&words.headline()));
        let cells = tables.sweep.len() / played.model().outcome_ids().count().max(1);
        text.push_str(&wrapped(&format!(
            "{} of each of {} (values, policies, worlds), seed {}, on common random numbers{}.",
            counted(played.trials, "trial"),
            counted(cells as u64, "cell"),
            played.seed,
            set_in_words(played)
        )));
        for outcome in words.outcomes() {
            for world in played.worlds {
                text.push_str(&match words.is_grid() {
                    true => grid(&words, world, &outcome),
                    false => curve(&words, world, &outcome),
                });
            }
        }
        for measure in played.measures {
            for world in played.worlds {
                text.push_str(&match words.is_grid() {
                    true => mean_grid(&words, world, measure),
                    false => means(&words, world, measure),
                });
            }
        }
        text.push('\n');
        for sentence in words.sentences(SENTENCES).iter().skip(1) {
            text.push_str(&wrapped(sentence));
        }
        if !words.outcomes().is_empty() {
            text.push_str(&wrapped(&notes(&words)));
        }
        if !played.measures.is_empty() {
            text.push_str(&wrapped(&measure_notes(&words)));
        }
        text
    }
}

/// The heading of the table of an outcome, or of a measure, in a world.
fn heading(words: &SweepWords<'_>, world: &str, of: &str, what: &str) -> String {
    let place = match words.played.worlds {
        [_] => String::new(),
        _ => format!(", world “{}”", words.titles.world(world)),
    };
    format!("\n{of}: {what}{place}\n")
}

/// The shares at each value under each policy and, for two policies, their difference.
fn curve(words: &SweepWords<'_>, world: &str, outcome: &str) -> String {
    let policies = words.played.policies;
    let columns: Vec<_> =
        policies.iter().map(|policy| words.shares(world, policy, outcome)).collect();
    let Some(first) = columns.first() else { return String::new() };
    let names: Vec<String> = policies.iter().map(|own| cut(&words.policy(own), HEAD)).collect();
    let swept = cut(&words.axes().join(", "), VALUE);
    let mut heads = vec![swept.as_str()];
    heads.extend(names.iter().take(COLUMNS).map(String::as_str));
    let differences = match policies {
        [_, other] => words.differences(world, other, outcome),
        _ => Vec::new(),
    };
    match policies {
        [_] => heads.push("95 %"),
        [_, _] if !differences.is_empty() => heads.extend(["difference", "95 %, all values"]),
        _ => {}
    }
    let rows = first.iter().enumerate().take(ROWS).map(|(at, row)| {
        let mut cells = vec![cut(&shown(&row.values()), VALUE)];
        cells.extend(columns.iter().take(COLUMNS).map(|own| percent(own[at].share)));
        if policies.len() == 1 {
            cells.push(percent_range(row.mc_low, row.mc_high));
        }
        if let Some(difference) = differences.get(at) {
            let star = if difference.stands_out() { " *" } else { "" };
            cells.push(points(difference.difference) + star);
            cells.push(points_range(difference.low_all, difference.high_all));
        }
        cells
    });
    let right: Vec<usize> = (1..heads.len()).collect();
    let table = plain(&heads, rows.collect(), &right);
    heading(words, world, &words.titles.outcome(outcome), "share of trials")
        + &table
        + &left_out(first.len(), ROWS, SHARES)
}

/// The shares at each pair of values or, for several policies, the difference of each to the first.
fn grid(words: &SweepWords<'_>, world: &str, outcome: &str) -> String {
    let mut text = String::new();
    if let [one] = words.played.policies {
        let rows = words.shares(world, one, outcome);
        let cells = rows.iter().map(|row| (row.values(), percent(row.share)));
        text.push_str(&heading(words, world, &words.titles.outcome(outcome), "share of trials"));
        text.push_str(&matrix(words, &cells.collect::<Vec<_>>(), SHARES));
    }
    for policy in words.others() {
        let rows = words.differences(world, policy, outcome);
        let cells = rows.iter().map(|row| {
            let star = if row.stands_out() { " *" } else { "" };
            (row.values(), points(row.difference) + star)
        });
        let first = words.played.policies.first().map_or("", String::as_str);
        let what =
            format!("under {}, in points against {}", words.policy(policy), words.policy(first));
        text.push_str(&heading(words, world, &words.titles.outcome(outcome), &what));
        text.push_str(&matrix(words, &cells.collect::<Vec<_>>(), SHARES));
    }
    text
}

/// The mean of a number at each value under each policy with its interval and, for two policies, the
/// difference.
fn means(words: &SweepWords<'_>, world: &str, measure: &str) -> String {
    let policies = words.played.policies;
    let columns: Vec<_> =
        policies.iter().map(|policy| words.means(world, policy, measure)).collect();
    let Some(first) = columns.first() else { return String::new() };
    let names: Vec<String> = match policies {
        [_] if words.is_share(measure) => vec!["share (95 %)".to_owned()],
        [_] => vec!["mean (95 %)".to_owned()],
        _ => policies.iter().map(|own| cut(&words.policy(own), HEAD)).collect(),
    };
    let swept = cut(&words.axes().join(", "), VALUE);
    let mut heads = vec![swept.as_str()];
    heads.extend(names.iter().take(COLUMNS).map(String::as_str));
    let differences = match policies {
        [_, other] => words.mean_differences(world, other, measure),
        _ => Vec::new(),
    };
    heads.extend((!differences.is_empty()).then_some("difference"));
    let rows = first.iter().take(ROWS).map(|row| {
        let mut cells = vec![cut(&shown(&row.values()), VALUE)];
        // A value that is swept may leave a number out.
        cells.extend(columns.iter().take(COLUMNS).map(|own| {
            let own = own.iter().find(|own| own.values() == row.values());
            own.map_or_else(String::new, |own| mean(words, own))
        }));
        let difference = differences.iter().find(|own| own.values() == row.values());
        if let Some(difference) = difference {
            let star = if difference.stands_out() { " *" } else { "" };
            let size = match words.is_share(measure) {
                true => points(difference.difference),
                false => number(difference.difference),
            };
            cells.push(size + star);
        }
        cells
    });
    let right: Vec<usize> = (1..heads.len()).collect();
    let table = plain(&heads, rows.collect(), &right);
    let title = words.measure_title(measure);
    heading(words, world, &title, words.what_is_told(measure))
        + &table
        + &left_out(first.len(), ROWS, MEANS)
}

/// A mean with its interval.
fn mean(words: &SweepWords<'_>, row: &SweepMeasureRow) -> String {
    let range = row.own().map(|own| words.mean_range(&row.measure, own));
    let range = range.unwrap_or_else(|| "too few differ".to_owned());
    format!("{} ({range})", words.mean(&row.measure, row.mean))
}

/// The mean of a number at each pair of values, under each policy.
fn mean_grid(words: &SweepWords<'_>, world: &str, measure: &str) -> String {
    let mut text = String::new();
    for policy in words.played.policies {
        let rows = words.means(world, policy, measure);
        let cells = rows.iter().map(|row| (row.values(), words.mean(measure, row.mean)));
        let what = match words.others() {
            [] => words.what_is_told(measure).to_owned(),
            _ => format!("{} under {}", words.what_is_told(measure), words.policy(policy)),
        };
        text.push_str(&heading(words, world, &words.measure_title(measure), &what));
        text.push_str(&matrix(words, &cells.collect::<Vec<_>>(), MEANS));
    }
    text
}

/// Cells at pairs of values as a table: the first value down, the second across.
fn matrix(words: &SweepWords<'_>, cells: &[(Vec<&SweepValue>, String)], file: &str) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut across: Vec<String> = Vec::new();
    for own in cells.chunk_by(|a, b| a.0[0] == b.0[0]) {
        across = own.iter().map(|(values, _)| values[1].shown()).collect();
        let mut row = vec![cut(&own[0].0[0].shown(), VALUE)];
        row.extend(own.iter().take(COLUMNS).map(|(_, cell)| cell.clone()));
        rows.push(row);
    }
    let many = rows.len();
    rows.truncate(ROWS);
    let swept = words.axes();
    let corner = swept.first().map_or_else(String::new, |name| cut(name, VALUE));
    let mut heads = vec![corner.as_str()];
    heads.extend(across.iter().take(COLUMNS).map(String::as_str));
    let right: Vec<usize> = (1..heads.len()).collect();
    let above = swept.get(1).map_or_else(String::new, |name| format!("across: {name}\n"));
    let left = left_out(many, ROWS, file) + &left_out(across.len(), COLUMNS, file);
    above + &plain(&heads, rows, &right) + &left
}

/// That values are left out, if they are, and the file that has them.
fn left_out(all: usize, shown: usize, file: &str) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        more => format!("... and {} more values, in {file}\n", count(more as u64)),
    }
}

/// How to read the tables.
fn notes(words: &SweepWords<'_>) -> String {
    if words.others().is_empty() {
        return "95 %: the interval of each share by itself, from the limited number of trials alone. All \
                outcomes: sweep.csv."
            .to_owned();
    }
    let files = match words.tables.crossings {
        Some(_) => "sweep.csv, sweep_differences.csv and crossings.csv",
        None => "sweep.csv and sweep_differences.csv",
    };
    format!(
        "Differences in percentage points, trial by trial; * and 95 %: over all swept values of an outcome \
         and two policies at once. All outcomes: {files}."
    )
}

/// How to read the tables of measures.
fn measure_notes(words: &SweepWords<'_>) -> String {
    let mut files = vec![MEANS];
    files
        .extend(words.tables.measure_differences.as_ref().map(|_| SweepMeasureDifferenceRow::FILE));
    files.extend(words.tables.halves.as_ref().map(|_| SweepHalfRow::FILE));
    let star = match words.played.policies {
        [_, _] if !words.is_grid() => "; *: told from zero over all swept values at once",
        _ => "",
    };
    let how = match words.is_grid() {
        true => "Means at the end; their 95 % intervals are in the tables.".to_owned(),
        false => format!("In brackets: the 95 % interval of each mean by itself{star}."),
    };
    format!("{how} All variables and measures: {}.", listed(&files))
}
