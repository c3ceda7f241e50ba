//! A table as Arrow columns, which Python's libraries for tables read without copying them.

use std::collections::HashMap;
use std::ffi::CStr;
use std::io::Cursor;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    StringArray,
};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use demarche::inquiry::PointsPlayed;
use demarche::verbs::{ColumnDoc, ColumnValues, FilledColumn, TableColumns};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList};

/// The name of a capsule that holds a stream of columns, by the Arrow PyCapsule interface.
const STREAM: &CStr = c"arrow_array_stream";
/// The name of one that holds a schema.
const SCHEMA: &CStr = c"arrow_schema";
/// The entry of a field's and a schema's metadata that says what it means.
pub const ABOUT: &str = "about";

/// A table: columns of one length.
#[pyclass(frozen, module = "demarche._core")]
#[derive(Clone)]
pub struct Table {
    name: String,
    batch: RecordBatch,
}

impl Table {
    /// A table of these columns.
    pub fn new(name: &str, batch: RecordBatch) -> Self {
        Table { name: name.to_owned(), batch }
    }

    /// A table of an answer.
    pub fn of(table: TableColumns) -> Self {
        let (name, rows) = (table.name(), table.rows);
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) =
            table.columns.into_iter().map(filled).unzip();
        Table::new(name, batch(fields, arrays, rows, &table.about))
    }

    /// What was found at each of several points.
    pub fn of_points(played: PointsPlayed) -> Self {
        let rows = played.values.len();
        let columns = played.names.iter().enumerate().map(|(column, name)| {
            let values = played.values.iter().map(|row| row[column]);
            let field = Field::new(name, DataType::Float64, true);
            (field, Arc::new(values.collect::<Float64Array>()) as ArrayRef)
        });
        let (fields, arrays) = columns.unzip();
        let about = "The share of trials that ended in each outcome, and the means of state, measures and \
                     utilities at their end, at each point.";
        Table::new("points", batch(fields, arrays, rows, about))
    }

    /// The columns.
    pub fn columns(&self) -> &RecordBatch {
        &self.batch
    }
}

/// Columns as one batch.
pub fn batch(fields: Vec<Field>, arrays: Vec<ArrayRef>, rows: usize, about: &str) -> RecordBatch {
    let schema = Schema::new(fields).with_metadata(meaning(about));
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(schema), arrays, &options)
        .expect("each field is made with its column, and columns have one length")
}

/// The metadata that says what something means.
fn meaning(about: &str) -> HashMap<String, String> {
    HashMap::from([(ABOUT.to_owned(), about.to_owned())])
}

/// A column of a table in memory.
fn filled(FilledColumn { doc, values }: FilledColumn) -> (Field, ArrayRef) {
    let ColumnDoc { name, may_be_empty, about, .. } = doc;
    let (kind, array): (DataType, ArrayRef) = match values {
        ColumnValues::Text(values) => {
            (DataType::Utf8, Arc::new(values.into_iter().collect::<StringArray>()))
        }
        ColumnValues::Number(values) => {
            (DataType::Float64, Arc::new(values.into_iter().collect::<Float64Array>()))
        }
        ColumnValues::Count(values) => {
            let whole = |count: u64| {
                i64::try_from(count).expect("no more trials are played than a signed number counts")
            };
            let values = values.into_iter().map(|value| value.map(whole));
            (DataType::Int64, Arc::new(values.collect::<Int64Array>()))
        }
    };
    (Field::new(name, kind, may_be_empty).with_metadata(meaning(&about)), array)
}

/// The exception for columns that do not fit.
fn misfit(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl Table {
    /// The table that `__reduce__` wrote.
    #[staticmethod]
    fn from_ipc(name: &str, bytes: &[u8]) -> PyResult<Self> {
        let mut reader =
            StreamReader::try_new(Cursor::new(bytes), None).map_err(|error| misfit(&error))?;
        let batch = reader.next().transpose().map_err(|error| misfit(&error))?;
        let batch = batch.unwrap_or_else(|| RecordBatch::new_empty(reader.schema()));
        Ok(Table::new(name, batch))
    }

    /// The table in Arrow's stream format.
    pub fn to_ipc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let written = py.detach(|| {
            let mut writer = StreamWriter::try_new(Vec::new(), &self.batch.schema())?;
            writer.write(&self.batch)?;
            writer.into_inner()
        });
        Ok(PyBytes::new(py, &written.map_err(|error| misfit(&error))?))
    }

    #[expect(clippy::type_complexity, reason = "a function and its arguments")]
    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (String, Bound<'py, PyBytes>))> {
        let py = slf.py();
        let make = py.get_type::<Table>().getattr("from_ipc")?;
        Ok((make, (slf.get().name.clone(), slf.get().to_ipc(py)?)))
    }

    /// The name of the table: that of its file in a run folder, without the ending.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// What a row of it is.
    #[getter]
    fn about(&self) -> String {
        self.batch.schema().metadata().get(ABOUT).cloned().unwrap_or_default()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// What each column means, by its name.
    #[getter]
    fn meanings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let meanings = PyDict::new(py);
        for field in self.batch.schema().fields() {
            let about = field.metadata().get(ABOUT).map_or("", String::as_str);
            meanings.set_item(field.name(), about)?;
        }
        Ok(meanings)
    }

    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// The values of a column from one row on, up to another.
    fn values<'py>(
        &self,
        py: Python<'py>,
        column: &str,
        first: usize,
        end: usize,
    ) -> PyResult<Bound<'py, PyList>> {
        let array = self.batch.column_by_name(column);
        let array = array.ok_or_else(|| PyKeyError::new_err(column.to_owned()))?;
        let end = end.min(array.len());
        let first = first.min(end);
        list(py, &array.slice(first, end - first))
    }

    /// The table as a stream, by the Arrow PyCapsule interface. Columns are handed over as they are: a
    /// request for other types is not met.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = [Ok(self.batch.clone())];
        let reader = RecordBatchIterator::new(batches, self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, STREAM)
    }

    /// The types of the columns, by the Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref());
        PyCapsule::new_with_value(py, schema.map_err(|error| misfit(&error))?, SCHEMA)
    }
}

/// The values of a column as a list.
fn list<'py>(py: Python<'py>, array: &dyn Array) -> PyResult<Bound<'py, PyList>> {
    let any = array.as_any();
    if let Some(values) = any.downcast_ref::<Float64Array>() {
        return PyList::new(py, values.iter().collect::<Vec<_>>());
    }
    if let Some(values) = any.downcast_ref::<Int64Array>() {
        return PyList::new(py, values.iter().collect::<Vec<_>>());
    }
    if let Some(values) = any.downcast_ref::<StringArray>() {
        return PyList::new(py, values.iter().collect::<Vec<_>>());
    }
    if let Some(values) = any.downcast_ref::<DictionaryArray<Int32Type>>()
        && let Some(labels) = values.downcast_dict::<StringArray>()
    {
        return PyList::new(py, labels.into_iter().collect::<Vec<_>>());
    }
    Err(PyValueError::new_err(format!("no list of {}", array.data_type())))
}
