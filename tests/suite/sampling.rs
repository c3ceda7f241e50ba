//! How what is drawn once per trial is spread over the trials.

use std::sync::Arc;

use demarche::engine::{
    Engine, EngineKind, GivenNumbers, Lanes, Path, Reference, Sampling, TrialBlock, input_numbers,
};
use demarche::model::{Document, Model};

use crate::lanes::difference;
use crate::shortened::{FEWEST_PLAYS, small};

/// A scenario without steps and what it computes of these assumptions.
fn still(assumptions: &str, measure: &str) -> Model {
    let text = format!(
        "format = 1\n[scenario]\ntitle = 'Still'\nsteps = 0\n[assumptions]\n{assumptions}\n\
         [measures]\nf = '{measure}'\n"
    );
    Document::read("still.toml", text.as_bytes()).model("none", "base").expect("sound")
}

fn block(model: &Model, seed: u64, sampling: Sampling, first: u64, len: usize) -> TrialBlock {
    let engine = Engine::new(model, seed, EngineKind::Lanes);
    let engine = engine.sampled(sampling, GivenNumbers::default());
    engine.block(first, len, &|| true).expect("no accident").expect("all were played")
}

/// The mean of the measure over the trials.
fn mean(block: &TrialBlock) -> f64 {
    block.series.iter().sum::<f64>() / block.len as f64
}

const ISHIGAMI: (&str, &str) = (
    "a = 'uniform(-3.141592653589793, 3.141592653589793)'\n\
     b = 'uniform(-3.141592653589793, 3.141592653589793)'\n\
     c = 'uniform(-3.141592653589793, 3.141592653589793)'",
    "sin(a) + 7 * sin(b)^2 + 0.1 * c^4 * sin(a)",
);

#[test]
fn both_engines_sample_alike_and_repeats_keep_their_draws() {
    for file in ["border-crisis.toml", "korea-2017/first-edition.toml"] {
        let model = small(file, FEWEST_PLAYS).model("none", "base").expect("sound");
        let given = input_numbers(&model, 3, &model.inputs()[0], 0..40, 5);
        let given = GivenNumbers { columns: vec![Some(Arc::from(given))] };
        for (sampling, given) in [
            (Sampling::Random, GivenNumbers::default()),
            (Sampling::Stratified, GivenNumbers::default()),
            (Sampling::Sobol, GivenNumbers::default()),
            (Sampling::Random, given.clone()),
            (Sampling::Stratified, given),
        ] {
            let mut draws = Vec::new();
            for play in [0, 2] {
                let reference = Reference::new(&model, 7).repeat(play);
                let reference = reference.sampled(sampling, given.clone());
                let lanes = Lanes::new(&model, 7).expect("not too large").repeat(play);
                let lanes = lanes.on(Path::best()).sampled(sampling, given.clone());
                let a = reference.block(8, 24, &|| true).expect("no accident").expect("played");
                let b = lanes.block(8, 24, &|| true).expect("no accident").expect("played");
                assert_eq!(difference(&a, &b), None, "{file}, {sampling:?}, repeat {play}");
                draws.push((a.assumptions, a.inputs));
            }
            assert_eq!(draws[0], draws[1]);
        }
    }
}

#[test]
fn random_is_what_a_run_draws_anyway_and_given_numbers_are_taken() {
    let model = still("x = 'uniform(0, 8)'\ny = 'uniform(0, 1)'", "x + y");
    let plain = block(&model, 5, Sampling::Random, 0, 50);
    let inputs = model.inputs();
    assert_eq!(plain.input(1), input_numbers(&model, 5, &inputs[1], 0..50, 0));
    let other = input_numbers(&model, 5, &inputs[1], 0..50, 1);
    assert!(plain.input(1).iter().zip(&other).all(|(a, b)| a != b));
    let given = GivenNumbers { columns: vec![Some(Arc::from([0.25, 0.5])), None] };
    let engine = Engine::new(&model, 5, EngineKind::Lanes).sampled(Sampling::Random, given);
    let two = engine.block(0, 2, &|| true).expect("no accident").expect("played");
    assert_eq!(two.assumption(0), [2.0, 4.0]);
    assert_eq!(two.assumption(1), &plain.assumption(1)[..2]);
}

#[test]
fn stratified_trials_are_a_latin_hypercube_and_one_more_assumption_moves_no_other() {
    let few = still("x = 'uniform(0, 1)'\nz = 'uniform(0, 1)'", "x + z");
    let more =
        still("w = '1 to 2'\nx = 'uniform(0, 1)'\ny = '1 to 2'\nz = 'uniform(0, 1)'", "x + z");
    for (first, len) in [(0, 256), (256, 256), (512, 64), (1 << 20, 128)] {
        let own = block(&few, 9, Sampling::Stratified, first, len);
        for column in 0..2 {
            let mut parts: Vec<usize> =
                own.input(column).iter().map(|u| (u * len as f64) as usize).collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..len).collect::<Vec<_>>(), "trials from {first}");
        }
        let among = block(&more, 9, Sampling::Stratified, first, len);
        assert_eq!(own.input(0), among.input(1));
        assert_eq!(own.input(1), among.input(3));
    }
}

#[test]
fn every_way_is_unbiased_and_the_even_ones_vary_less() {
    let model = still(ISHIGAMI.0, ISHIGAMI.1);
    let mut variances = Vec::new();
    const SEEDS: u64 = 400;
    for sampling in [Sampling::Random, Sampling::Stratified, Sampling::Sobol] {
        let means: Vec<f64> =
            (0..SEEDS).map(|seed| mean(&block(&model, seed, sampling, 0, 256))).collect();
        let all = means.iter().sum::<f64>() / SEEDS as f64;
        let variance =
            means.iter().map(|m| (m - all) * (m - all)).sum::<f64>() / (SEEDS - 1) as f64;
        // The mean of the Ishigami function is A / 2 = 3.5 (Ishigami & Homma 1990); five standard
        // errors over the seeds.
        assert!((all - 3.5).abs() < 5.0 * (variance / SEEDS as f64).sqrt(), "{sampling:?}: {all}");
        variances.push(variance);
    }
    let [random, stratified, sobol] = variances[..] else { panic!("three ways") };
    // Its variance is 13.8446, of which the first orders have 0.7563: the rest is what stratifying
    // leaves. The ratio of two variances over 400 seeds has a standard error of about 10 %.
    assert!((random / (13.844_588 / 256.0) - 1.0).abs() < 0.3, "{random}");
    assert!((stratified / random / (1.0 - 0.756_316) - 1.0).abs() < 0.4, "{stratified}");
    assert!(sobol < 0.6 * stratified, "{sobol} and {stratified}");
}
