//! The tables of a comparison.

use super::asked::policy_title;
use super::compare::Named;
use super::plain::{formula, title};
use super::sections::outcome_title;
use super::table::{Cell, Table};
use super::words::{counted, figure, share, size};
use crate::diagnostic::grouped;
use crate::model::KeyChange;
use crate::report::phrases::{points, points_range};
use crate::report::{Comparison, Difference, DrawnRegret, Robust};
use crate::stats::Interval;

/// The share of every outcome in every cell.
pub(super) fn shares(named: &Named<'_>) -> Table {
    let cells = &named.of.comparison.cells;
    let Some(first) = cells.first() else { return Table::default() };
    let model = &first.model;
    let unresolved = cells.iter().any(|cell| cell.summary.outcomes.last() != Some(&0));
    let outcomes = model.outcomes.len() + usize::from(unresolved);
    let titles: Vec<String> =
        (0..outcomes).map(|index| format!("#{}", title(outcome_title(model, index)))).collect();
    let mut heads = vec!["Policy", "World"];
    heads.extend(titles.iter().map(String::as_str));
    let mut table = Table::new("Share of trials that ended so", &heads);
    for cell in cells {
        let mut row =
            vec![Cell::text(named.cell(cell)), Cell::text(named.world(&cell.heading.world))];
        for index in 0..outcomes {
            let id = Comparison::outcome_id(model, index);
            let mut own = 0..=cell.model.outcomes.len();
            let own = own.find(|at| Comparison::outcome_id(&cell.model, *at) == id);
            row.push(own.map_or_else(Cell::nothing, |at| {
                let value = cell.summary.share(at);
                Cell { outcome_mark: Some(id.to_owned()), ..Cell::share(value) }
            }));
        }
        table.row(row);
    }
    table
}

/// Every difference, the largest first.
pub(super) fn differences(named: &Named<'_>) -> Table {
    let of = named.of.comparison;
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
    let mut table = Table::new("What each changes: what stands out first, by size", &heads);
    let mut all = of.differences();
    all.sort_by(|a, b| {
        let size = |d: &Difference| d.paired.difference().abs();
        b.stands_out().cmp(&a.stands_out()).then(size(b).total_cmp(&size(a)))
    });
    for difference in all {
        let pair = &of.pairs[difference.pair];
        let (a, b) = (&of.cells[pair.a], &of.cells[pair.b]);
        let paired = difference.paired;
        let share = |value: Option<f64>| {
            value.map_or_else(Cell::nothing, |value| Cell::number(share(value), value))
        };
        let range = |of: Interval| Cell::number(points_range(of.low, of.high), of.low);
        let clear = difference.stands_out();
        let row = table.row(vec![
            Cell::text(named.cell(b)),
            Cell::text(named.world(&b.heading.world)),
            Cell::outcome(&a.model, difference.outcome.0),
            share(paired.share_a()),
            share(paired.share_b()),
            Cell::number(points(paired.difference()), paired.difference()),
            range(difference.own),
            range(difference.all),
            Cell::text(if clear { "yes" } else { "no" }),
        ]);
        row.outcome = Some(Comparison::outcome_id(&a.model, difference.outcome.0).to_owned());
        row.strong = clear;
    }
    table
}

/// State, measures and utilities at the end whose difference stands out.
pub(super) fn ends(named: &Named<'_>) -> Option<Table> {
    let of = named.of.comparison;
    let heads = ["Policy", "World", "At the end", "#Without", "#With", "#Change", "#95 %"];
    let mut table =
        Table::new("State, measures and utilities that change, the clearest first", &heads);
    let mut all = of.end_differences();
    all.retain(|end| end.stands_out() && end.difference != Some(0.0));
    all.sort_by(|a, b| b.clearness().total_cmp(&a.clearness()));
    for end in all {
        let cell = &of.cells[of.pairs[end.pair].b];
        let number = |value: Option<f64>| {
            value.map_or_else(Cell::nothing, |value| Cell::number(figure(value), value))
        };
        let unit = end.end.unit.as_deref().map(title).unwrap_or_default();
        table.row(vec![
            Cell::text(named.cell(cell)),
            Cell::text(named.world(&cell.heading.world)),
            Cell::text(format!("{} {}", end.end.kind.word(), super::plain::spaced(&end.end.name)))
                .note(unit),
            number(end.means.0),
            number(end.means.1),
            number(end.difference),
            Cell::number(
                format!("{} to {}", figure(end.own.low), figure(end.own.high)),
                end.own.low,
            ),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// What a goal makes of the policies.
pub(super) fn weighed(named: &Named<'_>, robust: &Robust) -> Table {
    let heads = [
        "Policy",
        "#In its worst world",
        "Which",
        "#Most to regret, points",
        "In world",
        "#Mean over worlds",
    ];
    let caption = format!("By the goal of {}; more is better", named.goal(&robust.goal));
    let mut table = Table::new(caption, &heads);
    for (policy, row) in robust.policies.iter().zip(&robust.rows) {
        let world = |index: usize| Cell::text(named.world(&robust.worlds[index]));
        table.row(vec![
            Cell::text(policy_title(named.scenario, policy)),
            Cell::number(share(row.worst), row.worst),
            world(row.worst_world),
            Cell::number(size(row.largest_regret), row.largest_regret),
            world(row.largest_regret_world),
            Cell::number(share(row.mean), row.mean),
        ]);
    }
    table
}

/// Regret over draws of the assumptions.
pub(super) fn regretted(named: &Named<'_>, drawn: &DrawnRegret) -> Table {
    let caption = format!(
        "Regret by the goal of {} over {} of the assumptions in “{}”, each played {} times",
        named.goal(&drawn.goal),
        counted(drawn.draws, "draw"),
        named.world(&drawn.world),
        grouped(drawn.repeats)
    );
    let mut table =
        Table::new(caption, &["Policy", "#Mean regret, points", "#Nine in ten draws below"]);
    for (policy, regret) in &drawn.rows {
        let size = |value: f64| Cell::number(size(value), value);
        table.row(vec![
            Cell::text(policy_title(named.scenario, policy)),
            size(regret.mean),
            size(regret.ninetieth),
        ]);
    }
    table
}

/// In what two files differ.
pub(super) fn changed(named: &Named<'_>, changes: &[KeyChange]) -> Table {
    let manifest = named.of.told.manifest;
    let (first, second) = (
        title(&manifest.scenario.file),
        manifest.compared_with.as_ref().map_or_else(String::new, |other| title(&other.file)),
    );
    let mut table = Table::new("In what the two files differ", &["Key", &first, &second]);
    for change in changes {
        let value = |of: &Option<String>| Cell::code(of.as_deref().map_or("–".to_owned(), formula));
        table.row(vec![Cell::code(title(&change.path)), value(&change.old), value(&change.new)]);
    }
    table
}
