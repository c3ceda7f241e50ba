//! How a trial went, moment by moment.

use super::occurrence::{CastVote, ChanceDraw};
use super::situation::Situation;
use crate::formula::Happening;
use crate::model::ActorId;

/// How a trial went: what happened in it, in order, and what it could have been.
#[derive(Clone, Debug)]
pub struct TrialCourse {
    /// The number of the trial.
    pub trial: u64,
    /// The values of the assumptions, in the order of the model's list.
    pub assumptions: Vec<f64>,
    /// The state at the start.
    pub start: Vec<f64>,
    /// What happened, in order.
    pub moments: Vec<PlayedMoment>,
    /// The outcome: a position in the model's outcomes, or their number where none held.
    pub outcome: u32,
    /// The step in which the trial ended.
    pub end_step: u32,
    /// Since when the condition of the outcome held. `None` where that is not asked: no outcome held, or it ended the
    /// trial.
    pub held: Option<HeldSince>,
    /// The situation in which each step began, from which the trial can be played on with other luck.
    pub(super) begun: Vec<Situation>,
}

impl TrialCourse {
    /// How many steps were played.
    pub fn steps(&self) -> u32 {
        self.begun.len() as u32
    }

    /// The moments of a step.
    pub fn moments_of(&self, step: u32) -> impl Iterator<Item = &PlayedMoment> {
        self.moments.iter().filter(move |moment| moment.step == step)
    }
}

/// What made the condition of an outcome hold, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldSince {
    /// It held from the start.
    Start,
    /// This step began, from 0: time had passed.
    Step(u32),
    /// What happened at this moment: its position among those of the trial.
    Moment(usize),
}

/// One thing that happened, or could have happened and did not.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayedMoment {
    /// The step, from 0.
    pub step: u32,
    /// What it was.
    pub what: MomentKind,
    /// The variables that it changed.
    pub changes: Vec<StateChange>,
}

/// The kinds of things that happen in a step.
#[derive(Clone, Debug, PartialEq)]
pub enum MomentKind {
    /// An entry of the calendar came.
    Calendar(Happening),
    /// An event that could happen.
    Event {
        /// The event.
        what: Happening,
        /// What chance decided; `None` for an event that always happens when it can.
        draw: Option<ChanceDraw>,
    },
    /// A bargain that could be struck.
    Bargain {
        /// The bargain.
        what: Happening,
        /// Whether it came about; `None` for one that always does.
        draw: Option<ChanceDraw>,
        /// Position, salience and power of each party; empty where it did not come about.
        parties: Vec<[f64; 3]>,
        /// The value that was settled; `None` where there was no deal.
        settled: Option<f64>,
    },
    /// The order of moves was drawn.
    Order(Vec<ActorId>),
    /// An actor moved, or held although it could have done something.
    Move(PlayedMove),
    /// All laws were carried out.
    Laws,
}

/// A choice of an actor on one of its tracks, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayedMove {
    /// The actor.
    pub actor: ActorId,
    /// Its track.
    pub track: usize,
    /// What was open to it, holding first if it was.
    pub options: Vec<PlayedOption>,
    /// The position of the option that was chosen.
    pub chosen: usize,
    /// Whether the policy forced the move.
    pub forced: bool,
    /// How many plays the actor imagined of each option, on average; 1 where nothing had to be imagined,
    /// and 0 where there was nothing to choose.
    pub plays: f64,
    /// The votes on it, in the order in which they were cast; empty where it needed no consent.
    pub votes: Vec<CastVote>,
    /// Whether others accepted it; `None` where it needed no consent.
    pub accepted: Option<bool>,
    /// What chance decided among its branches, if it has any and was carried out.
    pub branch: Option<ChanceDraw>,
}

/// An option that was open to an actor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedOption {
    /// The position of the action among the actor's; `None` for holding.
    pub action: Option<usize>,
    /// What the actor expected of it: utility from 0 to 1, less the cost. `None` where it was not weighed
    /// because there was nothing to choose, or the policy forced something else.
    pub value: Option<f64>,
    /// The probability with which it would be chosen, in 0..1.
    pub probability: f64,
}

/// A variable that changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateChange {
    /// The position of the variable among those of the state.
    pub state: usize,
    /// Its value before.
    pub before: f64,
    /// Its value after.
    pub after: f64,
}
