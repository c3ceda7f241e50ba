//! Reads scenario files from disk and prints what is wrong with them.

use std::io::IsTerminal;
use std::path::Path;

use super::failure::{Failure, warn_painted};
use crate::diagnostic::{Diagnostics, Paint};
use crate::inquiry::{GivenFile, InquiryError, ScenarioText, drawn};
use crate::model::Document;

/// What stands for standard input in place of a path.
const STANDARD_INPUT: &str = "-";
/// What a scenario from standard input is called where a file has a name.
const STANDARD_INPUT_FILE: &str = "stdin.toml";

/// Whether a path stands for standard input, or for standard output where something is written.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Reads a scenario from a file or standard input, and no more of it than a scenario may have.
pub(super) fn read(path: &Path) -> Result<ScenarioText, InquiryError> {
    match is_standard_input(path) {
        true => {
            let input = std::io::stdin().lock();
            ScenarioText::read(Path::new(STANDARD_INPUT_FILE), "standard input", input)
        }
        false => ScenarioText::open(path),
    }
}

/// The files that a question is asked of: of standard input, what comes from there.
pub(super) fn given_files(paths: &[&Path]) -> Result<Vec<GivenFile>, Failure> {
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Failure::wrong_input("only one file can come from standard input"));
    }
    let given = paths.iter().map(|&path| match is_standard_input(path) {
        true => Ok(GivenFile::Text(read(path)?)),
        false => Ok(GivenFile::Path(path.to_owned())),
    });
    given.collect::<Result<_, _>>().map_err(told)
}

/// Prints mistakes and warnings.
pub(super) fn tell(found: &Diagnostics, document: &Document) {
    let paint = if std::io::stderr().is_terminal() { Paint::Coloured } else { Paint::Plain };
    warn_painted(&drawn(document, found, paint));
}

/// Prints the mistakes of an error, and returns the failure that says the rest.
pub(super) fn told(error: InquiryError) -> Failure {
    let failures = error.each().into_iter().map(|error| match error {
        InquiryError::Mistakes(found) => {
            found.iter().for_each(|(document, own)| tell(own, document));
            Failure::printed()
        }
        InquiryError::Question(why) => Failure::wrong_input(why),
        InquiryError::Several(errors) => Failure::all(errors.into_iter().map(told).collect()),
        InquiryError::Halted(halt) => Failure::could_not(halt),
        InquiryError::Store(error) => Failure::from(error),
    });
    Failure::all(failures.collect())
}
