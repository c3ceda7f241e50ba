//! Checks that the results of all contenders agree, within Monte Carlo error.

use super::engine::{border_crisis, figures};
use super::figures::Figures;
use super::peers::Python;
use crate::handwritten::{self, Errors};
use crate::plain;

/// How many trials each contender plays.
#[derive(Clone, Copy)]
pub struct Effort {
    pub engine: u64,
    /// The engine with foresight 2.
    pub engine_ahead: u64,
    /// The hand-written program; a twentieth of this with foresight 2.
    pub hand: u64,
    /// The plain program in Rust.
    pub plain: u64,
    pub numpy: u64,
    pub python: u64,
}

/// The engine's seed, and that of the rivals.
const SEED: u64 = 20_240_101;
const RIVALS_SEED: u64 = 7;

/// Compares all contenders with the engine.
///
/// # Panics
///
/// If one does not agree, after printing all comparisons.
pub fn agree(effort: Effort, python: Option<&Python>) {
    let errors = handwritten::table_errors();
    println!(
        "errors of the hand-written tables: share {:.1e}, quantile {:.1e}",
        errors.share, errors.quantile
    );
    let mut all = errors.share < Errors::SHARE && errors.quantile < Errors::QUANTILE;
    let engine = figures("engine", &border_crisis(0), effort.engine, SEED);
    println!("foresight 0, engine: {} trials, {}", engine.trials, engine.shares());
    let tally = handwritten::run::<0>(effort.hand, RIVALS_SEED);
    all &= Figures::of_tally("hand-written", effort.hand, &tally).agrees_with(&engine);
    let results = plain::run(effort.plain, RIVALS_SEED);
    all &= Figures::of_results("plain Rust", effort.plain, &results).agrees_with(&engine);
    if let Some(python) = python {
        all &= python.numpy(effort.numpy, RIVALS_SEED).figures.agrees_with(&engine);
        all &= python.plain(effort.python, RIVALS_SEED).figures.agrees_with(&engine);
    }

    let engine = figures("engine", &border_crisis(2), effort.engine_ahead, SEED);
    println!("foresight 2, engine: {} trials, {}", engine.trials, engine.shares());
    let trials = effort.hand / 20;
    let tally = handwritten::run::<2>(trials, RIVALS_SEED);
    all &= Figures::of_tally("hand-written", trials, &tally).agrees_with(&engine);
    assert!(all, "a contender does not agree with the engine");
}
