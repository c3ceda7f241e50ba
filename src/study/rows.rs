//! The table of trials: one row per trial.

use std::sync::Arc;

use crate::engine::TrialBlock;
use crate::formula::Type;
use crate::model::Model;
use crate::store::{Batch, ColumnData, ColumnKind, TrialColumn};

/// The columns of the table of trials.
pub fn trial_columns(model: &Model) -> Vec<TrialColumn> {
    let column = |name: String, kind| TrialColumn { name, kind };
    let kind = |ty: &Type| match ty {
        Type::Label(_) => ColumnKind::Text,
        Type::Number | Type::Flag | Type::Unknown => ColumnKind::Number,
    };
    let mut columns = vec![
        column("trial".to_owned(), ColumnKind::Whole),
        column("outcome".to_owned(), ColumnKind::Text),
        column("end_step".to_owned(), ColumnKind::Whole),
    ];
    columns.extend(model.assumptions.iter().map(|a| column(a.column.clone(), kind(&a.ty))));
    let states = model.states.iter().map(|state| ("state", &state.series));
    let measures = model.measures.iter().map(|measure| ("measures", measure));
    columns.extend(
        states
            .chain(measures)
            .map(|(table, info)| column(format!("{table}.{}", info.name), kind(&info.ty))),
    );
    columns.extend(
        model
            .happenings
            .iter()
            .map(|what| column(format!("first.{}", what.name), ColumnKind::OptionalWhole)),
    );
    columns
}

/// The rows of a block.
pub fn trial_batch(model: &Model, block: &TrialBlock) -> Batch {
    let ids: Arc<[String]> = model.outcome_ids().map(str::to_owned).collect();
    let labels: Arc<[String]> = model.labels.clone().into();
    let data = |ty: &Type, values: &[f64]| match ty {
        Type::Label(_) => ColumnData::Text {
            codes: values.iter().map(|value| *value as u32).collect(),
            dictionary: labels.clone(),
        },
        Type::Number | Type::Flag | Type::Unknown => ColumnData::Number(values.to_vec()),
    };
    let mut columns = vec![
        ColumnData::Whole((0..block.len as u64).map(|i| (block.first + i) as i64).collect()),
        ColumnData::Text { codes: block.outcomes.clone(), dictionary: ids },
        ColumnData::Whole(block.end_steps.iter().map(|step| i64::from(*step)).collect()),
    ];
    for (index, assumption) in model.assumptions.iter().enumerate() {
        columns.push(data(&assumption.ty, block.assumption(index)));
    }
    for (column, info) in model.series().enumerate() {
        columns.push(data(&info.ty, block.last(column)));
    }
    for index in 0..model.happenings.len() {
        let first = block.first_step(index);
        columns.push(ColumnData::OptionalWhole(
            first.iter().map(|step| step.map(i64::from)).collect(),
        ));
    }
    Batch { columns }
}
