//! The run folder of an answer: its key, and how it is opened again.

use std::path::Path;

use super::grid::ScenarioSource;
use super::manifest::Manifest;
use super::options::SettingOptions;
use super::question::Question;
use super::verb::{Verb, with_question};
use crate::diagnostic::Diagnostics;
use crate::model::{BASE_WORLD, Document, Model, NO_POLICY};
use crate::report::{Played, PlayedFile, scenario_copies, table_names};
use crate::store::{FileRecord, Records, StoreError, content_hash, run_key};

/// The key of a run folder: a hash over the version, the settled question and the scenario files.
///
/// Each file is its name in tables and its bytes.
pub fn key_of<'s>(question: &Verb, files: impl IntoIterator<Item = (&'s str, &'s [u8])>) -> String {
    let question = serde_json::to_string(question).expect("a question always has a JSON form");
    let mut parts = vec![env!("CARGO_PKG_VERSION").to_owned(), question];
    for (name, bytes) in files {
        parts.extend([name.to_owned(), content_hash(bytes)]);
    }
    run_key(parts)
}

/// A finished run folder, with its scenario compiled so that names and titles can be looked up.
#[derive(Debug)]
pub struct RunFolder {
    /// Its files.
    pub records: Records,
    /// Its manifest.
    pub manifest: Manifest,
    /// Its scenario files.
    pub(crate) files: Vec<PlayedScenario>,
    tables: Vec<String>,
    command: String,
}

/// A scenario file that was played, compiled under the first policy in the first world.
#[derive(Clone, Debug)]
pub(crate) struct PlayedScenario {
    /// The file.
    pub source: ScenarioSource,
    /// The compiled scenario, from which names and titles are read.
    pub model: Model,
    /// The file's entry in the manifest.
    pub record: FileRecord,
}

impl PlayedScenario {
    /// The file as tables, charts and page know it.
    pub fn as_played(&self) -> PlayedFile<'_> {
        PlayedFile {
            document: &self.source.document,
            model: &self.model,
            name: &self.source.name,
            record: &self.record,
            found: &self.source.found,
        }
    }
}

/// Why a folder cannot be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum FolderError {
    /// It is not a run folder, or a file of it is missing or damaged.
    Store(StoreError),
    /// Its scenario has mistakes.
    Mistakes(Box<Document>, Diagnostics),
}

impl From<StoreError> for FolderError {
    fn from(error: StoreError) -> Self {
        FolderError::Store(error)
    }
}

impl RunFolder {
    /// Opens a folder. Each scenario file in it must have the hash that the manifest gives.
    ///
    /// # Errors
    ///
    /// [`FolderError`].
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        let manifest = Manifest::read(folder)?;
        let (policy, world, style, settings, varies) = with_question!(&manifest.question, question => {
            let worlds = question.worlds().first().cloned();
            let policy = question.policies().first().cloned();
            let varies = question.varies_preferences();
            (policy, worlds, question.luck().csv, question.settings(), varies)
        });
        let records = Records::new(folder).with_csv(style);
        let policy = policy.unwrap_or_else(|| NO_POLICY.to_owned());
        let world = world.unwrap_or_else(|| BASE_WORLD.to_owned());
        let names = table_names(manifest.scenarios().map(|record| Path::new(&record.file)));
        let copies = scenario_copies(&names);
        let mut files = Vec::new();
        for ((record, copy), name) in manifest.scenarios().zip(copies).zip(names) {
            let bytes = records.bytes(&copy)?;
            let path = records.path(&copy);
            if content_hash(&bytes) != record.blake3 {
                let reason = "not the file that was played: its hash is not the manifest's";
                let reason = reason.to_owned();
                return Err(StoreError::Spoilt { path, line: None, reason }.into());
            }
            let document = Document::read(&path.display().to_string(), &bytes);
            let document = document.with(SettingOptions::OPTION, settings);
            let found = document.check();
            if found.has_errors() {
                return Err(FolderError::Mistakes(Box::new(document), found));
            }
            let played = if varies { &document.vary_preferences() } else { &document };
            let model = match played.model(&policy, &world) {
                Ok(model) => model,
                Err(found) => return Err(FolderError::Mistakes(Box::new(document), found)),
            };
            let source = ScenarioSource { document, found, bytes, file: record.file.clone(), name };
            files.push(PlayedScenario { source, model, record: record.clone() });
        }
        let (tables, command) = (manifest.tables(), manifest.command());
        Ok(RunFolder { records, manifest, files, tables, command })
    }

    /// What was played.
    pub fn played(&self) -> Played<'_> {
        let files: Vec<PlayedFile<'_>> = self.files.iter().map(PlayedScenario::as_played).collect();
        self.manifest.played(&files, &self.tables, &self.command)
    }
}
