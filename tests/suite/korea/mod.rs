//! The scenario of Korea in September 2017: the facts it contains, the signs of the effects of
//! changes, the moves and outcomes it allows, and the papers of both editions.

mod facts;
mod moves;
mod paper;
mod second;
mod signs;
mod statements;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use demarche::engine::TrialBlock;
use demarche::model::{Document, Model};
use demarche::numeric::student_quantile;
use demarche::study::{Plan, play};

use crate::play::{first, option, option_at, recorded};
use crate::shortened::shortened;

/// The number of trials; enough to detect the signs that are tested here.
const TRIALS: u64 = 100;

/// Worlds and policies that are used only by the tests.
const VARIANTS: &str = include_str!("variants.toml");

/// The text of the scenario, second edition.
fn file() -> String {
    text("korea-2017.toml")
}

/// The text of a scenario file.
fn text(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    fs::read_to_string(format!("{folder}/{name}")).expect("readable")
}

/// The scenario with four imagined plays of each option and the variants of the tests, played for so many
/// months.
fn with_variants(months: u32) -> Document {
    let text = format!("{}\n{VARIANTS}", file());
    shortened(&Document::read("korea-2017.toml", text.as_bytes()), months, "4")
}

/// How many months a trial has.
const MONTHS: u32 = 16;
/// How many months are played where only the first text and the first answers are looked at.
const OPENING: u32 = 2;

/// How many trials are played at a time where moves are counted, which is done over so many: fewer tell better how far
/// counts vary, but take longer.
const GROUP: u64 = 10;

/// How trials are played.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct How {
    seed: u64,
    trials: u64,
    months: u32,
    /// How many are played at a time.
    group: u64,
}

impl How {
    /// All trials at a time, in which moves cannot be told apart.
    fn at_once(seed: u64, trials: u64, months: u32) -> Self {
        How { seed, trials, months, group: trials }
    }

    /// In groups, by which moves are counted.
    fn in_groups(trials: u64) -> Self {
        How { seed: 1, trials, months: MONTHS, group: GROUP }
    }
}

/// Played trials, in groups. What is recorded of each trial has one number a trial, what is counted of moves
/// one a group.
struct Run {
    model: Model,
    groups: Vec<TrialBlock>,
}

impl Run {
    fn new(policy: &str, world: &str, how: How) -> Self {
        let document = with_variants(how.months);
        let model = document.model(policy, world).unwrap_or_else(|found| {
            let all: Vec<String> = found.iter().map(|item| format!("{item:?}")).collect();
            panic!("{policy}, {world}: {}", all.join("\n"))
        });
        let plan =
            Plan { seed: how.seed, trials: how.trials, block: Some(how.group), ..Plan::default() };
        let mut groups = Vec::new();
        let all = play(&model, plan, &(), |blocks: &[TrialBlock]| {
            groups.extend_from_slice(blocks);
            Ok::<(), Infallible>(())
        });
        all.expect("no accident");
        Run { model, groups }
    }

    /// One number a group: the mean over its trials.
    fn each(&self, of: impl Fn(&TrialBlock) -> u64) -> Vec<f64> {
        self.groups.iter().map(|group| of(group) as f64 / group.len as f64).collect()
    }

    /// One of the counts (open, taken or accepted) summed over these options, a trial, by group.
    fn counts(&self, options: &[&str], which: impl Fn((u64, u64, u64)) -> u64) -> Vec<f64> {
        let count = |group: &TrialBlock, name: &&str| which(option(&self.model, group, name));
        self.each(|group| options.iter().map(|name| count(group, name)).sum())
    }

    /// How often one of these options was taken.
    fn taken(&self, options: &[&str]) -> Vec<f64> {
        self.counts(options, |(_, taken, _)| taken)
    }

    /// How often one of these proposals was accepted.
    fn accepted(&self, options: &[&str]) -> Vec<f64> {
        self.counts(options, |(_, _, accepted)| accepted)
    }

    /// The share of these proposals that were accepted, over all trials, split
    /// by trial as [`ratio`] does.
    fn yes(&self, options: &[&str]) -> Vec<f64> {
        ratio(&self.accepted(options), &self.taken(options))
    }

    /// The share of the months with these options open in which they were taken, split
    /// in the same way.
    fn rate(&self, options: &[&str]) -> Vec<f64> {
        ratio(&self.taken(options), &self.counts(options, |(open, _, _)| open))
    }

