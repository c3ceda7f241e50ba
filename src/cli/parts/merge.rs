//! `demarche merge`: the run folder of a question that several machines played.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cli::args::MergeOptions;
use crate::cli::carry_out::{PlayedWith, carry_out};
use crate::cli::failure::Failure;
use crate::cli::input::told;
use crate::inquiry::{JoinedShards, join_shards};
use crate::store::PartFile;

/// Does something with numbers of files that may lie. What could not have been counted by any run may break what the
/// code takes for granted; then nothing was written, and the files are named as the reason.
fn honest(act: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    // The message of the code would say nothing to who joins shards.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let done = catch_unwind(AssertUnwindSafe(act));
    std::panic::set_hook(hook);
    done.unwrap_or_else(|_| {
        let why = "the shards hold numbers that no run could have counted: nothing was written";
        Err(Failure::wrong_input(why))
    })
}

/// Joins shards to the run folder that one machine would have made.
pub(in crate::cli) fn merge(options: &MergeOptions) -> Result<(), Failure> {
    let read = options.shards.iter().map(|path| (path.clone(), PartFile::read(path)));
    let JoinedShards { settled, known } = join_shards(read).map_err(told)?;
    let with =
        PlayedWith { known: Some(&known), shards: options.shards.len(), ..PlayedWith::default() };
    let merged = honest(|| carry_out(settled, with, &options.machine()));
    match known.missing() {
        Some(missing) => Err(Failure::wrong_input(missing)),
        None => merged,
    }
}
