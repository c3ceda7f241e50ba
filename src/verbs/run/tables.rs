//! The tables of a run.

use std::collections::BTreeMap;

use super::rests_on::RestsOnRow;
use super::settled::{BargainRow, SettledValueRow};
use super::thinking::ThinkingRow;
use crate::model::HOLD;
use crate::report::{Played, full_name};
use crate::stats::Interval;
use crate::verbs::fidelity::FidelityRow;
use crate::verbs::importance::ImportanceRow;
use crate::verbs::shared::SummaryRow;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What a run writes.
    pub struct RunTables {
        /// The outcomes.
        pub summary: Vec<SummaryRow>,
        /// State and measures over time.
        pub series: Vec<SeriesRow>,
        /// How many trials have each value of the numbers that take few, if there are such numbers.
        pub values: Option<Vec<ValueCountRow>>,
        /// How many trials ended in which outcome at which step.
        pub endings: Vec<EndingRow>,
        /// State and measures at the end, by outcome.
        pub outcome_ends: Vec<EndByOutcomeRow>,
        /// How often each option was open and taken, step by step.
        pub moves: Vec<MoveCountRow>,
        /// The assumptions as they were drawn.
        pub assumptions: Vec<AssumptionRow>,
        /// How each outcome's variance splits into not knowing the assumptions and chance.
        pub uncertainty: Vec<UncertaintyRow>,
        /// How trials ended by what was drawn for each input, where anything is drawn once per trial.
        pub rests_on: Option<Vec<RestsOnRow>>,
        /// How much of each outcome's variance goes with each input.
        pub importance: Option<Vec<ImportanceRow>>,
        /// How far the policy was carried out, where it forces a move.
        pub fidelity: Option<Vec<FidelityRow>>,
        /// How long actors thought, where they imagine plays until they have decided.
        pub thinking: Option<Vec<ThinkingRow>>,
        /// How often each bargain was struck, and where it settled, where the scenario has any.
        pub bargains: Option<Vec<BargainRow>>,
        /// How many trials settled on which value, of bargains that settle on few.
        pub settled: Option<Vec<SettledValueRow>>,
        /// The outcomes draw by draw, where draws were asked for.
        pub draws: Option<Vec<DrawCountRow>>,
    }
}

row! {
    /// The distribution over trials of a number of state or measures at one time.
    pub struct SeriesRow in "series.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The name; for a label, the share of trials with it: `phase:war`.
        pub measure: String,
        /// How many steps have passed: 0 at the start, n at the end of step n − 1.
        pub after: u64,
        /// The day, where the scenario has dates.
        pub date: Option<String>,
        /// The mean.
        pub mean: f64,
        /// The 5th percentile. Percentiles are by nearest rank, with a relative error of at most
        /// 2⁻¹⁰.
        pub p05: f64,
        /// The 25th percentile.
        pub p25: f64,
        /// The median.
        pub p50: f64,
        /// The 75th percentile.
        pub p75: f64,
        /// The 95th percentile.
        pub p95: f64,
    }
}

row! {
    /// How many trials have a value of a number of state or measures that takes few values: at most 12 in
    /// all trials, and more than one at some time. Where no trial has it, there is no row.
    pub struct ValueCountRow in "values.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The name of a variable or a measure.
        pub measure: String,
        /// The value.
        pub value: f64,
        /// How many steps have passed.
        pub after: u64,
        /// The day, where the scenario has dates.
        pub date: Option<String>,
        /// How many trials have the value then.
        pub trials: u64,
        /// The share of all trials, in 0..1.
        pub share: f64,
    }
}

row! {
    /// How many trials ended in an outcome at one time; if none did, there is no row.
    pub struct EndingRow in "endings.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// How many steps had passed: 0 at the start, n at the end of step n − 1. A trial that no
        /// outcome ends early counts as ended after the last step.
        pub after: u64,
        /// The day, where the scenario has dates.
        pub date: Option<String>,
        /// How many trials ended in the outcome at that time.
        pub trials: u64,
        /// The share of all trials, in 0..1.
        pub share: f64,
        /// The share of all trials that had ended in it up to that time, in 0..1.
        pub share_so_far: f64,
    }
}

