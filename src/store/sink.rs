//! The trait that each format of the file of trials implements.

use super::{Batch, StoreError};

/// A file that takes one row per trial.
///
/// The bytes depend on the rows only, not on how they are cut into batches.
pub trait TrialSink: Send {
    /// Appends the rows of a batch.
    ///
    /// # Errors
    /// If the batch does not fit the columns declared, or the system refuses.
    fn write(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Completes the file. Without this the run folder cannot be committed.
    ///
    /// # Errors
    /// If the system refuses.
    fn finish(self: Box<Self>) -> Result<(), StoreError>;
}
