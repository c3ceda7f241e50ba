//! Mistakes and warnings of a scenario as Python objects.

use demarche::diagnostic::Diagnostics;
use demarche::inquiry::mistake_records;
use demarche::model::Document;
use pyo3::prelude::*;

/// One mistake or warning: what is wrong, where, and what would be right.
#[pyclass(frozen, eq, module = "demarche._core", get_all, from_py_object)]
#[derive(Clone, PartialEq)]
pub struct Diagnostic {
    /// Which kind of mistake it is, such as `E203`.
    code: String,
    /// `error` or `warning`.
    severity: String,
    /// What is wrong.
    message: String,
    /// The words beside the underlined place: what was expected. May be empty.
    label: String,
    /// What may help, such as the nearest known name.
    hints: Vec<String>,
    /// The file that the place is in.
    file: String,
    /// The line of the place, from 1; `None` where the mistake is about the whole file or about a value
    /// that was set.
    line: Option<usize>,
    /// The column of the place in that line, in characters from 1.
    column: Option<usize>,
}

#[pymethods]
impl Diagnostic {
    #[new]
    #[expect(clippy::too_many_arguments, reason = "one for each attribute, for pickling")]
    fn new(
        code: String,
        severity: String,
        message: String,
        label: String,
        hints: Vec<String>,
        file: String,
        line: Option<usize>,
        column: Option<usize>,
    ) -> Self {
        Diagnostic { code, severity, message, label, hints, file, line, column }
    }

    #[expect(clippy::type_complexity, reason = "the arguments of `new`")]
    fn __getnewargs__(
        &self,
    ) -> (String, String, String, String, Vec<String>, String, Option<usize>, Option<usize>) {
        let own = self.clone();
        let (code, severity, message, label) = (own.code, own.severity, own.message, own.label);
        (code, severity, message, label, own.hints, own.file, own.line, own.column)
    }

    fn __repr__(&self) -> String {
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            _ => self.file.clone(),
        };
        format!("<{} {} at {place}: {}>", self.severity, self.code, self.message)
    }
}

/// Mistakes and warnings in the order of the file.
pub fn diagnostics(document: &Document, list: &Diagnostics) -> Vec<Diagnostic> {
    let records = mistake_records(document, list).into_iter().map(|own| Diagnostic {
        code: own.code.to_owned(),
        severity: own.severity.to_owned(),
        message: own.message,
        label: own.label,
        hints: own.hints,
        file: own.file,
        line: own.line,
        column: own.column,
    });
    records.collect()
}
