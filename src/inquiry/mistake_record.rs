//! Mistakes and warnings of a scenario as plain records, for programs.

use serde::Serialize;

use crate::diagnostic::{Diagnostics, Severity};
use crate::model::Document;

/// A mistake or warning of a scenario, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MistakeRecord {
    /// Which kind of mistake it is, such as `E203`.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// The words beside the underlined place: what was expected. May be empty.
    pub label: String,
    /// What may help, such as the nearest known name.
    pub hints: Vec<String>,
    /// The file that the place is in.
    pub file: String,
    /// The line of the place, from 1; `None` where it is about the whole file or about a value that was set.
    pub line: Option<usize>,
    /// The column of the place in that line, in characters from 1.
    pub column: Option<usize>,
}

/// Mistakes and warnings as records, in the order of the list.
pub fn mistake_records(document: &Document, list: &Diagnostics) -> Vec<MistakeRecord> {
    let source = &document.source;
    let records = list.iter().map(|item| {
        let line = item.span.and_then(|span| source.line(span));
        let column = item.span.filter(|_| line.is_some()).and_then(|span| {
            let before = source.whole().get(..span.start)?;
            Some(1 + before.rsplit('\n').next()?.chars().count())
        });
        MistakeRecord {
            code: item.code.id(),
            severity: match item.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: item.message.clone(),
            label: item.label.clone(),
            hints: item.hints.clone(),
            file: source.file_name(item.span).to_owned(),
            line,
            column,
        }
    });
    records.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_has_its_line_and_its_column_in_characters() {
        let text = "format = 1\n[scenario]\ntitle = \"x\"\nsteps = 1\n\"é\" = 1\nnothing = 2\n";
        let document = Document::read("a.toml", text.as_bytes());
        let records = mistake_records(&document, &document.check());
        let unknown = records.iter().find(|own| own.message.contains("nothing")).expect("one");
        assert_eq!((unknown.file.as_str(), unknown.severity), ("a.toml", "error"));
        assert_eq!((unknown.line, unknown.column), (Some(6), Some(1)));
        let whole = records.iter().find(|own| own.line.is_none());
        assert!(whole.is_none_or(|own| own.column.is_none()));
    }
}
