//! A scenario with other values in place of its own, played at many points: for methods that choose the
//! points themselves, such as designs of experiments.

use super::error::InquiryError;
use super::resources::Resources;
use super::scenario_text::ScenarioText;
use crate::diagnostic::no_such;
use crate::engine::MAX_TRIALS;
use crate::format::count;
use crate::model::{Document, Model};
use crate::study::{EndKind, Onward, Plan, Watch, compare, ends};
use crate::verbs::{Halt, SettingOptions, TRIALS};

/// A point at which a scenario is played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenPoint {
    /// The values in place of those of the file, such as `assumptions.cost=0.5`.
    pub settings: Vec<String>,
    /// The policy in force.
    pub policy: String,
    /// The world that holds.
    pub world: String,
}

/// How trials went at each of several points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointsPlayed {
    /// How many trials were played at each point.
    pub trials: u64,
    /// What is told of each point: the ids of the outcomes, of which it is the share of trials, in 0..1, and
    /// `state.NAME`, `measures.NAME` and `utility.ACTOR`, of which it is the mean over the trials at their end.
    pub names: Vec<String>,
    /// The numbers at each point, in the order of the names; `None` where there is no mean.
    pub values: Vec<Vec<Option<f64>>>,
}

/// How many points are played side by side, so that small numbers of trials keep all threads busy and memory
/// does not grow with the number of points.
const TOGETHER: usize = 16;

/// A scenario that is to be played at several points, the same number of trials at each and all with the same
/// random numbers.
#[derive(Clone, Debug)]
pub struct PointsAsked {
    document: Document,
    points: Vec<ChosenPoint>,
    trials: u64,
    seed: u64,
}

impl PointsAsked {
    /// Asks for so many trials at each point; without a number, for as many as the file says. Of the scenario
    /// only what is played is checked, so that asking for one point after another stays cheap.
    ///
    /// # Errors
    ///
    /// If there is no such policy or world, or no such number of trials.
    pub fn of(
        text: &ScenarioText,
        points: Vec<ChosenPoint>,
        trials: Option<u64>,
        seed: u64,
    ) -> Result<Self, InquiryError> {
        let document = text.document();
        for point in &points {
            point.check(&document)?;
        }
        let trials = match (trials, points.first()) {
            (None, Some(first)) => first.compiled(&document)?.trials,
            (trials, _) => trials,
        };
        let trials = trials.unwrap_or(TRIALS);
        if !(1..=MAX_TRIALS).contains(&trials) {
            return Err(InquiryError::Question(format!(
                "a point has 1 to {} trials, not {}",
                count(MAX_TRIALS),
                count(trials)
            )));
        }
        Ok(PointsAsked { document, points, trials, seed })
    }

    /// How many trials are played at all points together.
    pub fn trials(&self) -> u64 {
        self.trials.saturating_mul(self.points.len() as u64)
    }

    /// Plays the trials.
    ///
    /// # Errors
    ///
    /// If a value cannot stand in its place, which is told of the first such point, or playing stops.
    pub fn play(
        &self,
        resources: &Resources,
        watch: &dyn Watch,
    ) -> Result<PointsPlayed, InquiryError> {
        let plan = Plan {
            seed: self.seed,
            trials: self.trials,
            threads: resources.threads.map(usize::from),
            block: resources.block,
            engine: resources.engine,
            ..Plan::default()
        };
        let mut played = PointsPlayed { trials: self.trials, ..PointsPlayed::default() };
        for points in self.points.chunks(TOGETHER) {
            let compiled = points.iter().map(|point| point.compiled(&self.document));
            let models: Vec<Model> = compiled.collect::<Result<_, _>>()?;
            if played.names.is_empty() {
                played.names = names(&models[0]);
            }
            let before = self.trials.saturating_mul(played.values.len() as u64);
            let onward = Onward::new(watch, before, &[]);
            let (cells, _) = compare(&models, &[], plan, &onward).map_err(|stopped| {
                Halt::of(stopped, |which| format!("\n  at       {}", points[which].words()))
            })?;
            for (model, cell) in models.iter().zip(&cells) {
                let shares = (0..=model.outcomes.len()).map(|outcome| Some(cell.share(outcome)));
                let means = cell.ends.iter().map(|moments| moments.mean());
                played.values.push(shares.chain(means).collect());
            }
        }
        Ok(played)
    }
}

