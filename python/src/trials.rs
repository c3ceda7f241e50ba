//! The table of single trials between the engine and Arrow.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray,
};
use arrow_buffer::ScalarBuffer;
use arrow_schema::{DataType, Field};
use demarche::store::{
    Batch, ColumnData, ColumnKind, Staging, StoreError, TrialColumn, TrialFormat, TrialTable,
    open_trials,
};

use crate::table::{Table, batch};

/// How many trials are written to a file at a time.
const ROWS: usize = 65_536;
/// What a row is.
const ABOUT: &str = "One row for each trial, in their order.";

/// The table of single trials, and how a run folder is to have it.
pub struct Trials {
    /// The format of the file.
    pub format: TrialFormat,
    columns: Vec<TrialColumn>,
    /// The trials.
    pub table: Table,
}

impl From<TrialTable> for Trials {
    fn from(TrialTable { format, columns, rows }: TrialTable) -> Self {
        let count = rows.rows();
        let arrays = columns.iter().zip(rows.columns).map(|(column, data)| {
            let (kind, array) = array(data);
            let may_be_empty = column.kind == ColumnKind::OptionalWhole;
            (Field::new(&column.name, kind, may_be_empty), array)
        });
        let (fields, arrays) = arrays.unzip();
        Trials { format, columns, table: Table::new("trials", batch(fields, arrays, count, ABOUT)) }
    }
}

impl Trials {
    /// The same trials, read again: those of a table that has the columns of trials.
    pub fn of(format: TrialFormat, table: Table) -> Self {
        let schema = table.columns().schema();
        let columns = schema.fields().iter().map(|field| TrialColumn {
            name: field.name().clone(),
            kind: match (field.data_type(), field.is_nullable()) {
                (DataType::Dictionary(_, _), _) => ColumnKind::Text,
                (DataType::Int64, true) => ColumnKind::OptionalWhole,
                (DataType::Int64, false) => ColumnKind::Whole,
                _ => ColumnKind::Number,
            },
        });
        Trials { format, columns: columns.collect(), table }
    }

    /// Writes the file of trials into a run folder.
    pub fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        let mut sink = open_trials(staging, self.format, self.columns.clone())?;
        let rows = self.table.columns();
        for from in (0..rows.num_rows()).step_by(ROWS) {
            let part = rows.slice(from, ROWS.min(rows.num_rows() - from));
            let columns = part.columns().iter().zip(&self.columns);
            let columns = columns.map(|(array, column)| data(array, column.kind));
            sink.write(&Batch { columns: columns.collect() })?;
        }
        sink.finish()
    }
}

/// A column of trials in Arrow's form. Numbers are moved, not copied.
fn array(data: ColumnData) -> (DataType, ArrayRef) {
    match data {
        ColumnData::Number(values) => {
            (DataType::Float64, Arc::new(Float64Array::new(ScalarBuffer::from(values), None)))
        }
        ColumnData::Whole(values) => {
            (DataType::Int64, Arc::new(Int64Array::new(ScalarBuffer::from(values), None)))
        }
        ColumnData::OptionalWhole(values) => {
            (DataType::Int64, Arc::new(values.into_iter().collect::<Int64Array>()))
        }
        ColumnData::Text { codes, dictionary } => {
            let codes = codes.into_iter().map(|code| {
                i32::try_from(code)
                    .expect("a scenario has fewer labels than a signed number counts")
            });
            let keys: Int32Array = codes.map(Some).collect();
            let keys = Int32Array::new(keys.values().clone(), None);
            let labels = Arc::new(StringArray::from_iter_values(dictionary.iter()));
            let array = DictionaryArray::<Int32Type>::new(keys, labels);
            (array.data_type().clone(), Arc::new(array))
        }
    }
}

/// A column of trials as the engine writes it.
///
/// # Panics
///
/// If the array is not one that [`array`] makes for the kind.
fn data(array: &ArrayRef, kind: ColumnKind) -> ColumnData {
    const FITS: &str = "a column has the type that its kind was given";
    match kind {
        ColumnKind::Number => ColumnData::Number(
            array.as_primitive_opt::<Float64Type>().expect(FITS).values().to_vec(),
        ),
        ColumnKind::Whole => {
            ColumnData::Whole(array.as_primitive_opt::<Int64Type>().expect(FITS).values().to_vec())
        }
        ColumnKind::OptionalWhole => {
            let values = array.as_primitive_opt::<Int64Type>().expect(FITS);
            ColumnData::OptionalWhole(values.iter().collect())
        }
        ColumnKind::Text => {
            let values = array.as_dictionary_opt::<Int32Type>().expect(FITS);
            let labels = values.values().as_string_opt::<i32>().expect(FITS);
            let codes = values.keys().values().iter().map(|key| key.unsigned_abs());
            let dictionary = labels.iter().flatten().map(str::to_owned);
            ColumnData::Text { codes: codes.collect(), dictionary: dictionary.collect() }
        }
    }
}
