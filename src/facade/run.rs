//! Trials of a model, and what they say by name.

use super::column::RunColumn;
use super::difference::Difference;
use super::error::Error;
use crate::engine::{MAX_TRIALS, Recording};
use crate::format::count;
use crate::model::Model;
use crate::stats::{Interval, Paired, clopper_pearson};
use crate::study::{LEVEL, Plan, Watch, play, trial_batch, trial_columns};

/// The trials of a model: how they ended, and a column for each number that is known of them.
///
/// Every trial is kept, with 8 bytes for each number, so a run of a million trials of a large
/// scenario takes some hundred megabytes. [`crate::study::Tally`] folds trials as they come and
/// needs room for none of them.
///
/// ```
/// let text = r#"
///     format = 1
///     [scenario]
///     title = "A coin"
///     steps = 3
///     [state]
///     heads = { start = 0 }
///     [events.heads_up]
///     chance = 0.5
///     effects = { heads = "heads + 1" }
///     [[outcomes]]
///     id = "heads_thrice"
///     when = "heads == 3"
/// "#;
/// let run = demarche::Scenario::parse(text)?.model()?.run(4_000, 1)?;
/// assert!(run.interval("heads_thrice")?.contains(0.125));
/// let heads: f64 = run.column("state.heads")?.iter().sum();
/// assert!((heads / 4_000.0 - 1.5).abs() < 0.05);
/// let nearest = run.column("state.head").unwrap_err();
/// assert!(nearest.to_string().contains("did you mean `state.heads`?"));
/// # Ok::<(), demarche::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Run {
    policy: String,
    world: String,
    seed: u64,
    /// The outcomes, unresolved last.
    outcomes: Vec<CountedOutcome>,
    /// The outcome of each trial, as a position among them.
    ended: Vec<u32>,
    columns: Vec<RunColumn>,
}

#[derive(Clone, Debug)]
struct CountedOutcome {
    id: String,
    title: String,
    count: u64,
}

/// How often trials ended in an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutcomeShare<'r> {
    /// The outcome's id in the file; `unresolved` for trials in which no outcome held.
    pub id: &'r str,
    /// Its title.
    pub title: &'r str,
    /// In how many trials it came about.
    pub count: u64,
    /// In which share of them, in 0..=1.
    pub share: f64,
    /// The 95 % interval of its probability (Clopper & Pearson 1934).
    pub interval: Interval,
}

impl Model {
    /// Plays trials on all cores.
    ///
    /// The same model, number of trials, seed and version of this crate give the same run on every
    /// machine. Trials of the same number and seed have the same luck under every policy and in
    /// every world, so that runs can be compared: see [`Run::compare`].
    ///
    /// # Errors
    ///
    /// If a formula gives a value that cannot be used ([`Error::is_numerical`]), or the number of
    /// trials is not 1 to 2⁴⁰.
    pub fn run(&self, trials: u64, seed: u64) -> Result<Run, Error> {
        let plan = Plan { seed, trials, ..Plan::default() };
        self.run_watched(plan, &())
    }

    /// Plays trials as a plan says, while someone watches who may stop it.
    ///
    /// ```
    /// use demarche::study::{Plan, Watch};
    ///
    /// struct Impatient;
    /// impl Watch for Impatient {
    ///     fn carry_on(&self) -> bool {
    ///         false
    ///     }
    /// }
    ///
    /// let model = demarche::Scenario::open("scenarios/border-crisis.toml")?.model()?;
    /// let plan = Plan { seed: 1, trials: 100, threads: Some(2), ..Plan::default() };
    /// assert!(model.run_watched(plan, &Impatient).unwrap_err().is_interrupted());
    /// assert_eq!(model.run_watched(plan, &())?.trials(), 100);
    /// # Ok::<(), demarche::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Model::run`], and if it was stopped ([`Error::is_interrupted`]).
    pub fn run_watched(&self, plan: Plan, watch: &dyn Watch) -> Result<Run, Error> {
        if !(1..=MAX_TRIALS).contains(&plan.trials) {
            return Err(Error::request(format!(
                "a run has 1 to {} trials, not {}",
                count(MAX_TRIALS),
                count(plan.trials)
            )));
        }
        let plan = Plan { recording: Recording::End, ..plan };
        let mut run = Run::empty(self, plan.seed);
        play(self, plan, watch, |blocks| {
            for block in blocks {
                run.ended.extend_from_slice(&block.outcomes);
                let batch = trial_batch(self, block).columns;
                run.columns.iter_mut().zip(batch).for_each(|(column, part)| column.extend(part));
            }
            Ok::<(), Error>(())
        })?;
        for outcome in &run.ended {
            run.outcomes[*outcome as usize].count += 1;
        }
        Ok(run)
    }
}

impl Run {
    fn empty(model: &Model, seed: u64) -> Self {
        let outcomes = (0..=model.outcomes.len()).map(|index| CountedOutcome {
            id: model.outcome_id(index).to_owned(),
            title: model.outcome_title(index).to_owned(),
            count: 0,
        });
        Run {
            policy: model.policy.clone(),
            world: model.world.clone(),
            seed,
            outcomes: outcomes.collect(),
            ended: Vec::new(),
            columns: trial_columns(model).into_iter().map(RunColumn::new).collect(),
        }
    }

