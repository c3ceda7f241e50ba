//! The run folder while it is written: it appears complete or not at all.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::leftovers::{claim, restore, sweep};
use super::{CsvStyle, OutputFile, StoreError};

/// How often to try again when another process keeps putting the same folder in place.
const ATTEMPTS: usize = 16;

/// A run folder while it is written: `root/stem/.name.<pid>.partial`, which [`Staging::commit`]
/// turns into `root/stem/name`.
///
/// If it is dropped without a commit, it is removed. A run that was killed leaves its partial folder
/// behind, which the next run of the same name removes. A run that is alive holds a lock on its own
/// folder, so two runs of one name do not disturb each other; the last to commit stays. Where the
/// system cannot lock folders, those of killed runs stay.
#[derive(Debug)]
pub struct Staging {
    partial: PathBuf,
    target: PathBuf,
    unfinished: Arc<AtomicUsize>,
    /// The files that were begun and must be there in the end, below the folder.
    begun: Mutex<BTreeSet<PathBuf>>,
    style: CsvStyle,
    /// Held for as long as the run is alive.
    _lock: Option<File>,
}

impl Staging {
    /// Starts a folder that is to become `root/stem/name`, creating `root/stem` if need be.
    ///
    /// # Errors
    /// If `stem` or `name` is not a plain file name, if something other than a folder is in its
    /// place, or if the system refuses.
    pub fn create(root: &Path, stem: &str, name: &str) -> Result<Self, StoreError> {
        let parent = root.join(plain(stem, root)?);
        let target = parent.join(plain(name, &parent)?);
        fs::create_dir_all(&parent).map_err(StoreError::io("create", &parent))?;
        if fs::metadata(&target).is_ok_and(|found| !found.is_dir()) {
            let cause = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(StoreError::io("replace", &target)(cause));
        }
        sweep(&parent, name, &target);
        let (partial, lock) = claim(&parent, name).map_err(StoreError::io("create", &target))?;
        let (unfinished, begun, style) = (Arc::default(), Mutex::default(), CsvStyle::default());
        Ok(Self { partial, target, unfinished, begun, style, _lock: lock })
    }

    /// The same folder with tables in another style.
    #[must_use]
    pub fn with_csv(mut self, style: CsvStyle) -> Self {
        self.style = style;
        self
    }

    /// How text stands in the tables of the folder.
    pub fn csv(&self) -> CsvStyle {
        self.style
    }

