//! Where the table of single trials goes: into a run folder, or into memory.

use std::sync::{Mutex, PoisonError};

use super::trials::distinct;
use super::{
    Batch, ColumnData, ColumnKind, Staging, StoreError, TrialColumn, TrialFormat, TrialSink,
    open_trials,
};

/// What takes the table of single trials, where a question asks for one.
pub trait TrialStore: Sync {
    /// Opens the table, of which there is one for each answer.
    ///
    /// # Errors
    /// If two columns have one name, the format cannot be written, or the system refuses.
    fn open(
        &self,
        format: TrialFormat,
        columns: Vec<TrialColumn>,
    ) -> Result<Box<dyn TrialSink + '_>, StoreError>;
}

impl TrialStore for Staging {
    fn open(
        &self,
        format: TrialFormat,
        columns: Vec<TrialColumn>,
    ) -> Result<Box<dyn TrialSink + '_>, StoreError> {
        open_trials(self, format, columns)
    }
}

/// The table of single trials in memory: each column in one piece, for programs that read it without
/// a file in between.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialTable {
    /// The format in which a run folder is to have it.
    pub format: TrialFormat,
    /// What the columns hold.
    pub columns: Vec<TrialColumn>,
    /// The columns, all of one length. Every text column has one dictionary.
    pub rows: Batch,
}

/// Keeps the table of single trials in memory.
///
/// ```
/// use demarche::store::{Batch, ColumnData, ColumnKind, KeptTrials, TrialColumn, TrialFormat, TrialStore};
///
/// let kept = KeptTrials::default();
/// let columns = vec![TrialColumn { name: "trial".to_owned(), kind: ColumnKind::Whole }];
/// let mut sink = kept.open(TrialFormat::Csv, columns)?;
/// sink.write(&Batch { columns: vec![ColumnData::Whole(vec![0, 1])] })?;
/// sink.write(&Batch { columns: vec![ColumnData::Whole(vec![2])] })?;
/// sink.finish()?;
/// let table = kept.into_table().expect("a table was opened");
/// assert_eq!(table.rows.columns, [ColumnData::Whole(vec![0, 1, 2])]);
/// # Ok::<(), demarche::store::StoreError>(())
/// ```
#[derive(Debug, Default)]
pub struct KeptTrials {
    table: Mutex<Option<TrialTable>>,
}

impl KeptTrials {
    /// The table; `None` if none was opened.
    pub fn into_table(self) -> Option<TrialTable> {
        self.table.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TrialStore for KeptTrials {
    fn open(
        &self,
        format: TrialFormat,
        columns: Vec<TrialColumn>,
    ) -> Result<Box<dyn TrialSink + '_>, StoreError> {
        distinct(&columns)?;
        let rows = Batch { columns: columns.iter().map(|column| empty(column.kind)).collect() };
        Ok(Box::new(KeptSink { kept: self, table: TrialTable { format, columns, rows } }))
    }
}

/// A table in memory while it grows.
struct KeptSink<'k> {
    kept: &'k KeptTrials,
    table: TrialTable,
}

impl TrialSink for KeptSink<'_> {
    fn write(&mut self, batch: &Batch) -> Result<(), StoreError> {
        batch.check(&self.table.columns)?;
        self.table
            .rows
            .columns
            .iter_mut()
            .zip(&batch.columns)
            .for_each(|(all, part)| add(all, part));
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), StoreError> {
        *self.kept.table.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.table);
        Ok(())
    }
}

/// A column without rows.
fn empty(kind: ColumnKind) -> ColumnData {
    match kind {
        ColumnKind::Number => ColumnData::Number(Vec::new()),
        ColumnKind::Whole => ColumnData::Whole(Vec::new()),
        ColumnKind::OptionalWhole => ColumnData::OptionalWhole(Vec::new()),
        ColumnKind::Text => ColumnData::Text { codes: Vec::new(), dictionary: [].into() },
    }
}

/// Adds the rows of a part to a column of the same kind.
fn add(all: &mut ColumnData, part: &ColumnData) {
    match (all, part) {
        (ColumnData::Number(all), ColumnData::Number(part)) => all.extend_from_slice(part),
        (ColumnData::Whole(all), ColumnData::Whole(part)) => all.extend_from_slice(part),
        (ColumnData::OptionalWhole(all), ColumnData::OptionalWhole(part)) => {
            all.extend_from_slice(part);
        }
        (
            ColumnData::Text { codes: all, dictionary: known },
            ColumnData::Text { codes, dictionary },
        ) => {
            if all.is_empty() {
                known.clone_from(dictionary);
            }
            if known == dictionary {
                all.extend_from_slice(codes);
                return;
            }
            // Batches may bring labels of their own, which join those that are known.
            let mut labels = known.to_vec();
            let places: Vec<u32> = dictionary
                .iter()
                .map(|label| {
                    let at = labels.iter().position(|own| own == label).unwrap_or_else(|| {
                        labels.push(label.clone());
                        labels.len() - 1
                    });
                    at as u32
                })
                .collect();
            all.extend(codes.iter().map(|code| places[*code as usize]));
            *known = labels.into();
        }
        (
            ColumnData::Number(_)
            | ColumnData::Whole(_)
            | ColumnData::OptionalWhole(_)
            | ColumnData::Text { .. },
            _,
        ) => unreachable!("a batch that was checked has the kinds of its columns"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::batch::tests::{batch, columns};

    fn kept(size: usize) -> TrialTable {
        let kept = KeptTrials::default();
        let mut sink = kept.open(TrialFormat::Csv, columns()).unwrap();
        for from in (0..100).step_by(size) {
            sink.write(&batch(from, 100.min(from + size))).unwrap();
        }
        sink.finish().unwrap();
        kept.into_table().unwrap()
    }

    /// The labels of the last column, row by row.
    fn labels(table: &TrialTable) -> Vec<&str> {
        let Some(ColumnData::Text { codes, dictionary }) = table.rows.columns.last() else {
            panic!("a column of text")
        };
        codes.iter().map(|code| dictionary[*code as usize].as_str()).collect()
    }

    #[test]
    fn a_table_in_memory_does_not_depend_on_the_size_of_batches() {
        let (once, often) = (kept(100), kept(7));
        assert_eq!(once.rows.columns[..3], often.rows.columns[..3]);
        // Every batch turns its dictionary: the labels are the same all the same.
        assert_eq!(labels(&once), labels(&often));
        assert_eq!(once.rows.rows(), 100);
        assert!(labels(&once)[..4].contains(&"Frieden, endlich"));
    }

    #[test]
    fn a_table_in_memory_is_refused_where_a_file_would_be() {
        let kept = KeptTrials::default();
        let twice = [columns(), columns()].concat();
        let error = kept.open(TrialFormat::Csv, twice).err().unwrap();
        assert_eq!(error.to_string(), "cannot write trials: two columns are called `trial`");
        let mut sink = kept.open(TrialFormat::Csv, columns()).unwrap();
        let fewer = Batch { columns: batch(0, 4).columns[..3].to_vec() };
        assert!(sink.write(&fewer).is_err());
        drop(sink);
        assert!(kept.into_table().is_none(), "what was not finished is no table");
    }
}
