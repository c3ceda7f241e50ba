//! What a long run keeps beside its output, so that it can go on after it was killed.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::cli::failure::warn;
use crate::inquiry::PartsByStage;
use crate::store::{PartFile, StoredPart};
use crate::study::{PartKeeper, PlayStage};
use crate::verbs::PartOwner;

/// The ending of files that a run keeps.
const ENDING: &str = "part";

/// Keeps what was played in a hidden folder beside the run folder, from time to time. When the run is done, the folder
/// is removed.
pub(in crate::cli) struct Checkpoints {
    folder: PathBuf,
    about: String,
    /// What tells the files of this run from those of others.
    run: String,
    every: Duration,
    known: Mutex<PartsByStage>,
    stages: AtomicU32,
    begun: Instant,
    kept: Mutex<Recent>,
    /// Whether what was played is to be kept as soon as it can be.
    at_once: AtomicBool,
    /// Whether something was kept since that is asked for.
    has_kept: AtomicBool,
}

/// What was kept last.
struct Recent {
    at: Instant,
    /// Parts that are not on the disk yet.
    parts: Vec<StoredPart>,
    /// How many files were written.
    files: u32,
    /// Whether the disk refused one.
    has_failed: bool,
}

impl Checkpoints {
    /// For the run folder `name` in `parent`, every so often.
    pub fn new(parent: &Path, name: &str, owner: &PartOwner, every: Duration) -> Self {
        let now = now();
        let recent = Recent { at: now, parts: Vec::new(), files: 0, has_failed: false };
        Checkpoints {
            folder: parent.join(format!(".{name}.parts")),
            about: owner.text(),
            run: name_of_run(),
            every,
            known: Mutex::default(),
            stages: AtomicU32::new(0),
            begun: now,
            kept: Mutex::new(recent),
            at_once: AtomicBool::new(false),
            has_kept: AtomicBool::new(false),
        }
    }

    /// Where they are kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a run of the same question left something.
    pub fn has_some(&self) -> bool {
        !self.files().is_empty()
    }

    /// From now on keeps what was played as soon as it can: playing is about to stop.
    pub fn keep_at_once(&self) {
        self.at_once.store(true, Ordering::Relaxed);
    }

    /// Whether it has kept something since it was asked to keep it at once, or could not.
    pub fn has_kept_at_once(&self) -> bool {
        self.has_kept.load(Ordering::Relaxed)
    }

    /// Takes up what runs of the same question left. Files that are damaged, or of another question or version, are
    /// left out with a warning. Returns how many trials need not be played again.
    pub fn resume(&self) -> u64 {
        let mut parts = Vec::new();
        for path in self.files() {
            match PartFile::read(&path) {
                Ok(file) if file.about == self.about => parts.extend(file.parts),
                Ok(_) => warn(&format!(
                    "warning: {} is of another question or version, and left out\n",
                    path.display()
                )),
                Err(error) => warn(&format!("warning: {error}; it is left out\n")),
            }
        }
        let parts = PartsByStage::new(parts);
        let trials = parts.trials();
        if let Ok(mut known) = self.known.lock() {
            *known = parts;
        }
        trials
    }

    fn files(&self) -> Vec<PathBuf> {
        if self.folder.is_symlink() {
            return Vec::new();
        }
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        // No run keeps anything in a link or a pipe.
        let entries = entries.filter(|entry| entry.file_type().is_ok_and(|own| own.is_file()));
        let paths = entries.map(|entry| entry.path());
        let mut files: Vec<PathBuf> =
            paths.filter(|path| path.extension().is_some_and(|ending| ending == ENDING)).collect();
        files.sort();
        files
    }

    /// Removes everything: the run is done, and its results are in their place.
    pub fn remove(&self) {
        // What cannot be removed is hidden and does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// The files of this run alone.
    fn own_files(&self) -> impl Iterator<Item = PathBuf> {
        let is_own = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            name.is_some_and(|name| name.starts_with(&self.run))
        };
        self.files().into_iter().filter(is_own)
    }

    /// Whether it is time to keep something, after a moment at which something was.
    fn is_time(&self, last: Instant) -> bool {
        self.at_once.load(Ordering::Relaxed) || last.elapsed() >= self.every
    }

    /// Writes what was kept since the last time.
    fn flush(&self, recent: &mut Recent) {
        if recent.has_failed || recent.parts.is_empty() {
            return;
        }
        let parts = std::mem::take(&mut recent.parts);
        let file = PartFile { about: self.about.clone(), parts };
        // Two runs of one question at once keep files of their own.
        let name = format!("{}-{}.{ENDING}", self.run, recent.files);
        if self.folder.is_symlink() {
            // It is of nobody's making here, and leads elsewhere.
            let _ = fs::remove_file(&self.folder);
        }
        if let Err(error) = file.write(&self.folder.join(name)) {
            recent.has_failed = true;
            warn(&format!(
                "warning: {error}; the run goes on, but could not be resumed if it were stopped\n"
            ));
        }
        recent.files += 1;
        recent.at = now();
    }
}

impl PartKeeper for Checkpoints {
    fn stage(&self, trials: Range<u64>) -> PlayStage {
        let number = self.stages.fetch_add(1, Ordering::Relaxed);
        let pieces = match self.known.lock() {
            Ok(mut known) => known.pieces(number, trials),
            Err(_) => vec![crate::study::StagePiece::Play(trials)],
        };
        PlayStage { number, pieces }
    }

    fn is_due(&self) -> bool {
        let Ok(recent) = self.kept.lock() else { return false };
        !recent.has_failed && self.is_time(recent.at)
    }

    fn wants(&self) -> bool {
        let Ok(recent) = self.kept.lock() else { return false };
        !recent.has_failed && self.is_time(self.begun)
    }

    fn make_room(&self) {
        let Ok(recent) = self.kept.lock() else { return };
        if recent.has_failed {
            // What cannot be removed takes room, and no more than that.
            self.own_files().for_each(|path| drop(fs::remove_file(path)));
        }
    }

    fn keep(&self, stage: u32, trials: Range<u64>, bytes: Vec<u8>) {
        let Ok(mut recent) = self.kept.lock() else { return };
        recent.parts.push(StoredPart { stage, from: trials.start, to: trials.end, bytes });
        if self.is_time(recent.at) {
            self.flush(&mut recent);
            self.has_kept.fetch_or(self.at_once.load(Ordering::Relaxed), Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "when to keep something changes no result")]
fn now() -> Instant {
    Instant::now()
}

/// A name that no other run has, even one of the same process number on another machine that shares the disk.
fn name_of_run() -> String {
    use std::hash::{BuildHasher, Hasher};
    let random = std::hash::RandomState::new().build_hasher().finish();
    format!("{}-{random:016x}", std::process::id())
}
