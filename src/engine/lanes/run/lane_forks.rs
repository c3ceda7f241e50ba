//! Forks of trials within a step, in lanes of the same frame. A fork joins at the moment at which its luck begins to
//! differ, as a copy of the lane of its trial, so that nothing is played twice before it; and it leaves once it is
//! known to go on as its trial does.

use std::sync::Arc;

use super::frame::Frame;
use super::lane_luck::LaneLuck;
use crate::engine::forked_trial::OTHER_LUCK;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::ahead::imagine::lanes_of;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::luck::MomentSample;
use crate::engine::luck_moments::{LuckMoments, VisitedMoment};
use crate::engine::step_part::StepPart;
use crate::engine::weigh::draws;
use crate::model::{ActorId, Model};
use crate::scenario::Order;

/// The moments at which trials of a model can be forked, and who may imagine something until when.
#[derive(Debug)]
pub(in crate::engine::lanes) struct Forkable {
    pub moments: LuckMoments,
    last_thoughts: LastThoughts,
}

impl Forkable {
    /// Of a model, at the moments of a sample.
    pub fn of(model: &Model, sample: MomentSample) -> Self {
        let who = (0..model.actors.len()).map(|who| last_thought(model, who));
        let last_thoughts = LastThoughts(who.collect());
        Forkable { moments: LuckMoments::of(model, sample), last_thoughts }
    }
}

/// Which forks of trials are played.
#[derive(Clone, Debug)]
pub(in crate::engine::lanes) enum Forking {
    /// At each moment that is looked at, one with other luck at that moment alone.
    Each,
    /// At these moments of each trial, ascending, one with other luck from that moment on.
    From(Vec<Vec<u32>>),
}

/// The forks of a step. The first lanes of the frame are trials.
#[derive(Debug)]
pub(in crate::engine::lanes) struct LaneForks {
    forkable: Arc<Forkable>,
    forking: Forking,
    /// How many trials there are.
    trials: usize,
    /// The fork in each lane behind the trials; `None` where the lane is free.
    forks: Vec<Option<LaneFork>>,
    free: Vec<u32>,
    /// The moments that each trial came to.
    pub visited: Vec<Vec<VisitedMoment>>,
    /// How many of them are looked at.
    pub looked_at: Vec<usize>,
    /// Whether a value was met in a fork that left that may be a numerical error.
    suspect: bool,
}

/// A fork.
#[derive(Clone, Copy, Debug)]
struct LaneFork {
    /// The lane of its trial.
    trial: u32,
    /// Its moment, among those of the step that the trial came to.
    at: usize,
    moment: u32,
    /// Whether it was found to go on otherwise than its trial.
    differs: bool,
}

/// A fork at the end of the step that does not go on as its trial does.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct ForkedLane {
    /// The lane of its trial.
    pub trial: u32,
    /// Its moment, among those of the step that the trial came to.
    pub at: usize,
    /// The lane it is in.
    pub lane: u32,
}

/// Up to where in the moves of a step each actor may imagine something, as a position among the movers; `None` for
/// one who never imagines.
#[derive(Debug)]
struct LastThoughts(Vec<Option<usize>>);

impl LastThoughts {
    /// Whether an actor who imagined something before may do so again, from a part of the step on.
    fn may_think(&self, who: usize, part: StepPart) -> bool {
        match part {
            StepPart::Laws => false,
            StepPart::Choice(turn) | StepPart::Vote(turn, ..) | StepPart::Outcome(turn, _) => {
                self.0[who].is_some_and(|last| last >= turn.mover)
            }
            StepPart::Calendar(_) | StepPart::Event(_) | StepPart::Bargain(_) | StepPart::Order => {
                self.0[who].is_some()
            }
        }
    }
}

/// The last position among the movers at which an actor may imagine something after its own turn has begun.
fn last_thought(model: &Model, who: usize) -> Option<usize> {
    let program = model.mind(ActorId(who as u32));
    let actions = || program.actors.iter().flat_map(|actor| &actor.actions);
    let imagines = program.actors[who].foresight > 0 || actions().any(draws);
    let votes_on = |mover: usize| {
        let consents = program.actors[mover].actions.iter().filter_map(|a| a.consent.as_ref());
        consents.flat_map(|consent| &consent.voters).any(|voter| voter.actor.index() == who)
    };
    let others = (0..program.actors.len()).filter(|mover| *mover != who && votes_on(*mover));
    let last = match model.order {
        Order::Listed => others.max().unwrap_or(0).max(who),
        // Who moves once and never votes does not imagine again.
        Order::Random if others.count() == 0 && program.actors[who].tracks.len() < 2 => 0,
        Order::Random => usize::MAX,
    };
    imagines.then_some(last)
}

