//! What an actor expects of its options: expected utility, exact over chance
//! and consent, and over imagined plays where it looks ahead, which is a recursion: see
//! [`super::imagine`].

use std::ops::Range;

use super::choice::Thought;
use super::imagine::prospect;
use super::lookahead::Lookahead;
use super::numerical_error::Computed;
use super::option_values::OptionValues;
use super::perspective::{Perspective, Use};
use super::random_source::RandomSource;
use super::situation::Situation;
use super::step::{Ballot, Choice, Cursor, Turn};
use super::workspace::Workspace;
use crate::model::{Action, ActorId, Change, Consent, Rule};

/// Computes what every option of a turn is worth, to an actor who looks as far ahead as given.
///
/// Where it may imagine more plays than it has to, it imagines as many again of those options that
/// `narrow` leaves in the contest, until that is over. How long it thought is returned if it could have
/// thought longer.
pub(super) fn weigh(
    view: &Perspective<'_>,
    turn: Turn<'_>,
    at: &Situation,
    lookahead: &Lookahead,
    workspace: &mut Workspace<'_>,
    out: &mut OptionValues,
    narrow: &dyn Fn(&mut OptionValues),
) -> Computed<Option<Thought>> {
    let who = &view.program.actors[turn.actor.index()];
    let sampled = lookahead.foresight > 0
        || turn.options.iter().flatten().any(|index| draws(&who.actions[*index]));
    let mut plays = sampled_plays(lookahead, sampled);
    out.clear(turn.options.len());
    loop {
        for (index, option) in turn.options.iter().enumerate() {
            if !out.contest.is_left(index) {
                continue;
            }
            let room = out.further(index, plays.len());
            option_value(view, turn, *option, at, lookahead, plays.clone(), workspace, room)?;
        }
        out.take_means();
        let thinks = sampled && lookahead.most > lookahead.plays.len();
        if thinks {
            narrow(out);
        }
        let thought = Thought { plays: plays.end, decided: !thinks || out.contest.is_over() };
        if thought.decided || plays.end >= lookahead.most {
            return Ok(thinks.then_some(thought));
        }
        plays = plays.end..2 * plays.end;
    }
}

/// The plays to begin with; only the first of them where nothing has to be imagined.
fn sampled_plays(lookahead: &Lookahead, sampled: bool) -> Range<usize> {
    let Range { start, end } = lookahead.plays;
    start..if sampled { end } else { start + 1 }
}

/// Whether any effect of an action draws random numbers.
pub(super) fn draws(action: &Action) -> bool {
    any_draws(&action.effects)
        || any_draws(&action.refused)
        || action.branches.iter().any(|branch| any_draws(&branch.effects))
}

/// Whether any change draws random numbers.
pub(super) fn any_draws(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.formula.draws.is_some())
}

/// Adds to `out`, for each play, the value of an option.
#[allow(clippy::too_many_arguments)]
fn option_value(
    view: &Perspective<'_>,
    turn: Turn<'_>,
    option: Choice,
    at: &Situation,
    lookahead: &Lookahead,
    plays: Range<usize>,
    workspace: &mut Workspace<'_>,
    out: &mut [f64],
) -> Computed<()> {
    let evaluator = Evaluator { view, who: turn.actor, lookahead, cursor: turn.cursor };
    let Some(index) = option else {
        return evaluator.expect(Consequence::NOTHING, at, 1.0, plays, workspace, out);
    };
    let action = &view.program.actors[turn.actor.index()].actions[index];
    let yes = match &action.consent {
        Some(consent) => {
            // Where what is voted on draws, voters are expected to imagine the plays at hand.
            let plain = Lookahead { foresight: 0, plays: plays.clone(), most: 0, ..*lookahead };
            expected_acceptance(view, turn.actor, action, consent, at, &plain, workspace)?
        }
        None => 1.0,
    };
    if yes > 0.0 {
        evaluator.accepted(action, at, yes, plays.clone(), workspace, out)?;
    }
    if yes < 1.0 {
        evaluator.refused(action, at, 1.0 - yes, plays, workspace, out)?;
    }
    if let Some(cost) = &action.cost {
        let cost = view.number(cost, at)?;
        for value in out {
            *value -= cost;
        }
    }
    Ok(())
}

/// One thing that an option can lead to: a branch of chance, or a refusal.
#[derive(Clone, Copy)]
struct Consequence<'a> {
    action: Option<&'a Action>,
    changes: [&'a [Change]; 2],
    accepted: bool,
}

