//! The question of `sensitivity`, and the model that is played for it.

use serde::{Deserialize, Serialize};

#[cfg(feature = "cli")]
use crate::engine::MAX_TRIALS;
use crate::format::count;
use crate::model::{BASE_WORLD, Model, NO_POLICY};
use crate::stats::SobolIndices;
use crate::store::{CsvStyle, TrialFormat};
use crate::study::{InputGroup, PERCENTILES, Row, Target, Together};
use crate::verbs::grid::{CellName, Grid, Refusal, ScenarioSource};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;
#[cfg(feature = "cli")]
use crate::verbs::whole_number::whole_in;

/// The most plays of one question: their results are held in memory.
const MOST_PLAYS: u64 = 1 << 28;

/// How to find out what a result rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum SensitivityMethod {
    /// Sobol indices: what part of the variance goes with each input, alone and with others
    #[default]
    Sobol,
    /// Morris' screening: how much changes when one input at a time is moved, anywhere
    Morris,
    /// One at a time: each input low and high, all others at their medians
    OneAtATime,
}

impl SensitivityMethod {
    /// How many rows, trajectories or trials of each point are played if the question does not say.
    fn rows(self) -> u64 {
        match self {
            SensitivityMethod::Sobol => 16_384,
            SensitivityMethod::Morris => 1_000,
            SensitivityMethod::OneAtATime => 2_000,
        }
    }

    /// With fewer than these nothing could be told.
    fn fewest(self) -> u64 {
        match self {
            SensitivityMethod::Sobol => SobolIndices::ENOUGH as u64,
            SensitivityMethod::Morris | SensitivityMethod::OneAtATime => 2,
        }
    }
}

/// What is told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum GroupedBy {
    /// All that is drawn for an actor: its wants, rationality, patience, risk, traits and beliefs
    Actor,
}

/// What is drawn although the file has it constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Varied {
    /// Every actor's weights, ideals, rationality, patience and risk, around the file's values
    Preferences,
}

/// The question of `sensitivity`: what results rest on, under one policy in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct SensitivityQuestion {
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// The world that holds
    #[cfg_attr(feature = "cli", arg(long, value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument, default_value = BASE_WORLD))]
    pub world: String,
    /// What is explained: an outcome, state.x, measures.x or utility.a;
    /// may be given several times [default: all outcomes that occurred]
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub of: Vec<String>,
    /// How to find out
    #[cfg_attr(feature = "cli", arg(long, value_name = "METHOD", value_enum, default_value_t))]
    #[serde(default)]
    pub method: SensitivityMethod,
    /// What to tell together, besides groups of the file and what is correlated
    #[cfg_attr(feature = "cli", arg(long, value_name = "WHAT", value_enum))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<GroupedBy>,
    /// What to draw although the file has it constant
    #[cfg_attr(feature = "cli", arg(long, value_name = "WHAT", value_enum))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vary: Option<Varied>,
    /// Also write a table with the inputs and results of every play
    #[cfg_attr(feature = "cli", arg(long, value_name = "FORMAT"))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trials: Option<TrialFormat>,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many rows of plays; with morris, trajectories; with one-at-a-time,
    /// trials of each point [default: 16384, 1000 and 2000]
    #[cfg_attr(feature = "cli", arg(short = 'n', value_name = "ROWS",
          value_parser = whole_in::<u64>(1..=MAX_TRIALS)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u64>,
    /// The seed of the random numbers
    #[cfg_attr(feature = "cli", arg(long, value_name = "SEED",
          value_parser = whole_in::<u64>(0..=u64::MAX),
          default_value_t = LuckOptions::default().seed))]
    pub seed: u64,
    /// Also write the charts as PNG
    #[cfg_attr(feature = "cli", arg(long))]
    #[serde(default)]
    pub png: bool,
    /// How text stands in CSV tables, also in that of plays
    #[cfg_attr(feature = "cli", arg(long, value_name = "STYLE", value_enum, default_value_t))]
    #[serde(skip_serializing_if = "CsvStyle::is_default", default)]
    pub csv: CsvStyle,
}

impl Default for SensitivityQuestion {
    fn default() -> Self {
        SensitivityQuestion {
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            of: Vec::new(),
            method: SensitivityMethod::default(),
            by: None,
            vary: None,
            trials: None,
            set: SettingOptions::default(),
            n: None,
            seed: LuckOptions::default().seed,
            png: false,
            csv: CsvStyle::default(),
        }
    }
}

impl Question for SensitivityQuestion {
    fn verb(self) -> Verb {
        Verb::Sensitivity(self)
    }

