//! The charts of `discover`: the conditions, and what they cover against how dense they are.

use super::found::{BoxPart, BoxShare, FoundBox};
use super::tables::{BoxRow, DiscoverTables};
use super::words::DiscoverWords;
use crate::chart::{
    AllowedRange, ChartError, OutcomeName, RangeChart, RangeRow, TradeoffChart, TradeoffPoint,
};
use crate::format::{counted, of_hundred, percent, whole_percent};
use crate::formula::Type;
use crate::report::phrases::capital;
use crate::report::words::spaced;
use crate::report::{
    ChartKind, FirstBar, FirstChart, FirstMeasure, Picture, Scene, subject_in_words,
};
use crate::stats::prim::PrimOptions;
use crate::verbs::report::{ChartDrawer, FirstDrawer};
use crate::verbs::titles::Titles;

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<DiscoverTables> = first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<DiscoverTables>)] =
    &[(ChartKind::Ranges, ranges), (ChartKind::Tradeoff, tradeoffs)];

/// The words of an answer for the page; the outcome is that of the tables.
pub(super) fn page_words<'a>(
    scene: &'a Scene<'a>,
    tables: &'a DiscoverTables,
) -> DiscoverWords<'a> {
    let titles = Titles::for_page(&scene.played);
    let outcome = tables.peeling.first().map_or("", |row| row.outcome.as_str());
    DiscoverWords::new(&titles, tables, outcome, |column| input_name(scene, column))
}

/// What an input is called on the page: the name of an assumption in words, and what anything else is
/// about.
pub(super) fn input_name(scene: &Scene<'_>, column: &str) -> String {
    match (column.strip_prefix("assumptions."), scene.played.file.document.scenario()) {
        (Some(name), _) => spaced(name),
        (None, Some(scenario)) => subject_in_words(scenario, column),
        (None, None) => spaced(column),
    }
}

/// The outcome with its colour.
fn outcome<'s>(scene: &'s Scene<'_>, tables: &DiscoverTables) -> Option<&'s OutcomeName> {
    scene.outcome(&tables.peeling.first()?.outcome)
}

/// What the figures are of, for a subtitle.
fn held_out(scene: &Scene<'_>, found: &FoundBox<'_>) -> String {
    format!(
        "{} that took no part in the search, of {}",
        counted(found.steps[0].n, "trial"),
        scene.under()
    )
}

/// A chart of the conditions of each box that is told from chance.
fn ranges(scene: &Scene<'_>, tables: &DiscoverTables) -> Result<Vec<Picture>, ChartError> {
    let words = page_words(scene, tables);
    let mut pictures = Vec::new();
    let Some(outcome) = outcome(scene, tables) else { return Ok(pictures) };
    for found in words.told() {
        let row = |row: &BoxRow| RangeRow {
            label: capital(&input_name(scene, &row.input)),
            allowed: allowed(scene, row),
            condition: row.whole().trim_start_matches("is ").to_owned(),
            by_chance: row.by_chance(),
        };
        let chart = RangeChart {
            title: format!(
                "{} in {} where these conditions hold",
                outcome.label,
                of_hundred(found.whole().density().value, found.whole().inside.n)
            ),
            subtitle: format!(
                "{}; among {} it is {}",
                held_out(scene, found),
                if found.number == 1 { "all" } else { "those outside the conditions before" },
                percent(found.base().value)
            ),
            source: scene.source(),
            outcome: outcome.clone(),
            rows: rows(found).into_iter().map(row).collect(),
        };
        pictures.push(Picture::of(format!("ranges-{}", found.number), ChartKind::Ranges, &chart)?);
    }
    Ok(pictures)
}

/// The restricted inputs, the one with the surest limit first.
fn rows<'r>(found: &FoundBox<'r>) -> Vec<&'r BoxRow> {
    let mut rows: Vec<&BoxRow> = Vec::new();
    for condition in found.sorted() {
        if !rows.iter().any(|row| row.input == condition.row.input) {
            rows.push(condition.row);
        }
    }
    rows
}

