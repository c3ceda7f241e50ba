//! How likely the record of a file was, by those who may forecast it.

use super::tables::RecordScoreRow;
use crate::model::{KnownPast, Model};
use crate::stats::StepEvidence;
use crate::study::update;
use crate::verbs::answer::{Halt, Playing};
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::grid::CellName;

/// What a model knows of its past, if it knows a step.
pub(super) fn past(model: &Model) -> Option<&KnownPast> {
    model.known.as_ref().filter(|past| !past.steps.is_empty())
}

/// The rows of a file with a record, from as many particles as trials; or why its record cannot be scored.
pub(super) fn record_rows(
    cell: &CellName,
    model: &Model,
    past: &KnownPast,
    playing: &Playing<'_>,
) -> Result<Result<Vec<RecordScoreRow>, String>, Halt> {
    let found = update(model, past, playing.plan, playing.watch)
        .map_err(|stopped| Halt::of(stopped, |_| cell.under()))?;
    let why = |why| Err(format!("{}: the record is not scored: {why}", cell.scenario));
    let Ok(found) = found else {
        return Ok(why("no particle can follow it; `update` says where it breaks off"));
    };
    if found.evidence.iter().any(|own| own.error.is_none()) {
        return Ok(why("the particles cannot carry it; take more with -n"));
    }
    let steps = past.steps.len() as u64;
    let row = |(forecaster, own): (ForecasterName, StepEvidence)| RecordScoreRow {
        file: cell.scenario.clone(),
        forecaster,
        steps,
        log_evidence: own.log,
        per_step: own.log / steps as f64,
        per_step_se: own.error.map(|error| error / steps as f64),
    };
    Ok(Ok(ForecasterName::ALL.into_iter().zip(found.evidence).map(row).collect()))
}
