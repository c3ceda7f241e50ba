//! Looking ahead: what options lead to, played onward with imagined random numbers, many lanes at
//! once. What `engine/weigh.rs` and `engine/imagine.rs` do for one trial. It is a recursion: see
//! [`super::futures`].

use super::Lanes;
use super::cursor::LanesCursor;
use super::frame::Frame;
use super::graph::ColumnId;
use super::layout::Single;
use super::numbers::Occasion;
use super::plan::{ActionPlan, ActorPlan, ConsentPlan};
use super::play::RuledProgram;
use super::record::{ImaginedValues, Record};
use super::scratch::Scratch;
use super::tape::Tape;
use crate::engine::stratified::nested_key;

/// The most lanes times plays for which random numbers are kept at once; more lanes than that
/// imagine one group after another, so that memory does not grow with their number.
const MOST_IMAGINED: usize = 1 << 15;

/// How far an actor looks ahead when it weighs its options or a vote.
#[derive(Clone, Copy, Debug)]
pub(super) struct LanesLookahead {
    /// The actor who looks ahead.
    pub who: usize,
    /// How many whole steps it thinks through.
    pub foresight: u32,
    /// How many plays it imagines.
    pub plays: u32,
    /// Which imagination the random numbers are of: 1 for an actor's own, 2 for one within it.
    pub level: u8,
    /// How many levels of actors look ahead, this actor included.
    pub minds: u32,
    /// The real step in which it looks ahead.
    pub now: u32,
}

impl LanesLookahead {
    /// How far an actor looks ahead, by its plan.
    pub fn of(actor: &ActorPlan, who: usize, (level, now): (u8, u32)) -> Self {
        let ActorPlan { foresight, imaginations, minds, .. } = *actor;
        // Within an imagination nobody imagines that others look ahead.
        let minds = if level == 1 { minds } else { 1 };
        LanesLookahead { who, foresight, plays: imaginations, level, minds, now }
    }

    /// The number of lanes that imagine at once.
    fn lanes_at_once(self) -> usize {
        (MOST_IMAGINED / self.plays as usize).max(1)
    }
}

/// A consequence of an option: one of the things it can lead to.
pub(super) struct Aim<'a> {
    /// The changes to make; none for holding without looking ahead.
    pub tape: Option<&'a Tape>,
    /// Where the values of the option begin.
    pub out: usize,
}

/// A consequence in one lane, with the weight of its value.
#[derive(Clone, Copy)]
pub(super) struct WeightedAim {
    pub lane: u32,
    pub aim: u32,
    pub weight: f64,
}

/// Which imagination to begin: none where one has begun already, else one within the imagination
/// with this key, or a first one where there is no key.
pub(super) type Begin = Option<Option<u64>>;

