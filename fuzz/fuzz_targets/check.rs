//! No file makes the checks panic, and every diagnostic can be rendered.
#![no_main]

use demarche::diagnostic::{Paint, render};
use demarche::model::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = Document::read("fuzz.toml", bytes);
    let found = document.check();
    render(&found, &document.name, &document.text, Paint::Plain);
});