    /// Opens a new file in the folder, such as `summary.csv` or `charts/outcomes.svg`.
    ///
    /// # Errors
    /// If the name leaves the folder or the system refuses.
    pub fn file(&self, name: &str) -> Result<OutputFile, StoreError> {
        let path = self.path(name)?;
        OutputFile::create(&path, self.target.join(name), &self.unfinished)
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// If the name leaves the folder or the system refuses.
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> Result<(), StoreError> {
        let mut file = self.file(name)?;
        file.write_all(contents.as_ref())
            .map_err(StoreError::io("write", &self.target.join(name)))?;
        file.finish()
    }

    /// Writes a whole file that the folder can do without: where that fails, nothing is left of it,
    /// and the folder can be completed all the same.
    ///
    /// # Errors
    /// If the name leaves the folder or the system refuses.
    pub fn write_or_leave_out(
        &self,
        name: &str,
        contents: impl AsRef<[u8]>,
    ) -> Result<(), StoreError> {
        let path = self.path(name)?;
        fs::write(&path, contents).map_err(|cause| {
            // What is not removed is an unfinished file that the manifest does not name.
            let _ = fs::remove_file(&path);
            self.begun().remove(Path::new(name));
            StoreError::io("write", &self.target.join(name))(cause)
        })
    }

    /// The path at which to write a file of the folder for now, for writers that need a path. The
    /// folders above it are created.
    ///
    /// # Errors
    /// If the name leaves the folder or the system refuses.
    pub fn path(&self, name: &str) -> Result<PathBuf, StoreError> {
        let relative = Path::new(name);
        let inside = |part| matches!(part, Component::Normal(_));
        if relative.as_os_str().is_empty() || !relative.components().all(inside) {
            return Err(StoreError::Name { name: name.to_owned(), folder: self.target.clone() });
        }
        // The partial folder itself is not made again: if someone removed it, what was in it is lost.
        let above: Vec<&Path> = relative.ancestors().skip(1).collect();
        for above in above.into_iter().rev().filter(|above| !above.as_os_str().is_empty()) {
            match fs::create_dir(self.partial.join(above)) {
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                made => made.map_err(StoreError::io("create", &self.target.join(above)))?,
            }
        }
        self.begun().insert(relative.to_owned());
        Ok(self.partial.join(relative))
    }

    fn begun(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files written so far, sorted, with `/` between folder and file on every system.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn files(&self) -> Result<Vec<String>, StoreError> {
        let mut files = Vec::new();
        walk(&self.partial, &mut |path| {
            let inside = path.strip_prefix(&self.partial).unwrap_or(path);
            let parts: Vec<_> = inside.iter().map(OsStr::to_string_lossy).collect();
            files.push(parts.join("/"));
            Ok(())
        })
        .map_err(StoreError::io("list", &self.target))?;
        files.sort();
        Ok(files)
    }

    /// Writes everything through to the disk and puts the folder in its place, where it replaces one
    /// that is there already. Returns its path.
    ///
    /// # Errors
    /// If a file was opened and not finished, or was removed by someone else, or if the system refuses. The
    /// folder that was there before then stays, and the new one is removed.
    pub fn commit(self) -> Result<PathBuf, StoreError> {
        let count = self.unfinished.load(Ordering::Relaxed);
        if count > 0 {
            let path = self.target.clone();
            return Err(StoreError::Unfinished { path, count });
        }
        let gone = self.begun().iter().find(|name| !self.partial.join(name).exists()).cloned();
        if let Some(name) = gone {
            let cause = io::Error::from(io::ErrorKind::NotFound);
            return Err(StoreError::io("complete", &self.target.join(name))(cause));
        }
        walk(&self.partial, &mut |path| File::open(path)?.sync_all())
            .and_then(|()| sync_folders(&self.partial))
            .map_err(StoreError::io("write", &self.target))?;
        self.put_in_place()?;
        if let Some(parent) = self.target.parent() {
            sync_folder(parent).map_err(StoreError::io("write", &self.target))?;
        }
        Ok(self.target.clone())
    }

    /// Moves a folder that is in the place aside, moves the new one in, and removes the old one; if
    /// the new one cannot be moved in, the old one is put back.
    fn put_in_place(&self) -> Result<(), StoreError> {
        let aside = self.partial.with_extension("old");
        let mut attempt = 1;
        loop {
            let replaced = match fs::rename(&self.target, &aside) {
                Ok(()) => true,
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => false,
                Err(cause) => return Err(StoreError::io("replace", &self.target)(cause)),
            };
            let Err(cause) = fs::rename(&self.partial, &self.target) else {
                // If this fails, the next run of the same name removes the folder.
                let _ = fs::remove_dir_all(&aside);
                return Ok(());
            };
            if replaced {
                restore(&aside, &self.target);
            }
            // Another run of the same name may have put its folder in place between the two
            // renames.
            let overtaken = matches!(
                cause.kind(),
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists
            );
            if !overtaken || attempt == ATTEMPTS {
                return Err(StoreError::io("create", &self.target)(cause));
            }
            attempt += 1;
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a commit there is nothing left under this name. Otherwise, what cannot be removed
        // now is removed by the next run.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// A name that is one plain component of a path.
fn plain<'a>(name: &'a str, folder: &Path) -> Result<&'a str, StoreError> {
    let mut parts = Path::new(name).components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(part)), None) if part == name => Ok(name),
        _ => Err(StoreError::Name { name: name.to_owned(), folder: folder.to_owned() }),
    }
}

/// Calls `visit` for every file below a folder.
fn walk(folder: &Path, visit: &mut impl FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, visit)?;
        } else {
            visit(&path)?;
        }
    }
    Ok(())
}

/// Writes the entries of a folder and of all folders in it through to the disk.
fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    sync_folder(folder)
}

