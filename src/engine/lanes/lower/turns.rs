//! What actors do, as tapes.

use super::bounds::ValueBounds;
use super::compile::{Forms, TapeCompiler};
use super::draft::Draft;
use super::graph::Value;
use super::layout::Single;
use super::moment::Moment;
use super::plan::{ActionPlan, ActorPlan, TrackPlan};
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::lookahead::LookaheadWithin;
use crate::engine::perspective::Use;
use crate::engine::weigh::draws;
use crate::formula::ParamId;
use crate::model::{Action, Track};

/// What an option can lead to, for an actor who weighs it: moments with their probabilities.
pub(in crate::engine::lanes) struct Prospects {
    /// Branch by branch, then what follows if no branch comes up; a single one, with certainty,
    /// where there are no branches.
    accepted: Vec<(Value, Moment)>,
    refused: Option<Moment>,
}

impl TapeCompiler<'_> {
    /// The tapes of an actor.
    pub fn actor(&mut self, who: usize) -> ActorPlan {
        let actor = &self.program.actors[who];
        let within = self.mask(self.single(Single::Within));
        let mut draft = self.draft(Single::Within);
        let mut moment = self.base.clone();
        let utility = self.utility(&mut draft, &mut moment, who, within);
        draft.output(utility, self.single(Single::Utility));
        let utility = self.finish(draft);

        let mut draft = self.draft(Single::Active);
        let stake =
            self.graph.column(self.single(Single::Acceptance), ValueBounds::between(-1e3, 1e3));
        let p = self.yes(who, stake);
        draft.output(p, self.single(Single::Spare));
        let acceptance = self.finish(draft);

        let choice = actor.choice.map(|id| self.number(id));
        ActorPlan {
            choice,
            foresight: actor.foresight,
            imaginations: actor.imaginations,
            within: LookaheadWithin::of(actor.minds, actor.plans_ahead),
            must_act: actor.must_act,
            order_place: actor.order_place,
            utility,
            gather: self.gather(actor.patience),
            acceptance,
            tracks: actor.tracks.iter().map(|track| self.track(who, track)).collect(),
        }
    }

    /// Sums the utilities of the moments of a play, weighted 1, patience, patience², and so on.
    fn gather(&mut self, patience: ParamId) -> Tape {
        let mut draft = self.draft(Single::Within);
        let within = self.mask(self.single(Single::Within));
        let mut column = |which| {
            let column = self.single(which);
            self.graph.column(column, ValueBounds::anything())
        };
        let (utility, finally) = (column(Single::Utility), column(Single::Finally));
        let (total, weights) = (column(Single::Total), column(Single::Weights));
        let weight = column(Single::Discount);
        let last = self.graph.select(within, utility, finally);
        let part = self.graph.multiply(weight, last);
        let total = self.graph.add(total, part);
        let weights = self.graph.add(weights, weight);
        let patience = self.param(patience);
        let next = self.graph.multiply(weight, patience);
        draft.replace(last, self.single(Single::Finally));
        draft.replace(total, self.single(Single::Total));
        draft.replace(weights, self.single(Single::Weights));
        draft.replace(next, self.single(Single::Discount));
        self.finish(draft)
    }

    /// The probability with which an actor says yes, given what is at stake for it.
    pub fn yes(&mut self, who: usize, stake: Value) -> Value {
        let rule = self.program.actors[who].choice.map(|id| self.param(id));
        rule.probability_of_yes(&mut self.graph, stake)
    }

    fn track(&mut self, who: usize, track: &Track) -> TrackPlan {
        let actor = &self.program.actors[who];
        let actions: Vec<&Action> =
            track.actions.iter().map(|index| &actor.actions[*index]).collect();
        TrackPlan {
            hold_place: track.hold_place,
            open: self.open(&actions, actor.must_act),
            choose: self.choose(who, track, &actions),
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

    /// Which options are open, and in which lanes there is something to choose: among lanes with a
    /// turn, those with an open action, or with two where the actor must act.
    fn open(&mut self, actions: &[&Action], must_act: bool) -> Tape {
        let turn = self.layout.turn();
        let mask = self.mask(turn);
        let mut draft = Draft::new(turn);
        let mut all = Vec::new();
        let mut moment = self.base.clone();
        for (position, action) in actions.iter().enumerate() {
            let allowed = self.within_limits(action.limits, action.what);
            let may = self.graph.both(mask, allowed);
            let when = self.condition(&mut draft, &mut moment, action.when.as_ref(), may);
            let open = self.graph.both(may, when);
            draft.output(open, self.layout.open(position));
            all.push(open);
        }
        let need = if must_act {
            let zero = self.graph.constant(0.0);
            let count = all.iter().fold(zero, |sum, open| self.graph.add(sum, *open));
            let two = self.graph.constant(2.0);
            self.graph.binary(Binary::LessEqual, two, count)
        } else {
            let none = self.graph.truth(false);
            all.iter().fold(none, |any, open| self.graph.binary(Binary::Or, any, *open))
        };
        draft.output(need, self.single(Single::Need));
        self.finish(draft)
    }

    /// Chooses in the lanes of `Need`: among options one after the other, the best so far. Elsewhere
    /// it may be chosen what is open alone.
    fn choose(&mut self, who: usize, track: &Track, actions: &[&Action]) -> Tape {
        let actor = &self.program.actors[who];
        let rule = actor.choice.map(|id| self.param(id));
        let (best, choice) = (self.single(Single::Best), self.single(Single::Choice));
        let better = self.single(Single::Spare);
        let mut draft = self.draft(Single::Need);
        let first = if actor.must_act {
            self.graph.constant(f64::NEG_INFINITY)
        } else {
            let value = self.graph.column(self.single(Single::Hold), ValueBounds::anything());
            rule.score(&mut self.graph, value, track.hold_place)
        };
        draft.output(first, best);
        for (position, action) in actions.iter().enumerate() {
            let open = self.layout.open(position);
            draft.region(open);
            let value = self.graph.column(self.layout.value(position), ValueBounds::anything());
            let score = rule.score(&mut self.graph, value, action.choice_place);
            let so_far = self.graph.column(best, ValueBounds::anything());
            let higher = self.graph.binary(Binary::Less, so_far, score);
            let open = self.mask(open);
            let is_better = self.graph.both(open, higher);
            let this = self.graph.constant((position + 1) as f64);
            draft.output(is_better, better);
            draft.blend(score, best, better);
            draft.blend(this, choice, better);
        }
        self.finish(draft)
    }

    /// What an option can lead to, as an actor weighs it.
    pub fn prospects(&mut self, draft: &mut Draft, action: &Action, mask: Value) -> Prospects {
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
                for what in action.happenings() {
                    moment.mark(&mut self.graph, what);
                    if consent {
                        moment.accept(&mut self.graph, what);
                    }
                }
                Some((p, moment))
            })
            .collect();
        let refused = consent.then(|| {
            let mut moment = self.base.clone();
            let values =
                self.changed(draft, &mut moment, [&action.refused, &[]], (mask, Use::Weigh, false));
            moment.assign(&values);
            action.happenings().for_each(|what| moment.mark(&mut self.graph, what));
            moment
        });
        Prospects { accepted, refused }
    }

    /// `weight` times what it is worth to an actor that a proposal is accepted, or an action
    /// carried out.
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

    /// What is at stake for a voter: V(yes) − V(no).
    pub fn stake_of(
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
        let turn = self.layout.turn();
        let mask = self.mask(turn);
        let mut draft = Draft::new(turn);
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
        let mut draft = Draft::new(self.layout.turn());
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
                        self.graph.column(column, ValueBounds::between(0.0, 1.0).positive())
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

    fn action(&mut self, who: usize, position: usize, action: &Action) -> ActionPlan {
        let draws = draws(action);
        let happenings: Vec<_> = action.happenings().collect();
        let forms = Forms { landing: true, weighed: draws };
        let consent = action.consent.is_some();
        let count = if action.branches.is_empty() { 1 } else { action.branches.len() + 1 };
        let branches = (0..count)
            .map(|branch| {
                let branch = action.branches.get(branch).map_or(&[][..], |b| &b.effects);
                self.change_tapes([&action.effects, branch], &happenings, consent, forms)
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
            happenings,
            choice_place: action.choice_place,
            draws,
            branches,
            chance,
            consent: action
                .consent
                .as_ref()
                .map(|consent| self.consent(who, position, action, consent, forms)),
            has_cost: action.cost.is_some(),
        }
    }
}
