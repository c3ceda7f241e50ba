//! Compares the lanes with the reference interpreter on random scenarios that use the whole
//! language: events, bargains, menus, consent, chance, tracks, foresight, minds, plans, beliefs, ranks, early
//! ends, policies.

mod dice;
mod formulas;
pub mod scenario;
mod shards;
mod studies;

use std::path::Path as FilePath;

use demarche::engine::{Engine, EngineKind, LuckSplit, Path};
use demarche::model::{Document, Model};
use rayon::prelude::*;

use crate::lanes::{compare, compare_forks};
use crate::shortened::{FEWEST_PLAYS, small};

/// How many scenarios are made in each run.
const CASES: u32 = 600;

/// One in this many generated scenarios is played as a whole study, in several ways.
const STUDIED: u32 = 3;
/// The number of trials of these studies: more than most blocks, and no multiple of any block.
const TRIALS: u64 = 60;
/// One in this many studies has this many trials: more than the largest block.
const MORE_TRIALS: (u32, u64) = (11, 310);
/// One in this many studies has this many trials: more than the leaf over which sums are combined.
const MOST_TRIALS: (u32, u64) = (40, 1_110);

/// Prints which CPU paths this machine lacks, so that nobody believes they were tested.
fn say_what_is_skipped() {
    for path in Path::ALL.into_iter().filter(|path| !path.available()) {
        println!("skipped: this machine has no {}", path.name());
    }
}

/// The policies and worlds of a generated scenario.
const CELLS: [(&str, &str); 3] = [("none", "base"), ("p", "base"), ("none", "w")];

/// Compares both engines on a scenario, without and with a policy and in a world. Returns how many
/// models were compared, and the first difference, if any.
fn tried(name: &str, text: &str, case: u32) -> (usize, Option<String>) {
    let document = Document::read(name, text.as_bytes());
    if document.check().has_errors() {
        return (0, None);
    }
    let chunk = [128, 1, 3, 40][case as usize % 4];
    let paths = studies::paths();
    let path = paths[case as usize % paths.len()];
    let mut models = 0;
    for (policy, world) in CELLS {
        let Ok(model) = document.model(policy, world) else { continue };
        models += 1;
        let split = [LuckSplit::Moments, LuckSplit::Sources, LuckSplit::Steps];
        let split = split[case as usize / 4 % split.len()];
        let found = compare(&model, 9, path, chunk);
        // Forks take long, so they are compared for a sixth of the models.
        let is_forked = (case as usize + models).is_multiple_of(6);
        let forked = || is_forked.then(|| compare_forks(&model, split, 2, path)).flatten();
        if let Some(found) = found.or_else(forked) {
            return (models, Some(format!("{name}, policy {policy}, world {world}: {found}")));
        }
    }
    (models, None)
}

#[test]
fn lanes_and_reference_agree_on_generated_scenarios() {
    say_what_is_skipped();
    let found: Vec<(usize, Option<String>)> = (0..CASES)
        .into_par_iter()
        .map(|case| tried(&format!("case {case}"), &scenario::scenario(case), case))
        .collect();
    let wrong: Vec<&String> = found.iter().filter_map(|(_, found)| found.as_ref()).collect();
    assert!(wrong.is_empty(), "{} cases differ, the first: {:#?}", wrong.len(), wrong.first());
    let sound = found.iter().filter(|(models, _)| *models > 0).count();
    assert!(sound >= 500, "only {sound} of {CASES} generated scenarios are without a mistake");
    let bargains = (0..CASES).filter(|case| settles(&scenario::scenario(*case))).take(100).count();
    assert_eq!(bargains, 100, "in so few of {CASES} generated scenarios a bargain happens");
}

/// Whether a bargain happens in a scenario, in one of a few trials.
fn settles(text: &str) -> bool {
    let document = Document::read("generated.toml", text.as_bytes());
    let Ok(model) = document.model("none", "base") else { return false };
    if model.truth.bargains.is_empty() {
        return false;
    }
    let lanes = Engine::new(&model, 9, EngineKind::default());
    let Ok(Some(block)) = lanes.block(0, 20, &|| true) else { return false };
    let happened = |what: usize| block.first_step(what).iter().any(Option::is_some);
    model.truth.bargains.iter().any(|bargain| happened(bargain.what.0 as usize))
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

/// Plays the whole study of a scenario in several ways. Returns how many ways were compared,
/// whether the study ended in an accident, and the first way that gives a different result, if any.
fn studied(case: u32, trials: u64) -> (usize, bool, Option<String>) {
    let document = Document::read("generated.toml", scenario::scenario(case).as_bytes());
    if document.check().has_errors() {
        return (0, false, None);
    }
    let (policy, world) = CELLS[case as usize % CELLS.len()];
    let Ok(model) = document.model(policy, world) else { return (0, false, None) };
    study_in(&studies::some_ways(case), &model, case, trials)
}

/// The same for a model, in these ways.
fn study_in(
    ways: &[studies::Way],
    model: &Model,
    case: u32,
    trials: u64,
) -> (usize, bool, Option<String>) {
    let (first, others) = ways.split_first().expect("every machine has a path");
    let wanted = studies::study(model, trials, *first);
    let accident = wanted.starts_with("NumericalError");
    let found = others.iter().find_map(|way| {
        let study = studies::study(model, trials, *way);
        (study != wanted).then(|| {
            let apart = studies::first_difference(&wanted, &study);
            format!("case {case}, {first:?} and {way:?}: {apart}")
        })
    });
    (ways.len(), accident, found)
}

#[test]
fn studies_do_not_depend_on_threads_blocks_chunks_or_paths() {
    say_what_is_skipped();
    let trials = |at: u32| match at {
        most if most.is_multiple_of(MOST_TRIALS.0) => MOST_TRIALS.1,
        more if more.is_multiple_of(MORE_TRIALS.0) => MORE_TRIALS.1,
        _ => TRIALS,
    };
    let found: Vec<_> = (0..CASES / STUDIED)
        .into_par_iter()
        .map(|at| studied(at * STUDIED + at % STUDIED, trials(at)))
        .collect();
    let wrong: Vec<&String> = found.iter().filter_map(|(.., found)| found.as_ref()).collect();
    assert!(wrong.is_empty(), "{} cases differ, the first: {}", wrong.len(), wrong[0]);
    let played = found.iter().filter(|(ways, accident, _)| *ways > 0 && !accident).count();
    assert!(played >= 100, "only {played} generated studies were played to their end");
    assert!(found.iter().any(|(_, accident, _)| *accident), "no generated study has an accident");
}

#[test]
fn studies_of_scenario_files_do_not_depend_on_threads_blocks_chunks_or_paths() {
    say_what_is_skipped();
    // The first three cases combine each number of threads with each size of blocks. Of Korea, of which a trial
    // takes long in blocks and chunks of one, there is one case, with more trials than the smaller blocks hold.
    for (name, trials, cases) in [
        ("border-crisis.toml", 1_110, 0..3),
        ("crisis-tree.toml", 40, 0..3),
        ("korea-2017.toml", 8, 4..5),
    ] {
        let model = small(name, FEWEST_PLAYS).model("none", "base").expect("a sound scenario");
        for case in cases {
            let (ways, accident, found) = study_in(&studies::ways(case), &model, case, trials);
            assert!(ways >= 4 && !accident, "{name}: {ways} ways");
            assert_eq!(found, None, "{name}");
        }
    }
}
