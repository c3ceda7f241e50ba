//! The manifest: what a run folder says about itself.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::question::Question;
use super::verb::{Verb, with_question};
use crate::report::{Played, PlayedFile};
use crate::store::{FileRecord, Staging, StoreError, read_json, write_json};

/// The version of the manifest's own layout.
const FORMAT: u32 = 2;

/// `manifest.json`: the question and the files of a run folder, and nothing that depends on the
/// clock or the machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this layout.
    format: u32,
    /// The version of the engine: results are the same only within one.
    pub demarche: String,
    /// The settled question, with its verb.
    pub question: Verb,
    /// The scenario that was played.
    pub scenario: FileRecord,
    /// The second scenario, where two files are compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compared_with: Option<FileRecord>,
    /// The further scenarios, where many are played, each by itself.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub further: Vec<FileRecord>,
    /// How many trials were played, where that was left to the results.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped_at: Option<u64>,
    /// Warnings about the results.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub warnings: Vec<String>,
    /// The other files of the folder, sorted, such as `charts/outcomes.svg`.
    pub files: Vec<String>,
}

impl Manifest {
    /// The name of the file in the run folder.
    pub const FILE: &'static str = "manifest.json";

    /// A manifest of this version, with the first scenario and all others.
    pub fn new(
        question: Verb,
        scenario: FileRecord,
        others: Vec<FileRecord>,
        warnings: Vec<String>,
    ) -> Self {
        let demarche = env!("CARGO_PKG_VERSION").to_owned();
        let (compared_with, further) = match with_question!(&question, own => own.is_of_many()) {
            true => (None, others),
            false => (others.into_iter().next(), Vec::new()),
        };
        let (files, stopped_at) = (Vec::new(), None);
        Manifest {
            format: FORMAT,
            demarche,
            question,
            scenario,
            compared_with,
            further,
            stopped_at,
            warnings,
            files,
        }
    }

    /// Writes the manifest into its run folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        write_json(staging, Self::FILE, self)
    }

    /// Reads the manifest of a run folder.
    ///
    /// # Errors
    /// If there is no manifest, or it has another format.
    pub fn read(folder: &Path) -> Result<Self, StoreError> {
        /// The part that every format has.
        #[derive(Deserialize)]
        struct AnyFormat {
            format: u32,
        }
        let AnyFormat { format } = read_json(folder, Self::FILE)?;
        if format != FORMAT {
            let reason = format!(
                "format {format} instead of {FORMAT}: it was written by another version of Démarche"
            );
            return Err(StoreError::Manifest { path: folder.join(Self::FILE), reason });
        }
        read_json(folder, Self::FILE)
    }

    /// The tables and scenario files of the folder.
    pub fn tables(&self) -> Vec<String> {
        let is_drawn = |file: &String| file.starts_with("charts/") || file == "report.html";
        self.files.iter().filter(|file| !is_drawn(file)).cloned().collect()
    }

    /// The scenario files, in their order.
    pub fn scenarios(&self) -> impl Iterator<Item = &FileRecord> {
        [&self.scenario].into_iter().chain(&self.compared_with).chain(&self.further)
    }

    /// The command that asks the same question again.
    pub fn command(&self) -> String {
        self.question.command(&self.scenario.file)
    }

    /// What was played, with the names that tables and pages use.
    ///
    /// # Panics
    ///
    /// If `files` is empty.
    pub fn played<'a>(
        &'a self,
        files: &[PlayedFile<'a>],
        tables: &'a [String],
        command: &'a str,
    ) -> Played<'a> {
        with_question!(&self.question, question => Played {
            file: files[0],
            other: files.get(1).copied().filter(|_| !question.is_of_many()),
            further: match question.is_of_many() {
                true => files[1..].to_vec(),
                false => Vec::new(),
            },
            policies: question.policies(),
            worlds: question.worlds(),
            outcomes: question.outcomes(),
            measures: question.measures(),
            seed: question.luck().seed,
            trials: self.stopped_at.unwrap_or(question.trials()),
            repeats: question.draws().repeats,
            version: &self.demarche,
            warnings: &self.warnings,
            tables,
            command,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::content_hash;
    use crate::verbs::{LuckOptions, RunQuestion};

    fn manifest() -> Manifest {
        let question = RunQuestion {
            luck: LuckOptions { n: Some(10_000), seed: u64::MAX, ..LuckOptions::default() },
            ..RunQuestion::default()
        };
        let scenario = FileRecord {
            file: "crisis.toml".to_owned(),
            title: "A \"crisis\"".to_owned(),
            blake3: content_hash(b"format = 1\n"),
        };
        let manifest = Manifest::new(question.verb(), scenario, Vec::new(), Vec::new());
        let files = vec!["charts/outcomes.svg".to_owned(), "summary.csv".to_owned()];
        Manifest { files, demarche: "0.1.0".to_owned(), ..manifest }
    }

    #[test]
    fn a_manifest_reads_as_expected_and_reads_back() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        manifest().write(&staging).unwrap();
        let folder = staging.commit().unwrap();
        assert_eq!(Manifest::read(&folder).unwrap(), manifest());
        assert_eq!(
            fs::read_to_string(folder.join("manifest.json")).unwrap(),
            r#"{
  "format": 2,
  "demarche": "0.1.0",
  "question": {
    "verb": "run",
    "policy": "none",
    "world": "base",
    "n": 10000,
    "seed": 18446744073709551615,
    "png": false
  },
  "scenario": {
    "file": "crisis.toml",
    "title": "A \"crisis\"",
    "blake3": "HASH"
  },
  "files": [
    "charts/outcomes.svg",
    "summary.csv"
  ]
}
"#
            .replace("HASH", &content_hash(b"format = 1\n"))
        );
    }

    #[test]
    fn a_manifest_that_is_missing_broken_or_newer_is_named() {
        let root = tempfile::tempdir().unwrap();
        let error = || Manifest::read(root.path()).unwrap_err().to_string();
        assert!(error().ends_with("manifest.json: no such file or folder"));
        let path = root.path().join("manifest.json");
        fs::write(&path, "{").unwrap();
        assert!(error().contains("manifest.json: EOF while parsing"));
        fs::write(&path, r#"{ "format": 1, "verb": "run" }"#).unwrap();
        assert!(error().contains("manifest.json: format 1 instead of 2"));
    }
}
