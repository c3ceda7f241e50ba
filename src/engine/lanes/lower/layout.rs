//! What each column of a frame holds.

use crate::engine::lanes::machine::columns::ColumnId;
use crate::formula::{DayPart, Happening};
use crate::model::{Chance, Model};
use crate::scenario::Order;

/// Where the columns of a model's frames are. The same for every program, so that a frame can be
/// read with the truth and with what an actor believes.
#[derive(Clone, Debug)]
pub(in crate::engine::lanes) struct Layout {
    pub states: usize,
    pub happenings: usize,
    pub actors: usize,
    /// The most actions on a track.
    pub options: usize,
    /// The most voters that an action has.
    pub voters: usize,
    /// The most branches that a chance has.
    pub branches: usize,
    /// How many rules of the policy force something.
    pub forced: usize,
    /// Whether the order of moves is drawn anew in each step.
    pub random_order: bool,
}

/// The columns that are one of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::lanes) enum Single {
    /// The step, `t` in formulas.
    Step,
    /// Whether it is the last step, `last` in formulas.
    Last,
    /// The month in which the step begins, where a formula reads it.
    Month,
    /// The year, likewise.
    Year,
    /// Whether the trial goes on.
    Active,
    /// The position of the outcome that ended the trial; negative while none did.
    Ended,
    /// Whether a value was met that may be a numerical error.
    Suspect,
    /// The lanes in which the actor at hand has a turn, where the order of moves is drawn: see
    /// [`Layout::turn`].
    Turn,
    /// The lanes in which there is more than one option to choose from.
    Need,
    /// Those of them in which the policy forces one of several items of a menu, so that nothing else
    /// can be chosen.
    Bound,
    /// The best score so far.
    Best,
    /// What was chosen: 0 to hold, else one more than the position on the track.
    Choice,
    /// The lanes in which the action or event at hand is carried out.
    Acting,
    /// Those of them in which the proposal was refused.
    Refused,
    /// The position of the branch that came up; the number of branches where none did.
    Branch,
    /// The lanes in which changes are made.
    Within,
    /// Uniform numbers.
    Uniform,
    /// The first outcome that holds when the steps are over.
    Ending,
    /// The utility that was computed last.
    Utility,
    /// The value of holding.
    Hold,
    /// A constant that the engine needs as a column.
    Weight,
    /// What a moment is worth to an actor who looks ahead.
    Sum,
    /// The utility at the last moment of a play so far.
    Finally,
    /// The sum of the utilities of the moments of a play, each with its weight.
    Total,
    /// The sum of these weights.
    Weights,
    /// The weight of the next moment.
    Discount,
    /// What is at stake for a voter.
    Acceptance,
    /// Room for what is needed only for a moment.
    Spare,
}

const SINGLES: usize = Single::Spare as usize + 1;

impl Layout {
    /// The layout of a model.
    pub fn of(model: &Model) -> Self {
        let mut layout = Layout {
            states: model.states.len(),
            happenings: model.happenings.len(),
            actors: model.actors.len(),
            options: 0,
            voters: 0,
            branches: 0,
            forced: model.rules.forced.len(),
            random_order: model.order == Order::Random,
        };
        let programs = std::iter::once(&model.truth).chain(model.minds.iter().flatten());
        for program in programs {
            for actor in &program.actors {
                for track in &actor.tracks {
                    layout.options = layout.options.max(track.actions.len());
                    let voters = track.actions.iter().map(|index| {
                        actor.actions[*index].consent.as_ref().map_or(0, |c| c.voters.len())
                    });
                    layout.voters = layout.voters.max(voters.max().unwrap_or(0));
                }
                for action in &actor.actions {
                    layout.branches = layout.branches.max(action.branches.len());
                }
            }
        }
        if model.known.is_some() {
            // The chances of events and bargains stand where those of an option do.
            let events = model.truth.events.iter().map(|event| match &event.chance {
                Chance::Branches(branches, _) => branches.len(),
                Chance::Certain | Chance::Formula(..) => 0,
            });
            layout.branches = layout.branches.max(events.max().unwrap_or(0));
            layout.options = layout.options.max(1);
        }
        layout
    }

