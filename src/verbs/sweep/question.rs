//! The question of `sweep`, and the cells that are played for it.

use serde::{Deserialize, Serialize};

use super::axis::SweptAxis;
use crate::diagnostic::{Diagnostics, no_such};
use crate::format::count;
use crate::model::{BASE_WORLD, Document, Model, NO_POLICY};
use crate::study::{EndKind, ends};
use crate::verbs::grid::{CellName, Grid, Refusal, ScenarioSource, chosen, has_outcome};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;

/// The option that names what is swept, as messages call it.
const OPTION: &str = "--vary";
/// The most values that are swept at once.
const AXES: usize = 2;
/// The most cells: values times policies times worlds.
const MOST: usize = 1_000;

/// The question of `sweep`: one or two values of the scenario set to each of several values, under
/// policies in worlds, with common random numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct SweepQuestion {
    /// What to sweep: "assumptions.cost = 0.1 to 0.9 in 9", or values as a, b, c;
    /// twice for a grid
    #[cfg_attr(feature = "cli", arg(long = "vary", value_name = "PATH = VALUES"))]
    #[serde(default)]
    pub vary: Vec<String>,
    /// A policy to play; may be given several times, to see where each of the
    /// others overtakes the first [default: none]
    #[cfg_attr(feature = "cli", arg(long = "policy", value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "policy", default)]
    pub policies: Vec<String>,
    /// A world to play in; may be given several times [default: base]
    #[cfg_attr(feature = "cli", arg(long = "world", value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "world", default)]
    pub worlds: Vec<String>,
    /// An outcome to tell of; may be given several times [default: those that
    /// change most; the tables have all]
    #[cfg_attr(feature = "cli", arg(long = "outcome", value_name = "OUTCOME",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "outcome", default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// A measure or a variable whose mean at the end is told; may be given
    /// several times; without --outcome, no outcome is told then
    #[cfg_attr(feature = "cli", arg(long = "measure", value_name = "MEASURE",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "measure", default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Question for SweepQuestion {
    fn verb(self) -> Verb {
        Verb::Sweep(self)
    }

    fn luck(&self) -> LuckOptions {
        self.luck
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

    fn outcomes(&self) -> &[String] {
        &self.outcomes
    }

    fn measures(&self) -> &[String] {
        &self.measures
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let document = &sources[0].document;
        let axes = self.read_axes(document)?;
        let named = |asked: &[String], default: &str| match asked {
            [] => vec![default.to_owned()],
            some => some.to_vec(),
        };
        let policies = named(&self.policies, NO_POLICY);
        let policies = chosen("policy", &policies, &document.policies(), None)?;
        let worlds = named(&self.worlds, BASE_WORLD);
        let worlds = chosen("world", &worlds, &document.worlds(), None)?;
        let mut settled = SweepQuestion { policies, worlds, ..self.clone() };
        let cells = axes.iter().map(|axis| axis.values.len()).product::<usize>();
        let cells = cells.saturating_mul(settled.policies.len() * settled.worlds.len());
        if cells > MOST {
            return Err(Refusal::Question(format!(
                "{} cells (values, policies, worlds) are too many: at most {}",
                count(cells as u64),
                count(MOST as u64)
            )));
        }
        settled.check_values(document, &axes)?;
        settled.check_effect(document, &axes)?;
        let grid = settled.grid(&sources[0], &axes)?;
        for outcome in &settled.outcomes {
            has_outcome(&grid.models[PLAIN], outcome)?;
        }
        settled.measures.clear();
        for name in &self.measures {
            let own = measure_called(&grid.models[PLAIN], name).map_err(Refusal::Question)?;
            if !settled.measures.contains(&own) {
                settled.measures.push(own);
            }
        }
        settled.luck = self.luck.settled(grid.models[PLAIN].trials, self.draws());
        Ok((settled, grid))
    }
}

/// The index of the model in which nothing is swept, under the first policy in the first world. It is
/// there for its titles and is not played.
pub(super) const PLAIN: usize = 0;

impl SweepQuestion {
    /// What is swept, of a settled question.
    ///
    /// # Panics
    ///
    /// If the question is not settled.
    pub(super) fn axes(&self) -> Vec<SweptAxis> {
        let read = |words: &String| SweptAxis::read(words).expect("a settled question was read");
        self.vary.iter().map(read).collect()
    }

    /// The indices of the values along the axes, cell by cell: of both, or of the one and 0.
    pub(super) fn points(axes: &[SweptAxis]) -> Vec<Vec<usize>> {
        axes.iter().fold(vec![Vec::new()], |points, axis| {
            let with = |point: &Vec<usize>, at| [point.as_slice(), &[at]].concat();
            points.iter().flat_map(|own| (0..axis.values.len()).map(|at| with(own, at))).collect()
        })
    }

    fn read_axes(&self, document: &Document) -> Result<Vec<SweptAxis>, Refusal> {
        if self.vary.is_empty() {
            let scenario = document.scenario();
            let name = scenario.and_then(|own| own.assumptions.first());
            let path =
                name.map_or("PATH".to_owned(), |own| format!("assumptions.{}", own.name.value));
            return Err(Refusal::Question(format!(
                "there is nothing to sweep: name a value of the scenario, for example\n  \
                 {OPTION} \"{path} = 0.1 to 0.9 in 9\""
            )));
        }
        if self.vary.len() > AXES {
            return Err(Refusal::Question(format!(
                "{} values are too many to sweep at once: at most {AXES}",
                self.vary.len()
            )));
        }
        self.vary.iter().map(|words| SweptAxis::read(words).map_err(Refusal::Question)).collect()
    }