row! {
    /// The distribution of a number at the end over the trials of one outcome; outcomes that no
    /// trial had have no row.
    pub struct EndByOutcomeRow in "outcome_ends.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The name of a variable or a measure.
        pub measure: String,
        /// Its unit.
        pub unit: Option<String>,
        /// The outcome's id.
        pub outcome: String,
        /// How many trials ended in it.
        pub trials: u64,
        /// The 5th percentile over these trials.
        pub p05: f64,
        /// The 25th percentile.
        pub p25: f64,
        /// The median.
        pub p50: f64,
        /// The 75th percentile.
        pub p75: f64,
        /// The 95th percentile.
        pub p95: f64,
    }
}

row! {
    /// How often an option was open and taken in a step.
    pub struct MoveCountRow in "moves.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The actor.
        pub actor: String,
        /// The track on which it chooses.
        pub track: String,
        /// The action's name, or `hold`.
        pub action: String,
        /// The item of the action's menu, such as `x=0.5`; empty without a menu.
        pub item: Option<String>,
        /// The step, from 0.
        pub step: u64,
        /// In how many trials the option was open.
        pub available: u64,
        /// In how many it was taken.
        pub taken: u64,
        /// In how many it was a proposal that was accepted.
        pub accepted: u64,
    }
}

row! {
    /// The distribution of the values that were drawn for an assumption.
    pub struct AssumptionRow in "assumptions.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// Its name; for a label, the share of trials with it.
        pub assumption: String,
        /// The formula it was drawn from.
        pub formula: String,
        /// The mean over the trials.
        pub mean: f64,
        /// The standard deviation over the trials (n − 1).
        pub sd: f64,
        /// The 5th percentile.
        pub p05: f64,
        /// The 25th percentile.
        pub p25: f64,
        /// The median.
        pub p50: f64,
        /// The 75th percentile.
        pub p75: f64,
        /// The 95th percentile.
        pub p95: f64,
    }
}

row! {
    /// How the variance of an outcome splits into chance and not knowing the assumptions, and how its
    /// probability is distributed over draws of these. All intervals are at 95 %. What the draws are too
    /// few to tell is empty. See [`crate::stats::Split`] and [`crate::stats::Mixing`].
    pub struct UncertaintyRow in "uncertainty.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// How many draws of the assumptions were played several times; 0 where nothing is drawn once
        /// per trial.
        pub draws: u64,
        /// How many times each draw was played.
        pub repeats: u64,
        /// The probability of the outcome: its share of all trials, or of all plays of all draws.
        pub share: f64,
        /// The lower end of its interval.
        pub share_low: f64,
        /// The upper end.
        pub share_high: f64,
        /// The lower end of the interval of the swing, the standard deviation of the probability over
        /// draws of the assumptions. It is the greater of two: from draws that were played several times,
        /// and from what the inputs explain each by itself, of which it is at least the sum. Both ends are 0
        /// where nothing is drawn once per trial.
        pub swing_low: Option<f64>,
        /// The upper end.
        pub swing_high: Option<f64>,
        /// The variance of the probability over draws of the assumptions, estimated without bias, so
        /// that it may be below 0.
        pub not_knowing: f64,
        /// The lower end of its interval.
        pub not_knowing_low: f64,
        /// The upper end.
        pub not_knowing_high: f64,
        /// The variance that is chance.
        pub chance: f64,
        /// The lower end of its interval.
        pub chance_low: f64,
        /// The upper end.
        pub chance_high: f64,
        /// The lower end of the interval of the share of not knowing in the total, in 0..1.
        pub not_knowing_share_low: Option<f64>,
        /// The upper end.
        pub not_knowing_share_high: Option<f64>,
        /// The 5th percentile of the probability over draws of the assumptions.
        pub p05: Option<f64>,
        /// The 25th percentile.
        pub p25: Option<f64>,
        /// The median.
        pub p50: Option<f64>,
        /// The 75th percentile.
        pub p75: Option<f64>,
        /// The 95th percentile.
        pub p95: Option<f64>,
        /// The share of draws whose probability is below 1 %.
        pub draws_below_01: Option<f64>,
        /// The share of draws whose probability is below 5 %.
        pub draws_below_05: Option<f64>,
        /// The share of draws whose probability is below 10 %; empty where the draws are too few to
        /// tell it to within 0.2.
        pub draws_below_10: Option<f64>,
        /// The share of draws whose probability is above 20 %.
        pub draws_above_20: Option<f64>,
        /// The share of draws whose probability is above 50 %.
        pub draws_above_50: Option<f64>,
        /// The share of draws whose probability is above 90 %; empty likewise.
        pub draws_above_90: Option<f64>,
    }
}

