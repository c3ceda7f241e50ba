//! The run folder: the files in it, and how they are written and read.
//!
//! A run folder appears complete or not at all ([`Staging`]). Tables are written as CSV
//! ([`CsvTable`]), one row per trial as CSV or Parquet ([`TrialSink`]), and JSON files say what the
//! folder holds. The same calls give the same bytes: nothing here reads the clock, and nothing depends
//! on how rows were divided into batches.

mod batch;
mod csv;
mod csv_style;
mod error;
mod fields;
mod file_name;
mod folder;
mod inside;
mod json;
mod leftovers;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod part_file;
mod records;
mod sink;
mod trial_store;
mod trials;
mod typed;

pub use batch::{Batch, ColumnData, ColumnKind, TrialColumn};
pub use csv::{CsvField, CsvTable, CsvTrialWriter};
pub use csv_style::CsvStyle;
pub use error::StoreError;
pub(crate) use fields::{Field, fields};
pub use file_name::{DistinctNames, file_name};
pub use folder::Staging;
pub(crate) use json::json_text;
pub use json::{FileRecord, Timing, content_hash, read_json, run_key, write_json};
pub use output::{OutputFile, write_file, write_new_file};
#[cfg(feature = "parquet")]
pub use parquet::ParquetTrialWriter;
pub use part_file::{PartFile, StoredPart};
pub use records::Records;
pub use sink::TrialSink;
pub use trial_store::{KeptTrials, TrialStore, TrialTable};
pub use trials::{TrialFormat, open_trials};
pub(crate) use typed::not;
pub use typed::{TableRow, headings};
