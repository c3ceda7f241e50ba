//! The answer of `compare` as text for the terminal.

use super::announcement_words::{AnnouncementWords, carried_out, first_lines};
use super::question::CompareQuestion;
use super::tables::{
    ChangeRow, CompareTables, ComparisonRow, DrawnRegretRow, EndDifferenceRow, RobustnessRow,
};
use crate::format::{
    NOTHING, count, number, number_range, percent, points, points_range, unsigned_points,
};
use crate::model::UNRESOLVED;
use crate::report::Played;
use crate::verbs::shared::SummaryRow;
use crate::verbs::terminal::{Tell, cut, plain};
use crate::verbs::titles::Titles;

/// How many worlds have their shares shown; the rest are in the files.
const WORLDS: usize = 3;
/// How many differences are listed.
const LISTED: usize = 20;
/// How many differences of state, measures and utilities are listed.
const ENDS: usize = 10;
/// How many changed keys are listed.
const CHANGES: usize = 40;
/// The width of a name in a table.
const NAME: usize = 26;
/// The width of a column's heading.
const HEAD: usize = 12;

impl Tell for CompareQuestion {
    fn tell(&self, played: &Played<'_>, tables: &CompareTables) -> String {
        let mut text = String::new();
        if let (Some(changes), Some(other)) = (&tables.changes, played.other) {
            text.push_str(&changed_keys(played.file.name, other.name, changes));
        }
        let cells = cells(&tables.summary);
        text.push_str(&format!(
            "{}\n{} trials, seed {}, of each of {} cells (policy and world), all on the same luck\n",
            played.model().title,
            count(played.trials),
            played.seed,
            cells.len()
        ));
        let carried_out = carried_out(self, tables, Titles::for_terminal(played));
        let announced =
            AnnouncementWords { question: self, tables, titles: Titles::for_terminal(played) };
        text.push_str(&first_lines(&carried_out, &announced));
        text.push_str(&shares(self, played, &cells));
        text.push_str(&carried_out.terminal_table());
        text.push_str(&announced.terminal_table());
        text.push_str(&stand_out(played, &tables.comparison));
        text.push_str(&ends_that_stand_out(&tables.end_differences));
        let robust = tables.robustness.iter().flatten().collect::<Vec<_>>();
        for goal in robust.chunk_by(|a, b| a.goal == b.goal) {
            text.push_str(&weighed(goal, self));
        }
        let drawn = tables.regret_draws.iter().flatten().collect::<Vec<_>>();
        for rows in drawn.chunk_by(|a, b| (&a.goal, &a.world) == (&b.goal, &b.world)) {
            text.push_str(&regretted(rows));
        }
        text
    }
}

/// The keys in which two files differ.
fn changed_keys(first: &str, second: &str, changes: &[ChangeRow]) -> String {
    if changes.is_empty() {
        return format!("{first} and {second} say the same.\n\n");
    }
    let value = |text: &Option<String>| text.as_ref().map_or(NOTHING.to_owned(), |t| cut(t, 44));
    let rows = changes
        .iter()
        .take(CHANGES)
        .map(|change| vec![cut(&change.key, 52), value(&change.old), value(&change.new)])
        .collect();
    let count = changes.len();
    let keys = if count == 1 { "1 key differs" } else { &format!("{count} keys differ") };
    let mut text = format!("{keys} between {first} and {second}:\n\n");
    text.push_str(&plain(&["key", first, second], rows, &[]));
    if changes.len() > CHANGES {
        text.push_str(&format!("... and {} more, in changes.csv\n", changes.len() - CHANGES));
    }
    text.push('\n');
    text
}

/// The rows of each cell, in the order of the table.
fn cells(summary: &[SummaryRow]) -> Vec<&[SummaryRow]> {
    let cell = |row: &SummaryRow| (row.scenario.clone(), row.policy.clone(), row.world.clone());
    summary.chunk_by(|a, b| cell(a) == cell(b)).collect()
}

