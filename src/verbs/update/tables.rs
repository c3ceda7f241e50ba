//! The tables of `update`.

use serde::{Deserialize, Serialize};

use crate::report::Played;
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What `update` writes.
    pub struct UpdateTables {
        /// The odds before the record and after each step of it.
        pub odds: Vec<OddsRow>,
        /// How likely the record was, step by step and in all.
        pub evidence: Vec<EvidenceRow>,
        /// What is known of assumptions before the record and after it.
        pub posterior: Vec<PosteriorRow>,
        /// How well each world is supported.
        pub worlds: Vec<WorldRow>,
    }
}

/// Before the record or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KnownWhen {
    /// Before it.
    Prior,
    /// After it.
    Posterior,
}

row! {
    /// The odds of an outcome, given what was known by the end of a step. Intervals are at 95 %, each by itself; they
    /// are of the luck of the draw alone.
    pub struct OddsRow in "odds.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world that holds.
        pub world: String,
        /// The last step that is known, from 0; empty: nothing is.
        pub step: Option<u64>,
        /// The first day of that step.
        pub date: Option<String>,
        /// The outcome's id.
        pub outcome: String,
        /// Its odds.
        pub share: f64,
        /// The lower end of their interval.
        pub low: f64,
        /// The upper end.
        pub high: f64,
    }
}

row! {
    /// The natural logarithm of the probability of what is known of a step, given all before it, by a forecaster; and
    /// of the whole record.
    pub struct EvidenceRow in "evidence.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world that holds.
        pub world: String,
        /// Who would have said so: `demarche`, the scenario; `random`, to whom all open options are equally likely, and
        /// yes and no as well; `prior_frequencies`, to whom options are as frequent as in trials without the record. All
        /// of them know the situation, and the chances of nature.
        pub forecaster: ForecasterName,
        /// The step, from 0; empty: the whole record.
        pub step: Option<u64>,
        /// The first day of that step.
        pub date: Option<String>,
        /// The logarithm.
        pub log_evidence: f64,
        /// Its standard error by chance; empty where it cannot be told, since a single batch of particles has more than
        /// half of the weight.
        pub se: Option<f64>,
        /// How many original particles the weights stand for after the step.
        pub effective: f64,
    }
}

row! {
    /// What is known of something that is drawn once per trial, before the record and after it.
    pub struct PosteriorRow in "posterior.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world that holds.
        pub world: String,
        /// The path of what is drawn.
        pub assumption: String,
        /// `prior`, before the record, or `posterior`, after it.
        pub when: KnownWhen,
        /// The mean.
        pub mean: f64,
        /// The standard deviation.
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
    /// How well the record supports a world.
    pub struct WorldRow in "worlds.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The natural logarithm of the probability of the record in this world.
        pub log_evidence: f64,
        /// Its standard error by chance; empty where it cannot be told.
        pub se: Option<f64>,
        /// By how much it exceeds that of the first world: the logarithm of the Bayes factor.
        pub log_bayes_factor: f64,
        /// The probability that this world holds, given the record, if all of them were equally likely before.
        pub posterior: f64,
    }
}

impl CheckedRow for OddsRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        check_step(played, self.step)
    }
}

impl CheckedRow for EvidenceRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        check_step(played, self.step)
    }
}

impl CheckedRow for PosteriorRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let known = played.model().assumptions.iter().any(|own| own.name == self.assumption);
        Misfit::unless(
            known,
            "assumption",
            &self.assumption,
            "a path that is drawn in the scenario",
        )
    }
}

impl CheckedRow for WorldRow {
    fn check(&self, _played: &Played<'_>) -> Result<(), Misfit> {
        Ok(())
    }
}

/// Checks that a step is one of the run.
fn check_step(played: &Played<'_>, step: Option<u64>) -> Result<(), Misfit> {
    let steps = u64::from(played.model().truth.steps);
    let fits = step.is_none_or(|step| step < steps);
    Misfit::unless(fits, "step", step.unwrap_or(0), "a step of the run")
}