impl LaneForks {
    /// No forks yet, of the trials in the lanes of a frame.
    pub fn new(forkable: Arc<Forkable>, forking: Forking, f: &mut Frame) -> Self {
        let actors = forkable.last_thoughts.0.len();
        f.luck = Some(LaneLuck::new(actors, f.n, OTHER_LUCK));
        LaneForks {
            forkable,
            forking,
            trials: f.n,
            forks: Vec::new(),
            free: Vec::new(),
            visited: vec![Vec::new(); f.n],
            looked_at: vec![0; f.n],
            suspect: false,
        }
    }

    /// A part of the step comes, in the lanes of a mask.
    pub fn comes(&mut self, lanes: &Lanes<'_>, f: &mut Frame, part: StepPart, mask: ColumnId) {
        let Some(moment) = self.forkable.moments.at(part, f.step) else { return };
        let within_turn = matches!(part, StepPart::Vote(..) | StepPart::Outcome(..));
        if !within_turn {
            self.leave(lanes, f, part, moment.moment);
        }
        let mut joining = Vec::new();
        let mut n = f.n as u32;
        for trial in lanes_of(&f.get(mask)[..self.trials]) {
            let visited = &mut self.visited[trial as usize];
            if visited.last().is_some_and(|last| last.moment == moment.moment) {
                continue;
            }
            visited.push(moment);
            let is_wanted = match &self.forking {
                Forking::Each => {
                    let number = f.trials[trial as usize];
                    self.forkable.moments.looks_at(number, moment, lanes.keys.stream())
                }
                Forking::From(wanted) => wanted[trial as usize].contains(&moment.moment),
            };
            if is_wanted {
                self.looked_at[trial as usize] += 1;
                let (at, moment) = (visited.len() - 1, moment.moment);
                let fork = LaneFork { trial, at, moment, differs: false };
                let lane = self.free.pop().unwrap_or(n);
                n = n.max(lane + 1);
                joining.push((trial, lane));
                let position = lane as usize - self.trials;
                self.forks.resize(self.forks.len().max(position + 1), None);
                self.forks[position] = Some(fork);
            }
        }
        f.use_lanes(n as usize);
        lanes.copy_lanes(f, &joining);
        let Some(luck) = &mut f.luck else { return };
        joining.iter().for_each(|(trial, lane)| luck.copy(*trial, *lane));
        let forks = self.forks.iter().zip(self.trials as u32..);
        let is_other = |fork: &LaneFork| match &self.forking {
            Forking::Each => fork.moment == moment.moment,
            Forking::From(_) => true,
        };
        luck.others.clear();
        luck.others.extend(
            forks.filter(|(fork, _)| fork.as_ref().is_some_and(is_other)).map(|(_, lane)| lane),
        );
        if let Some(thinker) = part.thinker() {
            for lane in lanes_of(&f.columns.get(mask)[..f.n]) {
                luck.imagine(thinker, lane);
            }
        }
    }

    /// Lets forks go whose moment is over, that are where their trials are, and go on with the same luck.
    fn leave(&mut self, lanes: &Lanes<'_>, f: &mut Frame, part: StepPart, moment: u32) {
        if matches!(self.forking, Forking::From(_)) {
            return;
        }
        for position in 0..self.forks.len() {
            let lane = (self.trials + position) as u32;
            let Some(fork) = &mut self.forks[position] else { continue };
            if fork.differs || fork.moment >= moment {
                continue;
            }
            let is_same =
                lanes.is_same_lane(f, fork.trial, lane) && lanes.is_same_order(f, fork.trial, lane);
            if !is_same {
                fork.differs = true;
                continue;
            }
            let thinks_otherwise = |who: usize| {
                let luck = f.luck.as_ref();
                luck.is_some_and(|luck| luck.imagines_other(who, lane))
                    && self.forkable.last_thoughts.may_think(who, part)
            };
            if (0..lanes.model.actors.len()).any(thinks_otherwise) {
                continue;
            }
            self.suspect |= f.get(lanes.single(Single::Suspect))[lane as usize] != 0.0;
            lanes.clear_lane(f, lane);
            self.forks[position] = None;
            self.free.push(lane);
        }
    }

    /// The forks that do not go on as their trials do, trial by trial in the order of their moments, and whether a
    /// value was met that may be a numerical error.
    pub fn finish(&self, lanes: &Lanes<'_>, f: &Frame) -> (Vec<ForkedLane>, bool) {
        let suspect = self.suspect || f.any(lanes.cpu, lanes.single(Single::Suspect));
        let mut forked = Vec::new();
        for (fork, lane) in self.forks.iter().zip(self.trials as u32..) {
            let Some(fork) = fork else { continue };
            let each = matches!(self.forking, Forking::Each);
            if !(each && lanes.is_same_lane(f, fork.trial, lane)) {
                forked.push(ForkedLane { trial: fork.trial, at: fork.at, lane });
            }
        }
        forked.sort_by_key(|fork| (fork.trial, fork.at));
        (forked, suspect)
    }
}