/// Writes the entries of a folder through to the disk, on systems that can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        Err(cause)
            if matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        done => done,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Commits `root/crisis/run-1` with one file in it.
    pub fn commit(root: &Path, file: &str, contents: &str) -> PathBuf {
        let staging = Staging::create(root, "crisis", "run-1").unwrap();
        staging.write(file, contents).unwrap();
        staging.commit().unwrap()
    }

    #[test]
    fn a_folder_appears_only_when_committed() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(&root.path().join("output"), "crisis", "run-1").unwrap();
        let mut file = staging.file("summary.csv").unwrap();
        file.write_all(b"a,b\n").unwrap();
        file.finish().unwrap();
        fs::write(staging.path("charts/outcomes.svg").unwrap(), "<svg/>").unwrap();
        let parent = root.path().join("output/crisis");
        let hidden = format!(".run-1.{}", std::process::id());
        assert!(names(&parent).iter().all(|name| name.starts_with(&hidden)));
        assert_eq!(staging.files().unwrap(), ["charts/outcomes.svg", "summary.csv"]);

        let folder = staging.commit().unwrap();
        assert_eq!(folder, parent.join("run-1"));
        assert_eq!(names(&parent), ["run-1"]);
        assert_eq!(names(&folder), ["charts", "summary.csv"]);
        assert_eq!(fs::read_to_string(folder.join("summary.csv")).unwrap(), "a,b\n");
    }

    #[test]
    fn a_folder_replaces_the_one_before_and_nothing_is_left_of_it() {
        let root = tempfile::tempdir().unwrap();
        commit(root.path(), "old.csv", "old");
        let folder = commit(root.path(), "new.csv", "new");
        assert_eq!(names(&folder), ["new.csv"]);
        assert_eq!(names(&root.path().join("crisis")), ["run-1"]);
    }

    #[test]
    fn a_folder_that_is_dropped_leaves_the_one_before() {
        let root = tempfile::tempdir().unwrap();
        let folder = commit(root.path(), "old.csv", "old");
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        staging.write("new.csv", "new").unwrap();
        drop(staging);
        assert_eq!(names(&folder), ["old.csv"]);
        assert_eq!(names(&root.path().join("crisis")), ["run-1"]);
    }

    #[test]
    fn the_old_folder_is_put_back_when_the_new_one_cannot_take_its_place() {
        let root = tempfile::tempdir().unwrap();
        let folder = commit(root.path(), "old.csv", "old");
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        fs::remove_dir(&staging.partial).unwrap();
        let error = staging.put_in_place().unwrap_err().to_string();
        assert!(
            error.starts_with("cannot create ") && error.ends_with("run-1: no such file or folder")
        );
        assert_eq!(names(&folder), ["old.csv"]);
        assert_eq!(names(&root.path().join("crisis")), ["run-1"]);
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_named() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("output");
        fs::write(&file, "").unwrap();
        let error = Staging::create(&file, "crisis", "run-1").unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot create {}: a file is where a folder should be",
                file.join("crisis").display()
            )
        );
        fs::create_dir(root.path().join("crisis")).unwrap();
        fs::write(root.path().join("crisis/run-1"), "precious").unwrap();
        let error = Staging::create(root.path(), "crisis", "run-1").unwrap_err();
        assert!(error.to_string().starts_with("cannot replace "));
        assert_eq!(fs::read(root.path().join("crisis/run-1")).unwrap(), b"precious");
    }

    #[test]
    fn a_folder_of_which_something_was_removed_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        staging.write("a.csv", "a").unwrap();
        staging.write("charts/b.svg", "b").unwrap();
        fs::remove_file(staging.partial.join("charts/b.svg")).unwrap();
        let error = staging.commit().unwrap_err().to_string();
        assert!(error.starts_with("cannot complete ") && error.contains("b.svg"), "{error}");
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        fs::remove_dir(&staging.partial).unwrap();
        let error = staging.write("a.csv", "a").unwrap_err().to_string();
        assert!(error.ends_with("a.csv: no such file or folder"), "{error}");
        assert!(names(&root.path().join("crisis")).is_empty());
    }

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        let root = tempfile::tempdir().unwrap();
        for name in ["", ".", "..", "a/b", "/a", "a/"] {
            assert!(Staging::create(root.path(), name, "run-1").is_err(), "{name}");
            assert!(Staging::create(root.path(), "crisis", name).is_err(), "{name}");
        }
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        for name in ["", "..", "../a.csv", "/a.csv", "charts/../../a.csv"] {
            let error = staging.file(name).unwrap_err().to_string();
            assert!(error.starts_with(&format!("cannot use `{name}`")), "{error}");
        }
    }

    #[test]
    fn a_folder_with_an_unfinished_file_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        drop(staging.file("a.csv").unwrap());
        let error = staging.commit().unwrap_err().to_string();
        assert!(error.ends_with("run-1: 1 of its files not written to the end"), "{error}");
        assert!(names(&root.path().join("crisis")).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_reported_when_a_file_is_finished() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        std::os::unix::fs::symlink("/dev/full", staging.path("a.csv").unwrap()).unwrap();
        let left_out = staging.path("charts/b.svg").unwrap();
        std::os::unix::fs::symlink("/dev/full", &left_out).unwrap();
        assert!(staging.write_or_leave_out("charts/b.svg", "b").is_err());
        assert!(!left_out.exists());
        staging.write_or_leave_out("charts/c.svg", "c").unwrap();
        let error = staging.write("a.csv", "a").unwrap_err().to_string();
        let shown = root.path().join("crisis/run-1/a.csv");
        assert_eq!(error, format!("cannot write {}: the disk is full", shown.display()));
        assert!(staging.commit().is_err());
    }
}
