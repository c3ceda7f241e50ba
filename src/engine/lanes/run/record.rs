//! What is recorded of what really happens.

use super::cursor::LanesCursor;
use super::frame::Frame;
use crate::engine::choice::Thought;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::ahead::imagine::lanes_of;
use crate::engine::lanes::ahead::thinking::ImaginedValues;
use crate::engine::lanes::lower::layout::{Layout, Single};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::cpu::Cpu;
use crate::engine::real_player::error_of_difference;
use crate::engine::trial_block::{Recording, TrialBlock};
use crate::formula::Happening;
use crate::model::{ChoiceRule, Forced};

/// The results of trials that are being played.
#[derive(Debug)]
pub(in crate::engine::lanes) struct Record {
    pub block: TrialBlock,
    recording: Recording,
    /// Whether it is recorded of any trial how decided its choices were.
    notes_choices: bool,
    cpu: Cpu,
    /// What was imagined of the options of the present turn.
    pub imagined: Vec<ImaginedValues>,
    /// For each actor, lane by lane in the order of time.
    spreads: Vec<Vec<(u32, f64)>>,
    errors: Vec<Vec<(u32, f64)>>,
    thoughts: Vec<Vec<(u32, Thought)>>,
    /// The step in which each happening first happened, negative where it did not; by happening,
    /// then lane.
    firsts: Vec<f64>,
    /// Room for the best and the worst value of an open option in each lane.
    ends: [Vec<f64>; 2],
    /// The first row, in the counts of moves, of each track of each actor.
    rows: Vec<Vec<usize>>,
}

impl Record {
    /// A record in which nothing is noted yet.
    pub fn new(block: TrialBlock, recording: Recording, rows: Vec<Vec<usize>>, cpu: Cpu) -> Self {
        let actors = block.spreads.len();
        let mut trials = block.first..block.first + block.len as u64;
        Record {
            recording,
            notes_choices: trials.any(|trial| recording.notes_choices(trial)),
            firsts: vec![-1.0; block.firsts.len()],
            block,
            cpu,
            imagined: Vec::new(),
            spreads: vec![Vec::new(); actors],
            errors: vec![Vec::new(); actors],
            thoughts: vec![Vec::new(); actors],
            ends: Default::default(),
            rows,
        }
    }

    /// The results in their final form.
    pub fn finish(self) -> TrialBlock {
        let mut block = self.block;
        let len = block.len;
        let first = |step: f64| (step >= 0.0).then_some(step as u32);
        block.firsts = self.firsts.into_iter().map(first).collect();
        let is_noted = |lane: u32| self.recording.notes_choices(block.first + u64::from(lane));
        let noted = |mut list: Vec<(u32, f64)>| {
            list.retain(|(lane, _)| is_noted(*lane));
            by_lane(&list, len)
        };
        block.spreads = self.spreads.into_iter().map(noted).collect();
        block.errors = self.errors.into_iter().map(noted).collect();
        let of_thoughts = |of: fn(Thought) -> f64| {
            let list = |list: &Vec<(u32, Thought)>| {
                let numbers: Vec<_> = list.iter().map(|(lane, all)| (*lane, of(*all))).collect();
                by_lane(&numbers, len)
            };
            self.thoughts.iter().map(list).collect()
        };
        block.thoughts = of_thoughts(|thought| thought.plays as f64);
        block.undecided = of_thoughts(|thought| f64::from(u8::from(!thought.decided)));
        block
    }

    /// Counts assignments, and those that were clamped.
    pub fn assigned(&mut self, f: &Frame, within: ColumnId, targets: &[usize], layout: &Layout) {
        if targets.is_empty() {
            return;
        }
        let count = f.count(self.cpu, within);
        for state in targets {
            self.block.assigned[*state] += count;
            let clamped = f.get(layout.clamped(*state));
            self.block.clamped[*state] += self.cpu.count_both(clamped, f.get(within));
        }
    }

    /// Notes what happened for the first time.
    pub fn happened(&mut self, f: &Frame, within: ColumnId, what: Happening) {
        let len = self.block.len;
        let firsts = &mut self.firsts[what.0 as usize * len..(what.0 as usize + 1) * len];
        self.cpu.note_first(firsts, f.get(within), f64::from(f.step));
    }

    /// Notes that an action happened no later than an item of its menu.
    pub fn first_of_item(&mut self, action: Happening, item: Happening) {
        let len = self.block.len;
        let [action, item] =
            [action, item].map(|what| what.0 as usize * len..(what.0 as usize + 1) * len);
        let Ok([whole, part]) = self.firsts.get_disjoint_mut([action, item]) else { return };
        for (first, of_item) in whole.iter_mut().zip(part) {
            let is_earlier = (*of_item >= 0.0) & ((*first < 0.0) | (*of_item < *first));
            *first = if is_earlier { *of_item } else { *first };
        }
    }

    /// Counts an action, in the lanes in which it is taken, for each of its windows that this step
    /// lies in.
    pub fn taken_in_windows(
        &mut self,
        windows: &[Forced],
        f: &Frame,
        acting: ColumnId,
        happenings: &[Happening],
    ) {
        let len = self.block.len;
        for (window, counts) in
            windows.iter().zip(self.block.in_windows.chunks_exact_mut(len.max(1)))
        {
            if happenings.contains(&window.what) && window.covers(f.step) {
                for (count, acting) in counts.iter_mut().zip(f.get(acting)) {
                    *count += u32::from(*acting != 0.0);
                }
            }
        }
    }

    fn row(&self, cursor: LanesCursor, position: usize, step: u32) -> usize {
        (self.rows[cursor.actor][cursor.track] + position) * self.block.moves.steps + step as usize
    }

