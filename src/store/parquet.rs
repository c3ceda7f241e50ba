//! The file of trials as Apache Parquet.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};

use super::{Batch, ColumnData, ColumnKind, OutputFile, StoreError, TrialColumn, TrialSink};

/// Rows in a row group, whatever the size of batches.
const ROW_GROUP: usize = 65_536;

/// Writes one row per trial in row groups of 65,536, compressed with Snappy.
///
/// Numbers are DOUBLE, whole numbers INT64 (optional where they may be missing) and labels UTF-8
/// strings. The last row group is held in memory, with 8 to 40 bytes for each of its values. Of the
/// row groups before it only the entries in the footer are, some hundred bytes for each column.
pub struct ParquetTrialWriter {
    writer: SerializedFileWriter<OutputFile>,
    shown: PathBuf,
    columns: Vec<TrialColumn>,
    buffers: Vec<Buffer>,
    /// Rows in the buffers, fewer than [`ROW_GROUP`].
    rows: usize,
}

/// The values of one column that wait for their row group to be full.
enum Buffer {
    Number(Vec<f64>),
    Whole(Vec<i64>),
    /// The values present, and for every row 1 if its value is or 0 ("definition levels").
    OptionalWhole(Vec<i64>, Vec<i16>),
    Text(Vec<ByteArray>),
}

