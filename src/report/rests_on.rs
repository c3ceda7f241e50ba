//! What an answer rests on most: a list beside the chart of the first screen.

/// The inputs on which an answer rests most.
#[derive(Clone, Debug, PartialEq)]
pub struct RestsOn {
    /// What the list is of, in a few words.
    pub heading: String,
    /// The inputs, the most important first.
    pub items: Vec<RestsOnItem>,
    /// How to read the list.
    pub note: String,
}

/// One input on which an answer rests.
#[derive(Clone, Debug, PartialEq)]
pub struct RestsOnItem {
    /// The input, as formulas and tables call it.
    pub name: String,
    /// What it is, in the words of the file.
    pub about: Option<String>,
    /// How much it explains, with an interval.
    pub explains: String,
    /// How the outcome differs with it, in words.
    pub steps: Option<String>,
    /// The outcome's share in each part of the input's range, from its lowest values to its highest; `None`
    /// for a part without trials. Empty where that is not known.
    pub shares: Vec<Option<f64>>,
}
