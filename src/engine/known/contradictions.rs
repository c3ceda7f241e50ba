//! What of the known past cannot be in plays, and what could have been instead.

use std::collections::BTreeMap;

use crate::formula::Happening;
use crate::model::ActorId;

/// What of the known past a play cannot follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// An entry, by its position in [`KnownPast::entries`](crate::model::KnownPast::entries).
    Entry(usize),
    /// That an actor held on a track, since all its moves are listed and none is.
    Held(ActorId, usize),
    /// That an event or a bargain stayed away, since it is listed whenever it came about.
    StayedAway(Happening),
}

/// How many plays could not follow the known past, by what they could not follow first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contradictions {
    counts: BTreeMap<(u32, Contradiction), ContradictionCount>,
}

/// In how many plays something could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContradictionCount {
    /// How many plays.
    pub plays: u64,
    /// For moves: in how many of them each option was open, by its position on the track; holding is one more
    /// than the last.
    pub open: BTreeMap<usize, u64>,
}

impl Contradictions {
    /// Notes that a play cannot follow something, with the options that are open instead.
    pub(in crate::engine) fn note(
        &mut self,
        step: u32,
        what: Contradiction,
        open: impl IntoIterator<Item = usize>,
    ) {
        let count = self.counts.entry((step, what)).or_default();
        count.plays += 1;
        for option in open {
            *count.open.entry(option).or_default() += 1;
        }
    }

    /// Adds those of other plays.
    pub fn add(&mut self, others: &Contradictions) {
        for (key, other) in &others.counts {
            let count = self.counts.entry(*key).or_default();
            count.plays += other.plays;
            for (option, plays) in &other.open {
                *count.open.entry(*option).or_default() += plays;
            }
        }
    }

    /// What could not be followed in a step, in the order in which it stands in the record, what is not listed
    /// last.
    pub fn of_step(&self, step: u32) -> impl Iterator<Item = (Contradiction, &ContradictionCount)> {
        let own = self.counts.iter().filter(move |((own, _), _)| *own == step);
        own.map(|((_, what), count)| (*what, count))
    }
}