impl Consequence<'_> {
    const NOTHING: Consequence<'static> =
        Consequence { action: None, changes: [&[], &[]], accepted: false };
}

/// Computes what the consequences of an option are worth to an actor.
struct Evaluator<'a, 'b> {
    view: &'a Perspective<'b>,
    who: ActorId,
    lookahead: &'a Lookahead,
    cursor: Cursor<'a>,
}

impl Evaluator<'_, '_> {
    /// Adds `weight` times the value of an action carried out, exact over its
    /// branches.
    fn accepted(
        &self,
        action: &Action,
        at: &Situation,
        weight: f64,
        plays: Range<usize>,
        workspace: &mut Workspace<'_>,
        out: &mut [f64],
    ) -> Computed<()> {
        let accepted = action.consent.is_some();
        if action.branches.is_empty() {
            let changes = [action.effects.as_slice(), &[]];
            let consequence = Consequence { action: Some(action), changes, accepted };
            return self.expect(consequence, at, weight, plays, workspace, out);
        }
        let mut chances = workspace.lend();
        self.view.chances(&action.branches, at, &mut chances)?;
        for (index, p) in chances.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let branch = action.branches.get(index);
            let changes =
                [action.effects.as_slice(), branch.map_or(&[][..], |branch| &branch.effects)];
            let consequence = Consequence { action: Some(action), changes, accepted };
            self.expect(consequence, at, weight * p, plays.clone(), workspace, out)?;
        }
        workspace.give_back(chances);
        Ok(())
    }

    /// Adds `weight` times the value of a proposal that was refused.
    fn refused(
        &self,
        action: &Action,
        at: &Situation,
        weight: f64,
        plays: Range<usize>,
        workspace: &mut Workspace<'_>,
        out: &mut [f64],
    ) -> Computed<()> {
        let changes = [action.refused.as_slice(), &[]];
        let consequence = Consequence { action: Some(action), changes, accepted: false };
        self.expect(consequence, at, weight, plays, workspace, out)
    }

    /// Adds `weight` times the value of a consequence in each play.
    fn expect(
        &self,
        consequence: Consequence<'_>,
        at: &Situation,
        weight: f64,
        plays: Range<usize>,
        workspace: &mut Workspace<'_>,
        out: &mut [f64],
    ) -> Computed<()> {
        let random =
            consequence.changes.iter().any(|list| list.iter().any(|c| c.formula.draws.is_some()));
        let mut once = None;
        for (slot, k) in out.iter_mut().zip(plays) {
            let value = match once {
                Some(value) => value,
                None => self.value_after(consequence, at, k, workspace)?,
            };
            if self.lookahead.foresight == 0 && !random {
                once = Some(value);
            }
            *slot += weight * value;
        }
        Ok(())
    }

    fn value_after(
        &self,
        consequence: Consequence<'_>,
        at: &Situation,
        k: usize,
        workspace: &mut Workspace<'_>,
    ) -> Computed<f64> {
        let mut after = workspace.pool.copy(at);
        let how = if self.lookahead.foresight == 0 { Use::Weigh } else { Use::Act };
        let mut source = workspace.source(self.lookahead.level, k);
        self.land(consequence, &mut after, &mut source, how)?;
        let value = if self.lookahead.foresight == 0 {
            self.view.utility(self.who, &after)?
        } else {
            self.view.test_ends(&mut after)?;
            prospect(self.view, self.who, &mut after, self.cursor, self.lookahead, k, workspace)?
        };
        workspace.pool.give(after);
        Ok(value)
    }

    fn land(
        &self,
        consequence: Consequence<'_>,
        at: &mut Situation,
        source: &mut dyn RandomSource,
        how: Use,
    ) -> Computed<()> {
        self.view.change(consequence.changes, at, source, how)?;
        if let Some(action) = consequence.action {
            at.mark_action(action, consequence.accepted);
        }
        Ok(())
    }
}

/// What is at stake for a voter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stake {
    /// V(accept) − V(refuse), the mean over the plays.
    pub mean: f64,
    /// How many plays were imagined; one where nothing had to be.
    pub plays: usize,
    /// How long the voter thought, if it could have thought longer.
    pub thought: Option<Thought>,
}

/// V(accept) − V(refuse) for a voter who looks as far ahead as given. It imagines as many plays again
/// until `decided` says of that difference in each play that it has decided: see [`weigh`].
pub(super) fn stake(
    view: &Perspective<'_>,
    ballot: Ballot<'_>,
    at: &Situation,
    lookahead: &Lookahead,
    workspace: &mut Workspace<'_>,
    decided: &dyn Fn(&[f64]) -> bool,
) -> Computed<Stake> {
    let Ballot { proposer, action, voter, cursor, .. } = ballot;
    let action = &view.program.actors[proposer.index()].actions[action];
    stake_in(view, (voter, action, cursor), at, lookahead, workspace, decided)
}

