//! A move of an actor on a track, in many lanes: what is open, what it is worth, what is chosen,
//! and what comes of it.

use super::cursor::LanesCursor;
use super::frame::Frame;
use super::play::{LanesPlayer, RuledProgram};
use super::scratch::Scratch;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::ahead::imagine::{LanesLookahead, lanes_of};
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::lower::plan::{ActionPlan, Number, ProgramPlan, TrackPlan};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::engine::lanes::random::numbers::Asked;
use crate::engine::lookahead::LookaheadWithin;
use crate::engine::step_part::StepPart;
use crate::model::{ChoiceRule, Rules};

/// A lane in which the policy forces a move.
struct ForcedLane {
    lane: usize,
    /// The positions of the actions of which it forces one.
    positions: Vec<usize>,
}

impl Lanes<'_> {
    /// A move of an actor on a track, in the lanes of `Turn`.
    pub(in crate::engine::lanes) fn turn(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        let (need, choice) = (self.single(Single::Need), self.single(Single::Choice));
        self.run(&track.open, f, scratch);
        if let Some(rules) = view.rules {
            self.forbid(f, rules, track, actor.must_act);
        }
        f.fill(choice, 0.0);
        if actor.must_act {
            self.first_open(f, track);
        }
        if let LanesPlayer::Real(record) = player {
            record.opened(self, f, cursor, track.actions.len());
        }
        let forced = self.forced(f, view, track);
        let mut moves = Vec::new();
        if !forced.is_empty() {
            self.force(f, track, &forced, &mut moves);
        }
        self.comes(f, StepPart::Choice(cursor.stands()), Single::Need, player);
        let weighed = self.weigh(f, view, cursor, player, scratch);
        if let LanesPlayer::Known(past) = player
            && past.tells_of(cursor.turn())
        {
            self.known_moves(f, view, cursor, past, &mut moves, scratch);
        }
        if f.any(self.cpu, need) {
            if let LanesPlayer::Real(record) = player {
                let rule = self.rule(f, view, cursor.actor);
                record.spread(self, f, cursor, track.actions.len(), actor.must_act, rule);
            }
            if !forced.is_empty() {
                self.choose_item(f, view, cursor.actor, track, &mut moves, scratch);
            }
            self.run(&track.choose, f, scratch);
        }
        if !forced.is_empty() {
            f.fill(self.single(Single::Bound), 0.0);
        }
        for (lane, position) in moves {
            f.get_mut(choice)[lane] = (position + 1) as f64;
        }
        if let LanesPlayer::Real(record) = player {
            record.held(self, f, cursor, track.actions.len());
        }
        for (position, action) in track.actions.iter().enumerate() {
            self.perform(f, view, cursor, (position, action, weighed), player, scratch);
        }
    }

    /// Closes the actions that the policy forbids.
    fn forbid(&self, f: &mut Frame, rules: &Rules, track: &TrackPlan, must_act: bool) {
        let forbidden = |action: &ActionPlan| rules.forbids(action.happenings.iter().copied());
        if !track.actions.iter().any(forbidden) {
            return;
        }
        let mut open = vec![0u32; f.n];
        for (position, action) in track.actions.iter().enumerate() {
            let column = self.layout.open(position);
            if forbidden(action) {
                f.fill(column, 0.0);
            } else {
                let flags = open.iter_mut().zip(f.get(column));
                flags.for_each(|(count, flag)| *count += u32::from(*flag != 0.0));
            }
        }
        let least = if must_act { 2 } else { 1 };
        for (need, count) in f.get_mut(self.single(Single::Need)).iter_mut().zip(open) {
            *need = f64::from(u8::from(count >= least));
        }
    }

    /// For an actor that must act: its first open action, which stands until something is chosen.
    fn first_open(&self, f: &mut Frame, track: &TrackPlan) {
        let (chosen, others) = f.write(self.single(Single::Choice));
        for position in (0..track.actions.len()).rev() {
            let open = others.get(self.layout.open(position).0);
            for (slot, open) in chosen.iter_mut().zip(open) {
                if *open != 0.0 {
                    *slot = (position + 1) as f64;
                }
            }
        }
    }

    /// Lanes in which the policy forces a move, and the positions of the actions of which it forces
    /// one: several are items of a menu.
    fn forced(&self, f: &Frame, view: RuledProgram<'_>, track: &TrackPlan) -> Vec<ForcedLane> {
        let Some(rules) = view.rules else { return Vec::new() };
        let is_bidden = |action: &ActionPlan| {
            rules.forced.iter().any(|force| action.happenings.contains(&force.what))
        };
        let bidden: Vec<bool> = track.actions.iter().map(is_bidden).collect();
        if !bidden.contains(&true) {
            return Vec::new();
        }
        let mut forced = Vec::new();
        let mut before = vec![0u32; rules.forced.len()];
        for lane in 0..f.n {
            for (rule, slot) in before.iter_mut().enumerate() {
                *slot = f.get(self.layout.before(rule))[lane] as u32;
            }
            let mut first = usize::MAX;
            let mut positions = Vec::new();
            for (position, action) in track.actions.iter().enumerate() {
                if f.get(self.layout.open(position))[lane] == 0.0 || !bidden[position] {
                    continue;
                }
                let is = |what| action.happenings.contains(&what);
                let count = |what| f.get(self.layout.count(what))[lane] as u32;
                let bid = rules.bids(is, f.step, count, &before);
                let Some(rule) = bid.filter(|rule| *rule <= first) else { continue };
                if rule < first {
                    positions.clear();
                    first = rule;
                }
                positions.push(position);
            }
            if !positions.is_empty() {
                forced.push(ForcedLane { lane, positions });
            }
        }
        forced
    }

    /// Adds the lanes in which the policy forces one action, and its position, to the moves that are
    /// made, and takes these lanes out of `Need`. Where it forces one of several items, the lanes are
    /// `Bound`, with nothing else open.
    fn force(
        &self,
        f: &mut Frame,
        track: &TrackPlan,
        forced: &[ForcedLane],
        moves: &mut Vec<(usize, usize)>,
    ) {
        let (need, bound) = (self.single(Single::Need), self.single(Single::Bound));
        f.fill(bound, 0.0);
        for ForcedLane { lane, positions } in forced {
            if let [position] = positions[..] {
                f.get_mut(need)[*lane] = 0.0;
                moves.push((*lane, position));
                continue;
            }
            f.get_mut(bound)[*lane] = 1.0;
            for position in (0..track.actions.len()).filter(|own| !positions.contains(own)) {
                f.get_mut(self.layout.open(position))[*lane] = 0.0;
            }
        }
    }

    /// Chooses among the items of which the policy forces one, in the lanes of `Bound`: adds them and the
    /// positions to the moves that are made, and takes them out of `Need`.
    fn choose_item(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        who: usize,
        track: &TrackPlan,
        moves: &mut Vec<(usize, usize)>,
        scratch: &mut Scratch,
    ) {
        let (bound, need) = (self.single(Single::Bound), self.single(Single::Need));
        if !f.any(self.cpu, bound) {
            return;
        }
        let lanes = lanes_of(f.get(bound));
        let mut best = vec![(f64::NEG_INFINITY, 0); lanes.len()];
        let mut rules = Vec::with_capacity(lanes.len());
        for lane in &lanes {
            rules.push(self.rule_in(f, view, who, *lane));
        }
        let gumbel = self.single(Single::Uniform);
        for (position, action) in track.actions.iter().enumerate() {
            let asked = Asked::Gumbel { place: action.choice_place, step: f.step };
            self.random_numbers(asked, bound, gumbel, f, scratch);
            let (open, value) = (self.layout.open(position), self.layout.value(position));
            for ((lane, rule), best) in lanes.iter().zip(&rules).zip(&mut best) {
                let lane = *lane as usize;
                if f.get(open)[lane] != 0.0 {
                    let score = rule.score(f.get(value)[lane], || f.get(gumbel)[lane]);
                    if score > best.0 {
                        *best = (score, position);
                    }
                }
            }
        }
        for (lane, (_, position)) in lanes.iter().zip(best) {
            moves.push((*lane as usize, position));
            f.get_mut(need)[*lane as usize] = 0.0;
        }
    }

    /// Computes what the options are worth to the actor who moves, in the lanes of `Need`. Returns
    /// whether the voters' probabilities were computed as well.
    fn weigh(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) -> bool {
        let need = self.single(Single::Need);
        match player {
            LanesPlayer::Real(_) | LanesPlayer::Replay(_) | LanesPlayer::Known(_) => {
                if !f.any(self.cpu, need) {
                    return false;
                }
                let mind = self.mind(cursor.actor);
                let actor = &mind.plan.actors[cursor.actor];
                let track = &actor.tracks[cursor.track];
                if actor.foresight == 0 && !track.draws {
                    self.run(&track.weigh, f, scratch);
                } else {
                    let lookahead = LanesLookahead::of(actor, cursor.actor, (1, f.step), f.play);
                    let lookahead = match player {
                        LanesPlayer::Known(past) if past.tells_of(cursor.turn()) => {
                            lookahead.fully()
                        }
                        LanesPlayer::Real(_)
                        | LanesPlayer::Replay(_)
                        | LanesPlayer::Known(_)
                        | LanesPlayer::Mind { .. } => lookahead,
                    };
                    let record = player.record();
                    self.look_ahead(f, mind, cursor, lookahead, None, record, scratch);
                }
                false
            }
            LanesPlayer::Mind { imaginer, within, key, now } => {
                let actor = &view.plan.actors[cursor.actor];
                let track = &actor.tracks[cursor.track];
                if within.moving(cursor.actor == *imaginer) && actor.foresight > 0 {
                    if f.any(self.cpu, need) {
                        let lookahead =
                            LanesLookahead::of(actor, cursor.actor, (f.level + 1, *now), f.play);
                        self.look_ahead(f, view, cursor, lookahead, Some(*key), None, scratch);
                    }
                    return false;
                }
                // What is open alone is not weighed, but voters are asked about it.
                let asks = |(position, action): (usize, &ActionPlan)| {
                    action.consent.is_some() && f.any(self.cpu, self.layout.open(position))
                };
                if f.any(self.cpu, need) || track.actions.iter().enumerate().any(asks) {
                    self.run(&track.weigh, f, scratch);
                    return true;
                }
                false
            }
        }
    }

    /// A number settled once per trial, as a column. A constant goes into a column that the next
    /// constant will take, so a rule of choice with several numbers needs more such columns.
    pub(in crate::engine::lanes) fn number(&self, number: Number, f: &mut Frame) -> ColumnId {
        match number {
            Number::Column(column) => column,
            Number::Constant(x) => {
                let spare = self.single(Single::Weight);
                f.fill(spare, x);
                spare
            }
        }
    }

    /// The rule by which an actor decides, with its numbers as columns.
    fn rule(&self, f: &mut Frame, view: RuledProgram<'_>, who: usize) -> ChoiceRule<ColumnId> {
        view.plan.actors[who].choice.map(|number| self.number(number, f))
    }

    /// Carries out an action in the lanes in which it was chosen.
    fn perform(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        (position, action, weighed): (usize, &ActionPlan, bool),
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let choice = self.single(Single::Choice);
        let (acting, within) = (self.single(Single::Acting), self.single(Single::Within));
        let spare = self.single(Single::Spare);
        // Where nothing is asked or drawn, all that act make the changes.
        let at_once = action.consent.is_none() && action.chance.is_none();
        let acting = if at_once { within } else { acting };
        f.with_constant(self.cpu, Binary::Equal, choice, (position + 1) as f64, acting);
        if !f.any(self.cpu, acting) {
            return;
        }
        let taken = f.count(self.cpu, acting);
        if let LanesPlayer::Real(record) = player {
            record.taken_in_windows(&self.windows, f, acting, &action.happenings);
        }
        let mut accepted = 0;
        if let Some(consent) = &action.consent {
            for (index, voter) in consent.voters.iter().enumerate() {
                let vote = self.layout.vote(index);
                if voter.actor.index() == cursor.actor {
                    f.fill(vote, 1.0);
                    continue;
                }
                let part = StepPart::Vote(cursor.stands(), index, voter.actor);
                self.comes(f, part, Single::Acting, player);
                self.probability_of_yes(
                    f,
                    view,
                    cursor,
                    (position, index),
                    weighed,
                    player,
                    scratch,
                );
                let uniform = self.single(Single::Uniform);
                let asked = Asked::Uniform { place: voter.place, number: 0, step: f.step };
                self.random_numbers(asked, acting, uniform, f, scratch);
                let yes = self.layout.yes(position, index);
                f.binary(self.cpu, Binary::Less, [uniform, yes], vote);
            }
        }
        let mask = if at_once { Single::Within } else { Single::Acting };
        let index = self.model.truth.actors[cursor.actor].tracks[cursor.track].actions[position];
        self.comes(f, StepPart::Outcome(cursor.stands(), index), mask, player);
        if let Some(consent) = &action.consent {
            self.run(&consent.carried, f, scratch);
            if let LanesPlayer::Known(past) = player {
                self.known_consent(f, view, cursor, (position, consent), past, scratch);
            }
            let (refused, other) = (self.single(Single::Refused), self.single(Single::Ending));
            f.unary(self.cpu, Unary::Not, spare, other);
            f.binary(self.cpu, Binary::Multiply, [acting, other], refused);
            f.binary(self.cpu, Binary::Multiply, [acting, spare], other);
            f.copy(other, acting);
            if f.any(self.cpu, refused) {
                f.copy(refused, within);
                self.carry_out(&consent.refused, &action.happenings, f, player, scratch);
            }
            accepted = f.count(self.cpu, acting);
        }
        if let LanesPlayer::Real(record) = player {
            record.moved(f.step, cursor, position, taken, accepted);
        }
        if !f.any(self.cpu, acting) {
            return;
        }
        match &action.chance {
            Some(tape) => {
                self.run(tape, f, scratch);
                if let LanesPlayer::Known(past) = player {
                    self.known_branch(f, view, cursor, position, past, scratch);
                }
                self.branches(&action.branches, &action.happenings, f, player, scratch);
            }
            None => {
                if !at_once {
                    f.copy(acting, within);
                }
                self.carry_out(&action.branches[0], &action.happenings, f, player, scratch);
            }
        }
    }

    /// Computes the probability with which a voter says yes, in the lanes of `Acting`.
    #[allow(clippy::too_many_arguments)]
    fn probability_of_yes(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        (position, index): (usize, usize),
        weighed: bool,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let voter_of = |plan: &ProgramPlan| {
            let action = &plan.actors[cursor.actor].tracks[cursor.track].actions[position];
            action.consent.as_ref().map_or(0, |consent| consent.voters[index].actor.index())
        };
        let voter = voter_of(view.plan);
        let (mind, lookahead, outer) = match player {
            LanesPlayer::Real(_) | LanesPlayer::Replay(_) | LanesPlayer::Known(_) => {
                let mind = self.mind(voter);
                let actor = &mind.plan.actors[voter];
                let lookahead = LanesLookahead::of(actor, voter, (1, f.step), f.play);
                let is_known = match player {
                    LanesPlayer::Known(past) => {
                        past.made(cursor.turn()).is_some_and(|made| made.accepted.is_some())
                    }
                    LanesPlayer::Real(_) | LanesPlayer::Replay(_) | LanesPlayer::Mind { .. } => {
                        false
                    }
                };
                (mind, if is_known { lookahead.fully() } else { lookahead }, None)
            }
            LanesPlayer::Mind { imaginer, within, key, now } => {
                let actor = &view.plan.actors[voter];
                let ahead = within.voting(voter == *imaginer) && actor.foresight > 0;
                if weighed && !ahead {
                    return;
                }
                let lookahead = if ahead {
                    LanesLookahead::of(actor, voter, (f.level + 1, *now), f.play)
                } else {
                    let short = LanesLookahead::of(actor, voter, (f.level, *now), f.play);
                    let within = LookaheadWithin::NOBODY;
                    LanesLookahead { foresight: 0, plays: 1, within, ..short }
                };
                (view, lookahead, Some(*key))
            }
        };
        let action = &mind.plan.actors[cursor.actor].tracks[cursor.track].actions[position];
        let real = player.is_real();
        if lookahead.foresight > 0 || (action.draws && real) {
            let acting = self.single(Single::Acting);
            let thoughts =
                self.stakes(f, mind, cursor, position, acting, lookahead, Some(outer), scratch);
            if let LanesPlayer::Real(record) = player {
                record.thought(voter, thoughts);
            }
        } else if let Some(consent) = &action.consent {
            self.run(&consent.voters[index].stake, f, scratch);
        }
        self.run(&view.plan.actors[voter].acceptance, f, scratch);
        f.copy(self.single(Single::Spare), self.layout.yes(position, index));
    }
}
