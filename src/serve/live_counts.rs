//! What is shown while trials are played: shares, and differences from a baseline, with intervals.

use serde::Serialize;

use crate::model::Model;
use crate::stats::{Paired, clopper_pearson};
use crate::study::{Flips, LEVEL};

/// The counts of some trials of a state, beside those of a baseline.
#[derive(Debug)]
pub(super) struct LiveCounts {
    outcomes: Vec<u64>,
    flips: Option<Flips>,
    trials: u64,
}

/// How many trials ended in an outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct LiveShare {
    id: String,
    trials: u64,
    share: f64,
    /// The 95 % interval of the share, for this outcome by itself (Clopper–Pearson).
    low: f64,
    high: f64,
}

/// The difference of an outcome's share from that of the baseline, trial by trial on the same luck.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct LiveDifference {
    id: String,
    share_a: Option<f64>,
    share_b: Option<f64>,
    difference: f64,
    /// Its 95 % interval, for this outcome by itself.
    low: f64,
    high: f64,
    /// The interval over all outcomes at once (Bonferroni).
    low_all: f64,
    high_all: f64,
    /// Whether that interval excludes zero.
    stands_out: bool,
    only_a: u64,
    only_b: u64,
}

/// How many trials went from one outcome under the baseline to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct LiveFlip {
    from: String,
    to: String,
    trials: u64,
    examples: Vec<u64>,
}

/// All of it, as the page is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct LiveResult {
    trials: u64,
    most: u64,
    outcomes: Vec<LiveShare>,
    differences: Option<Vec<LiveDifference>>,
    flips: Option<Vec<LiveFlip>>,
}

impl LiveCounts {
    /// No trials yet of a model, with or without a baseline.
    pub fn new(model: &Model, has_baseline: bool) -> Self {
        let outcomes = vec![0; model.outcomes.len() + 1];
        LiveCounts { outcomes, flips: has_baseline.then(Flips::default), trials: 0 }
    }

    /// Counts the trials that follow: their outcomes, and those of the same trials of the baseline.
    pub fn add(&mut self, own: &[u32], baseline: Option<&[u32]>) {
        for outcome in own {
            self.outcomes[*outcome as usize] += 1;
        }
        if let (Some(flips), Some(baseline)) = (&mut self.flips, baseline) {
            for (row, (a, b)) in baseline.iter().zip(own).enumerate() {
                flips.add(*a as usize, *b as usize, self.trials + row as u64);
            }
        }
        self.trials += own.len() as u64;
    }

    /// How many trials were counted.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// How many of them ended in each outcome, unresolved last.
    pub fn outcomes(&self) -> &[u64] {
        &self.outcomes
    }

    /// What is shown of the counts, of at most so many trials.
    pub fn result(&self, model: &Model, most: u64) -> LiveResult {
        let share = |(index, count): (usize, &u64)| {
            let known = clopper_pearson(*count, self.trials, LEVEL, 1);
            LiveShare {
                id: model.outcome_id(index).to_owned(),
                trials: *count,
                share: if self.trials == 0 { 0.0 } else { *count as f64 / self.trials as f64 },
                low: known.low,
                high: known.high,
            }
        };
        LiveResult {
            trials: self.trials,
            most,
            outcomes: self.outcomes.iter().enumerate().map(share).collect(),
            differences: self.flips.as_ref().map(|flips| differences(model, flips)),
            flips: self.flips.as_ref().map(|flips| shown_flips(model, flips)),
        }
    }
}

/// The differences of all outcomes; of trials without one only where there are any. The same outcomes are judged
/// together as in a comparison of two policies.
fn differences(model: &Model, flips: &Flips) -> Vec<LiveDifference> {
    let unresolved = model.outcomes.len();
    let same: Vec<(usize, usize)> = (0..=unresolved).map(|own| (own, own)).collect();
    let shown: Vec<(usize, Paired)> = flips
        .paired(&same)
        .into_iter()
        .enumerate()
        .filter(|(own, paired)| {
            *own < unresolved || paired.both + paired.only_a + paired.only_b > 0
        })
        .collect();
    let comparisons = shown.len() as u64;
    let difference = |(own, paired): &(usize, Paired)| {
        let (known, all) = (paired.interval(LEVEL, 1), paired.interval(LEVEL, comparisons));
        LiveDifference {
            id: model.outcome_id(*own).to_owned(),
            share_a: paired.share_a(),
            share_b: paired.share_b(),
            difference: paired.difference(),
            low: known.low,
            high: known.high,
            low_all: all.low,
            high_all: all.high,
            stands_out: paired.stands_out(LEVEL, comparisons),
            only_a: paired.only_a,
            only_b: paired.only_b,
        }
    };
    shown.iter().map(difference).collect()
}

fn shown_flips(model: &Model, flips: &Flips) -> Vec<LiveFlip> {
    let flip = |(a, b, trials): (usize, usize, u64)| LiveFlip {
        from: model.outcome_id(a).to_owned(),
        to: model.outcome_id(b).to_owned(),
        trials,
        examples: flips.examples(a, b).to_vec(),
    };
    flips.iter().filter(|(a, b, _)| a != b).map(flip).collect()
}
