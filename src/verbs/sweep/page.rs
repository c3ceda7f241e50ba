//! The page of `sweep`: at what value it tips.

use super::charts::{CHARTS, FIRST};
use super::question::SweepQuestion;
use super::tables::{CrossingRow, SweepTables};
use super::words::SweepWords;
use crate::format::{counted, number, number_range, percent, percent_range, points, points_range};
use crate::report::phrases::capital;
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

impl Draw for SweepQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<SweepTables>)] = CHARTS;
    const FIRST: FirstDrawer<SweepTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &SweepTables) -> VerbPage {
        let titles = Titles::for_page(&scene.played);
        let words = SweepWords { played: &scene.played, tables, titles };
        let mut sentences = words.sentences().into_iter();
        let lead = sentences.next().unwrap_or_default();
        let mut points = vec![words.what_was_swept(&self.vary)];
        points.extend(sentences);
        let trials = counted(scene.played.trials, "trial");
        let mut tables = Vec::new();
        tables.extend(crossings(&words));
        tables.extend(differences(&words, scene));
        tables.push(shares(&words, scene));
        VerbPage {
            question: "At what value does it tip?".to_owned(),
            lead,
            points,
            rests_on: None,
            tables,
            notes: vec![
                "Each value was put in place of the file’s, and the same trials were played with it, with the \
                 same random numbers. Differences are those of a policy to the first one at the same value, \
                 trial by trial, in percentage points. “Stands out”, and intervals of differences: over all \
                 swept values of an outcome and two policies at once."
                    .to_owned(),
            ],
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
        }
    }
}

/// A number of what is swept.
fn value_cells(values: &[&super::value::SweepValue]) -> Vec<PageCell> {
    let cell = |value: &&super::value::SweepValue| match value.number() {
        Some(number) => PageCell::number(value.shown(), number),
        None => PageCell::code(value.shown()),
    };
    values.iter().map(cell).collect()
}

/// The headings of the values.
fn value_heads(words: &SweepWords<'_>) -> Vec<String> {
    let numeric = |at: usize| {
        words
            .tables
            .sweep
            .iter()
            .all(|row| row.values().get(at).is_some_and(|v| v.number().is_some()))
    };
    let head = |(at, name): (usize, String)| {
        let mark = if numeric(at) { "#" } else { "" };
        format!("{mark}{}", capital(&name))
    };
    words.swept().into_iter().enumerate().map(head).collect()
}

fn table(caption: &str, heads: &[String]) -> PageTable {
    PageTable::new(caption, &heads.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Where policies cross.
fn crossings(words: &SweepWords<'_>) -> Option<PageTable> {
    let rows = words.tables.crossings.as_ref()?;
    let heads = [
        "Outcome",
        "Policy",
        "World",
        "#Crosses at",
        "#95 %",
        "Found",
        "More frequent below",
        "More frequent above",
    ];
    let mut table = PageTable::new("Where each policy overtakes the first", &heads);
    for row in rows {
        let policy = |name: &Option<String>| match name {
            Some(name) => PageCell::text(words.policy(name)),
            None => PageCell::text("not told"),
        };
        let shown = table.row(vec![
            PageCell::text(words.titles.outcome(&row.outcome)),
            PageCell::text(words.policy(&row.policy_b)),
            PageCell::text(words.titles.world(&row.world)),
            row.value
                .map_or_else(PageCell::nothing, |value| PageCell::number(number(value), value)),
            interval(row),
            PageCell::text(row.found.to_string()),
            policy(&row.more_at_low),
            policy(&row.more_at_high),
        ]);
        shown.outcome = Some(row.outcome.clone());
        shown.strong =
            row.value.is_some() && row.more_at_low.is_some() && row.more_at_high.is_some();
    }
    Some(table)
}

fn interval(row: &CrossingRow) -> PageCell {
    match (row.low, row.high) {
        (Some(low), Some(high)) => PageCell::number(number_range(low, high), low),
        _ => PageCell::nothing(),
    }
}

/// The differences of the outcomes that are told of.
fn differences(words: &SweepWords<'_>, scene: &Scene<'_>) -> Option<PageTable> {
    let rows = words.tables.differences.as_ref()?;
    let told = words.outcomes();
    let mut heads = value_heads(words);
    heads.extend(
        ["Outcome", "Policy", "World", "#Change, points", "#95 %, all at once", "Stands out"]
            .map(str::to_owned),
    );
    let mut table = table("Differences from the first policy, value by value", &heads);
    for row in rows.iter().filter(|row| told.contains(&row.outcome)) {
        let mut cells = value_cells(&row.values());
        cells.extend([
            PageCell::outcome(scene, &row.outcome),
            PageCell::text(words.policy(&row.policy_b)),
            PageCell::text(words.titles.world(&row.world)),
            PageCell::number(points(row.difference), row.difference),
            PageCell::number(points_range(row.low_all, row.high_all), row.low_all),
            PageCell::text(if row.stands_out() { "yes" } else { "" }),
        ]);
        let shown = table.row(cells);
        shown.outcome = Some(row.outcome.clone());
        shown.strong = row.stands_out();
    }
    Some(table)
}

/// The shares of the outcomes that are told of.
fn shares(words: &SweepWords<'_>, scene: &Scene<'_>) -> PageTable {
    let told = words.outcomes();
    let mut heads = value_heads(words);
    heads.extend(["Outcome", "Policy", "World", "#Share", "#95 %"].map(str::to_owned));
    let mut table = table("Shares of trials, value by value", &heads);
    for row in words.tables.sweep.iter().filter(|row| told.contains(&row.outcome)) {
        let mut cells = value_cells(&row.values());
        cells.extend([
            PageCell::outcome(scene, &row.outcome),
            PageCell::text(words.policy(&row.policy)),
            PageCell::text(words.titles.world(&row.world)),
            PageCell::number(percent(row.share), row.share),
            PageCell::number(percent_range(row.mc_low, row.mc_high), row.mc_low),
        ]);
        table.row(cells).outcome = Some(row.outcome.clone());
    }
    table
}
