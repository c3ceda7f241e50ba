//! Moves and votes as they are known to have been.

use crate::engine::known::{Contradiction, OpenOption, StepPast, of_choice};
use crate::engine::lanes::Lanes;
use crate::engine::lanes::ahead::imagine::lanes_of;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::lower::plan::ConsentPlan;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::random::numbers::Asked;
use crate::engine::lanes::run::cursor::LanesCursor;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::play::RuledProgram;
use crate::engine::lanes::run::scratch::Scratch;

impl Lanes<'_> {
    /// Makes the move that is known of a turn, in the lanes with a turn: of several that it may have been one by
    /// their probabilities. `moves` are those that the policy forces, one option alone; they are replaced.
    #[allow(clippy::too_many_arguments)]
    pub(in crate::engine::lanes) fn known_moves(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        past: &mut StepPast<'_>,
        moves: &mut Vec<(usize, usize)>,
        scratch: &mut Scratch,
    ) {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        let count = track.actions.len();
        let turn = self.layout.turn();
        let lanes = lanes_of(f.get(turn));
        let made = past.made(cursor.turn());
        let program = &self.model.truth.actors[cursor.actor];
        let of_track = &program.tracks[cursor.track].actions;
        let is_one = |option: usize| match made {
            Some(made) => of_track.get(option).is_some_and(|at| made.actions.contains(at)),
            None => option == count,
        };
        let forced = std::mem::take(moves);
        let bound = self.single(Single::Bound);
        // What is open in each lane, with the values of the options where there is a choice.
        let mut open: Vec<Vec<OpenOption>> = Vec::with_capacity(lanes.len());
        for lane in &lanes {
            let at = *lane as usize;
            let option = |option: usize, value: f64| {
                let frequency = past
                    .frequencies
                    .map_or(1.0, |all| all.of_option(cursor.actor, cursor.track, option));
                OpenOption { option, value, frequency }
            };
            if let Some((_, position)) = forced.iter().find(|(own, _)| *own == at) {
                open.push(vec![option(*position, 0.0)]);
                continue;
            }
            let is_open = |position: &usize| f.get(self.layout.open(*position))[at] != 0.0;
            let mut own: Vec<OpenOption> = (0..count)
                .filter(is_open)
                .map(|position| option(position, f.get(self.layout.value(position))[at]))
                .collect();
            let may_hold = !actor.must_act && f.get(bound)[at] == 0.0;
            if may_hold || own.is_empty() {
                own.push(option(count, f.get(self.single(Single::Hold))[at]));
            }
            open.push(own);
        }
        // Which of those that it may have been it was.
        let gumbel = self.single(Single::Uniform);
        let mut best = vec![(f64::NEG_INFINITY, None); lanes.len()];
        for position in (0..=count).filter(|option| is_one(*option)) {
            let place = match track.actions.get(position) {
                Some(action) => action.choice_place,
                None => track.hold_place,
            };
            let asked = Asked::Gumbel { place, step: f.step };
            self.random_numbers(asked, turn, gumbel, f, scratch);
            for ((lane, open), best) in lanes.iter().zip(&open).zip(&mut best) {
                let Some(own) = open.iter().find(|own| own.option == position) else { continue };
                let at = *lane as usize;
                let number = f.get(gumbel)[at];
                let score = self.rule_in(f, view, cursor.actor, *lane).score(own.value, || number);
                if score > best.0 || best.1.is_none() {
                    *best = (score, Some(position));
                }
            }
        }
        let contradiction = past.contradiction_of_turn(cursor.turn());
        for ((lane, open), (_, best)) in lanes.iter().zip(&open).zip(best) {
            let at = *lane as usize;
            let rule = self.rule_in(f, view, cursor.actor, *lane);
            let probabilities = of_choice(rule, open, is_one);
            past.and(at, probabilities, contradiction, open.iter().map(|own| own.option));
            past.meet_move(cursor.turn(), at);
            // A lane that cannot follow does the first thing that it can.
            let chosen = best.or(open.first().map(|own| own.option)).unwrap_or(count);
            f.get_mut(self.single(Single::Need))[at] = 0.0;
            f.get_mut(self.single(Single::Choice))[at] = 0.0;
            if chosen < count {
                moves.push((at, chosen));
            }
        }
    }

    /// Makes the result of a vote that is known, in the lanes of `Acting`: `Spare` says where the proposal is
    /// carried. The probabilities of the votes stand in their columns.
    #[allow(clippy::too_many_arguments)]
    pub(in crate::engine::lanes) fn known_consent(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        (position, consent): (usize, &ConsentPlan),
        past: &mut StepPast<'_>,
        scratch: &mut Scratch,
    ) {
        let Some(made) = past.made(cursor.turn()) else { return };
        let Some(accepted) = made.accepted else { return };
        let voters = consent.voters.iter().enumerate();
        let own = voters.filter(|(_, voter)| voter.actor.index() == cursor.actor);
        for (index, _) in own {
            f.fill(self.layout.yes(position, index), 1.0);
        }
        self.run(&view.plan.actors[cursor.actor].tracks[cursor.track].root, f, scratch);
        let spare = self.single(Single::Spare);
        let frequency = past
            .frequencies
            .map_or(0.5, |all| all.of_consent(cursor.actor, cursor.track, position));
        for lane in lanes_of(f.get(self.single(Single::Acting))) {
            let at = lane as usize;
            let yes = f.get(self.layout.carried_with(position))[at];
            let of = |yes: f64| if accepted { yes } else { 1.0 - yes };
            let probabilities = [of(yes), 0.5, of(frequency)];
            past.and(at, probabilities, Contradiction::Entry(made.entry), []);
            f.get_mut(spare)[at] = f64::from(u8::from(accepted));
        }
    }

    /// Makes the branch of an action come up that is known, in the lanes of `Acting`: it stands in `Branch`.
    pub(in crate::engine::lanes) fn known_branch(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        position: usize,
        past: &mut StepPast<'_>,
        scratch: &mut Scratch,
    ) {
        let Some(made) = past.made(cursor.turn()) else { return };
        let Some(branch) = made.branch else { return };
        self.run(&view.plan.actors[cursor.actor].tracks[cursor.track].root, f, scratch);
        let chance: ColumnId = self.layout.chance(position, branch);
        for lane in lanes_of(f.get(self.single(Single::Acting))) {
            let at = lane as usize;
            let p = f.get(chance)[at];
            past.and(at, [p; 3], Contradiction::Entry(made.entry), []);
            f.get_mut(self.single(Single::Branch))[at] = branch as f64;
        }
    }
}
