//! Typed rows: a struct is a row of a table, written as CSV and read back as it was.
//!
//! A struct that implements [`TableRow`] is the single home of a table's columns: their names are
//! the names of its fields, in their order. A field is text, a number, a count, or an `Option` of
//! one of these, which is an empty field where it is `None`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::csv::{CsvField, CsvTable};
use super::csv_style::unmarked;
use super::fields::{Field, fields};
use super::{Records, Staging, StoreError};

/// A row of one of a run folder's tables.
pub trait TableRow: Serialize + DeserializeOwned {
    /// The file that holds the table, such as `summary.csv`.
    const FILE: &'static str;
    /// The columns whose numbers may be infinite: all others hold finite ones.
    const INFINITE: &'static [&'static str] = &[];
}

impl Staging {
    /// Writes a whole table: its headings and these rows.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write_rows<R: TableRow>(&self, rows: &[R]) -> Result<(), StoreError> {
        let mut table = CsvTable::create(self, R::FILE, &headings::<R>())?;
        for row in rows {
            let fields = fields(row);
            let cells: Vec<CsvField<'_>> = fields.iter().map(|(_, field)| field.cell()).collect();
            table.row(&cells)?;
        }
        table.finish()
    }
}

impl Records {
    /// The rows of a table, each with the line on which it stands.
    ///
    /// # Errors
    /// If there is no such table, or a field of it is not what it should be.
    pub fn rows<R: TableRow>(&self) -> Result<Vec<(u64, R)>, StoreError> {
        let bytes = self.bytes(R::FILE)?;
        let mut reader = csv::Reader::from_reader(unmarked(&bytes));
        let spoilt = |line, reason| StoreError::Spoilt { path: self.path(R::FILE), line, reason };
        let broken =
            |error: csv::Error| spoilt(error.position().map(csv::Position::line), plain(&error));
        let heads = reader.headers().map_err(broken)?.clone();
        if let Some(missing) =
            headings::<R>().iter().find(|own| !heads.iter().any(|head| head == **own))
        {
            return Err(spoilt(None, format!("there is no column `{missing}`")));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let written = record.map_err(broken)?;
            let line = written.position().map_or(0, csv::Position::line);
            let record: csv::StringRecord =
                written.iter().map(|cell| self.csv().read(cell)).collect();
            let row: R = match record.deserialize(Some(&heads)) {
                Ok(row) => row,
                Err(error) => return Err(spoilt(Some(line), wrong(&error, &heads, &record))),
            };
            let is_wrong = |(name, field): &(&str, Field)| {
                matches!(field, Field::Number(number) if !number.is_finite())
                    && !R::INFINITE.contains(name)
            };
            if let Some((name, Field::Number(number))) = fields(&row).iter().find(|f| is_wrong(f)) {
                return Err(spoilt(Some(line), not(name, &number.to_string(), "a number")));
            }
            rows.push((line, row));
        }
        Ok(rows)
    }
}

/// The most letters of a field that a message repeats.
const MOST_SHOWN: usize = 80;

/// The message that a field does not hold what its column should.
pub(crate) fn not(column: &str, found: &str, expected: &str) -> String {
    let mut shown: String = found.chars().take(MOST_SHOWN).flat_map(char::escape_debug).collect();
    if found.chars().nth(MOST_SHOWN).is_some() {
        shown.push('…');
    }
    format!("`{column}` is `{shown}`, not {expected}")
}

/// An error of the CSV reader in plain words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other errors have the reader's words")]
fn plain(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields instead of {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not text in UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// Which field of a record is wrong, and what it should be.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other errors have the reader's words")]
fn wrong(error: &csv::Error, heads: &csv::StringRecord, record: &csv::StringRecord) -> String {
    use csv::DeserializeErrorKind::{ParseBool, ParseFloat, ParseInt};
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else { return plain(error) };
    let expected = match err.kind() {
        ParseFloat(_) => "a number",
        ParseInt(_) => "a count",
        ParseBool(_) => "true or false",
        _ => return err.to_string(),
    };
    let at = err.field().map_or(0, |at| at as usize);
    not(heads.get(at).unwrap_or_default(), record.get(at).unwrap_or_default(), expected)
}

/// The headings of a table: the names of its row's fields.
pub fn headings<R: TableRow>() -> Vec<&'static str> {
    let mut names: &'static [&'static str] = &[];
    // A deserializer that only listens for the names of the fields.
    let _ = R::deserialize(Names(&mut names));
    names.to_vec()
}

/// A deserializer that records the names of a struct's fields and then fails.
struct Names<'n>(&'n mut &'static [&'static str]);

impl<'de> serde::Deserializer<'de> for Names<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("only the names of a struct's fields are asked for"))
    }

    fn deserialize_struct<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Line {
        name: String,
        share: f64,
        n: u64,
        unit: Option<String>,
        ratio: Option<f64>,
    }

    impl TableRow for Line {
        const FILE: &'static str = "a.csv";
        const INFINITE: &'static [&'static str] = &["ratio"];
    }

    fn line(name: &str, share: f64, ratio: Option<f64>) -> Line {
        Line { name: name.to_owned(), share, n: 3, unit: None, ratio }
    }

    /// What stands in a table of this text, or what is wrong with it.
    fn read(text: &[u8]) -> Result<Vec<(u64, Line)>, String> {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("a.csv"), text).unwrap();
        let rows = Records::new(root.path()).rows();
        let folder = root.path().display().to_string();
        rows.map_err(|error: StoreError| error.to_string().replace(&folder, "run"))
    }

    #[test]
    fn rows_read_back_as_they_were_written() {
        let rows = [line("a, \"b\"", 0.1 + 0.2, None), line("2017", 1.0, Some(f64::INFINITY))];
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        staging.write_rows(&rows).unwrap();
        let folder = staging.commit().unwrap();
        assert_eq!(
            std::fs::read_to_string(folder.join("a.csv")).unwrap(),
            "name,share,n,unit,ratio\n\"a, \"\"b\"\"\",0.30000000000000004,3,,\n2017,1,3,,inf\n"
        );
        let read: Vec<(u64, Line)> = Records::new(&folder).rows().unwrap();
        let [first, second] = rows;
        assert_eq!(read, [(2, first), (3, second)]);
    }

    #[test]
    fn what_is_wrong_with_a_table_is_named_with_its_place() {
        let head = "name,share,n,unit,ratio\n";
        let error = |rows: &str| read(format!("{head}{rows}").as_bytes()).unwrap_err();
        assert_eq!(
            error("a,half,3,,\n"),
            "cannot use run/a.csv, line 2: `share` is `half`, not a number"
        );
        assert_eq!(
            error("a,0.5,3,,\nb,0.5,-3,,\n"),
            "cannot use run/a.csv, line 3: `n` is `-3`, not a count"
        );
        assert_eq!(
            error("a,NaN,3,,\n"),
            "cannot use run/a.csv, line 2: `share` is `NaN`, not a number"
        );
        assert_eq!(error("a,1,3\n"), "cannot use run/a.csv, line 2: 3 fields instead of 5");
        assert_eq!(
            read(b"name,share,unit,ratio\n").unwrap_err(),
            "cannot use run/a.csv: there is no column `n`"
        );
        assert!(read(b"name,share,n,unit,ratio\na,\xff,1,,\n").unwrap_err().ends_with("UTF-8"));
    }
}
