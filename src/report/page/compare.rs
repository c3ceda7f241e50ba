//! What policies and worlds change.

use super::asked::{policy_title, world_title};
use super::effects::{Effect, effects, firmest};
use super::plain::{formula, listed, quoted, title};
use super::render::PageError;
use super::sections::outcome_title;
use super::table::{Cell, Table};
use super::view::Answer;
use super::words::{count, counted, figure, points, points_range, share};
use super::{Told, page};
use crate::model::KeyChange;
use crate::report::{CellResult, Comparison, DrawnRegret, Robust};
use crate::scenario::Scenario;

/// How many further effects the words name.
const NAMED: usize = 3;
/// How many effects that turn with the world the words name.
const TURNING: usize = 2;

/// What a comparison has to tell.
#[derive(Clone, Copy, Debug)]
pub struct ComparePage<'a> {
    /// What every page is told.
    pub told: Told<'a>,
    /// What came out.
    pub comparison: &'a Comparison,
    /// What each goal makes of the policies.
    pub robust: &'a [Robust],
    /// Their regret over draws of the assumptions.
    pub drawn: &'a [DrawnRegret],
    /// In what two files differ, where there are two.
    pub changes: Option<&'a [KeyChange]>,
}

/// The page of a comparison.
///
/// # Errors
///
/// A template that cannot be filled.
pub fn compare_page(of: &ComparePage<'_>) -> Result<String, PageError> {
    let scenario = of.told.document.scenario().ok_or(PageError::NoScenario)?;
    let named = Named { scenario, of };
    let all = effects(of.comparison, named.choices());
    let question = match (of.changes, of.comparison.pairs.is_empty()) {
        (Some(_), _) => "What does the second file change?",
        (None, true) => "How might it end, world by world?",
        (None, false) => "What would each policy change?",
    };
    let mut tables = Vec::new();
    tables.extend(of.changes.map(|changes| changed(&named, changes)));
    tables.push(shares(&named));
    if !of.comparison.pairs.is_empty() {
        tables.push(differences(&named));
        tables.extend(ends(&named));
    }
    tables.extend(of.robust.iter().map(|robust| weighed(&named, robust)));
    tables.extend(of.drawn.iter().map(|drawn| regretted(&named, drawn)));
    let answer = Answer {
        lead: lead(&named, &all),
        points: points_of(&named, &all),
        tables,
        notes: notes(of),
    };
    page(&of.told, question, answer, None)
}

/// A comparison with the names of its parts.
struct Named<'a> {
    scenario: &'a Scenario,
    of: &'a ComparePage<'a>,
}

impl Named<'_> {
    /// How many pairs there are in each world.
    fn choices(&self) -> usize {
        let pairs = self.of.comparison.pairs.len();
        pairs / self.of.told.manifest.worlds.len().max(1)
    }

    /// What a choice is called: a policy, or the second file under one.
    fn choice(&self, effect: &Effect<'_>) -> String {
        let pair = &self.of.comparison.pairs[effect.choice];
        self.cell(&self.of.comparison.cells[pair.b])
    }

    fn cell(&self, cell: &CellResult) -> String {
        let policy = policy_title(self.scenario, &cell.heading.policy);
        match self.of.changes {
            Some(_) if self.of.told.manifest.policies.len() == 1 => title(&cell.heading.scenario),
            Some(_) => format!("{}: {policy}", title(&cell.heading.scenario)),
            None => policy,
        }
    }

    fn world(&self, name: &str) -> String {
        world_title(self.scenario, name)
    }
}

fn lead(named: &Named<'_>, all: &[Effect<'_>]) -> String {
    if named.of.comparison.pairs.is_empty() {
        return over_worlds(named)
            .unwrap_or_else(|| "No outcome differs between the worlds.".to_owned());
    }
    match firmest(all).first() {
        Some(first) => {
            format!("{} {}{}.", quoted(&named.choice(first)), first.predicate(), first.over())
        }
        None => format!(
            "Nothing that was compared changes an outcome the same way in {} by more than chance allows.",
            if named.of.told.manifest.worlds.len() == 1 {
                "the world played"
            } else {
                "every world"
            }
        ),
    }
}

