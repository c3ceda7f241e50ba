//! Imagined plays, chunk by chunk: every lane is something that an option leads to, from one trial,
//! in one imagined play.
//!
//! Looking ahead is a recursion: a play is made of steps (`play`), these of turns (`turn`), and in
//! a turn of an actor who looks ahead (`imagine`) plays are imagined here. It ends because nobody
//! looks ahead at the second level of imagination.

use super::Lanes;
use super::cursor::LanesCursor;
use super::frame::Frame;
use super::imagine::{Aim, LanesLookahead, WeightedAim};
use super::layout::Single;
use super::plan::Number;
use super::play::{LanesPlayer, RuledProgram};
use super::scratch::Scratch;
use crate::scenario::Order;

impl Lanes<'_> {
    /// Adds to `values`, play by play, what the consequences are worth to the actor.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn evaluate(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        aims: &[Aim<'_>],
        entries: &[WeightedAim],
        values: &mut [f64],
        scratch: &mut Scratch,
    ) {
        let plays = lookahead.plays as usize;
        let total = entries.len() * plays;
        let mut g = scratch.frame();
        let mut from = 0;
        while from < total {
            let to = total.min(from + self.chunk);
            self.fill_chunk(f, &mut g, view, lookahead, entries, (from, to), scratch);
            self.land(&mut g, aims, entries, (from, to), plays, scratch);
            self.prospect(&mut g, view, cursor, lookahead, scratch);
            let suspects = g.any(self.cpu, self.single(Single::Suspect));
            let mut at = from;
            while at < to {
                let entry = entries[at / plays];
                let end = to.min((at / plays + 1) * plays);
                let lanes = at - from..end - from;
                // The values of a consequence's plays stand side by side.
                let out = aims[entry.aim as usize].out + g.number_at[lanes.start] as usize;
                let sums = &g.get(self.single(Single::Sum))[lanes.clone()];
                for (value, sum) in values[out..].iter_mut().zip(sums) {
                    *value += entry.weight * sum;
                }
                let odd = |suspect: &f64| *suspect != 0.0;
                if suspects && g.get(self.single(Single::Suspect))[lanes].iter().any(odd) {
                    f.get_mut(self.single(Single::Suspect))[entry.lane as usize] = 1.0;
                }
                at = end;
            }
            from = to;
        }
        scratch.give_back(g);
    }

    /// Sets up a lane for each play of each consequence, in the moment of the lane it is looked at
    /// from.
    #[allow(clippy::too_many_arguments)]
    fn fill_chunk(
        &self,
        f: &Frame,
        g: &mut Frame,
        view: RuledProgram<'_>,
        lookahead: LanesLookahead,
        entries: &[WeightedAim],
        (from, to): (usize, usize),
        scratch: &Scratch,
    ) {
        let plays = lookahead.plays as usize;
        g.resize(self.columns, to - from);
        g.step = f.step;
        g.level = lookahead.level;
        g.trials.clear();
        g.number_at.clear();
        g.runs.clear();
        g.plays.clear();
        let imagined = &scratch.imagined[usize::from(lookahead.level) - 1];
        let mut segments: Vec<(usize, usize, usize)> = Vec::new();
        let mut at = from;
        while at < to {
            let entry = entries[at / plays];
            let end = to.min((at / plays + 1) * plays);
            let lane = entry.lane as usize;
            let row = imagined.rows[lane];
            segments.push((at - from, end - from, lane));
            let first = row * lookahead.plays + (at % plays) as u32;
            let count = (end - at) as u32;
            match g.runs.last_mut() {
                Some((_, from, before)) if *from + *before == first => *before += count,
                _ => g.runs.push(((at - from) as u32, first, count)),
            }
            for k in at % plays..at % plays + (end - at) {
                g.trials.push(f.trials[lane]);
                g.number_at.push(row * lookahead.plays + k as u32);
                g.plays.push(lookahead.first + k as u32);
            }
            at = end;
        }
        let random = self.model.order == Order::Random;
        let order = if random { self.layout.actors } else { 0 };
        let orders = (0..order).map(|position| self.layout.order(position));
        let carried = self.carried.iter().copied().chain(orders);
        for column in carried.chain(view.plan.settled.iter().copied()) {
            let source = f.get(column);
            let target = g.get_mut(column);
            for (from, to, lane) in &segments {
                target[*from..*to].fill(source[*lane]);
            }
        }
        self.set_step(g, f.step);
        g.set_all(self.single(Single::Active));
        g.fill(self.single(Single::Ended), -1.0);
        g.fill(self.single(Single::Suspect), 0.0);
    }

    /// Puts the step into the columns that formulas read.
    pub(super) fn set_step(&self, f: &mut Frame, step: u32) {
        f.step = step;
        f.fill(self.single(Single::Step), f64::from(step));
        f.fill(self.single(Single::Last), f64::from(u8::from(step + 1 >= self.steps)));
    }

    /// Makes in each lane the changes whose consequences it looks at.
    fn land(
        &self,
        g: &mut Frame,
        aims: &[Aim<'_>],
        entries: &[WeightedAim],
        (from, to): (usize, usize),
        plays: usize,
        scratch: &mut Scratch,
    ) {
        let within = self.single(Single::Within);
        let mut at = from;
        while at < to {
            let aim = entries[at / plays].aim;
            let mut end = at;
            while end < to && entries[end / plays].aim == aim {
                end = to.min((end / plays + 1) * plays);
            }
            if let Some(tape) = aims[aim as usize].tape {
                g.fill(within, 0.0);
                g.get_mut(within)[at - from..end - from].fill(1.0);
                self.run(tape, g, scratch);
            }
            at = end;
        }
    }

    /// Puts into `Sum` what the moments are worth to the actor who looks ahead: the utilities at
    /// the ends of the whole steps after this one, weighted 1, patience, patience², … and divided
    /// by the sum of weights. When a play ends sooner, its final utility stands for the steps still
    /// to come.
    fn prospect(
        &self,
        g: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        scratch: &mut Scratch,
    ) {
        let (active, within) = (self.single(Single::Active), self.single(Single::Within));
        let (utility, total) = (self.single(Single::Utility), self.single(Single::Sum));
        let actor = &view.plan.actors[lookahead.who];
        if lookahead.foresight == 0 {
            g.set_all(within);
            self.run(&actor.utility, g, scratch);
            g.copy(self.cpu, utility, total);
            return;
        }
        let key = match lookahead.level {
            1 => self.keys.imaginer(lookahead.who),
            // At the second level nobody imagines, so no key is needed.
            _ => 0,
        };
        let mut player = LanesPlayer::Mind {
            imaginer: lookahead.who,
            minds: lookahead.minds,
            key,
            now: lookahead.now,
        };
        self.rest_of_step(g, view, cursor, &mut player, scratch);
        let n = g.n;
        let is_last = |g: &Frame| g.step + 1 >= self.steps;
        let mut last = scratch.zeros(n);
        if is_last(g) || g.get(active).contains(&0.0) {
            g.set_all(within);
            self.run(&actor.utility, g, scratch);
            last.copy_from_slice(g.get(utility));
        }
        let mut going = scratch.zeros(n);
        let mut sum = scratch.zeros(n);
        let mut weights = scratch.zeros(n);
        let mut weight = scratch.zeros(n);
        weight.fill(1.0);
        for _ in 0..lookahead.foresight {
            if !is_last(g) && g.any(self.cpu, active) {
                going.copy_from_slice(g.get(active));
                self.set_step(g, g.step + 1);
                self.whole_step(g, view, &mut player, scratch);
                g.fill(within, 0.0);
                g.get_mut(within).copy_from_slice(&going);
                self.run(&actor.utility, g, scratch);
                for ((last, utility), going) in last.iter_mut().zip(g.get(utility)).zip(&going) {
                    *last = if *going != 0.0 { *utility } else { *last };
                }
            }
            let sums = sum.iter_mut().zip(&mut weights);
            for ((sum, weights), (weight, last)) in sums.zip(weight.iter().zip(&last)) {
                *sum += weight * last;
                *weights += weight;
            }
            match actor.patience {
                Number::Constant(patience) => weight.iter_mut().for_each(|w| *w *= patience),
                Number::Column(column) => {
                    weight.iter_mut().zip(g.get(column)).for_each(|(w, p)| *w *= p);
                }
            }
        }
        for (lane, slot) in g.get_mut(total).iter_mut().enumerate() {
            *slot = sum[lane] / weights[lane];
        }
        for list in [last, going, sum, weights, weight] {
            scratch.give_numbers_back(list);
        }
    }
}
