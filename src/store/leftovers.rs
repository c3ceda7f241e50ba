//! Partial folders: claiming one for a run, and removing those that killed runs left behind.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes and locks a partial folder that no one else uses.
pub(super) fn claim(parent: &Path, name: &str) -> io::Result<(PathBuf, Option<File>)> {
    loop {
        let partial = parent.join(format!(".{name}.{}.partial", owner()));
        match fs::create_dir(&partial) {
            // Another machine that writes to the same disk may have a process of the same id.
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        }
        let lock = match File::open(&partial).map(|folder| (folder.try_lock(), folder)) {
            Ok((Ok(()), folder)) => Some(folder),
            // Another run took the folder for a leftover before it was locked, and is about to
            // remove it.
            Ok((Err(TryLockError::WouldBlock), _)) => continue,
            Ok((Err(TryLockError::Error(_)), _)) | Err(_) => None,
        };
        if partial.is_dir() {
            return Ok((partial, lock));
        }
    }
}

/// The process id and, from the second folder of the process on, a number. A process never uses a
/// name twice, since another run that removes leftovers may just be dealing with it.
fn owner() -> String {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let pid = std::process::id();
    match FOLDERS.fetch_add(1, Ordering::Relaxed) {
        0 => pid.to_string(),
        number => format!("{pid}-{}", number + 1),
    }
}

/// Removes what killed runs of the same name left behind. A folder that cannot be removed does not
/// stop this run.
pub(super) fn sweep(parent: &Path, name: &str, target: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    // What is no folder, or a link to one, no run has left; to open a pipe would be to wait for it.
    let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|own| own.is_dir()));
    for path in folders.map(|entry| entry.path()) {
        match leftover(&path, name) {
            Some("old") => restore(&path, target),
            Some(_) => {
                let lock = File::open(&path).map(|folder| (folder.try_lock(), folder));
                if matches!(lock, Ok((Ok(()), _))) {
                    let _ = fs::remove_dir_all(&path);
                }
            }
            None => {}
        }
    }
}

/// `partial` or `old`, if the path is one that a run of this name makes.
fn leftover<'a>(path: &'a Path, name: &str) -> Option<&'a str> {
    let rest = path.file_name()?.to_str()?.strip_prefix('.')?;
    let (owner, kind) = rest.strip_prefix(name)?.strip_prefix('.')?.split_once('.')?;
    let number = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let ours = owner.splitn(2, '-').all(number) && matches!(kind, "partial" | "old");
    ours.then_some(kind)
}

/// Puts an old folder back, or removes it where a newer one is in its place already.
pub(super) fn restore(aside: &Path, target: &Path) {
    if fs::rename(aside, target).is_err() && target.exists() {
        // What cannot be removed is hidden and harmless, and the next run removes it.
        let _ = fs::remove_dir_all(aside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Staging;
    use crate::store::folder::tests::{commit, names};

    #[test]
    fn leftovers_of_dead_runs_are_swept_and_those_of_others_are_not() {
        let root = tempfile::tempdir().unwrap();
        let parent = root.path().join("crisis");
        let others = [".run-1.7.other", ".run-1.x.partial", ".run-10.7.partial"];
        let dead = [".run-1.7.partial", ".run-1.7-2.partial", ".run-1.8.old"];
        for name in others.iter().chain(&dead) {
            fs::create_dir_all(parent.join(name).join("charts")).unwrap();
        }
        commit(root.path(), "new.csv", "new");
        assert_eq!(names(&parent), [others[0], others[1], others[2], "run-1"]);
    }

    #[test]
    fn an_old_folder_whose_successor_never_came_is_restored() {
        let root = tempfile::tempdir().unwrap();
        let folder = commit(root.path(), "old.csv", "old");
        fs::rename(&folder, folder.with_file_name(".run-1.7.old")).unwrap();
        drop(Staging::create(root.path(), "crisis", "run-1").unwrap());
        assert_eq!(names(&folder), ["old.csv"]);
    }

    #[test]
    fn two_runs_of_one_name_do_not_disturb_each_other() {
        let root = tempfile::tempdir().unwrap();
        let one = Staging::create(root.path(), "crisis", "run-1").unwrap();
        one.write("one.csv", "1").unwrap();
        let two = Staging::create(root.path(), "crisis", "run-1").unwrap();
        two.write("two.csv", "2").unwrap();
        one.commit().unwrap();
        let folder = two.commit().unwrap();
        assert_eq!(names(&folder), ["two.csv"]);
        assert_eq!(names(&root.path().join("crisis")), ["run-1"]);
    }

    #[test]
    fn many_threads_may_put_the_same_folder_in_place() {
        let root = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..20).for_each(|_| drop(commit(root.path(), "a.csv", "a"))));
            }
        });
        assert_eq!(names(&root.path().join("crisis")), ["run-1"]);
        assert_eq!(names(&root.path().join("crisis/run-1")), ["a.csv"]);
    }
}
