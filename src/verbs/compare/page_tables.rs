//! The tables of a comparison on its page.

use super::tables::{ChangeRow, ComparisonRow, DrawnRegretRow, EndDifferenceRow, RobustnessRow};
use super::words::{CompareWords, marked};
use crate::format::{NOTHING, count, counted, number, number_range, percent, points, points_range};
use crate::model::UNRESOLVED;
use crate::report::words::{formula, spaced, title};
use crate::report::{PageCell, PageTable, Scene};

/// The share of every outcome in every cell.
pub(super) fn shares(words: &CompareWords<'_>) -> PageTable {
    let rows = &words.tables.summary;
    let cells: Vec<_> = rows
        .chunk_by(|a, b| (&a.scenario, &a.policy, &a.world) == (&b.scenario, &b.policy, &b.world))
        .collect();
    let Some(first) = cells.first() else { return PageTable::default() };
    let unresolved = rows.iter().any(|row| row.outcome == UNRESOLVED && row.count > 0);
    let outcomes: Vec<_> =
        first.iter().filter(|row| unresolved || row.outcome != UNRESOLVED).collect();
    let titles: Vec<String> =
        outcomes.iter().map(|row| format!("#{}", title(&row.title))).collect();
    let mut heads = vec!["Policy", "World"];
    heads.extend(titles.iter().map(String::as_str));
    let mut table = PageTable::new("Share of trials that ended in each outcome", &heads);
    for cell in &cells {
        let named = words.cell(&cell[0].scenario, &cell[0].policy);
        let mut row = vec![PageCell::text(named), PageCell::text(words.world(&cell[0].world))];
        for outcome in &outcomes {
            let own = cell.iter().find(|row| row.outcome == outcome.outcome);
            row.push(own.map_or_else(PageCell::nothing, |own| {
                let outcome_mark = Some(own.outcome.clone());
                PageCell { outcome_mark, ..PageCell::share(own.share) }
            }));
        }
        table.row(row);
    }
    table
}

/// Every difference, the largest first.
pub(super) fn differences(words: &CompareWords<'_>, scene: &Scene<'_>) -> PageTable {
    let heads = [
        "Policy",
        "World",
        "Outcome",
        "#Without",
        "#With",
        "#Change, points",
        "#95 %",
        "#95 %, all at once",
        "#Only without, only with",
        "Stands out",
    ];
    let caption = "What each changes: first what stands out, the largest change first";
    let mut table = PageTable::new(caption, &heads);
    let mut all: Vec<&ComparisonRow> = words.tables.comparison.iter().collect();
    all.sort_by(|a, b| {
        let size = |row: &ComparisonRow| row.difference.abs();
        b.stands_out().cmp(&a.stands_out()).then(size(b).total_cmp(&size(a)))
    });
    for row in all {
        let share = |value: Option<f64>| {
            value.map_or_else(PageCell::nothing, |value| PageCell::number(percent(value), value))
        };
        let range = |low: f64, high: f64| PageCell::number(points_range(low, high), low);
        let clear = row.stands_out();
        let shown = table.row(vec![
            PageCell::text(words.cell(&row.scenario_b, &row.policy_b)),
            PageCell::text(words.world(&row.world_b)),
            PageCell::outcome(scene, &row.outcome),
            share(row.share_a),
            share(row.share_b),
            PageCell::number(points(row.difference), row.difference),
            range(row.low, row.high),
            range(row.low_all, row.high_all),
            PageCell::number(
                format!("{}, {}", count(row.n_ab), count(row.n_ba)),
                row.n_ab.max(row.n_ba) as f64,
            ),
            PageCell::text(if clear { "yes" } else { "no" }),
        ]);
        shown.outcome = Some(row.outcome.clone());
        shown.strong = clear;
    }
    table
}

