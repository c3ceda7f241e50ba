//! The part of the page that a verb provides.

use std::collections::BTreeMap;

use super::story::Story;
use super::table::PageTable;
use crate::report::rests_on::RestsOn;

/// The answer of a verb, in words and tables.
#[derive(Clone, Debug, Default)]
pub struct VerbPage {
    /// The question that the verb asks: `How might it end?`
    pub question: String,
    /// The headline: one sentence.
    pub lead: String,
    /// Further findings: first how much the headline depends on the assumptions.
    pub points: Vec<String>,
    /// What the answer rests on most, where that is known.
    pub rests_on: Option<RestsOn>,
    /// What happened step by step, where one trial is told.
    pub story: Option<Story>,
    /// The tables, the most important first.
    pub tables: Vec<PageTable>,
    /// How to read the tables.
    pub notes: Vec<String>,
    /// How much was played, for the list of facts.
    pub trials: String,
    /// The same as the end of a sentence, after `played the scenario 200 times`.
    pub times: String,
    /// How certain the answer is, and what its intervals cover: a paragraph of the method.
    pub certainty: &'static str,
    /// How often each move was made in a trial on average, where that was counted.
    pub times_taken: Option<TimesTaken>,
    /// What came of the bargains, where that was counted.
    pub settled: Vec<SettledFacts>,
}

/// What came of a bargain, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettledFacts {
    /// The bargain's name.
    pub bargain: String,
    /// In how many trials it was struck.
    pub struck: String,
    /// What was settled in these; `None` if it was never struck.
    pub settled: Option<String>,
}

/// How often each move was made in a trial, on average, by actor and action.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimesTaken(pub BTreeMap<(String, String), f64>);

impl TimesTaken {
    /// How often an actor made a move.
    pub fn of(&self, actor: &str, action: &str) -> f64 {
        self.0.get(&(actor.to_owned(), action.to_owned())).copied().unwrap_or(0.0)
    }
}
