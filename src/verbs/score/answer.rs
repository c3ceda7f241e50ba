//! Plays each file, and scores what it says of what happened.

use super::means::mean_rows;
use super::question::ScoreQuestion;
use super::record::{past, record_rows};
use super::reliability::{calibration_rows, reliability_rows};
use super::tables::{ScoreRow, ScoreTables};
use crate::model::Model;
use crate::stats::{Calibration, ScoreEstimate};
use crate::study::{ForecastScore, count_outcomes};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::grid::{CellName, Grid};
use crate::verbs::question::Question;
use crate::verbs::shared::SummaryRow;

impl Ask for ScoreQuestion {
    type Tables = ScoreTables;

    fn work(&self, grid: &Grid) -> Work {
        let records = grid.models.iter().filter(|model| past(model).is_some()).count();
        let trials = self.trials().saturating_mul((grid.models.len() + records) as u64);
        let titles = |model: &Model| -> Vec<String> {
            (0..=model.outcomes.len()).map(|at| model.outcome_title(at).to_owned()).collect()
        };
        let outcomes = match grid.models.as_slice() {
            [model] => titles(model),
            _ => Vec::new(),
        };
        Work { trials, replays: 0, outcomes }
    }

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<ScoreTables>, Halt> {
        let counts = count_outcomes(&grid.models, playing.plan, playing.watch)
            .map_err(|stopped| Halt::of(stopped, |which| grid.names[which].under()))?;
        let mut tables = ScoreTables::default();
        let mut cases: Vec<Vec<ForecastScore>> = Vec::new();
        for (at, (observed, counts)) in grid.observed.iter().zip(&counts).enumerate() {
            let (cell, model) = (&grid.names[at], &grid.models[at]);
            tables.summary.extend(SummaryRow::of(cell, model, counts));
            // A settled question plays at least as many trials as have a score.
            let scores = observed.scored(counts).unwrap_or_default();
            let (id, trials) = (model.outcome_id(observed.observed), counts.iter().sum());
            tables.scores.extend(scores.iter().map(|own| row(cell, id, trials, own)));
            cases.push(scores);
        }
        tables.means = mean_rows(&cases);
        if cases.len() >= Calibration::ENOUGH_CASES {
            tables.calibration = Some(calibration_rows(&cases));
            tables.reliability = Some(reliability_rows(&cases, playing.plan.seed));
        }
        let mut answer = Answer { tables, ..Answer::default() };
        for (cell, model) in grid.names.iter().zip(&grid.models) {
            let Some(past) = past(model) else { continue };
            match record_rows(cell, model, past, playing)? {
                Ok(rows) => answer.tables.records.get_or_insert_default().extend(rows),
                Err(why) => answer.warnings.push(why),
            }
        }
        Ok(answer)
    }
}

/// The scores of a forecaster in a file.
fn row(cell: &CellName, observed: &str, trials: u64, own: &ForecastScore) -> ScoreRow {
    let error = |score: ScoreEstimate| own.is_estimated.then_some(score.error);
    ScoreRow {
        file: cell.scenario.clone(),
        observed: observed.to_owned(),
        trials: own.is_estimated.then_some(trials),
        share: own.share,
        forecaster: own.forecaster.clone(),
        brier: own.brier.value,
        brier_se: error(own.brier),
        log: own.log.value,
        log_se: error(own.log),
        rps: own.ranked.map(|score| score.value),
        rps_se: own.ranked.and_then(error),
    }
}