    fn luck(&self) -> LuckOptions {
        LuckOptions { n: self.n, seed: self.seed, png: self.png, csv: self.csv }
    }

    fn trial_format(&self) -> Option<TrialFormat> {
        self.trials
    }

    fn settings(&self) -> &[String] {
        &self.set.settings
    }

    fn policies(&self) -> &[String] {
        std::slice::from_ref(&self.policy)
    }

    fn worlds(&self) -> &[String] {
        std::slice::from_ref(&self.world)
    }

    fn varies_preferences(&self) -> bool {
        self.vary == Some(Varied::Preferences)
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let source = &sources[0];
        let document = match self.vary {
            Some(Varied::Preferences) => &source.document.vary_preferences(),
            None => &source.document,
        };
        let model = document.model(&self.policy, &self.world);
        let model = model.map_err(|found| Refusal::Mistakes { source: 0, found })?;
        let mut of = Vec::new();
        for name in &self.of {
            Target::called(&model, name).map_err(Refusal::Question)?;
            if !of.contains(name) {
                of.push(name.clone());
            }
        }
        let n = self.n.unwrap_or(self.method.rows());
        let settled = SensitivityQuestion { of, n: Some(n), ..self.clone() };
        settled.refused(&model, &document.source.name).map_or(Ok(()), Err)?;
        let mut grid = Grid::default();
        let (policy, world) = (self.policy.clone(), self.world.clone());
        grid.push(CellName { scenario: source.name.clone(), policy, world }, model);
        Ok((settled, grid))
    }
}

impl SensitivityQuestion {
    /// Which inputs are told together.
    pub(super) fn together(&self) -> Together {
        match self.by {
            Some(GroupedBy::Actor) => Together::ByActor,
            None => Together::AsInFile,
        }
    }

    /// What is explained: what was asked for, or all outcomes.
    pub(super) fn targets(&self, model: &Model) -> Vec<Target> {
        if self.of.is_empty() {
            return Target::outcomes(model);
        }
        self.of.iter().filter_map(|name| Target::called(model, name).ok()).collect()
    }

    /// How many plays the settled question asks for.
    pub(super) fn plays(&self, model: &Model) -> u64 {
        let inputs = model.inputs();
        let each = match self.method {
            SensitivityMethod::Sobol => {
                Row::count(InputGroup::all(model, &inputs, self.together()).len())
            }
            SensitivityMethod::Morris => inputs.len() as u64 + 1,
            // All inputs share the point at which they are at their medians.
            SensitivityMethod::OneAtATime => {
                1 + inputs.len() as u64 * (PERCENTILES.len() as u64 - 1)
            }
        };
        self.trials().saturating_mul(each)
    }

    /// Why the settled question cannot be asked of a model.
    fn refused(&self, model: &Model, file: &str) -> Option<Refusal> {
        let refusal = |reason: String| Some(Refusal::Question(reason));
        let inputs = model.inputs();
        if inputs.is_empty() {
            let hint = match self.vary {
                None => {
                    "\n  --vary preferences draws the weights, ideals, rationality, patience and risk of \
                     its actors around the file’s values"
                }
                Some(Varied::Preferences) => "",
            };
            return refusal(format!(
                "{file} draws nothing once per trial, so there is nothing that it could rest on{hint}"
            ));
        }
        if self.by.is_some() {
            if self.method != SensitivityMethod::Sobol {
                return refusal(
                    "--by is for --method sobol: the other methods move each input by itself"
                        .to_owned(),
                );
            }
            if inputs.iter().all(|input| input.actor.is_none()) {
                return refusal(format!(
                    "{file} draws nothing for any of its actors, so there are no groups for --by actor\n  \
                     --vary preferences draws their weights, ideals, rationality, patience and risk"
                ));
            }
        }
        if self.trials.is_some() && self.method == SensitivityMethod::OneAtATime {
            return refusal(
                "--trials is for --method sobol and morris: one-at-a-time plays many trials at few points"
                    .to_owned(),
            );
        }
        let (n, fewest) = (self.trials(), self.method.fewest());
        if n < fewest {
            return refusal(format!("-n {n} is too few to tell anything: at least {fewest}"));
        }
        let plays = self.plays(model);
        if plays > MOST_PLAYS {
            return refusal(format!(
                "-n {} asks for {} plays with {} inputs: at most {} can be played",
                count(n),
                count(plays),
                count(inputs.len() as u64),
                count(MOST_PLAYS)
            ));
        }
        None
    }
}
