//! The text of a scenario file, from wherever it comes.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::InquiryError;
use crate::model::Document;
use crate::scenario::tree::MAX_FILE_BYTES;

/// The bytes of a scenario file, with the path by which it is named. The file itself need not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioText {
    /// The path, as messages show it.
    pub path: PathBuf,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl ScenarioText {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If the system refuses, or the file is larger than a scenario may be.
    pub fn open(path: &Path) -> Result<Self, InquiryError> {
        let shown = path.display().to_string();
        let file = File::open(path).map_err(|cause| cannot_read(&shown, &cause))?;
        Self::read(path, &shown, file)
    }

    /// Reads a text that messages know by a path, from something that is `shown` where it cannot be
    /// read: no more of it than a scenario may have.
    ///
    /// # Errors
    ///
    /// If the system refuses, or the text is larger than a scenario may be.
    pub fn read(path: &Path, shown: &str, from: impl Read) -> Result<Self, InquiryError> {
        let mut bytes = Vec::new();
        from.take(MAX_FILE_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|cause| cannot_read(shown, &cause))?;
        if bytes.len() > MAX_FILE_BYTES {
            return Err(InquiryError::Question(format!(
                "{shown} is larger than a scenario may be: at most {} MiB",
                MAX_FILE_BYTES >> 20
            )));
        }
        Ok(ScenarioText { path: path.to_owned(), bytes })
    }

    /// The text with its tables, whatever mistakes it has.
    pub fn document(&self) -> Document {
        Document::read(&self.shown(), &self.bytes)
    }

    /// The text with the record of another file behind it, as if it stood there.
    ///
    /// # Errors
    ///
    /// If the other file holds anything but a record.
    pub(super) fn with_record(
        &self,
        record: &ScenarioText,
    ) -> Result<(Document, Vec<u8>), InquiryError> {
        let shown = record.shown();
        if !record.document().is_record() {
            return Err(InquiryError::Question(format!(
                "{shown} holds no record: expected the table [record] and nothing else"
            )));
        }
        let with = (shown.as_str(), record.bytes.as_slice());
        let document = Document::with_record(&self.shown(), &self.bytes, with);
        Ok((document, [self.bytes.as_slice(), b"\n", &record.bytes].concat()))
    }

    /// The path, as messages show it: on one line.
    pub fn shown(&self) -> String {
        let path = self.path.display().to_string();
        path.replace(char::is_control, "\u{fffd}")
    }

    /// The name of the file, without folders.
    pub fn file_name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into())
    }
}

fn cannot_read(shown: &str, cause: &io::Error) -> InquiryError {
    InquiryError::Question(format!("cannot read {shown}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_large_is_refused_and_not_read_to_its_end() {
        let endless = io::repeat(b'#');
        let error = ScenarioText::read(Path::new("a.toml"), "standard input", endless).unwrap_err();
        let expected = "standard input is larger than a scenario may be: at most ";
        assert!(error.to_string().starts_with(expected), "{error}");
    }

    #[test]
    fn only_a_record_can_stand_behind_a_scenario() {
        let text = |path: &str, text: &str| ScenarioText {
            path: path.into(),
            bytes: text.as_bytes().to_vec(),
        };
        let scenario = text("cases/a.toml", "format = 1\n[scenario]\nsteps = 1\n");
        assert_eq!(scenario.file_name(), "a.toml");
        let error = scenario.with_record(&scenario).unwrap_err().to_string();
        assert!(error.starts_with("cases/a.toml holds no record"), "{error}");
        let record = text("r.toml", "[record]\nuntil = 1\n");
        let (_, bytes) = scenario.with_record(&record).unwrap();
        assert!(bytes.ends_with(b"steps = 1\n\n[record]\nuntil = 1\n"));
    }
}
