//! The answer of `compare` as text for the terminal.

use super::announcement_words::{AnnouncementWords, carried_out, first_lines};
use super::question::CompareQuestion;
use super::tables::{
    ChangeRow, CompareTables, ComparisonRow, DrawnRegretRow, EndDifferenceRow, RobustnessRow,
};
use super::words::{CompareWords, marked};
use crate::format::{NOTHING, count, counted, number, number_range, percent, points, points_range};
use crate::model::UNRESOLVED;
use crate::report::Played;
use crate::stats::PairedMean;
use crate::verbs::shared::SummaryRow;
use crate::verbs::terminal::{Tell, cut, plain, set_in_words, wrapped};
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
/// The width of a name in a table with several of them.
const SHORT: usize = 15;
/// The width of a column's heading.
const HEAD: usize = 12;

impl Tell for CompareQuestion {
    fn tell(&self, played: &Played<'_>, tables: &CompareTables) -> String {
        let mut text = String::new();
        if let (Some(changes), Some(other)) = (&tables.changes, played.other) {
            text.push_str(&changed_keys(played.file.name, other.name, changes));
        }
        let cells = cells(&tables.summary);
        let words = CompareWords { question: self, played, tables };
        let carried_out = carried_out(self, tables, Titles::plain(played));
        let announced = AnnouncementWords { question: self, tables, titles: Titles::plain(played) };
        let trials = counted(played.trials, "trial");
        let combinations = match cells.len() {
            1 => "of the one cell (policy and world)".to_owned(),
            some => format!("of each of {} cells (policy and world)", count(some as u64)),
        };
        text.push_str(&wrapped(&played.model().title));
        text.push_str(&wrapped(&words.headline(&[])));
        text.push_str(&first_lines(&carried_out, &announced));
        text.push_str(&wrapped(&format!(
            "{trials} {combinations}, seed {}, on common random numbers{}.",
            played.seed,
            set_in_words(played)
        )));
        text.push_str(&shares(self, played, &cells));
        text.push_str(&stand_out(&words));
        text.push_str(&carried_out.terminal_table());
        text.push_str(&announced.terminal_table());
        text.push_str(&ends_that_stand_out(&tables.end_differences));
        let robust = tables.robustness.iter().flatten().collect::<Vec<_>>();
        for goal in robust.chunk_by(|a, b| a.goal == b.goal) {
            text.push_str(&weighed(goal, &words));
        }
        let drawn = tables.regret_draws.iter().flatten().collect::<Vec<_>>();
        for rows in drawn.chunk_by(|a, b| (&a.goal, &a.world) == (&b.goal, &b.world)) {
            text.push_str(&regretted(rows, &words));
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

/// The differences of outcomes that stand out, the largest first; the largest ones if none does.
fn stand_out(words: &CompareWords<'_>) -> String {
    let all = &words.tables.comparison;
    let Some(any) = all.first() else { return String::new() };
    let mut clear: Vec<&ComparisonRow> = all.iter().filter(|row| row.stands_out()).collect();
    let most = if clear.is_empty() { LISTED / 4 } else { LISTED };
    let told = match clear.len() {
        0 => "The largest".to_owned(),
        some if some > LISTED => format!("The {LISTED} largest"),
        _ => "They are".to_owned(),
    };
    if clear.is_empty() {
        clear = all.iter().collect();
    }
    let size = |row: &ComparisonRow| row.difference.abs();
    clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
    clear.truncate(most);
    let (baseline, this) = if words.played.is_of_two_files() {
        (&any.scenario_a, "the second file")
    } else {
        (&any.policy_a, "the policy of the row")
    };
    let mut text = format!(
        "\n{}",
        wrapped(&format!(
            "{} from chance, over all of these at once (exact McNemar test, 95 %). {told}, in percentage \
             points against `{baseline}`:",
            words.how_many()
        ))
    );
    let rows = clear.iter().map(|row| {
        vec![
            cut(&row.world_b, SHORT),
            cut(&row.policy_b, SHORT),
            cut(&row.outcome, SHORT),
            points(row.difference),
            points_range(row.low_all, row.high_all),
            count(row.n_ab),
            count(row.n_ba),
        ]
    });
    let heads =
        ["World", "Policy", "Outcome", "change", "95 %, all at once", "only without", "only with"];
    text.push_str(&plain(&heads, rows.collect(), &[3, 4, 5, 6]));
    text.push_str(&wrapped(&format!(
        "only without: trials that had the outcome under `{baseline}` and not under {this}; only with: the \
         reverse.{} Which became which: flips.csv.",
        saved(&clear)
    )));
    text + &words.examples_in_terminal()
}

/// A sentence on how many trials common random numbers saved.
fn saved(rows: &[&ComparisonRow]) -> String {
    let ratios = rows.iter().filter_map(|row| row.variance_ratio).filter(|ratio| ratio.is_finite());
    let least = ratios.clone().fold(f64::INFINITY, f64::min);
    let most = ratios.fold(0.0, f64::max);
    let range = match (number(least), number(most)) {
        _ if least > most => return String::new(),
        (one, other) if one == other => format!("×{one}"),
        (one, other) => format!("×{one} to ×{other}"),
    };
    format!(" Trials saved by common random numbers: {range}.")
}

/// The state, measures and utilities whose difference stands out, the largest first.
fn ends_that_stand_out(all: &[EndDifferenceRow]) -> String {
    let mut clear: Vec<&EndDifferenceRow> = all.iter().filter(|row| row.stands_out()).collect();
    let unknown = all.iter().filter(|row| row.low.is_none()).count() as u64;
    let unknown = match unknown {
        0 => String::new(),
        some => format!(
            " Of {} too few trials differ to tell (below {}, in something without a range).",
            counted(some, "difference"),
            PairedMean::ENOUGH
        ),
    };
    if clear.is_empty() {
        return if unknown.is_empty() { unknown } else { format!("\n{}", wrapped(unknown.trim())) };
    }
    let size = EndDifferenceRow::relative_size;
    clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let rows = clear.iter().take(ENDS).map(|row| {
        let mean = |value: Option<f64>| value.map_or(NOTHING.to_owned(), number);
        let known = row.low_all.zip(row.high_all);
        vec![
            cut(&row.world_b, SHORT),
            cut(&row.policy_b, SHORT),
            format!("{} {}", row.kind.word(), cut(&row.measure, SHORT)),
            mean(row.mean_a),
            mean(row.mean_b),
            known.map_or(NOTHING.to_owned(), |(low, high)| number_range(low, high)),
        ]
    });
    let heads =
        ["World", "Policy", "mean at the end", "without", "with", "change, 95 % all at once"];
    let verb = if clear.len() == 1 { "stands" } else { "stand" };
    let most = match clear.len() {
        1 => "It is".to_owned(),
        some if some > ENDS => format!("The {ENDS} largest, by the share of the range"),
        _ => "They are, by the share of the range".to_owned(),
    };
    let told = format!(
        "{} of {} of means (state, measures, utilities) {verb} out, over all of these at once.{unknown} \
         {most} (comparison_measures.csv):",
        count(clear.len() as u64),
        counted(all.len() as u64, "difference"),
    );
    format!("\n{}{}", wrapped(&told), plain(&heads, rows.collect(), &[3, 4, 5]))
}

/// The regret of each policy over draws of the assumptions, by one goal in one world.
fn regretted(rows: &[&DrawnRegretRow], words: &CompareWords<'_>) -> String {
    let (first, unit) = (rows[0], words.unit(&rows[0].goal));
    let shown = rows.iter().map(|row| {
        let (low, high) = (row.cross_fitted_low, row.cross_fitted_high);
        vec![
            cut(&row.policy, NAME),
            unit.short(row.mean_regret),
            unit.short_signed(row.cross_fitted),
            unit.short_range(low, high),
            unit.short(row.p90_regret),
        ]
    });
    let told = format!(
        "Regret by the goal `{}` in world {}, over {} of the assumptions, each played {} times: by how much a \
         policy falls short of the best one of a draw{}. The plain mean is too high, since the policy that \
         looks best in a draw is partly the luckiest; the cross-fitted one (the best chosen by half of the \
         repeats and valued by the other half) is too low; on average the truth lies between.",
        first.goal,
        first.world,
        counted(first.draws, "draw"),
        count(first.repeats),
        unit.in_points()
    );
    let heads = ["Policy", "mean, plain", "cross-fitted", "its 95 %", "90th percentile, plain"];
    format!("\n{}{}", wrapped(&told), plain(&heads, shown.collect(), &[1, 2, 3, 4]))
}

/// How well each policy reaches a goal over the worlds.
fn weighed(rows: &[&RobustnessRow], words: &CompareWords<'_>) -> String {
    let unit = words.unit(&rows[0].goal);
    let shown = rows.iter().map(|row| {
        let mut cells = vec![
            cut(&row.policy, SHORT),
            marked(unit.value(row.maximin), row.maximin_standing),
            unit.value_range(row.maximin_low, row.maximin_high),
            cut(&row.worst_world, SHORT),
            marked(unit.short(row.max_regret), row.max_regret_standing),
            marked(unit.value(row.mean), row.mean_standing),
        ];
        cells.extend(row.share_above.map(percent));
        cells
    });
    let mut headings = vec![
        "Policy",
        "lowest over worlds",
        "its 95 %",
        "in world",
        "falls short by up to",
        "mean",
    ];
    let above = words.question.threshold;
    let above = above.map(|value| format!("worlds at {} or more", unit.value(value)));
    headings.extend(above.as_deref());
    let told = format!(
        "Goal `{}` over {}: {}. “Falls short”: of the best policy of a world{}. * best: better than every \
         other policy, over all pairs at once (95 %); tied: not distinguishable from the best.",
        rows[0].goal,
        counted(words.question.worlds.len() as u64, "world"),
        words.goal(&rows[0].goal),
        unit.in_points()
    );
    format!("\n{}{}", wrapped(&told), plain(&headings, shown.collect(), &[1, 2, 4, 5, 6]))
}
