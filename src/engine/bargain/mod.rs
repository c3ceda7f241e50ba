//! Collective bargains: where several actors settle when each has a position on a scale and a weight.
//! A rule a file, as a pure function of numbers that gives the same bits wherever it is called; both
//! engines call it, so that they agree. A rule by which positions move in rounds would be a file here
//! too: it would change the parties and end with one of these.

mod mean;
mod median;
mod nash;
mod pce;

use crate::scenario::{BargainRule, Pick};
use pce::Election;

/// An actor at the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    /// What it would have, within the range of the variable.
    pub position: f64,
    /// What its wish counts: its power times how much it cares. Not negative.
    pub weight: f64,
}

/// What else a settlement depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    /// The value of the variable before the bargain.
    pub now: f64,
    /// A uniform number, for a settlement that is drawn.
    pub luck: f64,
}

/// Where a bargain ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Settlement {
    /// At this value.
    At(f64),
    /// Nowhere: there is nothing that all prefer to what they have.
    NoDeal,
    /// The weights or positions cannot be used: a weight is negative, all are zero, or a number is not
    /// finite.
    Unusable,
}

impl Settlement {
    /// The settlement as a number in a column: infinite without a deal, NaN where it is unusable.
    pub fn coded(self) -> f64 {
        match self {
            Settlement::At(x) => x,
            Settlement::NoDeal => f64::INFINITY,
            Settlement::Unusable => f64::NAN,
        }
    }
}

/// The parties of a bargain, and memory that is used from one to the next.
#[derive(Debug, Default)]
pub(super) struct Negotiation {
    parties: Vec<Wish>,
    election: Election,
}

impl Negotiation {
    /// Clears the table for another bargain.
    pub fn clear(&mut self) {
        self.parties.clear();
    }

    /// Seats an actor: its position is clamped to the range, its weight is its power times its salience.
    pub fn seat(&mut self, [position, salience, power]: [f64; 3], (low, high): (f64, f64)) {
        let position = if position < low {
            low
        } else if position > high {
            high
        } else {
            position
        };
        self.parties.push(Wish { position, weight: power * salience });
    }

    /// Whether the weight of everyone who is seated is zero.
    pub fn nobody_counts(&self) -> bool {
        self.parties.iter().all(|party| party.weight == 0.0)
    }

    /// Whether a rule can be applied: every position and weight is finite, none of the weights is
    /// negative, and one is above zero.
    fn is_sound(&self) -> bool {
        let sound = |party: &Wish| {
            party.position.is_finite() && party.weight.is_finite() && party.weight >= 0.0
        };
        self.parties.iter().all(sound) && self.parties.iter().any(|party| party.weight > 0.0)
    }

    /// Where those who are seated settle by a rule. Leaves the table in another order.
    pub fn settle(&mut self, rule: BargainRule, stage: Stage) -> Settlement {
        if !self.is_sound() {
            return Settlement::Unusable;
        }
        let settled = match rule {
            BargainRule::Mean => Settlement::At(mean::mean(&self.parties)),
            BargainRule::Median => {
                self.sort();
                Settlement::At(median::median(&self.parties))
            }
            BargainRule::Nash => {
                self.sort();
                nash::nash(&self.parties, stage.now)
            }
            BargainRule::Condorcet(pick) => {
                self.sort();
                self.election.hold(&self.parties);
                Settlement::At(match pick {
                    Pick::Mean => self.election.mean(),
                    Pick::Draw => self.election.drawn(stage.luck),
                })
            }
        };
        match settled {
            // A sum of weights may have been too large.
            Settlement::At(x) if !x.is_finite() => Settlement::Unusable,
            Settlement::At(_) | Settlement::NoDeal | Settlement::Unusable => settled,
        }
    }

    /// Puts the parties in the order of their positions; those with the same one stay as they are.
    fn sort(&mut self) {
        self.parties.sort_by(|a, b| a.position.total_cmp(&b.position));
    }
}

/// How many numbers are given of a bargain beside three for each party.
pub(super) const GIVEN: usize = 4;

/// Where a bargain settles of which these numbers are given: the ends of the range, the value now, a uniform
/// number, and position, salience and power of each party.
pub(super) fn settle_given(
    rule: BargainRule,
    given: &[f64],
    negotiation: &mut Negotiation,
) -> Settlement {
    let (stage, parties) = given.split_at(GIVEN);
    let range = (stage[0], stage[1]);
    negotiation.clear();
    for party in parties.chunks_exact(3) {
        negotiation.seat([party[0], party[1], party[2]], range);
    }
    negotiation.settle(rule, Stage { now: stage[2], luck: stage[3] })
}

/// A value kept between the lowest and the highest position, which rounding may have left.
fn between(x: f64, parties: &[Wish]) -> f64 {
    let positions = || parties.iter().map(|party| party.position);
    let low = positions().fold(f64::INFINITY, f64::min);
    let high = positions().fold(f64::NEG_INFINITY, f64::max);
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

#[cfg(test)]
mod tests;
