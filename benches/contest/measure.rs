//! Trials per second, side by side on one thread.

use std::hint::black_box;

use demarche::model::Model;

use super::contender::{Contender, in_turn, timed};
use super::engine::only_play;
use super::peers::Python;
use crate::{handwritten, plain};

/// The engine plays whole blocks, with as many trials as a block of a run.
const BLOCK: u64 = 256;

/// The names of the engine and of the programs it is compared with.
pub const ENGINE: &str = "engine";
pub const BY_HAND: &str = "hand-written";
pub const PLAIN_RUST: &str = "plain Rust";
pub const NUMPY: &str = "NumPy";
pub const PLAIN_PYTHON: &str = "plain Python";

/// Measures all contenders on the scenario with foresight 0 and with foresight 2, and prints a
/// table.
pub fn measure<'a>(
    models: &'a [Model; 2],
    repetitions: usize,
    seconds: f64,
    python: Option<&'a Python>,
) -> Vec<Contender<'a>> {
    let mut contenders = contenders(models, python);
    in_turn(&mut contenders, repetitions, seconds);
    print_table(&contenders);
    contenders
}

fn contenders<'a>(models: &'a [Model; 2], python: Option<&'a Python>) -> Vec<Contender<'a>> {
    let mut all = vec![
        Contender::new(BY_HAND, 0, |trials, seed| {
            timed(|| _ = black_box(handwritten::run::<0>(trials, seed)))
        }),
        Contender::new(ENGINE, 0, |trials, seed| timed(|| only_play(&models[0], trials, seed)))
            .in_units(BLOCK),
        Contender::new(PLAIN_RUST, 0, |trials, seed| {
            timed(|| _ = black_box(plain::run(trials, seed)))
        }),
        Contender::new(BY_HAND, 2, |trials, seed| {
            timed(|| _ = black_box(handwritten::run::<2>(trials, seed)))
        }),
        Contender::new(ENGINE, 2, |trials, seed| timed(|| only_play(&models[1], trials, seed)))
            .in_units(BLOCK),
    ];
    if let Some(python) = python {
        let numpy = |trials, seed| python.numpy(trials, seed).seconds;
        let plain = |trials, seed| python.plain(trials, seed).seconds;
        all.push(Contender::new(NUMPY, 0, numpy));
        all.push(Contender::new(PLAIN_PYTHON, 0, plain));
    }
    all
}

fn print_table(contenders: &[Contender<'_>]) {
    println!(
        "{:<14} {:>9} {:>14} {:>14} {:>14} {:>16}",
        "border-crisis", "foresight", "trials/s", "minimum", "maximum", "/ hand-written"
    );
    for contender in contenders {
        let hand = contenders
            .iter()
            .find(|other| other.name == BY_HAND && other.foresight == contender.foresight);
        let hand = hand.expect("there is a hand-written program for either foresight");
        println!(
            "{:<14} {:>9} {:>14.0} {:>14.0} {:>14.0} {:>16.3}",
            contender.name,
            contender.foresight,
            contender.median(),
            contender.least(),
            contender.most(),
            contender.median() / hand.median()
        );
    }
}
