//! A step of a trial, real or imagined: calendar, events, bargains, moves, laws.

use super::bargain::{Negotiation, Settlement, Stage};
use super::choice::{pick, says_yes};
use super::numerical_error::Computed;
use super::occurrence::{BargainHeard, CastVote, ChanceDraw, Occurrence};
use super::perspective::{Perspective, Use};
use super::random_source::RandomSource;
use super::situation::Situation;
use super::step_part::{StepPart, TurnAt};
use crate::formula::{Happening, exact};
use crate::model::{
    ActorId, Bargain, Branch, Chance, ChoicePlaceId, ChoiceRule, Formula, PlaceId, Rule, Track,
    Voter,
};
use crate::scenario::Order;

/// Where in the moves of a step a play stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    /// The order of this step.
    pub order: &'a [ActorId],
    /// The position in that order of the actor who is moving.
    pub mover: usize,
    /// The position of the track it is moving on.
    pub track: usize,
}

/// A choice: an action of the actor's, or to hold.
pub(super) type Choice = Option<usize>;

/// A move that is to be made: by which actor, on which track, and what options are open.
#[derive(Clone, Copy)]
pub(super) struct Turn<'a> {
    pub actor: ActorId,
    pub track: usize,
    /// The options, holding first if it is one.
    pub options: &'a [Choice],
    pub cursor: Cursor<'a>,
}

impl Turn<'_> {
    /// The place that the Gumbel number of an option comes from.
    pub fn place(&self, view: &Perspective<'_>, option: Choice) -> ChoicePlaceId {
        let who = &view.program.actors[self.actor.index()];
        match option {
            Some(index) => who.actions[index].choice_place,
            None => who.tracks[self.track].hold_place,
        }
    }

    /// Where it stands among the moves of the step.
    pub fn stands(&self) -> TurnAt {
        TurnAt { mover: self.cursor.mover, track: self.track, actor: self.actor }
    }

    /// The option that is chosen by a rule, given what each is worth.
    pub fn pick(
        &self,
        view: &Perspective<'_>,
        rule: ChoiceRule<f64>,
        values: &[f64],
        step: u32,
        source: &mut dyn RandomSource,
    ) -> Choice {
        let places = self.options.iter().map(|option| self.place(view, *option));
        self.options[pick(rule, places.zip(values.iter().copied()), step, source)]
    }
}

/// A vote that is to be cast.
#[derive(Clone, Copy)]
pub(super) struct Ballot<'a> {
    pub proposer: ActorId,
    pub action: usize,
    pub voter: ActorId,
    /// The place of the random number that decides the vote.
    pub place: PlaceId,
    pub cursor: Cursor<'a>,
}

impl Ballot<'_> {
    /// Where the turn stands in which it is cast.
    pub fn stands(&self) -> TurnAt {
        let Cursor { mover, track, .. } = self.cursor;
        TurnAt { mover, track, actor: self.proposer }
    }
}

/// What a step is played by: it gives random numbers, and decides what actors choose and how they
/// vote.
pub(super) trait Player {
    /// The random numbers of this play.
    fn source(&mut self) -> &mut dyn RandomSource;

    /// The choice among the options of a turn.
    fn choose(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        at: &Situation,
    ) -> Computed<Choice>;

    /// The probability with which a voter says yes.
    fn consent(
        &mut self,
        view: &Perspective<'_>,
        ballot: Ballot<'_>,
        at: &Situation,
    ) -> Computed<f64>;

