//! The moments into which the luck of a step is split.

use super::luck::{LuckSource, LuckSplit, MomentSample};
use super::step_part::StepPart;
use super::weigh::{any_draws, draws};
use crate::formula::Happening;
use crate::model::{Action, Actor, ActorId, Chance, Model};
use crate::scenario::Order;

/// The moments of a step, each with a number: what comes later in a step has a higher one. The same in every
/// step and every trial, so that both engines speak of the same moments.
#[derive(Clone, Debug)]
pub(super) struct LuckMoments {
    split: LuckSplit,
    /// Of calendar entries, by what they are.
    calendar: Vec<(Happening, u32)>,
    events: Vec<Option<u32>>,
    bargains: Vec<Option<u32>>,
    order: u32,
    /// By the position of the actor in the order of the step, then by track.
    turns: Vec<Vec<TurnMoments>>,
    laws: Option<u32>,
    /// How many there are.
    pub count: u32,
    /// One in so many is looked at.
    one_in: u32,
    /// The source of each event and each bargain, by position.
    of_events: Vec<LuckSource>,
    of_bargains: Vec<LuckSource>,
    /// Whether chance decides what comes of an action, by actor and action.
    by_chance: Vec<Vec<bool>>,
}

/// The moments of a turn.
#[derive(Clone, Debug)]
struct TurnMoments {
    choice: u32,
    votes: Vec<u32>,
    outcome: u32,
}

/// A moment of a trial at which luck decided something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VisitedMoment {
    /// The step.
    pub step: u32,
    /// The number of the moment in the step.
    pub moment: u32,
    /// Whose luck it is.
    pub source: LuckSource,
}

/// Counts moments.
struct MomentCounter {
    split: LuckSplit,
    next: u32,
    last: Option<usize>,
}

impl MomentCounter {
    /// The number of the next part. Parts of a kind, one right after the other, can be one moment.
    fn next(&mut self, kind: Option<usize>) -> u32 {
        let joins = match self.split {
            LuckSplit::Moments => false,
            LuckSplit::Sources => kind.is_some() && kind == self.last,
            LuckSplit::Steps => self.next > 0,
        };
        self.last = kind;
        if !joins {
            self.next += 1;
        }
        self.next - 1
    }
}

impl LuckMoments {
    /// The moments of the steps of a model that a sample asks about.
    pub fn of(model: &Model, sample: MomentSample) -> Self {
        let MomentSample { split, one_in } = sample;
        let mut counter = MomentCounter { split, next: 0, last: None };
        let program = &model.truth;
        // Kinds of parts that can be one moment: the calendar, and the choices of each actor.
        let calendar = program.calendar.iter().filter(|entry| any_draws(&entry.effects));
        let calendar = calendar.map(|entry| (entry.what, counter.next(Some(0)))).collect();
        let events = program.events.iter().map(|event| {
            let by_chance = match &event.chance {
                Chance::Certain => false,
                Chance::Formula(..) | Chance::Branches(..) => true,
            };
            (by_chance || any_draws(&event.effects)).then(|| counter.next(None))
        });
        let events = events.collect();
        let bargains = program.bargains.iter().map(|bargain| {
            let by_chance = bargain.chance.is_some() || bargain.luck.is_some();
            (by_chance || any_draws(&bargain.effects)).then(|| counter.next(None))
        });
        let bargains = bargains.collect();
        let random = model.order == Order::Random;
        let order = if random { counter.next(None) } else { 0 };
        let movers = 0..program.actors.len();
        let turns = movers.map(|mover| {
            // In a random order anybody can move at any position.
            let who = if random { 0..program.actors.len() } else { mover..mover + 1 };
            let tracks = who.clone().map(|who| program.actors[who].tracks.len()).max().unwrap_or(0);
            let turns = (0..tracks).map(|track| {
                let actions: Vec<&Action> = program.actors[who.clone()]
                    .iter()
                    .filter_map(|actor| Some((actor, actor.tracks.get(track)?)))
                    .flat_map(|(actor, track)| {
                        track.actions.iter().map(move |at| &actor.actions[*at])
                    })
                    .collect();
                let voters =
                    |action: &&Action| action.consent.as_ref().map_or(0, |c| c.voters.len());
                let choice = counter.next(Some(mover + 1));
                let votes = actions.iter().map(voters).max().unwrap_or(0);
                let votes = (0..votes).map(|_| counter.next(None)).collect();
                let outcome = match actions.iter().any(|action| is_by_chance(action)) {
                    true => counter.next(None),
                    false => choice,
                };
                TurnMoments { choice, votes, outcome }
            });
            turns.collect::<Vec<_>>()
        });
        let turns = turns.collect();
        let laws = any_draws(&program.laws).then(|| counter.next(None));
        let by_chance = |actor: &Actor| actor.actions.iter().map(is_by_chance).collect();
        LuckMoments {
            split,
            calendar,
            events,
            bargains,
            order,
            turns,
            laws,
            count: counter.next,
            one_in: one_in.max(1),
            of_events: program.events.iter().map(|event| LuckSource::Event(event.what)).collect(),
            of_bargains: program.bargains.iter().map(|own| LuckSource::Bargain(own.what)).collect(),
            by_chance: program.actors.iter().map(by_chance).collect(),
        }
    }

