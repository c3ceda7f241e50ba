//! `scenarios/border-crisis.toml` as a Rust programmer would write it by hand, for speed: the
//! program with which the engine is compared.
//!
//! The program can only play this scenario, in its base world and without a policy. It implements
//! the same model as the engine, and its results agree with the engine's within Monte Carlo error,
//! which the bench `rivals` checks. It does not play the same trials.
//!
//! It follows these rules:
//!
//! - Plain scalar Rust: one trial at a time on one thread, concrete structs, nothing interpreted
//!   and nothing allocated while trials run. No `unsafe`, no vector instructions by hand.
//! - One uniform number for each choice: the softmax is drawn by its cumulative weights, each
//!   weight by `f64::exp` of the difference to holding. The engine draws one Gumbel number per
//!   option, so that policies can share random numbers; a program for a single run does not need
//!   that.
//! - A fast generator (wyrand) in one stream, and the ziggurat of `rand_distr`. Incidents are found
//!   by drawing the number of steps until the next one, not by a draw in every step.
//! - What depends only on a trial's assumptions is computed once per trial. What is not used is not
//!   computed at all: A's chance to win before an attack is possible, B's belief about it where B
//!   does not look ahead, the bite of sanctions before a war.
//! - Where a utility is linear between the situations compared, the difference is a constant of the
//!   trial. At a kink or an end of a range it is computed in full.
//! - Most of B's choices are decided by bounds of the odds, computed once per trial. Only if the
//!   uniform number falls between the bounds are the odds themselves computed. The choice is the
//!   same.
//! - An exponential near one that was just computed is derived from it by a short series, within
//!   1e-9.
//! - A does not imagine the plays after its move again when it decides on a proposal, nor does B
//!   between its vote and its answer: the random numbers of the imagined plays are the same, so the
//!   plays are too.
//! - Inverse CDFs are tables computed at the start; their errors are stated, and the bench tests
//!   them.
//! - It records what an analyst would want: outcomes, end steps, and by step the means of tension,
//!   share and trade and the share of trials in each phase.
//!
//! It was written and tuned before the fast engine was compared with it, and is not changed any
//! more.

mod ahead;
mod facts;
mod imagined;
mod luck;
mod play;
mod tables;
mod tally;

use ahead::Ahead;
use facts::Facts;
use luck::{Generator, Real, Shots};
use play::{Fate, Play};
pub use tables::Errors;
use tables::Tables;
pub use tally::{ROWS, Tally};

/// How many steps there are.
const STEPS: i32 = 12;

/// The largest errors of the tables.
pub fn table_errors() -> Errors {
    Tables::new().errors()
}

/// Plays this many trials with both actors looking `FORESIGHT` whole steps ahead; 0 is the
/// unchanged file.
pub fn run<const FORESIGHT: i32>(trials: u64, seed: u64) -> Tally {
    let tables = Tables::new();
    let mut generator = Generator::new(seed);
    let mut shots = Shots::new(&mut generator);
    let mut ahead = Ahead::<FORESIGHT>::new();
    let mut tally = Tally::default();
    for _ in 0..trials {
        let facts = Facts::draw(&tables, &mut generator);
        let mut real = Real::new(&mut generator, &mut shots, &tables, &facts);
        let mut play = Play::START;
        loop {
            let fate = if FORESIGHT == 0 {
                play.whole_step(&facts, &mut real)
            } else {
                ahead.whole_step(&mut play, &facts, &mut real)
            };
            if fate == Fate::War {
                tally.war(&play, real.sanctions_bite());
                break;
            }
            tally.step(&play);
            play.step += 1;
            if play.step == STEPS {
                tally.end(&play);
                break;
            }
        }
    }
    tally.finish(trials);
    tally
}
