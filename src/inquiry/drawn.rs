//! Mistakes and warnings of a scenario, drawn with the lines they stand in.

use crate::diagnostic::{Diagnostics, Paint, Severity, render};
use crate::format;
use crate::model::Document;

/// The largest number of mistakes that are drawn; the rest are only counted.
const SHOWN: usize = 100;

/// Mistakes and warnings as a person reads them, with a last line that counts them where some are
/// mistakes; nothing if there are none.
pub fn drawn(document: &Document, found: &Diagnostics, paint: Paint) -> String {
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
    text
}

fn counted(errors: usize, warnings: usize) -> String {
    let errors = format::counted(errors as u64, "error");
    match warnings {
        0 => errors,
        _ => format!("{errors}, {}", format::counted(warnings as u64, "warning")),
    }
}
