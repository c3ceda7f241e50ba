//! What an actor expects of its options: expected utility, exact over chance
//! and consent, and over imagined plays where it looks ahead.

use std::ops::Range;

use super::accident::Outcome;
use super::imagine::{Desk, Insight, prospect};
use super::luck::Luck;
use super::situation::Situation;
use super::step::{Ballot, Choice, Turn};
use super::view::{Use, View};
use crate::model::{Action, ActorId, Change, Consent, Rule};
use crate::numeric;

/// The values of options, each over the imagined plays.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    /// V of each option, costs subtracted.
    pub means: Vec<f64>,
    /// V of each option in each imagined play, option after option; one value
    /// each where nothing had to be imagined.
    pub plays: Vec<f64>,
    /// How many values each option has.
    pub each: usize,
}

impl Values {
    /// The values of option `index` over the plays.
    pub fn of(&self, index: usize) -> &[f64] {
        &self.plays[index * self.each..(index + 1) * self.each]
    }
}

/// Weighs every option of a turn as `insight` tells.
pub(super) fn weigh(
    view: &View<'_>,
    turn: Turn<'_>,
    at: &Situation,
    insight: &Insight,
    desk: &mut Desk<'_>,
    out: &mut Values,
) -> Outcome<()> {
    let who = &view.program.actors[turn.actor.index()];
    let sampled = insight.foresight > 0
        || turn.options.iter().flatten().any(|index| draws(&who.actions[*index]));
    let plays =
        if sampled { insight.plays.clone() } else { insight.plays.start..insight.plays.start + 1 };
    out.each = plays.len();
    out.means.clear();
    out.plays.clear();
    for option in turn.options {
        let from = out.plays.len();
        out.plays.resize(from + out.each, 0.0);
        option_value(
            view,
            turn,
            *option,
            at,
            insight,
            plays.clone(),
            desk,
            &mut out.plays[from..],
        )?;
        let sum: f64 = out.plays[from..].iter().sum();
        out.means.push(sum / out.each as f64);
    }
    Ok(())
}

/// Whether a draw stands in anything that an action does.
pub(super) fn draws(action: &Action) -> bool {
    let any = |changes: &[Change]| changes.iter().any(|change| change.formula.draws.is_some());
    any(&action.effects)
        || any(&action.refused)
        || action.branches.iter().any(|branch| any(&branch.effects))
}

/// Adds to `out`, for each play, the value of an option.
#[allow(clippy::too_many_arguments)]
fn option_value(
    view: &View<'_>,
    turn: Turn<'_>,
    option: Choice,
    at: &Situation,
    insight: &Insight,
    plays: Range<usize>,
    desk: &mut Desk<'_>,
    out: &mut [f64],
) -> Outcome<()> {
    let seer = Seer { view, who: turn.actor, insight, cursor: turn.cursor };
    let Some(index) = option else {
        return seer.expect(Leaf::NOTHING, at, 1.0, plays, desk, out);
    };
    let action = &view.program.actors[turn.actor.index()].actions[index];
    let yes = match &action.consent {
        Some(consent) => expected_acceptance(view, turn.actor, action, consent, at, insight, desk)?,
        None => 1.0,
    };
    if yes > 0.0 {
        seer.accepted(action, at, yes, plays.clone(), desk, out)?;
    }
    if yes < 1.0 {
        seer.refused(action, at, 1.0 - yes, plays, desk, out)?;
    }
    if let Some(cost) = &action.cost {
        let cost = view.number(cost, at)?;
        for value in out {
            *value -= cost;
        }
    }
    Ok(())
}

/// What changes at one leaf of an option: a branch of chance and consent.
#[derive(Clone, Copy)]
struct Leaf<'a> {
    action: Option<&'a Action>,
    changes: [&'a [Change]; 2],
    accepted: bool,
}

impl Leaf<'_> {
    const NOTHING: Leaf<'static> = Leaf { action: None, changes: [&[], &[]], accepted: false };
}

/// One who looks at what an option leads to.
struct Seer<'a, 'b> {
    view: &'a View<'b>,
    who: ActorId,
    insight: &'a Insight,
    cursor: super::step::Cursor<'a>,
}

