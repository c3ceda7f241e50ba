//! Trials as columns: what the columns of a file of trials hold, and the rows that are added to it.

use std::sync::Arc;

use super::StoreError;

/// A column of the file of trials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialColumn {
    /// Its heading; no two are the same.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers of double precision.
    Number,
    /// Whole numbers, such as the number of the trial.
    Whole,
    /// Whole numbers that may be missing, such as the step in which something first happened.
    OptionalWhole,
    /// Labels, such as the outcome.
    Text,
}

/// A part of a column: one value per row of its batch.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnData {
    /// Values of a [`ColumnKind::Number`] column.
    Number(Vec<f64>),
    /// Values of a [`ColumnKind::Whole`] column.
    Whole(Vec<i64>),
    /// Values of a [`ColumnKind::OptionalWhole`] column.
    OptionalWhole(Vec<Option<i64>>),
    /// Values of a [`ColumnKind::Text`] column.
    Text {
        /// For each row, the position of its label in the dictionary.
        codes: Vec<u32>,
        /// The labels. Batches may share one or bring their own.
        dictionary: Arc<[String]>,
    },
}

/// Consecutive rows, in the columns that were declared and in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The columns, all of one length.
    pub columns: Vec<ColumnData>,
}

impl ColumnData {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::OptionalWhole(values) => values.len(),
            Self::Text { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the column holds.
    pub fn kind(&self) -> ColumnKind {
        match self {
            Self::Number(_) => ColumnKind::Number,
            Self::Whole(_) => ColumnKind::Whole,
            Self::OptionalWhole(_) => ColumnKind::OptionalWhole,
            Self::Text { .. } => ColumnKind::Text,
        }
    }
}

impl Batch {
    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, ColumnData::len)
    }

    /// Checks that the batch has these columns, all of one length, and codes within their
    /// dictionaries.
    pub(super) fn check(&self, declared: &[TrialColumn]) -> Result<(), StoreError> {
        let mistake = |reason| Err(StoreError::Columns { reason });
        if self.columns.len() != declared.len() {
            return mistake(format!(
                "{} columns instead of {}",
                self.columns.len(),
                declared.len()
            ));
        }
        for (data, TrialColumn { name, kind }) in self.columns.iter().zip(declared) {
            if data.kind() != *kind {
                return mistake(format!("`{name}` holds {:?}, not {kind:?}", data.kind()));
            }
            if data.len() != self.rows() {
                return mistake(format!(
                    "`{name}` has {} rows instead of {}",
                    data.len(),
                    self.rows()
                ));
            }
            if let ColumnData::Text { codes, dictionary } = data
                && let Some(code) = codes.iter().find(|&&code| code as usize >= dictionary.len())
            {
                return mistake(format!(
                    "`{name}` has label number {code} of {}",
                    dictionary.len()
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A column of every kind.
    pub fn columns() -> Vec<TrialColumn> {
        [
            ("trial", ColumnKind::Whole),
            ("cost, \"of\" war", ColumnKind::Number),
            ("ended", ColumnKind::OptionalWhole),
            ("outcome", ColumnKind::Text),
        ]
        .map(|(name, kind)| TrialColumn { name: name.to_owned(), kind })
        .into()
    }

    /// Rows `from..to` of a file of trials with a new dictionary per batch.
    pub fn batch(from: usize, to: usize) -> Batch {
        let rows = from..to;
        let labels = ["war", "Frieden, endlich", "statu\u{2009}quo"];
        let turn = from % 3;
        let dictionary: Vec<String> = (0..3).map(|i| labels[(i + turn) % 3].to_owned()).collect();
        Batch {
            columns: vec![
                ColumnData::Whole(rows.clone().map(|i| i as i64).collect()),
                ColumnData::Number(rows.clone().map(|i| (i as f64 / 7.0).sqrt()).collect()),
                ColumnData::OptionalWhole(
                    rows.clone().map(|i| (i % 5 > 1).then_some(i as i64 % 16)).collect(),
                ),
                ColumnData::Text {
                    codes: rows.map(|i| ((i * i + 3 - turn) % 3) as u32).collect(),
                    dictionary: dictionary.into(),
                },
            ],
        }
    }

    #[test]
    fn batches_that_do_not_fit_are_refused() {
        let reason = |change: &dyn Fn(&mut Batch)| {
            let mut changed = batch(0, 4);
            change(&mut changed);
            changed.check(&columns()).unwrap_err().to_string()
        };
        let fewer = reason(&|batch| drop(batch.columns.pop()));
        assert_eq!(fewer, "cannot write trials: 3 columns instead of 4");
        let other = reason(&|batch| batch.columns.swap(2, 3));
        assert_eq!(other, "cannot write trials: `ended` holds Text, not OptionalWhole");
        let short = reason(&|batch| batch.columns[1] = ColumnData::Number(vec![0.5]));
        assert!(short.ends_with("`cost, \"of\" war` has 1 rows instead of 4"), "{short}");
        let code = reason(&|batch| {
            batch.columns[3] = ColumnData::Text {
                codes: vec![0, 1, 2, 3],
                dictionary: ["a", "b", "c"].map(String::from).into(),
            };
        });
        assert_eq!(code, "cannot write trials: `outcome` has label number 3 of 3");
    }
}
