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
