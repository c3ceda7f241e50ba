//! The page of `discover`: the conditions under which an outcome is frequent.

use super::charts::{CHARTS, FIRST, input_name, page_words};
use super::found::BoxPart;
use super::question::DiscoverQuestion;
use super::tables::{DiscoverTables, PeelingRow};
use super::words::DiscoverWords;
use crate::format::{count, counted, number, percent, percent_range};
use crate::report::phrases::capital;
use crate::report::words::{paragraph, title};
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};

impl Draw for DiscoverQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<DiscoverTables>)] = CHARTS;
    const FIRST: FirstDrawer<DiscoverTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &DiscoverTables) -> VerbPage {
        let words = page_words(scene, tables);
        let mut shown = Vec::new();
        if words.told().next().is_some() {
            shown.push(conditions(scene, &words));
        }
        shown.push(figures(scene, &words, &self.outcome));
        shown.push(way(&words));
        VerbPage {
            question: format!("Under which conditions does “{}” happen?", words.outcome),
            lead: words.headline(),
            points: [words.points(), vec![format!("{}.", words.of_which_trials())]].concat(),
            rests_on: None,
            tables: shown,
            notes: vec![
                "“By chance” (quasi-p): how likely as many trials with the outcome would be if the limit made \
                 no difference, the other conditions being kept; above 5 % it may as well be left out. \
                 Density: the share of the trials with the conditions that have the outcome. Coverage: the \
                 share of the trials with the outcome that meet the conditions. Mass: the share of all \
                 trials that meet them. Conditions on several inputs hold together."
                    .to_owned(),
            ],
            trials: counted(scene.played.trials, "trial"),
            times: String::new(),
            certainty: "Conditions were looked for with the patient rule induction method (PRIM), which peels \
                        off thin slices of the assumptions as long as the outcome becomes more frequent in \
                        the rest. What a search finds looks better on the trials that were searched than it \
                        is; so the even trials were searched, and all figures are of the odd ones. Of the \
                        steps on the way, the last is shown in which at least 80 % of the trials have the \
                        outcome, else that with the most. Intervals are at 95 %, over all of these steps \
                        at once (Clopper–Pearson, Bonferroni), and conditions are only claimed where the \
                        interval lies above the share in all trials. They describe what goes with the \
                        outcome in this scenario: an assumption that has no part in them may still matter.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

/// The conditions of all boxes.
fn conditions(scene: &Scene<'_>, words: &DiscoverWords<'_>) -> PageTable {
    let heads = [
        "Set",
        "Input",
        "Condition",
        "#Lowest",
        "#Highest",
        "#By chance",
        "#Density, with those above",
        "#Coverage, with those above",
    ];
    let mut table = PageTable::new("The conditions, the surest first", &heads);
    for found in words.told() {
        for own in found.sorted() {
            let (row, worth) = (own.row, own.worth);
            let share = |value: f64| PageCell::number(percent(value), value);
            let number = |value: Option<f64>| {
                value.map_or_else(PageCell::nothing, |value| PageCell::number(number(value), value))
            };
            let note = about(scene, &row.input);
            table.row(vec![
                PageCell::number(count(found.number), found.number as f64),
                PageCell::text(input_name(scene, &row.input)).note(note),
                PageCell::text(title(&own.said())),
                number(row.lowest),
                number(row.highest),
                PageCell::number(own.by_chance(), worth.qp),
                worth.density.map_or_else(PageCell::nothing, share),
                share(worth.coverage),
            ]);
        }
    }
    table
}

/// What the scenario says an assumption is about.
fn about(scene: &Scene<'_>, column: &str) -> String {
    let name = column.strip_prefix("assumptions.").unwrap_or_default();
    let mut all =
        scene.played.file.document.scenario().into_iter().flat_map(|own| &own.assumptions);
    let own = all.find(|own| own.name.value == name);
    own.and_then(|own| own.notes.about.as_deref()).map(paragraph).unwrap_or_default()
}

/// How dense each box is, and what it covers.
fn figures(scene: &Scene<'_>, words: &DiscoverWords<'_>, outcome: &str) -> PageTable {
    let heads = ["Where", "Outcome", "#Density", "#95 %", "#Coverage", "#95 %", "#Mass", "#Trials"];
    let mut table = PageTable::new("How frequent the outcome is", &heads);
    let mut add = |what: String, part: &BoxPart<'_>| {
        let (density, coverage, mass) = (part.density(), part.coverage(), part.mass());
        let range = |low: f64, high: f64| PageCell::number(percent_range(low, high), low);
        table.row(vec![
            PageCell::text(what),
            PageCell::outcome(scene, outcome),
            PageCell::number(percent(density.value), density.value),
            range(density.known.low, density.known.high),
            PageCell::number(percent(coverage.value), coverage.value),
            match part.conditions.as_slice() {
                // All trials with the outcome are among all trials, without any error.
                [] => PageCell::nothing(),
                _ => range(coverage.known.low, coverage.known.high),
            },
            PageCell::number(percent(mass.value), mass.value),
            PageCell::number(count(part.inside.n), part.inside.n as f64),
        ]);
    };
    for found in words.told() {
        let (whole, surest) = (found.whole(), found.surest());
        add(capital(&words.conditions(&surest)), &surest);
        if surest.conditions.len() < whole.conditions.len() {
            add(format!("All {} limits", count(whole.conditions.len() as u64)), &whole);
        }
    }
    if let Some(first) = words.boxes.first() {
        add("In all trials".to_owned(), &first.nothing());
    }
    table
}

/// All steps on the way to each box.
fn way(words: &DiscoverWords<'_>) -> PageTable {
    let heads = [
        "Set",
        "#Step",
        "#Coverage",
        "#Density",
        "#Mass",
        "#Trials",
        "#Restricted inputs",
        "Shown",
    ];
    let mut table = PageTable::new("The way to the conditions: peeling and pasting", &heads);
    for found in &words.boxes {
        for (at, step) in found.steps.iter().enumerate() {
            let is_shown = found.is_told() && at == found.shown;
            let row = table.row(step_cells(step, is_shown));
            row.strong = is_shown;
        }
    }
    table
}

fn step_cells(step: &PeelingRow, is_shown: bool) -> Vec<PageCell> {
    let whole = |value: u64| PageCell::number(count(value), value as f64);
    let share = |value: f64| PageCell::number(percent(value), value);
    vec![
        whole(step.r#box),
        whole(step.id),
        share(step.coverage),
        step.density.map_or_else(PageCell::nothing, share),
        share(step.mass),
        whole(step.n),
        whole(step.res_dim),
        PageCell::text(if is_shown { "yes" } else { "" }),
    ]
}
