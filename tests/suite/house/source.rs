//! The source files, and their code apart from tests, comments and texts.

use std::path::{Path, PathBuf};

/// A source file: its path within `src`, with slashes, and its text.
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// The folder of the sources.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All source files but those that are tests only, in the order of their paths.
pub fn files() -> Vec<SourceFile> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("it can be listed").path();
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && name != "tests.rs" {
                let inner = path.strip_prefix(root()).expect("it lies in src");
                let text = std::fs::read_to_string(&path).expect("it can be read");
                found.push(SourceFile {
                    path: inner.display().to_string().replace('\\', "/"),
                    text,
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The lines of a file without comments and without items under `#[cfg(test)]`.
///
/// The code is formatted, so an item ends with the line that closes it at its own indentation. A
/// module of tests is the last item of its file: texts in it may have lines that look like its end.
pub fn code(text: &str) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        if start == "#[cfg(test)]" {
            let indent = &line[..line.len() - start.len()];
            let end = |line: &str| {
                let own = line.strip_prefix(indent).is_some_and(|rest| !rest.starts_with(' '));
                own && (line.ends_with(';') || line.ends_with('}'))
            };
            let item = lines.next().unwrap_or_default();
            if item.starts_with("mod ") && item.ends_with('{') {
                break;
            }
            if !end(item) {
                lines.by_ref().find(|line| end(line));
            }
        } else if !start.starts_with("//") {
            kept.push(line);
        }
    }
    kept
}

#[test]
fn code_is_told_from_comments_and_tests() {
    let text = "a\n// b\n#[cfg(test)]\nmod tests;\nc\n#[cfg(test)]\nfn d() {\n    d\n}\ne\n\
                #[cfg(test)]\nmod tests {\n}\nf";
    assert_eq!(code(text), ["a", "c", "e"]);
}
