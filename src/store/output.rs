//! One file of a run folder while it is written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::StoreError;

/// A buffered file that counts as written only after [`OutputFile::finish`].
///
/// A run folder with a file that was opened and not finished cannot be committed, so no error of
/// the last flush goes unnoticed.
#[derive(Debug)]
pub struct OutputFile {
    writer: BufWriter<File>,
    shown: PathBuf,
    unfinished: Arc<AtomicUsize>,
}

impl OutputFile {
    /// Creates the file at `path`, which errors call `shown`, and counts it as `unfinished`.
    pub(super) fn create(
        path: &Path,
        shown: PathBuf,
        unfinished: &Arc<AtomicUsize>,
    ) -> Result<Self, StoreError> {
        let file = File::create(path).map_err(StoreError::io("create", &shown))?;
        unfinished.fetch_add(1, Ordering::Relaxed);
        Ok(Self {
            writer: BufWriter::with_capacity(1 << 16, file),
            shown,
            unfinished: Arc::clone(unfinished),
        })
    }

    /// Where the file will be once its folder is committed.
    pub fn shown(&self) -> &Path {
        &self.shown
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// If the system refuses, for instance because the disk is full.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.writer.flush().map_err(StoreError::io("write", &self.shown))?;
        self.unfinished.fetch_sub(1, Ordering::Relaxed);
        Ok(())
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
