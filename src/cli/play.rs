//! The verbs that play trials: reads a question, and has it answered.

use std::path::Path;

use super::asked_files::{AskedFiles, asked_files};
use super::carry_out::{PlayedWith, carry_out, refused};
use super::failure::Failure;
use super::input::tell;
use super::machine_options::MachineOptions;
use super::parts::{checkpoints, play_shard};
use super::play_command::PlayCommand;
use crate::study::PartKeeper;
use crate::verbs::report::Draw;
use crate::verbs::terminal::Tell;
use crate::verbs::with_question;

/// Answers the question of a verb.
pub(super) fn play(command: &PlayCommand) -> Result<(), Failure> {
    let PlayCommand { file, verb, machine } = command;
    with_question!(verb, question => answer(question, file, machine))
}

/// Answers a question of a scenario file, or of two.
fn answer<Q: Tell + Draw>(asked: &Q, file: &Path, machine: &MachineOptions) -> Result<(), Failure> {
    let AskedFiles { sources, left } = asked_files(asked, file)?;
    if !machine.quiet {
        sources.iter().for_each(|source| tell(&source.found, &source.document));
    }
    let others = sources.iter().skip(1).map(|source| source.file.clone());
    let asked = asked.clone().with_others_named(others.collect());
    // What was read is the scenario with the record behind it, and so is the copy in the run folder.
    let asked = asked.with_record_inside();
    let (question, grid) = asked.settle(&sources).map_err(|refusal| refused(refusal, &sources))?;
    if let Some(shard) = machine.shard {
        return play_shard(&question, &grid, &sources, shard, machine);
    }
    let kept = checkpoints(&question, &sources, machine)?;
    let keeper = kept.as_ref().map(|kept| kept as &dyn PartKeeper);
    carry_out(&question, &grid, &sources, PlayedWith { keeper, left, shards: 0 }, machine)?;
    if let Some(kept) = kept {
        kept.remove();
    }
    Ok(())
}
