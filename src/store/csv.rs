//! CSV tables.
//!
//! One row per line ending in `\n`; text is in quotes where it needs them; a missing value is an empty
//! field. Numbers are written with the fewest digits that read back as the same number; those from
//! 10¹⁵ up and below 10⁻⁶ with an exponent (`1e15`), all others without, so a whole number is `1` rather
//! than `1.0`. Text that a spreadsheet would take for a formula is guarded: see [`CsvStyle`].

use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::{Batch, ColumnData, CsvStyle, OutputFile, Staging, StoreError, TrialColumn, TrialSink};

/// A table that is written row by row.
pub struct CsvTable {
    writer: csv::Writer<OutputFile>,
    shown: PathBuf,
    style: CsvStyle,
    /// The text of the field that is being written, kept so that not every field allocates.
    field: String,
}

/// One field of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CsvField<'a> {
    /// Any text.
    Text(&'a str),
    /// A number of double precision.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A count.
    Count(u64),
    /// Nothing: an empty field.
    Missing,
}

impl CsvTable {
    /// Opens a table in a run folder and writes its headings.
    ///
    /// # Errors
    /// If the name leaves the folder or the system refuses.
    pub fn create(staging: &Staging, name: &str, headings: &[&str]) -> Result<Self, StoreError> {
        Self::new(staging.file(name)?, headings, staging.csv())
    }

    fn new(mut file: OutputFile, headings: &[&str], style: CsvStyle) -> Result<Self, StoreError> {
        let shown = file.shown().to_owned();
        file.write_all(style.mark().as_bytes()).map_err(StoreError::io("write", &shown))?;
        let writer = csv::Writer::from_writer(file);
        let mut table = Self { writer, shown, style, field: String::new() };
        for &heading in headings {
            table.field(CsvField::Text(heading))?;
        }
        table.end_row()?;
        Ok(table)
    }

    /// Writes a row, with a field for each heading.
    ///
    /// # Errors
    /// If the number of fields is not that of the headings, or the system refuses.
    pub fn row(&mut self, cells: &[CsvField<'_>]) -> Result<(), StoreError> {
        for &cell in cells {
            self.field(cell)?;
        }
        self.end_row()
    }

    /// Completes the table. Without this the run folder cannot be committed.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(self) -> Result<(), StoreError> {
        match self.writer.into_inner() {
            Ok(file) => file.finish(),
            Err(failure) => {
                let cause = io::Error::new(failure.error().kind(), failure.error().to_string());
                Err(StoreError::io("write", &self.shown)(cause))
            }
        }
    }

    fn field(&mut self, cell: CsvField<'_>) -> Result<(), StoreError> {
        self.field.clear();
        match cell {
            CsvField::Text(text) => self.field.push_str(&self.style.written(text)),
            CsvField::Number(_) | CsvField::Whole(_) | CsvField::Count(_) | CsvField::Missing => {
                write!(self.field, "{cell}").expect("writing to a string cannot fail");
            }
        }
        self.writer
            .write_field(&self.field)
            .map_err(|cause| StoreError::io("write", &self.shown)(cause.into()))
    }

    fn end_row(&mut self) -> Result<(), StoreError> {
        self.writer
            .write_record(None::<&[u8]>)
            .map_err(|cause| StoreError::io("write", &self.shown)(cause.into()))
    }
}

impl fmt::Display for CsvField<'_> {
    /// The field as it is: text without a guard, and nothing where it is missing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            CsvField::Text(text) => f.write_str(text),
            CsvField::Number(number) if has_exponent(number) => write!(f, "{number:e}"),
            CsvField::Number(number) => write!(f, "{number}"),
            CsvField::Whole(number) => write!(f, "{number}"),
            CsvField::Count(number) => write!(f, "{number}"),
            CsvField::Missing => Ok(()),
        }
    }
}

/// Whether a number is so large or so small that it is written with an exponent.
fn has_exponent(number: f64) -> bool {
    number.is_finite() && number != 0.0 && !(1e-6..1e15).contains(&number.abs())
}

