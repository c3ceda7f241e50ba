//! One trial that the reference interpreter plays, in which the lanes do what takes nearly all of the time:
//! what actors imagine.

use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::run::cursor::LanesCursor;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::scratch::Scratch;
use crate::engine::option_values::OptionValues;
use crate::engine::situation::Situation;
use crate::engine::step::{Ballot, Cursor, Turn};
use crate::engine::thinker::{Thinker, ThoughtLuck, Weighed};
use crate::engine::weigh::Stake;
use crate::formula::Happening;

use super::imagine::LanesLookahead;

/// Thinks for the actors of a trial: its only lane.
pub(in crate::engine) struct LaneThinker<'l> {
    lanes: &'l Lanes<'l>,
    f: Frame,
    scratch: Scratch,
}

impl<'l> LaneThinker<'l> {
    /// Draws what is settled once in a trial.
    pub fn new(lanes: &'l Lanes<'l>, trial: u64) -> Self {
        let mut thinker =
            LaneThinker { lanes, f: Frame::default(), scratch: Scratch::new(lanes.model) };
        let f = &mut thinker.f;
        f.resize(lanes.columns, 1);
        f.trials.push(trial);
        lanes.blank(f);
        // Repeats of a trial share its assumptions.
        lanes.settle_numbers(f, 0, true, &mut thinker.scratch);
        thinker
    }

    /// Puts the lane into a situation in which somebody moves.
    fn enter(&mut self, at: &Situation, cursor: Cursor<'_>, play: u16) {
        let LaneThinker { lanes, f, .. } = self;
        let layout = &lanes.layout;
        lanes.set_step(f, at.step);
        f.play = play;
        f.set_all(lanes.single(Single::Active));
        f.set_all(layout.turn());
        f.fill(lanes.single(Single::Suspect), 0.0);
        f.fill(lanes.single(Single::Bound), 0.0);
        f.fill(lanes.single(Single::Ended), -1.0);
        for (state, value) in at.state.iter().enumerate() {
            f.fill(layout.state(state), *value);
        }
        for what in 0..layout.happenings {
            let (happening, count) = (Happening(what as u32), at.counts[what]);
            let latest = if count == 0 { -1.0 } else { f64::from(at.latest[what]) };
            f.fill(layout.latest(happening), latest);
            f.fill(layout.count(happening), f64::from(count));
            f.fill(layout.accepted(happening), f64::from(u8::from(at.accepted[what])));
        }
        for (rule, count) in at.before.iter().enumerate() {
            f.fill(layout.before(rule), f64::from(*count));
        }
        for (position, actor) in cursor.order.iter().enumerate() {
            f.fill(layout.order(position), f64::from(actor.0));
        }
    }

    /// Says which positions of a track are open.
    fn open(&mut self, positions: impl Iterator<Item = usize>) {
        let layout = &self.lanes.layout;
        for position in 0..layout.options {
            self.f.fill(layout.open(position), 0.0);
        }
        for position in positions {
            self.f.set_all(layout.open(position));
        }
    }

    /// The position of an action on a track.
    fn position(&self, (actor, track): (usize, usize), action: usize) -> usize {
        let actions = &self.lanes.model.truth.actors[actor].tracks[track].actions;
        let position = actions.iter().position(|own| *own == action);
        position.expect("an action that is open stands on its track")
    }

    /// Whether a value was met that may be a numerical error.
    fn is_suspect(&self) -> bool {
        self.f.any(self.lanes.cpu, self.lanes.single(Single::Suspect))
    }
}

impl Thinker for LaneThinker<'_> {
    fn worth(
        &mut self,
        turn: Turn<'_>,
        at: &Situation,
        luck: ThoughtLuck,
        values: &mut OptionValues,
    ) -> Option<Weighed> {
        let lanes = self.lanes;
        let (who, track) = (turn.actor.index(), turn.track);
        self.enter(at, turn.cursor, luck.real);
        let place = |action: usize| self.position((who, track), action);
        let positions: Vec<Option<usize>> =
            turn.options.iter().map(|option| option.map(place)).collect();
        self.open(positions.iter().flatten().copied());
        let mind = lanes.mind(who);
        let actor = &mind.plan.actors[who];
        let LaneThinker { f, scratch, .. } = self;
        f.set_all(lanes.single(Single::Need));
        if !actor.must_act && !turn.options.contains(&None) {
            f.set_all(lanes.single(Single::Bound));
        }
        values.clear(turn.options.len());
        // Holding comes first.
        let numbers = positions.iter().map(|position| position.map_or(0, |own| own + 1));
        let mut thought = None;
        if actor.foresight == 0 && !actor.tracks[track].draws {
            lanes.run(&actor.tracks[track].weigh, f, scratch);
            for (index, number) in numbers.enumerate() {
                values.means[index] = f.get(lanes.value_of(number))[0];
                values.further(index, 1)[0] = values.means[index];
            }
        } else {
            let lookahead = LanesLookahead::of(actor, who, (1, at.step), luck.imagined);
            let cursor = LanesCursor { position: turn.cursor.mover, actor: who, track };
            let (seen, thoughts) = lanes.think_alone(f, mind, cursor, lookahead, scratch);
            for (index, number) in numbers.enumerate() {
                values.means[index] = f.get(lanes.value_of(number))[0];
                let plays = seen.of(number, 0);
                values.further(index, plays.len()).copy_from_slice(plays);
            }
            seen.give_back(scratch);
            thought = thoughts.first().map(|(_, thought)| *thought);
        }
        (!self.is_suspect()).then_some(Weighed { thought })
    }

    fn stake(&mut self, ballot: Ballot<'_>, at: &Situation, luck: ThoughtLuck) -> Option<Stake> {
        let lanes = self.lanes;
        let (proposer, voter) = (ballot.proposer.index(), ballot.voter.index());
        let Cursor { mover, track, .. } = ballot.cursor;
        self.enter(at, ballot.cursor, luck.real);
        let position = self.position((proposer, track), ballot.action);
        self.open(std::iter::once(position));
        let mind = lanes.mind(voter);
        let LaneThinker { f, scratch, .. } = self;
        let acting = lanes.single(Single::Acting);
        f.set_all(acting);
        let action = &mind.plan.actors[proposer].tracks[track].actions[position];
        let consent = action.consent.as_ref()?;
        let actor = &mind.plan.actors[voter];
        let lookahead = LanesLookahead::of(actor, voter, (1, at.step), luck.imagined);
        let mut thought = None;
        if lookahead.foresight > 0 || action.draws {
            let cursor = LanesCursor { position: mover, actor: proposer, track };
            let thoughts =
                lanes.stakes(f, mind, cursor, position, acting, lookahead, Some(None), scratch);
            thought = thoughts.first().map(|(_, thought)| *thought);
        } else {
            let own = consent.voters.iter().find(|own| own.actor.index() == voter)?;
            lanes.run(&own.stake, f, scratch);
        }
        let mean = f.get(lanes.single(Single::Acceptance))[0];
        let plays = thought.map_or(1, |thought| thought.plays);
        (!self.is_suspect()).then_some(Stake { mean, plays, thought })
    }
}
