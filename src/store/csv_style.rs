//! How text stands in CSV tables, so that a spreadsheet does not take it for a formula.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How text stands in CSV tables. Numbers are the same in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum CsvStyle {
    /// Text that a spreadsheet would take for a formula begins with '
    #[default]
    Guarded,
    /// All text as it is, for programs
    Plain,
    /// As guarded, with a mark at the start by which Excel knows that it is UTF-8
    Excel,
}

/// The byte-order mark in UTF-8.
const MARK: &str = "\u{feff}";
/// The letter in front of a text that begins like a formula.
const GUARD: char = '\'';

impl CsvStyle {
    /// Whether it is the style where none is asked for.
    pub fn is_default(&self) -> bool {
        *self == CsvStyle::default()
    }

    /// What stands in front of the headings.
    pub(super) fn mark(self) -> &'static str {
        match self {
            CsvStyle::Guarded | CsvStyle::Plain => "",
            CsvStyle::Excel => MARK,
        }
    }

    fn guards(self) -> bool {
        match self {
            CsvStyle::Guarded | CsvStyle::Excel => true,
            CsvStyle::Plain => false,
        }
    }

    /// A text as it is written into a cell.
    pub(super) fn written(self, text: &str) -> Cow<'_, str> {
        if self.guards() && is_like_a_formula(text) {
            return Cow::Owned(format!("{GUARD}{text}"));
        }
        Cow::Borrowed(text)
    }

    /// The text that stands in a cell.
    pub(super) fn read(self, cell: &str) -> &str {
        match cell.strip_prefix(GUARD) {
            Some(text) if self.guards() && is_like_a_formula(text) => text,
            _ => cell,
        }
    }
}

/// Whether a spreadsheet might take a text for a formula, or whether it reads as if it had been
/// guarded, so that every text reads back as it was.
///
/// Source: OWASP, "CSV Injection": cells that begin with `=`, `+`, `-`, `@`, a tab or a carriage
/// return, and with the wide forms of these letters.
fn is_like_a_formula(text: &str) -> bool {
    let first = text.trim_start_matches(GUARD).chars().next();
    first.is_some_and(|letter| "=+-@\t\r\n＝＋－＠".contains(letter))
}

/// The bytes of a table without the byte-order mark.
pub(super) fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK.as_bytes()).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_begins_like_a_formula_is_guarded_and_every_text_reads_back() {
        let formulas = ["=1+1", "+1", "-", "-1 to 5", "@x", "\tx", "\rx", "＝1", "'=1", "''@"];
        for text in formulas {
            assert_eq!(CsvStyle::Guarded.written(text), format!("'{text}"));
        }
        let plain = ["", "war", "a=b", "'", "'tis", "–", "−5", " =1", "2017-01-01", "it's"];
        for text in plain {
            assert_eq!(CsvStyle::Guarded.written(text), text);
        }
        for style in [CsvStyle::Guarded, CsvStyle::Plain, CsvStyle::Excel] {
            for text in formulas.into_iter().chain(plain) {
                assert_eq!(style.read(&style.written(text)), text, "{style:?}");
            }
        }
        assert_eq!(CsvStyle::Plain.written("=1+1"), "=1+1");
    }
}
