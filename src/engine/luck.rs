//! Whose luck the random numbers of a trial are, and how finely luck is told apart.

use crate::formula::Happening;
use crate::model::ActorId;

/// How finely the luck of a trial is told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LuckSplit {
    /// Every moment of a step on its own: by source and by step.
    #[default]
    Moments,
    /// Moments of a step that follow each other and have the same source are one.
    Sources,
    /// All of a step is one moment, without sources.
    Steps,
}

/// Which moments of a trial are asked about: how finely they are told apart, and how many of them are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MomentSample {
    /// How finely luck is told apart.
    pub split: LuckSplit,
    /// One in so many moments of the steps of a trial is looked at, at least 1; which, goes round from trial to trial, so
    /// that of so many consecutive trials each moment is looked at in one. What is drawn once per trial always is.
    pub one_in: u32,
}

impl From<LuckSplit> for MomentSample {
    fn from(split: LuckSplit) -> Self {
        MomentSample { split, one_in: 1 }
    }
}

/// Whose luck it is that is decided at a moment of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LuckSource {
    /// What is drawn once per trial: assumptions, starts, profiles and beliefs.
    Assumptions,
    /// Draws in the effects of calendar entries.
    Calendar,
    /// Whether an event happens, and the draws in its effects.
    Event(Happening),
    /// Whether and where a bargain settles, and the draws in its effects.
    Bargain(Happening),
    /// The order of moves, where it is drawn.
    Order,
    /// An actor's choices, on all its tracks, and what it imagines for them.
    Choice(ActorId),
    /// An actor's votes on what others propose, and what it imagines for them.
    Vote(ActorId),
    /// Chance among the branches of an actor's actions, and the draws in their effects.
    Branch(ActorId),
    /// Draws in laws.
    Laws,
    /// All of a step, where luck is split by steps alone.
    Step,
}
