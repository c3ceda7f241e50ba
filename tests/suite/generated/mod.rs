//! The lanes against the reference interpreter on scenarios made at random, over the whole
//! language: events, consent, chance, tracks, foresight, minds, beliefs, early ends, policies.

mod dice;
mod formulas;
mod scenario;

use std::path::Path as FilePath;

use demarche::engine::Path;
use demarche::model::Document;
use rayon::prelude::*;

use crate::lanes::compare;

/// How many scenarios are made in each run.
const CASES: u32 = 600;

/// Compares both engines on a scenario, under no policy and under one: how many models were
/// compared, and what was different.
fn tried(name: &str, text: &str, case: u32) -> (usize, Option<String>) {
    let document = Document::read(name, text.as_bytes());
    if document.check().has_errors() {
        return (0, None);
    }
    let chunk = [128, 1, 3, 40][case as usize % 4];
    let path = Path::ALL[case as usize % 3];
    let cells = [("none", "base"), ("p", "base"), ("none", "w")];
    let mut models = 0;
    for (policy, world) in cells {
        let Ok(model) = document.model(policy, world) else { continue };
        models += 1;
        if let Some(found) = compare(&model, 9, path, chunk) {
            return (models, Some(format!("{name}, policy {policy}, world {world}: {found}")));
        }
    }
    (models, None)
}

#[test]
fn lanes_and_reference_agree_on_generated_scenarios() {
    let found: Vec<(usize, Option<String>)> = (0..CASES)
        .into_par_iter()
        .map(|case| tried(&format!("case {case}"), &scenario::scenario(case), case))
        .collect();
    let wrong: Vec<&String> = found.iter().filter_map(|(_, found)| found.as_ref()).collect();
    assert!(wrong.is_empty(), "{} cases differ, the first: {:#?}", wrong.len(), wrong.first());
    let sound = found.iter().filter(|(models, _)| *models > 0).count();
    assert!(sound >= 500, "only {sound} of {CASES} generated scenarios are without a mistake");
}

#[test]
fn what_once_differed_agrees() {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("tests/generated");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for (case, file) in files.iter().enumerate() {
        let text = std::fs::read_to_string(file).expect("it can be read");
        let (models, found) = tried(&file.display().to_string(), &text, case as u32);
        assert!(models > 0, "{} has a mistake", file.display());
        assert_eq!(found, None);
    }
}
