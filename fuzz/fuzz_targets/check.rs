//! Any bytes can be checked as a scenario file: no panic, every mistake can be drawn, and its record for programs
//! names a line and a column that the file has.
#![no_main]

use demarche::diagnostic::{Paint, render};
use demarche::inquiry::mistake_records;
use demarche::model::Document;
use demarche_fuzz::dictionary;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: dictionary::write_if_asked(), |bytes: &[u8]| {
    let document = Document::read("fuzz.toml", bytes);
    let found = document.check();
    for mistake in found.iter() {
        let place = mistake.span.map(|span| document.source.whole().get(span.start..span.end));
        assert_ne!(place, Some(None), "a place that the text does not have: {mistake:?}");
    }
    for paint in [Paint::Plain, Paint::Coloured] {
        render(&found, &document.source, paint);
    }
    let lines = document.source.whole().split('\n').count();
    for record in mistake_records(&document, &found) {
        assert!(record.line.is_none_or(|line| (1..=lines).contains(&line)), "{record:?}");
        assert!(record.column.is_none_or(|column| column >= 1), "{record:?}");
        serde_json::to_string(&record).expect("a record is text and numbers");
    }
});