    /// The mean of a recorded column over the ends of all months, by trial.
    fn mean(&self, column: &str) -> Vec<f64> {
        let months = self.model.truth.steps as usize;
        let ends: Vec<Vec<f64>> = (0..months).map(|month| self.at_end_of(month, column)).collect();
        let mean = |trial: usize| ends.iter().map(|all| all[trial]).sum::<f64>() / months as f64;
        (0..ends[0].len()).map(mean).collect()
    }

    /// How often one of these options was taken in the last month of the run, by group.
    fn taken_last(&self, options: &[&str]) -> Vec<f64> {
        let last = self.model.truth.steps as usize - 1;
        let count = |group: &TrialBlock, name: &&str| option_at(&self.model, group, name, last).1;
        self.each(|group| options.iter().map(|name| count(group, name)).sum())
    }

    /// A recorded column at the end of a month, by trial.
    fn at_end_of(&self, step: usize, column: &str) -> Vec<f64> {
        let values = |group| recorded(&self.model, group, column, step + 1).to_vec();
        self.groups.iter().flat_map(values).collect()
    }

    /// Whether something happened, by trial.
    fn happened(&self, name: &str) -> Vec<f64> {
        let firsts = self.groups.iter().flat_map(|group| first(&self.model, group, name));
        firsts.map(|first| f64::from(first.is_some())).collect()
    }

    /// The outcome in which each trial ended, if there is one.
    fn ends(&self) -> impl Iterator<Item = Option<&str>> {
        let all = self.groups.iter().flat_map(|group| &group.outcomes);
        all.map(|outcome| Some(self.model.outcomes.get(*outcome as usize)?.id.as_str()))
    }

    /// Whether the trial ended in one of these outcomes, by trial.
    fn ended(&self, ids: &[&str]) -> Vec<f64> {
        self.ends().map(|end| f64::from(end.is_some_and(|id| ids.contains(&id)))).collect()
    }
}

/// A ratio of sums, split into one number a group: the mean of these numbers is the
/// ratio, and their spread gives its standard error (linearised).
fn ratio(above: &[f64], below: &[f64]) -> Vec<f64> {
    let (all, of) = (above.iter().sum::<f64>(), below.iter().sum::<f64>());
    assert!(of > 0.0, "nothing to divide by");
    let (ratio, each) = (all / of, of / below.len() as f64);
    above.iter().zip(below).map(|(a, b)| ratio + (a - ratio * b) / each).collect()
}

/// A difference over paired trials or groups.
struct Difference {
    mean: f64,
    /// Half of its 95 % interval, by Student's t.
    half: f64,
}

fn difference(with: &[f64], without: &[f64]) -> Difference {
    assert_eq!(with.len(), without.len());
    let n = with.len() as f64;
    let each: Vec<f64> = with.iter().zip(without).map(|(a, b)| a - b).collect();
    let mean = each.iter().sum::<f64>() / n;
    let variance = each.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    Difference { mean, half: student_quantile(0.975, n - 1.0) * (variance / n).sqrt() }
}

/// A run that is played by the first test that needs it, while others wait.
type Once = Arc<OnceLock<Arc<Run>>>;

/// Trials of a policy in a world, played once for all tests.
fn played(policy: &str, world: &str, how: How) -> Arc<Run> {
    type RunKey = (String, String, How);
    static RUNS: LazyLock<Mutex<BTreeMap<RunKey, Once>>> = LazyLock::new(Mutex::default);
    let cell = {
        let mut runs = RUNS.lock().expect("no test panics while it holds this");
        runs.entry((policy.to_owned(), world.to_owned(), how)).or_default().clone()
    };
    cell.get_or_init(|| Arc::new(Run::new(policy, world, how))).clone()
}

/// The trials of a policy in a world.
fn run(policy: &str, world: &str) -> Arc<Run> {
    played(policy, world, How::in_groups(TRIALS))
}

/// The first months of these trials.
fn opening(policy: &str, world: &str) -> Arc<Run> {
    played(policy, world, How::at_once(1, TRIALS, OPENING))
}

/// Nobody sees the end, so that a run of two months is the beginning of one of sixteen.
#[test]
fn the_opening_is_the_beginning_of_the_run() {
    let (whole, opening) = (run("none", "base"), opening("none", "base"));
    for state in &whole.model.states {
        let name = &state.series.name;
        for month in 0..OPENING as usize {
            assert_eq!(whole.at_end_of(month, name), opening.at_end_of(month, name), "{name}");
        }
    }
}
