//! The scenario files that a question is asked of: those of the command line, and those in folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::input::{is_record, is_standard_input, named, source};
use crate::format::{counted, listed};
use crate::report::table_names;
use crate::verbs::{Question, ScenarioSource};

/// The ending of the files of a folder that are taken for scenarios.
const ENDING: &str = "toml";
/// Why a file of a folder is left out that holds nothing but what happened.
const RECORD: &str = "a [record] alone is no scenario";

/// What a question is asked of.
pub(super) struct AskedFiles {
    /// The files, which have no mistakes.
    pub sources: Vec<ScenarioSource>,
    /// A warning for the files of each folder that the question cannot be asked of.
    pub left: Vec<String>,
}

/// A file that is asked about.
struct AskedPath {
    path: PathBuf,
    /// The folder that it was found in, if it was not named itself.
    folder: Option<PathBuf>,
}

/// Reads the scenario files of a question, or says what is wrong with all of them.
pub(super) fn asked_files<Q: Question>(asked: &Q, file: &Path) -> Result<AskedFiles, Failure> {
    let others = asked.others().iter().map(PathBuf::from);
    let named_paths: Vec<PathBuf> = [file.to_owned()].into_iter().chain(others).collect();
    if named_paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Failure::wrong_input("only one file can come from standard input"));
    }
    let mut failures = Vec::new();
    let mut paths: Vec<AskedPath> = Vec::new();
    for path in named_paths {
        if !(asked.is_of_many() && path.is_dir()) {
            paths.push(AskedPath { path, folder: None });
            continue;
        }
        match in_folder(&path) {
            Ok(found) => paths.extend(found),
            Err(failure) => failures.push(failure),
        }
    }
    if asked.is_of_many() {
        failures.extend(given_twice(&paths));
    }
    let names = table_names(paths.iter().map(|own| named(&own.path)));
    let (mut sources, mut left) = (Vec::new(), Vec::new());
    for (own, name) in paths.iter().zip(names) {
        if let Some(folder) = own.folder.as_deref().filter(|_| is_record(&own.path)) {
            let file = named(&own.path).file_name().unwrap_or_default().to_string_lossy().into();
            left.push(LeftOut { folder, file, why: RECORD.to_owned() });
            continue;
        }
        let source = match source(&own.path, name, asked.settings(), asked.record()) {
            Ok(source) => source,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        match (asked.refuses(&source), &own.folder) {
            (None, _) => sources.push(source),
            (Some(why), Some(folder)) => left.push(LeftOut { folder, file: source.file, why }),
            (Some(why), None) => {
                let name = &source.document.source.name;
                failures.push(Failure::wrong_input(format!("{name}: {why}")));
            }
        }
    }
    let left = left_out(&left);
    if sources.is_empty() && failures.is_empty() {
        failures.extend(left.iter().map(Failure::wrong_input));
    }
    if !failures.is_empty() {
        return Err(Failure::all(failures));
    }
    if asked.is_of_many() {
        sources.iter_mut().for_each(tell_apart);
    }
    Ok(AskedFiles { sources, left })
}

/// A file of a folder that a question cannot be asked of.
struct LeftOut<'p> {
    folder: &'p Path,
    file: String,
    why: String,
}

/// A sentence for each folder and each reason for which files of it are left out.
fn left_out(files: &[LeftOut<'_>]) -> Vec<String> {
    let reason = |own: &LeftOut<'_>| (own.folder.to_owned(), own.why.clone());
    let mut reasons: Vec<(PathBuf, String)> = Vec::new();
    for own in files {
        if !reasons.contains(&reason(own)) {
            reasons.push(reason(own));
        }
    }
    let sentence = |of: &(PathBuf, String)| {
        let own: Vec<&str> =
            files.iter().filter(|own| reason(own) == *of).map(|own| own.file.as_str()).collect();
        let (folder, why) = (of.0.display(), &of.1);
        let count = counted(own.len() as u64, "file");
        format!("{count} of {folder} left out ({why}): {}", listed(&own))
    };
    reasons.iter().map(sentence).collect()
}

/// The scenario files of a folder, by name; not those of folders in it.
fn in_folder(folder: &Path) -> Result<Vec<AskedPath>, Failure> {
    let cannot = |error: std::io::Error| {
        Failure::wrong_input(format!("cannot read {}: {error}", folder.display()))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) && !path.is_dir() {
            found.push(AskedPath { path, folder: Some(folder.to_owned()) });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    match found.is_empty() {
        true => {
            let why = format!("{} has no files that end in .{ENDING}", folder.display());
            Err(Failure::wrong_input(why))
        }
        false => Ok(found),
    }
}

/// A failure for each file that is given twice, by itself or in a folder: it would count twice.
fn given_twice(paths: &[AskedPath]) -> Vec<Failure> {
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut failures = Vec::new();
    for AskedPath { path, .. } in paths {
        // What cannot be found is told when it is read.
        let Ok(whole) = path.canonicalize() else { continue };
        if seen.contains(&whole) {
            failures.push(Failure::wrong_input(format!("{} is given twice", path.display())));
        } else {
            seen.push(whole);
        }
    }
    failures
}

/// Gives a file whose name another file has too the name that it has in tables, so that the command that
/// asks the same again tells them apart.
fn tell_apart(source: &mut ScenarioSource) {
    let own = Path::new(&source.file);
    if own.file_stem().is_none_or(|stem| stem.to_string_lossy() != source.name) {
        let ending = own.extension().map_or(ENDING.into(), |ending| ending.to_string_lossy());
        source.file = format!("{}.{ending}", source.name);
    }
}
