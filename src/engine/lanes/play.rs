//! A step of trials side by side, real or imagined: calendar, events, moves, laws. What
//! `engine/step.rs` does for one trial, for all lanes of a frame.

use super::Lanes;
use super::desk::Desk;
use super::frame::Frame;
use super::graph::Column;
use super::layout::Single;
use super::operation::Binary;
use super::plan::{Drawn, Leaf, Plan};
use super::record::Record;
use super::store::Asked;
use super::tape::{Operand, Piece, Tape};
use crate::distribution::{Inverse, NORMAL, Quantile};
use crate::formula::Happening;
use crate::model::Rules;
use crate::scenario::Order;

/// A program as it is played, and what a policy forbids and forces in it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub plan: &'a Plan,
    pub rules: Option<&'a Rules>,
}

/// Who plays.
pub(super) enum Driver<'a> {
    /// It really happens.
    Real(&'a mut Record),
    /// Someone imagines it.
    Mind {
        /// Who.
        imaginer: usize,
        /// How many levels of minds look ahead in it, this one included.
        minds: u32,
        /// The key of the imagination, where it is the same for all lanes.
        key: u64,
        /// The real step.
        now: u32,
    },
}

/// Where in the moves of a step a play stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    /// The position in the order of whoever is moving.
    pub position: usize,
    /// Who that is.
    pub actor: usize,
    /// The track it is moving on.
    pub track: usize,
}

