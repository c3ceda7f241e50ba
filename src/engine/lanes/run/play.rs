//! A step of trials side by side, real or imagined: calendar, events, bargains, moves, laws. What
//! `engine/step.rs` does for one trial, for all lanes of a frame.

use super::cursor::LanesCursor;
use super::frame::Frame;
use super::lane_forks::LaneForks;
use super::record::Record;
use super::scratch::Scratch;
use crate::distribution::{Inverse, NORMAL, Quantile};
use crate::engine::bargain::{Negotiation, settle_given};
use crate::engine::known::StepPast;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::lower::plan::{BargainPlan, ChangeTapes, EventDraw, ProgramPlan};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::machine::tape::{Operand, Piece, Tape};
use crate::engine::lanes::random::numbers::Asked;
use crate::engine::lookahead::LookaheadWithin;
use crate::engine::sampling::InputNumbers;
use crate::engine::step_part::StepPart;
use crate::formula::Happening;
use crate::model::Rules;
use crate::scenario::{BargainRule, Order};

/// A program and the rules of the policy that hold in it, if they are known there.
#[derive(Clone, Copy)]
pub(in crate::engine::lanes) struct RuledProgram<'a> {
    pub plan: &'a ProgramPlan,
    pub rules: Option<&'a Rules>,
}

