//! A column of a run: one number or label a trial.

use std::sync::Arc;

use crate::store::{ColumnData, ColumnKind, TrialColumn};

/// All that is known of one name, trial by trial.
#[derive(Clone, Debug)]
pub(super) struct RunColumn {
    column: TrialColumn,
    /// The numbers; none where the column holds labels.
    numbers: Vec<f64>,
    /// The labels as positions in the dictionary; none where the column holds numbers.
    codes: Vec<u32>,
    dictionary: Arc<[String]>,
}

impl RunColumn {
    /// A column without trials.
    pub fn new(column: TrialColumn) -> Self {
        RunColumn { column, numbers: vec![], codes: vec![], dictionary: Arc::default() }
    }

    /// Its name in the table of trials.
    pub fn name(&self) -> &str {
        &self.column.name
    }

    /// Adds the next trials. All parts of a column come from one model, which has one dictionary.
    pub fn extend(&mut self, part: ColumnData) {
        match part {
            ColumnData::Number(values) => self.numbers.extend(values),
            ColumnData::Whole(values) => {
                self.numbers.extend(values.into_iter().map(|value| value as f64));
            }
            ColumnData::OptionalWhole(values) => {
                let numbers = values.into_iter().map(|value| value.map_or(f64::NAN, |v| v as f64));
                self.numbers.extend(numbers);
            }
            ColumnData::Text { codes, dictionary } => {
                self.codes.extend(codes);
                self.dictionary = dictionary;
            }
        }
    }

    /// Its numbers, unless it holds labels.
    pub fn numbers(&self) -> Option<&[f64]> {
        (!self.holds_labels()).then_some(&self.numbers)
    }

    /// Its labels, unless it holds numbers.
    pub fn labels(&self) -> Option<impl Iterator<Item = &str>> {
        let labels = self.codes.iter().map(|code| self.dictionary[*code as usize].as_str());
        self.holds_labels().then_some(labels)
    }

    fn holds_labels(&self) -> bool {
        match self.column.kind {
            ColumnKind::Text => true,
            ColumnKind::Number | ColumnKind::Whole | ColumnKind::OptionalWhole => false,
        }
    }
}
