//! By which rules collective bargains are settled.

/// By which rule a bargain is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BargainRule {
    /// The mean of the positions by weight: the compromise model.
    Mean,
    /// The median of the positions by weight.
    Median,
    /// The Nash bargaining solution by weight.
    Nash,
    /// A probabilistic Condorcet election among the positions.
    Condorcet(Pick),
}

/// What an election among positions comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The mean of the positions by their probabilities.
    Mean,
    /// One position, drawn with these probabilities.
    Draw,
}