impl Seer<'_, '_> {
    /// Adds `weight` times the value of an action carried out, exact over its
    /// branches.
    fn accepted(
        &self,
        action: &Action,
        at: &Situation,
        weight: f64,
        plays: Range<usize>,
        desk: &mut Desk<'_>,
        out: &mut [f64],
    ) -> Outcome<()> {
        let accepted = action.consent.is_some();
        if action.branches.is_empty() {
            let changes = [action.effects.as_slice(), &[]];
            let leaf = Leaf { action: Some(action), changes, accepted };
            return self.expect(leaf, at, weight, plays, desk, out);
        }
        let mut chances = desk.lend();
        self.view.chances(&action.branches, at, &mut chances)?;
        for (index, p) in chances.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let branch = action.branches.get(index);
            let changes =
                [action.effects.as_slice(), branch.map_or(&[][..], |branch| &branch.effects)];
            let leaf = Leaf { action: Some(action), changes, accepted };
            self.expect(leaf, at, weight * p, plays.clone(), desk, out)?;
        }
        desk.give_back(chances);
        Ok(())
    }

    /// Adds `weight` times the value of a proposal that was refused.
    fn refused(
        &self,
        action: &Action,
        at: &Situation,
        weight: f64,
        plays: Range<usize>,
        desk: &mut Desk<'_>,
        out: &mut [f64],
    ) -> Outcome<()> {
        let changes = [action.refused.as_slice(), &[]];
        let leaf = Leaf { action: Some(action), changes, accepted: false };
        self.expect(leaf, at, weight, plays, desk, out)
    }

    /// Adds `weight` times the value of a leaf in each play.
    fn expect(
        &self,
        leaf: Leaf<'_>,
        at: &Situation,
        weight: f64,
        plays: Range<usize>,
        desk: &mut Desk<'_>,
        out: &mut [f64],
    ) -> Outcome<()> {
        let random = leaf.changes.iter().any(|list| list.iter().any(|c| c.formula.draws.is_some()));
        let mut once = None;
        for (slot, k) in out.iter_mut().zip(plays) {
            let value = match once {
                Some(value) => value,
                None => self.leaf_value(leaf, at, k, desk)?,
            };
            if self.insight.foresight == 0 && !random {
                once = Some(value);
            }
            *slot += weight * value;
        }
        Ok(())
    }

    fn leaf_value(
        &self,
        leaf: Leaf<'_>,
        at: &Situation,
        k: usize,
        desk: &mut Desk<'_>,
    ) -> Outcome<f64> {
        let mut after = desk.pool.copy(at);
        let how = if self.insight.foresight == 0 { Use::Weigh } else { Use::Act };
        let mut luck = desk.luck(self.insight.level, k);
        self.land(leaf, &mut after, &mut luck, how)?;
        let value = if self.insight.foresight == 0 {
            self.view.utility(self.who, &after)?
        } else {
            self.view.test_ends(&mut after)?;
            prospect(self.view, self.who, &mut after, self.cursor, self.insight, k, desk)?
        };
        desk.pool.give(after);
        Ok(value)
    }

    fn land(
        &self,
        leaf: Leaf<'_>,
        at: &mut Situation,
        luck: &mut dyn Luck,
        how: Use,
    ) -> Outcome<()> {
        self.view.change(leaf.changes, at, luck, how)?;
        if let Some(action) = leaf.action {
            at.mark(action.what);
            if leaf.accepted {
                at.accepted[action.what.0 as usize] = true;
            }
        }
        Ok(())
    }
}

/// V(accept) − V(refuse) for a voter, as `insight` tells.
pub(super) fn stake(
    view: &View<'_>,
    ballot: Ballot<'_>,
    at: &Situation,
    insight: &Insight,
    desk: &mut Desk<'_>,
) -> Outcome<f64> {
    let action = &view.program.actors[ballot.proposer.index()].actions[ballot.action];
    stake_in(view, ballot.voter, action, ballot.cursor, at, insight, desk)
}

fn stake_in(
    view: &View<'_>,
    voter: ActorId,
    action: &Action,
    cursor: super::step::Cursor<'_>,
    at: &Situation,
    insight: &Insight,
    desk: &mut Desk<'_>,
) -> Outcome<f64> {
    let sampled = insight.foresight > 0 || draws(action);
    let start = insight.plays.start;
    let plays = if sampled { insight.plays.clone() } else { start..start + 1 };
    let seer = Seer { view, who: voter, insight, cursor };
    let mut values = desk.lend();
    values.resize(plays.len(), 0.0);
    seer.accepted(action, at, 1.0, plays.clone(), desk, &mut values)?;
    seer.refused(action, at, -1.0, plays, desk, &mut values)?;
    let sum: f64 = values.iter().sum();
    let mean = sum / values.len() as f64;
    desk.give_back(values);
    Ok(mean)
}

/// The probability of acceptance that a proposer expects, from voters that do
/// not look ahead.
fn expected_acceptance(
    view: &View<'_>,
    proposer: ActorId,
    action: &Action,
    consent: &Consent,
    at: &Situation,
    insight: &Insight,
    desk: &mut Desk<'_>,
) -> Outcome<f64> {
    let plain = Insight { foresight: 0, ..insight.clone() };
    let order = [];
    let cursor = super::step::Cursor { order: &order, mover: 0, track: 0 };
    let mut yes = desk.lend();
    for voter in &consent.voters {
        let p = if voter.actor == proposer {
            1.0
        } else {
            let stake = stake_in(view, voter.actor, action, cursor, at, &plain, desk)?;
            let rationality = view.program.actors[voter.actor.index()].rationality;
            numeric::sigmoid(view.param(rationality) * stake)
        };
        yes.push(p);
    }
    let carried = carried(view, consent, &yes, at)?;
    desk.give_back(yes);
    Ok(carried)
}

/// The probability that a proposal is carried when each voter says yes with its
/// own probability, independently; exact under every rule.
fn carried(view: &View<'_>, consent: &Consent, yes: &[f64], at: &Situation) -> Outcome<f64> {
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
            let quota = view.number(quota, at)?;
            let mut weights = Vec::with_capacity(yes.len());
            for voter in &consent.voters {
                weights.push(match &voter.weight {
                    Some(weight) => view.number(weight, at)?,
                    None => 0.0,
                });
            }
            quota_reached(&weights, yes, 0.0, quota)
        }
    })
}

/// Sums over every way to vote, in the voters' order.
fn quota_reached(weights: &[f64], yes: &[f64], sum: f64, quota: f64) -> f64 {
    let (Some((weight, weights)), Some((p, yes))) = (weights.split_first(), yes.split_first())
    else {
        return if sum >= quota { 1.0 } else { 0.0 };
    };
    let with = if *p > 0.0 { p * quota_reached(weights, yes, sum + weight, quota) } else { 0.0 };
    let without = if *p < 1.0 { (1.0 - p) * quota_reached(weights, yes, sum, quota) } else { 0.0 };
    with + without
}
