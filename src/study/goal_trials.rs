//! How well policies do in each world by a goal, trial by trial, so that any two can be told apart.

use serde::{Deserialize, Serialize};

use super::goal::Goal;
use crate::engine::TrialBlock;
use crate::model::Model;
use crate::stats::{Interval, Paired, PairedMean, clopper_pearson};

/// The goals by which policies are judged over several worlds.
#[derive(Clone, Debug, Default)]
pub struct GoalsAsked<'g> {
    /// The goals, which were checked.
    pub goals: &'g [Goal],
    /// For each policy, the indices of the models under it: one in each world, in the same order.
    pub policies: Vec<Vec<usize>>,
}

/// How well several models do by a goal on the same trials: what is needed to compare each with each.
///
/// Models are named by their indices. Two of the same policy are not compared: worlds are no choice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GoalTrials {
    goal: Goal,
    /// For each policy, the models under it, one in each world.
    policies: Vec<Vec<usize>>,
    trials: u64,
    own: Vec<PairedMean>,
    /// The mean over the worlds under each policy.
    own_means: Vec<PairedMean>,
    apart: Vec<Apart>,
    means: Vec<(usize, usize, PairedMean)>,
}

/// Two models under different policies, in the same world or in two.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Apart {
    a: usize,
    b: usize,
    /// In how many trials both reach the goal, where it is reached or not.
    both: u64,
    differences: PairedMean,
}

impl GoalTrials {
    /// For a goal that was checked. `policies` has, for each policy, the models under it, one in each
    /// world; `models` is how many models there are. The trials that are added begin with `first`.
    pub(super) fn new(goal: &Goal, policies: &[Vec<usize>], models: usize, first: u64) -> Self {
        let policies = policies.to_vec();
        let (mut apart, mut means) = (Vec::new(), Vec::new());
        for q in 0..policies.len() {
            for p in 0..q {
                means.push((p, q, PairedMean::from(first)));
                for a in &policies[p] {
                    for b in &policies[q] {
                        let differences = PairedMean::from(first);
                        apart.push(Apart { a: *a, b: *b, both: 0, differences });
                    }
                }
            }
        }
        let own = vec![PairedMean::from(first); models];
        let own_means = vec![PairedMean::from(first); policies.len()];
        GoalTrials { goal: goal.clone(), policies, trials: 0, own, own_means, apart, means }
    }

    /// Adds the blocks of all models, which hold the same trials.
    pub(super) fn add(&mut self, models: &[Model], wave: &[Vec<TrialBlock>]) {
        for leaf in 0..wave[0].len() {
            let each = models.iter().zip(wave);
            let values: Vec<Vec<f64>> =
                each.map(|(model, leaves)| self.goal.read(model, &leaves[leaf])).collect();
            self.trials += values[0].len() as u64;
            for (own, values) in self.own.iter_mut().zip(&values) {
                own.add_all(values);
            }
            for pair in &mut self.apart {
                let trials = values[pair.a].iter().zip(&values[pair.b]);
                if self.goal.is_probability() {
                    pair.both += trials.clone().filter(|(a, b)| **a * **b > 0.0).count() as u64;
                }
                pair.differences.add_all(&trials.map(|(a, b)| a - b).collect::<Vec<_>>());
            }
            let means: Vec<Vec<f64>> = self.policies.iter().map(|own| mean(own, &values)).collect();
            for (own, means) in self.own_means.iter_mut().zip(&means) {
                own.add_all(means);
            }
            for (p, q, differences) in &mut self.means {
                let trials = means[*p].iter().zip(&means[*q]);
                differences.add_all(&trials.map(|(p, q)| p - q).collect::<Vec<_>>());
            }
        }
    }

    /// Joins the trials that follow.
    pub(super) fn join(&mut self, later: Self) {
        self.trials += later.trials;
        self.own.iter_mut().zip(later.own).for_each(|(own, later)| own.join(later));
        let means = self.own_means.iter_mut().zip(later.own_means);
        means.for_each(|(own, later)| own.join(later));
        for (own, later) in self.apart.iter_mut().zip(later.apart) {
            own.both += later.both;
            own.differences.join(later.differences);
        }
        let means = self.means.iter_mut().zip(later.means);
        means.for_each(|((.., own), (.., later))| own.join(later));
    }

