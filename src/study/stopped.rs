//! Why a run stopped before its end.

use crate::engine::NumericalError;

/// Why a run stopped before its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stopped<E> {
    /// A formula gave a value that cannot be used.
    #[error("{accident}")]
    Accident {
        /// The error, with its place.
        accident: Box<NumericalError>,
        /// The index of the model among those that are played together.
        which: usize,
    },
    /// Someone interrupted it.
    #[error("interrupted")]
    Interrupted,
    /// Threads could not be started.
    #[error("cannot start threads: {0}")]
    Threads(String),
    /// A part that was played before cannot be read.
    #[error("a part that was played before cannot be read: {0}")]
    Part(String),
    /// The function that takes the results failed.
    #[error("{0}")]
    Sink(E),
}

impl<E> Stopped<E> {
    /// The same, where so many models were played before those that it tells of.
    pub(super) fn after(self, before: usize) -> Self {
        match self {
            Stopped::Accident { accident, which } => {
                Stopped::Accident { accident, which: before + which }
            }
            Stopped::Interrupted | Stopped::Threads(_) | Stopped::Part(_) | Stopped::Sink(_) => {
                self
            }
        }
    }
}
