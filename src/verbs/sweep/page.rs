//! The page of `sweep`: at what value it tips.

use super::charts::{CHARTS, FIRST};
use super::found::CrossingFound;
use super::measure_page::measure_tables;
use super::question::SweepQuestion;
use super::tables::{CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
use super::value::SweepValue;
use super::words::SweepWords;
use crate::format::{counted, number, number_range, percent, percent_range, points, points_range};
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

/// How many findings stand beside the headline, with it.
const SENTENCES: usize = 5;
/// How many rows a table of the page has at most; the files have all.
const ROWS: usize = 240;

impl Draw for SweepQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<SweepTables>)] = CHARTS;
    const FIRST: FirstDrawer<SweepTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &SweepTables) -> VerbPage {
        let titles = Titles::for_page(&scene.played);
        let words = SweepWords { played: &scene.played, tables, titles };
        let mut sentences = words.sentences(SENTENCES).into_iter();
        let lead = sentences.next().unwrap_or_default();
        let mut points = vec![words.what_was_swept(&self.vary)];
        points.extend(sentences);
        let trials = counted(scene.played.trials, "trial");
        let mut tables = Vec::new();
        if !words.outcomes().is_empty() {
            tables.extend(crossings(&words));
            tables.push(shares(&words, scene));
            tables.extend(differences(&words, scene));
        }
        tables.extend(measure_tables(&words));
        VerbPage {
            question: "At what value does it tip?".to_owned(),
            lead,
            points,
            rests_on: None,
            tables,
            notes: notes(&words),
            trials: format!("{trials} of each combination, on common random numbers"),
            times: " for each combination".to_owned(),
            certainty: "Every value was played with the same random numbers, so that a difference between \
                        policies is the policy’s and not the dice’s. A crossing is the stretch of values \
                        outside which it is told which policy has the outcome more often: a band around the \
                        difference that holds at all swept values at once (95 %, Bonferroni) excludes zero there. \
                        Nothing is supposed of the difference between two swept values but that it has no \
                        jumps, so more values make a stretch shorter. Each outcome and pair of policies is \
                        judged by itself.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

/// How to read the tables.
fn notes(words: &SweepWords<'_>) -> Vec<String> {
    let mut notes = vec![
                "Each value was put in place of the file’s, and the same trials were played with it, with the \
                 same random numbers. Differences are those of a policy to the first one at the same value, \
                 trial by trial, in percentage points. “Stands out”, and intervals of differences: over all \
                 swept values of an outcome and two policies at once. All outcomes and values are in \
                 sweep.csv. “What nobody knows” lists the scenario without the swept values."
                    .to_owned(),
    ];
    if !words.played.measures.is_empty() {
        notes.push(
            "Measures and variables: the mean at the end of the trials; of a flag, or of a value of a label, \
             the share of trials. Intervals are those of each mean by itself, from the limited number of \
             trials alone; where a flag passes one half, all swept values are judged together. All numbers, \
             and differences between policies, are in sweep_measures.csv and the tables beside it."
                .to_owned(),
        );
    }
    notes
}

/// The columns that a table of this answer needs: that of worlds only where there are several.
struct SweepColumns<'a> {
    words: &'a SweepWords<'a>,
    has_worlds: bool,
}

impl<'a> SweepColumns<'a> {
    fn of(words: &'a SweepWords<'a>) -> Self {
        SweepColumns { words, has_worlds: words.played.worlds.len() > 1 }
    }

    /// The headings of the values, the outcome and the world, then further ones.
    fn heads(&self, more: &[String]) -> Vec<String> {
        let swept = self.words.axes().into_iter().enumerate();
        // The first column heads its row, so its numbers stand on the left.
        let mut heads: Vec<String> =
            swept.map(|(at, name)| if at > 0 { format!("#{name}") } else { name }).collect();
        heads.push("Outcome".to_owned());
        heads.extend(self.has_worlds.then(|| "World".to_owned()));
        heads.extend_from_slice(more);
        heads
    }

    /// The cells of the values, the outcome and the world.
    fn cells(
        &self,
        scene: &Scene<'_>,
        values: &[&SweepValue],
        outcome: &str,
        world: &str,
    ) -> Vec<PageCell> {
        let cell = |value: &&SweepValue| match value.number() {
            Some(number) => PageCell::number(value.shown(), number),
            None => PageCell::code(value.shown()),
        };
        let mut cells: Vec<PageCell> = values.iter().map(cell).collect();
        cells.push(PageCell::outcome(scene, outcome));
        cells.extend(self.has_worlds.then(|| PageCell::text(self.words.titles.world(world))));
        cells
    }

    fn table(&self, caption: &str, heads: &[String]) -> PageTable {
        PageTable::new(caption, &heads.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Where policies cross.
fn crossings(words: &SweepWords<'_>) -> Option<PageTable> {
    let rows = words.tables.crossings.as_ref()?;
    let has_worlds = words.played.worlds.len() > 1;
    let has_policies = words.others().len() > 1;
    let mut heads = vec!["Outcome"];
    heads.extend(has_policies.then_some("Policy"));
    heads.extend(has_worlds.then_some("World"));
    heads.extend(["#Crosses at", "#95 %", "Found", "More frequent below", "More frequent above"]);
    let mut table = PageTable::new("Where a policy overtakes the first", &heads);
    for row in rows {
        let policy = |name: &Option<String>| match name {
            Some(name) => PageCell::text(words.policy(name)),
            None => PageCell::text("not told"),
        };
        let mut cells = vec![PageCell::text(words.titles.outcome(&row.outcome))];
        cells.extend(has_policies.then(|| PageCell::text(words.policy(&row.policy_b))));
        cells.extend(has_worlds.then(|| PageCell::text(words.titles.world(&row.world))));
        let value = |value| PageCell::number(number(value), value);
        cells.extend([
            row.value.map_or_else(PageCell::nothing, value),
            interval(row),
            PageCell::text(row.found.to_string()),
            policy(&row.more_at_low),
            policy(&row.more_at_high),
        ]);
        let shown = table.row(cells);
        shown.outcome = Some(row.outcome.clone());
        shown.strong = row.found == CrossingFound::Crossing;
    }
    Some(table)
}

fn interval(row: &CrossingRow) -> PageCell {
    match (row.low, row.high) {
        (Some(low), Some(high)) => PageCell::number(number_range(low, high), low),
        _ => PageCell::nothing(),
    }
}

/// The outcomes that are told of, value by value: the share under each policy and, of one policy, its
/// interval or, of two, their difference.
fn shares(words: &SweepWords<'_>, scene: &Scene<'_>) -> PageTable {
    let columns = SweepColumns::of(words);
    let policies = words.played.policies;
    let mut more: Vec<String> =
        policies.iter().map(|policy| format!("#{}", words.policy(policy))).collect();
    let further: &[&str] = match policies {
        [_] => &["#95 %"],
        [_, _] => &["#Change, points", "#95 %, all values", "Stands out"],
        _ => &[],
    };
    more.extend(further.iter().map(|&head| head.to_owned()));
    let mut table = columns.table("Shares of trials, value by value", &columns.heads(&more));
    for outcome in words.outcomes() {
        for world in words.played.worlds {
            let under: Vec<_> =
                policies.iter().map(|policy| words.shares(world, policy, &outcome)).collect();
            let differences = match policies {
                [_, other] => words.differences(world, other, &outcome),
                _ => Vec::new(),
            };
            for (at, row) in under.first().into_iter().flatten().enumerate() {
                if table.rows.len() >= ROWS {
                    return table;
                }
                let mut cells = columns.cells(scene, &row.values(), &outcome, world);
                let share = |row: &SweepShareRow| PageCell::number(percent(row.share), row.share);
                cells.extend(under.iter().map(|rows| share(rows[at])));
                let mut is_clear = false;
                if policies.len() == 1 {
                    let range = percent_range(row.mc_low, row.mc_high);
                    cells.push(PageCell::number(range, row.mc_low));
                } else if policies.len() == 2 {
                    is_clear = differences.get(at).is_some_and(|row| row.stands_out());
                    cells.extend(change(differences.get(at).copied()));
                }
                let shown = table.row(cells);
                shown.outcome = Some(outcome.clone());
                shown.strong = is_clear;
            }
        }
    }
    table
}

/// The cells of a difference: how large it is, its interval, and whether it stands out.
fn change(row: Option<&SweepDifferenceRow>) -> [PageCell; 3] {
    let Some(row) = row else { return [(); 3].map(|()| PageCell::nothing()) };
    [
        PageCell::number(points(row.difference), row.difference),
        PageCell::number(points_range(row.low_all, row.high_all), row.low_all),
        PageCell::text(if row.stands_out() { "yes" } else { "" }),
    ]
}

/// The differences of each of several policies to the first one, for the outcomes that are told of.
fn differences(words: &SweepWords<'_>, scene: &Scene<'_>) -> Option<PageTable> {
    if words.others().len() < 2 {
        return None;
    }
    let columns = SweepColumns::of(words);
    let more = ["Policy", "#Change, points", "#95 %, all values", "Stands out"].map(str::to_owned);
    let mut table = columns.table("Differences from the first policy", &columns.heads(&more));
    let told = words.outcomes();
    let rows = words.tables.differences.iter().flatten();
    for row in rows.filter(|row| told.contains(&row.outcome)).take(ROWS) {
        let mut cells = columns.cells(scene, &row.values(), &row.outcome, &row.world);
        cells.push(PageCell::text(words.policy(&row.policy_b)));
        cells.extend(change(Some(row)));
        let shown = table.row(cells);
        shown.outcome = Some(row.outcome.clone());
        shown.strong = row.stands_out();
    }
    Some(table)
}
