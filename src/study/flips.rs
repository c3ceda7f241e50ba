//! Which outcomes become which under another model.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::stats::Paired;

/// How many trials are kept as examples of each flip.
pub const EXAMPLES: usize = 5;

/// How many trials ended in which outcome under a and in which under b. Only pairs that some trial
/// had take memory: there may be thousands of outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flips(BTreeMap<(usize, usize), Flip>);

/// The trials with the same outcome under a and the same under b.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Flip {
    count: u64,
    examples: Vec<u64>,
}

impl Flips {
    /// Counts a trial that ended in outcome `a` under a and in `b` under b.
    pub fn add(&mut self, a: usize, b: usize, trial: u64) {
        let flip = self.0.entry((a, b)).or_default();
        flip.count += 1;
        if flip.examples.len() < EXAMPLES {
            flip.examples.push(trial);
        }
    }

    /// Joins the trials that follow.
    pub(super) fn join(&mut self, later: Self) {
        for (what, own) in later.0 {
            let flip = self.0.entry(what).or_default();
            flip.count += own.count;
            let missing = EXAMPLES.saturating_sub(flip.examples.len());
            flip.examples.extend(own.examples.into_iter().take(missing));
        }
    }

    /// For pairs of an outcome under a and the one that counts as the same under b, how many trials had it under
    /// both and under one only.
    pub fn paired(&self, same: &[(usize, usize)]) -> Vec<Paired> {
        let (mut under_a, mut under_b, mut n) = (BTreeMap::new(), BTreeMap::new(), 0);
        for (a, b, count) in self.iter() {
            *under_a.entry(a).or_insert(0) += count;
            *under_b.entry(b).or_insert(0) += count;
            n += count;
        }
        let of =
            |all: &BTreeMap<usize, u64>, outcome: &usize| all.get(outcome).map_or(0, |own| *own);
        let paired = |(a, b): &(usize, usize)| {
            let both = self.count(*a, *b);
            Paired { n, both, only_a: of(&under_a, a) - both, only_b: of(&under_b, b) - both }
        };
        same.iter().map(paired).collect()
    }

    /// How many trials had this outcome under a and that under b; unresolved is
    /// the last.
    pub fn count(&self, a: usize, b: usize) -> u64 {
        self.0.get(&(a, b)).map_or(0, |flip| flip.count)
    }

    /// The first of these trials, up to [`EXAMPLES`].
    pub fn examples(&self, a: usize, b: usize) -> &[u64] {
        self.0.get(&(a, b)).map_or(&[], |flip| &flip.examples)
    }

    /// The outcomes under a and b that any trial had, in their order, and how
    /// many trials had them.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, u64)> {
        self.0.iter().map(|((a, b), flip)| (*a, *b, flip.count))
    }
}
