//! What actors and nature do, as tapes.

use std::collections::HashMap;

use super::compile::{Compiler, FINITE, Forms, MOST_VALUES, UNIT};
use super::graph::{Column, Value};
use super::known::Known;
use super::layout::Single;
use super::moment::Moment;
use super::operation::{Binary, Unary};
use super::plan::{ActionPlan, ActorPlan, ConsentPlan, Drawn, EventPlan, TrackPlan, VoterPlan};
use super::tape::{Draft, Tape};
use crate::engine::view::Use;
use crate::engine::weigh::draws;
use crate::model::{Action, Branch, CHANCE_SLACK, Chance, Consent, Rule, Track};

/// What an option can lead to, for one who weighs it: moments with their probabilities.
struct Prospects {
    /// Branch by branch, then nothing more; just one, with certainty, where there are none.
    accepted: Vec<(Value, Moment)>,
    refused: Option<Moment>,
}

impl Compiler<'_> {
    pub fn event(&mut self, index: usize) -> EventPlan {
        let event = &self.program.events[index];
        let active = self.single(Single::Active);
        let mask = self.mask(active);
        let mut draft = self.draft(Single::Active);
        let allowed = self.within_limits(event.limits, event.what);
        let may = self.graph.both(mask, allowed);
        let mut moment = self.base.clone();
        let when = self.condition(&mut draft, &mut moment, event.when.as_ref(), may);
        let fire = self.graph.both(may, when);
        draft.output(fire, self.single(Single::Acting));
        let fire = self.finish(draft);

        let acting = self.mask(self.single(Single::Acting));
        let mut draft = self.draft(Single::Acting);
        let (drawn, branches): (Drawn, &[Branch]) = match &event.chance {
            Chance::Certain => (Drawn::Certain, &[]),
            Chance::Formula(formula, place) => {
                let p = self.tested(&mut draft, &mut moment, formula, acting, Use::Act);
                self.expect(&mut draft, p, acting, UNIT);
                let u = self.graph.uniform(*place, 0);
                let comes = self.graph.binary(Binary::Less, u, p);
                let comes = self.graph.both(acting, comes);
                draft.output(comes, self.single(Single::Within));
                (Drawn::Whether(self.finish(draft)), &[])
            }
            Chance::Branches(branches, place) => {
                let chances = self.chances(&mut draft, &mut moment, branches, acting);
                let u = self.graph.uniform(*place, 0);
                let branch = self.drawn_branch(&chances, u);
                draft.output(branch, self.single(Single::Branch));
                (Drawn::Which(self.finish(draft)), branches)
            }
        };
        let effects = |branch: usize| branches.get(branch).map_or(&[][..], |b| &b.effects);
        let leaves = (0..branches.len().max(1))
            .map(|branch| {
                let groups = [event.effects.as_slice(), effects(branch)];
                self.leaf(groups, Some(event.what), false, Forms::default())
            })
            .collect();
        EventPlan { what: event.what, fire, drawn, leaves }
    }

    /// The chances of branches, and last that of nothing more.
    fn chances(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        branches: &[Branch],
        mask: Value,
    ) -> Vec<Value> {
        let mut sum = self.graph.constant(0.0);
        let (mut all, mut rest) = (Vec::new(), None);
        for (index, branch) in branches.iter().enumerate() {
            match &branch.p {
                Some(formula) => {
                    let p = self.tested(draft, moment, formula, mask, Use::Act);
                    self.expect(draft, p, mask, UNIT);
                    sum = self.graph.add(sum, p);
                    self.expect(draft, sum, mask, (f64::MIN, 1.0 + CHANCE_SLACK));
                    all.push(p);
                }
                None => {
                    rest = Some(index);
                    all.push(self.graph.constant(0.0));
                }
            }
        }
        let one = self.graph.constant(1.0);
        let left = self.graph.subtract(one, sum);
        let left = self.graph.unary(Unary::NotBelowZero, left);
        let zero = self.graph.constant(0.0);
        match rest {
            Some(index) => {
                all[index] = left;
                all.push(zero);
            }
            None => {
                let slack = self.graph.constant(CHANCE_SLACK);
                let little = self.graph.binary(Binary::LessEqual, left, slack);
                all.push(self.graph.select(little, zero, left));
            }
        }
        all
    }

    /// The branch that comes up, by the inverse CDF in the order written; the number of branches
    /// where it is nothing more.
    fn drawn_branch(&mut self, chances: &[Value], u: Value) -> Value {
        let count = chances.len() - 1;
        let zero = self.graph.constant(0.0);
        let nothing = self.graph.constant(count as f64);
        // Where nothing is left over, rounding may leave a gap above the last: it belongs to it.
        let mut last = nothing;
        for (index, p) in chances[..count].iter().enumerate() {
            let possible = self.graph.binary(Binary::Less, zero, *p);
            let this = self.graph.constant(index as f64);
            last = self.graph.select(possible, this, last);
        }
        let none_left = self.graph.binary(Binary::Equal, chances[count], zero);
        let mut branch = self.graph.select(none_left, last, nothing);
        let mut sums = Vec::new();
        let mut below = zero;
        for p in &chances[..count] {
            below = self.graph.add(below, *p);
            sums.push(below);
        }
        for (index, sum) in sums.into_iter().enumerate().rev() {
            let here = self.graph.binary(Binary::Less, u, sum);
            let this = self.graph.constant(index as f64);
            branch = self.graph.select(here, this, branch);
        }
        branch
    }

    pub fn actor(&mut self, who: usize) -> ActorPlan {
        let actor = &self.program.actors[who];
        let within = self.mask(self.single(Single::Within));
        let mut draft = self.draft(Single::Within);
        let mut moment = self.base.clone();
        let utility = self.utility(&mut draft, &mut moment, who, within);
        draft.output(utility, self.single(Single::Utility));
        let utility = self.finish(draft);

        let mut draft = self.draft(Single::Active);
        let stake = self.graph.column(self.single(Single::Acceptance), Known::between(-1e3, 1e3));
        let p = self.yes(who, stake);
        draft.output(p, self.single(Single::Spare));
        let acceptance = self.finish(draft);

        let rationality = self.number(actor.rationality);
        let patience = self.number(actor.patience);
        ActorPlan {
            rationality,
            patience,
            foresight: actor.foresight,
            imaginations: actor.imaginations,
            minds: actor.minds,
            must_act: actor.must_act,
            order_place: actor.order_place,
            utility,
            acceptance,
            tracks: actor.tracks.iter().map(|track| self.track(who, track)).collect(),
        }
    }

    /// With what probability an actor says yes to what is at stake for it.
    fn yes(&mut self, who: usize, stake: Value) -> Value {
        let rationality = self.param(self.program.actors[who].rationality);
        let urge = self.graph.multiply(rationality, stake);
        self.graph.unary(Unary::Sigmoid, urge)
    }

    fn track(&mut self, who: usize, track: &Track) -> TrackPlan {
        let actor = &self.program.actors[who];
        let actions: Vec<&Action> =
            track.actions.iter().map(|index| &actor.actions[*index]).collect();
        TrackPlan {
            hold_place: track.hold_place,
            open: self.open(&actions),
            weigh: self.weigh(who, &actions),
            root: self.root(who, &actions),
            draws: actions.iter().any(|action| draws(action)),
            actions: actions
                .iter()
                .enumerate()
                .map(|(position, action)| self.action(who, position, action))
                .collect(),
        }
    }

    fn open(&mut self, actions: &[&Action]) -> Tape {
        let turn = self.single(Single::Turn);
        let mask = self.mask(turn);
        let mut draft = self.draft(Single::Turn);
        let mut moment = self.base.clone();
        for (position, action) in actions.iter().enumerate() {
            let allowed = self.within_limits(action.limits, action.what);
            let may = self.graph.both(mask, allowed);
            let when = self.condition(&mut draft, &mut moment, action.when.as_ref(), may);
            let open = self.graph.both(may, when);
            draft.output(open, self.layout.open(position));
        }
        self.finish(draft)
    }

    /// What an option can lead to, as one weighs it.
    fn prospects(&mut self, draft: &mut Draft, action: &Action, mask: Value) -> Prospects {
        let consent = action.consent.is_some();
        let mut base = self.base.clone();
        let chances = if action.branches.is_empty() {
            vec![self.graph.constant(1.0)]
        } else {
            self.chances(draft, &mut base, &action.branches, mask)
        };
        let accepted = chances
            .into_iter()
            .enumerate()
            .filter_map(|(index, p)| {
                if self.graph.constant_of(p) == Some(0.0) {
                    return None;
                }
                let branch = action.branches.get(index).map_or(&[][..], |b| &b.effects);
                let mut moment = self.base.clone();
                let values = self.changed(
                    draft,
                    &mut moment,
                    [&action.effects, branch],
                    (mask, Use::Weigh, false),
                );
                moment.assign(&values);
                moment.mark(&mut self.graph, action.what);
                if consent {
                    moment.accept(&mut self.graph, action.what);
                }
                Some((p, moment))
            })
            .collect();
        let refused = consent.then(|| {
            let mut moment = self.base.clone();
            let values =
                self.changed(draft, &mut moment, [&action.refused, &[]], (mask, Use::Weigh, false));
            moment.assign(&values);
            moment.mark(&mut self.graph, action.what);
            moment
        });
        Prospects { accepted, refused }
    }

    /// Adds the value to an actor of a proposal accepted, or an action carried out.
    fn accepted(
        &mut self,
        draft: &mut Draft,
        prospects: &mut Prospects,
        who: usize,
        (weight, mask): (Value, Value),
    ) -> Value {
        let mut value = self.graph.constant(0.0);
        for (p, moment) in &mut prospects.accepted {
            let utility = self.utility(draft, moment, who, mask);
            let weight = self.graph.multiply(weight, *p);
            let part = self.graph.multiply(weight, utility);
            value = self.graph.add(value, part);
        }
        value
    }

    /// What is at stake for a voter.
    fn stake_of(
        &mut self,
        draft: &mut Draft,
        prospects: &mut Prospects,
        who: usize,
        mask: Value,
    ) -> Value {
        let one = self.graph.constant(1.0);
        let accepted = self.accepted(draft, prospects, who, (one, mask));
        match &mut prospects.refused {
            Some(moment) => {
                let refused = self.utility(draft, moment, who, mask);
                self.graph.subtract(accepted, refused)
            }
            None => accepted,
        }
    }

    fn weigh(&mut self, who: usize, actions: &[&Action]) -> Tape {
        let turn = self.single(Single::Turn);
        let mask = self.mask(turn);
        let mut draft = self.draft(Single::Turn);
        let mut moment = self.base.clone();
        let hold = self.utility(&mut draft, &mut moment, who, mask);
        draft.output(hold, self.single(Single::Hold));
        for (position, action) in actions.iter().enumerate() {
            let open = self.layout.open(position);
            draft.region(open);
            let mask = self.mask(open);
            let mut prospects = self.prospects(&mut draft, action, mask);
            let mut yes = self.graph.constant(1.0);
            if let Some(consent) = &action.consent {
                let mut each = Vec::new();
                for (index, voter) in consent.voters.iter().enumerate() {
                    let voter = voter.actor.index();
                    if voter == who {
                        each.push(self.graph.constant(1.0));
                        continue;
                    }
                    let stake = self.stake_of(&mut draft, &mut prospects, voter, mask);
                    let p = self.yes(voter, stake);
                    draft.output(p, self.layout.yes(position, index));
                    each.push(p);
                }
                yes = self.carried(&mut draft, &mut moment, consent, &each, mask);
            }
            let mut value = self.accepted(&mut draft, &mut prospects, who, (yes, mask));
            if let Some(refused) = &mut prospects.refused {
                let utility = self.utility(&mut draft, refused, who, mask);
                let one = self.graph.constant(1.0);
                let no = self.graph.subtract(one, yes);
                let part = self.graph.multiply(no, utility);
                value = self.graph.add(value, part);
            }
            if let Some(cost) = &action.cost {
                let cost = self.tested(&mut draft, &mut moment, cost, mask, Use::Act);
                value = self.graph.subtract(value, cost);
            }
            draft.output(value, self.layout.value(position));
        }
        self.finish(draft)
    }

    fn root(&mut self, who: usize, actions: &[&Action]) -> Tape {
        let mut draft = self.draft(Single::Turn);
        let mut moment = self.base.clone();
        for (position, action) in actions.iter().enumerate() {
            let open = self.layout.open(position);
            draft.region(open);
            let mask = self.mask(open);
            if let Some(consent) = &action.consent {
                let each: Vec<Value> = (0..consent.voters.len())
                    .map(|index| {
                        if consent.voters[index].actor.index() == who {
                            return self.graph.constant(1.0);
                        }
                        let column = self.layout.yes(position, index);
                        self.graph.column(column, Known::between(0.0, 1.0).positive())
                    })
                    .collect();
                let yes = self.carried(&mut draft, &mut moment, consent, &each, mask);
                draft.output(yes, self.layout.carried_with(position));
            }
            if !action.branches.is_empty() {
                let chances = self.chances(&mut draft, &mut moment, &action.branches, mask);
                for (branch, p) in chances.into_iter().enumerate() {
                    draft.output(p, self.layout.chance(position, branch));
                }
            }
            if let Some(cost) = &action.cost {
                let cost = self.tested(&mut draft, &mut moment, cost, mask, Use::Act);
                draft.output(cost, self.layout.cost(position));
            }
        }
        self.finish(draft)
    }

    /// The probability that a proposal is carried when each voter says yes with its own.
    fn carried(
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
                let quota = self.tested(draft, moment, quota, mask, Use::Act);
                let weights = self.vote_weights(draft, moment, consent, mask);
                let sum = self.graph.constant(0.0);
                let mut known = HashMap::new();
                self.quota_reached(&weights, yes, (sum, quota), &mut known)
            }
        }
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
                Some(weight) => self.tested(draft, moment, weight, mask, Use::Act),
                None => self.graph.constant(0.0),
            })
            .collect()
    }

    /// Sums over every way to vote, in the voters' order; what is left to vote and the sum so far
    /// settle the rest.
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

    fn action(&mut self, who: usize, position: usize, action: &Action) -> ActionPlan {
        let draws = draws(action);
        let forms = Forms { landing: true, weighed: draws };
        let consent = action.consent.is_some();
        let count = if action.branches.is_empty() { 1 } else { action.branches.len() + 1 };
        let leaves = (0..count)
            .map(|branch| {
                let branch = action.branches.get(branch).map_or(&[][..], |b| &b.effects);
                self.leaf([&action.effects, branch], Some(action.what), consent, forms)
            })
            .collect();
        let chance = (!action.branches.is_empty()).then(|| {
            let mask = self.mask(self.single(Single::Acting));
            let mut draft = self.draft(Single::Acting);
            let mut moment = self.base.clone();
            let chances = self.chances(&mut draft, &mut moment, &action.branches, mask);
            let u = self.graph.uniform(action.chance_place, 0);
            let branch = self.drawn_branch(&chances, u);
            draft.output(branch, self.single(Single::Branch));
            self.finish(draft)
        });
        ActionPlan {
            what: action.what,
            choice_place: action.choice_place,
            draws,
            leaves,
            chance,
            consent: action
                .consent
                .as_ref()
                .map(|consent| self.consent(who, position, action, consent, forms)),
            has_cost: action.cost.is_some(),
        }
    }

    fn consent(
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
        let refused = self.leaf([&action.refused, &[]], Some(action.what), false, forms);
        ConsentPlan { voters, carried, refused }
    }

    fn stake(&mut self, position: usize, action: &Action, voter: usize) -> Tape {
        let open: Column = self.layout.open(position);
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
                let quota = self.tested(&mut draft, &mut moment, quota, mask, Use::Act);
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