    /// Notes what was open in a turn.
    pub fn opened(&mut self, lanes: &Lanes<'_>, f: &Frame, cursor: LanesCursor, actions: usize) {
        for position in 0..actions {
            let at = self.row(cursor, position, f.step);
            self.block.moves.available[at] += f.count(self.cpu, lanes.layout.open(position));
        }
        let at = self.row(cursor, actions, f.step);
        self.block.moves.available[at] += f.count(self.cpu, lanes.layout.turn());
    }

    /// Notes how often nothing was done in a turn.
    pub fn held(&mut self, lanes: &Lanes<'_>, f: &Frame, cursor: LanesCursor, actions: usize) {
        let (turn, choice) = (lanes.layout.turn(), lanes.single(Single::Choice));
        let held = self.cpu.count_without(f.get(turn), f.get(choice));
        let at = self.row(cursor, actions, f.step);
        self.block.moves.taken[at] += held;
    }

    /// Notes how often a move was made, and accepted.
    pub fn moved(
        &mut self,
        step: u32,
        cursor: LanesCursor,
        position: usize,
        taken: u64,
        accepted: u64,
    ) {
        let at = self.row(cursor, position, step);
        self.block.moves.taken[at] += taken;
        self.block.moves.accepted[at] += accepted;
    }

    /// Notes how long an actor thought, in some lanes.
    pub fn thought(&mut self, who: usize, thoughts: Vec<(u32, Thought)>) {
        self.thoughts[who].extend(thoughts);
    }

    /// Notes how clear the choices were, and with what error their values were imagined.
    pub fn spread(
        &mut self,
        lanes: &Lanes<'_>,
        f: &Frame,
        cursor: LanesCursor,
        actions: usize,
        must_act: bool,
        rule: ChoiceRule<ColumnId>,
    ) {
        if !self.notes_choices {
            self.imagined.clear();
            return;
        }
        let need = f.get(lanes.single(Single::Need));
        let hold = f.get(lanes.single(Single::Hold));
        let bound = f.get(lanes.single(Single::Bound));
        let is_bound = f.any(self.cpu, lanes.single(Single::Bound));
        let rule = rule.map(|column| f.get(column));
        let columns: Vec<(&[f64], &[f64])> = (0..actions)
            .map(|at| (f.get(lanes.layout.open(at)), f.get(lanes.layout.value(at))))
            .collect();
        let imagined = std::mem::take(&mut self.imagined);
        if imagined.is_empty() && !is_bound {
            let [best, worst] = &mut self.ends;
            for (end, start) in [(&mut *best, f64::NEG_INFINITY), (&mut *worst, f64::INFINITY)] {
                end.clear();
                end.resize(f.n, start);
            }
            if !must_act {
                self.cpu.widen([best, worst], hold, need);
            }
            for (open, values) in columns {
                self.cpu.widen([best, worst], values, open);
            }
            let spreads = &mut self.spreads[cursor.actor];
            spreads.extend(lanes_of(need).into_iter().map(|lane| {
                let at = lane as usize;
                (lane, rule.map(|column| column[at]).scaled(best[at] - worst[at]))
            }));
            return;
        }
        let mut seen =
            imagined.iter().flat_map(|seen| (0..seen.rows.len()).map(move |row| (seen, row)));
        for lane in 0..f.n {
            if need[lane] == 0.0 {
                continue;
            }
            let mut ranking: Option<OptionRanking> = None;
            let mut rank = |option: usize, value: f64| match &mut ranking {
                None => ranking = Some(OptionRanking::first(option, value)),
                Some(ranking) => ranking.next(option, value),
            };
            if !must_act && bound[lane] == 0.0 {
                rank(0, hold[lane]);
            }
            for (at, (open, values)) in columns.iter().enumerate() {
                if open[lane] != 0.0 {
                    rank(at + 1, values[lane]);
                }
            }
            let plays = seen.next();
            if let Some(ranking) = ranking {
                let rule = rule.map(|column| column[lane]);
                let spread = ranking.best.1 - ranking.worst;
                self.spreads[cursor.actor].push((lane as u32, rule.scaled(spread)));
                if let (Some((seen, row)), Some(second)) = (plays, ranking.second)
                    && seen.rows[row].plays > 1
                {
                    let of = |option: usize| seen.of(option, row);
                    let error = error_of_difference(of(ranking.best.0), of(second.0));
                    self.errors[cursor.actor].push((lane as u32, rule.scaled(error)));
                }
            }
        }
    }
}

/// The best, the second and the worst so far.
struct OptionRanking {
    best: (usize, f64),
    second: Option<(usize, f64)>,
    worst: f64,
}

impl OptionRanking {
    fn first(option: usize, value: f64) -> Self {
        OptionRanking { best: (option, value), second: None, worst: value }
    }

    fn next(&mut self, option: usize, value: f64) {
        if value > self.best.1 {
            self.second = Some(self.best);
            self.best = (option, value);
        } else if self.second.is_none_or(|(_, second)| value > second) {
            self.second = Some((option, value));
        }
        if value < self.worst {
            self.worst = value;
        }
    }
}

/// Values in the order of lanes, those of a lane in the order in which they came.
fn by_lane(list: &[(u32, f64)], lanes: usize) -> Vec<f64> {
    let mut from = vec![0usize; lanes + 1];
    for (lane, _) in list {
        from[*lane as usize + 1] += 1;
    }
    for lane in 0..lanes {
        from[lane + 1] += from[lane];
    }
    let mut sorted = vec![0.0; list.len()];
    for (lane, value) in list {
        let slot = &mut from[*lane as usize];
        sorted[*slot] = *value;
        *slot += 1;
    }
    sorted
}
