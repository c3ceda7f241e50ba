//! When a file was last saved, for those who wait until it is saved again.

use std::path::Path;
use std::time::SystemTime;

/// When a file was last saved, and its size; `None` while there is none, as while an editor puts another in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastSaved(Option<(SystemTime, u64)>);

impl LastSaved {
    /// What the system says of a file now.
    pub fn of(file: &Path) -> Self {
        let known = file.metadata().ok();
        LastSaved(known.and_then(|own| Some((own.modified().ok()?, own.len()))))
    }

    /// Whether the file was saved since.
    pub fn is_past(self, file: &Path) -> bool {
        LastSaved::of(file) != self
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_was_saved_or_removed_is_told_from_what_was_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.toml");
        let none = LastSaved::of(&file);
        assert_eq!(none, LastSaved(None));
        fs::write(&file, "one").expect("a file");
        assert!(none.is_past(&file));
        let one = LastSaved::of(&file);
        assert!(!one.is_past(&file));
        fs::write(&file, "three").expect("a file");
        assert!(one.is_past(&file));
        fs::remove_file(&file).expect("it is there");
        assert!(one.is_past(&file));
    }
}
