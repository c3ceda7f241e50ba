//! What is known to have happened, compiled: what each step of the known past must contain.

use std::sync::Arc;

use super::program::{ActorId, Formula};
use crate::formula::Happening;

/// What is known of the first steps of the run.
#[derive(Clone, Debug)]
pub struct KnownPast {
    /// What is known of each step, from step 0 on. The last is the last that is known.
    pub steps: Vec<KnownStep>,
    /// The actors, by [`ActorId`], all of whose moves are listed.
    pub complete_actors: Vec<bool>,
    /// The events and bargains, by [`Happening`], that are listed whenever they came about.
    pub complete_happenings: Vec<bool>,
    /// What the entries say, for messages.
    pub entries: Vec<KnownEntry>,
}

/// An entry as a message tells it.
#[derive(Clone, Debug)]
pub struct KnownEntry {
    /// The step in which it happened.
    pub step: u32,
    /// What happened, as the file writes it: an action, an event, a bargain or the formula of a fact.
    pub text: Arc<str>,
}

/// What is known of a step.
#[derive(Clone, Debug, Default)]
pub struct KnownStep {
    /// The moves that were made.
    pub moves: Vec<KnownMove>,
    /// The events and bargains that came about.
    pub happenings: Vec<KnownHappening>,
    /// What was true at its end.
    pub facts: Vec<KnownFact>,
}

/// A move that was made.
#[derive(Clone, Debug)]
pub struct KnownMove {
    /// The position of the entry in [`KnownPast::entries`].
    pub entry: usize,
    /// Who made it.
    pub actor: ActorId,
    /// The track, as a position in the actor's.
    pub track: usize,
    /// The options of which one was taken, as positions in the actor's actions: several are items of a
    /// menu of which it is not known which one was taken.
    pub actions: Vec<usize>,
    /// The branch that came up; `None` if that is not known.
    pub branch: Option<usize>,
    /// Whether the proposal was accepted; `None` if that is not known.
    pub accepted: Option<bool>,
}

/// An event or a bargain that came about.
#[derive(Clone, Copy, Debug)]
pub struct KnownHappening {
    /// The position of the entry in [`KnownPast::entries`].
    pub entry: usize,
    /// Which event or bargain.
    pub what: Happening,
    /// The branch that came up; `None` if that is not known.
    pub branch: Option<usize>,
}

/// Something that was true at the end of a step.
#[derive(Clone, Debug)]
pub struct KnownFact {
    /// The position of the entry in [`KnownPast::entries`].
    pub entry: usize,
    /// The flag.
    pub formula: Formula,
}

impl KnownPast {
    /// What is known of a step; `None` of those after the last that is known.
    pub fn step(&self, step: u32) -> Option<&KnownStep> {
        self.steps.get(step as usize)
    }

    /// The same, known for fewer steps. What is known of all of them stays.
    #[must_use]
    pub fn shorter(&self, steps: u32) -> Self {
        let steps = self.steps[..self.steps.len().min(steps as usize)].to_vec();
        KnownPast { steps, ..self.clone() }
    }

    /// Whether a move of an actor in a known step is known: made, or not made since it is not listed.
    pub fn tells_of(&self, step: u32, actor: ActorId, track: usize) -> bool {
        let Some(known) = self.step(step) else { return false };
        let listed = known.moves.iter().any(|own| own.actor == actor && own.track == track);
        listed || self.complete_actors[actor.index()]
    }
}

impl KnownStep {
    /// The move that an actor made on a track, if one is listed.
    pub fn made(&self, actor: ActorId, track: usize) -> Option<&KnownMove> {
        self.moves.iter().find(|own| own.actor == actor && own.track == track)
    }

    /// The entry that lists an event or a bargain, if one does.
    pub fn came_about(&self, what: Happening) -> Option<&KnownHappening> {
        self.happenings.iter().find(|own| own.what == what)
    }
}