/// The outcome whose share differs most from world to world under the first
/// policy, in a sentence.
fn over_worlds(named: &Named<'_>) -> Option<String> {
    let cells = &named.of.comparison.cells;
    let first = cells.first()?;
    let same: Vec<&CellResult> = cells
        .iter()
        .filter(|cell| {
            cell.heading.policy == first.heading.policy
                && cell.heading.scenario == first.heading.scenario
        })
        .collect();
    if same.len() < 2 {
        return None;
    }
    let range = |index: usize| {
        let all = same.iter().map(|cell| cell.summary.share(index));
        (all.clone().fold(f64::INFINITY, f64::min), all.fold(0.0, f64::max))
    };
    let width = |index: usize| range(index).1 - range(index).0;
    let widest = (0..=first.model.outcomes.len()).max_by(|a, b| width(*a).total_cmp(&width(*b)))?;
    let (low, high) = range(widest);
    if share(low) == share(high) {
        return None;
    }
    let world = |value: f64| {
        let own = same.iter().find(|cell| cell.summary.share(widest) == value);
        own.map(|cell| quoted(&named.world(&cell.heading.world))).unwrap_or_default()
    };
    Some(format!(
        "The world matters most for {}: {} of trials in {}, {} in {}, under {}.",
        quoted(outcome_title(&first.model, widest)),
        share(low),
        world(low),
        share(high),
        world(high),
        quoted(&named.cell(first))
    ))
}

fn points_of(named: &Named<'_>, all: &[Effect<'_>]) -> Vec<String> {
    let of = named.of;
    let mut lines = Vec::new();
    let firm = firmest(all);
    let mut told: Vec<usize> = firm.iter().take(1).map(|effect| effect.choice).collect();
    let mut more = Vec::new();
    for effect in firm.iter().skip(1) {
        if more.len() < NAMED && (!told.contains(&effect.choice) || named.choices() == 1) {
            told.push(effect.choice);
            more.push(format!("{} {}", quoted(&named.choice(effect)), effect.predicate()));
        }
    }
    if !more.is_empty() {
        let whatever =
            if of.told.manifest.worlds.len() > 1 { "Also, whatever the world" } else { "Also" };
        lines.push(format!("{whatever}: {}.", listed(&more)));
    }
    let turning = all.iter().filter(|effect| effect.turns()).take(TURNING);
    let turning: Vec<String> = turning
        .map(|effect| {
            format!(
                "{} changes {} by {} points",
                quoted(&named.choice(effect)),
                quoted(effect.title),
                effect.from_to()
            )
        })
        .collect();
    if !turning.is_empty() {
        lines.push(format!("Which way it goes depends on the world: {}.", listed(&turning)));
    }
    if !of.comparison.pairs.is_empty() {
        lines.extend(over_worlds(named));
    }
    lines.extend(of.robust.iter().map(|robust| best(named, robust)));
    let differences = of.comparison.differences();
    if let Some(cell) = of.comparison.cells.first() {
        let clear = differences.iter().filter(|d| d.stands_out()).count() as u64;
        let trials = counted(cell.summary.trials, "trial");
        lines.push(if differences.is_empty() {
            format!("Each world was played {trials}, all on the same luck.").replace(" trials,", " times,")
        } else {
            format!(
                "{} of {} differences stand out from the noise of {trials} each, all on the same luck \
                 (95 % over all comparisons at once).",
                count(clear),
                count(differences.len() as u64)
            )
        });
    }
    lines
}

