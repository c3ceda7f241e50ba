//! A traced trial as `trace.json` holds it: names in place of numbers, and nothing that depends on the
//! machine.

use serde::{Deserialize, Serialize};

use super::odds_rows::TracedOdds;

/// A trial of a run, step by step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TracedTrial {
    /// The scenario.
    pub scenario: String,
    /// The policy in force.
    pub policy: String,
    /// The world that holds.
    pub world: String,
    /// The seed.
    pub seed: u64,
    /// The number of the trial, from 0.
    pub trial: u64,
    /// The outcome's id, `unresolved` where none held.
    pub outcome: String,
    /// The last step that was played, from 0.
    pub end_step: u64,
    /// Since when the condition of the outcome held. None where no outcome did, or where this one ended the trial.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub held: Option<TracedHeld>,
    /// Where it is told as typical of its outcome: how it was found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub typical: Option<TypicalTrial>,
    /// What was drawn once for the trial: assumptions, and other numbers that are drawn.
    pub drawn: Vec<NamedValue>,
    /// The state at the start.
    pub start: Vec<NamedValue>,
    /// The steps that were played.
    pub steps: Vec<TracedStep>,
    /// The odds of each outcome as they changed, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub odds: Option<TracedOdds>,
    /// The same trial under another policy, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub against: Option<Box<TracedAgainst>>,
}

/// Since when the condition of an outcome held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TracedHeld {
    /// The step in which it came to hold; none where it held from the start.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<u64>,
    /// The position of the moment in the step by which it came to hold; none where it was time that passed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<u64>,
}

/// The same trial under another policy, with the same random numbers wherever both make the same draw.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TracedAgainst {
    /// Where what happens first differs; none where it does not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parting: Option<TracedParting>,
    /// The trial under the other policy.
    pub trial: TracedTrial,
}

/// Where a trial parts under two policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TracedParting {
    /// The step; none where what was drawn or the state at the start differs already.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<u64>,
    /// The position of the moment in the step under the first policy; none where there is no such moment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<u64>,
    /// The position of the moment of the same thing under the other policy.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment_against: Option<u64>,
}

/// How a typical trial was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TypicalTrial {
    /// How many trials were played.
    pub trials: u64,
    /// How many of them had the outcome.
    pub with_outcome: u64,
    /// How many of these were compared: the first ones, if there were very many.
    pub compared: u64,
    /// The mean Jaccard distance of what happened in the trial to what happened in the others, in 0..1.
    pub distance: f64,
}

/// A value of the scenario: a number, a flag or a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TracedValue {
    /// A flag.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A label.
    Label(String),
}

/// A value with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedValue {
    /// The name, or the path of a number that is drawn elsewhere.
    pub name: String,
    /// The value.
    pub value: TracedValue,
    /// Of a number that is drawn once per trial: the share of trials in which it is lower, in 0..1, counted in
    /// the first 1,000; half of those in which it is the same are added.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rank: Option<f64>,
}

/// A step of the trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedStep {
    /// The step, from 0.
    pub step: u64,
    /// The first day of the step, where the scenario has dates.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
    /// What happened in it, and what could have, in order.
    pub moments: Vec<TracedMoment>,
}

/// One thing that happened, or could have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedMoment {
    /// What it was.
    #[serde(flatten)]
    pub what: TracedHappening,
    /// The variables that it changed.
    pub changes: Vec<TracedChange>,
}

/// A variable that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedChange {
    /// The variable.
    pub variable: String,
    /// Its value before.
    pub before: TracedValue,
    /// Its value after.
    pub after: TracedValue,
}

/// What happened, or could have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum TracedHappening {
    /// An entry of the calendar.
    Calendar {
        /// Its name.
        name: String,
    },
    /// An event that could happen.
    Event {
        /// Its name.
        name: String,
        /// Whether it happened.
        happened: bool,
        /// What chance decided; none for an event that always happens when it can.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        chance: Option<TracedChance>,
    },
    /// A bargain that could be struck.
    Bargain {
        /// Its name.
        name: String,
        /// Whether it was struck.
        happened: bool,
        /// Whether it came about at all; none for one that always does when it can.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        chance: Option<TracedChance>,
        /// The variable that it is over.
        over: String,
        /// The value that was settled.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        settled: Option<f64>,
        /// Who bargained; nobody where it did not come about.
        parties: Vec<TracedBargainer>,
    },
    /// The order in which actors move, where it is drawn in each step.
    Order {
        /// The actors.
        actors: Vec<String>,
    },
    /// A move of an actor, which may be to hold.
    Move(TracedMove),
    /// All laws.
    Laws,
}

/// What chance decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedChance {
    /// The probability of each branch, and of none, in 0..1. Without branches: of happening, and of not.
    pub chances: Vec<f64>,
    /// The names of the branches; none where there are no branches.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub branches: Vec<String>,
    /// The uniform number that decided: the first came at which the running sum of chances exceeds it.
    pub number: f64,
    /// The position of what came among the chances; none if nothing did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub came: Option<u64>,
}

/// An actor who bargains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedBargainer {
    /// The actor.
    pub actor: String,
    /// What it would have the variable be.
    pub position: f64,
    /// How much it cares.
    pub salience: f64,
    /// What its wishes count.
    pub power: f64,
}

/// A choice of an actor, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedMove {
    /// The actor.
    pub actor: String,
    /// Its track.
    pub track: String,
    /// What it chose: `actor.action`, with the item of its menu if it has one, or `hold`.
    pub chose: String,
    /// The probability with which it chose that, in 0..1.
    pub probability: f64,
    /// Whether the policy forced the move.
    pub forced: bool,
    /// How many plays it imagined of each option, on average; 1 where it did not look ahead, 0 where there was
    /// nothing to choose.
    pub imagined: f64,
    /// What was open to it.
    pub options: Vec<TracedOption>,
    /// The votes, where it needed consent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub votes: Vec<TracedVote>,
    /// Whether it was accepted, where it needed consent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub accepted: Option<bool>,
    /// What chance decided among its branches.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub branch: Option<TracedChance>,
}

/// An option of an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedOption {
    /// `actor.action`, with the item of its menu if it has one, or `hold`.
    pub option: String,
    /// What the actor expected of it: utility in 0..1, less its cost. None where it was not weighed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<f64>,
    /// The probability with which it would be chosen, in 0..1.
    pub probability: f64,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedVote {
    /// The actor who voted.
    pub actor: String,
    /// The probability with which it would say yes, in 0..1.
    pub probability: f64,
    /// Whether it said yes.
    pub yes: bool,
}
