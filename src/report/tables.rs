//! The CSV files of a run.

use crate::engine::counted_options;
use crate::model::Model;
use crate::stats::{goodman, wilson};
use crate::store::{CsvField, CsvTable, Staging, StoreError};
use crate::study::{LEVEL, Points, Spread, Summary, UNRESOLVED};

/// The first columns of every table.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The scenario: the file's name without its ending.
    pub scenario: String,
    /// The policy.
    pub policy: String,
    /// The world.
    pub world: String,
}

impl Heading {
    pub(super) fn cells(&self) -> [CsvField<'_>; 3] {
        [self.scenario.as_str().into(), self.policy.as_str().into(), self.world.as_str().into()]
    }
}

/// A table whose rows begin with the same columns.
pub(super) struct TableOf(CsvTable);

impl TableOf {
    /// Opens a table with these headings.
    pub fn create(staging: &Staging, name: &str, headings: &[&str]) -> Result<Self, StoreError> {
        CsvTable::create(staging, name, headings).map(TableOf)
    }

    /// Writes a row: its first cells and the others.
    pub fn row(&mut self, first: &[CsvField<'_>], more: &[CsvField<'_>]) -> Result<(), StoreError> {
        self.0.row(&[first, more].concat())
    }

    /// Completes the table.
    pub fn finish(self) -> Result<(), StoreError> {
        self.0.finish()
    }
}

/// Writes `summary.csv`, `series.csv`, `endings.csv`, `outcome_ends.csv`,
/// `moves.csv` and `assumptions.csv`.
///
/// # Errors
///
/// What could not be written, and why.
pub fn write_tables(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    summary_table(staging, &[(heading, model, &summary.outcomes)])?;
    series(staging, heading, model, summary)?;
    endings(staging, heading, model, summary)?;
    outcome_ends(staging, heading, model, summary)?;
    moves(staging, heading, model, summary)?;
    assumptions(staging, heading, summary)
}

/// Writes `summary.csv`: for each cell its counts of outcomes, unresolved last.
pub(super) fn summary_table(
    staging: &Staging,
    cells: &[(&Heading, &Model, &[u64])],
) -> Result<(), StoreError> {
    let headings = [
        "scenario",
        "policy",
        "world",
        "outcome",
        "title",
        "trials",
        "count",
        "share",
        "mc_low",
        "mc_high",
        "mc_low_all",
        "mc_high_all",
    ];
    let mut table = TableOf::create(staging, "summary.csv", &headings)?;
    for (heading, model, counts) in cells {
        let trials: u64 = counts.iter().sum();
        let joint = goodman(counts, LEVEL);
        for (index, (count, joint)) in counts.iter().zip(joint).enumerate() {
            let own = wilson(*count, trials, LEVEL);
            let share = if trials == 0 { 0.0 } else { *count as f64 / trials as f64 };
            table.row(
                &heading.cells(),
                &[
                    outcome_id(model, index).into(),
                    outcome_title(model, index).into(),
                    trials.into(),
                    (*count).into(),
                    share.into(),
                    own.low.into(),
                    own.high.into(),
                    joint.low.into(),
                    joint.high.into(),
                ],
            )?;
        }
    }
    table.finish()
}

/// Mean and quantiles as cells.
fn quantiles(spread: &Spread) -> [CsvField<'static>; 5] {
    [spread.p05.into(), spread.p25.into(), spread.p50.into(), spread.p75.into(), spread.p95.into()]
}

fn series(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let headings = [
        "scenario", "policy", "world", "measure", "step", "date", "mean", "p05", "p25", "p50",
        "p75", "p95",
    ];
    let mut table = TableOf::create(staging, "series.csv", &headings)?;
    for (name, rows) in &summary.series {
        for (step, spread) in rows.iter().enumerate() {
            let day = day(model, step);
            let mut first = heading.cells().to_vec();
            first.extend::<[CsvField<'_>; 4]>([
                name.as_str().into(),
                (step as u64).into(),
                day.as_deref().into(),
                spread.mean.into(),
            ]);
            table.row(&first, &quantiles(spread))?;
        }
    }
    table.finish()
}

/// The day that a row of the series stands for.
fn day(model: &Model, row: usize) -> Option<String> {
    model.dates.and_then(|dates| dates.day_of(row as i64)).map(|day| day.to_string())
}

