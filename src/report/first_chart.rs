//! The chart on the first screen of a page: bars that a window of any width can show.

use crate::chart::OutcomeName;

/// The most important numbers of an answer as a list of bars.
///
/// The page writes it as text and boxes, which break into lines on a narrow screen, where a drawing
/// could only shrink.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstChart {
    /// What the bars show, in a few words.
    pub heading: String,
    /// How to read them, and of which trials they are.
    pub note: String,
    /// What the numbers are.
    pub measure: FirstMeasure,
    /// The bars, the most important first.
    pub bars: Vec<FirstBar>,
}

/// What the numbers of a [`FirstChart`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstMeasure {
    /// Shares of trials, between 0 and 1.
    Shares,
    /// Differences of such shares, between -1 and 1.
    Differences,
    /// Sizes of changes of such shares, whatever their direction: 0 or more.
    Sizes,
    /// Scores, of which less is better: 0 or more.
    Scores,
}

/// One bar of a [`FirstChart`].
#[derive(Clone, Debug, PartialEq)]
pub struct FirstBar {
    /// What makes the number what it is, such as a policy; `None` if the outcome says it all.
    pub label: Option<String>,
    /// Where the number holds, such as a world; `None` if there is only one.
    pub place: Option<String>,
    /// The outcome whose number it is, or whatever else has the number, such as a forecaster.
    pub outcome: OutcomeName,
    /// The number.
    pub value: f64,
    /// The ends of its interval.
    pub interval: (f64, f64),
    /// Whether it can be told from zero, all of its kind judged together. Shares always can.
    pub is_clear: bool,
}
