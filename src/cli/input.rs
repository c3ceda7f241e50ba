//! Reads scenario files from disk and prints what is wrong with them.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

use super::failure::{Failure, warn};
use crate::diagnostic::{Diagnostics, Paint, Severity, render};
use crate::format;
use crate::model::{Document, Model};
use crate::scenario::tree::MAX_FILE_BYTES;
use crate::verbs::{ScenarioSource, SettingOptions};

/// The largest number of mistakes that are printed; the rest are only counted.
const SHOWN: usize = 100;

/// What stands for standard input in place of a path.
const STANDARD_INPUT: &str = "-";
/// What a scenario from standard input is called where a file has a name.
const STANDARD_INPUT_FILE: &str = "stdin.toml";

/// Whether a path stands for standard input, or for standard output where something is written.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// The path by which a scenario is named: that of its file, or `stdin.toml`.
pub(super) fn named(path: &Path) -> &Path {
    if is_standard_input(path) { Path::new(STANDARD_INPUT_FILE) } else { path }
}

/// Reads a scenario from a file or standard input, and no more of it than a scenario may have.
pub(super) fn read(path: &Path) -> Result<(Document, Vec<u8>), Failure> {
    let shown = match is_standard_input(path) {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    };
    let cannot =
        |error: std::io::Error| Failure::wrong_input(format!("cannot read {shown}: {error}"));
    let mut bytes = Vec::new();
    let from: Box<dyn Read> = match is_standard_input(path) {
        true => Box::new(std::io::stdin().lock()),
        false => Box::new(File::open(path).map_err(cannot)?),
    };
    from.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Failure::wrong_input(format!(
            "{shown} is larger than a scenario may be: at most {} MiB",
            MAX_FILE_BYTES >> 20
        )));
    }
    Ok((Document::read(&named(path).display().to_string(), &bytes), bytes))
}

/// Whether a file that can be read holds a record and nothing else.
pub(super) fn is_record(path: &Path) -> bool {
    read(path).is_ok_and(|(document, _)| document.is_record())
}

/// Reads a scenario with the record of another file behind it, as if it stood there.
fn with_record(path: &Path, record: &Path) -> Result<(Document, Vec<u8>), Failure> {
    let (_, bytes) = read(path)?;
    let (own, record_bytes) = read(record)?;
    let shown = named(record).display().to_string();
    if !own.is_record() {
        return Err(Failure::wrong_input(format!(
            "{shown} holds no record: expected the table [record] and nothing else"
        )));
    }
    let document =
        Document::with_record(&named(path).display().to_string(), &bytes, (&shown, &record_bytes));
    let bytes = [bytes.as_slice(), b"\n", &record_bytes].concat();
    Ok((document, bytes))
}

/// Prints mistakes and warnings.
pub(super) fn tell(found: &Diagnostics, document: &Document) {
    if found.is_empty() {
        return;
    }
    let paint = if std::io::stderr().is_terminal() { Paint::Coloured } else { Paint::Plain };
    let (errors, warnings) = (found.count(Severity::Error), found.count(Severity::Warning));
    let mut text = render(&found.first(SHOWN), &document.source, paint);
    let hidden = (errors + warnings).saturating_sub(SHOWN);
    if hidden > 0 {
        text.push_str(&format!("... and {hidden} more\n\n"));
    }
    if errors > 0 {
        let mut files: Vec<&str> = Vec::new();
        for file in found.iter().map(|item| document.source.file_name(item.span)) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        text.push_str(&format!("{}: {}\n", files.join(" and "), counted(errors, warnings)));
    }
    warn(&text);
}

fn counted(errors: usize, warnings: usize) -> String {
    let errors = format::counted(errors as u64, "error");
    match warnings {
        0 => errors,
        _ => format!("{errors}, {}", format::counted(warnings as u64, "warning")),
    }
}

/// Compiles a scenario under a policy and a world and returns it with its
/// warnings, or prints why it cannot be.
pub(super) fn compile(
    document: &Document,
    policy: &str,
    world: &str,
) -> Result<(Model, Diagnostics), Failure> {
    let found = sound(document)?;
    match document.model(policy, world) {
        Ok(model) => Ok((model, found)),
        Err(found) => {
            tell(&found, document);
            Err(Failure::printed())
        }
    }
}

/// Reads a scenario file that a question is asked of, with other values in place of its own, or prints
/// the mistakes in it.
pub(super) fn source(
    path: &Path,
    name: String,
    settings: &[String],
    record: Option<&Path>,
) -> Result<ScenarioSource, Failure> {
    let (document, bytes) = match record {
        Some(record) => with_record(path, record)?,
        None => read(path)?,
    };
    let document = document.with(SettingOptions::OPTION, settings);
    let found = sound(&document)?;
    let file =
        named(path).file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    Ok(ScenarioSource { document, found, bytes, file, name })
}

/// The warnings of a scenario; if it has mistakes, prints them and fails.
fn sound(document: &Document) -> Result<Diagnostics, Failure> {
    let found = document.check();
    if found.has_errors() {
        tell(&found, document);
        return Err(Failure::printed());
    }
    Ok(found)
}
