//! A program as tapes: what each part of a step does, over columns.

use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::lookahead::LookaheadWithin;
use crate::formula::Happening;
use crate::model::{ActorId, ChoicePlaceId, ChoiceRule, PlaceId};
use crate::scenario::Imaginations;

/// A program as tapes.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct ProgramPlan {
    /// The once-per-trial numbers that the program reads.
    pub params: Vec<Param>,
    /// Computes what is settled once per trial.
    pub trial: Tape,
    /// The columns that a play of this program reads and that are settled once per trial.
    pub settled: Vec<ColumnId>,
    /// Sets the state at the start.
    pub start: Tape,
    /// Tests every outcome that ends a trial, in the lanes of `Within`.
    pub ends: Tape,
    /// Finds the first outcome that holds when the steps are over.
    pub outcome: Tape,
    /// Computes what is recorded beside the state.
    pub measures: Tape,
    /// For each step of which something is known, whether each fact holds, in `Spare`, in the lanes of `Within`.
    pub facts: Vec<Vec<Tape>>,
    pub calendar: Vec<CalendarPlan>,
    pub events: Vec<EventPlan>,
    pub bargains: Vec<BargainPlan>,
    /// What the laws change at the end of each step.
    pub laws: ChangeTapes,
    pub actors: Vec<ActorPlan>,
}

/// A once-per-trial number that a program reads: which, in which column, and the bounds it was
/// taken to have.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct Param {
    pub id: u32,
    pub column: ColumnId,
    pub low: f64,
    pub high: f64,
}

/// A group of changes that are made together where [`super::layout::Single::Within`] is not zero,
/// with a test whether they end the trial.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct ChangeTapes {
    /// As they really happen, which also notes what was clamped. Only in the plan of the truth.
    pub real: Tape,
    /// As they are imagined.
    pub imagined: Tape,
    /// As the start of an imagined play, which tests every outcome.
    pub landing: Tape,
    /// As a consequence that is weighed for its immediate effects.
    pub weighed: Tape,
    /// The variables that are assigned.
    pub targets: Vec<usize>,
}

/// An entry of the calendar.
#[derive(Debug)]
pub(in crate::engine::lanes) struct CalendarPlan {
    pub step: i64,
    pub what: Happening,
    pub tapes: ChangeTapes,
}

/// How it is drawn whether an event happens, and how.
#[derive(Debug)]
pub(in crate::engine::lanes) enum EventDraw {
    /// It happens in every lane of `Acting`.
    Certain,
    /// The tape says whether it happens, in `Within`.
    Whether(Tape),
    /// The tape says which branch comes up, in `Branch`.
    Which(Tape),
}

/// An event.
#[derive(Debug)]
pub(in crate::engine::lanes) struct EventPlan {
    pub what: Happening,
    /// Where it may happen, in `Acting`.
    pub fire: Tape,
    pub drawn: EventDraw,
    /// The chances of its branches and then that of none, or its own chance, in the columns of the first option's
    /// branches; `None` where it always happens, and where nothing is known of what happened.
    pub chances: Option<Tape>,
    /// What changes, branch by branch; a single one where there are no branches.
    pub branches: Vec<ChangeTapes>,
}

/// A bargain.
#[derive(Debug)]
pub(in crate::engine::lanes) struct BargainPlan {
    pub what: Happening,
    /// The variable that is settled.
    pub over: usize,
    /// Where it may happen, in `Acting`.
    pub fire: Tape,
    /// Whether it happens there, in `Within`; `None` where it always does.
    pub comes: Option<Tape>,
    /// The chance that it happens, as that of an event.
    pub chance: Option<Tape>,
    /// Settles it in the lanes of `Within`, and leaves in these the lanes in which there is a deal.
    pub settle: Tape,
    /// What changes then.
    pub then: ChangeTapes,
}

/// An actor: how it decides, what it wants, and its tracks.
#[derive(Debug)]
pub(in crate::engine::lanes) struct ActorPlan {
    /// How it chooses and votes.
    pub choice: ChoiceRule<Number>,
    pub foresight: u32,
    pub imaginations: Imaginations,
    /// Who looks ahead in the plays that it imagines.
    pub within: LookaheadWithin,
    pub must_act: bool,
    pub order_place: PlaceId,
    /// The utility of the moment, in `Utility`.
    pub utility: Tape,
    /// Takes a moment of an imagined play into account: the utility in the lanes of `Within`, and
    /// elsewhere that of the last moment.
    pub gather: Tape,
    /// The probability, in `Spare`, that it says yes to whom so much is at stake as stands in
    /// `Acceptance`.
    pub acceptance: Tape,
    pub tracks: Vec<TrackPlan>,
}