/// The shares of outcomes, a table for each of the first worlds.
fn shares(question: &CompareQuestion, played: &Played<'_>, cells: &[&[SummaryRow]]) -> String {
    let worlds = &question.worlds;
    // Where there is one policy of one file, a table over its worlds.
    let alone = question.policies.len() == 1 && !played.is_of_two_files();
    let groups: Vec<Option<&String>> =
        if alone { vec![None] } else { worlds.iter().take(WORLDS).map(Some).collect() };
    let mut text = String::new();
    for group in groups {
        let cells: Vec<&[SummaryRow]> = cells
            .iter()
            .copied()
            .filter(|cell| group.is_none_or(|world| cell[0].world == *world))
            .collect();
        let Some(first) = cells.first() else { continue };
        let unresolved = |row: &SummaryRow| row.outcome == UNRESOLVED && row.count > 0;
        let unresolved = cells.iter().any(|cell| cell.iter().any(unresolved));
        let ids = first.iter().map(|row| row.outcome.as_str());
        let ids: Vec<&str> = ids.filter(|id| unresolved || *id != UNRESOLVED).collect();
        let mut headings = vec![match group {
            Some(world) => format!("World {}", cut(world, NAME)),
            None => format!("Policy {}", cut(&first[0].policy, NAME)),
        }];
        headings.extend(ids.iter().map(|id| cut(id, HEAD)));
        let rows = cells.iter().map(|cell| {
            let name = match group {
                None => cell[0].world.clone(),
                Some(_) if played.is_of_two_files() => {
                    format!("{} {}", cell[0].scenario, cell[0].policy)
                }
                Some(_) => cell[0].policy.clone(),
            };
            let own = |id: &&str| {
                let own = cell.iter().find(|row| row.outcome == **id);
                own.map_or(NOTHING.to_owned(), |row| percent(row.share))
            };
            [cut(&name, NAME)].into_iter().chain(ids.iter().map(own)).collect()
        });
        let heads: Vec<&str> = headings.iter().map(String::as_str).collect();
        let right: Vec<usize> = (1..=ids.len()).collect();
        text.push('\n');
        text.push_str(&plain(&heads, rows.collect(), &right));
    }
    if !alone && worlds.len() > WORLDS {
        let rest = worlds[WORLDS..].join(", ");
        text.push_str(&format!("\nIn summary.csv: the worlds {rest}\n"));
    }
    text
}

/// The differences that are larger than chance allows, the largest first.
fn stand_out(played: &Played<'_>, all: &[ComparisonRow]) -> String {
    let Some(any) = all.first() else { return String::new() };
    let mut clear: Vec<&ComparisonRow> = all.iter().filter(|row| row.stands_out()).collect();
    let size = |row: &ComparisonRow| row.difference.abs();
    clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let total = all.len();
    let mut text = match clear.len() {
        0 => format!(
            "\nNo difference stands out: over all {total} comparisons at once, each 95 % interval \
             contains zero.\nThe largest:\n"
        ),
        some => format!(
            "\n{some} of {total} differences stand out: their 95 % intervals over all comparisons \
             at once exclude\nzero. In percentage points{}:\n",
            if some > LISTED { format!(", the {LISTED} largest") } else { String::new() }
        ),
    };
    if clear.is_empty() {
        clear = all.iter().collect();
        clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
        clear.truncate(LISTED / 4);
    }
    let rows = clear.iter().take(LISTED).map(|row| {
        vec![
            cut(&row.world_b, NAME),
            cut(&row.policy_b, NAME),
            cut(&row.outcome, NAME),
            points(row.difference),
            points_range(row.low, row.high),
            points_range(row.low_all, row.high_all),
            count(row.n_ab),
            count(row.n_ba),
            row.variance_ratio.map_or(NOTHING.to_owned(), number),
        ]
    });
    text.push_str(&plain(
        &["World", "Policy", "Outcome", "change", "95 %", "all at once", "lost", "won", "luck"],
        rows.collect(),
        &[3, 4, 5, 6, 7, 8],
    ));
    let baseline = if played.is_of_two_files() { &any.scenario_a } else { &any.policy_a };
    text.push_str(&format!(
        "\nAgainst `{baseline}`, trial by trial. lost, won: trials that had the outcome only there, \
         only here.\nluck: how many times more trials would be needed without common luck. Where \
         they went: flips.csv.\n"
    ));
    text
}

