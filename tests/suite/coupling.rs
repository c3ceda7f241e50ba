//! Couplings, the ways in which runs share random numbers: all give the same model, and each keeps
//! different draws in common.

use std::path::Path;

use demarche::engine::{Coupling, Reference, TrialBlock};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};

use crate::play::{model, model_under, scenario};

const ALL: [Coupling; 3] = [Coupling::Addressed, Coupling::OneUniform, Coupling::Sequential];

fn border_crisis() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/border-crisis.toml");
    let document = Document::read("border-crisis.toml", &std::fs::read(path).expect("the file"));
    document.model(NO_POLICY, BASE_WORLD).expect("a sound scenario")
}

fn play(model: &Model, coupling: Coupling, first: u64, trials: usize) -> TrialBlock {
    let engine = Reference::new(model, 1).coupled(coupling);
    engine.block(first, trials, &|| true).expect("no accident").expect("nobody stops it")
}

#[test]
fn draws_are_addressed_by_default() {
    let model = border_crisis();
    let plain = Reference::new(&model, 1).block(0, 300, &|| true);
    let plain = format!("{:?}", plain.expect("no accident"));
    let same = ALL.map(|coupling| format!("{:?}", Some(play(&model, coupling, 0, 300))) == plain);
    assert_eq!(same, [true, false, false]);
}

#[test]
fn every_coupling_plays_the_same_model() {
    let model = border_crisis();
    let trials = 20_000;
    let shares = ALL.map(|coupling| {
        let leaf = play(&model, coupling, 0, trials);
        let mut shares = vec![0.0; model.outcomes.len() + 1];
        for outcome in leaf.outcomes {
            shares[outcome as usize] += 1.0 / trials as f64;
        }
        shares
    });
    for other in &shares[1..] {
        for (a, b) in shares[0].iter().zip(other) {
            // Shared assumptions can only make the shares more alike.
            let error = (2.0 * a * (1.0 - a) / trials as f64).sqrt();
            assert!((a - b).abs() <= 4.0 * error, "{shares:?}");
        }
    }
}

#[test]
fn assumptions_are_the_same_and_blocks_change_nothing() {
    let model = border_crisis();
    let assumptions = play(&model, Coupling::Addressed, 0, 60).assumptions;
    for coupling in ALL {
        let whole = play(&model, coupling, 0, 60);
        assert_eq!(whole.assumptions, assumptions, "{coupling:?}");
        let parts = [play(&model, coupling, 0, 23), play(&model, coupling, 23, 37)];
        let outcomes: Vec<u32> = parts.iter().flat_map(|leaf| leaf.outcomes.clone()).collect();
        assert_eq!(whole.outcomes, outcomes, "{coupling:?}");
    }
}

/// A sum of draws, and an actor that may raise a stake or lower it.
fn game(rest: &str) -> String {
    scenario(
        6,
        &format!(
            "[state]\nsum = 0\nstake = 0\n[laws]\nsum = 'sum + uniform(0, 1)'\n\
             [actors.a]\nrationality = 1\n\
             wants.stake = {{ of = 'stake', best = 9, worst = -9 }}\n\
             actions.raise = {{ effects = {{ stake = '+= 1' }} }}\n\
             actions.lower = {{ effects = {{ stake = '-= 1' }} }}\n\
             actions.never = {{ when = 'false', effects = {{ stake = '+= 9' }} }}\n{rest}\n"
        ),
    )
}

#[test]
fn forbidding_what_is_never_open_changes_nothing() {
    let text = game("[policies.p]\nforbid = ['a.never']");
    for coupling in ALL {
        let [plain, forbidden] = ["none", "p"]
            .map(|policy| play(&model_under(&text, policy, "base"), coupling, 0, 200).series);
        assert_eq!(plain, forbidden, "{coupling:?}");
    }
}

#[test]
fn one_draw_more_shifts_later_ones_only_in_a_stream() {
    let idle = game("[events.idle]\nchance = 0.5");
    for coupling in ALL {
        let [without, with] = [&game(""), &idle]
            .map(|text| play(&model(text), coupling, 0, 200).recorded(0, 6, 7).to_vec());
        assert_eq!(without == with, coupling != Coupling::Sequential, "{coupling:?}");
    }
}

#[test]
fn with_one_uniform_per_choice_an_additional_option_changes_choices_between_others() {
    // The number of trials that change from one of two actions to the other because a third is
    // added.
    let moved = |coupling| {
        let third = game("").replace("'false'", "'true'").replace("'+= 9'", "'+= 0'");
        let [two, three] = [game(""), third]
            .map(|text| play(&model(&text), coupling, 0, 2_000).recorded(1, 1, 7).to_vec());
        two.iter().zip(&three).filter(|(a, b)| **a != **b && **b != 0.0).count()
    };
    assert_eq!(moved(Coupling::Addressed), 0);
    assert!(moved(Coupling::OneUniform) > 100);
}
