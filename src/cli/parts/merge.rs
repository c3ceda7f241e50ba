//! `demarche merge`: the run folder of a question that several machines played.

use crate::cli::args::MergeOptions;
use crate::cli::carry_out::{PlayedWith, carry_out};
use crate::cli::failure::Failure;
use crate::cli::input::told;
use crate::inquiry::{JoinedShards, join_shards};
use crate::store::PartFile;

/// Joins shards to the run folder that one machine would have made.
pub(in crate::cli) fn merge(options: &MergeOptions) -> Result<(), Failure> {
    let read = options.shards.iter().map(|path| (path.clone(), PartFile::read(path)));
    let JoinedShards { settled, known } = join_shards(read).map_err(told)?;
    let with = PlayedWith { keeper: Some(&known), shards: options.shards.len() };
    let merged = carry_out(settled, with, &options.machine());
    match known.missing() {
        Some(missing) => Err(Failure::wrong_input(missing)),
        None => merged,
    }
}
