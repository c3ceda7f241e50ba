//! A table column by column, for programs that read tables without a file in between.

use super::table_doc::{ColumnDoc, DocumentedRow, FieldKind, TableDoc};
use crate::store::{Field, fields};

/// A table, column by column, with what it holds in words.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumns {
    /// The file in which a run folder has the table, such as `summary.csv`.
    pub file: &'static str,
    /// What a row of it is.
    pub about: String,
    /// How many rows it has.
    pub rows: usize,
    /// Its columns, in their order.
    pub columns: Vec<FilledColumn>,
}

/// A column with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct FilledColumn {
    /// What it is called and what it holds.
    pub doc: ColumnDoc,
    /// Its values, one a row.
    pub values: ColumnValues,
}

/// The values of a column; `None` where a row has none.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnValues {
    /// Text, or words of a list.
    Text(Vec<Option<String>>),
    /// Numbers of double precision.
    Number(Vec<Option<f64>>),
    /// Counts.
    Count(Vec<Option<u64>>),
}

impl TableColumns {
    /// The columns of some rows.
    pub fn of<R: DocumentedRow>(rows: &[R]) -> Self {
        let TableDoc { file, about, columns, .. } = R::doc();
        let mut found: Vec<Vec<Field>> = vec![Vec::with_capacity(rows.len()); columns.len()];
        for row in rows {
            found.iter_mut().zip(fields(row)).for_each(|(column, (_, field))| column.push(field));
        }
        let columns = columns.into_iter().zip(found);
        let columns = columns
            .map(|(doc, fields)| FilledColumn { values: ColumnValues::of(doc.kind, fields), doc })
            .collect();
        TableColumns { file, about, rows: rows.len(), columns }
    }

    /// The name of the table: that of its file without the ending.
    pub fn name(&self) -> &'static str {
        self.file.split('.').next().unwrap_or(self.file)
    }
}

impl ColumnValues {
    /// The values of fields of a kind. A column of text may hold numbers, as values that are swept do: then it
    /// is one of numbers if all of them are, else each is the text that a CSV table has.
    ///
    /// # Panics
    ///
    /// If a field of another column is not of its kind.
    fn of(kind: FieldKind, fields: Vec<Field>) -> Self {
        let is_number = |field: &Field| matches!(field, Field::Number(_));
        let mut present = fields.iter().filter(|field| **field != Field::Missing).peekable();
        let all_numbers = present.peek().is_some() && present.all(is_number);
        match kind {
            FieldKind::Text if !all_numbers => {
                let text = |field: Field| (field != Field::Missing).then(|| field.text());
                ColumnValues::Text(fields.into_iter().map(text).collect())
            }
            FieldKind::Text | FieldKind::Number => {
                let number = |field| match field {
                    Field::Number(number) => Some(number),
                    Field::Missing => None,
                    Field::Text(_) | Field::Count(_) => panic!("{field:?} among numbers"),
                };
                ColumnValues::Number(fields.into_iter().map(number).collect())
            }
            FieldKind::Count => {
                let count = |field| match field {
                    Field::Count(count) => Some(count),
                    Field::Missing => None,
                    Field::Text(_) | Field::Number(_) => panic!("{field:?} among counts"),
                };
                ColumnValues::Count(fields.into_iter().map(count).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verbs::tables::{CheckedRow, TablePart, row};

    row! {
        /// A thing that is counted.
        pub struct ThingRow in "things.csv" may be infinite: "ratio" {
            /// Its name.
            pub name: String,
            /// Its number.
            pub count: u64,
            /// Its share.
            pub share: Option<f64>,
            /// Its ratio.
            pub ratio: f64,
        }
    }

    impl CheckedRow for ThingRow {}

    #[test]
    fn rows_become_columns_with_their_kinds_and_gaps() {
        let thing = |name: &str, count, share| ThingRow {
            name: name.to_owned(),
            count,
            share,
            ratio: f64::INFINITY,
        };
        let rows = vec![thing("a", u64::MAX, None), thing("", 0, Some(0.1 + 0.2))];
        let table = rows.columns().expect("it is always there");
        assert_eq!((table.name(), table.rows), ("things", 2));
        assert_eq!(table.about, "A thing that is counted.");
        let values: Vec<_> = table.columns.iter().map(|own| own.values.clone()).collect();
        assert_eq!(
            values,
            [
                ColumnValues::Text(vec![Some("a".to_owned()), Some(String::new())]),
                ColumnValues::Count(vec![Some(u64::MAX), Some(0)]),
                ColumnValues::Number(vec![None, Some(0.1 + 0.2)]),
                ColumnValues::Number(vec![Some(f64::INFINITY); 2]),
            ]
        );
        assert_eq!(table.columns[2].doc.words(), "number or empty");
        assert_eq!(None::<Vec<ThingRow>>.columns(), None, "a table that was not asked for");
    }

    #[test]
    fn values_that_are_swept_are_numbers_if_all_are_and_else_text() {
        let of = |fields: &[Field]| ColumnValues::of(FieldKind::Text, fields.to_vec());
        let (half, word) = (Field::Number(0.5), Field::Text("low".to_owned()));
        let numbers = of(&[half.clone(), Field::Missing]);
        assert_eq!(numbers, ColumnValues::Number(vec![Some(0.5), None]));
        let mixed = of(&[half, word, Field::Number(1e-7), Field::Number(2.0)]);
        let texts = ["0.5", "low", "1e-7", "2"].map(|text| Some(text.to_owned()));
        assert_eq!(mixed, ColumnValues::Text(texts.into()));
        assert_eq!(of(&[Field::Missing]), ColumnValues::Text(vec![None]));
    }
}
