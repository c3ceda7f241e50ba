//! What an analyst can ask: a folder for each verb.
//!
//! A question is a value: [`RunQuestion`], [`CompareQuestion`], [`LeverQuestion`], [`SensitivityQuestion`],
//! [`SweepQuestion`], [`DiscoverQuestion`], [`TraceQuestion`], [`WhyQuestion`], [`UpdateQuestion`] and [`ScoreQuestion`]
//! hold the options of their verb.
//! The key of the run folder, the manifest, the command line that asks the same
//! again, and `--help` are all made from them. In each folder, `question.rs` holds that struct and
//! compiles the models to play; `answer.rs` plays these and computes typed rows; `tables.rs`
//! declares the rows; `terminal.rs`, `charts.rs` and `page.rs` present them, and read nothing else.

mod answer;
#[cfg(any(feature = "cli", feature = "report"))]
mod carried_out;
#[cfg(any(feature = "cli", feature = "report"))]
mod carried_out_tables;
mod command_line;
mod differences;
#[cfg(feature = "report")]
mod effects;
mod fidelity;
mod folder;
mod forecaster;
mod grid;
mod importance;
mod manifest;
mod options;
#[cfg(feature = "report")]
mod part_known;
mod part_owner;
mod question;
#[cfg(feature = "report")]
pub mod report;
mod settings;
mod shared;
#[cfg(any(feature = "cli", feature = "report"))]
mod shown_inputs;
mod step_name;
mod table_columns;
mod table_doc;
mod tables;
#[cfg(feature = "cli")]
pub(crate) mod terminal;
#[cfg(any(feature = "cli", feature = "report"))]
mod titles;
mod verb;
#[cfg(feature = "cli")]
pub(crate) mod whole_number;

pub mod compare;
pub mod discover;
pub mod levers;
pub mod run;
pub mod score;
pub mod sensitivity;
pub mod sweep;
pub mod trace;
pub mod update;
pub mod why;

pub use answer::{Answer, Ask, Halt, Playing, Work};
pub use command_line::option_words;
pub use compare::{CompareQuestion, CompareTables};
pub use discover::{DiscoverQuestion, DiscoverTables};
pub use fidelity::FidelityRow;
#[cfg(feature = "cli")]
pub(crate) use folder::PlayedScenario;
pub use folder::{FolderError, RunFolder, key_of};
pub use grid::{CellName, Grid, Refusal, ScenarioSource};
pub use importance::{ImportanceMethod, ImportanceRow};
pub use levers::{LeverQuestion, LeverTables};
pub use manifest::Manifest;
pub use options::{DrawOptions, LuckOptions, SamplingOptions, SettingOptions, TRIALS};
pub use part_owner::{PartOwner, ScenarioCopy, Shard};
pub use question::Question;
pub use run::{RunQuestion, RunTables};
pub use score::{ScoreQuestion, ScoreTables};
pub use sensitivity::{SensitivityQuestion, SensitivityTables};
pub use settings::settings_without_effect;
pub use shared::{EndMeanRow, HappeningRow, SummaryRow};
pub use sweep::{SweepQuestion, SweepTables};
pub use table_columns::{ColumnValues, FilledColumn, TableColumns};
pub use table_doc::{ColumnDoc, DocumentedRow, FieldKind, TableDoc};
pub use tables::{CheckedRow, Misfit, TablePart, Tables};
pub use trace::{TraceQuestion, TraceTables};
pub use update::{UpdateQuestion, UpdateTables};
pub use verb::Verb;
#[cfg(feature = "cli")]
pub(crate) use verb::with_question;
pub use why::{WhyQuestion, WhyTables};
