//! Which scenarios are small enough to be played within an input.

use demarche::model::{Document, Model};

/// The option by whose name messages call the values that are set here.
pub const OPTION: &str = "--set";
/// The most steps of a trial.
const STEPS: u32 = 6;
/// The most steps that are imagined in a trial, about.
const IMAGINED: u64 = 20_000;
/// How long and how thoroughly scenarios are played that somebody wrote for longer runs.
const SHORT: [&str; 2] = ["scenario.steps=3", "scenario.imaginations=2"];

/// Whether the trials of a model are short, by a rough count of the steps that actors imagine in one.
pub fn is_short(model: &Model) -> bool {
    let program = &model.truth;
    let mut own = 0;
    let mut within = 1;
    for actor in &program.actors {
        let options: u64 = actor.tracks.iter().map(|track| 1 + track.actions.len() as u64).sum();
        let plays = u64::from(actor.imaginations.most) * options * u64::from(1 + actor.foresight);
        if actor.minds > 1 || actor.plans_ahead {
            within = within.max(plays * u64::from(actor.minds));
        }
        own += plays;
    }
    let actors = 1 + program.actors.len() as u64;
    let imagined =
        u64::from(program.steps).saturating_mul(own * actors).saturating_mul(within * actors);
    program.steps <= STEPS && imagined <= IMAGINED
}

/// The file, cut short if it has more steps than can be played here.
pub fn shortened(document: Document) -> Document {
    let steps = document.scenario().map_or(0, |scenario| scenario.steps);
    if steps <= STEPS { document } else { document.with(OPTION, &SHORT.map(str::to_owned)) }
}
