//! The error of everything that writes or reads files.

use std::io;
use std::path::{Path, PathBuf};

/// A file or folder that could not be written or read, or data that do not fit a file.
///
/// Messages are lower-case, name the path and say what was attempted: `cannot create output/crisis:
/// permission denied`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refused.
    #[error("cannot {action} {}: {}", path.display(), reason(cause))]
    Io {
        /// What was attempted: `create`, `write`, `replace`…
        action: &'static str,
        /// The path in the finished folder, not in the partial one that is written first.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A name that is not valid, or that would lead out of its folder.
    #[error("cannot use `{name}` as a name in {}", folder.display())]
    Name {
        /// The name.
        name: String,
        /// The folder it was meant for.
        folder: PathBuf,
    },
    /// A folder was to be put in place while files in it were still being written.
    #[error("cannot complete {}: {count} of its files not written to the end", path.display())]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// How many files were opened and not finished.
        count: usize,
    },
    /// Columns of trials that do not fit the columns declared.
    #[error("cannot write trials: {reason}")]
    Columns {
        /// Which column, and what is wrong with it.
        reason: String,
    },
    /// Parquet was asked for, but this build cannot write it.
    #[cfg(not(feature = "parquet"))]
    #[error(
        "cannot write trials.parquet: this build has no Parquet; write CSV, or build demarche with \
         its feature `parquet`"
    )]
    NoParquet,
    /// A file that was read back and is not what was written.
    #[error("cannot use {}{}: {reason}", path.display(), line.map_or(String::new(), |line| format!(", line {line}")))]
    Spoilt {
        /// The file.
        path: PathBuf,
        /// The line that is wrong, if one is.
        line: Option<u64>,
        /// What is wrong with it.
        reason: String,
    },
    /// A manifest that cannot be understood.
    #[error("cannot read {}: {reason}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl StoreError {
    /// A function for `map_err`: the system refused to do `action` to `path`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io { action, path: path.to_owned(), cause }
    }
}

/// The cause in plain words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other errors have the system's words")]
fn reason(cause: &io::Error) -> String {
    let plain = match cause.kind() {
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "the disk quota is used up",
        io::ErrorKind::NotFound => "no such file or folder",
        io::ErrorKind::NotADirectory => "a file is where a folder should be",
        _ => return cause.to_string(),
    };
    plain.to_owned()
}
