//! One file of a run folder while it is written.

use std::fs::{self, File};
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

    /// Completes the file: writes what is still buffered.
    ///
    /// # Errors
    /// If the system refuses, for instance because the disk is full.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.writer.flush().map_err(StoreError::io("write", &self.shown))?;
        self.unfinished.fetch_sub(1, Ordering::Relaxed);
        Ok(())
    }
}

/// Writes a file that appears complete or not at all: it is written under another name first, then
/// renamed. The folders above it are created.
///
/// # Errors
/// If the path names no file, or the system refuses.
pub fn write_file(path: &Path, contents: &[u8]) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(StoreError::io("create", folder))?;
    }
    write_aside(path, contents, |aside| fs::rename(aside, path))
}

/// Writes a file that appears complete or not at all, in a folder that is there, and never in the place of
/// something else.
///
/// # Errors
/// If something is at the path already, the path names no file, or the system refuses.
pub fn write_new_file(path: &Path, contents: &[u8]) -> Result<(), StoreError> {
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::io("create", path)(io::ErrorKind::AlreadyExists.into()));
    }
    write_aside(path, contents, |aside| match fs::hard_link(aside, path) {
        Ok(()) => {
            // What cannot be removed is hidden and does no harm.
            let _ = fs::remove_file(aside);
            Ok(())
        }
        // Some disks know no links.
        Err(_) if path.symlink_metadata().is_err() => fs::rename(aside, path),
        Err(cause) => Err(cause),
    })
}

/// Writes a file under another name in its folder, and has it put in its place.
fn write_aside(
    path: &Path,
    contents: &[u8],
    put: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), StoreError> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        let name = path.display().to_string();
        return Err(StoreError::Name { name, folder: PathBuf::new() });
    };
    let aside = format!(".{}.{}.partial", name.to_string_lossy(), std::process::id());
    let aside = folder.join(aside);
    // What has this name by chance is removed and not written to: it may be a link to another file.
    let _ = fs::remove_file(&aside);
    let written = File::create_new(&aside)
        .and_then(|mut file| {
            file.write_all(contents)?;
            file.sync_all()
        })
        .and_then(|()| put(&aside));
    if written.is_err() {
        // What cannot be removed is hidden and does no harm.
        let _ = fs::remove_file(&aside);
    }
    written.map_err(StoreError::io("write", path))
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
