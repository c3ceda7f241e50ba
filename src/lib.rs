//! Démarche plays out a diplomatic situation many thousand times and says how
//! it may end. An analyst writes a scenario file; this crate checks it,
//! compiles it, plays trials on all cores and folds them into what a run says.
//! The `demarche` command is a thin shell around it.
//!
//! # The pipeline
//!
//! ```text
//! text ──► Document ──► Model ──► TrialBlock, TrialBlock, … ──► Summary ──► tables, charts
//!          scenario     model     engine                        study       report, store
//! ```
//!
//! Each stage is a pure function of the one before it. Only [`cli`] prints, and
//! only [`store`] writes files.
//!
//! ```
//! use demarche::model::Document;
//! use demarche::study::{Plan, Tally, play};
//!
//! let file = br#"
//!     format = 1
//!     [scenario]
//!     title = "A coin"
//!     steps = 3
//!     [events.heads]
//!     chance = 0.5
//!     [[outcomes]]
//!     id = "heads_thrice"
//!     when = "count(heads) == 3"
//! "#;
//!
//! // Text into a document: every mistake in it can be asked for at once.
//! let document = Document::read("coin.toml", file);
//! assert!(!document.check().has_errors());
//!
//! // A document into a model, under a policy and a world.
//! let model = document.model("none", "base").expect("no mistakes");
//!
//! // A model into trials, and trials into a summary.
//! let plan = Plan { seed: 1, trials: 4_000, threads: Some(2), block: None, engine: Default::default() };
//! let mut tally = Tally::new(&model);
//! play(&model, plan, &(), |blocks| {
//!     tally.add(blocks);
//!     Ok::<(), std::convert::Infallible>(())
//! })?;
//! let summary = tally.finish();
//! assert!((summary.share(0) - 0.125).abs() < 0.02);
//! # Ok::<(), demarche::study::Stopped<std::convert::Infallible>>(())
//! ```
//!
//! # Words
//!
//! A *scenario* describes a situation; a *policy* is what someone can choose, a
//! *world* what may be true; an *assumption* is drawn once per *trial*; a trial
//! ends in an *outcome*; *measures* are recorded every step. *Rationality* is
//! the λ of quantal response, *foresight* the number of whole steps an actor
//! thinks through.
//!
//! # What it does not do
//!
//! It does not predict, fit itself to data, or let actors learn, signal or
//! haggle. `docs/model.md` has the mathematics, its literature and what it
//! leaves out; `docs/language.md` has every key and function.

#[cfg(feature = "report")]
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod distribution;
pub mod engine;
pub mod format;
pub mod formula;
pub mod model;
pub mod numeric;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod store;
pub mod study;
pub mod verbs;
