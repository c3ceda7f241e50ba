//! How much is imagined in a step, before anything is played.

use super::info::Model;
use super::program::Actor;

impl Model {
    /// How many imagined steps a real step asks for if every action is open and nobody thinks longer than it has
    /// to: each actor on each track, and each voter, plays its options on over as many steps as it looks ahead.
    pub fn imagined_steps(&self) -> f64 {
        let actors = &self.truth.actors;
        let plain =
            |actor: &Actor| f64::from(actor.foresight) * f64::from(actor.imaginations.least);
        // What somebody adds to a step that another, or itself later, imagines.
        let within: Vec<f64> = actors.iter().map(|actor| plain(actor) * options(actor)).collect();
        let of = |who: usize, actor: &Actor| {
            let others: f64 = within.iter().sum::<f64>() - within[who];
            let others = if actor.minds > 1 { others } else { 0.0 };
            let own = if actor.plans_ahead { within[who] } else { 0.0 };
            plain(actor) * (1.0 + others + own)
        };
        let each: Vec<f64> = actors.iter().enumerate().map(|(who, actor)| of(who, actor)).collect();
        let choices: f64 = actors.iter().zip(&each).map(|(actor, own)| own * options(actor)).sum();
        // A proposal is voted on once in a turn, whichever it is.
        let votes: f64 = actors
            .iter()
            .flat_map(|actor| &actor.tracks)
            .zip(self.tracks())
            .map(|(track, actor)| {
                let voters = |action: &usize| {
                    let consent = actor.actions[*action].consent.as_ref();
                    let voters = consent.into_iter().flat_map(|consent| &consent.voters);
                    voters.map(|voter| 2.0 * each[voter.actor.index()]).sum::<f64>()
                };
                track.actions.iter().map(voters).fold(0.0, f64::max)
            })
            .sum();
        choices + votes
    }

    /// The actor of each track, in the order of the tracks.
    fn tracks(&self) -> impl Iterator<Item = &Actor> {
        self.truth.actors.iter().flat_map(|actor| actor.tracks.iter().map(move |_| actor))
    }
}

/// How many options an actor has in a step on all its tracks, holding on each among them.
fn options(actor: &Actor) -> f64 {
    let of_track =
        |actions: usize| if actions == 0 { 0 } else { actions + usize::from(!actor.must_act) };
    actor.tracks.iter().map(|track| of_track(track.actions.len())).sum::<usize>() as f64
}
