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
pub fn key_of(question: &Verb, sources: &[ScenarioSource]) -> String {
    let question = serde_json::to_string(question).expect("a question always has a JSON form");
    let mut parts = vec![env!("CARGO_PKG_VERSION").to_owned(), question];
    for source in sources {
        parts.extend([source.name.clone(), content_hash(&source.bytes)]);
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
    files: Vec<StoredFile>,
    tables: Vec<String>,
    command: String,
}

/// A scenario file of a run folder.
#[derive(Debug)]
struct StoredFile {
    document: Document,
    found: Diagnostics,
    model: Model,
    name: String,
    record: FileRecord,
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
            files.push(StoredFile { document, found, model, name, record: record.clone() });
        }
        let (tables, command) = (manifest.tables(), manifest.command());
        Ok(RunFolder { records, manifest, files, tables, command })
    }

    /// What was played.
    pub fn played(&self) -> Played<'_> {
        let files = self.files.iter().map(|file| PlayedFile {
            document: &file.document,
            model: &file.model,
            name: &file.name,
            record: &file.record,
            found: &file.found,
        });
        self.manifest.played(&files.collect::<Vec<_>>(), &self.tables, &self.command)
    }
}
