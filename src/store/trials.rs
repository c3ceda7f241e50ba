//! The file of trials: which formats there are, and how one is opened.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

#[cfg(feature = "parquet")]
use super::ParquetTrialWriter;
use super::{CsvTrialWriter, Staging, StoreError, TrialColumn, TrialSink};

/// The format of the file of trials.
///
/// Every build can name both, so that it reads the manifest of any run folder. Without the feature
/// `parquet`, Parquet is refused when the file is opened, before anything is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum TrialFormat {
    /// Apache Parquet: typed, compressed, for Python, R and DuckDB.
    Parquet,
    /// Comma-separated text.
    Csv,
}

impl TrialFormat {
    /// The name of the file in the run folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Parquet => "trials.parquet",
            Self::Csv => "trials.csv",
        }
    }
}

/// Opens the file of trials in a run folder.
///
/// # Errors
/// If two columns have one name, this build cannot write the format, or the system refuses.
pub fn open_trials(
    staging: &Staging,
    format: TrialFormat,
    columns: Vec<TrialColumn>,
) -> Result<Box<dyn TrialSink>, StoreError> {
    distinct(&columns)?;
    let file = || staging.file(format.file_name());
    Ok(match format {
        #[cfg(feature = "parquet")]
        TrialFormat::Parquet => Box::new(ParquetTrialWriter::new(file()?, columns)?),
        #[cfg(not(feature = "parquet"))]
        TrialFormat::Parquet => return Err(StoreError::NoParquet),
        TrialFormat::Csv => Box::new(CsvTrialWriter::new(file()?, columns, staging.csv())?),
    })
}

/// Refuses columns of which two have one name.
pub(super) fn distinct(columns: &[TrialColumn]) -> Result<(), StoreError> {
    let mut names = BTreeSet::new();
    match columns.iter().find(|column| !names.insert(&column.name)) {
        Some(twice) => {
            Err(StoreError::Columns { reason: format!("two columns are called `{}`", twice.name) })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::batch::tests::{batch, columns};

    /// The formats that this build writes.
    const FORMATS: &[TrialFormat] = &[
        TrialFormat::Csv,
        #[cfg(feature = "parquet")]
        TrialFormat::Parquet,
    ];

    /// The bytes of a file of `rows` trials written in batches of `size`.
    pub fn written(format: TrialFormat, rows: usize, size: usize) -> Vec<u8> {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        let mut sink = open_trials(&staging, format, columns()).unwrap();
        for from in (0..rows).step_by(size) {
            sink.write(&batch(from, rows.min(from + size))).unwrap();
        }
        sink.finish().unwrap();
        std::fs::read(staging.commit().unwrap().join(format.file_name())).unwrap()
    }

    #[test]
    fn bytes_do_not_depend_on_the_size_of_batches() {
        for &format in FORMATS {
            let once = written(format, 150_000, 150_000);
            for size in [1_024, 65_536, 99_999, 150_000] {
                assert!(once == written(format, 150_000, size), "{format:?}, {size}");
            }
        }
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        let twice = [columns(), columns()].concat();
        let error = open_trials(&staging, TrialFormat::Csv, twice).err().unwrap();
        assert_eq!(error.to_string(), "cannot write trials: two columns are called `trial`");
    }

    #[cfg(not(feature = "parquet"))]
    #[test]
    fn a_build_without_parquet_says_so_and_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        let refused = open_trials(&staging, TrialFormat::Parquet, columns()).err().unwrap();
        assert_eq!(
            refused.to_string(),
            "cannot write trials.parquet: this build has no Parquet; write CSV, or build demarche \
             with its feature `parquet`"
        );
        assert!(staging.files().unwrap().is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_reported() {
        for &format in FORMATS {
            let root = tempfile::tempdir().unwrap();
            let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
            let path = staging.path(format.file_name()).unwrap();
            std::os::unix::fs::symlink("/dev/full", path).unwrap();
            let mut sink = open_trials(&staging, format, columns()).unwrap();
            let done = sink.write(&batch(0, 10)).and_then(|()| sink.finish());
            let error = done.unwrap_err().to_string();
            assert!(
                error.starts_with("cannot write ") && error.ends_with(": the disk is full"),
                "{error}"
            );
            assert!(staging.commit().is_err());
        }
    }
}
