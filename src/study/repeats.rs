//! Trials played again with the same assumptions, to separate not knowing them from chance.

use super::goal::{Goal, named_outcomes};
use super::play::{Plan, Stopped, Watch, play_side_by_side};
use crate::engine::{Engine, TrialBlock};
use crate::model::Model;
use crate::stats::Split;

/// How many repeats of each draw of the assumptions ended in each outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeated {
    /// How many times each draw was played.
    pub repeats: u64,
    /// For each outcome, unresolved last, and each draw: how many of its repeats ended in it.
    pub outcomes: Vec<Vec<u64>>,
    /// For each actor, its mean utility at the end over the repeats of each
    /// draw; empty unless asked for.
    pub utilities: Vec<Vec<f64>>,
}

impl Repeated {
    /// Counts for a model that will be played `repeats` times for each draw.
    fn new(model: &Model, repeats: u64, utilities: bool) -> Self {
        let actors = if utilities { model.actors.len() } else { 0 };
        Repeated {
            repeats,
            outcomes: vec![Vec::new(); model.outcomes.len() + 1],
            utilities: vec![Vec::new(); actors],
        }
    }

    /// Adds the blocks of all repeats, which hold the same trials.
    fn add(&mut self, repeats: &[Vec<TrialBlock>]) {
        for leaves in repeats {
            for leaf in leaves {
                let end = leaf.first as usize + leaf.len;
                for counts in &mut self.outcomes {
                    counts.resize(end.max(counts.len()), 0);
                }
                for (row, outcome) in leaf.outcomes.iter().enumerate() {
                    self.outcomes[*outcome as usize][leaf.first as usize + row] += 1;
                }
                for (actor, means) in self.utilities.iter_mut().enumerate() {
                    means.resize(end.max(means.len()), 0.0);
                    for (row, utility) in leaf.utility(actor).iter().enumerate() {
                        means[leaf.first as usize + row] += utility / self.repeats as f64;
                    }
                }
            }
        }
    }

    /// The value of a goal that was checked, for each draw.
    pub fn values(&self, model: &Model, goal: &Goal) -> Vec<f64> {
        let share = |names: &[String], draw: usize| -> f64 {
            let named = named_outcomes(model, names);
            let times: u64 = named.map(|outcome| self.outcomes[outcome][draw]).sum();
            times as f64 / self.repeats as f64
        };
        let draws = 0..self.outcomes[0].len();
        match goal {
            Goal::Avoid(names) => draws.map(|draw| 1.0 - share(names, draw)).collect(),
            Goal::Seek(names) => draws.map(|draw| share(names, draw)).collect(),
            Goal::Actor(name) => {
                let actor = model.actors.iter().position(|actor| actor.name == *name);
                actor.map_or_else(Vec::new, |actor| self.utilities[actor].clone())
            }
        }
    }

    /// The variance of an outcome, split; none below two draws or two repeats.
    pub fn split(&self, outcome: usize, level: f64) -> Option<Split> {
        Split::new(&self.outcomes[outcome], self.repeats, level)
    }
}

/// Plays each draw of the assumptions several times under each model, all with common random
/// numbers: `plan.trials` draws, `repeats` times each. `take` receives the blocks of the first repeat
/// of the first model, in trial order: the trials of an ordinary run.
///
/// Memory grows with the number of draws, not with that of repeats.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the model and the repeat by
/// `model * repeats + repeat`.
pub fn repeat<E: Send>(
    models: &[Model],
    repeats: u16,
    utilities: bool,
    plan: Plan,
    watch: &dyn Watch,
    mut take: impl FnMut(&[TrialBlock]) -> Result<(), E> + Send,
) -> Result<Vec<Repeated>, Stopped<E>> {
    let mut references = Vec::new();
    for model in models {
        for play in 0..repeats {
            let reference = Engine::new(model, plan.seed, plan.engine).repeat(play);
            references.push(if utilities { reference.with_utilities() } else { reference });
        }
    }
    let mut all: Vec<Repeated> =
        models.iter().map(|model| Repeated::new(model, u64::from(repeats), utilities)).collect();
    play_side_by_side(&references, plan, watch, |wave| {
        take(&wave[0])?;
        for (counts, blocks) in all.iter_mut().zip(wave.chunks(usize::from(repeats))) {
            counts.add(blocks);
        }
        Ok(())
    })?;
    Ok(all)
}

/// The outcomes of the first trials of a run, and those of the same trials played again with other
/// random numbers but the same assumptions. They give a first estimate of how much of the variance is
/// not knowing the assumptions.
#[derive(Clone, Debug)]
pub struct Again {
    first: Vec<u32>,
    most: usize,
    pairs: Vec<[u64; 3]>,
}

impl Again {
    /// The smallest number of trials that are played again, if there are as many.
    const LEAST: u64 = 100;
    /// The largest number of trials that are played again.
    const MOST: u64 = 4_096;

    /// Prepares to play an eighth of the trials again, but at least 100 and at most 4,096.
    pub fn new(model: &Model, trials: u64) -> Self {
        let most = (trials / 8).clamp(Self::LEAST, Self::MOST).min(trials) as usize;
        Again { first: Vec::new(), most, pairs: vec![[0; 3]; model.outcomes.len() + 1] }
    }

    /// How many trials will be played again.
    pub fn trials(&self) -> u64 {
        self.most as u64
    }

    /// Records the outcomes of the run itself.
    pub fn note(&mut self, blocks: &[TrialBlock]) {
        for leaf in blocks {
            let room = self.most - self.first.len();
            self.first.extend(leaf.outcomes.iter().take(room));
        }
    }

    /// Plays the trials again.
    ///
    /// # Errors
    ///
    /// [`Stopped`].
    pub fn play(
        &mut self,
        model: &Model,
        plan: Plan,
        watch: &dyn Watch,
    ) -> Result<(), Stopped<std::convert::Infallible>> {
        let again = [Engine::new(model, plan.seed, plan.engine).repeat(1)];
        let plan = Plan { trials: self.trials(), ..plan };
        play_side_by_side(&again, plan, watch, |wave| {
            for leaf in &wave[0] {
                for (row, second) in leaf.outcomes.iter().enumerate() {
                    let first = self.first[leaf.first as usize + row];
                    for (outcome, pair) in self.pairs.iter_mut().enumerate() {
                        let outcome = outcome as u32;
                        let times = usize::from(first == outcome) + usize::from(*second == outcome);
                        pair[times] += 1;
                    }
                }
            }
            Ok(())
        })
    }

    /// The variance of an outcome, split by the pairs of trials.
    pub fn split(&self, outcome: usize, level: f64) -> Option<Split> {
        Split::from_pairs(self.pairs[outcome], level)
    }
}
