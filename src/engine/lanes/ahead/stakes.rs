//! What is at stake for voters who imagine plays: what `engine/weigh.rs` does for one trial, for many
//! lanes at once.

use super::imagine::{Aim, LanesLookahead, WeightedAim, lanes_by_luck, lanes_of};
use super::thinking::PlayedValues;
use crate::engine::choice::Thought;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::lower::plan::{ActionPlan, ConsentPlan};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::random::numbers::Asked;
use crate::engine::lanes::run::cursor::LanesCursor;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::play::RuledProgram;
use crate::engine::lanes::run::scratch::Scratch;

/// A vote on an action, at a position of the cursor's track.
#[derive(Clone, Copy)]
struct LanesBallot<'a> {
    view: RuledProgram<'a>,
    cursor: LanesCursor,
    position: usize,
    action: &'a ActionPlan,
    consent: &'a ConsentPlan,
}

/// Which imagination to begin: none where one has begun already, else one within the imagination
/// with this key, or a first one where there is no key.
pub(in crate::engine::lanes) type Begin = Option<Option<u64>>;

impl Lanes<'_> {
    /// Puts into `Acceptance` what is at stake for a voter, in the lanes of a mask. Returns how long
    /// it thought in each of them, if it could have thought longer about a vote that really happens.
    #[allow(clippy::too_many_arguments)]
    pub(in crate::engine::lanes) fn stakes(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        position: usize,
        mask: ColumnId,
        lookahead: LanesLookahead,
        begin: Begin,
        scratch: &mut Scratch,
    ) -> Vec<(u32, Thought)> {
        let action = &view.plan.actors[cursor.actor].tracks[cursor.track].actions[position];
        let Some(consent) = &action.consent else { return Vec::new() };
        let all = lanes_of(f.get(mask));
        if action.chance.is_some() {
            let track = &view.plan.actors[cursor.actor].tracks[cursor.track];
            self.run(&track.root, f, scratch);
        }
        let ballot = LanesBallot { view, cursor, position, action, consent };
        let Some(outer) = begin else {
            let played = self.stakes_from(f, ballot, lookahead, &all, scratch);
            self.take_stakes(f, &all, &played);
            scratch.give_numbers_back(played.values);
            return Vec::new();
        };
        let mut thoughts = Vec::new();
        for (lanes, lookahead) in lanes_by_luck(f, lookahead, &all) {
            self.begin(f, &lanes, lookahead, outer, scratch);
            thoughts.extend(self.think_of_vote(f, ballot, lookahead, &lanes, scratch));
        }
        thoughts
    }

    /// Imagines plays from the lanes of an imagination that has begun, and as many again from those
    /// in which a voter is still undecided, until it may imagine no more.
    fn think_of_vote(
        &self,
        f: &mut Frame,
        ballot: LanesBallot<'_>,
        mut lookahead: LanesLookahead,
        lanes: &[u32],
        scratch: &mut Scratch,
    ) -> Vec<(u32, Thought)> {
        let mut played = self.stakes_from(f, ballot, lookahead, lanes, scratch);
        self.take_stakes(f, lanes, &played);
        let mut thoughts = Vec::new();
        let voter = ballot.consent.voters.iter().find(|v| v.actor.index() == lookahead.who);
        if let (true, Some(voter)) = (lookahead.thinks(), voter) {
            let uniform = self.single(Single::Uniform);
            let asked = Asked::Uniform { place: voter.place, number: 0, step: f.step };
            self.random_numbers(asked, self.single(Single::Acting), uniform, f, scratch);
            let mut uniforms = scratch.zeros(f.n);
            uniforms.copy_from_slice(f.get(uniform));
            let mut present = lanes.to_vec();
            loop {
                let (plays, last) = (played.plays, played.plays >= lookahead.most as usize);
                let mut undecided = Vec::new();
                for (row, lane) in present.iter().enumerate() {
                    let rule = self.true_rule(f, lookahead.who, *lane);
                    let u = uniforms[*lane as usize];
                    let decided = rule.has_decided_vote(played.of(0, row), u);
                    if decided || last {
                        thoughts.push((*lane, Thought { plays, decided }));
                    } else {
                        undecided.push(row);
                    }
                }
                if undecided.is_empty() {
                    break;
                }
                present = undecided.iter().map(|row| present[*row]).collect();
                lookahead = lookahead.further();
                scratch.imagined[usize::from(lookahead.level) - 1].go_on((&present, f.n));
                let further = self.stakes_from(f, ballot, lookahead, &present, scratch);
                let all = played.with_further(&undecided, further, scratch);
                scratch.give_numbers_back(std::mem::replace(&mut played, all).values);
                self.take_stakes(f, &present, &played);
            }
            scratch.give_numbers_back(uniforms);
        }
        scratch.give_numbers_back(played.values);
        thoughts
    }

    /// Puts into `Acceptance` the mean of what was at stake over the plays.
    fn take_stakes(&self, f: &mut Frame, lanes: &[u32], played: &PlayedValues) {
        let means = f.get_mut(self.single(Single::Acceptance));
        for (row, lane) in lanes.iter().enumerate() {
            let plays = played.of(0, row);
            means[*lane as usize] = plays.iter().sum::<f64>() / plays.len() as f64;
        }
    }

    /// What is at stake in the plays at hand, from some lanes of an imagination that has begun.
    fn stakes_from(
        &self,
        f: &mut Frame,
        ballot: LanesBallot<'_>,
        lookahead: LanesLookahead,
        lanes: &[u32],
        scratch: &mut Scratch,
    ) -> PlayedValues {
        let LanesBallot { view, cursor, position, action, consent } = ballot;
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
        // Not all lanes that the imagination began from need be asked for.
        for (to, row) in rows.iter().enumerate() {
            values.copy_within(row * plays..(row + 1) * plays, to * plays);
        }
        PlayedValues { rows: lanes.len(), plays, values }
    }
}