/// When trials ended in which outcome; times at which none did have no row.
fn endings(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let headings = [
        "scenario",
        "policy",
        "world",
        "outcome",
        "step",
        "date",
        "trials",
        "share",
        "share_so_far",
    ];
    let mut table = TableOf::create(staging, "endings.csv", &headings)?;
    let share = |count: u64| count as f64 / summary.trials.max(1) as f64;
    let mut so_far = (0, 0);
    for ending in &summary.endings {
        if so_far.0 != ending.outcome {
            so_far = (ending.outcome, 0);
        }
        so_far.1 += ending.trials;
        let day = day(model, ending.row);
        table.row(
            &heading.cells(),
            &[
                outcome_id(model, ending.outcome).into(),
                (ending.row as u64).into(),
                day.as_deref().into(),
                ending.trials.into(),
                share(ending.trials).into(),
                share(so_far.1).into(),
            ],
        )?;
    }
    table.finish()
}

/// The numbers at the end, by outcome; outcomes that no trial had have no row.
fn outcome_ends(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let headings = [
        "scenario", "policy", "world", "measure", "unit", "outcome", "trials", "p05", "p25", "p50",
        "p75", "p95",
    ];
    let mut table = TableOf::create(staging, "outcome_ends.csv", &headings)?;
    let infos: Vec<_> = model.series().collect();
    for end in &summary.ends {
        let info = infos[end.series];
        let Points { p05, p25, p50, p75, p95 } = end.points;
        table.row(
            &heading.cells(),
            &[
                (&info.name).into(),
                info.unit.as_deref().into(),
                outcome_id(model, end.outcome).into(),
                end.trials.into(),
                p05.into(),
                p25.into(),
                p50.into(),
                p75.into(),
                p95.into(),
            ],
        )?;
    }
    table.finish()
}

/// The id of an outcome, unresolved last.
pub(super) fn outcome_id(model: &Model, outcome: usize) -> &str {
    model.outcomes.get(outcome).map_or(UNRESOLVED, |outcome| outcome.id.as_str())
}

/// The title of an outcome, unresolved last.
pub(super) fn outcome_title(model: &Model, outcome: usize) -> &str {
    model.outcomes.get(outcome).map_or("Unresolved", |outcome| outcome.title.as_str())
}

fn moves(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let headings = [
        "scenario",
        "policy",
        "world",
        "actor",
        "track",
        "action",
        "step",
        "available",
        "taken",
        "accepted",
    ];
    let mut table = TableOf::create(staging, "moves.csv", &headings)?;
    for (index, row) in counted_options(model).iter().enumerate() {
        let actor = &model.truth.actors[row.actor];
        let name = match row.action {
            Some(action) => action_name(model, actor.actions[action].what),
            None => "hold",
        };
        for step in 0..summary.moves.steps {
            let at = index * summary.moves.steps + step;
            table.row(
                &heading.cells(),
                &[
                    model.actors[row.actor].name.as_str().into(),
                    (&*actor.tracks[row.track].name).into(),
                    name.into(),
                    (step as u64).into(),
                    summary.moves.available[at].into(),
                    summary.moves.taken[at].into(),
                    summary.moves.accepted[at].into(),
                ],
            )?;
        }
    }
    table.finish()
}

/// An action's name without its actor's.
pub(crate) fn action_name(model: &Model, what: crate::formula::Happening) -> &str {
    let name = model.happening(what).name.as_str();
    name.split_once('.').map_or(name, |(_, action)| action)
}

fn assumptions(staging: &Staging, heading: &Heading, summary: &Summary) -> Result<(), StoreError> {
    let headings = [
        "scenario",
        "policy",
        "world",
        "assumption",
        "formula",
        "mean",
        "sd",
        "p05",
        "p25",
        "p50",
        "p75",
        "p95",
    ];
    let mut table = TableOf::create(staging, "assumptions.csv", &headings)?;
    for (name, formula, spread) in &summary.assumptions {
        let mut first = heading.cells().to_vec();
        first.extend::<[CsvField<'_>; 4]>([
            name.as_str().into(),
            formula.as_str().into(),
            spread.mean.into(),
            spread.sd.into(),
        ]);
        table.row(&first, &quantiles(spread))?;
    }
    table.finish()
}
