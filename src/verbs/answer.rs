//! How a question is answered: what every verb that plays has to provide.

use std::fmt;

use super::grid::Grid;
use super::question::Question;
use super::tables::Tables;
use crate::store::{StoreError, TrialStore};
use crate::study::{Plan, Stopped, Watch};

/// A question that is answered by playing trials.
///
/// With the feature `report`, its answer can also be drawn (`Draw`), and with `cli`, printed in the
/// terminal (`Tell`).
pub trait Ask: Question {
    /// The tables of the answer.
    type Tables: Tables + 'static;

    /// How much has to be played for a settled question.
    fn work(&self, grid: &Grid) -> Work;

    /// How many bytes of what is played are kept until the answer is computed, for a settled question; 0 where
    /// trials are counted and forgotten.
    fn kept_bytes(&self, _grid: &Grid) -> u64 {
        0
    }

    /// Plays, and computes the tables. The table of single trials, where one is asked for, is
    /// handed on meanwhile.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<Self::Tables>, Halt>;

    /// Whether what is played can be cut into parts that are played on their own, on other machines.
    ///
    /// # Errors
    ///
    /// Why it cannot, as the end of a sentence.
    fn can_be_cut(&self) -> Result<(), String> {
        Err(format!("`{}` plays one thing after another", self.clone().verb().word()))
    }

    /// Plays as [`Ask::answer`] does, and computes nothing from it: what is played goes to the keeper of
    /// `playing.watch`. Only for questions that can be cut.
    ///
    /// # Errors
    ///
    /// Why it was not played.
    fn play_alone(&self, _grid: &Grid, _playing: &Playing<'_>) -> Result<(), Halt> {
        self.can_be_cut().map_err(Halt::Other)
    }
}

/// How much has to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The number of trials, over all cells and repeats.
    pub trials: u64,
    /// The number of replays: trials played again with a part of their luck. 0 where that is not known
    /// beforehand.
    pub replays: u64,
    /// The titles of the outcomes, unresolved last, if a single model is played, so that the progress
    /// bar can show them.
    pub outcomes: Vec<String>,
}

/// How a question is played: plan, progress, and where single trials go.
pub struct Playing<'p> {
    /// Seed, trials, threads and engine.
    pub plan: Plan,
    /// Is called as trials are played, and can stop them.
    pub watch: &'p dyn Watch,
    /// What takes the table of single trials: the run folder, or memory.
    pub trials: &'p dyn TrialStore,
}

/// The answer to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer<T> {
    /// The tables.
    pub tables: T,
    /// Warnings about the results.
    pub warnings: Vec<String>,
    /// How much was played, where that was left to the results.
    pub played: Option<Work>,
}

/// Why there is no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Halt {
    /// Someone interrupted it.
    Interrupted,
    /// A file could not be written.
    Store(StoreError),
    /// Something else, as a message: a numerical error in a trial and its place, or threads that
    /// cannot be started.
    Other(String),
}

impl Halt {
    /// Why playing stopped; `under` describes the model, of those played together, in which a
    /// numerical error happened.
    pub(crate) fn of<E: Into<Halt>>(stopped: Stopped<E>, under: impl Fn(usize) -> String) -> Self {
        match stopped {
            Stopped::Interrupted => Halt::Interrupted,
            Stopped::Sink(error) => error.into(),
            Stopped::Accident { accident, which } => {
                Halt::Other(format!("{accident}{}", under(which)))
            }
            Stopped::Threads(reason) => Halt::Other(format!("cannot start threads: {reason}")),
            Stopped::Part(reason) => {
                Halt::Other(format!("a part that was played before cannot be read: {reason}"))
            }
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
