//! Who computes what options and votes are worth, in place of the reference interpreter's own way.

use super::choice::Thought;
use super::option_values::OptionValues;
use super::situation::Situation;
use super::step::{Ballot, Turn};
use super::weigh::Stake;

/// Computes what options and votes are worth to actors in a trial that really happens: the same to the bit as
/// [`weigh`](super::weigh::weigh) and [`stake`](super::weigh::stake), but sooner.
///
/// Only for trials whose luck is addressed, as it is in a run.
pub(super) trait Thinker {
    /// What the options of a turn are worth to who chooses, into `values`, and how long it thought about them.
    /// `None` where that cannot be told because a value may be a numerical error.
    fn worth(
        &mut self,
        turn: Turn<'_>,
        at: &Situation,
        luck: ThoughtLuck,
        values: &mut OptionValues,
    ) -> Option<Weighed>;

    /// What is at stake for a voter; `None` likewise.
    fn stake(&mut self, ballot: Ballot<'_>, at: &Situation, luck: ThoughtLuck) -> Option<Stake>;
}

/// Whose luck it is when an actor thinks.
#[derive(Clone, Copy, Debug)]
pub(super) struct ThoughtLuck {
    /// The repeat of the trial that decides what is chosen.
    pub real: u16,
    /// The repeat of the trial that what the actor imagines is of.
    pub imagined: u16,
}

/// That options were weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    /// How long the actor thought, if it could have thought longer.
    pub thought: Option<Thought>,
}
