//! What can go wrong, as the exceptions of `demarche.errors`.

use demarche::inquiry::InquiryError;
use demarche::store::StoreError;
use demarche::verbs::Halt;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

use crate::mistakes::{Diagnostic, diagnostics};

/// The module that defines the exceptions.
const MODULE: &str = "demarche.errors";

/// The exception for an error.
pub fn raised(py: Python<'_>, error: InquiryError) -> PyErr {
    let text = error.to_string();
    let parts = error.each();
    if parts.iter().any(|part| matches!(part, InquiryError::Mistakes(_))) {
        let found: Vec<Diagnostic> = parts.iter().flat_map(mistakes).collect();
        return made(py, "ScenarioError", (text, found));
    }
    match parts.first() {
        Some(InquiryError::Halted(Halt::Interrupted)) => PyKeyboardInterrupt::new_err(text),
        Some(InquiryError::Halted(_)) => made(py, "PlayError", (text,)),
        Some(InquiryError::Store(_)) => made(py, "FolderError", (text,)),
        _ => refused(py, text),
    }
}

/// The exception for a file of a run folder that could not be written or read.
pub fn spoilt(py: Python<'_>, error: &StoreError) -> PyErr {
    made(py, "FolderError", (error.to_string(),))
}

/// The exception for a question that cannot be asked.
pub fn refused(py: Python<'_>, why: impl Into<String>) -> PyErr {
    made(py, "QuestionError", (why.into(),))
}

/// Every mistake and warning that an error tells of.
fn mistakes(error: &InquiryError) -> Vec<Diagnostic> {
    match error {
        InquiryError::Mistakes(found) => {
            found.iter().flat_map(|(document, own)| diagnostics(document, own)).collect()
        }
        _ => Vec::new(),
    }
}

/// An exception of the module, made of its arguments.
fn made<'py>(py: Python<'py>, name: &str, arguments: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    let class = py.import(MODULE).and_then(|module| module.getattr(name));
    match class.and_then(|class| class.call1(arguments)) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