/// What is told of each point of a model.
fn names(model: &Model) -> Vec<String> {
    let outcomes = model.outcome_ids().map(str::to_owned);
    let ends = ends(model).into_iter().map(|end| {
        let place = match end.kind {
            EndKind::State => "state",
            EndKind::Measure => "measures",
            EndKind::Utility => "utility",
        };
        format!("{place}.{}", end.name)
    });
    outcomes.chain(ends).collect()
}

impl ChosenPoint {
    /// Refuses a policy or a world that there is not.
    fn check(&self, document: &Document) -> Result<(), InquiryError> {
        let named = [
            ("policy", &self.policy, document.policies()),
            ("world", &self.world, document.worlds()),
        ];
        for (what, name, known) in named {
            if !known.contains(&name.as_str()) {
                return Err(InquiryError::Question(no_such(what, name, known.iter().copied())));
            }
        }
        Ok(())
    }

    /// The scenario with the values of the point.
    fn compiled(&self, document: &Document) -> Result<Model, InquiryError> {
        let set = document.with(SettingOptions::OPTION, &self.settings);
        let model = set.model(&self.policy, &self.world);
        model.map_err(|found| InquiryError::Mistakes(vec![(set.clone(), found)]))
    }

    /// The point as a line of a message.
    fn words(&self) -> String {
        let under = format!("policy {}, world {}", self.policy, self.world);
        self.settings.iter().fold(under, |words, setting| format!("{words}, {setting}"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::{BASE_WORLD, NO_POLICY};

    /// A coin that is thrown once and shows heads with a chance that is an assumption.
    const COIN: &str = "format = 1\nscenario = { steps = 1, trials = 4000 }\n\
        assumptions = { p = 'uniform(0, 1)' }\nstate = { heads = { start = 0 } }\n\
        events = { throw = { chance = 'clamp(p, 0, 1)', effects = { heads = 1 } } }\n\
        outcomes = [{ id = 'up', when = 'heads == 1' }]\n\
        [policies.weighted]\nset = { 'assumptions.p' = 0.9 }";

    fn coin() -> ScenarioText {
        ScenarioText { path: PathBuf::from("coin.toml"), bytes: COIN.as_bytes().to_vec() }
    }

    fn point(p: &str, policy: &str) -> ChosenPoint {
        let settings = vec![format!("assumptions.p={p}")];
        ChosenPoint { settings, policy: policy.to_owned(), world: BASE_WORLD.to_owned() }
    }

    fn play(points: Vec<ChosenPoint>, trials: Option<u64>) -> Result<PointsPlayed, InquiryError> {
        PointsAsked::of(&coin(), points, trials, 1)?.play(&Resources::default(), &())
    }

    #[test]
    fn each_point_has_the_values_that_are_set_there_and_the_same_luck() {
        let points =
            vec![point("0", NO_POLICY), point("0.25", NO_POLICY), point("0.25", "weighted")];
        let asked = PointsAsked::of(&coin(), points.clone(), None, 1).unwrap();
        assert_eq!(asked.trials(), 12_000);
        let played = play(points, None).unwrap();
        assert_eq!(played.trials, 4_000);
        assert_eq!(played.names, ["up", "unresolved", "state.heads"]);
        let ups: Vec<f64> = played.values.iter().map(|own| own[0].unwrap()).collect();
        assert_eq!(ups[0], 0.0);
        assert!((ups[1] - 0.25).abs() < 0.03 && (ups[2] - 0.9).abs() < 0.03, "{ups:?}");
        for own in &played.values {
            let up = own[0].unwrap();
            assert!((up + own[1].unwrap() - 1.0).abs() < 1e-12);
            assert!((up - own[2].unwrap()).abs() < 1e-12, "a mean of flags is their share");
        }
        // More points than are played at a time.
        let many = play(vec![point("0.25", NO_POLICY); TOGETHER + 1], Some(4_000)).unwrap();
        assert!(many.values.iter().all(|own| *own == played.values[1]));
    }

    #[test]
    fn what_cannot_be_played_is_told() {
        let error =
            |points: Vec<ChosenPoint>, trials| play(points, trials).unwrap_err().to_string();
        assert!(error(vec![point("'much'", NO_POLICY)], None).contains("--set"));
        assert!(error(vec![point("1", "wieghted")], None).contains("did you mean `weighted`?"));
        assert!(error(vec![point("1", NO_POLICY)], Some(0)).starts_with("a point has 1 to "));
        assert_eq!(play(vec![], None).unwrap().values, Vec::<Vec<Option<f64>>>::new());
    }
}