/// A number settled once per trial, or before.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) enum Number {
    Constant(f64),
    Column(ColumnId),
}

/// The actions among which an actor makes one choice per step.
#[derive(Debug)]
pub(in crate::engine::lanes) struct TrackPlan {
    pub hold_place: ChoicePlaceId,
    /// Which options are open, among the lanes with a turn, and in `Need` where there is something
    /// to choose.
    pub open: Tape,
    /// Which option is chosen in the lanes of `Need`, in `Choice`, where it was 0 before.
    pub choose: Tape,
    /// What each option is worth to an actor who looks at its immediate effects alone, and the
    /// probability with which each voter says yes that looks no further either.
    pub weigh: Tape,
    /// What an actor who looks ahead needs to know of each option, given the voters' probabilities.
    pub root: Tape,
    /// Whether weighing any option needs random numbers.
    pub draws: bool,
    pub actions: Vec<ActionPlan>,
}

/// An action, at its position on a track.
#[derive(Debug)]
pub(in crate::engine::lanes) struct ActionPlan {
    /// What happens when it is taken: the action, and its item of the action's menu if it has one.
    pub happenings: Vec<Happening>,
    pub choice_place: ChoicePlaceId,
    /// Whether weighing it needs random numbers.
    pub draws: bool,
    /// What changes, branch by branch and then if no branch comes up; a single one where there are
    /// no branches.
    pub branches: Vec<ChangeTapes>,
    /// Which branch comes up, in `Branch`.
    pub chance: Option<Tape>,
    pub consent: Option<ConsentPlan>,
    pub has_cost: bool,
}

/// The votes that an action needs.
#[derive(Debug)]
pub(in crate::engine::lanes) struct ConsentPlan {
    pub voters: Vec<VoterPlan>,
    /// Computes whether the votes carry the proposal, in `Spare`.
    pub carried: Tape,
    pub refused: ChangeTapes,
}

/// An actor who votes on an action.
#[derive(Debug)]
pub(in crate::engine::lanes) struct VoterPlan {
    pub actor: ActorId,
    pub place: PlaceId,
    /// What is at stake for a voter who looks at immediate effects alone, in `Acceptance`; empty
    /// for the proposer.
    pub stake: Tape,
}

impl ProgramPlan {
    /// Every tape of the program.
    pub fn tapes(&mut self) -> Vec<&mut Tape> {
        let ProgramPlan {
            trial,
            start,
            ends,
            outcome,
            measures,
            facts,
            calendar,
            events,
            bargains,
            laws,
            actors,
            ..
        } = self;
        let mut all = vec![trial, start, ends, outcome, measures];
        all.extend(facts.iter_mut().flatten());
        all.extend(laws.tapes());
        all.extend(calendar.iter_mut().flat_map(|entry| entry.tapes.tapes()));
        for event in events {
            all.push(&mut event.fire);
            if let EventDraw::Whether(tape) | EventDraw::Which(tape) = &mut event.drawn {
                all.push(tape);
            }
            all.extend(&mut event.chances);
            all.extend(event.branches.iter_mut().flat_map(ChangeTapes::tapes));
        }
        for bargain in bargains {
            all.extend([&mut bargain.fire, &mut bargain.settle]);
            all.extend(&mut bargain.comes);
            all.extend(&mut bargain.chance);
            all.extend(bargain.then.tapes());
        }
        for actor in actors {
            all.extend([&mut actor.utility, &mut actor.gather, &mut actor.acceptance]);
            for track in &mut actor.tracks {
                all.extend([&mut track.open, &mut track.choose, &mut track.weigh, &mut track.root]);
                for action in &mut track.actions {
                    all.extend(action.branches.iter_mut().flat_map(ChangeTapes::tapes));
                    all.extend(&mut action.chance);
                    if let Some(consent) = &mut action.consent {
                        all.push(&mut consent.carried);
                        all.extend(consent.refused.tapes());
                        all.extend(consent.voters.iter_mut().map(|voter| &mut voter.stake));
                    }
                }
            }
        }
        all
    }
}

impl ChangeTapes {
    fn tapes(&mut self) -> [&mut Tape; 4] {
        [&mut self.real, &mut self.imagined, &mut self.landing, &mut self.weighed]
    }
}

impl ChangeTapes {
    /// The tape for an actor who looks `foresight` steps beyond these changes.
    pub fn seen(&self, foresight: u32, draws: bool) -> &Tape {
        match foresight {
            0 if draws => &self.weighed,
            0 => &self.imagined,
            _ => &self.landing,
        }
    }
}
