//! Imagined plays, chunk by chunk: every lane is something that an option leads to, from one trial,
//! in one imagined play.
//!
//! Looking ahead is a recursion: a play is made of steps (`play`), these of turns (`turn`), and in
//! a turn of an actor who looks ahead (`imagine`) plays are imagined here. It ends because nobody
//! looks ahead at the second level of imagination.

use std::ops::Range;

use super::imagine::{Aim, LanesLookahead, WeightedAim};
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::masks;
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::run::cursor::LanesCursor;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::play::{LanesPlayer, RuledProgram};
use crate::engine::lanes::run::scratch::Scratch;
use crate::engine::situation::is_last;
use crate::scenario::Order;

impl Lanes<'_> {
    /// Adds to `values`, play by play, what the consequences are worth to the actor.
    #[allow(clippy::too_many_arguments)]
    pub(in crate::engine::lanes) fn evaluate(
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
        let mut g = Frame::take();
        let mut segments = Vec::new();
        let mut from = 0;
        while from < total {
            let to = total.min(from + self.chunk);
            let imagined = &scratch.imagined[usize::from(lookahead.level) - 1];
            let now: Vec<LaneSegment> = cut(entries, plays, (from, to), &imagined.rows);
            self.fill_chunk(f, &mut g, view, lookahead, &segments, &now);
            segments = now;
            self.land(&mut g, aims, entries, (from, to), plays, scratch);
            self.prospect(&mut g, view, cursor, lookahead, scratch);
            let suspects = g.any(self.cpu, self.single(Single::Suspect));
            let sums = g.get(self.single(Single::Sum));
            for segment in &segments {
                let entry = entries[segment.entry];
                // The values of a consequence's plays stand side by side.
                let out = aims[entry.aim as usize].out + segment.number as usize;
                let sums = &sums[segment.lanes()];
                for (value, sum) in values[out..].iter_mut().zip(sums) {
                    *value += entry.weight * sum;
                }
                let odd = |suspect: &f64| *suspect != 0.0;
                if suspects && g.get(self.single(Single::Suspect))[segment.lanes()].iter().any(odd)
                {
                    f.get_mut(self.single(Single::Suspect))[entry.lane as usize] = 1.0;
                }
            }
            from = to;
        }
        g.give_back();
    }

    /// Sets up a lane for each play of each consequence, in the moment of the lane it is looked at
    /// from. What is settled once per trial stands there already if the segments `before` were of
    /// the same lanes.
    fn fill_chunk(
        &self,
        f: &Frame,
        g: &mut Frame,
        view: RuledProgram<'_>,
        lookahead: LanesLookahead,
        before: &[LaneSegment],
        segments: &[LaneSegment],
    ) {
        let n = segments.last().map_or(0, |segment| segment.to);
        g.resize(self.columns, n);
        g.step = f.step;
        g.level = lookahead.level;
        g.play = lookahead.play;
        g.runs.clear();
        for segment in segments {
            let (first, count) = (segment.number, segment.lanes().len() as u32);
            match g.runs.last_mut() {
                Some((_, from, before)) if *from + *before == first => *before += count,
                _ => g.runs.push((segment.from as u32, first, count)),
            }
        }
        g.trials.clear();
        g.plays.clear();
        if lookahead.within.anybody() {
            for segment in segments {
                let count = segment.lanes().len();
                g.trials.extend(std::iter::repeat_n(f.trials[segment.lane], count));
                let play = lookahead.first + segment.number % lookahead.plays;
                g.plays.extend(play..play + count as u32);
            }
        }
        let even = |segment: &LaneSegment| {
            segment.from.is_multiple_of(masks::EIGHT) && segment.to.is_multiple_of(masks::EIGHT)
        };
        let lanes_of_eights: Option<Vec<u32>> = segments.iter().all(even).then(|| {
            let eights = |segment: &LaneSegment| segment.lanes().len() / masks::EIGHT;
            let repeated =
                |segment: &LaneSegment| std::iter::repeat_n(segment.lane as u32, eights(segment));
            segments.iter().flat_map(repeated).collect()
        });
        let random = self.model.order == Order::Random;
        let order = if random { self.layout.actors } else { 0 };
        let orders = (0..order).map(|position| self.layout.order(position));
        let carried = self.carried.iter().copied().chain(orders);
        let settled: &[ColumnId] =
            if of_the_same(before, segments) { &[] } else { &view.plan.settled };
        for column in carried.chain(settled.iter().copied()) {
            let (source, target) = (f.get(column), g.get_mut(column));
            match &lanes_of_eights {
                Some(lanes) => self.cpu.spread(target, source, lanes),
                None => {
                    for segment in segments {
                        target[segment.lanes()].fill(source[segment.lane]);
                    }
                }
            }
        }
        self.set_step(g, f.step);
        g.set_all(self.single(Single::Active));
        g.fill(self.single(Single::Bound), 0.0);
        g.fill(self.single(Single::Ended), -1.0);
        g.fill(self.single(Single::Suspect), 0.0);
    }

    /// Puts the step into the columns that formulas read.
    pub(in crate::engine::lanes) fn set_step(&self, f: &mut Frame, step: u32) {
        f.step = step;
        f.fill(self.single(Single::Step), f64::from(step));
        f.fill(self.single(Single::Last), f64::from(u8::from(is_last(step, self.steps))));
        for (part, values) in &self.days {
            f.fill(self.layout.day_part(*part), values[step as usize]);
        }
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
            g.copy(utility, total);
            return;
        }
        let key = match lookahead.level {
            1 => self.keys.imaginer(lookahead.who),
            // At the second level nobody imagines, so no key is needed.
            _ => 0,
        };
        let mut player = LanesPlayer::Mind {
            imaginer: lookahead.who,
            within: lookahead.within,
            key,
            now: lookahead.now,
        };
        self.rest_of_step(g, view, cursor, &mut player, scratch);
        let goes_on = |g: &Frame| g.step + 1 < self.horizon;
        let finally = self.single(Single::Finally);
        if !goes_on(g) || g.get(active).contains(&0.0) {
            g.set_all(within);
            self.run(&actor.utility, g, scratch);
            g.copy(utility, finally);
        }
        g.fill(self.single(Single::Total), 0.0);
        g.fill(self.single(Single::Weights), 0.0);
        g.fill(self.single(Single::Discount), 1.0);
        let mut going = scratch.zeros(g.n);
        for _ in 0..lookahead.foresight {
            if goes_on(g) && g.any(self.cpu, active) {
                going.copy_from_slice(g.get(active));
                self.set_step(g, g.step + 1);
                self.whole_step(g, view, &mut player, scratch);
                g.fill(within, 0.0);
                g.get_mut(within).copy_from_slice(&going);
                self.run(&actor.utility, g, scratch);
            } else {
                g.fill(within, 0.0);
            }
            self.run(&actor.gather, g, scratch);
        }
        scratch.give_numbers_back(going);
        let sums = [self.single(Single::Total), self.single(Single::Weights)];
        g.binary(self.cpu, Binary::Divide, sums, total);
    }
}

