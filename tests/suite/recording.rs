//! What is recorded of trials changes nothing else of them.

use demarche::engine::{Engine, EngineKind, Recording, TrialBlock};
use demarche::model::{Document, Model};

use crate::lanes::difference;
use crate::play::scenario;

/// Trials of which the first 124 are among those of which is always recorded how decided they were.
const TRIALS: std::ops::Range<u64> = 900..1_100;
const SAMPLED: usize = 124;

/// Two scenarios; in the second, actors look ahead.
fn models() -> [Model; 2] {
    ["tests/fixtures/stress.toml", "scenarios/crisis-tree.toml"].map(|name| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = std::fs::read(path).expect("the scenario is there");
        Document::read(name, &text).model("none", "base").expect("sound")
    })
}

fn block(model: &Model, kind: EngineKind, recording: Recording, len: usize) -> TrialBlock {
    let engine = Engine::new(model, 3, kind).with_utilities().recording(recording);
    engine.block(TRIALS.start, len, &|| true).expect("no accident").expect("played")
}

#[test]
fn results_do_not_depend_on_what_is_recorded() {
    let models = models();
    let kinds = [EngineKind::Lanes, EngineKind::Reference];
    for (model, kind) in models.iter().flat_map(|model| kinds.map(|kind| (model, kind))) {
        let block = |recording, len| block(model, kind, recording, len);
        let len = (TRIALS.end - TRIALS.start) as usize;
        let all = block(Recording::Everything, len);
        let first = block(Recording::Everything, SAMPLED);
        let same_but = |mut other: TrialBlock| {
            (other.spreads, other.errors) = (all.spreads.clone(), all.errors.clone());
            other.series = all.series.clone();
            difference(&all, &other)
        };
        let course = block(Recording::Course, len);
        assert!(all.spreads.iter().zip(&first.spreads).any(|(all, few)| all.len() > few.len()));
        let looks_ahead = std::ptr::eq(model, &models[1]);
        assert_eq!(first.errors.iter().any(|errors| !errors.is_empty()), looks_ahead);
        assert_eq!((&course.spreads, &course.errors), (&first.spreads, &first.errors));
        assert_eq!((course.rows, &course.series), (all.rows, &all.series));
        assert_eq!(same_but(course), None);
        let end = block(Recording::End, len);
        assert!(end.spreads.iter().chain(&end.errors).all(Vec::is_empty));
        for column in 0..model.states.len() + model.measures.len() {
            assert_eq!(end.last(column), all.last(column), "column {column}");
        }
        assert_eq!((end.rows, end.series.len() * all.rows), (1, all.series.len()));
        assert_eq!(same_but(end), None);
    }
}

#[test]
fn every_sixteenth_thousand_of_trials_is_sampled() {
    let sampled = |trial| Recording::Course.notes_choices(trial);
    for (trial, is_sampled) in
        [(0, true), (1_023, true), (1_024, false), (16_383, false), (16_384, true), (17_408, false)]
    {
        assert_eq!(sampled(trial), is_sampled, "{trial}");
    }
}

#[test]
fn what_is_not_recorded_is_still_checked() {
    // The measure cannot be computed after the second step, and can again at the end.
    let text = scenario(
        4,
        "[state]\nx = { start = 0 }\n[laws]\nx = 'x + 1'\n[measures]\nm = '1 / (x - 2)'\n",
    );
    let model = Document::read("t.toml", text.as_bytes()).model("none", "base").expect("sound");
    for kind in [EngineKind::Lanes, EngineKind::Reference] {
        let error = |recording| {
            let engine = Engine::new(&model, 3, kind).recording(recording);
            engine.block(0, 10, &|| true).expect_err("a division by zero")
        };
        assert_eq!(error(Recording::End), error(Recording::Everything));
    }
}
