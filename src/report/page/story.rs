//! A story on the page: what happened step by step, each part opened by a click.

use serde::Serialize;

use super::table::PageTable;

/// What happened, step by step.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Story {
    /// Its heading.
    pub heading: String,
    /// How to read it.
    pub note: String,
    /// What was there before the first step: a control's words and a table.
    pub before: Option<StoryDetail>,
    /// The steps.
    pub steps: Vec<StoryStep>,
    /// The last sentence.
    pub end: String,
}

/// A step, or several in which nothing happened.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StoryStep {
    /// Its name: a date, or its number.
    pub when: String,
    /// What happened, in order.
    pub moments: Vec<StoryMoment>,
    /// What is not worth a sentence by itself, behind one control.
    pub rest: Vec<StoryMoment>,
    /// What the control says.
    pub rest_summary: String,
    /// What changed in it, in one line; empty where nothing did.
    pub changed: String,
    /// The odds after it, outcome by outcome.
    pub odds: Vec<StoryOdds>,
    /// Whether it is the turning point.
    pub turns: bool,
}

/// One thing that happened.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StoryMoment {
    /// What happened, in a sentence.
    pub text: String,
    /// Whether it is the turning point.
    pub turns: bool,
    /// The odds after it, in a sentence, where they are told.
    pub odds: Option<String>,
    /// What a click shows.
    pub detail: Option<StoryDetail>,
}

/// What a click shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StoryDetail {
    /// What the control says, where it is not the sentence itself.
    pub summary: String,
    /// Sentences.
    pub facts: Vec<String>,
    /// Tables.
    pub tables: Vec<PageTable>,
}

/// The odds of an outcome after a step.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StoryOdds {
    /// The outcome's id.
    pub outcome: String,
    /// Its title.
    pub title: String,
    /// Its colour.
    pub colour: String,
    /// The odds as text.
    pub text: String,
    /// The odds in per cent.
    pub width: f64,
}
