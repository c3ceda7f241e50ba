//! Which trials to run and what to ask of them.
//!
//! [`play`] runs the trials of a model on all cores, in blocks, and hands the
//! blocks on in trial order; [`Tally`] folds them, leaf by leaf, into a
//! [`Summary`] whose size does not depend on the number of trials.

mod play;
mod rows;
mod summary;
mod tally;
mod warnings;

pub use play::{Plan, Progress, Stopped, Watch, play};
pub use rows::{UNRESOLVED, trial_batch, trial_columns};
pub use summary::{LEVEL, Spread, Summary};
pub use tally::Tally;
pub use warnings::warnings;
