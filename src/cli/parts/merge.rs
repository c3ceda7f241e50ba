//! `demarche merge`: the run folder of a question that several machines played.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::known_parts::{KnownParts, PartsByStage};
use crate::cli::args::MergeOptions;
use crate::cli::carry_out::{PlayedWith, carry_out};
use crate::cli::failure::Failure;
use crate::cli::input::told;
use crate::format::{counted, listed};
use crate::inquiry::{AskedFiles, settle, sound};
use crate::model::Document;
use crate::store::{PartFile, StoredPart};
use crate::verbs::{
    PartOwner, Question, ScenarioCopy, ScenarioSource, SettingOptions, Shard, with_question,
};

/// Joins shards to the run folder that one machine would have made.
pub(in crate::cli) fn merge(options: &MergeOptions) -> Result<(), Failure> {
    let AllShards { owner, parts } = whole(&options.shards)?;
    let settings = with_question!(&owner.question, question => question.settings().to_vec());
    let mut sources = Vec::new();
    for copy in &owner.scenarios {
        sources.push(source(copy, &settings)?);
    }
    let known = KnownParts::new(PartsByStage::new(parts));
    let asked = AskedFiles { sources, left: Vec::new() };
    let settled = settle(&owner.question, asked).map_err(told)?;
    let with = PlayedWith { keeper: Some(&known), shards: options.shards.len() };
    let merged = carry_out(settled, with, &options.machine());
    match known.missing() {
        Some(missing) => Err(Failure::wrong_input(missing)),
        None => merged,
    }
}

/// What all shards hold together.
struct AllShards {
    owner: PartOwner,
    parts: Vec<StoredPart>,
}

/// Reads all shards, and checks that they are all shards of one question: none is missing, doubled or foreign.
fn whole(paths: &[PathBuf]) -> Result<AllShards, Failure> {
    let mut failures = Vec::new();
    let mut read: Vec<(&Path, PartOwner, Shard, Vec<StoredPart>)> = Vec::new();
    for path in paths {
        match shard(path) {
            Ok((owner, shard, parts)) => read.push((path, owner, shard, parts)),
            Err(failure) => failures.push(failure),
        }
    }
    let mut all = read.into_iter();
    let Some((first_path, owner, first, mut parts)) = all.next() else {
        return Err(Failure::all(failures));
    };
    let mut seen = BTreeMap::from([(first.number, first_path)]);
    for (path, other, shard, own) in all {
        let shown = path.display();
        if other.key != owner.key || other.question != owner.question {
            failures.push(Failure::wrong_input(format!(
                "{shown} is of another question than {}: {} of {}, not {} of {}",
                first_path.display(),
                other.question.word(),
                files_of(&other),
                owner.question.word(),
                files_of(&owner),
            )));
        } else if shard.of != first.of {
            failures.push(Failure::wrong_input(format!(
                "{shown} is one of {} shards, {} one of {}",
                shard.of,
                first_path.display(),
                first.of
            )));
        } else if let Some(same) = seen.insert(shard.number, path) {
            failures.push(Failure::wrong_input(format!(
                "{shown} and {} are both shard {shard}",
                same.display()
            )));
        } else {
            parts.extend(own);
        }
    }
    let missing: Vec<u32> = (1..=first.of).filter(|number| !seen.contains_key(number)).collect();
    if !missing.is_empty() && failures.is_empty() {
        let names: Vec<String> =
            missing.iter().take(SHOWN).map(|number| format!("{number}/{}", first.of)).collect();
        let more = match missing.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        failures.push(Failure::wrong_input(format!(
            "{} missing: {}{more}",
            counted(missing.len() as u64, "shard"),
            listed(&names)
        )));
    }
    if failures.is_empty() { Ok(AllShards { owner, parts }) } else { Err(Failure::all(failures)) }
}

/// The most missing shards that are named.
const SHOWN: usize = 10;

/// The scenario files of a question, by name.
fn files_of(owner: &PartOwner) -> String {
    let names: Vec<&str> = owner.scenarios.iter().map(|own| own.file.as_str()).collect();
    listed(&names)
}

/// Reads a shard.
fn shard(path: &Path) -> Result<(PartOwner, Shard, Vec<StoredPart>), Failure> {
    let file = PartFile::read(path).map_err(Failure::wrong_input)?;
    let cannot =
        |why: String| Failure::wrong_input(format!("cannot use {}: {why}", path.display()));
    let owner = PartOwner::read(&file.about).map_err(cannot)?;
    match owner.shard {
        Some(shard) => Ok((owner, shard, file.parts)),
        None => {
            Err(cannot("it was kept by a run that was to be whole: go on with --resume".into()))
        }
    }
}

/// A scenario that a shard brings with it.
fn source(copy: &ScenarioCopy, settings: &[String]) -> Result<ScenarioSource, Failure> {
    let bytes = copy.text.clone().into_bytes();
    let document = Document::read(&copy.file, &bytes).with(SettingOptions::OPTION, settings);
    let found = sound(&document).map_err(told)?;
    Ok(ScenarioSource { document, found, bytes, file: copy.file.clone(), name: copy.name.clone() })
}
