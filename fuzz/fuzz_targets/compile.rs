//! A scenario that is mostly sound, made from the schema, can be checked and compiled: what passes the checks compiles
//! under every policy and in every world, can be lowered for the lanes, and can be described in words.
#![no_main]

use demarche::diagnostic::{Paint, render};
use demarche::engine::Lanes;
use demarche::inquiry::contents;
use demarche::model::{BASE_WORLD, Document, NO_POLICY};
use demarche_fuzz::dictionary;
use demarche_fuzz::written::scenario;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: dictionary::write_if_asked(), |bytes: &[u8]| {
    let document = Document::read("fuzz.toml", scenario(bytes).as_bytes());
    let found = document.check();
    render(&found, &document.source, Paint::Plain);
    let policies = document.policies().into_iter().map(|policy| (policy, BASE_WORLD));
    let worlds = document.worlds().into_iter().map(|world| (NO_POLICY, world));
    for (policy, world) in policies.chain(worlds) {
        let model = document.model(policy, world);
        assert!(found.has_errors() || model.is_ok(), "it has no mistakes: {:?}", model.err());
        if let Ok(model) = model {
            contents(&model, &document);
            Lanes::new(&model, 1);
        }
    }
    if !found.has_errors() {
        let varied = document.vary_preferences().model(NO_POLICY, BASE_WORLD);
        assert!(varied.is_ok(), "preferences cannot be varied: {:?}", varied.err());
    }
});