impl ParquetTrialWriter {
    /// Starts the file with its schema.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn new(file: OutputFile, columns: Vec<TrialColumn>) -> Result<Self, StoreError> {
        let shown = file.shown().to_owned();
        let writer = schema(&columns)
            .and_then(|schema| SerializedFileWriter::new(file, schema, properties(&columns)))
            .map_err(|error| refused(error, &shown))?;
        Ok(Self {
            writer,
            shown,
            buffers: columns.iter().map(|column| Buffer::new(column.kind)).collect(),
            columns,
            rows: 0,
        })
    }

    /// Writes the buffers as a row group and empties them.
    fn flush(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for buffer in &mut self.buffers {
            let mut column =
                group.next_column()?.expect("the schema has a column for every buffer");
            match buffer {
                Buffer::Number(values) => {
                    column.typed::<DoubleType>().write_batch(values, None, None)?;
                    values.clear();
                }
                Buffer::Whole(values) => {
                    column.typed::<Int64Type>().write_batch(values, None, None)?;
                    values.clear();
                }
                Buffer::OptionalWhole(values, present) => {
                    let column = column.typed::<Int64Type>();
                    column.write_batch(values, Some(present), None)?;
                    values.clear();
                    present.clear();
                }
                Buffer::Text(values) => {
                    column.typed::<ByteArrayType>().write_batch(values, None, None)?;
                    values.clear();
                }
            }
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl TrialSink for ParquetTrialWriter {
    fn write(&mut self, batch: &Batch) -> Result<(), StoreError> {
        batch.check(&self.columns)?;
        let mut from = 0;
        while from < batch.rows() {
            let to = batch.rows().min(from + ROW_GROUP - self.rows);
            for (buffer, data) in self.buffers.iter_mut().zip(&batch.columns) {
                buffer.extend(data, from, to);
            }
            self.rows += to - from;
            from = to;
            if self.rows == ROW_GROUP {
                self.flush().map_err(|error| refused(error, &self.shown))?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        if self.rows > 0 {
            self.flush().map_err(|error| refused(error, &self.shown))?;
        }
        let file = self.writer.into_inner();
        file.map_err(|error| refused(error, &self.shown))?.finish()
    }
}

impl Buffer {
    fn new(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Number => Self::Number(Vec::new()),
            ColumnKind::Whole => Self::Whole(Vec::new()),
            ColumnKind::OptionalWhole => Self::OptionalWhole(Vec::new(), Vec::new()),
            ColumnKind::Text => Self::Text(Vec::new()),
        }
    }

    /// Appends the rows `from..to` of a column of the same kind.
    fn extend(&mut self, data: &ColumnData, from: usize, to: usize) {
        match (self, data) {
            (Self::Number(buffer), ColumnData::Number(values)) => {
                buffer.extend_from_slice(&values[from..to]);
            }
            (Self::Whole(buffer), ColumnData::Whole(values)) => {
                buffer.extend_from_slice(&values[from..to]);
            }
            (Self::OptionalWhole(buffer, present), ColumnData::OptionalWhole(values)) => {
                buffer.extend(values[from..to].iter().flatten());
                present.extend(values[from..to].iter().map(|value| i16::from(value.is_some())));
            }
            (Self::Text(buffer), ColumnData::Text { codes, dictionary }) => {
                let labels: Vec<ByteArray> =
                    dictionary.iter().map(|label| label.as_str().into()).collect();
                let values = codes[from..to].iter().map(|&code| labels[code as usize].clone());
                buffer.extend(values);
            }
            _ => unreachable!("a batch is checked before it is buffered"),
        }
    }
}

fn schema(columns: &[TrialColumn]) -> Result<Arc<Type>, ParquetError> {
    let fields = columns.iter().map(|TrialColumn { name, kind }| {
        let (physical, logical, repetition) = match kind {
            ColumnKind::Number => (Physical::DOUBLE, None, Repetition::REQUIRED),
            ColumnKind::Whole => (Physical::INT64, None, Repetition::REQUIRED),
            ColumnKind::OptionalWhole => (Physical::INT64, None, Repetition::OPTIONAL),
            ColumnKind::Text => {
                (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED)
            }
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition);
        Ok(Arc::new(field.build()?))
    });
    let fields = fields.collect::<Result<_, ParquetError>>()?;
    let root = Type::group_type_builder("trials").with_fields(fields);
    Ok(Arc::new(root.build()?))
}

/// How the file is encoded, which must not vary from run to run. Drawn numbers hardly repeat, so
/// they are written without a dictionary.
fn properties(columns: &[TrialColumn]) -> Arc<WriterProperties> {
    let properties = WriterProperties::builder()
        .set_created_by(concat!("demarche version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_offset_index_disabled(true);
    let encode = |properties: WriterPropertiesBuilder, column: &TrialColumn| {
        let path = ColumnPath::from(vec![column.name.clone()]);
        match column.kind {
            ColumnKind::Number => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::PLAIN),
            ColumnKind::Whole => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            ColumnKind::OptionalWhole | ColumnKind::Text => {
                properties.set_column_dictionary_enabled(path, true)
            }
        }
    };
    Arc::new(columns.iter().fold(properties, encode).build())
}

/// An error of the Parquet crate as the error of the system that caused it.
fn refused(error: ParquetError, shown: &Path) -> StoreError {
    let cause = if let ParquetError::External(cause) = error {
        match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        }
    } else {
        let cause: Box<dyn Error + Send + Sync> = error.into();
        io::Error::other(cause)
    };
    StoreError::io("write", shown)(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::TrialFormat;
    use crate::store::batch::tests::{batch, columns};
    use crate::store::trials::tests::written;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use std::fs::File;
    use std::io::Write;

    fn read(bytes: Vec<u8>) -> SerializedFileReader<File> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        SerializedFileReader::new(file).unwrap()
    }

    #[test]
    fn rows_read_back_as_they_were_written() {
        let rows = 70_000;
        let reader = read(written(TrialFormat::Parquet, rows, 1_000));
        let expected = batch(0, rows);
        let [
            ColumnData::Whole(trials),
            ColumnData::Number(costs),
            ColumnData::OptionalWhole(ends),
            ColumnData::Text { codes, dictionary },
        ] = expected.columns.as_slice()
        else {
            unreachable!()
        };
        let mut found = 0;
        for (i, row) in reader.get_row_iter(None).unwrap().enumerate() {
            let fields: Vec<(String, Field)> = row
                .unwrap()
                .get_column_iter()
                .map(|(name, field)| (name.clone(), field.clone()))
                .collect();
            let values = [
                Field::Long(trials[i]),
                Field::Double(costs[i]),
                ends[i].map_or(Field::Null, Field::Long),
                Field::Str(dictionary[codes[i] as usize].clone()),
            ];
            let names = columns().into_iter().map(|column| column.name);
            assert_eq!(fields, names.zip(values).collect::<Vec<_>>());
            found += 1;
        }
        assert_eq!(found, rows);
    }

    #[test]
    fn row_groups_have_a_fixed_size() {
        let reader = read(written(TrialFormat::Parquet, 150_000, 7_777));
        let groups = reader.metadata().row_groups();
        let rows: Vec<i64> = groups.iter().map(|group| group.num_rows()).collect();
        assert_eq!(rows, [65_536, 65_536, 18_928]);
    }

    #[test]
    fn a_file_without_trials_has_its_columns() {
        let reader = read(written(TrialFormat::Parquet, 0, 1));
        let metadata = reader.metadata().file_metadata();
        assert_eq!(metadata.num_rows(), 0);
        assert_eq!(metadata.schema_descr().num_columns(), 4);
        assert_eq!(
            metadata.created_by(),
            Some(concat!("demarche version ", env!("CARGO_PKG_VERSION")))
        );
    }
}
