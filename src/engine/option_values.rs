//! What options are worth to whoever chooses.

use super::choice::{Contest, WeighedOption};
use crate::model::ChoiceRule;

/// The values of options, each over the imagined plays.
#[derive(Clone, Debug, Default)]
pub(super) struct OptionValues {
    /// V of each option, costs subtracted.
    pub means: Vec<f64>,
    /// V of each option in each imagined play; one value where nothing had to be imagined. There
    /// may be lists of further options behind those that have a mean, which are left from before.
    plays: Vec<Vec<f64>>,
    /// Which options may still be chosen.
    pub contest: Contest,
}

impl OptionValues {
    /// Forgets everything, for so many options.
    pub fn clear(&mut self, options: usize) {
        self.contest.begin(options);
        self.means.clear();
        self.means.resize(options, 0.0);
        if self.plays.len() < options {
            self.plays.resize_with(options, Vec::new);
        }
        self.plays.iter_mut().for_each(Vec::clear);
    }

    /// The values of option `index` over the plays in which it was imagined.
    pub fn of(&self, index: usize) -> &[f64] {
        &self.plays[index]
    }

    /// Room for the values of option `index` in so many further plays.
    pub fn further(&mut self, index: usize, plays: usize) -> &mut [f64] {
        let list = &mut self.plays[index];
        let from = list.len();
        list.resize(from + plays, 0.0);
        &mut list[from..]
    }

    /// Takes the mean of each option over its plays; that of an option that is beaten keeps its
    /// distance from the one that beat it.
    pub fn take_means(&mut self) {
        for (mean, plays) in self.means.iter_mut().zip(&self.plays) {
            *mean = plays.iter().sum::<f64>() / plays.len() as f64;
        }
        self.contest.complete(&mut self.means);
    }

    /// Takes those options out that cannot be expected to be chosen, given the Gumbel number of each.
    pub fn narrow(&mut self, rule: ChoiceRule<f64>, gumbels: &[f64]) {
        let left = (0..self.means.len()).filter(|option| self.contest.is_left(*option));
        let weighed = left.map(|option| WeighedOption {
            option,
            value: self.means[option],
            gumbel: gumbels[option],
            plays: &self.plays[option],
        });
        let options: Vec<_> = weighed.collect();
        rule.narrow(&options, &mut self.contest);
    }

    /// How many plays were imagined of an option, on average over the options.
    pub fn plays_of_each(&self) -> f64 {
        let plays = &self.plays[..self.means.len()];
        plays.iter().map(Vec::len).sum::<usize>() as f64 / plays.len() as f64
    }
}
