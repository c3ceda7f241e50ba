//! The shards of a question, joined to the answer that one machine would have given.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::asked_files::AskedFiles;
use super::error::InquiryError;
use super::known_parts::{KnownParts, PartsByStage};
use super::settled::{SettledInquiry, settle};
use super::sound::sound;
use crate::format::{counted, listed};
use crate::model::Document;
use crate::store::{PartFile, StoreError, StoredPart};
use crate::verbs::{
    PartOwner, Question, ScenarioCopy, ScenarioSource, SettingOptions, Shard, with_question,
};

/// All shards of a question: to be answered with `known` as the keeper of parts, which plays nothing.
pub struct JoinedShards {
    /// The question.
    pub settled: Box<dyn SettledInquiry>,
    /// What the shards played.
    pub known: KnownParts,
}

/// Joins shards, in any order. Each comes with the path by which messages name it, and with what was read there.
///
/// # Errors
///
/// All that is wrong with them: one is damaged, missing, doubled, or of another question or version.
pub fn join_shards(
    shards: impl IntoIterator<Item = (PathBuf, Result<PartFile, StoreError>)>,
) -> Result<JoinedShards, InquiryError> {
    let AllShards { owner, parts } = whole(shards)?;
    let settings = with_question!(&owner.question, question => question.settings().to_vec());
    let mut sources = Vec::new();
    for copy in &owner.scenarios {
        sources.push(source(copy, &settings)?);
    }
    let settled = settle(&owner.question, AskedFiles { sources, left: Vec::new() })?;
    Ok(JoinedShards { settled, known: KnownParts::new(PartsByStage::new(parts)) })
}

/// What all shards hold together.
struct AllShards {
    owner: PartOwner,
    parts: Vec<StoredPart>,
}

/// Checks that shards are all shards of one question: none is missing, doubled or foreign.
fn whole(
    shards: impl IntoIterator<Item = (PathBuf, Result<PartFile, StoreError>)>,
) -> Result<AllShards, InquiryError> {
    let mut errors = Vec::new();
    let mut read: Vec<(PathBuf, PartOwner, Shard, Vec<StoredPart>)> = Vec::new();
    for (path, file) in shards {
        match shard(&path, file) {
            Ok((owner, shard, parts)) => read.push((path, owner, shard, parts)),
            Err(error) => errors.push(error),
        }
    }
    let mut all = read.into_iter();
    let Some((first_path, owner, first, mut parts)) = all.next() else {
        if errors.is_empty() {
            errors.push(InquiryError::Question("there are no shards".to_owned()));
        }
        return Err(InquiryError::all(errors));
    };
    let mut wrong = |why: String| errors.push(InquiryError::Question(why));
    let mut seen = BTreeMap::from([(first.number, first_path.clone())]);
    for (path, other, shard, own) in all {
        let shown = path.display();
        if other.key != owner.key || other.question != owner.question {
            wrong(format!(
                "{shown} is of another question than {}: {} of {}, not {} of {}",
                first_path.display(),
                other.question.word(),
                files_of(&other),
                owner.question.word(),
                files_of(&owner),
            ));
        } else if shard.of != first.of {
            wrong(format!(
                "{shown} is one of {} shards, {} one of {}",
                shard.of,
                first_path.display(),
                first.of
            ));
        } else if let Some(same) = seen.insert(shard.number, path.clone()) {
            wrong(format!("{shown} and {} are both shard {shard}", same.display()));
        } else {
            parts.extend(own);
        }
    }
    let missing: Vec<u32> = (1..=first.of).filter(|number| !seen.contains_key(number)).collect();
    if !missing.is_empty() && errors.is_empty() {
        let names: Vec<String> =
            missing.iter().take(SHOWN).map(|number| format!("{number}/{}", first.of)).collect();
        let more = match missing.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        errors.push(InquiryError::Question(format!(
            "{} missing: {}{more}",
            counted(missing.len() as u64, "shard"),
            listed(&names)
        )));
    }
    if errors.is_empty() { Ok(AllShards { owner, parts }) } else { Err(InquiryError::all(errors)) }
}

/// The most missing shards that are named.
const SHOWN: usize = 10;

/// The scenario files of a question, by name.
fn files_of(owner: &PartOwner) -> String {
    let names: Vec<&str> = owner.scenarios.iter().map(|own| own.file.as_str()).collect();
    listed(&names)
}

/// Takes a file for a shard.
fn shard(
    path: &Path,
    file: Result<PartFile, StoreError>,
) -> Result<(PartOwner, Shard, Vec<StoredPart>), InquiryError> {
    let file = file.map_err(|error| InquiryError::Question(error.to_string()))?;
    let cannot =
        |why: String| InquiryError::Question(format!("cannot use {}: {why}", path.display()));
    let owner = PartOwner::read(&file.about).map_err(cannot)?;
    match owner.shard {
        Some(shard) => Ok((owner, shard, file.parts)),
        None => {
            Err(cannot("it was kept by a run that was to be whole: go on with --resume".into()))
        }
    }
}

/// A scenario that a shard brings with it.
fn source(copy: &ScenarioCopy, settings: &[String]) -> Result<ScenarioSource, InquiryError> {
    let bytes = copy.text.clone().into_bytes();
    let document = Document::read(&copy.file, &bytes).with(SettingOptions::OPTION, settings);
    let found = sound(&document)?;
    Ok(ScenarioSource { document, found, bytes, file: copy.file.clone(), name: copy.name.clone() })
}
