//! Whether enough plays were imagined to know which option is chosen.

/// An open option that may still be chosen, as far as it was imagined.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct WeighedOption<'a> {
    /// Its position among the options of the turn.
    pub option: usize,
    /// V, the mean over the plays, costs subtracted.
    pub value: f64,
    /// The Gumbel number that the option has in the choice.
    pub gumbel: f64,
    /// V in each play, costs subtracted; plays with the same position in two options share their
    /// random numbers.
    pub plays: &'a [f64],
}

/// How long an actor thought about a choice or a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Thought {
    /// How many plays it imagined.
    pub plays: usize,
    /// Whether it had decided by then, and had not only imagined as many as it may.
    pub decided: bool,
}
