//! Plays the trials and looks for the conditions under which the outcome is frequent.

use super::question::{DiscoverQuestion, inputs};
use super::tables::{AMONG, BoxRow, ConditionRow, DiscoverTables, MAX, MIN, PeelingRow};
use crate::engine::{Recording, TrialBlock};
use crate::format::counted;
use crate::formula::Type;
use crate::model::{AssumptionInfo, Model};
use crate::stats::prim::{
    BoxCount, BoxLimit, PrimBox, PrimColumn, PrimData, PrimOptions, Restriction, prim,
};
use crate::study::{LEVEL, Plan, play};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::question::Question;
use crate::verbs::shared::SummaryRow;

impl Ask for DiscoverQuestion {
    type Tables = DiscoverTables;

    fn work(&self, grid: &Grid) -> Work {
        let model = &grid.models[0];
        let outcomes = (0..=model.outcomes.len()).map(|at| model.outcome_title(at).to_owned());
        Work { trials: self.trials(), replays: 0, outcomes: outcomes.collect() }
    }

    fn kept_bytes(&self, grid: &Grid) -> u64 {
        // Of each trial its inputs and how it ended, and then these in the order in which they are searched.
        let each = 2 * (size_of::<f64>() * inputs(&grid.models[0]).count() + size_of::<u32>());
        self.trials().saturating_mul(each as u64)
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<DiscoverTables>, Halt> {
        let (cell, model) = (&grid.names[0], &grid.models[0]);
        let columns: Vec<(usize, &AssumptionInfo)> = inputs(model).collect();
        let mut values: Vec<Vec<f64>> = vec![Vec::new(); columns.len()];
        let mut ends: Vec<u32> = Vec::new();
        let take = |blocks: &[TrialBlock]| {
            for block in blocks {
                for (own, (at, _)) in values.iter_mut().zip(&columns) {
                    own.extend_from_slice(block.assumption(*at));
                }
                ends.extend_from_slice(&block.outcomes);
            }
            Ok::<(), std::convert::Infallible>(())
        };
        let plan = Plan { recording: Recording::End, ..playing.plan };
        play(model, plan, playing.watch, take)
            .map_err(|stopped| Halt::of(stopped, |_| String::new()))?;
        let mut counts = vec![0; model.outcomes.len() + 1];
        ends.iter().for_each(|outcome| counts[*outcome as usize] += 1);
        let wanted = model.outcome_ids().position(|id| id == self.outcome);
        let wanted = wanted.expect("a settled question names an outcome");
        self.check(counts[wanted], ends.len() as u64)?;
        let outcome = ends.iter().map(|end| *end as usize == wanted).collect();
        let typed = values.into_iter().zip(&columns).map(|(own, (_, info))| column(info, own));
        let data = PrimData::new(typed.collect(), outcome);
        let found = prim(&data, &PrimOptions::default(), LEVEL, self.boxes as usize);
        let infos: Vec<&AssumptionInfo> = columns.iter().map(|(_, info)| *info).collect();
        let of = BoxTables { cell, model, outcome: &self.outcome, infos: &infos, data: &data };
        let tables = DiscoverTables {
            summary: SummaryRow::of(cell, model, &counts),
            boxes: of.boxes(&found),
            conditions: of.conditions(&found),
            peeling: of.peeling(&found),
        };
        Ok(Answer { tables, ..Answer::default() })
    }
}

impl DiscoverQuestion {
    /// Refuses an outcome that came about in no trial or in all of them.
    fn check(&self, count: u64, trials: u64) -> Result<(), Halt> {
        let outcome = &self.outcome;
        let trials_told = counted(trials, "trial");
        if count == 0 {
            return Err(Halt::Other(format!(
                "`{outcome}` came about in none of {trials_told}: there is nothing to find conditions \
                 for\n  with -n more trials can be played"
            )));
        }
        if count == trials {
            return Err(Halt::Other(format!(
                "`{outcome}` came about in all of {trials_told}, whatever the assumptions: there is \
                 nothing to find conditions for"
            )));
        }
        Ok(())
    }
}

/// The values of an input, by its type.
fn column(info: &AssumptionInfo, values: Vec<f64>) -> PrimColumn {
    match info.ty {
        Type::Label(_) | Type::Flag => {
            PrimColumn::Categories(values.into_iter().map(|value| value as u32).collect())
        }
        Type::Number | Type::Unknown => PrimColumn::numbers(values),
    }
}

/// What was looked for, and in what.
struct BoxTables<'a> {
    cell: &'a CellName,
    model: &'a Model,
    outcome: &'a str,
    infos: &'a [&'a AssumptionInfo],
    data: &'a PrimData,
}

