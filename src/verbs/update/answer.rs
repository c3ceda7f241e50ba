//! Plays particles through a record, and computes what is thought after it.

use super::impossible::{impossible, not_carried};
use super::question::UpdateQuestion;
use super::tables::{EvidenceRow, KnownWhen, OddsRow, PosteriorRow, UpdateTables, WorldRow};
use crate::format::counted;
use crate::model::Model;
use crate::stats::{Interval, StepEvidence, clopper_pearson, worlds_given};
use crate::study::{RevisedAssumption, Updated, update};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::grid::{CellName, Grid, Refusal};
use crate::verbs::question::Question;

/// Fewer original particles than this deserve a warning.
const FEW: f64 = 50.0;
/// The confidence of intervals.
const LEVEL: f64 = 0.95;

impl Ask for UpdateQuestion {
    type Tables = UpdateTables;

    fn work(&self, grid: &Grid) -> Work {
        let trials = self.trials() * grid.models.len() as u64;
        Work { trials, replays: 0, outcomes: Vec::new() }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<UpdateTables>, Halt> {
        let mut answer = Answer::<UpdateTables>::default();
        let mut evidence = Vec::new();
        for (cell, model) in grid.names.iter().zip(&grid.models) {
            let past = self.past(model).map_err(|refusal| match refusal {
                Refusal::Question(why) => Halt::Other(why),
                Refusal::Mistakes { .. } | Refusal::Values(_) => Halt::Other(String::new()),
            })?;
            let found = update(model, &past, playing.plan, playing.watch)
                .map_err(|stopped| Halt::of(stopped, |_| cell.under()))?;
            let found =
                found.map_err(|why| Halt::Other(impossible(model, &past, &why) + &cell.under()))?;
            let of_all = found.evidence[0];
            if of_all.error.is_none() && !past.steps.is_empty() {
                let why = not_carried(found.particles, found.effective);
                return Err(Halt::Other(why + &cell.under()));
            }
            if found.effective < FEW {
                answer.warnings.push(format!(
                    "in world {} the weights stand for {:.0} of {} original: odds are rough, take more with -n",
                    cell.world,
                    found.effective,
                    counted(found.particles, "particle"),
                ));
            }
            let rows = UpdateRows { cell, model, found: &found };
            answer.tables.odds.extend(rows.odds());
            answer.tables.evidence.extend(rows.evidence());
            answer.tables.posterior.extend(rows.posterior());
            evidence.push(of_all);
        }
        answer.tables.worlds = worlds(&grid.names, &evidence);
        Ok(answer)
    }
}

/// How well each world is supported, if all were equally likely before.
fn worlds(cells: &[CellName], evidence: &[StepEvidence]) -> Vec<WorldRow> {
    let first = evidence.first().map_or(0.0, |own| own.log);
    let logs: Vec<f64> = evidence.iter().map(|own| own.log).collect();
    let rows = cells.iter().zip(evidence).zip(worlds_given(&logs));
    rows.map(|((cell, own), posterior)| WorldRow {
        scenario: cell.scenario.clone(),
        policy: cell.policy.clone(),
        world: cell.world.clone(),
        log_evidence: own.log,
        se: own.error,
        log_bayes_factor: own.log - first,
        posterior,
    })
    .collect()
}

/// What the tables of a cell are made of.
struct UpdateRows<'a> {
    cell: &'a CellName,
    model: &'a Model,
    found: &'a Updated,
}

impl UpdateRows<'_> {
    fn date(&self, step: u32) -> Option<String> {
        Some(self.model.dates?.day_of(i64::from(step))?.to_string())
    }

    fn odds(&self) -> Vec<OddsRow> {
        let mut rows = Vec::new();
        let row = |step: Option<u32>, outcome: usize, share: f64, interval: Interval| OddsRow {
            scenario: self.cell.scenario.clone(),
            policy: self.cell.policy.clone(),
            world: self.cell.world.clone(),
            step: step.map(u64::from),
            date: step.and_then(|step| self.date(step)),
            outcome: self.model.outcome_id(outcome).to_owned(),
            share,
            low: interval.low,
            high: interval.high,
        };
        for (outcome, count) in self.found.before.iter().enumerate() {
            let interval = clopper_pearson(*count, self.found.particles, LEVEL, 1);
            let share = *count as f64 / self.found.particles as f64;
            rows.push(row(None, outcome, share, interval));
        }
        for step in &self.found.steps {
            for (outcome, odds) in step.odds.iter().enumerate() {
                rows.push(row(Some(step.step), outcome, odds.share, odds.interval));
            }
        }
        let is_told =
            |id: &str| rows.iter().any(|row: &OddsRow| row.outcome == id && row.share > 0.0);
        let unresolved = self.model.outcome_id(self.model.outcomes.len());
        let keep = is_told(unresolved);
        rows.retain(|row| keep || row.outcome != unresolved);
        rows
    }

    fn evidence(&self) -> Vec<EvidenceRow> {
        let mut rows = Vec::new();
        for (at, forecaster) in ForecasterName::ALL.into_iter().enumerate() {
            let row = |step: Option<u32>, own: StepEvidence, effective: f64| EvidenceRow {
                scenario: self.cell.scenario.clone(),
                policy: self.cell.policy.clone(),
                world: self.cell.world.clone(),
                forecaster,
                step: step.map(u64::from),
                date: step.and_then(|step| self.date(step)),
                log_evidence: own.log,
                se: own.error,
                effective,
            };
            for step in &self.found.steps {
                rows.push(row(Some(step.step), step.evidence[at], step.effective));
            }
            rows.push(row(None, self.found.evidence[at], self.found.effective));
        }
        rows
    }

    fn posterior(&self) -> Vec<PosteriorRow> {
        let named = self.model.assumptions.iter().zip(&self.found.assumptions);
        let rows = named.flat_map(|(info, RevisedAssumption { prior, posterior })| {
            [(KnownWhen::Prior, prior), (KnownWhen::Posterior, posterior)].map(|(when, own)| {
                let [p05, p25, p50, p75, p95] = own.percentiles;
                PosteriorRow {
                    scenario: self.cell.scenario.clone(),
                    policy: self.cell.policy.clone(),
                    world: self.cell.world.clone(),
                    assumption: info.name.clone(),
                    when,
                    mean: own.mean,
                    sd: own.sd,
                    p05,
                    p25,
                    p50,
                    p75,
                    p95,
                }
            })
        });
        rows.collect()
    }
}