/// What a step is played for.
pub(in crate::engine::lanes) enum LanesPlayer<'a> {
    /// It really happens, and is recorded.
    Real(&'a mut Record),
    /// It really happens, with other luck, in trials that were recorded before. Some of its moments may be forked.
    Replay(Option<&'a mut LaneForks>),
    /// It really happens, and goes as it is known to have gone.
    Known(Box<StepPast<'a>>),
    /// An actor imagines it.
    Mind {
        /// The actor who imagines.
        imaginer: usize,
        /// Who looks ahead in it.
        within: LookaheadWithin,
        /// The key of the imagination, where it is the same for all lanes.
        key: u64,
        /// The real step in which it imagines.
        now: u32,
    },
}

impl LanesPlayer<'_> {
    /// Whether it really happens.
    pub fn is_real(&self) -> bool {
        !matches!(self, LanesPlayer::Mind { .. })
    }

    /// What it is recorded in.
    pub fn record(&mut self) -> Option<&mut Record> {
        match self {
            LanesPlayer::Real(record) => Some(record),
            LanesPlayer::Replay(_) | LanesPlayer::Known(_) | LanesPlayer::Mind { .. } => None,
        }
    }
}

impl Lanes<'_> {
    /// A part of a step comes, in the lanes of a mask, in which luck may decide something.
    pub(in crate::engine::lanes) fn comes(
        &self,
        f: &mut Frame,
        part: StepPart,
        mask: Single,
        player: &mut LanesPlayer<'_>,
    ) {
        if let LanesPlayer::Replay(Some(forks)) = player {
            forks.comes(self, f, part, self.single(mask));
        }
    }

    /// The column that is the only one of its kind.
    pub(in crate::engine::lanes) fn single(&self, which: Single) -> ColumnId {
        self.layout.single(which)
    }

    /// Runs a tape over the lanes of a frame.
    pub(in crate::engine::lanes) fn run(&self, tape: &Tape, f: &mut Frame, scratch: &mut Scratch) {
        let mut at = 0;
        while let Some(piece) = tape.pieces.get(at) {
            at += 1;
            match piece {
                Piece::Run(from, to) => {
                    let calls = *from as usize..*to as usize;
                    let machine = self.machine.as_ref();
                    self.cpu.run(&tape.calls, calls, &mut f.columns, machine);
                }
                Piece::SkipUnless { mask, to } => {
                    if !f.any(self.cpu, ColumnId(*mask)) {
                        at = *to as usize;
                    }
                }
                Piece::Uniform { place, number, out, need } => {
                    let asked = Asked::Uniform { place: *place, number: *number, step: f.step };
                    self.random_numbers(asked, ColumnId(*need), ColumnId(*out), f, scratch);
                }
                Piece::Gumbel { place, out, need } => {
                    let asked = Asked::Gumbel { place: *place, step: f.step };
                    self.random_numbers(asked, ColumnId(*need), ColumnId(*out), f, scratch);
                }
                Piece::Draw { inverse, uniform, parameters, out, need } => {
                    self.draw(f, inverse, [*uniform, *need], parameters, ColumnId(*out));
                }
                Piece::Settlement { rule, given, out, need } => {
                    settlements(f, *rule, given, [*out, *need], &mut scratch.negotiation);
                }
            }
        }
    }

    /// Makes draws of uniform numbers, where `need` is not zero, by the inverse distribution
    /// function.
    fn draw(
        &self,
        f: &mut Frame,
        inverse: &Inverse,
        [uniform, need]: [u32; 2],
        parameters: &[Operand],
        out: ColumnId,
    ) {
        let (out, others) = f.write(out);
        let n = out.len();
        let lanes = others.get(need)[..n].iter().enumerate().filter(|(_, need)| **need != 0.0);
        let fill = |given: &mut [f64], lane: usize| {
            for (slot, parameter) in given.iter_mut().zip(parameters) {
                *slot = match parameter {
                    Operand::Column(c) => others.get(*c)[lane],
                    Operand::Constant(x) => *x,
                };
            }
        };
        let uniform = &others.get(uniform)[..n];
        let mut given = vec![0.0; parameters.len()];
        match inverse.distribution.quantile {
            Quantile::OfNormal(quantile) => {
                // Standard quantiles of the whole column at once.
                let standard = out;
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
    pub(in crate::engine::lanes) fn random_numbers(
        &self,
        asked: Asked,
        need: ColumnId,
        out: ColumnId,
        f: &mut Frame,
        scratch: &mut Scratch,
    ) {
        let Frame { columns, n, level, play, luck, settling, given, trials, runs, .. } = f;
        let (numbers, others) = columns.write(out);
        let numbers = &mut numbers[..*n];
        if *level == 0 {
            let of = (&self.keys, *play);
            let given = given.as_ref().unwrap_or(&self.input_numbers);
            if !(*settling && even_numbers(given, asked, trials, numbers)) {
                let need = &others.get(need.0)[..*n];
                scratch.real.fill(self.cpu, of, asked, trials, need, numbers);
                if let Some(luck) = luck {
                    let lanes = luck.others.iter().filter(|lane| need[**lane as usize] != 0.0);
                    let of = (&self.keys, luck.play);
                    scratch.real.fill_some(self.cpu, of, asked, trials, lanes, numbers);
                }
            }
        } else {
            let imagined = &mut scratch.imagined[usize::from(*level) - 1];
            let all = imagined.numbers(self.cpu, &self.keys, asked);
            for (lane, at, count) in runs {
                let (lane, at, count) = (*lane as usize, *at as usize, *count as usize);
                numbers[lane..lane + count].copy_from_slice(&all[at..at + count]);
            }
        }
    }

    /// Plays a whole step of the lanes that are active.
    pub(in crate::engine::lanes) fn whole_step(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let (active, within) = (self.single(Single::Active), self.single(Single::Within));
        let step = f.step;
        for (rule, what) in view.rules.iter().flat_map(|rules| rules.windows_from(step)) {
            f.copy(self.layout.count(what), self.layout.before(rule));
        }
        for entry in &view.plan.calendar {
            if entry.step == i64::from(f.step) && f.any(self.cpu, active) {
                self.comes(f, StepPart::Calendar(entry.what), Single::Active, player);
                f.copy(active, within);
                self.carry_out(&entry.tapes, &[entry.what], f, player, scratch);
            }
        }
        for (index, event) in view.plan.events.iter().enumerate() {
            if !f.any(self.cpu, active) {
                return;
            }
            self.run(&event.fire, f, scratch);
            let acting = self.single(Single::Acting);
            if !f.any(self.cpu, acting) {
                continue;
            }
            self.comes(f, StepPart::Event(index), Single::Acting, player);
            match &event.drawn {
                EventDraw::Certain => f.copy(acting, within),
                EventDraw::Whether(tape) | EventDraw::Which(tape) => self.run(tape, f, scratch),
            }
            if let LanesPlayer::Known(past) = player {
                self.known_event(f, (index, event), past, scratch);
            }
            match &event.drawn {
                EventDraw::Certain => {
                    self.carry_out(&event.branches[0], &[event.what], f, player, scratch);
                }
                EventDraw::Whether(_) => {
                    if f.any(self.cpu, within) {
                        self.carry_out(&event.branches[0], &[event.what], f, player, scratch);
                    }
                }
                EventDraw::Which(_) => {
                    self.branches(&event.branches, &[event.what], f, player, scratch);
                }
            }
        }
        for (index, bargain) in view.plan.bargains.iter().enumerate() {
            if !f.any(self.cpu, active) {
                return;
            }
            self.bargain((index, bargain), f, player, scratch);
        }
        if !f.any(self.cpu, active) {
            return;
        }
        if self.model.order == Order::Random {
            self.comes(f, StepPart::Order, Single::Active, player);
            self.draw_order(f, view, scratch);
        }
        self.moves(f, view, None, player, scratch);
        self.laws(f, view, player, scratch);
    }

    /// Settles a bargain in the lanes in which it happens.
    fn bargain(
        &self,
        (index, bargain): (usize, &BargainPlan),
        f: &mut Frame,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let (acting, within) = (self.single(Single::Acting), self.single(Single::Within));
        self.run(&bargain.fire, f, scratch);
        if !f.any(self.cpu, acting) {
            return;
        }
        self.comes(f, StepPart::Bargain(index), Single::Acting, player);
        match &bargain.comes {
            Some(tape) => self.run(tape, f, scratch),
            None => f.copy(acting, within),
        }
        let known = match player {
            LanesPlayer::Known(past) => self.known_bargain(f, bargain, past, scratch),
            LanesPlayer::Real(_) | LanesPlayer::Replay(_) | LanesPlayer::Mind { .. } => None,
        };
        if !f.any(self.cpu, within) {
            return;
        }
        self.run(&bargain.settle, f, scratch);
        if let (Some(known), LanesPlayer::Known(past)) = (known, &mut *player) {
            self.known_settlement(f, bargain, &known, past);
        }
        if !f.any(self.cpu, within) {
            return;
        }
        if let LanesPlayer::Real(record) = player {
            record.assigned(f, within, &[bargain.over], &self.layout);
        }
        self.carry_out(&bargain.then, &[bargain.what], f, player, scratch);
    }

    /// Plays what is left of a step after the move at `cursor`.
    pub(in crate::engine::lanes) fn rest_of_step(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        self.moves(f, view, Some(cursor), player, scratch);
        self.laws(f, view, player, scratch);
    }

    fn laws(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let (active, within) = (self.single(Single::Active), self.single(Single::Within));
        if f.any(self.cpu, active) {
            self.comes(f, StepPart::Laws, Single::Active, player);
            f.copy(active, within);
            self.carry_out(&view.plan.laws, &[], f, player, scratch);
        }
    }

    /// Makes changes in the lanes of `Within`.
    pub(in crate::engine::lanes) fn carry_out(
        &self,
        tapes: &ChangeTapes,
        happenings: &[Happening],
        f: &mut Frame,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        match player {
            // What was clamped is not recorded.
            LanesPlayer::Mind { .. } | LanesPlayer::Replay(_) | LanesPlayer::Known(_) => {
                self.run(&tapes.imagined, f, scratch);
            }
            LanesPlayer::Real(record) => {
                self.run(&tapes.real, f, scratch);
                let within = self.single(Single::Within);
                record.assigned(f, within, &tapes.targets, &self.layout);
                // Of an item of a menu and its action, only the item: see `first_of_items`.
                if let Some(what) = happenings.last() {
                    record.happened(f, within, *what);
                }
            }
        }
    }

    /// Makes in each lane of `Acting` the changes of the branch that came up.
    pub(in crate::engine::lanes) fn branches(
        &self,
        branches: &[ChangeTapes],
        happenings: &[Happening],
        f: &mut Frame,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let (acting, within) = (self.single(Single::Acting), self.single(Single::Within));
        let (branch, spare) = (self.single(Single::Branch), self.single(Single::Spare));
        for (index, tapes) in branches.iter().enumerate() {
            f.with_constant(self.cpu, Binary::Equal, branch, index as f64, spare);
            f.binary(self.cpu, Binary::Multiply, [acting, spare], within);
            if f.any(self.cpu, within) {
                self.carry_out(tapes, happenings, f, player, scratch);
            }
        }
    }

    /// An order of the actors, drawn anew in each lane.
    fn draw_order(&self, f: &mut Frame, view: RuledProgram<'_>, scratch: &mut Scratch) {
        let (active, uniform) = (self.single(Single::Active), self.single(Single::Uniform));
        let mut drawn: Vec<Vec<(f64, usize)>> = vec![Vec::new(); f.n];
        for (who, actor) in view.plan.actors.iter().enumerate() {
            let asked = Asked::Uniform { place: actor.order_place, number: 0, step: f.step };
            self.random_numbers(asked, active, uniform, f, scratch);
            for (list, x) in drawn.iter_mut().zip(f.get(uniform)) {
                list.push((*x, who));
            }
        }
        for (lane, list) in drawn.iter_mut().enumerate() {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (position, (_, actor)) in list.iter().enumerate() {
                f.get_mut(self.layout.order(position))[lane] = *actor as f64;
            }
        }
    }

    /// Everybody's moves, or those after a cursor.
    fn moves(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        after: Option<LanesCursor>,
        player: &mut LanesPlayer<'_>,
        scratch: &mut Scratch,
    ) {
        let (active, turn) = (self.single(Single::Active), self.layout.turn());
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
                    }
                    if f.any(self.cpu, turn) {
                        let cursor = LanesCursor { position, actor, track };
                        self.turn(f, view, cursor, player, scratch);
                    }
                }
            }
        }
    }
}

/// Puts the settlements of a bargain into a column, where `need` is not zero.
fn settlements(
    f: &mut Frame,
    rule: BargainRule,
    given: &[Operand],
    [out, need]: [u32; 2],
    negotiation: &mut Negotiation,
) {
    let (out, others) = f.write(ColumnId(out));
    let mut numbers = vec![0.0; given.len()];
    for (lane, (settled, need)) in out.iter_mut().zip(others.get(need)).enumerate() {
        if *need == 0.0 {
            continue;
        }
        for (number, operand) in numbers.iter_mut().zip(given) {
            *number = match operand {
                Operand::Column(column) => others.get(*column)[lane],
                Operand::Constant(x) => *x,
            };
        }
        *settled = settle_given(rule, &numbers, negotiation).coded();
    }
}

/// Puts the numbers of an input into a column if they are not those of its address, and says whether it did.
fn even_numbers(given: &InputNumbers, asked: Asked, trials: &[u64], out: &mut [f64]) -> bool {
    let Asked::Uniform { place, number, .. } = asked else { return false };
    for (x, trial) in out.iter_mut().zip(trials) {
        match given.at(place, number, *trial) {
            Some(number) => *x = number,
            None => return false,
        }
    }
    true
}