    fn at(&self, offset: usize, index: usize) -> ColumnId {
        ColumnId((offset + index) as u32)
    }

    /// The column that is the only one of its kind.
    pub fn single(&self, which: Single) -> ColumnId {
        self.at(0, which as usize)
    }

    /// The column of the month or the year in which the step begins.
    pub fn day_part(&self, part: DayPart) -> ColumnId {
        self.single(match part {
            DayPart::Month => Single::Month,
            DayPart::Year => Single::Year,
        })
    }

    /// The lanes in which the actor and track at hand have a turn: all that go on, where actors
    /// move in the order of the file.
    pub fn turn(&self) -> ColumnId {
        self.single(if self.random_order { Single::Turn } else { Single::Active })
    }

    /// The columns that hold something within a step, from one moment to the next, besides state and past.
    pub fn within_step(&self) -> impl Iterator<Item = ColumnId> + use<> {
        let turn = self.order(0).0..self.clamped(0).0;
        (0..SINGLES as u32).chain(turn).map(ColumnId)
    }

    /// The value of a variable.
    pub fn state(&self, index: usize) -> ColumnId {
        self.at(SINGLES, index)
    }

    fn after_states(&self) -> usize {
        SINGLES + self.states
    }

    /// The step in which something happened last; negative if it never did.
    pub fn latest(&self, what: Happening) -> ColumnId {
        self.at(self.after_states(), what.0 as usize)
    }

    /// How often something happened.
    pub fn count(&self, what: Happening) -> ColumnId {
        self.at(self.after_states() + self.happenings, what.0 as usize)
    }

    /// Whether a proposal of it was accepted.
    pub fn accepted(&self, what: Happening) -> ColumnId {
        self.at(self.after_states() + 2 * self.happenings, what.0 as usize)
    }

    fn after_past(&self) -> usize {
        self.after_states() + 3 * self.happenings
    }

    /// How often the action of a forcing rule had been taken when its window began.
    pub fn before(&self, rule: usize) -> ColumnId {
        self.at(self.after_past(), rule)
    }

    /// Who moves at a position of this step, where the order is random.
    pub fn order(&self, position: usize) -> ColumnId {
        self.at(self.after_past() + self.forced, position)
    }

    fn after_order(&self) -> usize {
        self.after_past() + self.forced + self.actors
    }

    /// Whether an option of the turn is open.
    pub fn open(&self, position: usize) -> ColumnId {
        self.at(self.after_order(), position)
    }

    /// What an option of the turn is worth.
    pub fn value(&self, position: usize) -> ColumnId {
        self.at(self.after_order() + self.options, position)
    }

    /// What an option of the turn costs.
    pub fn cost(&self, position: usize) -> ColumnId {
        self.at(self.after_order() + 2 * self.options, position)
    }

    /// The probability that an option of the turn is accepted.
    pub fn carried_with(&self, position: usize) -> ColumnId {
        self.at(self.after_order() + 3 * self.options, position)
    }

    /// The probability with which a voter says yes to an option of the turn.
    pub fn yes(&self, position: usize, voter: usize) -> ColumnId {
        self.at(self.after_order() + 4 * self.options, position * self.voters + voter)
    }

    fn after_turn(&self) -> usize {
        self.after_order() + self.options * (4 + self.voters)
    }

    /// The probability of a branch of an option of the turn; the last is that of nothing more.
    pub fn chance(&self, position: usize, branch: usize) -> ColumnId {
        self.at(self.after_turn(), position * (self.branches + 1) + branch)
    }

    /// Whether a voter said yes.
    pub fn vote(&self, voter: usize) -> ColumnId {
        self.at(self.after_turn() + self.options * (self.branches + 1), voter)
    }

    /// Whether the last assignment to a variable was clamped.
    pub fn clamped(&self, state: usize) -> ColumnId {
        self.at(self.after_turn() + self.options * (self.branches + 1) + self.voters, state)
    }

    /// The value of a measure.
    pub fn measure(&self, index: usize) -> ColumnId {
        self.at(
            self.after_turn() + self.options * (self.branches + 1) + self.voters + self.states,
            index,
        )
    }

    /// The first column that is free, where there are so many measures.
    pub fn end(&self, measures: usize) -> u32 {
        self.measure(measures).0
    }
}
