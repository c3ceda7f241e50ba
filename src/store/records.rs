//! Reads a run folder back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::typed::plain;

/// The files of a run folder: one that was committed, or one that is being written.
#[derive(Clone, Debug)]
pub struct Records {
    root: PathBuf,
    shown: PathBuf,
}

/// A table of a run folder, all its fields as text.
#[derive(Clone, Debug)]
pub struct StoredTable {
    shown: PathBuf,
    columns: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct StoredRow<'g> {
    grid: &'g StoredTable,
    line: u64,
    fields: &'g [String],
}

impl Records {
    /// The files of a finished run folder.
    pub fn new(folder: &Path) -> Self {
        Self { root: folder.to_owned(), shown: folder.to_owned() }
    }

    /// The files of the run folder in `root`, which errors call `shown`.
    pub(super) fn within(root: &Path, shown: &Path) -> Self {
        Self { root: root.to_owned(), shown: shown.to_owned() }
    }

    /// Whether there is a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.root.join(name).is_file()
    }

    /// The path of a file as messages show it.
    pub fn shown(&self, name: &str) -> PathBuf {
        self.shown.join(name)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is no such file, or the system refuses.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        fs::read(self.root.join(name)).map_err(StoreError::io("read", &self.shown(name)))
    }

    /// A table.
    ///
    /// # Errors
    /// If there is no such file, the system refuses, or the file is no table.
    pub fn table(&self, name: &str) -> Result<StoredTable, StoreError> {
        let bytes = self.bytes(name)?;
        let shown = self.shown(name);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let spoilt = |error: csv::Error| {
            let line = error.position().map(csv::Position::line);
            StoreError::Spoilt { path: shown.clone(), line, reason: plain(&error) }
        };
        let columns: Vec<String> =
            reader.headers().map_err(&spoilt)?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(&spoilt)?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(StoredTable { shown, columns, rows })
    }
}

impl StoredTable {
    /// The rows, from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = StoredRow<'_>> {
        self.rows.iter().map(|(line, fields)| StoredRow { grid: self, line: *line, fields })
    }

    /// The rows grouped by the text in a column, each group from top to bottom.
    ///
    /// # Errors
    /// If the table has no such column.
    pub fn by(&self, column: &str) -> Result<BTreeMap<&str, Vec<StoredRow<'_>>>, StoreError> {
        let mut groups: BTreeMap<&str, Vec<StoredRow<'_>>> = BTreeMap::new();
        for row in self.rows() {
            groups.entry(row.text(column)?).or_default().push(row);
        }
        Ok(groups)
    }

    /// The error that the file is damaged, with the reason.
    pub fn spoilt(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Spoilt { path: self.shown.clone(), line: None, reason: reason.into() }
    }
}

impl<'g> StoredRow<'g> {
    /// The text in a column.
    ///
    /// # Errors
    /// If the table has no such column.
    pub fn text(&self, column: &str) -> Result<&'g str, StoreError> {
        match self.grid.columns.iter().position(|name| name == column) {
            Some(at) => Ok(&self.fields[at]),
            None => Err(self.grid.spoilt(format!("there is no column `{column}`"))),
        }
    }

    /// The number in a column; it is finite.
    ///
    /// # Errors
    /// If the table has no such column, or no number in it.
    pub fn number(&self, column: &str) -> Result<f64, StoreError> {
        match self.text(column)?.parse() {
            Ok(number) if f64::is_finite(number) => Ok(number),
            _ => Err(self.wrong(column, "a number")),
        }
    }

    /// The count in a column.
    ///
    /// # Errors
    /// If the table has no such column, or no count in it.
    pub fn count(&self, column: &str) -> Result<u64, StoreError> {
        self.text(column)?.parse().map_err(|_| self.wrong(column, "a count"))
    }

    /// The error that the field in a column does not hold what it should.
    pub fn wrong(&self, column: &str, expected: &str) -> StoreError {
        let found = self.text(column).unwrap_or_default();
        StoreError::Spoilt {
            path: self.grid.shown.clone(),
            line: Some(self.line),
            reason: format!("`{column}` is `{}`, not {expected}", found.escape_debug()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &[u8]) -> Result<StoredTable, StoreError> {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.csv"), text).unwrap();
        Records::within(root.path(), Path::new("run")).table("a.csv")
    }

    #[test]
    fn fields_are_read_by_their_columns() {
        let grid = grid(b"name,share,n\n\"a, b\",0.25,3\nc,x,-1\n").unwrap();
        let rows: Vec<StoredRow<'_>> = grid.rows().collect();
        assert_eq!(rows[0].text("name").unwrap(), "a, b");
        assert_eq!(rows[0].number("share").unwrap(), 0.25);
        assert_eq!(rows[0].count("n").unwrap(), 3);
        let error = |result: Result<f64, StoreError>| result.unwrap_err().to_string();
        assert_eq!(
            error(rows[1].number("share")),
            "cannot use run/a.csv, line 3: `share` is `x`, not a number"
        );
        assert_eq!(
            error(rows[0].number("mean")),
            "cannot use run/a.csv: there is no column `mean`"
        );
        assert!(rows[1].count("n").is_err());
    }

    #[test]
    fn a_spoilt_table_is_named_with_its_line() {
        let error = |text: &[u8]| grid(text).unwrap_err().to_string();
        assert_eq!(error(b"a,b\n1,2\n3\n"), "cannot use run/a.csv, line 3: 1 fields instead of 2");
        assert!(error(b"a,b\n1,\xff\n").ends_with("line 2: not text in UTF-8"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let root = tempfile::tempdir().unwrap();
        let error = Records::new(root.path()).table("a.csv").unwrap_err().to_string();
        assert!(error.ends_with("a.csv: no such file or folder"), "{error}");
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let grid = grid(b"a\nNaN\ninf\n1e999\n").unwrap();
        assert!(grid.rows().all(|row| row.number("a").is_err()));
    }
}