impl<'a> From<&'a str> for CsvField<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for CsvField<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for CsvField<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for CsvField<'_> {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<u64> for CsvField<'_> {
    fn from(number: u64) -> Self {
        Self::Count(number)
    }
}

impl<'a, T: Into<CsvField<'a>>> From<Option<T>> for CsvField<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

/// The file of trials as CSV.
pub struct CsvTrialWriter {
    table: CsvTable,
    columns: Vec<TrialColumn>,
}

impl CsvTrialWriter {
    /// Starts the file with the headings of the columns.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn new(
        file: OutputFile,
        columns: Vec<TrialColumn>,
        style: CsvStyle,
    ) -> Result<Self, StoreError> {
        let headings: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let table = CsvTable::new(file, &headings, style)?;
        Ok(Self { table, columns })
    }
}

impl TrialSink for CsvTrialWriter {
    fn write(&mut self, batch: &Batch) -> Result<(), StoreError> {
        batch.check(&self.columns)?;
        for row in 0..batch.rows() {
            for column in &batch.columns {
                self.table.field(match column {
                    ColumnData::Number(values) => values[row].into(),
                    ColumnData::Whole(values) => values[row].into(),
                    ColumnData::OptionalWhole(values) => values[row].into(),
                    ColumnData::Text { codes, dictionary } => {
                        (&dictionary[codes[row] as usize]).into()
                    }
                })?;
            }
            self.table.end_row()?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), StoreError> {
        self.table.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::TrialFormat;
    use crate::store::trials::tests::written;

    fn table(headings: &[&str], rows: &[&[CsvField<'_>]]) -> Result<String, StoreError> {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1")?;
        let mut table = CsvTable::create(&staging, "a.csv", headings)?;
        for row in rows {
            table.row(row)?;
        }
        table.finish()?;
        Ok(std::fs::read_to_string(staging.commit()?.join("a.csv")).unwrap())
    }

    #[test]
    fn fields_are_quoted_only_where_they_must_be() {
        let rows: [&[CsvField<'_>]; 4] = [
            &["plain".into(), 1.0.into()],
            &["a, b".into(), (1.0 / 3.0).into()],
            &["say \"no\"\nor not".into(), 1e-7.into()],
            &["".into(), None::<f64>.into()],
        ];
        assert_eq!(
            table(&["title", "share, %"], &rows).unwrap(),
            "title,\"share, %\"\nplain,1\n\"a, b\",0.3333333333333333\n\
             \"say \"\"no\"\"\nor not\",1e-7\n,\n"
        );
    }

    #[test]
    fn numbers_read_back_as_they_were() {
        let numbers = [0.1 + 0.2, -1e22, 5e-324, f64::MAX, 1e15 + 0.3, -2.5e-9];
        let cells: Vec<CsvField<'_>> = numbers.iter().map(|&number| number.into()).collect();
        let text = table(&["a", "b", "c", "d", "e", "f"], &[&cells]).unwrap();
        let read: Vec<f64> =
            text.lines().nth(1).unwrap().split(',').map(|field| field.parse().unwrap()).collect();
        assert_eq!(read, numbers);
        let whole = table(&["a", "b"], &[&[i64::MIN.into(), u64::MAX.into()]]).unwrap();
        assert_eq!(whole, "a,b\n-9223372036854775808,18446744073709551615\n");
    }

    #[test]
    fn a_row_with_a_field_too_few_is_refused() {
        let error = table(&["a", "b"], &[&[1.0.into()]]).unwrap_err().to_string();
        assert!(error.starts_with("cannot write ") && error.contains("a.csv"), "{error}");
    }

    #[test]
    fn trials_are_rows_under_the_names_of_their_columns() {
        let text = String::from_utf8(written(TrialFormat::Csv, 4, 3)).unwrap();
        assert_eq!(
            text,
            "trial,\"cost, \"\"of\"\" war\",ended,outcome\n\
             0,0,,war\n\
             1,0.3779644730092272,,\"Frieden, endlich\"\n\
             2,0.5345224838248488,2,\"Frieden, endlich\"\n\
             3,0.6546536707079771,3,war\n"
        );
    }
}
