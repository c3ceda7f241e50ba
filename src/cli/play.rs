//! The verbs that play trials: reads a question, and has it answered.

use std::path::{Path, PathBuf};

use super::carry_out::{PlayedWith, carry_out};
use super::failure::Failure;
use super::input::{given_files, read, tell, told};
use super::parts::{checkpoints, write_shard};
use super::play_command::PlayCommand;
use super::price::foretell;
use crate::format::counted;
use crate::inquiry::{asked_files, settle};
use crate::store::content_hash;
use crate::verbs::{Question, with_question};

/// Answers the question of a verb.
pub(super) fn play(command: &PlayCommand) -> Result<(), Failure> {
    let PlayCommand { file, verb, machine: options } = command;
    let (others, record) = with_question!(verb, question => {
        let others: Vec<PathBuf> = question.others().iter().map(PathBuf::from).collect();
        (others, question.record().map(Path::to_owned))
    });
    let files: Vec<&Path> =
        [file.as_path()].into_iter().chain(others.iter().map(PathBuf::as_path)).collect();
    let given = given_files(&files)?;
    let record = record.map(|path| read(&path)).transpose().map_err(told)?;
    let asked = asked_files(verb, given, record.as_ref()).map_err(told)?;
    if !options.shown.quiet {
        asked.sources.iter().for_each(|source| tell(&source.found, &source.document));
    }
    for source in &asked.sources {
        options.shown.detail(|| {
            let (bytes, hash) = (source.bytes.len() as u64, content_hash(&source.bytes));
            format!("read {}: {}, BLAKE3 {hash}", source.file, counted(bytes, "byte"))
        });
    }
    let settled = settle(verb, asked).map_err(told)?;
    foretell(settled.as_ref(), options)?;
    if let Some(shard) = options.shard {
        return write_shard(settled.as_ref(), shard, options);
    }
    let kept = checkpoints(settled.as_ref(), options)?;
    let with = PlayedWith { known: None, kept: kept.as_ref(), shards: 0 };
    carry_out(settled, with, options)
}