/// Which policy a goal prefers.
fn best(named: &Named<'_>, robust: &Robust) -> String {
    let policy = |index: usize| quoted(&policy_title(named.scenario, &robust.policies[index]));
    let by = |value: fn(&crate::stats::Robustness) -> f64| {
        let rows = robust.rows.iter().map(value).enumerate();
        // The first of equals.
        rows.rev().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index)
    };
    let (worst, regret) = (by(|row| row.worst), by(|row| -row.largest_regret));
    let kept = format!(
        "By the goal {}, {} does best in its worst world ({})",
        title(&robust.goal.to_string()),
        policy(worst),
        share(robust.rows[worst].worst)
    );
    let largest = super::words::size(robust.rows[regret].largest_regret);
    if worst == regret {
        format!("{kept} and leaves least to regret (at most {largest} points).")
    } else {
        format!("{kept}; {} leaves least to regret (at most {largest} points).", policy(regret))
    }
}

/// The share of every outcome in every cell.
fn shares(named: &Named<'_>) -> Table {
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
fn differences(named: &Named<'_>) -> Table {
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
    let mut table = Table::new("What each changes, the largest change first", &heads);
    let mut all = of.differences();
    all.sort_by(|a, b| b.paired.difference().abs().total_cmp(&a.paired.difference().abs()));
    for difference in all {
        let pair = &of.pairs[difference.pair];
        let (a, b) = (&of.cells[pair.a], &of.cells[pair.b]);
        let paired = difference.paired;
        let share = |value: Option<f64>| {
            value.map_or_else(Cell::nothing, |value| Cell::number(share(value), value))
        };
        let range =
            |of: crate::stats::Interval| Cell::number(points_range(of.low, of.high), of.low);
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
            Cell::text(if clear { "yes" } else { "" }),
        ]);
        row.outcome = Some(Comparison::outcome_id(&a.model, difference.outcome.0).to_owned());
        row.strong = clear;
    }
    table
}

/// State, measures and utilities at the end whose difference stands out.
fn ends(named: &Named<'_>) -> Option<Table> {
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
fn weighed(named: &Named<'_>, robust: &Robust) -> Table {
    let heads = [
        "Policy",
        "#In its worst world",
        "Which",
        "#Most to regret, points",
        "In world",
        "#Mean over worlds",
    ];
    let goal = title(&robust.goal.to_string());
    let mut table = Table::new(format!("By the goal {goal}; more is better"), &heads);
    for (policy, row) in robust.policies.iter().zip(&robust.rows) {
        let world = |index: usize| Cell::text(named.world(&robust.worlds[index]));
        table.row(vec![
            Cell::text(policy_title(named.scenario, policy)),
            Cell::number(share(row.worst), row.worst),
            world(row.worst_world),
            Cell::number(super::words::size(row.largest_regret), row.largest_regret),
            world(row.largest_regret_world),
            Cell::number(share(row.mean), row.mean),
        ]);
    }
    table
}

/// Regret over draws of the assumptions.
fn regretted(named: &Named<'_>, drawn: &DrawnRegret) -> Table {
    let caption = format!(
        "Regret by the goal {} over {} of the assumptions in “{}”, each played {} times",
        title(&drawn.goal.to_string()),
        counted(drawn.draws, "draw"),
        named.world(&drawn.world),
        count(drawn.repeats)
    );
    let mut table =
        Table::new(caption, &["Policy", "#Mean regret, points", "#Nine in ten draws below"]);
    for (policy, regret) in &drawn.rows {
        let size = |value: f64| Cell::number(super::words::size(value), value);
        table.row(vec![
            Cell::text(policy_title(named.scenario, policy)),
            size(regret.mean),
            size(regret.ninetieth),
        ]);
    }
    table
}

/// In what two files differ.
fn changed(named: &Named<'_>, changes: &[KeyChange]) -> Table {
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

fn notes(of: &ComparePage<'_>) -> Vec<String> {
    if of.comparison.pairs.is_empty() {
        return Vec::new();
    }
    let against = match (&of.told.manifest.baseline, &of.told.manifest.compared_with) {
        (Some(baseline), _) => of
            .told
            .document
            .scenario()
            .map_or_else(|| title(baseline), |s| policy_title(s, baseline)),
        _ => title(&of.told.manifest.scenario.file),
    };
    vec![format!(
        "Changes are against “{against}”, trial by trial, in percentage points. “Stands out”: the \
         interval over all comparisons at once excludes nought."
    )]
}
