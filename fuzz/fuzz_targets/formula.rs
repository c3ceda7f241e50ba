//! Any text can be read as a formula: what is wrong with it is told, with places inside it, and what is a formula
//! can be written out again and is then the same.
#![no_main]

use demarche::diagnostic::{Code, Diagnostics, Paint, SourceText, Span, render};
use demarche::formula::ast::Expr;
use demarche::formula::{Text, parse};
use demarche_fuzz::dictionary;
use demarche_fuzz::printed::{is_same, printed};
use libfuzzer_sys::{Corpus, fuzz_target};

/// The mistakes of texts are drawn whose length is a multiple of this.
const DRAWN: usize = 32;

fuzz_target!(
    init: dictionary::write_if_asked(),
    |bytes: &[u8]| -> Corpus {
        let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
        let (formula, found) = read(text);
        if found.has_errors() {
            for mistake in found.iter() {
                let place = mistake.span.map(|span| text.get(span.start..span.end));
                assert_ne!(place, Some(None), "a place that the text does not have: {mistake:?}");
            }
            // Drawing takes far longer than reading.
            if text.len().is_multiple_of(DRAWN) {
                render(&found, &SourceText::of_file("fuzz.toml", text), Paint::Plain);
            }
            return Corpus::Keep;
        }
        let again = printed(&formula);
        let (other, found) = read(&again);
        // Brackets count as levels, so that a formula which is deep enough cannot take more of them.
        if !found.iter().any(|mistake| mistake.code == Code::FormulaDepth) {
            assert!(is_same(&formula, &other), "{text:?} was printed as {again:?}: {found:?}");
        }
        Corpus::Keep
    }
);

fn read(text: &str) -> (Expr, Diagnostics) {
    let mut found = Diagnostics::new();
    let formula = Text { text, offset: Some(0), whole: Span::new(0, text.len()) };
    (parse(formula, &mut found), found)
}
