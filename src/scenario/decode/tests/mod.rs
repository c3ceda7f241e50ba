//! What the decoder makes of files, and what it says of broken ones.

mod example;
mod mistakes;
mod places;

use super::super::tree;
use super::super::types::ScenarioFile;
use super::decode;
use crate::diagnostic::{Code, Diagnostics};

/// The complete example of the language.
pub(in crate::scenario) const EXAMPLE: &str =
    include_str!("../../../../tests/fixtures/example.toml");

/// Decodes a whole file.
pub(in crate::scenario) fn read(text: &str) -> (Option<ScenarioFile>, Diagnostics) {
    let mut found = Diagnostics::new();
    let table = tree::parse(text, &mut found);
    let scenario = decode(&table, text, &mut found);
    found.settle();
    (scenario, found)
}

/// A file with the lines that every file has; `text` starts at line 4.
fn file(text: &str) -> String {
    format!("format = 1\n[scenario]\nsteps = 12\n{text}")
}

/// What is found in a file with these lines added.
fn seen(text: &str) -> Vec<Seen> {
    let text = file(text);
    let (_, found) = read(&text);
    found
        .iter()
        .map(|item| {
            let span = item.span.unwrap_or_default();
            let lines = text[..span.start].matches('\n').count();
            Seen {
                code: item.code,
                line: lines.saturating_sub(2),
                words: text[span.start..span.end].to_owned(),
                said: format!("{}; {}; {}", item.message, item.label, item.hints.join("; ")),
            }
        })
        .collect()
}

/// A mistake: its code, its line among those added, the words underlined, and
/// message, label and hints.
#[derive(Debug)]
struct Seen {
    code: Code,
    line: usize,
    words: String,
    said: String,
}