    /// How many intervals of differences there are: of all pairs of models that are compared, and of the
    /// means over worlds. At least 1.
    pub fn comparisons(&self) -> u64 {
        ((self.apart.len() + self.means.len()) as u64).max(1)
    }

    /// An interval for the value of a model, within 0..=1; for itself where `comparisons` is 1.
    pub fn own(&self, model: usize, level: f64, comparisons: u64) -> Interval {
        let own = &self.own[model];
        if self.goal.is_probability() {
            return clopper_pearson(own.differing(), self.trials, level, comparisons);
        }
        within(own.interval(Some(1.0), level, comparisons))
    }

    /// An interval for the mean over the worlds of a policy, by its index, within 0..=1.
    pub fn mean(&self, policy: usize, level: f64) -> Interval {
        if !self.goal.is_probability() {
            return within(self.own_means[policy].interval(Some(1.0), level, 1));
        }
        // If the intervals of all worlds hold at once, so does their mean.
        let cells = &self.policies[policy];
        mean_of(cells.iter().map(|cell| self.own(*cell, level, cells.len() as u64)))
    }

    /// For each model and each other one, an interval for the value of the first less that of the
    /// second; all differences where they are not compared.
    pub fn apart(&self, level: f64, comparisons: u64) -> Vec<Vec<Interval>> {
        let mut all = vec![vec![ANYTHING; self.own.len()]; self.own.len()];
        for pair in &self.apart {
            let known = if self.goal.is_probability() {
                let only = |at: usize| self.own[at].differing() - pair.both;
                let (only_a, only_b) = (only(pair.b), only(pair.a));
                let paired = Paired { n: self.trials, both: pair.both, only_a, only_b };
                paired.interval(level, comparisons)
            } else {
                pair.differences.interval(Some(1.0), level, comparisons).unwrap_or(ANYTHING)
            };
            all[pair.a][pair.b] = known;
            all[pair.b][pair.a] = opposite(known);
        }
        all
    }

    /// For each policy and each other one, by their indices, an interval for the mean over the worlds
    /// of the first less that of the second. `apart` are the intervals of [`GoalTrials::apart`] with the
    /// same level and as many comparisons: if they hold at once, so do their means.
    pub fn means_apart(
        &self,
        apart: &[Vec<Interval>],
        level: f64,
        comparisons: u64,
    ) -> Vec<Vec<Interval>> {
        let mut all = vec![vec![ANYTHING; self.policies.len()]; self.policies.len()];
        for (p, q, differences) in &self.means {
            let own = differences.interval(Some(1.0), level, comparisons).unwrap_or(ANYTHING);
            let worlds = self.policies[*p].iter().zip(&self.policies[*q]);
            let by_world = mean_of(worlds.map(|(a, b)| apart[*a][*b]));
            let low = own.low.max(by_world.low);
            let known = Interval { low, high: own.high.min(by_world.high).max(low) };
            all[*p][*q] = known;
            all[*q][*p] = opposite(known);
        }
        all
    }

    /// The model under a policy in a world, both by their indices.
    pub fn model(&self, policy: usize, world: usize) -> usize {
        self.policies[policy][world]
    }
}

/// All differences of values within 0..=1.
const ANYTHING: Interval = Interval { low: -1.0, high: 1.0 };

/// The part of an interval that lies within 0..=1, which is all of that if nothing is known.
fn within(known: Option<Interval>) -> Interval {
    known.map_or(Interval { low: 0.0, high: 1.0 }, |known| Interval {
        low: known.low.clamp(0.0, 1.0),
        high: known.high.clamp(0.0, 1.0),
    })
}

/// The mean of some intervals, of which there is at least one.
fn mean_of(all: impl ExactSizeIterator<Item = Interval>) -> Interval {
    let count = all.len() as f64;
    let sum = all.fold((0.0, 0.0), |sum, known| (sum.0 + known.low, sum.1 + known.high));
    Interval { low: sum.0 / count, high: sum.1 / count }
}

fn opposite(known: Interval) -> Interval {
    Interval { low: -known.high, high: -known.low }
}

/// The mean over some models, trial by trial.
fn mean(models: &[usize], values: &[Vec<f64>]) -> Vec<f64> {
    let of = |trial: usize| models.iter().map(|model| values[*model][trial]).sum::<f64>();
    (0..values[0].len()).map(|trial| of(trial) / models.len() as f64).collect()
}