impl BoxTables<'_> {
    /// The rows of all boxes that are told from chance.
    fn boxes(&self, found: &[PrimBox]) -> Vec<BoxRow> {
        let mut rows = Vec::new();
        for (at, found) in found.iter().enumerate().filter(|(_, found)| found.is_told) {
            let limits = &found.steps[found.shown].limits.0;
            for (input, restriction) in limits.iter().enumerate() {
                let quasi_p = found.quasi_p[input];
                let range = self.data.range(input);
                let row = BoxRow {
                    scenario: self.cell.scenario.clone(),
                    policy: self.cell.policy.clone(),
                    world: self.cell.world.clone(),
                    outcome: self.outcome.to_owned(),
                    r#box: at as u64 + 1,
                    input: self.infos[input].column.clone(),
                    min: None,
                    max: None,
                    qp_min: quasi_p.low,
                    qp_max: quasi_p.high,
                    among: None,
                    lowest: range.map(|(least, _)| least),
                    highest: range.map(|(_, most)| most),
                };
                match restriction {
                    Restriction::Free => {}
                    Restriction::Between { low, high } => rows.push(BoxRow {
                        min: low.or(row.lowest),
                        max: high.or(row.highest),
                        ..row
                    }),
                    Restriction::Among(allowed) => rows.push(BoxRow {
                        among: Some(self.labels(self.infos[input], allowed).join(", ")),
                        ..row
                    }),
                }
            }
        }
        rows
    }

    /// The texts of the labels or flags that are allowed.
    fn labels(&self, info: &AssumptionInfo, allowed: &[bool]) -> Vec<String> {
        let text = |value: usize| match info.ty {
            Type::Flag => (value != 0).to_string(),
            Type::Label(_) | Type::Number | Type::Unknown => {
                self.model.label(value as f64).to_owned()
            }
        };
        let values = allowed.iter().enumerate().filter(|(_, allowed)| **allowed);
        values.map(|(value, _)| text(value)).collect()
    }

    /// What the conditions of each box that is told from chance are worth.
    fn conditions(&self, found: &[PrimBox]) -> Vec<ConditionRow> {
        let BoxCount { n: all, count: all_with } = found[0].steps[0].held_out;
        let mut rows = Vec::new();
        for (at, found) in found.iter().enumerate().filter(|(_, found)| found.is_told) {
            for (kept, surest) in found.surest.iter().enumerate() {
                let BoxCount { n, count } = surest.held_out;
                rows.push(ConditionRow {
                    scenario: self.cell.scenario.clone(),
                    policy: self.cell.policy.clone(),
                    world: self.cell.world.clone(),
                    outcome: self.outcome.to_owned(),
                    r#box: at as u64 + 1,
                    kept: kept as u64 + 1,
                    input: self.infos[surest.column].column.clone(),
                    limit: match surest.limit {
                        BoxLimit::Low => MIN.to_owned(),
                        BoxLimit::High => MAX.to_owned(),
                        BoxLimit::Labels => AMONG.to_owned(),
                    },
                    qp: surest.quasi_p,
                    coverage: share(count, all_with),
                    density: surest.held_out.density(),
                    mass: share(n, all),
                    n,
                });
            }
        }
        rows
    }

    /// The steps on the way to all boxes, also to the last one, which may not be told from chance.
    fn peeling(&self, found: &[PrimBox]) -> Vec<PeelingRow> {
        let BoxCount { n: all, count: all_with } = found[0].steps[0].held_out;
        let mut rows = Vec::new();
        for (at, found) in found.iter().enumerate() {
            for (id, step) in found.steps.iter().enumerate() {
                let BoxCount { n, count } = step.held_out;
                rows.push(PeelingRow {
                    scenario: self.cell.scenario.clone(),
                    policy: self.cell.policy.clone(),
                    world: self.cell.world.clone(),
                    outcome: self.outcome.to_owned(),
                    r#box: at as u64 + 1,
                    id: id as u64,
                    coverage: share(count, all_with),
                    density: step.held_out.density(),
                    mass: share(n, all),
                    mean: step.held_out.density(),
                    n,
                    res_dim: step.limits.restricted() as u64,
                });
            }
        }
        rows
    }
}

/// A part of a whole, in 0..=1; 0 of nothing.
fn share(part: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}
