//! The scenario file as it is on disk: read again only once it has changed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::refusal::Wrong;
use super::variant::Variant;
use crate::diagnostic::Diagnostics;
use crate::inquiry::{InquiryError, ScenarioText, sound};
use crate::model::Document;
use crate::report::table_names;
use crate::store::{content_hash, write_file};
use crate::verbs::{Grid, Question, RunQuestion, ScenarioSource, SettingOptions};

/// The scenario file that is served.
#[derive(Debug)]
pub(super) struct OpenFile {
    /// The path as it was given, by which messages call the file.
    shown: PathBuf,
    /// The file itself, whatever links led to it.
    path: PathBuf,
    /// What was read last. Also held while the file is written.
    last: Mutex<Option<Arc<ReadFile>>>,
}

/// A state of the file.
#[derive(Debug)]
pub(super) struct ReadFile {
    /// The text.
    pub text: ScenarioText,
    /// The hash of its bytes, by which a state is told from others.
    pub version: String,
    /// Its tables.
    pub document: Document,
    /// The warnings; or every mistake.
    pub found: Result<Diagnostics, Wrong>,
}

/// Why the file was not written.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// It is another one than whoever wrote had read: its version.
    Changed(String),
    /// The system refused; the message says why.
    Failed(String),
}

impl OpenFile {
    /// The file at a path.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn new(shown: &Path) -> Result<Self, InquiryError> {
        // Says why it cannot be read, in the words of all commands.
        ScenarioText::open(shown)?;
        let path = shown.canonicalize();
        let path = path.map_err(|error| {
            InquiryError::Question(format!("cannot read {}: {error}", shown.display()))
        })?;
        Ok(OpenFile { shown: shown.to_owned(), path, last: Mutex::new(None) })
    }

    /// Where the file itself is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file as it is now.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn read(&self) -> Result<Arc<ReadFile>, InquiryError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let text = self.bytes()?;
        let version = content_hash(&text.bytes);
        if let Some(known) = last.as_ref().filter(|known| known.version == version) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(ReadFile::of(text, version));
        *last = Some(Arc::clone(&read));
        Ok(read)
    }

    /// The hash of the bytes that are on disk now.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn version(&self) -> Result<String, InquiryError> {
        Ok(content_hash(&self.bytes()?.bytes))
    }

    /// Puts another text in place of the one with this version: whole or not at all. Returns the new version.
    ///
    /// # Errors
    ///
    /// If the file has another version by now, or the system refuses.
    pub fn write(&self, text: &str, version: &str) -> Result<String, Unwritten> {
        let _alone = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.version().map_err(|error| Unwritten::Failed(error.to_string()))?;
        if now != version {
            return Err(Unwritten::Changed(now));
        }
        let rights = std::fs::metadata(&self.path).map(|known| known.permissions());
        write_file(&self.path, text.as_bytes())
            .map_err(|error| Unwritten::Failed(error.to_string()))?;
        if let Ok(rights) = rights {
            // A file that others may read stays one; where that fails, the text is safe all the same.
            let _ = std::fs::set_permissions(&self.path, rights);
        }
        Ok(content_hash(text.as_bytes()))
    }

    /// A text that could stand in the file, checked.
    pub fn checked(&self, text: &str) -> ReadFile {
        let bytes = text.as_bytes().to_vec();
        let version = content_hash(&bytes);
        ReadFile::of(ScenarioText { path: self.shown.clone(), bytes }, version)
    }

    fn bytes(&self) -> Result<ScenarioText, InquiryError> {
        let text = ScenarioText::open(&self.path)?;
        Ok(ScenarioText { path: self.shown.clone(), ..text })
    }
}

impl ReadFile {
    fn of(text: ScenarioText, version: String) -> Self {
        let document = text.document();
        let found = sound(&document).map_err(Wrong::from);
        ReadFile { text, version, document, found }
    }

    /// The question of a run of a state of the controls, completed, and its model.
    ///
    /// # Errors
    ///
    /// What is wrong with the file or the state.
    pub fn settled(&self, variant: &Variant) -> Result<(RunQuestion, Grid, ScenarioSource), Wrong> {
        let found = self.found.clone()?;
        let plain = |message: String| Wrong { mistakes: Vec::new(), message };
        let question = variant.question().map_err(plain)?;
        let names = table_names([self.text.path.as_path()]);
        let source = ScenarioSource {
            document: self.document.with(SettingOptions::OPTION, &variant.set),
            found,
            bytes: self.text.bytes.clone(),
            file: self.text.file_name(),
            name: names.into_iter().next().unwrap_or_default(),
        };
        let sources = [source];
        let settled = question.settle(&sources);
        let (question, grid) =
            settled.map_err(|refusal| Wrong::from(InquiryError::refused(refusal, &sources)))?;
        let [source] = sources;
        Ok((question, grid, source))
    }
}