    /// How many trials were played.
    pub fn trials(&self) -> u64 {
        self.ended.len() as u64
    }

    /// The seed of its random numbers.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The policy in force, `none` without one.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The world that held, `base` without one.
    pub fn world(&self) -> &str {
        &self.world
    }

    /// How often each outcome came about, in the order of the file; `unresolved` last.
    pub fn outcomes(&self) -> impl Iterator<Item = OutcomeShare<'_>> {
        self.outcomes.iter().map(|outcome| OutcomeShare {
            id: &outcome.id,
            title: &outcome.title,
            count: outcome.count,
            share: outcome.count as f64 / self.trials() as f64,
            interval: clopper_pearson(outcome.count, self.trials(), LEVEL, 1),
        })
    }

    /// The share of trials that ended in an outcome, by its id, in 0..=1.
    ///
    /// # Errors
    ///
    /// If there is no such outcome.
    pub fn share(&self, outcome: &str) -> Result<f64, Error> {
        Ok(self.outcome(outcome)?.share)
    }

    /// The 95 % interval of an outcome's probability (Clopper & Pearson 1934): what more trials of the same
    /// scenario could still change. It says nothing of whether the scenario is right.
    ///
    /// # Errors
    ///
    /// If there is no such outcome.
    pub fn interval(&self, outcome: &str) -> Result<Interval, Error> {
        Ok(self.outcome(outcome)?.interval)
    }

    /// The id of the outcome of a trial, counted from 0; `None` for a trial that was not played.
    pub fn outcome_of(&self, trial: u64) -> Option<&str> {
        let at = *self.ended.get(usize::try_from(trial).ok()?)?;
        Some(&self.outcomes[at as usize].id)
    }

    /// The names of the columns, which are those of `trials.csv`: `trial`, `outcome`, `end_step`,
    /// then `assumptions.…`, `state.…` and `measures.…` at the end of the trial, then
    /// `first.…`, the step in which something first happened.
    pub fn columns(&self) -> impl Iterator<Item = &str> + Clone {
        self.columns.iter().map(RunColumn::name)
    }

    /// A column of numbers, one a trial. A flag is 1 or 0, and the step in which something first
    /// happened is NaN where it did not.
    ///
    /// # Errors
    ///
    /// If there is no such column, or it holds labels.
    pub fn column(&self, name: &str) -> Result<&[f64], Error> {
        self.find(name)?.numbers().ok_or_else(|| {
            Error::request(format!("`{name}` holds labels, not numbers: ask for its `labels`"))
        })
    }

    /// A column of labels, one a trial.
    ///
    /// # Errors
    ///
    /// If there is no such column, or it holds numbers.
    pub fn labels(&self, name: &str) -> Result<impl Iterator<Item = &str>, Error> {
        self.find(name)?.labels().ok_or_else(|| {
            Error::request(format!("`{name}` holds numbers, not labels: ask for its `column`"))
        })
    }

    /// How much more often an outcome came about in another run that played the same trials, say
    /// under another policy: its share there less its share here.
    ///
    /// Both runs have the same luck, so the difference is known much better than from two
    /// independent runs.
    ///
    /// # Errors
    ///
    /// If the runs differ in their seed or number of trials, or one of them does not have the
    /// outcome.
    pub fn compare(&self, other: &Run, outcome: &str) -> Result<Difference, Error> {
        for (what, here, there) in
            [("seed", self.seed, other.seed), ("number of trials", self.trials(), other.trials())]
        {
            if here != there {
                return Err(Error::request(format!(
                    "only runs of one {what} can be compared, not of {here} and {there}"
                )));
            }
        }
        let (here, there) = (self.position(outcome)?, other.position(outcome)?);
        let mut counts = Paired { n: self.trials(), ..Paired::default() };
        for (a, b) in self.ended.iter().zip(&other.ended) {
            match (*a as usize == here, *b as usize == there) {
                (true, true) => counts.both += 1,
                (true, false) => counts.only_a += 1,
                (false, true) => counts.only_b += 1,
                (false, false) => {}
            }
        }
        Ok(Difference::of(counts))
    }

    fn outcome(&self, id: &str) -> Result<OutcomeShare<'_>, Error> {
        let mut outcomes = self.outcomes();
        outcomes.find(|outcome| outcome.id == id).ok_or_else(|| self.no_outcome(id))
    }

    fn position(&self, id: &str) -> Result<usize, Error> {
        let found = self.outcomes.iter().position(|outcome| outcome.id == id);
        found.ok_or_else(|| self.no_outcome(id))
    }

    fn no_outcome(&self, id: &str) -> Error {
        Error::name("outcome", id, self.outcomes.iter().map(|outcome| outcome.id.as_str()))
    }

    fn find(&self, name: &str) -> Result<&RunColumn, Error> {
        let mut columns = self.columns.iter();
        columns
            .find(|column| column.name() == name)
            .ok_or_else(|| Error::name("column", name, self.columns()))
    }
}
