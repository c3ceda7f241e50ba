//! Reads a run folder back.

use std::path::{Path, PathBuf};

use super::inside::read_inside;
use super::{CsvStyle, StoreError};

/// The files of a finished run folder.
#[derive(Clone, Debug)]
pub struct Records {
    folder: PathBuf,
    style: CsvStyle,
}

impl Records {
    /// The files of a finished run folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), style: CsvStyle::default() }
    }

    /// The same files with tables in another style.
    #[must_use]
    pub fn with_csv(self, style: CsvStyle) -> Self {
        Self { style, ..self }
    }

    /// How text stands in the tables.
    pub(super) fn csv(&self) -> CsvStyle {
        self.style
    }

    /// The path of a file.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is no such file, it is none of the folder itself, it is too large, or the system refuses.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.path(name);
        read_inside(&self.folder, name).map_err(StoreError::io("read", &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_named() {
        let root = tempfile::tempdir().unwrap();
        let error = Records::new(root.path()).bytes("a.csv").unwrap_err().to_string();
        assert!(error.ends_with("a.csv: no such file or folder"), "{error}");
    }
}
