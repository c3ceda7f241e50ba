//! `demarche merge`: the run folder of a question that several machines played.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cli::args::MergeOptions;
use crate::cli::carry_out::{PlayedWith, carry_out};
use crate::cli::failure::Failure;
use crate::cli::input::told;
use crate::inquiry::{JoinedShards, join_shards};
use crate::store::PartFile;

/// Joins numbers of files that may lie. What no run could have counted may break what the code takes for granted, so
/// that it stops; that is told as an error, with what the code says of it, since the fault may be its own.
fn guarded(join: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let done = catch_unwind(AssertUnwindSafe(join));
    std::panic::set_hook(hook);
    done.unwrap_or_else(|stopped| {
        let said = stopped.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| stopped.downcast_ref::<&str>().copied()).unwrap_or("no reason");
        Err(Failure::wrong_input(format!(
            "the shards cannot be joined: they hold numbers that no run could have counted, or this version of \
             Démarche has a fault\n  it stopped at: {said}"
        )))
    })
}

/// Joins shards to the run folder that one machine would have made.
pub(in crate::cli) fn merge(options: &MergeOptions) -> Result<(), Failure> {
    let read = options.shards.iter().map(|path| (path.clone(), PartFile::read(path)));
    let JoinedShards { settled, known } = join_shards(read).map_err(told)?;
    let with =
        PlayedWith { known: Some(&known), shards: options.shards.len(), ..PlayedWith::default() };
    let merged = guarded(|| carry_out(settled, with, &options.machine()));
    match known.missing() {
        Some(missing) => Err(Failure::wrong_input(missing)),
        None => merged,
    }
}