impl Lanes<'_> {
    pub(super) fn single(&self, which: Single) -> Column {
        self.layout.single(which)
    }

    /// Carries out a tape.
    pub(super) fn run(&self, tape: &Tape, f: &mut Frame, desk: &mut Desk) {
        let mut at = 0;
        while let Some(piece) = tape.pieces.get(at) {
            at += 1;
            match piece {
                Piece::Run(from, to) => {
                    let n = f.padded;
                    self.cpu.run(&tape.code[*from as usize..*to as usize], &mut f.columns, n);
                }
                Piece::SkipUnless { mask, to } => {
                    if !f.any(Column(*mask)) {
                        at = *to as usize;
                    }
                }
                Piece::Uniform { place, number, out, need } => {
                    let asked = Asked { place: *place, number: *number, step: f.step };
                    self.luck(asked, false, Column(*need), Column(*out), f, desk);
                }
                Piece::Draw { inverse, uniform, parameters, out, need } => {
                    let mut values = f.take(Column(*out));
                    let (from, need) = (Column(*uniform), Column(*need));
                    self.draw(f, inverse, from, parameters, need, &mut values);
                    f.put(Column(*out), values);
                }
            }
        }
    }

    /// Draws where `need` is not zero, through the inverse distribution function.
    fn draw(
        &self,
        f: &Frame,
        inverse: &Inverse,
        uniform: Column,
        parameters: &[Operand],
        need: Column,
        out: &mut [f64],
    ) {
        let lanes = f.get(need).iter().enumerate().filter(|(_, need)| **need != 0.0);
        let fill = |given: &mut [f64], lane: usize| {
            for (slot, parameter) in given.iter_mut().zip(parameters) {
                *slot = match parameter {
                    Operand::Column(c) => f.columns[*c as usize][lane],
                    Operand::Constant(x) => *x,
                };
            }
        };
        let uniform = f.get(uniform);
        let mut given = vec![0.0; parameters.len()];
        match inverse.distribution.quantile {
            Quantile::OfNormal(quantile) => {
                // Standard quantiles of the whole column at once.
                let standard = &mut out[..f.n];
                standard.copy_from_slice(uniform);
                self.cpu.normal_quantiles(standard);
                let is_standard = inverse.distribution == &NORMAL
                    && matches!(parameters, [Operand::Constant(0.0), Operand::Constant(1.0)]);
                if !is_standard {
                    for (lane, _) in lanes {
                        fill(&mut given, lane);
                        standard[lane] = quantile(standard[lane], &given);
                    }
                }
            }
            Quantile::OfUniform(_) => {
                for (lane, _) in lanes {
                    fill(&mut given, lane);
                    out[lane] = inverse.quantile(uniform[lane], &given);
                }
            }
        }
    }

    /// Puts random numbers into a column, at least where `need` is not zero.
    pub(super) fn luck(
        &self,
        asked: Asked,
        gumbel: bool,
        need: Column,
        out: Column,
        f: &mut Frame,
        desk: &mut Desk,
    ) {
        let mut numbers = f.take(out);
        if f.level == 0 {
            let of = (&self.keys, f.play, gumbel);
            desk.real.fill(self.cpu, of, asked, &f.trials, f.get(need), &mut numbers);
        } else {
            let store = &mut desk.stores[usize::from(f.level) - 1];
            let all = store.numbers(self.cpu, &self.keys, asked);
            for (lane, at, count) in &f.runs {
                let (lane, at, count) = (*lane as usize, *at as usize, *count as usize);
                numbers[lane..lane + count].copy_from_slice(&all[at..at + count]);
            }
        }
        f.put(out, numbers);
    }

    /// Plays a whole step of the lanes that are active.
    pub(super) fn whole_step(
        &self,
        f: &mut Frame,
        view: View<'_>,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        let (active, within) = (self.single(Single::Active), self.single(Single::Within));
        for entry in &view.plan.calendar {
            if entry.step == i64::from(f.step) && f.any(active) {
                f.copy(self.cpu, active, within);
                self.carry_out(&entry.leaf, Some(entry.what), f, driver, desk);
            }
        }
        for event in &view.plan.events {
            if !f.any(active) {
                return;
            }
            self.run(&event.fire, f, desk);
            let acting = self.single(Single::Acting);
            if !f.any(acting) {
                continue;
            }
            match &event.drawn {
                Drawn::Certain => {
                    f.copy(self.cpu, acting, within);
                    self.carry_out(&event.leaves[0], Some(event.what), f, driver, desk);
                }
                Drawn::Whether(tape) => {
                    self.run(tape, f, desk);
                    if f.any(within) {
                        self.carry_out(&event.leaves[0], Some(event.what), f, driver, desk);
                    }
                }
                Drawn::Which(tape) => {
                    self.run(tape, f, desk);
                    self.branches(&event.leaves, event.what, f, driver, desk);
                }
            }
        }
        if !f.any(active) {
            return;
        }
        if self.model.order == Order::Random {
            self.draw_order(f, view, desk);
        }
        self.moves(f, view, None, driver, desk);
        self.laws(f, view, driver, desk);
    }

    /// Plays what is left of a step after the move at `cursor`.
    pub(super) fn rest_of_step(
        &self,
        f: &mut Frame,
        view: View<'_>,
        cursor: Cursor,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        self.moves(f, view, Some(cursor), driver, desk);
        self.laws(f, view, driver, desk);
    }

    fn laws(&self, f: &mut Frame, view: View<'_>, driver: &mut Driver<'_>, desk: &mut Desk) {
        let (active, within) = (self.single(Single::Active), self.single(Single::Within));
        if f.any(active) {
            f.copy(self.cpu, active, within);
            self.carry_out(&view.plan.laws, None, f, driver, desk);
        }
    }

    /// Does something in the lanes of `Within`.
    pub(super) fn carry_out(
        &self,
        leaf: &Leaf,
        what: Option<Happening>,
        f: &mut Frame,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        match driver {
            Driver::Mind { .. } => self.run(&leaf.imagined, f, desk),
            Driver::Real(record) => {
                self.run(&leaf.real, f, desk);
                let within = self.single(Single::Within);
                record.assigned(f, within, &leaf.targets, &self.layout);
                if let Some(what) = what {
                    record.happened(f, within, what);
                }
            }
        }
    }

    /// Does in each lane of `Acting` what the branch that came up says.
    pub(super) fn branches(
        &self,
        leaves: &[Leaf],
        what: Happening,
        f: &mut Frame,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        let (acting, within) = (self.single(Single::Acting), self.single(Single::Within));
        let (branch, spare) = (self.single(Single::Branch), self.single(Single::Spare));
        for (index, leaf) in leaves.iter().enumerate() {
            f.with_constant(self.cpu, Binary::Equal, branch, index as f64, spare);
            f.binary(self.cpu, Binary::Multiply, [acting, spare], within);
            if f.any(within) {
                self.carry_out(leaf, Some(what), f, driver, desk);
            }
        }
    }

    /// An order of the actors, drawn anew in each lane.
    fn draw_order(&self, f: &mut Frame, view: View<'_>, desk: &mut Desk) {
        let (active, uniform) = (self.single(Single::Active), self.single(Single::Uniform));
        let mut drawn: Vec<Vec<(f64, usize)>> = vec![Vec::new(); f.n];
        for (who, actor) in view.plan.actors.iter().enumerate() {
            let asked = Asked { place: actor.order_place, number: 0, step: f.step };
            self.luck(asked, false, active, uniform, f, desk);
            for (list, x) in drawn.iter_mut().zip(f.get(uniform)) {
                list.push((*x, who));
            }
        }
        for (lane, list) in drawn.iter_mut().enumerate() {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (position, (_, actor)) in list.iter().enumerate() {
                f.columns[self.layout.order(position).0 as usize][lane] = *actor as f64;
            }
        }
    }

    /// Everybody's moves, or those after a cursor.
    fn moves(
        &self,
        f: &mut Frame,
        view: View<'_>,
        after: Option<Cursor>,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        let (active, turn) = (self.single(Single::Active), self.single(Single::Turn));
        let count = view.plan.actors.len();
        let random = self.model.order == Order::Random;
        let first = after.map_or(0, |cursor| cursor.position);
        for position in first..count {
            let here = after.filter(|cursor| cursor.position == position);
            let who = match here {
                // All lanes have the same mover at the cursor.
                Some(cursor) => cursor.actor..cursor.actor + 1,
                None if random => 0..count,
                None => position..position + 1,
            };
            for actor in who {
                let tracks = &view.plan.actors[actor].tracks;
                for track in here.map_or(0, |cursor| cursor.track + 1)..tracks.len() {
                    if random {
                        let order = self.layout.order(position);
                        let spare = self.single(Single::Spare);
                        f.with_constant(self.cpu, Binary::Equal, order, actor as f64, spare);
                        f.binary(self.cpu, Binary::Multiply, [active, spare], turn);
                    } else {
                        f.copy(self.cpu, active, turn);
                    }
                    if f.any(turn) {
                        let cursor = Cursor { position, actor, track };
                        self.turn(f, view, cursor, driver, desk);
                    }
                }
            }
        }
    }
}
