//! What a comparison says, in words and tables.

use super::table::{cut, percent, plain};
use crate::chart::number;
use crate::diagnostic::grouped;
use crate::model::KeyChange;
use crate::report::{
    Comparison, Difference, DrawnRegret, EndDifference, Robust, points, points_range,
};

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

/// In what two files differ.
pub(super) fn changed_keys(first: &str, second: &str, changes: &[KeyChange]) -> String {
    if changes.is_empty() {
        return format!("{first} and {second} say the same.\n\n");
    }
    let value = |text: &Option<String>| text.as_ref().map_or("-".to_owned(), |t| cut(t, 44));
    let rows = changes
        .iter()
        .take(CHANGES)
        .map(|change| vec![cut(&change.path, 52), value(&change.old), value(&change.new)])
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

/// The whole answer.
pub(super) fn answer(
    of: &Comparison,
    robust: &[Robust],
    drawn: &[DrawnRegret],
    seed: u64,
    threshold: Option<f64>,
) -> String {
    let Some(first) = of.cells.first() else { return String::new() };
    let mut text = format!(
        "{}\n{} trials, seed {seed}, of each of {} cells (policy and world), all on the same luck\n",
        first.model.title,
        grouped(first.summary.trials),
        of.cells.len()
    );
    text.push_str(&shares(of));
    text.push_str(&stand_out(of));
    text.push_str(&ends_that_stand_out(of));
    for robust in robust {
        text.push_str(&weighed(robust, threshold));
    }
    for drawn in drawn {
        text.push_str(&regretted(drawn));
    }
    text
}

/// Whether cells come from two files.
fn two_files(of: &Comparison) -> bool {
    let mut names = of.cells.iter().map(|cell| &cell.heading.scenario);
    names.next().is_some_and(|first| names.any(|name| name != first))
}

/// The shares of outcomes, a table for each of the first worlds.
fn shares(of: &Comparison) -> String {
    let mut worlds: Vec<&str> = Vec::new();
    for cell in &of.cells {
        if !worlds.contains(&cell.heading.world.as_str()) {
            worlds.push(&cell.heading.world);
        }
    }
    let alone = of.pairs.is_empty();
    let two = two_files(of);
    let mut text = String::new();
    // Without pairs there is one policy, and a table over its worlds.
    let groups: Vec<Option<&str>> =
        if alone { vec![None] } else { worlds.iter().take(WORLDS).copied().map(Some).collect() };
    for group in groups {
        let cells: Vec<_> = of
            .cells
            .iter()
            .filter(|cell| group.is_none_or(|world| cell.heading.world == world))
            .collect();
        let Some(first) = cells.first() else { continue };
        let outcomes = first.model.outcomes.len();
        let unresolved = cells.iter().any(|cell| cell.summary.outcomes.last() != Some(&0));
        let last = outcomes + usize::from(unresolved);
        let mut headings = vec![match group {
            Some(world) => format!("World {}", cut(world, NAME)),
            None => format!("Policy {}", cut(&first.heading.policy, NAME)),
        }];
        let ids = (0..last).map(|index| cut(Comparison::outcome_id(&first.model, index), HEAD));
        headings.extend(ids);
        let rows = cells
            .iter()
            .map(|cell| {
                let name = match group {
                    None => cell.heading.world.clone(),
                    Some(_) if two => format!("{} {}", cell.heading.scenario, cell.heading.policy),
                    Some(_) => cell.heading.policy.clone(),
                };
                let own = |index: usize| {
                    let id = Comparison::outcome_id(&first.model, index);
                    let all = 0..=cell.model.outcomes.len();
                    let at =
                        all.into_iter().find(|at| Comparison::outcome_id(&cell.model, *at) == id);
                    at.map_or_else(|| "-".to_owned(), |at| percent(cell.summary.share(at)))
                };
                [cut(&name, NAME)].into_iter().chain((0..last).map(own)).collect()
            })
            .collect();
        let heads: Vec<&str> = headings.iter().map(String::as_str).collect();
        let right: Vec<usize> = (1..=last).collect();
        text.push('\n');
        text.push_str(&plain(&heads, rows, &right));
    }
    if !alone && worlds.len() > WORLDS {
        let rest = worlds[WORLDS..].join(", ");
        text.push_str(&format!("\nIn summary.csv: the worlds {rest}\n"));
    }
    text
}

/// The differences that cannot be luck, the largest first.
fn stand_out(of: &Comparison) -> String {
    let all = of.differences();
    if all.is_empty() {
        return String::new();
    }
    let size = |difference: &Difference| difference.paired.difference().abs();
    let mut clear: Vec<&Difference> = all.iter().filter(|d| d.stands_out()).collect();
    clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let total = all.len();
    let mut text = match clear.len() {
        0 => format!(
            "\nNo difference stands out: over all {total} comparisons at once, each 95 % interval \
             holds nought.\nThe largest:\n"
        ),
        some => format!(
            "\n{some} of {total} differences stand out: their 95 % intervals over all comparisons \
             at once exclude\nnought. In percentage points{}:\n",
            if some > LISTED { format!(", the {LISTED} largest") } else { String::new() }
        ),
    };
    if clear.is_empty() {
        clear = all.iter().collect();
        clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
        clear.truncate(LISTED / 4);
    }
    let two = two_files(of);
    let rows = clear
        .iter()
        .take(LISTED)
        .map(|difference| {
            let pair = &of.pairs[difference.pair];
            let (a, b) = (&of.cells[pair.a], &of.cells[pair.b]);
            let paired = difference.paired;
            vec![
                cut(&b.heading.world, NAME),
                cut(&b.heading.policy, NAME),
                cut(Comparison::outcome_id(&a.model, difference.outcome.0), NAME),
                points(paired.difference()),
                points_range(difference.own.low, difference.own.high),
                points_range(difference.all.low, difference.all.high),
                grouped(paired.only_a),
                grouped(paired.only_b),
                match paired.variance_ratio() {
                    Some(ratio) if ratio.is_finite() => format!("{ratio:.1}"),
                    _ => "-".to_owned(),
                },
            ]
        })
        .collect();
    text.push_str(&plain(
        &["World", "Policy", "Outcome", "change", "95 %", "all at once", "lost", "won", "luck"],
        rows,
        &[3, 4, 5, 6, 7, 8],
    ));
    let baseline = match of.pairs.first() {
        Some(pair) if two => &of.cells[pair.a].heading.scenario,
        Some(pair) => &of.cells[pair.a].heading.policy,
        None => return text,
    };
    text.push_str(&format!(
        "\nAgainst `{baseline}`, trial by trial. lost, won: trials that had the outcome only there, \
         only here.\nluck: how many times more trials would be needed without common luck. Where \
         they went: flips.csv.\n"
    ));
    text
}

/// The state, measures and utilities whose difference cannot be luck, the
/// clearest first.
fn ends_that_stand_out(of: &Comparison) -> String {
    let all = of.end_differences();
    // Certain differences of nought have no width either.
    let moved = |d: &&EndDifference| d.stands_out() && d.difference != Some(0.0);
    let mut clear: Vec<&EndDifference> = all.iter().filter(moved).collect();
    if clear.is_empty() {
        return String::new();
    }
    clear.sort_by(|a, b| b.clearness().total_cmp(&a.clearness()));
    let rows = clear.iter().take(ENDS).map(|difference| {
        let cell = &of.cells[of.pairs[difference.pair].b];
        let shown = |value: f64| number(value).replace('-', "\u{2212}");
        let mean = |value: Option<f64>| value.map_or("-".to_owned(), shown);
        vec![
            cut(&cell.heading.world, NAME),
            cut(&cell.heading.policy, NAME),
            format!("{} {}", difference.end.kind.word(), cut(&difference.end.name, NAME)),
            mean(difference.means.0),
            mean(difference.means.1),
            format!("{} to {}", shown(difference.own.low), shown(difference.own.high)),
        ]
    });
    let heads = ["World", "Policy", "at the end", "without", "with", "change, 95 %"];
    format!(
        "\n{} of {} differences of state, measures and utilities stand out (comparison_measures.csv); \
         the clearest:\n{}",
        grouped(clear.len() as u64),
        grouped(all.len() as u64),
        plain(&heads, rows.collect(), &[3, 4, 5])
    )
}

/// How much each policy is to be regretted over draws of the assumptions.
fn regretted(drawn: &DrawnRegret) -> String {
    let rows = drawn.rows.iter().map(|(policy, regret)| {
        let shown = |value: f64| format!("{:.1}", 100.0 * value);
        vec![cut(policy, NAME), shown(regret.mean), shown(regret.ninetieth)]
    });
    format!(
        "\nGoal {} over {} draws of the assumptions in world {}, each played {} times; regret in \
         percentage\npoints, overstated where repeats are few:\n{}",
        drawn.goal,
        grouped(drawn.draws),
        drawn.world,
        grouped(drawn.repeats),
        plain(&["Policy", "mean regret", "nine in ten below"], rows.collect(), &[1, 2])
    )
}

/// What a goal makes of the policies.
fn weighed(robust: &Robust, threshold: Option<f64>) -> String {
    let best = |value: fn(&crate::stats::Robustness) -> f64| {
        robust.rows.iter().map(value).fold(f64::NEG_INFINITY, f64::max)
    };
    let (worst, regret) = (best(|row| row.worst), -best(|row| -row.largest_regret));
    let mean = best(|row| row.mean);
    let mark = |text: String, is_best: bool| if is_best { format!("{text} *") } else { text };
    let rows = robust
        .policies
        .iter()
        .zip(&robust.rows)
        .map(|(policy, row)| {
            let mut cells = vec![
                cut(policy, NAME),
                mark(percent(row.worst), row.worst == worst),
                cut(&robust.worlds[row.worst_world], NAME),
                mark(points(row.largest_regret), row.largest_regret == regret),
                cut(&robust.worlds[row.largest_regret_world], NAME),
                mark(percent(row.mean), row.mean == mean),
            ];
            cells.extend(row.share_at_least.map(percent));
            cells
        })
        .collect();
    let mut headings = vec!["Policy", "worst", "in world", "most regret", "in world", "mean"];
    let above = threshold.map(|value| format!("worlds at {} or more", percent(value)));
    headings.extend(above.as_deref());
    format!(
        "\nGoal {} over {} worlds (* best); regret in percentage points:\n{}",
        robust.goal,
        robust.worlds.len(),
        plain(&headings, rows, &[1, 3, 5, 6])
    )
}
