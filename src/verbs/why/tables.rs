//! The tables of `why`.

use serde::{Deserialize, Serialize};

use crate::model::{HappeningKind, Model};
use crate::report::Played;
use crate::verbs::shared::SummaryRow;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What `why` writes.
    pub struct WhyTables {
        /// The outcomes.
        pub summary: Vec<SummaryRow>,
        /// What settled each outcome: by source, by time, and the sum.
        pub why: Vec<WhyRow>,
        /// When half of it was settled.
        pub halfway: Vec<HalfwayRow>,
        /// By source and time; not with `--by step`.
        pub times: Option<Vec<WhyTimesRow>>,
    }
}

/// By what the parts of an outcome are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SettledAxis {
    /// By whose luck it was.
    Source,
    /// By when it was.
    Time,
    /// Not at all: the sum of all parts.
    Sum,
}

impl SettledAxis {
    /// The word for it in tables.
    pub fn word(self) -> &'static str {
        match self {
            SettledAxis::Source => "source",
            SettledAxis::Time => "time",
            SettledAxis::Sum => "sum",
        }
    }
}

/// What kind of luck it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LuckKind {
    /// What is drawn once per trial.
    Assumptions,
    /// Draws in the effects of calendar entries.
    Calendar,
    /// An event, and the draws in its effects.
    Event,
    /// A bargain, and the draws in its effects.
    Bargain,
    /// The order of moves.
    Order,
    /// An actor's choices.
    Choice,
    /// An actor's votes.
    Vote,
    /// Chance among the branches of an actor's actions, and the draws in their effects.
    Branch,
    /// Draws in laws.
    Laws,
}

row! {
    /// What part of what was open about an outcome was settled by one source of luck, or at one time. What
    /// was open is the variance p(1 − p) of whether a trial ends in it; the parts of all sources add up to 1,
    /// and those of all times too. An estimate may be below zero where the truth is near it. Intervals are
    /// at 95 %, each by itself. Parts are empty where too few trials ended in the outcome, or too few in
    /// others, to tell.
    pub struct WhyRow in "why.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world that holds.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// How many trials were played.
        pub trials: u64,
        /// How many of them ended in the outcome.
        pub ended: u64,
        /// What the part is of: `source`, whose luck it was; `time`, when it was; or `sum`, of all parts,
        /// whose distance from 1 shows the error of the estimates.
        pub by: SettledAxis,
        /// Of a source, its kind: `assumptions` (all that is drawn once per trial), `calendar`, `event`,
        /// `bargain`, `order`, `choice`, `vote`, `branch` or `laws`.
        pub source: Option<LuckKind>,
        /// Of a source, the actor, event or bargain, if it is one's.
        pub name: Option<String>,
        /// Of a time, how many steps have passed when it is over: 0 is what is drawn once per trial, before
        /// the first step, and n the n-th step.
        pub after: Option<u64>,
        /// The first day of that step.
        pub date: Option<String>,
        /// The estimate of the part: 1 is all that was open.
        pub part: Option<f64>,
        /// The lower end of its interval.
        pub low: Option<f64>,
        /// The upper end.
        pub high: Option<f64>,
        /// Its standard error.
        pub standard_error: Option<f64>,
    }
}

row! {
    /// When half of what was open about an outcome was settled: the first and the last time at which the
    /// parts, added up in the order of time, may pass one half (95 %). Both are empty where that cannot be
    /// told.
    pub struct HalfwayRow in "halfway.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world that holds.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// How many steps have passed when the first of these times is over: 0 is before the first step, n
        /// is the n-th step.
        pub after_low: Option<u64>,
        /// The same of the last of them.
        pub after_high: Option<u64>,
        /// The first day of the first of these steps.
        pub date_low: Option<String>,
        /// The first day of the last.
        pub date_high: Option<String>,
    }
}

row! {
    /// The estimate of the part that one source of luck settled at one time, as `why.csv` has it of sources
    /// and of times. These estimates are noisy: each has no interval here, and their sums over times and
    /// over sources do.
    pub struct WhyTimesRow in "why_times.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world that holds.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// The kind of the source.
        pub source: LuckKind,
        /// The actor, event or bargain, if it is one's.
        pub name: Option<String>,
        /// How many steps have passed when the time is over: 0 is before the first step, n is the n-th step.
        pub after: u64,
        /// The first day of that step.
        pub date: Option<String>,
        /// The estimate of the part.
        pub part: f64,
    }
}

impl CheckedRow for WhyRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        let fits = match self.by {
            SettledAxis::Source => self.source.is_some() && self.after.is_none(),
            SettledAxis::Time => self.source.is_none() && self.after.is_some(),
            SettledAxis::Sum => self.source.is_none() && self.after.is_none(),
        };
        Misfit::unless(fits, "by", self.by.word(), "what the other columns are of")?;
        if let Some(source) = self.source {
            check_name(played.model(), source, self.name.as_deref())?;
        }
        check_time(played, "after", self.after)
    }
}

impl CheckedRow for HalfwayRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        let fits = self.after_low.is_some() == self.after_high.is_some()
            && self.after_low <= self.after_high;
        Misfit::unless(fits, "after_high", self.after_high.unwrap_or(0), "the later time")?;
        check_time(played, "after_high", self.after_high)
    }
}

impl CheckedRow for WhyTimesRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        check_name(played.model(), self.source, self.name.as_deref())?;
        check_time(played, "after", Some(self.after))
    }
}

/// Checks that a source names what its kind needs, and nothing else.
fn check_name(model: &Model, source: LuckKind, name: Option<&str>) -> Result<(), Misfit> {
    let is_actor = |name: &str| model.actors.iter().any(|actor| actor.name == name);
    let is_kind = |name: &str, kind: HappeningKind| {
        model.happenings.iter().any(|own| own.name == name && own.kind == kind)
    };
    let (fits, expected) = match source {
        LuckKind::Choice | LuckKind::Vote | LuckKind::Branch => {
            (name.is_some_and(is_actor), "an actor of the scenario")
        }
        LuckKind::Event => {
            (name.is_some_and(|own| is_kind(own, HappeningKind::Event)), "an event of the scenario")
        }
        LuckKind::Bargain => {
            let is_own = name.is_some_and(|own| is_kind(own, HappeningKind::Bargain));
            (is_own, "a bargain of the scenario")
        }
        LuckKind::Assumptions | LuckKind::Calendar | LuckKind::Order | LuckKind::Laws => {
            (name.is_none(), "empty")
        }
    };
    Misfit::unless(fits, "name", name.unwrap_or_default(), expected)
}

/// Checks that a time is one of the run.
fn check_time(played: &Played<'_>, column: &'static str, after: Option<u64>) -> Result<(), Misfit> {
    let steps = u64::from(played.model().truth.steps);
    let found = after.unwrap_or(0);
    Misfit::unless(found <= steps, column, found, "a number of steps of the run")
}
