//! Proposals and votes, as tapes.

use std::collections::HashMap;

use super::compile::{FINITE, Forms, MOST_VALUES, TapeCompiler};
use super::draft::Draft;
use super::graph::Value;
use super::layout::Single;
use super::moment::Moment;
use super::plan::{ConsentPlan, VoterPlan};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::perspective::Use;
use crate::model::{Action, Consent, Formula, Rule};

impl TapeCompiler<'_> {
    /// The probability that a proposal is carried when each voter says yes with its own
    /// probability, independently.
    pub fn carried(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        consent: &Consent,
        yes: &[Value],
        mask: Value,
    ) -> Value {
        let one = self.graph.constant(1.0);
        match &consent.rule {
            Rule::All => yes.iter().fold(one, |all, p| self.graph.multiply(all, *p)),
            Rule::Any => {
                let none = yes.iter().fold(one, |none, p| {
                    let no = self.graph.subtract(one, *p);
                    self.graph.multiply(none, no)
                });
                self.graph.subtract(one, none)
            }
            Rule::Majority => {
                let zero = self.graph.constant(0.0);
                let mut counts = vec![one];
                for p in yes {
                    let no = self.graph.subtract(one, *p);
                    counts.push(zero);
                    for count in (0..counts.len()).rev() {
                        let one_less = if count > 0 { counts[count - 1] } else { zero };
                        let stays = self.graph.multiply(counts[count], no);
                        let joins = self.graph.multiply(one_less, *p);
                        counts[count] = self.graph.add(stays, joins);
                    }
                }
                let from = yes.len() / 2 + 1;
                let mut sum = self.graph.constant(-0.0);
                for count in &counts[from.min(counts.len())..] {
                    sum = self.graph.add(sum, *count);
                }
                sum
            }
            Rule::Quota(quota) => {
                let quota = self.not_negative(draft, moment, quota, mask);
                let weights = self.vote_weights(draft, moment, consent, mask);
                let sum = self.graph.constant(0.0);
                let mut known = HashMap::new();
                self.quota_reached(&weights, yes, (sum, quota), &mut known)
            }
        }
    }

    /// A quota or the weight of a vote, with a test that it is finite and not negative.
    fn not_negative(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        formula: &Formula,
        mask: Value,
    ) -> Value {
        let value = self.tested(draft, moment, formula, mask, Use::Act);
        self.expect(draft, value, mask, (0.0, f64::MAX));
        value
    }

    fn vote_weights(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        consent: &Consent,
        mask: Value,
    ) -> Vec<Value> {
        consent
            .voters
            .iter()
            .map(|voter| match &voter.weight {
                Some(weight) => self.not_negative(draft, moment, weight, mask),
                None => self.graph.constant(0.0),
            })
            .collect()
    }

    /// The probability that the quota is reached, summed over every way to vote in the voters'
    /// order. It depends on who has still to vote and on the sum so far, so each such pair is
    /// computed once.
    fn quota_reached(
        &mut self,
        weights: &[Value],
        yes: &[Value],
        (sum, quota): (Value, Value),
        known: &mut HashMap<(usize, Value), Value>,
    ) -> Value {
        let (Some((weight, weights)), Some((p, yes))) = (weights.split_first(), yes.split_first())
        else {
            return self.graph.binary(Binary::LessEqual, quota, sum);
        };
        if let Some(value) = known.get(&(yes.len(), sum)) {
            return *value;
        }
        if self.size() > MOST_VALUES {
            return sum;
        }
        let more = self.graph.add(sum, *weight);
        let with = self.quota_reached(weights, yes, (more, quota), known);
        let with = self.graph.multiply(*p, with);
        let without = self.quota_reached(weights, yes, (sum, quota), known);
        let one = self.graph.constant(1.0);
        let no = self.graph.subtract(one, *p);
        let without = self.graph.multiply(no, without);
        let value = self.graph.add(with, without);
        known.insert((yes.len(), sum), value);
        value
    }

    /// The tapes of the votes on a proposal, the action at a position of a track of `who`.
    pub fn consent(
        &mut self,
        who: usize,
        position: usize,
        action: &Action,
        consent: &Consent,
        forms: Forms,
    ) -> ConsentPlan {
        let voters = consent
            .voters
            .iter()
            .map(|voter| VoterPlan {
                actor: voter.actor,
                place: voter.place,
                stake: if voter.actor.index() == who {
                    Tape::default()
                } else {
                    self.stake(position, action, voter.actor.index())
                },
            })
            .collect();
        let carried = self.tally(consent);
        let happenings: Vec<_> = action.happenings().collect();
        let refused = self.change_tapes([&action.refused, &[]], &happenings, false, forms);
        ConsentPlan { voters, carried, refused }
    }

    fn stake(&mut self, position: usize, action: &Action, voter: usize) -> Tape {
        let open: ColumnId = self.layout.open(position);
        let mask = self.mask(open);
        let mut draft = Draft::new(open);
        let mut prospects = self.prospects(&mut draft, action, mask);
        let stake = self.stake_of(&mut draft, &mut prospects, voter, mask);
        draft.output(stake, self.single(Single::Acceptance));
        self.expect(&mut draft, stake, mask, FINITE);
        self.finish(draft)
    }

    /// Whether these votes carry a proposal.
    fn tally(&mut self, consent: &Consent) -> Tape {
        let mask = self.mask(self.single(Single::Acting));
        let mut draft = self.draft(Single::Acting);
        let mut moment = self.base.clone();
        let votes: Vec<Value> =
            (0..consent.voters.len()).map(|voter| self.mask(self.layout.vote(voter))).collect();
        let carried = match &consent.rule {
            Rule::All => {
                let all = self.graph.truth(true);
                votes.iter().fold(all, |all, vote| self.graph.both(all, *vote))
            }
            Rule::Any => {
                let none = self.graph.truth(false);
                votes.iter().fold(none, |any, vote| self.graph.binary(Binary::Or, any, *vote))
            }
            Rule::Majority => {
                let zero = self.graph.constant(0.0);
                let count = votes.iter().fold(zero, |sum, vote| self.graph.add(sum, *vote));
                let half = self.graph.constant(votes.len() as f64 / 2.0);
                self.graph.binary(Binary::Less, half, count)
            }
            Rule::Quota(quota) => {
                let quota = self.not_negative(&mut draft, &mut moment, quota, mask);
                let weights = self.vote_weights(&mut draft, &mut moment, consent, mask);
                let mut sum = self.graph.constant(0.0);
                for (vote, weight) in votes.iter().zip(weights) {
                    let more = self.graph.add(sum, weight);
                    sum = self.graph.select(*vote, more, sum);
                }
                self.graph.binary(Binary::LessEqual, quota, sum)
            }
        };
        draft.output(carried, self.single(Single::Spare));
        self.finish(draft)
    }
}