/// The plays of one consequence among the lanes of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LaneSegment {
    /// Its first lane, and the one behind its last.
    from: usize,
    to: usize,
    /// The lane that they are imagined from.
    lane: usize,
    /// The consequence.
    entry: usize,
    /// Where the imagined numbers of the first play stand in their columns.
    number: u32,
}

impl LaneSegment {
    fn lanes(&self) -> Range<usize> {
        self.from..self.to
    }
}

/// Cuts a chunk of the plays of consequences into those of one each. `rows` are the rows of the
/// lanes among imagined numbers.
fn cut(
    entries: &[WeightedAim],
    plays: usize,
    (from, to): (usize, usize),
    rows: &[u32],
) -> Vec<LaneSegment> {
    let mut segments = Vec::with_capacity((to - from) / plays + 2);
    let mut at = from;
    while at < to {
        let entry = at / plays;
        let end = to.min((entry + 1) * plays);
        let lane = entries[entry].lane as usize;
        let number = rows[lane] * plays as u32 + (at % plays) as u32;
        segments.push(LaneSegment { from: at - from, to: end - from, lane, entry, number });
        at = end;
    }
    segments
}

/// Whether the segments of two chunks are imagined from the same lanes.
fn of_the_same(one: &[LaneSegment], other: &[LaneSegment]) -> bool {
    let same =
        |(a, b): (&LaneSegment, &LaneSegment)| (a.from, a.to, a.lane) == (b.from, b.to, b.lane);
    one.len() == other.len() && one.iter().zip(other).all(same)
}
