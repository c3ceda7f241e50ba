//! The CSV files of a run.

use crate::engine::move_rows;
use crate::model::Model;
use crate::store::{Cell, Staging, StoreError, Table};
use crate::study::{Spread, Summary, UNRESOLVED};

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
    fn cells(&self) -> [Cell<'_>; 3] {
        [self.scenario.as_str().into(), self.policy.as_str().into(), self.world.as_str().into()]
    }
}

/// Writes `summary.csv`, `series.csv`, `moves.csv` and `assumptions.csv`.
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
    outcomes(staging, heading, model, summary)?;
    series(staging, heading, model, summary)?;
    moves(staging, heading, model, summary)?;
    assumptions(staging, heading, summary)
}

fn outcomes(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let mut table = Table::create(
        staging,
        "summary.csv",
        &[
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
        ],
    )?;
    let (own, joint) = (summary.intervals(), summary.joint_intervals());
    for (index, count) in summary.outcomes.iter().enumerate() {
        let (id, title) = match model.outcomes.get(index) {
            Some(outcome) => (outcome.id.as_str(), outcome.title.as_str()),
            None => (UNRESOLVED, "Unresolved"),
        };
        let mut row = heading.cells().to_vec();
        row.extend::<[Cell<'_>; 4]>([
            id.into(),
            title.into(),
            summary.trials.into(),
            (*count).into(),
        ]);
        row.extend::<[Cell<'_>; 5]>([
            summary.share(index).into(),
            own[index].low.into(),
            own[index].high.into(),
            joint[index].low.into(),
            joint[index].high.into(),
        ]);
        table.row(&row)?;
    }
    table.finish()
}

/// Mean and quantiles as cells.
fn quantiles(spread: &Spread) -> [Cell<'static>; 5] {
    [spread.p05.into(), spread.p25.into(), spread.p50.into(), spread.p75.into(), spread.p95.into()]
}

fn series(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let mut table = Table::create(
        staging,
        "series.csv",
        &[
            "scenario", "policy", "world", "measure", "step", "date", "mean", "p05", "p25", "p50",
            "p75", "p95",
        ],
    )?;
    for (name, rows) in &summary.series {
        for (step, spread) in rows.iter().enumerate() {
            let day = model.dates.and_then(|dates| dates.day_of(step as i64));
            let day = day.map(|day| day.to_string());
            let mut row = heading.cells().to_vec();
            row.extend::<[Cell<'_>; 3]>([
                name.as_str().into(),
                (step as u64).into(),
                day.as_deref().into(),
            ]);
            row.push(spread.mean.into());
            row.extend(quantiles(spread));
            table.row(&row)?;
        }
    }
    table.finish()
}

fn moves(
    staging: &Staging,
    heading: &Heading,
    model: &Model,
    summary: &Summary,
) -> Result<(), StoreError> {
    let mut table = Table::create(
        staging,
        "moves.csv",
        &[
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
        ],
    )?;
    for (index, row) in move_rows(model).iter().enumerate() {
        let actor = &model.truth.actors[row.actor];
        let name = match row.action {
            Some(action) => action_name(model, actor.actions[action].what),
            None => "hold",
        };
        for step in 0..summary.moves.steps {
            let at = index * summary.moves.steps + step;
            let mut cells = heading.cells().to_vec();
            cells.extend::<[Cell<'_>; 7]>([
                model.actors[row.actor].name.as_str().into(),
                (&*actor.tracks[row.track].name).into(),
                name.into(),
                (step as u64).into(),
                summary.moves.available[at].into(),
                summary.moves.taken[at].into(),
                summary.moves.accepted[at].into(),
            ]);
            table.row(&cells)?;
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
    let mut table = Table::create(
        staging,
        "assumptions.csv",
        &[
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
        ],
    )?;
    for (name, formula, spread) in &summary.assumptions {
        let mut row = heading.cells().to_vec();
        row.extend::<[Cell<'_>; 4]>([
            name.as_str().into(),
            formula.as_str().into(),
            spread.mean.into(),
            spread.sd.into(),
        ]);
        row.extend(quantiles(spread));
        table.row(&row)?;
    }
    table.finish()
}
