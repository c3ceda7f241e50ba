//! A step of trials side by side, real or imagined: calendar, events, moves, laws. What
//! `engine/step.rs` does for one trial, for all lanes of a frame.

use super::Lanes;
use super::desk::Desk;
use super::frame::Frame;
use super::graph::Column;
use super::imagine::Insight;
use super::layout::Single;
use super::operation::Binary;
use super::plan::{ActionPlan, Drawn, Leaf, Number, Plan, TrackPlan};
use super::record::Record;
use super::store::Asked;
use super::tape::{Operand, Piece, Tape};
use crate::formula::Happening;
use crate::model::{PlaceId, Rules};
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
                Piece::Draw { distribution, uniform, parameters, out, need } => {
                    let mut values = f.take(Column(*out));
                    let need = f.get(Column(*need));
                    let uniform = f.get(Column(*uniform));
                    let mut given = vec![0.0; parameters.len()];
                    for lane in 0..f.n {
                        if need[lane] != 0.0 {
                            for (slot, parameter) in given.iter_mut().zip(parameters) {
                                *slot = match parameter {
                                    Operand::Column(c) => f.columns[*c as usize][lane],
                                    Operand::Constant(x) => *x,
                                };
                            }
                            values[lane] = distribution.quantile(uniform[lane], &given);
                        }
                    }
                    f.put(Column(*out), values);
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
            let of = (&self.keys, self.play, gumbel);
            desk.real.fill(self.cpu, of, asked, &f.trials, f.get(need), &mut numbers);
        } else {
            let store = &mut desk.stores[usize::from(f.level) - 1];
            let all = store.numbers(self.cpu, &self.keys, asked);
            for (slot, at) in numbers.iter_mut().zip(&f.luck) {
                *slot = all[*at as usize];
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
    fn carry_out(
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
    fn branches(
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

    /// A move of an actor on a track, in the lanes of `Turn`.
    fn turn(
        &self,
        f: &mut Frame,
        view: View<'_>,
        cursor: Cursor,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        let (turn, open) = (self.single(Single::Turn), self.single(Single::Open));
        let (need, choice) = (self.single(Single::Need), self.single(Single::Choice));
        self.run(&track.open, f, desk);
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
            let (opened, turns) = (f.get(open), f.get(turn));
            for lane in 0..f.n {
                let chooses = opened[lane] >= least && turns[lane] != 0.0;
                needs[lane] = f64::from(u8::from(chooses));
            }
            needs[f.n..].fill(0.0);
            for (lane, _, _) in &forced {
                needs[*lane] = 0.0;
            }
            f.put(need, needs);
        }
        let weighed = self.weigh(f, view, cursor, driver, desk);
        if f.any(need) {
            if let Driver::Real(record) = driver {
                let rationality = self.rationality(f, view, cursor.actor);
                record.spread(self, f, cursor, track.actions.len(), actor.must_act, rationality);
            }
            self.choose(f, view, cursor, desk);
        }
        for (lane, rule, position) in &forced {
            f.get_mut(choice)[*lane] = (*position + 1) as f64;
            f.get_mut(self.layout.obeyed(*rule))[*lane] += 1.0;
        }
        if let Driver::Real(record) = driver {
            record.opened(self, f, cursor, track.actions.len());
        }
        for (position, action) in track.actions.iter().enumerate() {
            self.perform(f, view, cursor, (position, action, weighed), driver, desk);
        }
    }

    /// How many actions are open in each lane.
    fn count_open(&self, f: &mut Frame, track: &TrackPlan) {
        let open = self.single(Single::Open);
        let mut count = f.take(open);
        count[..f.n].fill(0.0);
        for position in 0..track.actions.len() {
            for (sum, one) in count.iter_mut().zip(f.get(self.layout.open(position))) {
                *sum += one;
            }
        }
        f.put(open, count);
    }

    /// What an actor does that must act, as long as nothing was chosen.
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

    /// Lanes in which a rule of the policy bids an action: lane, rule, position.
    fn forced(&self, f: &Frame, view: View<'_>, track: &TrackPlan) -> Vec<(usize, usize, usize)> {
        let Some(rules) = view.rules else { return Vec::new() };
        let bidden = |what: Happening| rules.forced.iter().any(|force| force.what == what);
        if !track.actions.iter().any(|action| bidden(action.what)) {
            return Vec::new();
        }
        let mut forced = Vec::new();
        let mut obeyed = vec![0u32; rules.forced.len()];
        for lane in 0..f.n {
            for (rule, slot) in obeyed.iter_mut().enumerate() {
                *slot = f.get(self.layout.obeyed(rule))[lane] as u32;
            }
            let mut first: Option<(usize, usize)> = None;
            for (position, action) in track.actions.iter().enumerate() {
                if f.get(self.layout.open(position))[lane] == 0.0 || !bidden(action.what) {
                    continue;
                }
                let count = f.get(self.layout.count(action.what))[lane] as u32;
                if let Some(rule) = rules.bids(action.what, f.step, count, &obeyed)
                    && first.is_none_or(|(before, _)| rule < before)
                {
                    first = Some((rule, position));
                }
            }
            forced.extend(first.map(|(rule, position)| (lane, rule, position)));
        }
        forced
    }

    /// Reckons what the options are worth to whoever moves, in the lanes of `Need`. Returns whether
    /// the voters' probabilities stand there as well.
    fn weigh(
        &self,
        f: &mut Frame,
        view: View<'_>,
        cursor: Cursor,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) -> bool {
        let need = self.single(Single::Need);
        match driver {
            Driver::Real(record) => {
                if !f.any(need) {
                    return false;
                }
                let mind = self.mind(cursor.actor);
                let actor = &mind.plan.actors[cursor.actor];
                let track = &actor.tracks[cursor.track];
                if actor.foresight == 0 && !track.draws {
                    self.run(&track.weigh, f, desk);
                } else {
                    let insight = Insight {
                        who: cursor.actor,
                        foresight: actor.foresight,
                        plays: actor.imaginations,
                        level: 1,
                        minds: actor.minds,
                        now: f.step,
                    };
                    self.look_ahead(f, mind, cursor, insight, None, Some(record), desk);
                }
                false
            }
            Driver::Mind { imaginer, minds, key, now } => {
                let actor = &view.plan.actors[cursor.actor];
                let track = &actor.tracks[cursor.track];
                if *minds > 1 && cursor.actor != *imaginer && actor.foresight > 0 {
                    if f.any(need) {
                        let insight = Insight {
                            who: cursor.actor,
                            foresight: actor.foresight,
                            plays: actor.imaginations,
                            level: f.level + 1,
                            minds: 1,
                            now: *now,
                        };
                        self.look_ahead(f, view, cursor, insight, Some(*key), None, desk);
                    }
                    return false;
                }
                let votes = || track.actions.iter().any(|action| action.consent.is_some());
                if f.any(need) || (votes() && f.any(self.single(Single::Open))) {
                    self.run(&track.weigh, f, desk);
                    return true;
                }
                false
            }
        }
    }

    /// A number settled once per trial, as a column.
    pub(super) fn number(&self, number: Number, f: &mut Frame) -> Column {
        match number {
            Number::Column(column) => column,
            Number::Constant(x) => {
                let spare = self.single(Single::Weight);
                f.fill(spare, x);
                spare
            }
        }
    }

    fn rationality(&self, f: &mut Frame, view: View<'_>, who: usize) -> Column {
        self.number(view.plan.actors[who].rationality, f)
    }

    /// Chooses by Gumbel-max in the lanes of `Need`.
    fn choose(&self, f: &mut Frame, view: View<'_>, cursor: Cursor, desk: &mut Desk) {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        let rationality = self.rationality(f, view, cursor.actor);
        let need = self.single(Single::Need);
        f.fill(self.single(Single::Best), f64::NEG_INFINITY);
        if !actor.must_act {
            let value = self.single(Single::Hold);
            self.consider(f, track.hold_place, [rationality, value, need], 0, desk);
        }
        let acting = self.single(Single::Acting);
        for (position, action) in track.actions.iter().enumerate() {
            f.binary(self.cpu, Binary::Multiply, [need, self.layout.open(position)], acting);
            if f.any(acting) {
                let value = self.layout.value(position);
                let given = [rationality, value, acting];
                self.consider(f, action.choice_place, given, position + 1, desk);
            }
        }
    }

    fn consider(
        &self,
        f: &mut Frame,
        place: PlaceId,
        [rationality, value, open]: [Column; 3],
        option: usize,
        desk: &mut Desk,
    ) {
        let gumbel = self.single(Single::Gumbel);
        let asked = Asked { place, number: 0, step: f.step };
        self.luck(asked, true, open, gumbel, f, desk);
        let (best, choice) = (self.single(Single::Best), self.single(Single::Choice));
        let (mut scores, mut chosen) = (f.take(best), f.take(choice));
        let n = f.padded;
        let padded = |column: Column| &f.columns[column.0 as usize][..n];
        self.cpu.choose(
            [&mut scores[..n], &mut chosen[..n]],
            [padded(rationality), padded(value), padded(gumbel), padded(open)],
            option as f64,
        );
        f.put(best, scores);
        f.put(choice, chosen);
    }

    /// Carries out an action where it was chosen.
    fn perform(
        &self,
        f: &mut Frame,
        view: View<'_>,
        cursor: Cursor,
        (position, action, weighed): (usize, &ActionPlan, bool),
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        let (turn, choice) = (self.single(Single::Turn), self.single(Single::Choice));
        let (acting, within) = (self.single(Single::Acting), self.single(Single::Within));
        let spare = self.single(Single::Spare);
        f.with_constant(self.cpu, Binary::Equal, choice, (position + 1) as f64, spare);
        f.binary(self.cpu, Binary::Multiply, [turn, spare], acting);
        if !f.any(acting) {
            return;
        }
        let taken = f.count(acting);
        let mut accepted = 0;
        if let Some(consent) = &action.consent {
            for (index, voter) in consent.voters.iter().enumerate() {
                let vote = self.layout.vote(index);
                if voter.actor.index() == cursor.actor {
                    f.fill(vote, 1.0);
                    continue;
                }
                self.probability_of_yes(f, view, cursor, (position, index), weighed, driver, desk);
                let uniform = self.single(Single::Uniform);
                let asked = Asked { place: voter.place, number: 0, step: f.step };
                self.luck(asked, false, acting, uniform, f, desk);
                let yes = self.layout.yes(position, index);
                f.binary(self.cpu, Binary::Less, [uniform, yes], vote);
            }
            self.run(&consent.carried, f, desk);
            let (refused, other) = (self.single(Single::Refused), self.single(Single::Ending));
            f.unary(self.cpu, super::operation::Unary::Not, spare, other);
            f.binary(self.cpu, Binary::Multiply, [acting, other], refused);
            f.binary(self.cpu, Binary::Multiply, [acting, spare], other);
            f.copy(self.cpu, other, acting);
            if f.any(refused) {
                f.copy(self.cpu, refused, within);
                self.carry_out(&consent.refused, Some(action.what), f, driver, desk);
            }
            accepted = f.count(acting);
        }
        if let Driver::Real(record) = driver {
            record.moved(f.step, cursor, position, taken, accepted);
        }
        if !f.any(acting) {
            return;
        }
        match &action.chance {
            Some(tape) => {
                self.run(tape, f, desk);
                self.branches(&action.leaves, action.what, f, driver, desk);
            }
            None => {
                f.copy(self.cpu, acting, within);
                self.carry_out(&action.leaves[0], Some(action.what), f, driver, desk);
            }
        }
    }

    /// Puts in place with what probability a voter says yes, in the lanes of `Acting`.
    #[allow(clippy::too_many_arguments)]
    fn probability_of_yes(
        &self,
        f: &mut Frame,
        view: View<'_>,
        cursor: Cursor,
        (position, index): (usize, usize),
        weighed: bool,
        driver: &mut Driver<'_>,
        desk: &mut Desk,
    ) {
        let voter_of = |plan: &Plan| {
            let action = &plan.actors[cursor.actor].tracks[cursor.track].actions[position];
            action.consent.as_ref().map_or(0, |consent| consent.voters[index].actor.index())
        };
        let voter = voter_of(view.plan);
        let (mind, insight, outer) = match driver {
            Driver::Real(_) => {
                let mind = self.mind(voter);
                let actor = &mind.plan.actors[voter];
                let insight = Insight {
                    who: voter,
                    foresight: actor.foresight,
                    plays: actor.imaginations,
                    level: 1,
                    minds: actor.minds,
                    now: f.step,
                };
                (mind, insight, None)
            }
            Driver::Mind { imaginer, minds, key, now } => {
                let actor = &view.plan.actors[voter];
                let ahead = *minds > 1 && voter != *imaginer && actor.foresight > 0;
                if weighed && !ahead {
                    return;
                }
                let foresight = if ahead { actor.foresight } else { 0 };
                let level = if ahead { f.level + 1 } else { f.level };
                let plays = if ahead { actor.imaginations } else { 1 };
                let insight = Insight { who: voter, foresight, plays, level, minds: 1, now: *now };
                (view, insight, Some(*key))
            }
        };
        let action = &mind.plan.actors[cursor.actor].tracks[cursor.track].actions[position];
        let real = matches!(driver, Driver::Real(_));
        if insight.foresight > 0 || (action.draws && real) {
            let acting = self.single(Single::Acting);
            self.stakes(f, mind, cursor, position, acting, insight, Some(outer), desk);
        } else if let Some(consent) = &action.consent {
            self.run(&consent.voters[index].stake, f, desk);
        }
        self.run(&view.plan.actors[voter].acceptance, f, desk);
        f.copy(self.cpu, self.single(Single::Spare), self.layout.yes(position, index));
    }
}
