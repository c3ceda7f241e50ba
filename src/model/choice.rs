//! The rules by which actors decide.

/// The rule by which an actor chooses among its options and votes, with the numbers that the rule
/// needs. In a compiled scenario these are names of numbers that are settled once per trial
/// ([`crate::formula::ParamId`]); the engine puts the numbers themselves, or columns of them, in
/// their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceRule<N> {
    /// Quantal response (McKelvey & Palfrey 1995): the probability of an option is proportional to
    /// exp(λ·V), V being what the actor expects of it.
    QuantalResponse {
        /// λ: log-odds for a whole unit of utility.
        rationality: N,
    },
}

impl<N> ChoiceRule<N> {
    /// The same rule with something else in place of each of its numbers.
    pub fn map<M>(self, mut of: impl FnMut(N) -> M) -> ChoiceRule<M> {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                ChoiceRule::QuantalResponse { rationality: of(rationality) }
            }
        }
    }
}
