//! A move of an actor on a track, in many lanes: what is open, what it is worth, what is chosen,
//! and what comes of it.

use super::Lanes;
use super::cursor::LanesCursor;
use super::frame::Frame;
use super::graph::ColumnId;
use super::imagine::LanesLookahead;
use super::layout::Single;
use super::numbers::Asked;
use super::operation::{Binary, Unary};
use super::plan::{ActionPlan, Number, ProgramPlan, TrackPlan};
use super::play::{LanesPlayer, RuledProgram};
use super::scratch::Scratch;
use crate::formula::Happening;
use crate::model::{ChoicePlaceId, ChoiceRule};

impl Lanes<'_> {
    /// A move of an actor on a track, in the lanes of `Turn`.
    pub(super) fn turn(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        let (turn, open) = (self.single(Single::Turn), self.single(Single::Open));
        let (need, choice) = (self.single(Single::Need), self.single(Single::Choice));
        self.run(&track.open, f, scratch);
        if let Some(rules) = view.rules {
            for (position, action) in track.actions.iter().enumerate() {
                if rules.forbids(action.what) {
                    f.fill(self.layout.open(position), 0.0);
                }
            }
        }
        self.count_open(f, track);
        f.fill(choice, 0.0);
        if actor.must_act {
            self.first_open(f, track);
        }
        let forced = self.forced(f, view, track);
        let least = if actor.must_act { 2.0 } else { 1.0 };
        {
            let mut needs = f.take(need);
            self.cpu.at_least(&mut needs[..f.n], f.get(turn), f.get(open), least);
            needs[f.n..].fill(0.0);
            for (lane, _) in &forced {
                needs[*lane] = 0.0;
            }
            f.put(need, needs);
        }
        let weighed = self.weigh(f, view, cursor, player, scratch);
        if f.any(need) {
            if let LanesPlayer::Real(record) = player {
                let rule = self.rule(f, view, cursor.actor);
                record.spread(self, f, cursor, track.actions.len(), actor.must_act, rule);
            }
            self.choose(f, view, cursor, scratch);
        }
        for (lane, position) in &forced {
            f.get_mut(choice)[*lane] = (*position + 1) as f64;
        }
        if let LanesPlayer::Real(record) = player {
            record.opened(self, f, cursor, track.actions.len());
        }
        for (position, action) in track.actions.iter().enumerate() {
            self.perform(f, view, cursor, (position, action, weighed), player, scratch);
        }
    }

    /// Counts how many actions are open in each lane, into `Open`.
    fn count_open(&self, f: &mut Frame, track: &TrackPlan) {
        let open = self.single(Single::Open);
        let mut count = f.take(open);
        count[..f.n].fill(0.0);
        for position in 0..track.actions.len() {
            self.cpu.add(&mut count, f.get(self.layout.open(position)));
        }
        f.put(open, count);
    }

    /// For an actor that must act: its first open action, which stands until something is chosen.
    fn first_open(&self, f: &mut Frame, track: &TrackPlan) {
        let choice = self.single(Single::Choice);
        let mut chosen = f.take(choice);
        for position in (0..track.actions.len()).rev() {
            let open = f.get(self.layout.open(position));
            for (slot, open) in chosen.iter_mut().zip(open) {
                if *open != 0.0 {
                    *slot = (position + 1) as f64;
                }
            }
        }
        f.put(choice, chosen);
    }

    /// Lanes in which the policy forces an action, and the position of the action.
    fn forced(&self, f: &Frame, view: RuledProgram<'_>, track: &TrackPlan) -> Vec<(usize, usize)> {
        let Some(rules) = view.rules else { return Vec::new() };
        let bidden = |what: Happening| rules.forced.iter().any(|force| force.what == what);
        if !track.actions.iter().any(|action| bidden(action.what)) {
            return Vec::new();
        }
        let mut forced = Vec::new();
        let mut before = vec![0u32; rules.forced.len()];
        for lane in 0..f.n {
            for (rule, slot) in before.iter_mut().enumerate() {
                *slot = f.get(self.layout.before(rule))[lane] as u32;
            }
            let mut first: Option<(usize, usize)> = None;
            for (position, action) in track.actions.iter().enumerate() {
                if f.get(self.layout.open(position))[lane] == 0.0 || !bidden(action.what) {
                    continue;
                }
                let count = f.get(self.layout.count(action.what))[lane] as u32;
                if let Some(rule) = rules.bids(action.what, f.step, count, &before)
                    && first.is_none_or(|(earlier, _)| rule < earlier)
                {
                    first = Some((rule, position));
                }
            }
            forced.extend(first.map(|(_, position)| (lane, position)));
        }
        forced
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
            LanesPlayer::Real(record) => {
                if !f.any(need) {
                    return false;
                }
                let mind = self.mind(cursor.actor);
                let actor = &mind.plan.actors[cursor.actor];
                let track = &actor.tracks[cursor.track];
                if actor.foresight == 0 && !track.draws {
                    self.run(&track.weigh, f, scratch);
                } else {
                    let lookahead = LanesLookahead::of(actor, cursor.actor, (1, f.step));
                    self.look_ahead(f, mind, cursor, lookahead, None, Some(record), scratch);
                }
                false
            }
            LanesPlayer::Mind { imaginer, minds, key, now } => {
                let actor = &view.plan.actors[cursor.actor];
                let track = &actor.tracks[cursor.track];
                if *minds > 1 && cursor.actor != *imaginer && actor.foresight > 0 {
                    if f.any(need) {
                        let lookahead =
                            LanesLookahead::of(actor, cursor.actor, (f.level + 1, *now));
                        self.look_ahead(f, view, cursor, lookahead, Some(*key), None, scratch);
                    }
                    return false;
                }
                let votes = || track.actions.iter().any(|action| action.consent.is_some());
                if f.any(need) || (votes() && f.any(self.single(Single::Open))) {
                    self.run(&track.weigh, f, scratch);
                    return true;
                }
                false
            }
        }
    }

    /// A number settled once per trial, as a column. A constant goes into a column that the next
    /// constant will take, so a rule of choice with several numbers needs more such columns.
    pub(super) fn number(&self, number: Number, f: &mut Frame) -> ColumnId {
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

    /// Chooses in the lanes of `Need`.
    fn choose(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        scratch: &mut Scratch,
    ) {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        let rule = self.rule(f, view, cursor.actor);
        let need = self.single(Single::Need);
        f.fill(self.single(Single::Best), f64::NEG_INFINITY);
        if !actor.must_act {
            let value = self.single(Single::Hold);
            self.consider(f, rule, track.hold_place, [value, need], 0, scratch);
        }
        let acting = self.single(Single::Acting);
        for (position, action) in track.actions.iter().enumerate() {
            f.binary(self.cpu, Binary::Multiply, [need, self.layout.open(position)], acting);
            if f.any(acting) {
                let value = self.layout.value(position);
                let place = action.choice_place;
                self.consider(f, rule, place, [value, acting], position + 1, scratch);
            }
        }
    }

    /// Takes an option into account in a choice: one that is worth `value`, where it is open.
    fn consider(
        &self,
        f: &mut Frame,
        rule: ChoiceRule<ColumnId>,
        place: ChoicePlaceId,
        [value, open]: [ColumnId; 2],
        option: usize,
        scratch: &mut Scratch,
    ) {
        let gumbel = self.single(Single::Gumbel);
        if rule.takes_gumbels() {
            let asked = Asked::Gumbel { place, step: f.step };
            self.random_numbers(asked, open, gumbel, f, scratch);
        }
        let (best, choice) = (self.single(Single::Best), self.single(Single::Choice));
        let (mut scores, mut chosen) = (f.take(best), f.take(choice));
        let n = f.padded;
        let padded = |column: ColumnId| &f.columns[column.0 as usize][..n];
        self.cpu.pick_round(
            rule.map(padded),
            [&mut scores[..n], &mut chosen[..n]],
            [padded(value), padded(gumbel), padded(open)],
            option as f64,
        );
        f.put(best, scores);
        f.put(choice, chosen);
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
        let (turn, choice) = (self.single(Single::Turn), self.single(Single::Choice));
        let (acting, within) = (self.single(Single::Acting), self.single(Single::Within));
        let spare = self.single(Single::Spare);
        f.with_constant(self.cpu, Binary::Equal, choice, (position + 1) as f64, spare);
        f.binary(self.cpu, Binary::Multiply, [turn, spare], acting);
        if !f.any(acting) {
            return;
        }
        let taken = f.count(self.cpu, acting);
        if let LanesPlayer::Real(record) = player {
            record.taken_in_windows(&self.windows, f, acting, action.what);
        }
        let mut accepted = 0;
        if let Some(consent) = &action.consent {
            for (index, voter) in consent.voters.iter().enumerate() {
                let vote = self.layout.vote(index);
                if voter.actor.index() == cursor.actor {
                    f.fill(vote, 1.0);
                    continue;
                }
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
            self.run(&consent.carried, f, scratch);
            let (refused, other) = (self.single(Single::Refused), self.single(Single::Ending));
            f.unary(self.cpu, Unary::Not, spare, other);
            f.binary(self.cpu, Binary::Multiply, [acting, other], refused);
            f.binary(self.cpu, Binary::Multiply, [acting, spare], other);
            f.copy(self.cpu, other, acting);
            if f.any(refused) {
                f.copy(self.cpu, refused, within);
                self.carry_out(&consent.refused, Some(action.what), f, player, scratch);
            }
            accepted = f.count(self.cpu, acting);
        }
        if let LanesPlayer::Real(record) = player {
            record.moved(f.step, cursor, position, taken, accepted);
        }
        if !f.any(acting) {
            return;
        }
        match &action.chance {
            Some(tape) => {
                self.run(tape, f, scratch);
                self.branches(&action.branches, action.what, f, player, scratch);
            }
            None => {
                f.copy(self.cpu, acting, within);
                self.carry_out(&action.branches[0], Some(action.what), f, player, scratch);
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
            LanesPlayer::Real(_) => {
                let mind = self.mind(voter);
                (mind, LanesLookahead::of(&mind.plan.actors[voter], voter, (1, f.step)), None)
            }
            LanesPlayer::Mind { imaginer, minds, key, now } => {
                let actor = &view.plan.actors[voter];
                let ahead = *minds > 1 && voter != *imaginer && actor.foresight > 0;
                if weighed && !ahead {
                    return;
                }
                let lookahead = if ahead {
                    LanesLookahead::of(actor, voter, (f.level + 1, *now))
                } else {
                    let short = LanesLookahead::of(actor, voter, (f.level, *now));
                    LanesLookahead { foresight: 0, plays: 1, minds: 1, ..short }
                };
                (view, lookahead, Some(*key))
            }
        };
        let action = &mind.plan.actors[cursor.actor].tracks[cursor.track].actions[position];
        let real = matches!(player, LanesPlayer::Real(_));
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
        f.copy(self.cpu, self.single(Single::Spare), self.layout.yes(position, index));
    }
}
