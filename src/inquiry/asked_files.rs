//! The scenario files that a question is asked of: those of the command line, and those in folders.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::InquiryError;
use super::scenario_text::ScenarioText;
use super::sound::sound;
use crate::format::{counted, listed};
use crate::report::table_names;
use crate::verbs::{Question, ScenarioSource, SettingOptions, Verb, with_question};

/// The ending of the files of a folder that are taken for scenarios.
const ENDING: &str = "toml";
/// Why a file of a folder is left out that holds nothing but what happened.
const RECORD: &str = "a [record] alone is no scenario";

/// A file that a question is to be asked of.
#[derive(Clone, Debug)]
pub enum GivenFile {
    /// The path of a file, or of a folder of them where the question is asked of many.
    Path(PathBuf),
    /// A text that was read already.
    Text(ScenarioText),
}

impl GivenFile {
    /// The path by which it is named.
    fn path(&self) -> &Path {
        match self {
            GivenFile::Path(path) => path,
            GivenFile::Text(text) => &text.path,
        }
    }

    /// Its text.
    fn text(&self) -> Result<ScenarioText, InquiryError> {
        match self {
            GivenFile::Path(path) => ScenarioText::open(path),
            GivenFile::Text(text) => Ok(text.clone()),
        }
    }
}

/// What a question is asked of.
#[derive(Clone, Debug)]
pub struct AskedFiles {
    /// The files, which have no mistakes.
    pub sources: Vec<ScenarioSource>,
    /// A warning for the files of each folder that the question cannot be asked of.
    pub left: Vec<String>,
}

/// A file that is asked about.
struct AskedFile {
    file: GivenFile,
    /// The folder that it was found in, if it was not named itself.
    folder: Option<PathBuf>,
}

/// Reads the scenario files of a question, with the record of another file behind them if one is given.
///
/// # Errors
///
/// What is wrong with them: all of it, of all files.
pub fn asked_files(
    verb: &Verb,
    given: Vec<GivenFile>,
    record: Option<&ScenarioText>,
) -> Result<AskedFiles, InquiryError> {
    with_question!(verb, question => of(question, given, record))
}

fn of<Q: Question>(
    asked: &Q,
    given: Vec<GivenFile>,
    record: Option<&ScenarioText>,
) -> Result<AskedFiles, InquiryError> {
    let mut errors = Vec::new();
    let mut files: Vec<AskedFile> = Vec::new();
    for file in given {
        match &file {
            GivenFile::Path(path) if asked.is_of_many() && path.is_dir() => match in_folder(path) {
                Ok(found) => files.extend(found),
                Err(error) => errors.push(error),
            },
            GivenFile::Path(_) | GivenFile::Text(_) => {
                files.push(AskedFile { file, folder: None });
            }
        }
    }
    if asked.is_of_many() {
        errors.extend(given_twice(&files));
    }
    let names = table_names(files.iter().map(|own| own.file.path()));
    let (mut sources, mut left) = (Vec::new(), Vec::new());
    for (own, name) in files.iter().zip(names) {
        let text = match own.file.text() {
            Ok(text) => text,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        if let Some(folder) = own.folder.as_deref().filter(|_| text.document().is_record()) {
            let file = text.file_name();
            left.push(LeftOut { folder, file, why: RECORD.to_owned() });
            continue;
        }
        let source = match source(&text, name, asked.settings(), record) {
            Ok(source) => source,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        match (asked.refuses(&source), &own.folder) {
            (None, _) => sources.push(source),
            (Some(why), Some(folder)) => left.push(LeftOut { folder, file: source.file, why }),
            (Some(why), None) => {
                let name = &source.document.source.name;
                errors.push(InquiryError::Question(format!("{name}: {why}")));
            }
        }
    }
    let left = left_out(&left);
    if sources.is_empty() && errors.is_empty() {
        errors.extend(left.iter().cloned().map(InquiryError::Question));
    }
    if !errors.is_empty() {
        return Err(InquiryError::all(errors));
    }
    if asked.is_of_many() {
        sources.iter_mut().for_each(tell_apart);
    }
    Ok(AskedFiles { sources, left })
}

/// A scenario that a question is asked of, with other values in place of its own.
fn source(
    text: &ScenarioText,
    name: String,
    settings: &[String],
    record: Option<&ScenarioText>,
) -> Result<ScenarioSource, InquiryError> {
    let (document, bytes) = match record {
        Some(record) => text.with_record(record)?,
        None => (text.document(), text.bytes.clone()),
    };
    let document = document.with(SettingOptions::OPTION, settings);
    let found = sound(&document)?;
    Ok(ScenarioSource { document, found, bytes, file: text.file_name(), name })
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
fn in_folder(folder: &Path) -> Result<Vec<AskedFile>, InquiryError> {
    let cannot = |error: std::io::Error| {
        InquiryError::Question(format!("cannot read {}: {error}", folder.display()))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_none_or(|ending| ending != ENDING) || path.is_dir() {
            continue;
        }
        if !path.symlink_metadata().is_ok_and(|own| own.is_file()) {
            let why = "a link, a pipe or a device, which is read only if it is named itself";
            return Err(InquiryError::Question(format!("{} is {why}", path.display())));
        }
        found.push(path);
    }
    found.sort();
    if found.is_empty() {
        let why = format!("{} has no files that end in .{ENDING}", folder.display());
        return Err(InquiryError::Question(why));
    }
    let asked = |path| AskedFile { file: GivenFile::Path(path), folder: Some(folder.to_owned()) };
    Ok(found.into_iter().map(asked).collect())
}

/// An error for each file that is given twice, by itself or in a folder: it would count twice.
fn given_twice(files: &[AskedFile]) -> Vec<InquiryError> {
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for AskedFile { file, .. } in files {
        let GivenFile::Path(path) = file else { continue };
        // What cannot be found is told when it is read.
        let Ok(whole) = path.canonicalize() else { continue };
        if !seen.insert(whole) {
            errors.push(InquiryError::Question(format!("{} is given twice", path.display())));
        }
    }
    errors
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