    /// Notes a move that was made: what was open, what was chosen, and whether
    /// it was accepted.
    fn note(&mut self, _turn: Turn<'_>, _choice: Choice, _accepted: bool, _at: &Situation) {}

    /// What an actor takes of the options that it is left with, one at least.
    fn take(&mut self, view: &Perspective<'_>, turn: Turn<'_>, at: &Situation) -> Computed<Choice> {
        match turn.options {
            [only] => Ok(*only),
            _ => self.choose(view, turn, at),
        }
    }

    /// Whether a proposal is carried whose voters say yes with these probabilities, and that is carried or not by how
    /// they voted.
    fn carries(
        &mut self,
        _view: &Perspective<'_>,
        _turn: Turn<'_>,
        _proposal: (usize, &[f64]),
        carried: bool,
        _at: &Situation,
    ) -> Computed<bool> {
        Ok(carried)
    }

    /// Which branch of an action comes up, of which luck has drawn one.
    fn branch(&mut self, _turn: Turn<'_>, draw: ChanceDraw) -> ChanceDraw {
        draw
    }

    /// Whether, and with which branch, an event comes about of which luck has drawn that; `None` of one that always
    /// does.
    fn event(&mut self, _what: Happening, draw: Option<ChanceDraw>) -> Option<ChanceDraw> {
        draw
    }

    /// Whether it is known whether a bargain came about, so that it is tried whatever luck says.
    fn tries(&self, _what: Happening) -> bool {
        false
    }

    /// Whether a bargain comes about that was tried though it had this chance, and in which there was a deal or none.
    fn settles(&mut self, _what: Happening, _chance: f64, deal: bool) -> bool {
        deal
    }

    /// Hears that a part of the step comes now in which luck may decide something. Choices and votes are not
    /// told of: their player makes them.
    fn comes(&mut self, _part: StepPart, _step: u32) {}

    /// Hears of whatever else happened, right after it did.
    fn hear(&mut self, _occurrence: Occurrence<'_>, _at: &Situation) {}
}

/// Plays a whole step, unless the trial ends in it.
pub(super) fn whole_step(
    view: &Perspective<'_>,
    at: &mut Situation,
    player: &mut dyn Player,
    listed: &[ActorId],
) -> Computed<()> {
    if let Some(rules) = view.rules {
        at.begin_windows(rules);
    }
    for entry in &view.program.calendar {
        if entry.step == i64::from(at.step) {
            player.comes(StepPart::Calendar(entry.what), at.step);
            view.change([&entry.effects, &[]], at, player.source(), Use::Act)?;
            at.mark(entry.what);
            player.hear(Occurrence::Calendar(entry.what), at);
            view.test_ends(at)?;
            if at.ended.is_some() {
                return Ok(());
            }
        }
    }
    for index in 0..view.program.events.len() {
        nature_moves(view, index, at, player)?;
        if at.ended.is_some() {
            return Ok(());
        }
    }
    for index in 0..view.program.bargains.len() {
        bargain_settles(view, index, at, player)?;
        if at.ended.is_some() {
            return Ok(());
        }
    }
    match view.model.order {
        Order::Listed => moves(view, at, player, Cursor { order: listed, mover: 0, track: 0 })?,
        Order::Random => {
            player.comes(StepPart::Order, at.step);
            let order = shuffled(view, at, player.source(), listed);
            player.hear(Occurrence::Order(&order), at);
            moves(view, at, player, Cursor { order: &order, mover: 0, track: 0 })?;
        }
    }
    laws(view, at, player)
}

/// Plays what is left of a step after the move at `cursor`.
pub(super) fn rest_of_step(
    view: &Perspective<'_>,
    at: &mut Situation,
    player: &mut dyn Player,
    cursor: Cursor<'_>,
) -> Computed<()> {
    moves(view, at, player, Cursor { track: cursor.track + 1, ..cursor })?;
    laws(view, at, player)
}

/// The actors in an order drawn anew: each has a number of its own, so that a
/// new actor leaves the others' order among themselves as it was.
fn shuffled(
    view: &Perspective<'_>,
    at: &Situation,
    source: &mut dyn RandomSource,
    listed: &[ActorId],
) -> Vec<ActorId> {
    let mut numbered: Vec<(f64, ActorId)> = listed
        .iter()
        .map(|actor| {
            let place = view.program.actors[actor.index()].order_place;
            (source.uniform(place, 0, at.step), *actor)
        })
        .collect();
    numbered.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    numbered.into_iter().map(|(_, actor)| actor).collect()
}

fn laws(view: &Perspective<'_>, at: &mut Situation, player: &mut dyn Player) -> Computed<()> {
    if at.ended.is_some() {
        return Ok(());
    }
    player.comes(StepPart::Laws, at.step);
    view.change([&view.program.laws, &[]], at, player.source(), Use::Act)?;
    if !view.program.laws.is_empty() {
        player.hear(Occurrence::Laws, at);
    }
    view.test_ends(at)
}

fn nature_moves(
    view: &Perspective<'_>,
    index: usize,
    at: &mut Situation,
    player: &mut dyn Player,
) -> Computed<()> {
    let event = &view.program.events[index];
    if !view.within_limits(event.limits, event.what, at) || !view.holds(event.when.as_ref(), at)? {
        return Ok(());
    }
    player.comes(StepPart::Event(index), at.step);
    let (draw, branches): (_, &[Branch]) = match &event.chance {
        Chance::Certain => (None, &[]),
        Chance::Formula(formula, place) => {
            let draw = whether(view, (formula, *place), at, player.source())?;
            (Some(draw), &[])
        }
        Chance::Branches(branches, place) => {
            let draw = drawn_branch(view, branches, *place, at, player.source())?;
            (Some(draw), branches)
        }
    };
    let draw = player.event(event.what, draw);
    if draw.as_ref().is_some_and(|draw| draw.came.is_none()) {
        player.hear(Occurrence::Event(event.what, draw.as_ref()), at);
        return Ok(());
    }
    let came = draw.as_ref().and_then(|draw| branches.get(draw.came?));
    let branch = came.map_or(&[][..], |branch| &branch.effects);
    view.change([&event.effects, branch], at, player.source(), Use::Act)?;
    at.mark(event.what);
    player.hear(Occurrence::Event(event.what, draw.as_ref()), at);
    view.test_ends(at)
}

/// Whether something happens that has a chance.
fn whether(
    view: &Perspective<'_>,
    (chance, place): (&Formula, PlaceId),
    at: &Situation,
    source: &mut dyn RandomSource,
) -> Computed<ChanceDraw> {
    let p = view.chance(chance, at)?;
    let number = source.uniform(place, 0, at.step);
    Ok(ChanceDraw { chances: vec![p, 1.0 - p], number, came: (number < p).then_some(0) })
}

/// A bargain: if it can happen and does, the variable is settled, and then its effects follow.
fn bargain_settles(
    view: &Perspective<'_>,
    index: usize,
    at: &mut Situation,
    player: &mut dyn Player,
) -> Computed<()> {
    let bargain = &view.program.bargains[index];
    if !view.within_limits(bargain.limits, bargain.what, at)
        || !view.holds(bargain.when.as_ref(), at)?
    {
        return Ok(());
    }
    player.comes(StepPart::Bargain(index), at.step);
    let mut draw = None;
    if let Some((formula, place)) = &bargain.chance {
        draw = Some(whether(view, (formula, *place), at, player.source())?);
    }
    let chance = draw.as_ref();
    let mut parties = Vec::with_capacity(bargain.parties.len());
    let mut heard = BargainHeard { chance, parties: &[], settled: None };
    let tries = player.tries(bargain.what);
    if tries || chance.is_none_or(|draw| draw.came.is_some()) {
        heard.settled = settled(view, bargain, at, player.source(), &mut parties)?;
        heard.parties = &parties;
    }
    if tries {
        let p = chance.map_or(1.0, |draw| draw.chances[0]);
        let comes = player.settles(bargain.what, p, heard.settled.is_some());
        heard.settled = heard.settled.filter(|_| comes);
    }
    let Some(value) = heard.settled else {
        player.hear(Occurrence::Bargain(bargain.what, heard), at);
        return Ok(());
    };
    view.settle(bargain.over, value, at);
    view.change([&bargain.effects, &[]], at, player.source(), Use::Act)?;
    at.mark(bargain.what);
    player.hear(Occurrence::Bargain(bargain.what, heard), at);
    view.test_ends(at)
}

/// Where a bargain settles; `None` where there is no deal. Position, salience and power of each party go
/// into `parties`.
fn settled(
    view: &Perspective<'_>,
    bargain: &Bargain,
    at: &Situation,
    source: &mut dyn RandomSource,
    parties: &mut Vec<[f64; 3]>,
) -> Computed<Option<f64>> {
    let range = view.range(bargain.over);
    let mut negotiation = Negotiation::default();
    for party in &bargain.parties {
        let [position, salience, power] = [
            view.number(&party.position, at)?,
            view.number(&party.salience, at)?,
            view.number(&party.power, at)?,
        ];
        if power * salience < 0.0 {
            let negative = if salience < 0.0 { &party.salience } else { &party.power };
            let who = &view.model.actors[party.actor.index()].name;
            let problem = format!(
                "the weight of `{who}` is {} * {}, power times salience: it must not be negative",
                exact(power),
                exact(salience)
            );
            return Err(view.numerical_error(negative, at, problem));
        }
        negotiation.seat([position, salience, power], range);
        parties.push([position, salience, power]);
    }
    let luck = bargain.luck.map_or(0.0, |place| source.uniform(place, 0, at.step));
    let now = at.state[bargain.over.0 as usize];
    match negotiation.settle(bargain.rule, Stage { now, luck }) {
        Settlement::At(x) => Ok(Some(x)),
        Settlement::NoDeal => Ok(None),
        Settlement::Unusable => {
            let problem = if negotiation.nobody_counts() {
                "power times salience is zero for everyone who bargains"
            } else {
                "the weights of those who bargain are too large to be added"
            };
            Err(view.numerical_error(&bargain.settles, at, problem.to_owned()))
        }
    }
}

/// The branch that comes up, by the inverse CDF in the order written.
fn drawn_branch(
    view: &Perspective<'_>,
    branches: &[Branch],
    place: PlaceId,
    at: &Situation,
    source: &mut dyn RandomSource,
) -> Computed<ChanceDraw> {
    let mut chances = Vec::new();
    view.chances(branches, at, &mut chances)?;
    let number = source.uniform(place, 0, at.step);
    let mut below = 0.0;
    for (index, p) in chances[..branches.len()].iter().enumerate() {
        below += p;
        if number < below {
            return Ok(ChanceDraw { chances, number, came: Some(index) });
        }
    }
    let nothing_left = chances[branches.len()] == 0.0;
    let last = (0..branches.len()).rev().find(|index| chances[*index] > 0.0);
    let came = if nothing_left { last } else { None };
    Ok(ChanceDraw { chances, number, came })
}

/// Everybody's moves from `cursor` on.
fn moves(
    view: &Perspective<'_>,
    at: &mut Situation,
    player: &mut dyn Player,
    cursor: Cursor<'_>,
) -> Computed<()> {
    if at.ended.is_some() {
        return Ok(());
    }
    let mut options = Vec::new();
    let mut track = cursor.track;
    for mover in cursor.mover..cursor.order.len() {
        let actor = cursor.order[mover];
        let tracks = &view.program.actors[actor.index()].tracks;
        while track < tracks.len() {
            let forced = open(view, actor, &tracks[track], at, &mut options)?;
            if !forced.is_empty() {
                player.hear(Occurrence::Forced(&forced), at);
            }
            let cursor = Cursor { mover, track, ..cursor };
            let turn = Turn { actor, track, options: &options, cursor };
            let left = if forced.is_empty() { &options } else { &forced };
            let choice = player.take(view, Turn { options: left, ..turn }, at)?;
            let accepted = perform(view, turn, choice, at, player)?;
            player.note(turn, choice, accepted, at);
            if choice.is_some() {
                view.test_ends(at)?;
                if at.ended.is_some() {
                    return Ok(());
                }
            }
            track += 1;
        }
        track = 0;
    }
    Ok(())
}

/// Lists what is open to an actor on a track, and returns those options of which the policy forces
/// one, if it does: an action, or several items of its menu.
fn open(
    view: &Perspective<'_>,
    actor: ActorId,
    track: &Track,
    at: &Situation,
    options: &mut Vec<Choice>,
) -> Computed<Vec<Choice>> {
    let who = &view.program.actors[actor.index()];
    options.clear();
    options.push(None);
    let mut first = usize::MAX;
    let mut forced = Vec::new();
    for index in &track.actions {
        let action = &who.actions[*index];
        if view.rules.is_some_and(|rules| rules.forbids(action.happenings()))
            || !view.within_limits(action.limits, action.what, at)
            || !view.holds(action.when.as_ref(), at)?
        {
            continue;
        }
        options.push(Some(*index));
        let bid = view.rules.and_then(|rules| {
            rules.bids(|what| action.is(what), at.step, |what| at.count(what), &at.before)
        });
        let Some(rule) = bid.filter(|rule| *rule <= first) else { continue };
        if rule < first {
            forced.clear();
            first = rule;
        }
        forced.push(Some(*index));
    }
    if who.must_act && options.len() > 1 {
        options.remove(0);
    }
    Ok(forced)
}

/// Makes a move. Returns whether a proposal was accepted.
fn perform(
    view: &Perspective<'_>,
    turn: Turn<'_>,
    choice: Choice,
    at: &mut Situation,
    player: &mut dyn Player,
) -> Computed<bool> {
    let Some(index) = choice else { return Ok(false) };
    let action = &view.program.actors[turn.actor.index()].actions[index];
    if let Some(consent) = &action.consent {
        let mut yes = Vec::with_capacity(consent.voters.len());
        let mut probabilities = Vec::with_capacity(consent.voters.len());
        for voter in &consent.voters {
            let own = CastVote { voter: voter.actor, probability: 1.0, yes: true };
            let vote = match voter.actor == turn.actor {
                true => own,
                false => {
                    let ballot = Ballot {
                        proposer: turn.actor,
                        action: index,
                        voter: voter.actor,
                        place: voter.place,
                        cursor: turn.cursor,
                    };
                    let probability = player.consent(view, ballot, at)?;
                    let yes = says_yes(probability, voter.place, at.step, player.source());
                    CastVote { probability, yes, ..own }
                }
            };
            player.hear(Occurrence::Vote(vote), at);
            yes.push(vote.yes);
            probabilities.push(vote.probability);
        }
        player.comes(StepPart::Outcome(turn.stands(), index), at.step);
        let is_carried = carried(view, &consent.rule, &consent.voters, &yes, at)?;
        if !player.carries(view, turn, (index, &probabilities), is_carried, at)? {
            view.change([&action.refused, &[]], at, player.source(), Use::Act)?;
            at.mark_action(action, false);
            return Ok(false);
        }
    } else {
        player.comes(StepPart::Outcome(turn.stands(), index), at.step);
    }
    carry_out(view, (turn, index), at, player)?;
    Ok(action.consent.is_some())
}

fn carry_out(
    view: &Perspective<'_>,
    (turn, index): (Turn<'_>, usize),
    at: &mut Situation,
    player: &mut dyn Player,
) -> Computed<()> {
    let action = &view.program.actors[turn.actor.index()].actions[index];
    let branch: &[_] = if action.branches.is_empty() {
        &[]
    } else {
        let place = action.chance_place;
        let draw = drawn_branch(view, &action.branches, place, at, player.source())?;
        let draw = player.branch(turn, draw);
        player.hear(Occurrence::Branch(&draw), at);
        draw.came.map_or(&[], |index| &action.branches[index].effects)
    };
    view.change([&action.effects, branch], at, player.source(), Use::Act)?;
    at.mark_action(action, action.consent.is_some());
    Ok(())
}

/// Whether a proposal is carried by these votes.
fn carried(
    view: &Perspective<'_>,
    rule: &Rule,
    voters: &[Voter],
    yes: &[bool],
    at: &Situation,
) -> Computed<bool> {
    let count = yes.iter().filter(|yes| **yes).count();
    Ok(match rule {
        Rule::All => count == yes.len(),
        Rule::Any => count > 0,
        Rule::Majority => 2 * count > yes.len(),
        Rule::Quota(quota) => {
            let quota = view.not_negative(quota, at)?;
            let mut sum = 0.0;
            for (voter, _) in voters.iter().zip(yes).filter(|(_, yes)| **yes) {
                if let Some(weight) = &voter.weight {
                    sum += view.not_negative(weight, at)?;
                }
            }
            sum >= quota
        }
    })
}