    /// Refuses values that cannot stand in their place: for each axis, the first value that makes a
    /// mistake of a kind.
    fn check_values(&self, document: &Document, axes: &[SweptAxis]) -> Result<(), Refusal> {
        let mut wrong: Vec<(Document, Diagnostics)> = Vec::new();
        for axis in axes {
            let mut codes = Vec::new();
            for at in 0..axis.values.len() {
                let set = document.with(OPTION, &[axis.setting(at)]);
                let Err(mut found) = set.model(&self.policies[0], &self.worlds[0]) else {
                    continue;
                };
                found.retain(|item| !codes.contains(&item.code));
                codes.extend(found.iter().map(|item| item.code));
                if found.has_errors() {
                    wrong.push((set, found));
                }
            }
        }
        if wrong.is_empty() && axes.len() > 1 {
            let first: Vec<String> = axes.iter().map(|axis| axis.setting(0)).collect();
            let set = document.with(OPTION, &first);
            if let Err(found) = set.model(&self.policies[0], &self.worlds[0]) {
                wrong.push((set, found));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(Refusal::Values(wrong)) }
    }

    /// Refuses policies and worlds that put values of their own where others are swept.
    fn check_effect(&self, document: &Document, axes: &[SweptAxis]) -> Result<(), Refusal> {
        let first: Vec<String> = axes.iter().map(|axis| axis.setting(0)).collect();
        let set = document.with(OPTION, &first);
        let own = document.given().len();
        let policies =
            self.policies.iter().map(|policy| ("policy", policy, policy.as_str(), BASE_WORLD));
        let worlds = self.worlds.iter().map(|world| ("world", world, NO_POLICY, world.as_str()));
        for (what, name, policy, world) in policies.chain(worlds) {
            let replaced = set.replaced_under(policy, world);
            let swept = set.given().iter().skip(own);
            let lost = axes.iter().zip(swept).find(|(_, given)| {
                replaced.iter().any(|other| other.setting.path.span == given.setting.path.span)
            });
            if let Some((axis, _)) = lost {
                return Err(Refusal::Question(format!(
                    "`{OPTION} {}` has no effect under {what} `{name}`, which sets the same value\n  \
                     leave out the {what}, or sweep another value",
                    axis.path
                )));
            }
        }
        Ok(())
    }

    /// The plain model, and the cells of a settled question: world by world, value by value, policy by
    /// policy.
    fn grid(&self, source: &ScenarioSource, axes: &[SweptAxis]) -> Result<Grid, Refusal> {
        let mut grid = Grid::default();
        let plain = std::slice::from_ref(source);
        grid.add(plain, 0, &self.policies[0], &self.worlds[0])?;
        let set = |point: &Vec<usize>| {
            let settings = axes.iter().zip(point).map(|(axis, at)| axis.setting(*at));
            source.document.with(OPTION, &settings.collect::<Vec<_>>())
        };
        let documents: Vec<Document> = Self::points(axes).iter().map(set).collect();
        for world in &self.worlds {
            for document in &documents {
                for policy in &self.policies {
                    let model = document.model(policy, world);
                    let model =
                        model.map_err(|found| Refusal::Values(vec![(document.clone(), found)]))?;
                    let (scenario, policy) = (source.name.clone(), policy.clone());
                    grid.push(CellName { scenario, policy, world: world.clone() }, model);
                }
            }
        }
        Ok(grid)
    }
}

/// The measure or variable of a name, which may also be written as a path, `measures.x` or `state.x`; of a
/// label, one of its values, `phase:war`. The answer is the name without the path, as tables have it.
///
/// # Errors
///
/// That there is none, with the nearest name and all there are; of a label, what can be asked instead.
fn measure_called(model: &Model, name: &str) -> Result<String, String> {
    let all = ends(model);
    let known = || all.iter().filter(|end| end.kind != EndKind::Utility);
    let (place, own) = match (name.strip_prefix("measures."), name.strip_prefix("state.")) {
        (Some(own), _) => (Some(EndKind::Measure), own),
        (None, Some(own)) => (Some(EndKind::State), own),
        (None, None) => (None, name),
    };
    if let Some(end) = known().find(|end| end.name == own) {
        return match place.is_none_or(|place| place == end.kind) {
            true => Ok(own.to_owned()),
            false => Err(format!(
                "`{name}` does not exist; did you mean the {} `{own}`?",
                end.kind.word()
            )),
        };
    }
    let values = known().filter(|end| end.name.split_once(':').is_some_and(|(of, _)| of == own));
    let values: Vec<String> = values.map(|end| format!("`{}`", end.name)).collect();
    if !values.is_empty() {
        return Err(format!(
            "`{own}` is a label, and labels have no mean\n  ask how often it has a value: {}",
            values.join(", ")
        ));
    }
    Err(no_such("measure or variable", own, known().map(|end| end.name.as_str())))
}