impl Lanes<'_> {
    /// Begins an imagination from these lanes.
    fn begin(
        &self,
        f: &Frame,
        lanes: &[u32],
        lookahead: LanesLookahead,
        outer: Option<u64>,
        scratch: &mut Scratch,
    ) {
        let own = self.keys.imaginer(lookahead.who);
        let keys: Vec<u64> = match outer {
            None => vec![own],
            Some(key) => lanes
                .iter()
                .map(|lane| nested_key(key, f.plays[*lane as usize] as usize, f.step, own))
                .collect(),
        };
        let occasion = Occasion {
            now: lookahead.now,
            origin: f.step,
            play: self.play,
            plays: lookahead.plays,
        };
        let imagined = &mut scratch.imagined[usize::from(lookahead.level) - 1];
        imagined.begin(occasion, (lanes, f.n), &f.trials, &keys);
    }

    /// Computes what the options of a turn are worth to an actor who looks ahead, or whose options
    /// draw random numbers, in the lanes of `Need`.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn look_ahead(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        outer: Option<u64>,
        mut record: Option<&mut Record>,
        scratch: &mut Scratch,
    ) {
        let need = self.single(Single::Need);
        let all = lanes_of(f.get(need));
        for lanes in all.chunks(lookahead.lanes_at_once()) {
            f.set_only(need, lanes);
            self.begin(f, lanes, lookahead, outer, scratch);
            let seen = self.look_ahead_from(f, view, cursor, lookahead, lanes, scratch);
            match &mut record {
                Some(record) => record.imagined.push(seen),
                None => scratch.give_numbers_back(seen.values),
            }
        }
        f.set_only(need, &all);
    }

    /// The same from the lanes of an imagination that has begun.
    fn look_ahead_from(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        lanes: &[u32],
        scratch: &mut Scratch,
    ) -> ImaginedValues {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        self.expect_votes(f, view, cursor, lookahead, scratch);
        self.run(&track.root, f, scratch);

        let plays = lookahead.plays as usize;
        let each = lanes.len() * plays;
        let mut aims = Vec::new();
        let mut entries = Vec::new();
        if !actor.must_act {
            let tape = (lookahead.foresight > 0).then_some(&view.plan.ends);
            aims.push(Aim { tape, out: 0 });
            entries.extend(lanes.iter().map(|lane| WeightedAim {
                lane: *lane,
                aim: 0,
                weight: 1.0,
            }));
        }
        for (position, action) in track.actions.iter().enumerate() {
            let out = (position + 1) * each;
            let open = f.get(self.layout.open(position));
            let yes = action.consent.as_ref().map(|_| f.get(self.layout.carried_with(position)));
            let mut add = |tape, weight: &dyn Fn(usize) -> Option<f64>| {
                let aim = aims.len() as u32;
                aims.push(Aim { tape: Some(tape), out });
                for lane in lanes {
                    let at = *lane as usize;
                    if open[at] != 0.0
                        && let Some(weight) = weight(at)
                    {
                        entries.push(WeightedAim { lane: *lane, aim, weight });
                    }
                }
            };
            for (branch, tapes) in action.branches.iter().enumerate() {
                let tape = tapes.seen(lookahead.foresight, action.draws);
                let chance = action.chance.as_ref();
                let chance = chance.map(|_| f.get(self.layout.chance(position, branch)));
                add(tape, &|at| {
                    let yes = yes.map_or(1.0, |yes| yes[at]);
                    match chance {
                        _ if yes <= 0.0 => None,
                        Some(chance) => (chance[at] > 0.0).then(|| yes * chance[at]),
                        None => Some(yes),
                    }
                });
            }
            if let (Some(yes), Some(consent)) = (yes, &action.consent) {
                let tape = consent.refused.seen(lookahead.foresight, action.draws);
                add(tape, &|at| (yes[at] < 1.0).then(|| 1.0 - yes[at]));
            }
        }
        let mut values = scratch.zeros((track.actions.len() + 1) * each);
        self.evaluate(f, view, cursor, lookahead, &aims, &entries, &mut values, scratch);

        for (position, action) in track.actions.iter().enumerate() {
            if action.has_cost {
                let cost = f.get(self.layout.cost(position));
                for (row, lane) in lanes.iter().enumerate() {
                    let from = (position + 1) * each + row * plays;
                    for value in &mut values[from..from + plays] {
                        *value -= cost[*lane as usize];
                    }
                }
            }
        }
        // Where nothing had to be imagined, all plays have the same value.
        let draws: Vec<usize> =
            (0..track.actions.len()).filter(|at| track.actions[*at].draws).collect();
        let looks: Vec<usize> = lanes
            .iter()
            .map(|lane| {
                let open = |at: &usize| f.get(self.layout.open(*at))[*lane as usize] != 0.0;
                if lookahead.foresight > 0 || draws.iter().any(open) { plays } else { 1 }
            })
            .collect();
        for option in 0..=track.actions.len() {
            let column = match option {
                0 => self.single(Single::Hold),
                _ => self.layout.value(option - 1),
            };
            let means = f.get_mut(column);
            for (row, lane) in lanes.iter().enumerate() {
                let from = option * each + row * plays;
                let seen = &values[from..from + looks[row]];
                means[*lane as usize] = seen.iter().sum::<f64>() / looks[row] as f64;
            }
        }
        ImaginedValues { looks, plays, values }
    }

    /// Computes the probability with which each voter says yes to each option, as a proposer
    /// expects it: of voters that do not look ahead.
    fn expect_votes(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        scratch: &mut Scratch,
    ) {
        let track = &view.plan.actors[cursor.actor].tracks[cursor.track];
        let need = self.single(Single::Need);
        for (position, action) in track.actions.iter().enumerate() {
            let Some(consent) = &action.consent else { continue };
            let (open, asked) = (self.layout.open(position), self.single(Single::Acting));
            f.binary(self.cpu, super::operation::Binary::Multiply, [need, open], asked);
            if !f.any(self.cpu, asked) {
                continue;
            }
            for (index, voter) in consent.voters.iter().enumerate() {
                if voter.actor.index() == cursor.actor {
                    continue;
                }
                if action.draws {
                    let who = voter.actor.index();
                    let lookahead = LanesLookahead { who, foresight: 0, ..lookahead };
                    self.stakes(f, view, cursor, position, asked, lookahead, None, scratch);
                } else {
                    self.run(&consent.voters[index].stake, f, scratch);
                }
                self.run(&view.plan.actors[voter.actor.index()].acceptance, f, scratch);
                f.copy(self.cpu, self.single(Single::Spare), self.layout.yes(position, index));
            }
        }
    }

    /// Puts into `Acceptance` what is at stake for a voter, in the lanes of a mask.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn stakes(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        position: usize,
        mask: ColumnId,
        lookahead: LanesLookahead,
        begin: Begin,
        scratch: &mut Scratch,
    ) {
        let track = &view.plan.actors[cursor.actor].tracks[cursor.track];
        let action = &track.actions[position];
        let Some(consent) = &action.consent else { return };
        let all = lanes_of(f.get(mask));
        if action.chance.is_some() {
            self.run(&track.root, f, scratch);
        }
        let at_once = if begin.is_some() { lookahead.lanes_at_once() } else { all.len().max(1) };
        for lanes in all.chunks(at_once) {
            if let Some(outer) = begin {
                self.begin(f, lanes, lookahead, outer, scratch);
            }
            self.stakes_from(
                f,
                view,
                cursor,
                (position, action, consent),
                lookahead,
                lanes,
                scratch,
            );
        }
    }

    /// The same from the lanes of an imagination that has begun.
    #[allow(clippy::too_many_arguments)]
    fn stakes_from(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        (position, action, consent): (usize, &ActionPlan, &ConsentPlan),
        lookahead: LanesLookahead,
        lanes: &[u32],
        scratch: &mut Scratch,
    ) {
        let mut aims = Vec::new();
        let mut entries = Vec::new();
        for (branch, tapes) in action.branches.iter().enumerate() {
            let aim = aims.len() as u32;
            aims.push(Aim { tape: Some(tapes.seen(lookahead.foresight, action.draws)), out: 0 });
            let chance = action.chance.as_ref();
            let chance = chance.map(|_| f.get(self.layout.chance(position, branch)));
            entries.extend(lanes.iter().filter_map(|lane| {
                let weight = chance.map_or(1.0, |chance| chance[*lane as usize]);
                (weight > 0.0).then_some(WeightedAim { lane: *lane, aim, weight })
            }));
        }
        let aim = aims.len() as u32;
        aims.push(Aim {
            tape: Some(consent.refused.seen(lookahead.foresight, action.draws)),
            out: 0,
        });
        entries.extend(lanes.iter().map(|lane| WeightedAim { lane: *lane, aim, weight: -1.0 }));

        let plays = lookahead.plays as usize;
        let imagined = &scratch.imagined[usize::from(lookahead.level) - 1];
        let rows: Vec<usize> =
            lanes.iter().map(|lane| imagined.rows[*lane as usize] as usize).collect();
        let all = rows.iter().max().map_or(0, |row| (row + 1) * plays);
        let mut values = scratch.zeros(all);
        self.evaluate(f, view, cursor, lookahead, &aims, &entries, &mut values, scratch);
        let means = f.get_mut(self.single(Single::Acceptance));
        for (row, lane) in rows.iter().zip(lanes) {
            let seen = &values[row * plays..(row + 1) * plays];
            means[*lane as usize] = seen.iter().sum::<f64>() / plays as f64;
        }
        scratch.give_numbers_back(values);
    }
}

/// The lanes in which a mask is set.
fn lanes_of(mask: &[f64]) -> Vec<u32> {
    mask.iter().enumerate().filter(|(_, x)| **x != 0.0).map(|(lane, _)| lane as u32).collect()
}
