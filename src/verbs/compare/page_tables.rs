//! The tables of a comparison on its page.

use super::tables::{ChangeRow, ComparisonRow, DrawnRegretRow, EndDifferenceRow, RobustnessRow};
use super::words::CompareWords;
use crate::format::{
    NOTHING, count, counted, number, number_range, percent, points, points_range, unsigned_points,
};
use crate::report::words::{formula, spaced, title};
use crate::report::{PageCell, PageTable};
use crate::study::UNRESOLVED;

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
pub(super) fn differences(words: &CompareWords<'_>) -> PageTable {
    let heads = [
        "Policy",
        "World",
        "Outcome",
        "#Without",
        "#With",
        "#Change, points",
        "#95 %",
        "#95 %, all at once",
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
            PageCell::outcome(words.scene, &row.outcome),
            share(row.share_a),
            share(row.share_b),
            PageCell::number(points(row.difference), row.difference),
            range(row.low, row.high),
            range(row.low_all, row.high_all),
            PageCell::text(if clear { "yes" } else { "no" }),
        ]);
        shown.outcome = Some(row.outcome.clone());
        shown.strong = clear;
    }
    table
}

/// State, measures and utilities at the end whose difference stands out.
pub(super) fn ends(words: &CompareWords<'_>) -> Option<PageTable> {
    let heads = ["Policy", "World", "At the end", "#Without", "#With", "#Change", "#95 %"];
    let caption = "State, measures and utilities that change, the clearest first";
    let mut table = PageTable::new(caption, &heads);
    let all = words.tables.end_differences.iter();
    let mut all: Vec<&EndDifferenceRow> =
        all.filter(|row| row.stands_out() && row.difference != Some(0.0)).collect();
    all.sort_by(|a, b| b.clearness().total_cmp(&a.clearness()));
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
            PageCell::number(number_range(row.low, row.high), row.low),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// How well each policy reaches a goal over the worlds.
pub(super) fn weighed(words: &CompareWords<'_>, rows: &[&RobustnessRow]) -> PageTable {
    let heads = [
        "Policy",
        "#In its worst world",
        "Which",
        "#Maximum regret, points",
        "In world",
        "#Mean over worlds",
    ];
    let caption = format!("By the goal of {}; more is better", words.goal(&rows[0].goal));
    let mut table = PageTable::new(caption, &heads);
    for row in rows {
        table.row(vec![
            PageCell::text(words.policy(&row.policy)),
            PageCell::number(percent(row.maximin), row.maximin),
            PageCell::text(words.world(&row.worst_world)),
            PageCell::number(unsigned_points(row.max_regret), row.max_regret),
            PageCell::text(words.world(&row.max_regret_world)),
            PageCell::number(percent(row.mean), row.mean),
        ]);
    }
    table
}

/// Regret by one goal in one world over draws of the assumptions.
pub(super) fn regretted(words: &CompareWords<'_>, rows: &[&DrawnRegretRow]) -> PageTable {
    let first = rows[0];
    let caption = format!(
        "Regret by the goal of {} over {} of the assumptions in “{}”, each played {} times",
        words.goal(&first.goal),
        counted(first.draws, "draw"),
        words.world(&first.world),
        count(first.repeats)
    );
    let heads = ["Policy", "#Mean regret, points", "#90th percentile over draws"];
    let mut table = PageTable::new(caption, &heads);
    for row in rows {
        let size = |value: f64| PageCell::number(unsigned_points(value), value);
        let policy = PageCell::text(words.policy(&row.policy));
        table.row(vec![policy, size(row.mean_regret), size(row.p90_regret)]);
    }
    table
}

/// The keys in which two files differ.
pub(super) fn changed(words: &CompareWords<'_>, changes: &[ChangeRow]) -> PageTable {
    let files = words.scene.played.files().map(|file| title(&file.record.file));
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
