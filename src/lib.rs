//! Démarche plays out a diplomatic situation many thousand times and says how it may end. Describe
//! the situation in a scenario file; get probabilities with intervals, and every single trial. The
//! same scenario and seed give the same numbers, to the bit, on every machine and number of cores.
//!
//! ```
#![doc = include_str!("../examples/run.rs")]
//! ```
//!
//! This is `examples/run.rs`. `examples/compare.rs` compares two policies on common random numbers:
//!
//! ```
#![doc = include_str!("../examples/compare.rs")]
//! ```
//!
//! And `examples/column.rs` reads single trials:
//!
//! ```
#![doc = include_str!("../examples/column.rs")]
//! ```
//!
//! # Words
//!
//! A *scenario* describes a situation; a *policy* is what someone can choose, a *world* what may be
//! true; an *assumption* is drawn once per *trial*; a trial ends in an *outcome*; *measures* are
//! recorded every step. *Rationality* is the λ of quantal response, *foresight* the number of whole
//! steps an actor thinks through.
//!
//! # What to use
//!
//! Start with [`Scenario`], [`model::Model::run`] and [`Run`]; whatever can go wrong is an
//! [`Error`]. These stay as they are as the rest grows. Behind them:
//!
//! | module | for |
//! |---|---|
//! | [`model`] | a scenario compiled: its outcomes, actors, assumptions and columns by name |
//! | [`study`] | trials folded as they come, where memory must not grow with their number; several models side by side |
//! | [`verbs`] | the questions of the command as values, and the typed tables of their answers |
//! | `inquiry` | a question asked of files, from reading them to the run folder, for front ends |
//! | [`store`] | the run folder: CSV, Parquet, the manifest |
//! | [`stats`] | intervals for shares and differences |
//! | [`diagnostic`] | mistakes in scenario files: codes, places, hints |
//! | [`distribution`] | what formulas can draw from |
//! | [`doctor`] | whether this machine computes the bits that it should |
//! | `chart`, `report` | charts as SVG and PNG, and the page of a run folder |
//!
//! The other modules are the stages in between, documented for those who work on this crate:
//! [`scenario`] and [`formula`] read files, [`engine`] plays trials, [`numeric`] computes the same
//! bits everywhere, [`mod@format`] turns numbers into text, and `cli` is the command.
//!
//! ```text
//! text ──► Document ──► Model ──► TrialBlock, TrialBlock, … ──► Summary ──► tables, charts
//!          scenario     model     engine                        study       verbs, report, store
//! ```
//!
//! Each stage is a pure function of the one before it. Only `cli` prints, and only [`store`] writes
//! files.
//!
//! # Features
//!
//! All are on by default. Without any, the crate reads, checks and plays scenarios, and writes
//! tables.
//!
//! | feature | what it adds |
//! |---|---|
//! | `cli` | the command `demarche` (and with it `report`) |
//! | `report` | charts and the page of a run folder: `chart`, and what draws in `report` and `verbs` |
//! | `parquet` | single trials as Apache Parquet |
//! | `serve` | the live page, `demarche serve` (and with it `cli`) |
//!
//! # What it does not do
//!
//! It does not predict: it says what follows from assumptions, and how much hangs on each. It does
//! not fit itself to data. Actors do not learn from each other, send signals or bargain over several
//! rounds; they choose one move at a time by quantal response, thinking ahead as far as the file
//! says. `docs/model.md` has the mathematics, its literature and what it leaves out;
//! `docs/language.md` has every key and function.

#[cfg(feature = "report")]
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod distribution;
pub mod doctor;
pub mod engine;
mod facade;
pub mod format;
pub mod formula;
#[cfg(feature = "cli")]
pub mod inquiry;
pub mod model;
pub mod numeric;
pub mod report;
pub mod scenario;
#[cfg(feature = "serve")]
pub mod serve;
pub mod stats;
pub mod store;
pub mod study;
pub mod verbs;

pub use facade::{Difference, Error, OutcomeShare, Run, Scenario};