/// What a condition allows, within what occurs.
fn allowed(scene: &Scene<'_>, row: &BoxRow) -> AllowedRange {
    if let (Some(least), Some(most)) = (row.lowest, row.highest) {
        let (low, high) = (row.min.unwrap_or(least), row.max.unwrap_or(most));
        return AllowedRange::Numbers { whole: (least, most), low, high };
    }
    let model = scene.model();
    let info = model.assumptions.iter().find(|info| info.column == row.input);
    let labels = match info.map(|info| &info.ty) {
        Some(Type::Label(labels)) => {
            labels.iter().map(|label| model.label_text(*label).to_owned()).collect()
        }
        Some(Type::Flag | Type::Number | Type::Unknown) | None => {
            vec!["false".to_owned(), "true".to_owned()]
        }
    };
    let among: Vec<&str> = row.among.as_deref().unwrap_or_default().split(", ").collect();
    let part = |label: String| {
        let is_allowed = among.contains(&label.as_str());
        (label, is_allowed)
    };
    AllowedRange::Labels(labels.into_iter().map(part).collect())
}

/// A chart of the way to each box that was looked for.
fn tradeoffs(scene: &Scene<'_>, tables: &DiscoverTables) -> Result<Vec<Picture>, ChartError> {
    let words = page_words(scene, tables);
    let mut pictures = Vec::new();
    let Some(outcome) = outcome(scene, tables) else { return Ok(pictures) };
    for found in &words.boxes {
        let points = found.steps.iter().filter_map(|step| {
            Some(TradeoffPoint {
                coverage: step.coverage,
                density: step.density?,
                trials: step.n,
                restricted: step.res_dim,
            })
        });
        let is_told = found.is_told();
        let empty = |step: &&super::tables::PeelingRow| step.density.is_none();
        let before = found.steps[..found.shown].iter().filter(empty).count();
        let chart = TradeoffChart {
            title: match is_told {
                true => covers(found, &outcome.label),
                false => format!("No conditions make {} clearly more frequent", outcome.label),
            },
            subtitle: held_out(scene, found),
            source: scene.source(),
            outcome: outcome.clone(),
            points: points.collect(),
            shown: is_told.then(|| found.shown - before),
            dense: PrimOptions::default().threshold,
        };
        let name = format!("tradeoff-{}", found.number);
        pictures.push(Picture::of(name, ChartKind::Tradeoff, &chart)?);
    }
    Ok(pictures)
}

/// How much the box covers, and its surest limits alone, where these are not all.
fn covers(found: &FoundBox<'_>, outcome: &str) -> String {
    let (whole, surest) = (found.whole(), found.surest());
    let share = |part: &BoxPart<'_>| whole_percent(part.coverage().value);
    let all = format!("The conditions cover {} of all trials with {outcome}", share(&whole));
    match surest.conditions.len() < whole.conditions.len() {
        true => format!("{all}, the surest of them alone {}", share(&surest)),
        false => all,
    }
}

/// How frequent the outcome is where the surest conditions hold, and in all trials.
fn first(scene: &Scene<'_>, tables: &DiscoverTables) -> Option<FirstChart> {
    let words = page_words(scene, tables);
    let outcome = outcome(scene, tables)?;
    let bar = |label: String, share: BoxShare| FirstBar {
        label: Some(label),
        place: None,
        outcome: outcome.clone(),
        value: share.value,
        interval: (share.known.low, share.known.high),
        is_clear: true,
    };
    let mut bars = Vec::new();
    for found in words.told() {
        let part = found.surest();
        bars.push(bar(format!("Where {}", words.conditions(&part)), part.density()));
    }
    let base = words.boxes.first()?.base();
    bars.push(bar("In all trials".to_owned(), base));
    Some(FirstChart {
        heading: match bars.len() {
            1 => "No conditions found".to_owned(),
            _ => "How frequent it is where the conditions hold".to_owned(),
        },
        note: format!(
            "The share of trials; lines: 95 % intervals, over all steps on the way to the conditions. {}.",
            words.of_which_trials()
        ),
        measure: FirstMeasure::Shares,
        bars,
    })
}