row! {
    /// In how many draws of the assumptions an outcome occurred a given number of times.
    pub struct DrawCountRow in "draws.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// How many of the repeats of a draw ended in it.
        pub times: u64,
        /// For how many draws exactly this many repeats did.
        pub draws: u64,
    }
}

impl CheckedRow for SeriesRow {
    fn check_all(rows: &[Self], played: &Played<'_>) -> Result<(), String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            *counts.entry(&row.measure).or_default() += 1;
        }
        let steps = played.model().truth.steps as usize + 1;
        match counts.iter().find(|(_, count)| **count != steps) {
            Some((name, count)) => Err(format!("`{name}` has {count} rows instead of {steps}")),
            None => Ok(()),
        }
    }
}

impl CheckedRow for ValueCountRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let is_step = self.after <= u64::from(played.model().truth.steps);
        Misfit::unless(is_step, "after", self.after, "a step of the scenario")?;
        let is_number = played.model().series().any(|info| info.name == self.measure);
        Misfit::unless(
            is_number,
            "measure",
            &self.measure,
            "a variable or measure of the scenario",
        )?;
        let is_share = self.trials <= played.trials;
        Misfit::unless(is_share, "trials", self.trials, "at most the number of trials")
    }
}

impl CheckedRow for EndingRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        let is_after = self.after <= u64::from(played.model().truth.steps);
        Misfit::unless(is_after, "after", self.after, "at most the steps of the scenario")
    }
}

impl CheckedRow for EndByOutcomeRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl CheckedRow for MoveCountRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let model = played.model();
        let is_step = self.step < u64::from(model.truth.steps);
        Misfit::unless(is_step, "step", self.step, "a step of the scenario")?;
        let is_actor = model.actors.iter().any(|actor| actor.name == self.actor);
        Misfit::unless(is_actor, "actor", &self.actor, "an actor of the scenario")?;
        let name = self.full_name();
        let is_action =
            self.action == HOLD || model.happenings.iter().any(|happening| happening.name == name);
        Misfit::unless(is_action, "action", &name, "an action of the scenario")?;
        let is_share = self.taken <= played.trials;
        Misfit::unless(is_share, "taken", self.taken, "at most the number of trials")
    }
}

impl MoveCountRow {
    /// The full name of the option: `a.attack`, or `a.propose[x=0.5]`.
    pub fn full_name(&self) -> String {
        full_name(&format!("{}.{}", self.actor, self.action), self.item.as_deref())
    }
}

impl CheckedRow for AssumptionRow {}

impl CheckedRow for UncertaintyRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl UncertaintyRow {
    /// The variance of a single trial: an estimate of `p (1 - p)`.
    pub fn total(&self) -> f64 {
        self.chance + self.not_knowing
    }

    /// The 95 % interval of the standard deviation of the probability over draws of the assumptions.
    pub fn swing(&self) -> Swing {
        match (self.swing_low, self.swing_high) {
            (Some(0.0), Some(0.0)) => Swing::None,
            (Some(low), Some(high)) => Swing::Between(Interval { low, high }),
            _ => Swing::Unknown,
        }
    }

    /// The 5th, 50th and 95th percentile of the probability over draws of the assumptions.
    pub fn points(&self) -> Option<[f64; 3]> {
        Some([self.p05?, self.p50?, self.p95?])
    }
}

/// How far the probability of an outcome swings with the assumptions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Swing {
    /// Not at all, since nothing is drawn once per trial.
    None,
    /// Too little was played to tell.
    Unknown,
    /// Its standard deviation over draws lies between these, with 95 % confidence.
    Between(Interval),
}

impl CheckedRow for DrawCountRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        let repeats = u64::from(played.repeats.unwrap_or(0));
        Misfit::unless(
            self.times <= repeats,
            "times",
            self.times,
            "at most the number of repeats",
        )?;
        let is_count = self.draws <= played.trials;
        Misfit::unless(is_count, "draws", self.draws, "at most the number of draws")
    }
}