/// State, measures and utilities at the end whose difference stands out.
pub(super) fn ends(words: &CompareWords<'_>) -> Option<PageTable> {
    let heads = [
        "Policy",
        "World",
        "Mean at the end",
        "#Without",
        "#With",
        "#Change",
        "#95 %, all at once",
    ];
    let caption =
        "State, measures and utilities whose mean changes, the largest share of the range first";
    let mut table = PageTable::new(caption, &heads);
    let all = words.tables.end_differences.iter();
    let mut all: Vec<&EndDifferenceRow> = all.filter(|row| row.stands_out()).collect();
    let size = EndDifferenceRow::relative_size;
    all.sort_by(|a, b| size(b).total_cmp(&size(a)));
    for row in all {
        let mean = |value: Option<f64>| {
            value.map_or_else(PageCell::nothing, |value| PageCell::number(number(value), value))
        };
        let unit = row.unit.as_deref().map(title).unwrap_or_default();
        table.row(vec![
            PageCell::text(words.cell(&row.scenario_b, &row.policy_b)),
            PageCell::text(words.world(&row.world_b)),
            PageCell::text(format!("{} {}", row.kind.word(), spaced(&row.measure))).note(unit),
            mean(row.mean_a),
            mean(row.mean_b),
            mean(row.difference),
            row.low_all.zip(row.high_all).map_or_else(PageCell::nothing, |(low, high)| {
                PageCell::number(number_range(low, high), low)
            }),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// How well each policy reaches a goal over the worlds.
pub(super) fn weighed(words: &CompareWords<'_>, rows: &[&RobustnessRow]) -> PageTable {
    let heads = [
        "Policy",
        "#Lowest over worlds",
        "#Its 95 %",
        "In world",
        "#Falls short by up to",
        "In world",
        "#Mean over worlds",
    ];
    let unit = words.unit(&rows[0].goal);
    let caption = format!(
        "By the goal of {}; more is better; * best, tied: not distinguishable from the best, over all pairs \
         of policies at once (95 %){}",
        words.goal(&rows[0].goal),
        unit.in_points()
    );
    let mut table = PageTable::new(caption, &heads);
    for row in rows {
        table.row(vec![
            PageCell::text(words.policy(&row.policy)),
            PageCell::number(marked(unit.value(row.maximin), row.maximin_standing), row.maximin),
            PageCell::number(unit.value_range(row.maximin_low, row.maximin_high), row.maximin_low),
            PageCell::text(words.world(&row.worst_world)),
            PageCell::number(
                marked(unit.short(row.max_regret), row.max_regret_standing),
                row.max_regret,
            )
            .note(
                row.max_regret_low
                    .zip(row.max_regret_high)
                    .map_or_else(String::new, |(low, high)| unit.short_range(low, high)),
            ),
            PageCell::text(words.world(&row.max_regret_world)),
            PageCell::number(marked(unit.value(row.mean), row.mean_standing), row.mean),
        ]);
    }
    table
}

/// Regret by one goal in one world over draws of the assumptions.
pub(super) fn regretted(words: &CompareWords<'_>, rows: &[&DrawnRegretRow]) -> PageTable {
    let (first, unit) = (rows[0], words.unit(&rows[0].goal));
    let caption = format!(
        "Regret by the goal of {} over {} of the assumptions in “{}”, each played {} times{}: the plain mean \
         is too high, the cross-fitted one too low, and the truth lies between on average",
        words.goal(&first.goal),
        counted(first.draws, "draw"),
        words.world(&first.world),
        count(first.repeats),
        unit.in_points()
    );
    let heads =
        ["Policy", "#Mean, plain", "#Mean, cross-fitted", "#Its 95 %", "#90th percentile, plain"];
    let mut table = PageTable::new(caption, &heads);
    for row in rows {
        let (low, high) = (row.cross_fitted_low, row.cross_fitted_high);
        table.row(vec![
            PageCell::text(words.policy(&row.policy)),
            PageCell::number(unit.short(row.mean_regret), row.mean_regret),
            PageCell::number(unit.short_signed(row.cross_fitted), row.cross_fitted),
            PageCell::number(unit.short_range(low, high), low),
            PageCell::number(unit.short(row.p90_regret), row.p90_regret),
        ]);
    }
    table
}

/// The keys in which two files differ.
pub(super) fn changed(words: &CompareWords<'_>, changes: &[ChangeRow]) -> PageTable {
    let files = words.played.files().map(|file| title(&file.record.file));
    let heads: Vec<String> = ["Key".to_owned()].into_iter().chain(files).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = PageTable::new("Where the two files differ", &heads);
    for change in changes {
        let value =
            |of: &Option<String>| PageCell::code(of.as_deref().map_or(NOTHING.to_owned(), formula));
        table.row(vec![PageCell::code(title(&change.key)), value(&change.old), value(&change.new)]);
    }
    table
}
