//! Who makes which moves how often, step by step: what the chart of moves is drawn from.

/// An actor with its actions.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveActor {
    /// Its name.
    pub label: String,
    /// Its actions.
    pub rows: Vec<ActionShares>,
}

/// How often an action is taken, step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionShares {
    /// Its name.
    pub label: String,
    /// The share of trials in which it is taken in each step, between 0 and 1, with whatever item of its menu.
    pub shares: Vec<f64>,
    /// The items of its menu; none without a menu.
    pub items: Vec<ItemShares>,
}

/// How often an action is taken with an item of its menu, step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemShares {
    /// The values that make the item: `x = 0.5`.
    pub label: String,
    /// The share of trials in which it is taken in each step, between 0 and 1.
    pub shares: Vec<f64>,
}