/// The state, measures and utilities whose difference is larger than chance allows, the clearest
/// first.
fn ends_that_stand_out(all: &[EndDifferenceRow]) -> String {
    let moved = |row: &&EndDifferenceRow| row.stands_out() && row.difference != Some(0.0);
    let mut clear: Vec<&EndDifferenceRow> = all.iter().filter(moved).collect();
    if clear.is_empty() {
        return String::new();
    }
    clear.sort_by(|a, b| b.clearness().total_cmp(&a.clearness()));
    let rows = clear.iter().take(ENDS).map(|row| {
        let mean = |value: Option<f64>| value.map_or(NOTHING.to_owned(), number);
        vec![
            cut(&row.world_b, NAME),
            cut(&row.policy_b, NAME),
            format!("{} {}", row.kind.word(), cut(&row.measure, NAME)),
            mean(row.mean_a),
            mean(row.mean_b),
            number_range(row.low, row.high),
        ]
    });
    let heads = ["World", "Policy", "at the end", "without", "with", "change, 95 %"];
    format!(
        "\n{} of {} differences of state, measures and utilities stand out (comparison_measures.csv); \
         the clearest:\n{}",
        count(clear.len() as u64),
        count(all.len() as u64),
        plain(&heads, rows.collect(), &[3, 4, 5])
    )
}

/// The regret of each policy over draws of the assumptions, by one goal in one world.
fn regretted(rows: &[&DrawnRegretRow]) -> String {
    let first = rows[0];
    let shown = rows.iter().map(|row| {
        vec![
            cut(&row.policy, NAME),
            unsigned_points(row.mean_regret),
            unsigned_points(row.p90_regret),
        ]
    });
    format!(
        "\nGoal {} over {} draws of the assumptions in world {}, each played {} times; regret in \
         percentage\npoints, overestimated where repeats are few:\n{}",
        first.goal,
        count(first.draws),
        first.world,
        count(first.repeats),
        plain(&["Policy", "mean regret", "90th percentile"], shown.collect(), &[1, 2])
    )
}

/// How well each policy reaches a goal over the worlds.
fn weighed(rows: &[&RobustnessRow], question: &CompareQuestion) -> String {
    let best = |value: fn(&RobustnessRow) -> f64| {
        rows.iter().map(|row| value(row)).fold(f64::NEG_INFINITY, f64::max)
    };
    let (worst, regret) = (best(|row| row.maximin), -best(|row| -row.max_regret));
    let mean = best(|row| row.mean);
    let mark = |text: String, is_best: bool| if is_best { format!("{text} *") } else { text };
    let shown = rows.iter().map(|row| {
        let mut cells = vec![
            cut(&row.policy, NAME),
            mark(percent(row.maximin), row.maximin == worst),
            cut(&row.worst_world, NAME),
            mark(unsigned_points(row.max_regret), row.max_regret == regret),
            cut(&row.max_regret_world, NAME),
            mark(percent(row.mean), row.mean == mean),
        ];
        cells.extend(row.share_above.map(percent));
        cells
    });
    let mut headings = vec!["Policy", "worst", "in world", "max regret", "in world", "mean"];
    let above = question.threshold.map(|value| format!("worlds at {} or more", percent(value)));
    headings.extend(above.as_deref());
    format!(
        "\nGoal {} over {} worlds (* best); regret in percentage points:\n{}",
        rows[0].goal,
        question.worlds.len(),
        plain(&headings, shown.collect(), &[1, 3, 5, 6])
    )
}
