//! A scenario that passes the checks can be played, or stops with a numerical accident.
#![no_main]

use demarche::engine::Reference;
use demarche::model::{BASE_WORLD, Document, NO_POLICY};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = Document::read("fuzz.toml", bytes);
    if let Ok(model) = document.model(NO_POLICY, BASE_WORLD)
        && model.truth.steps <= 12
    {
        let _ = Reference::new(&model, 1).leaf(0, 4, &|| true);
    }
});
