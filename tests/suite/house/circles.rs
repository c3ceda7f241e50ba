//! Files of one folder do not import each other in a circle, but for the recursions that are
//! declared here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The circles that are meant: the folder, its files, and why they need each other.
const RECURSIONS: [(&str, &[&str], &str); 1] = [(
    "engine",
    &["imagine", "weigh"],
    "looking ahead plays on, and in what is played on others look ahead",
)];

/// Which files import which others.
type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn only_declared_recursions_import_each_other() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for folder in folders(&source) {
        let name = folder.strip_prefix(&source).expect("it lies in src").display().to_string();
        found.extend(circles(&imports(&folder, &name)).into_iter().map(|c| (name.clone(), c)));
    }
    let declared: Vec<(String, Vec<String>)> = RECURSIONS
        .iter()
        .map(|(folder, files, _)| {
            ((*folder).to_owned(), files.iter().map(|f| (*f).to_owned()).collect())
        })
        .collect();
    assert_eq!(found, declared, "circles found, and those declared in {}", file!());
}

/// A folder and all below it, in the order of their names.
fn folders(at: &Path) -> Vec<PathBuf> {
    let mut below: Vec<PathBuf> = std::fs::read_dir(at)
        .expect("the sources are there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    below.sort();
    std::iter::once(at.to_owned()).chain(below.iter().flat_map(|path| folders(path))).collect()
}

/// Which files of a folder import which others, directly or by what `mod.rs` hands on.
fn imports(folder: &Path, name: &str) -> Imports {
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        if path.extension().is_some_and(|ext| ext == "rs") {
            let stem = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
            texts.insert(stem, std::fs::read_to_string(&path).expect("it can be read"));
        }
    }
    let door = texts.remove("mod").unwrap_or_default();
    let path =
        if name.is_empty() { String::new() } else { format!("::{}", name.replace('/', "::")) };
    among(&texts, &door, &format!("crate{path}"))
}

/// The same by the files' texts, that of `mod.rs`, and the path of the folder.
fn among(texts: &BTreeMap<String, String>, door: &str, folder: &str) -> Imports {
    // Which file each name comes from that `mod.rs` takes from one.
    let door = code(door);
    let mut from = BTreeMap::new();
    for file in texts.keys() {
        for name in imported(&door, &[&format!("use {file}::")]) {
            from.insert(name, file.clone());
        }
    }
    let each = texts.iter().map(|(file, text)| {
        let names = imported(&code(text), &["super::", &format!("{folder}::")]);
        let files = names.into_iter().map(|name| from.get(&name).cloned().unwrap_or(name));
        (file.clone(), files.filter(|other| other != file && texts.contains_key(other)).collect())
    });
    each.collect()
}

/// A file's text without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join(" ")
}

/// The names that come right behind one of these paths.
fn imported(code: &str, paths: &[&str]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in paths {
        for (at, _) in code.match_indices(path) {
            // Not `super::super::`, which is another folder.
            if code[..at].ends_with("::") {
                continue;
            }
            let rest = &code[at + path.len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(firsts(group)),
                None => names.extend(first(rest)),
            }
        }
    }
    names
}

/// The first word of a path.
fn first(path: &str) -> Option<String> {
    let word: String =
        path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The first word of each path of a group, up to its closing brace.
fn firsts(group: &str) -> Vec<String> {
    let (mut depth, mut from, mut words) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                words.extend(first(&group[from..at]));
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    words
}

/// Files that import each other, directly or through others: each such group once.
fn circles(imports: &Imports) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        imports.keys().map(|file| (file, reached_from(file, imports))).collect();
    let mut groups: Vec<Vec<String>> = Vec::new();
    for (file, from_here) in &reached {
        let group: Vec<String> = from_here
            .iter()
            .filter(|other| reached[**other].contains(*file))
            .map(|other| (**other).clone())
            .collect();
        if !group.is_empty() && !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// Every file that one imports, directly or through others.
fn reached_from<'a>(file: &'a String, imports: &'a Imports) -> BTreeSet<&'a String> {
    let (mut seen, mut left) = (BTreeSet::new(), vec![file]);
    while let Some(file) = left.pop() {
        left.extend(imports[file].iter().filter(|other| seen.insert(*other)));
    }
    seen
}

#[test]
fn a_circle_is_found_through_groups_whole_paths_and_what_is_handed_on() {
    let texts = [
        ("one", "use super::{x::Y, two::{self, Two}};\n// use super::four;\n"),
        ("two", "use crate::a::b::Three;\nuse super::super::four;\n"),
        ("three", "fn f() { super::one::g() }\n#[cfg(test)]\nuse super::four;"),
        ("four", "use super::one::One;"),
    ];
    let texts = texts.map(|(file, text)| (file.to_owned(), text.to_owned()));
    let imports = among(&BTreeMap::from(texts), "pub use three::{Three, g};", "crate::a::b");
    assert_eq!(circles(&imports), [["one", "three", "two"]]);
}
