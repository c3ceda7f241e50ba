//! The question of `score`, and the models whose trials are counted.

use serde::{Deserialize, Serialize};

use super::case::{case, observed_outcome};
use super::record::past;
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::verbs::forecaster::FEWEST_PARTICLES;
use crate::verbs::grid::{Grid, Refusal, ScenarioSource};
use crate::verbs::options::{LuckOptions, SettingOptions, TRIALS};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;

/// Why a file cannot be scored.
const NOTHING_OBSERVED: &str = "no `outcome` under [observed] says what happened";
/// The fewest trials of which the Monte Carlo error is known.
const FEWEST: u64 = 2;

/// The question of `score`: how well the shares of trials forecast what happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct ScoreQuestion {
    /// More scenario files; any of them, also the first, may be a folder, of
    /// which those files are scored that say what happened
    #[cfg_attr(feature = "cli", arg(value_name = "FILES"))]
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub files: Vec<String>,
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// The world that holds
    #[cfg_attr(feature = "cli", arg(long, value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument, default_value = BASE_WORLD))]
    pub world: String,
    /// Other values in place of the files'
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials of each file to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for ScoreQuestion {
    fn default() -> Self {
        ScoreQuestion {
            files: Vec::new(),
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for ScoreQuestion {
    fn verb(self) -> Verb {
        Verb::Score(self)
    }

    fn luck(&self) -> LuckOptions {
        self.luck
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

    fn others(&self) -> &[String] {
        &self.files
    }

    fn with_others_named(self, files: Vec<String>) -> Self {
        ScoreQuestion { files, ..self }
    }

    fn is_of_many(&self) -> bool {
        true
    }

    fn refuses(&self, source: &ScenarioSource) -> Option<String> {
        observed_outcome(&source.document).is_none().then(|| NOTHING_OBSERVED.to_owned())
    }

    /// All files are played with the same number of trials: that of the question, or the largest that a file
    /// asks for.
    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let (mut grid, mut mistakes, mut unobserved) = (Grid::default(), Vec::new(), Vec::new());
        for (at, source) in sources.iter().enumerate() {
            if let Some(why) = self.refuses(source) {
                unobserved.push(format!("{}: {why}", source.document.source.name));
                continue;
            }
            match grid.add(sources, at, &self.policy, &self.world) {
                Ok(cell) => grid.observed.extend(case(&source.document, &grid.models[cell])),
                Err(Refusal::Mistakes { found, .. }) => {
                    mistakes.push((source.document.clone(), found));
                }
                Err(other @ (Refusal::Values(_) | Refusal::Question(_))) => return Err(other),
            }
        }
        if !unobserved.is_empty() {
            return Err(Refusal::Question(unobserved.join("\n")));
        }
        if !mistakes.is_empty() {
            return Err(Refusal::Values(mistakes));
        }
        let most = grid.models.iter().map(|model| model.trials.unwrap_or(TRIALS)).max();
        let luck = self.luck.settled(most, self.draws());
        if luck.n.is_some_and(|trials| trials < FEWEST) {
            return Err(Refusal::Question(format!(
                "at least {FEWEST} trials are needed to score: a single one does not show its error"
            )));
        }
        let has_record = grid.models.iter().any(|model| past(model).is_some());
        if has_record && luck.n.is_some_and(|trials| trials < FEWEST_PARTICLES) {
            return Err(Refusal::Question(format!(
                "at least {FEWEST_PARTICLES} trials are needed to score a [record]: two particles for each of 16 batches"
            )));
        }
        Ok((ScoreQuestion { luck, ..self.clone() }, grid))
    }
}
