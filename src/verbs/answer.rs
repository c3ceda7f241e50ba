//! How a question is answered: what every verb that plays has to provide.

use std::fmt;

use super::grid::Grid;
use super::question::Question;
use super::tables::Tables;
use crate::store::{Staging, StoreError};
use crate::study::{Plan, Stopped, Watch};

/// A question that is answered by playing trials.
///
/// With the feature `report` its answer is also drawn (`Draw`), and with `cli` told in the terminal
/// (`Tell`).
pub trait Ask: Question {
    /// The tables of the answer.
    type Tables: Tables + 'static;

    /// How much is to be played for a settled question.
    fn work(&self, grid: &Grid) -> Work;

    /// Plays, and computes the tables. The table of single trials, where one is asked for, is
    /// written into the run folder meanwhile.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<Self::Tables>, Halt>;
}

/// How much is to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The trials, over all cells and repeats.
    pub trials: u64,
    /// The ids of the outcomes, unresolved last, where a single model is played and its outcomes
    /// can be shown meanwhile.
    pub outcomes: Vec<String>,
}

/// What to play with, and who watches.
pub struct Playing<'p> {
    /// Seed, trials, threads and engine.
    pub plan: Plan,
    /// Who watches.
    pub watch: &'p dyn Watch,
    /// The run folder, for what is written while trials are played.
    pub staging: &'p Staging,
}

/// What a question came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer<T> {
    /// The tables.
    pub tables: T,
    /// What came out that deserves a warning.
    pub warnings: Vec<String>,
}

/// Why there is no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Halt {
    /// Someone asked for it.
    Interrupted,
    /// A file could not be written.
    Store(StoreError),
    /// Something else, in words: an accident in a trial and where, or threads that do not start.
    Other(String),
}

impl Halt {
    /// Why playing stopped; `under` says in words which of those played side by side an accident
    /// happened in.
    pub(super) fn of<E: Into<Halt>>(stopped: Stopped<E>, under: impl Fn(usize) -> String) -> Self {
        match stopped {
            Stopped::Interrupted => Halt::Interrupted,
            Stopped::Sink(error) => error.into(),
            Stopped::Accident { accident, which } => {
                Halt::Other(format!("{accident}{}", under(which)))
            }
            Stopped::Threads(reason) => Halt::Other(format!("cannot start threads: {reason}")),
        }
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Halt::Store(error)
    }
}

impl From<std::convert::Infallible> for Halt {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl fmt::Display for Halt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Halt::Interrupted => f.write_str("interrupted; nothing was written"),
            Halt::Store(error) => error.fmt(f),
            Halt::Other(reason) => f.write_str(reason),
        }
    }
}