fn stake_in(
    view: &Perspective<'_>,
    (voter, action, cursor): (ActorId, &Action, Cursor<'_>),
    at: &Situation,
    lookahead: &Lookahead,
    workspace: &mut Workspace<'_>,
    decided: &dyn Fn(&[f64]) -> bool,
) -> Computed<Stake> {
    let sampled = lookahead.foresight > 0 || draws(action);
    let mut plays = sampled_plays(lookahead, sampled);
    let evaluator = Evaluator { view, who: voter, lookahead, cursor };
    let mut values = workspace.lend();
    loop {
        let from = values.len();
        values.resize(from + plays.len(), 0.0);
        evaluator.accepted(action, at, 1.0, plays.clone(), workspace, &mut values[from..])?;
        evaluator.refused(action, at, -1.0, plays.clone(), workspace, &mut values[from..])?;
        let thinks = sampled && lookahead.most > lookahead.plays.len();
        let thought = Thought { plays: plays.end, decided: !thinks || decided(&values) };
        if thought.decided || plays.end >= lookahead.most {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let stake = Stake { mean, plays: values.len(), thought: thinks.then_some(thought) };
            workspace.give_back(values);
            return Ok(stake);
        }
        plays = plays.end..2 * plays.end;
    }
}

/// The probability of acceptance that a proposer expects, from voters that do
/// not look ahead.
fn expected_acceptance(
    view: &Perspective<'_>,
    proposer: ActorId,
    action: &Action,
    consent: &Consent,
    at: &Situation,
    lookahead: &Lookahead,
    workspace: &mut Workspace<'_>,
) -> Computed<f64> {
    let order = [];
    let cursor = Cursor { order: &order, mover: 0, track: 0 };
    let mut yes = workspace.lend();
    for voter in &consent.voters {
        let p = if voter.actor == proposer {
            1.0
        } else {
            let whose = (voter.actor, action, cursor);
            let stake = stake_in(view, whose, at, lookahead, workspace, &|_| true)?;
            view.rule(voter.actor).probability_of_yes(stake.mean)
        };
        yes.push(p);
    }
    let carried = chance_of_consent(view, consent, &yes, at)?;
    workspace.give_back(yes);
    Ok(carried)
}

/// The probability that a proposal is carried when each voter says yes with its
/// own probability, independently; exact under every rule.
pub(super) fn chance_of_consent(
    view: &Perspective<'_>,
    consent: &Consent,
    yes: &[f64],
    at: &Situation,
) -> Computed<f64> {
    Ok(match &consent.rule {
        Rule::All => yes.iter().product(),
        Rule::Any => 1.0 - yes.iter().map(|p| 1.0 - p).product::<f64>(),
        Rule::Majority => {
            // The distribution of the number of yeses (Poisson binomial).
            let mut counts = vec![1.0];
            for p in yes {
                counts.push(0.0);
                for count in (0..counts.len()).rev() {
                    let one_less = if count > 0 { counts[count - 1] } else { 0.0 };
                    counts[count] = counts[count] * (1.0 - p) + one_less * p;
                }
            }
            (0..counts.len()).filter(|n| 2 * n > yes.len()).map(|n| counts[n]).sum()
        }
        Rule::Quota(quota) => {
            let quota = view.not_negative(quota, at)?;
            let mut weights = Vec::with_capacity(yes.len());
            for voter in &consent.voters {
                weights.push(match &voter.weight {
                    Some(weight) => view.not_negative(weight, at)?,
                    None => 0.0,
                });
            }
            quota_reached(&weights, yes, 0.0, quota)
        }
    })
}

/// The probability that the quota is reached, summed over every way to vote in the voters' order.
fn quota_reached(weights: &[f64], yes: &[f64], sum: f64, quota: f64) -> f64 {
    let (Some((weight, weights)), Some((p, yes))) = (weights.split_first(), yes.split_first())
    else {
        return if sum >= quota { 1.0 } else { 0.0 };
    };
    let with = if *p > 0.0 { p * quota_reached(weights, yes, sum + weight, quota) } else { 0.0 };
    let without = if *p < 1.0 { (1.0 - p) * quota_reached(weights, yes, sum, quota) } else { 0.0 };
    with + without
}
