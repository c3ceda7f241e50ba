//! The question of `compare`, and the cells that are played for it.

use serde::{Deserialize, Serialize};

use super::announcement::Twins;
use crate::diagnostic::no_such;
use crate::model::NO_POLICY;
use crate::study::Goal;
use crate::verbs::grid::{Grid, Refusal, ScenarioSource, chosen};
use crate::verbs::options::{DrawOptions, LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;
#[cfg(feature = "cli")]
use crate::verbs::whole_number::share;

/// The question of `compare`: policies in worlds, or two files, with common random numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct CompareQuestion {
    /// Another file, such as an edited copy, to compare with the first
    #[cfg_attr(feature = "cli", arg(value_name = "OTHER"))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub other: Option<String>,
    /// The policy that the others are compared with [default: none]
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, conflicts_with = "other"))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub baseline: Option<String>,
    /// A policy to compare; may be given several times [default: all]
    #[cfg_attr(feature = "cli", arg(long = "policy", value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "policy", default)]
    pub policies: Vec<String>,
    /// A world to compare in; may be given several times [default: all]
    #[cfg_attr(feature = "cli", arg(long = "world", value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "world", default)]
    pub worlds: Vec<String>,
    /// Also play each policy in secret, to tell its deed from its announcement:
    /// what its moves change from what the actors' knowing of them changes
    #[cfg_attr(feature = "cli", arg(long))]
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub announcement: bool,
    /// What to judge policies by over the worlds: avoid:OUTCOME, seek:OUTCOME
    /// or actor:ACTOR; may be given several times
    #[cfg_attr(feature = "cli", arg(long = "goal", value_name = "GOAL", conflicts_with = "other"))]
    #[serde(rename = "goal", skip_serializing_if = "Vec::is_empty", default)]
    pub goals: Vec<Goal>,
    /// The value of a goal that is good enough: 0.7 or 70%
    #[cfg_attr(feature = "cli", arg(long, value_name = "VALUE", requires = "goals",
          value_parser = share))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub threshold: Option<f64>,
    /// How many draws of the assumptions to play, and how many times each
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub draws: DrawOptions,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Question for CompareQuestion {
    fn verb(self) -> Verb {
        Verb::Compare(self)
    }

    fn luck(&self) -> LuckOptions {
        self.luck
    }

    fn draws(&self) -> DrawOptions {
        self.draws
    }

    fn settings(&self) -> &[String] {
        &self.set.settings
    }

    fn policies(&self) -> &[String] {
        &self.policies
    }

    fn worlds(&self) -> &[String] {
        &self.worlds
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let (policies, worlds) = match sources {
            [one] => self.of_one(one)?,
            _ => self.of_two(sources)?,
        };
        let draws = self.draws.settled();
        let mut settled = CompareQuestion {
            baseline: (sources.len() == 1).then(|| policies[0].clone()),
            policies,
            worlds,
            draws,
            ..self.clone()
        };
        let grid = settled.grid(sources)?;
        if self.announcement {
            splits(sources, &grid)?;
        }
        settled.luck = self.luck.settled(grid.models[0].trials, draws);
        for goal in &self.goals {
            goal.check(&grid.models[0]).map_err(|unknown| {
                let known = unknown.known.iter().map(String::as_str);
                Refusal::Question(no_such(unknown.what, &unknown.name, known))
            })?;
        }
        if draws.draws.is_some() && self.goals.is_empty() {
            return Err(Refusal::Question(
                "--draws is for regret over the assumptions: add a --goal, such as avoid:OUTCOME"
                    .to_owned(),
            ));
        }
        Ok((settled, grid))
    }

    fn others(&self) -> &[String] {
        self.other.as_slice()
    }

    fn with_others_named(self, files: Vec<String>) -> Self {
        CompareQuestion { other: files.into_iter().next(), ..self }
    }
}

/// Refuses `--announcement` where no policy can be told apart from its announcement.
fn splits(sources: &[ScenarioSource], grid: &Grid) -> Result<(), Refusal> {
    let why = if sources.len() > 1 {
        "--announcement takes apart what a policy of one file changes: leave out the second file"
    } else if Twins::of(grid).is_empty() {
        "--announcement has nothing to take apart: every policy that is compared is secret already"
    } else {
        return Ok(());
    };
    Err(Refusal::Question(why.to_owned()))
}

impl CompareQuestion {
    /// The policy that says what happens without the others: the baseline, or none.
    pub(super) fn without(&self) -> &str {
        self.baseline.as_deref().unwrap_or(NO_POLICY)
    }

    /// The policies, the baseline first, and the worlds of one file.
    fn of_one(&self, source: &ScenarioSource) -> Result<(Vec<String>, Vec<String>), Refusal> {
        let baseline = self.baseline.as_deref().unwrap_or(NO_POLICY);
        let document = &source.document;
        let known = document.policies();
        let policies = chosen("policy", &self.policies, &known, Some(baseline))?;
        let worlds = chosen("world", &self.worlds, &document.worlds(), None)?;
        if policies.len() >= 2 || worlds.len() >= 2 {
            return Ok((policies, worlds));
        }
        let why = if known.len() < 2 && document.worlds().len() < 2 {
            format!("{} has no policies and no worlds to compare", document.source.name)
        } else {
            format!("policy `{baseline}` alone in one world leaves nothing to compare")
        };
        let action = document.scenario().and_then(|scenario| {
            let actor = scenario.actors.iter().find(|actor| !actor.actions.is_empty())?;
            Some(format!("{}.{}", actor.name.value, actor.actions[0].name.value))
        });
        let example = match action {
            Some(action) => format!("title  = \"No {action}\"\n  forbid = [\"{action}\"]"),
            None => "set = { \"state.NAME.start\" = 1 }".to_owned(),
        };
        Err(Refusal::Question(format!(
            "{why}\n  add one to the file, for example:\n\n  [policies.restraint]\n  {example}"
        )))
    }

    /// The policies and worlds that both files have.
    fn of_two(&self, sources: &[ScenarioSource]) -> Result<(Vec<String>, Vec<String>), Refusal> {
        let [first, second] = [&sources[0].document, &sources[1].document];
        let common = |a: Vec<&str>, b: Vec<&str>| -> Vec<String> {
            a.into_iter().filter(|name| b.contains(name)).map(str::to_owned).collect()
        };
        fn borrowed(names: &[String]) -> Vec<&str> {
            names.iter().map(String::as_str).collect()
        }
        let policies = common(first.policies(), second.policies());
        let worlds = common(first.worlds(), second.worlds());
        let policies = chosen("policy of both files", &self.policies, &borrowed(&policies), None)?;
        let worlds = chosen("world of both files", &self.worlds, &borrowed(&worlds), None)?;
        Ok((policies, worlds))
    }

    /// The cells of a settled question, world by world, and its pairs: the baseline with each
    /// other policy, or the first file with the second.
    fn grid(&self, sources: &[ScenarioSource]) -> Result<Grid, Refusal> {
        let changes = match sources {
            [first, second] => Some(first.document.changes(&second.document)),
            _ => None,
        };
        let mut grid = Grid { changes, ..Grid::default() };
        for world in &self.worlds {
            let base = grid.models.len();
            for policy in &self.policies {
                for source in 0..sources.len() {
                    let at = grid.add(sources, source, policy, world)?;
                    match sources.len() {
                        1 if at > base => grid.pairs.push((base, at)),
                        2 if source == 1 => grid.pairs.push((at - 1, at)),
                        _ => {}
                    }
                }
            }
        }
        Ok(grid)
    }
}
