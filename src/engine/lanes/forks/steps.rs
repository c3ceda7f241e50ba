//! Steps of trials and of their forks.

use super::halted::Halted;
use super::rows::{AS_ITS_TRIAL, Beginning, ForkedRows};
use super::waiting::{ForkSlot, Waiting, WaitingFork};
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::lane_forks::{Forking, LaneForks};
use crate::engine::lanes::run::play::{LanesPlayer, RuledProgram};
use crate::engine::lanes::run::scratch::Scratch;
use crate::engine::lanes::run::situations::Situations;

/// How many forks are played on side by side.
const FORKS_AT_ONCE: usize = 256;

impl ForkedRows<'_, '_> {
    fn view(&self) -> RuledProgram<'_> {
        RuledProgram { plan: &self.lanes.plans[0], rules: Some(&self.lanes.model.rules) }
    }

    /// Begins all trials, with what a repeat settles once per trial: by the given numbers of the inputs, or by
    /// those of their addresses.
    pub fn beginning(
        &self,
        f: &mut Frame,
        play: u16,
        given: bool,
        scratch: &mut Scratch,
    ) -> Result<Beginning, Halted> {
        let lanes = self.lanes;
        f.resize(lanes.columns, self.count());
        f.level = 0;
        f.luck = None;
        f.trials.clear();
        f.trials.extend(self.trials.clone());
        lanes.blank(f);
        lanes.settle_numbers(f, play, given, scratch);
        lanes.begin_trials(f, self.view(), scratch);
        let active = f.get(lanes.single(Single::Active)).to_vec();
        let outcomes = match lanes.steps {
            0 => lanes.outcomes(f, self.view(), scratch),
            _ => f.get(lanes.single(Single::Ended)).to_vec(),
        };
        let ended = |(outcome, active): (&f64, &f64)| {
            (lanes.steps == 0 || *active == 0.0).then_some(*outcome as u32)
        };
        self.sound(f)?;
        Ok(Beginning {
            settled: Situations::of(f, &lanes.settled),
            situations: Situations::of(f, &lanes.carried),
            outcomes: outcomes.iter().zip(&active).map(ended).collect(),
        })
    }

    /// Stops where a value was met that may be a numerical error.
    fn sound(&self, f: &Frame) -> Result<(), Halted> {
        match f.any(self.lanes.cpu, self.lanes.single(Single::Suspect)) {
            true => Err(Halted::Suspect),
            false => Ok(()),
        }
    }

    /// Puts plays that begin a step into a frame with room for so many lanes: for each, where its situation stands,
    /// where what is settled once per trial does, and its row.
    fn fill(
        &self,
        f: &mut Frame,
        step: u32,
        situations: &Situations,
        plays: &[(usize, usize, usize)],
        room: usize,
    ) {
        let lanes = self.lanes;
        f.resize(lanes.columns, room);
        f.use_lanes(plays.len());
        f.level = 0;
        f.luck = None;
        f.trials.clear();
        f.trials.extend(plays.iter().map(|(_, _, row)| self.trials.start + *row as u64));
        situations.fill(f, &lanes.carried, plays.iter().map(|(at, _, _)| *at));
        self.settled.fill(f, &lanes.settled, plays.iter().map(|(_, settled, _)| *settled));
        lanes.set_step(f, step);
        f.set_all(lanes.single(Single::Active));
        f.fill(lanes.single(Single::Bound), 0.0);
        f.fill(lanes.single(Single::Ended), -1.0);
        f.fill(lanes.single(Single::Suspect), 0.0);
    }

    /// Plays a step of some trials, and forks it. Returns the forks that wait at its end because they go on
    /// otherwise than their trials. Where each moment is forked, the trials themselves are played on as well.
    pub fn fork_step(
        &mut self,
        f: &mut Frame,
        step: u32,
        rows: &[usize],
        forking: Forking,
        scratch: &mut Scratch,
    ) -> Result<Waiting, Halted> {
        let mut waiting = Waiting::default();
        let lanes = self.lanes;
        let each = matches!(forking, Forking::Each);
        if each {
            self.going.push(vec![false; self.count()]);
            self.begun.push(self.begun[step as usize].clone());
        }
        if rows.is_empty() {
            return Ok(waiting);
        }
        let plays: Vec<_> = rows.iter().map(|row| (*row, *row, *row)).collect();
        let forks = match &forking {
            Forking::Each => rows.len() * self.forkable.moments.most_looked_at(),
            Forking::From(moments) => moments.iter().map(Vec::len).sum(),
        };
        self.fill(f, step, &self.begun[step as usize], &plays, rows.len() + forks);
        f.play = lanes.play;
        let mut played = LaneForks::new(self.forkable.clone(), forking, f);
        lanes.whole_step(f, self.view(), &mut LanesPlayer::Replay(Some(&mut played)), scratch);
        f.luck = None;
        let (forked, suspect) = played.finish(lanes, f);
        if suspect {
            return Err(Halted::Suspect);
        }
        let is_last = step + 1 == lanes.steps;
        let outcomes = match is_last {
            true => lanes.outcomes(f, self.view(), scratch),
            false => f.get(lanes.single(Single::Ended)).to_vec(),
        };
        self.sound(f)?;
        let mut before = vec![0; rows.len()];
        for (lane, row) in rows.iter().enumerate() {
            before[lane] = self.forked(*row).visited.partition_point(|own| own.step < step);
            if !each {
                continue;
            }
            let trial = self.forked(*row);
            trial.visited.extend(&played.visited[lane]);
            trial.looked_at += played.looked_at[lane];
            trial.without.resize(trial.visited.len(), AS_ITS_TRIAL);
            if outcomes[lane] >= 0.0 {
                trial.outcome = outcomes[lane] as u32;
            } else {
                self.going[step as usize + 1][*row] = true;
                self.begun[step as usize + 1].put(*row, f, &lanes.carried, lane);
            }
        }
        for fork in forked {
            let (row, lane) = (rows[fork.trial as usize], fork.lane as usize);
            let at = before[fork.trial as usize] + fork.at;
            let slot = match each {
                true => ForkSlot::Without(at),
                false => ForkSlot::From(self.position(row, at)),
            };
            let fork = WaitingFork { row, settled: row, slot };
            if outcomes[lane] >= 0.0 {
                self.note(fork, outcomes[lane] as u32);
            } else {
                waiting.forks.push(fork);
                waiting.situations.push(f, &lanes.carried, lane);
            }
        }
        Ok(waiting)
    }

    /// The position of a moment of a trial among those from which on other luck is wanted.
    fn position(&mut self, row: usize, at: usize) -> usize {
        self.forked(row).wanted().iter().position(|own| *own == at).unwrap_or_default()
    }

    /// Plays a step of forks that wait at its beginning, with the luck of a repeat. Returns those that wait at its
    /// end. Forks with the luck of their trials are done once they are where these are.
    pub fn play_on(
        &mut self,
        f: &mut Frame,
        step: u32,
        waiting: Waiting,
        play: u16,
        scratch: &mut Scratch,
    ) -> Result<Waiting, Halted> {
        let lanes = self.lanes;
        let mut still = Waiting::default();
        let is_last = step + 1 == lanes.steps;
        let has_own_luck = play == lanes.play;
        for from in (0..waiting.forks.len()).step_by(FORKS_AT_ONCE) {
            let to = waiting.forks.len().min(from + FORKS_AT_ONCE);
            let plays = (from..to).map(|at| (at, waiting.forks[at].settled, waiting.forks[at].row));
            let plays: Vec<_> = plays.collect();
            self.fill(f, step, &waiting.situations, &plays, plays.len());
            f.play = play;
            lanes.whole_step(f, self.view(), &mut LanesPlayer::Replay(None), scratch);
            let outcomes = match is_last {
                true => lanes.outcomes(f, self.view(), scratch),
                false => f.get(lanes.single(Single::Ended)).to_vec(),
            };
            self.sound(f)?;
            for (lane, fork) in waiting.forks[from..to].iter().enumerate() {
                let next = step as usize + 1;
                let rejoins = has_own_luck
                    && fork.settled == fork.row
                    && self.going[next][fork.row]
                    && self.begun[next].is_same(fork.row, f, &lanes.carried, lane);
                if outcomes[lane] >= 0.0 {
                    self.note(*fork, outcomes[lane] as u32);
                } else if rejoins {
                    self.note(*fork, AS_ITS_TRIAL);
                } else {
                    still.forks.push(*fork);
                    still.situations.push(f, &lanes.carried, lane);
                }
            }
        }
        Ok(still)
    }
}
