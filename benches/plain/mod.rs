//! `scenarios/border-crisis.toml` as a competent Rust programmer writes it in an afternoon: the
//! plain program with which the engine is compared, beside the clever one in `handwritten`.
//!
//! The program can only play this scenario, in its base world, without a policy and with nobody
//! looking ahead. It implements the same model as the engine, and its results agree with the
//! engine's within Monte Carlo error, which the bench `rivals` checks. It does not play the same
//! trials.
//!
//! It says what happens in the order in which it happens, and nothing is done for speed beyond what
//! comes by itself: plain structs, a function for each actor, one trial after another on one thread,
//! a small generator of the crate `rand` that is seeded once per run, `f64::exp` and `f64::powf`,
//! one uniform number for each choice, utilities computed anew wherever they are compared, and sums
//! that are added up plainly. Nothing is allocated while trials run. All numbers of a trial are drawn
//! at its start, needed or not.
//!
//! It was written before its speed was measured, and is not changed any more.

mod actors;
mod assumptions;
mod crisis;
mod results;

use rand::SeedableRng;
use rand::rngs::SmallRng;

use assumptions::Assumptions;
use crisis::Crisis;
pub use results::{MOVES, Results};

/// How many months there are.
pub const STEPS: usize = 12;

/// Plays this many trials.
pub fn run(trials: u64, seed: u64) -> Results {
    let mut rng = SmallRng::seed_from_u64(seed);
    let mut results = Results::default();
    for _ in 0..trials {
        let assumptions = Assumptions::draw(&mut rng);
        let mut crisis = Crisis::new();
        crisis.play(&assumptions, &mut rng, &mut results);
        results.end(&crisis, &assumptions);
    }
    results
}