    /// How many moments of a step are looked at at most.
    pub fn most_looked_at(&self) -> usize {
        self.count.div_ceil(self.one_in) as usize
    }

    /// Whether a moment is looked at in a trial. `shift` is the same for all trials of a seed, and decides with which
    /// moments the first begins, so that over seeds each moment is looked at equally often.
    pub fn looks_at(&self, trial: u64, moment: VisitedMoment, shift: u64) -> bool {
        let one_in = u64::from(self.one_in);
        let at = u64::from(moment.step) * u64::from(self.count) + u64::from(moment.moment);
        (at + trial % one_in + shift % one_in).is_multiple_of(one_in)
    }

    /// The moment that a part of a step belongs to; `None` if luck decides nothing there.
    pub fn at(&self, part: StepPart, step: u32) -> Option<VisitedMoment> {
        let (moment, source) = match part {
            StepPart::Calendar(what) => {
                let own = self.calendar.iter().find(|(entry, _)| *entry == what)?;
                (own.1, LuckSource::Calendar)
            }
            StepPart::Event(at) => (self.events[at]?, self.of_events[at]),
            StepPart::Bargain(at) => (self.bargains[at]?, self.of_bargains[at]),
            StepPart::Order => (self.order, LuckSource::Order),
            StepPart::Choice(turn) => {
                (self.turns[turn.mover][turn.track].choice, LuckSource::Choice(turn.actor))
            }
            StepPart::Vote(turn, at, voter) => {
                (self.turns[turn.mover][turn.track].votes[at], LuckSource::Vote(voter))
            }
            StepPart::Outcome(turn, action) => {
                if !self.by_chance[turn.actor.index()][action] {
                    return None;
                }
                (self.turns[turn.mover][turn.track].outcome, LuckSource::Branch(turn.actor))
            }
            StepPart::Laws => (self.laws?, LuckSource::Laws),
        };
        let source = if self.split == LuckSplit::Steps { LuckSource::Step } else { source };
        Some(VisitedMoment { step, moment, source })
    }
}

/// How many moments a trial of a model has at most, told apart so finely, besides what is drawn once per trial.
pub fn most_moments(model: &Model, split: LuckSplit) -> u64 {
    u64::from(LuckMoments::of(model, split.into()).count) * u64::from(model.truth.steps)
}

/// The sources of luck that a model has, in the order of [`LuckSource`]; none where luck is split by steps alone.
pub fn luck_sources(model: &Model, split: LuckSplit) -> Vec<LuckSource> {
    let mut sources = Vec::new();
    if split == LuckSplit::Steps {
        return sources;
    }
    let moments = LuckMoments::of(model, split.into());
    let program = &model.truth;
    if model.draws_assumptions() {
        sources.push(LuckSource::Assumptions);
    }
    if !moments.calendar.is_empty() {
        sources.push(LuckSource::Calendar);
    }
    let own = |list: &[Option<u32>], whats: &[LuckSource]| -> Vec<LuckSource> {
        list.iter().zip(whats).filter_map(|(moment, what)| moment.map(|_| *what)).collect()
    };
    sources.extend(own(&moments.events, &moments.of_events));
    sources.extend(own(&moments.bargains, &moments.of_bargains));
    if model.order == Order::Random {
        sources.push(LuckSource::Order);
    }
    let actors = || (0..).map(ActorId).zip(&program.actors);
    let acting = |(_, actor): &(ActorId, &Actor)| !actor.actions.is_empty();
    sources.extend(actors().filter(acting).map(|(who, _)| LuckSource::Choice(who)));
    let proposals = || actors().flat_map(|(by, own)| own.actions.iter().map(move |one| (by, one)));
    let votes = |who: ActorId| {
        proposals().any(|(by, action)| {
            let consent = action.consent.as_ref();
            by != who && consent.is_some_and(|own| own.voters.iter().any(|v| v.actor == who))
        })
    };
    let voting = actors().map(|(who, _)| who).filter(|who| votes(*who));
    sources.extend(voting.map(LuckSource::Vote));
    let by_chance = actors().filter(|(_, actor)| actor.actions.iter().any(is_by_chance));
    sources.extend(by_chance.map(|(who, _)| LuckSource::Branch(who)));
    if moments.laws.is_some() {
        sources.push(LuckSource::Laws);
    }
    sources
}

/// Whether chance decides what comes of an action once it is chosen, and accepted or refused.
pub(super) fn is_by_chance(action: &Action) -> bool {
    !action.branches.is_empty() || draws(action)
}
