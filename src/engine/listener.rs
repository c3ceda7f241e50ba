//! Who listens to a trial while it is played: somebody who writes down how it went, or who changes its
//! luck at some moment.

use super::choice::Thought;
use super::course::{MomentKind, PlayedMoment, PlayedMove, PlayedOption, StateChange};
use super::fork_listeners::{LuckChanger, Witness};
use super::occurrence::{CastVote, ChanceDraw, Occurrence};
use super::option_values::OptionValues;
use super::situation::Situation;
use super::step::{Choice, Turn};
use super::step_part::StepPart;
use crate::model::{ActorId, ChoiceRule};

/// Who listens to what really happens in a trial. Nothing of this changes how it goes, but for the luck
/// that a [`Departure`] or a [`LuckChanger`] asks for.
#[derive(Debug, Default)]
pub(super) enum Listener {
    /// Nobody, as in a run.
    #[default]
    Nobody,
    /// Somebody who writes it down.
    Chronicler(Box<Chronicler>),
    /// Somebody who changes the luck.
    Departure(Departure),
    /// Somebody who writes down which moments can be forked.
    Witness(Box<Witness>),
    /// Somebody who changes the luck of a fork.
    LuckChanger(Box<LuckChanger>),
}

/// A moment of a step after which luck is no longer that of the trial.
#[derive(Clone, Copy, Debug)]
pub(super) struct Departure {
    /// How many moments of the step are still to come before that; none where all luck is other.
    pub moments: usize,
    /// The repeat of the trial whose luck comes then.
    pub play: u16,
}

impl Listener {
    /// A step begins. Returns whether it has to be played: not where a fork is known to go on as its trial did.
    pub fn begins(&mut self, at: &Situation) -> bool {
        match self {
            Listener::Nobody | Listener::Departure(_) => {}
            Listener::Chronicler(chronicler) => chronicler.begins(at),
            Listener::Witness(witness) => witness.begun.push(at.clone()),
            Listener::LuckChanger(changer) => return changer.begins(at),
        }
        true
    }

    /// A part of a step comes. Returns the repeat of the trial whose luck is to come from now on, if that changes.
    pub fn comes(&mut self, part: StepPart, step: u32) -> Option<u16> {
        match self {
            Listener::Nobody | Listener::Chronicler(_) | Listener::Departure(_) => None,
            Listener::Witness(witness) => {
                witness.comes(part, step);
                None
            }
            Listener::LuckChanger(changer) => changer.comes(part, step),
        }
    }

    /// The repeat of the trial that an actor's imagination is of, where that is not the present one.
    pub fn imagines(&self, who: ActorId) -> Option<u16> {
        match self {
            Listener::LuckChanger(changer) => changer.imagined[who.index()],
            Listener::Nobody
            | Listener::Chronicler(_)
            | Listener::Departure(_)
            | Listener::Witness(_) => None,
        }
    }

    /// Hears of something. Returns the repeat of the trial whose luck is to come from now on, if that
    /// changes.
    pub fn hear(&mut self, occurrence: Occurrence<'_>, at: &Situation) -> Option<u16> {
        match self {
            Listener::Nobody | Listener::Witness(_) | Listener::LuckChanger(_) => None,
            Listener::Chronicler(chronicler) => {
                chronicler.hear(occurrence, at);
                None
            }
            Listener::Departure(departure) => departure.after(occurrence.is_moment()),
        }
    }

    /// Hears that a move was made, likewise.
    pub fn hear_move(
        &mut self,
        turn: Turn<'_>,
        choice: Choice,
        accepted: bool,
        at: &Situation,
    ) -> Option<u16> {
        match self {
            Listener::Nobody | Listener::Witness(_) | Listener::LuckChanger(_) => None,
            Listener::Chronicler(chronicler) => {
                chronicler.moved(turn, choice, accepted, at);
                None
            }
            Listener::Departure(departure) => departure.after(is_moment(turn)),
        }
    }

    /// Hears what an actor expects of the options among which it chooses.
    pub fn weighed(
        &mut self,
        options: &[Choice],
        rule: ChoiceRule<f64>,
        values: &OptionValues,
        thought: Option<Thought>,
    ) {
        if let Listener::Chronicler(chronicler) = self {
            chronicler.weighed(options, rule, values, thought);
        }
    }
}

/// Whether a turn is a moment: not where there was nothing to do.
fn is_moment(turn: Turn<'_>) -> bool {
    turn.options.iter().any(Option::is_some)
}

impl Departure {
    fn after(&mut self, is_moment: bool) -> Option<u16> {
        if !is_moment || self.moments == 0 {
            return None;
        }
        self.moments -= 1;
        (self.moments == 0).then_some(self.play)
    }
}

/// Writes down how a trial goes.
#[derive(Debug, Default)]
pub(super) struct Chronicler {
    /// What happened so far.
    pub moments: Vec<PlayedMoment>,
    /// The situation after each of them.
    pub after: Vec<Situation>,
    /// The situation in which each step began.
    pub begun: Vec<Situation>,
    /// The state as it was last.
    last: Vec<f64>,
    /// What is known of the move that is being made.
    weighed: Vec<PlayedOption>,
    plays: f64,
    forced: Vec<Choice>,
    votes: Vec<CastVote>,
    branch: Option<ChanceDraw>,
}

impl Chronicler {
    /// A step begins.
    pub fn begins(&mut self, at: &Situation) {
        self.last.clone_from(&at.state);
        self.begun.push(at.clone());
    }

    fn hear(&mut self, occurrence: Occurrence<'_>, at: &Situation) {
        let what = match occurrence {
            Occurrence::Calendar(what) => MomentKind::Calendar(what),
            Occurrence::Event(what, draw) => MomentKind::Event { what, draw: draw.cloned() },
            Occurrence::Bargain(what, heard) => MomentKind::Bargain {
                what,
                draw: heard.chance.cloned(),
                parties: heard.parties.to_vec(),
                settled: heard.settled,
            },
            Occurrence::Order(order) => MomentKind::Order(order.to_vec()),
            Occurrence::Laws => MomentKind::Laws,
            Occurrence::Forced(options) => return self.forced = options.to_vec(),
            Occurrence::Vote(vote) => return self.votes.push(vote),
            Occurrence::Branch(draw) => return self.branch = Some(draw.clone()),
        };
        self.note(what, at);
    }

    fn weighed(
        &mut self,
        options: &[Choice],
        rule: ChoiceRule<f64>,
        values: &OptionValues,
        thought: Option<Thought>,
    ) {
        let weights = rule.weights(&values.means);
        let all: f64 = weights.iter().sum();
        let own = options.iter().zip(&values.means).zip(&weights);
        let own = own.map(|((action, value), weight)| PlayedOption {
            action: *action,
            value: Some(*value),
            probability: weight / all,
        });
        self.weighed = own.collect();
        self.plays = thought.map_or(values.plays_of_each(), |thought| thought.plays as f64);
    }

    fn moved(&mut self, turn: Turn<'_>, choice: Choice, accepted: bool, at: &Situation) {
        let weighed = std::mem::take(&mut self.weighed);
        let forced = !std::mem::take(&mut self.forced).is_empty();
        let votes = std::mem::take(&mut self.votes);
        let branch = self.branch.take();
        let plays = std::mem::take(&mut self.plays);
        if !is_moment(turn) {
            return;
        }
        let option = |action: &Choice| {
            let own = weighed.iter().find(|option| option.action == *action);
            let certain = weighed.is_empty() && *action == choice;
            let unweighed = PlayedOption {
                action: *action,
                value: None,
                probability: f64::from(u8::from(certain)),
            };
            own.copied().unwrap_or(unweighed)
        };
        let made = PlayedMove {
            actor: turn.actor,
            track: turn.track,
            options: turn.options.iter().map(option).collect(),
            chosen: turn.options.iter().position(|own| *own == choice).unwrap_or_default(),
            forced,
            plays,
            accepted: (!votes.is_empty()).then_some(accepted),
            votes,
            branch,
        };
        self.note(MomentKind::Move(made), at);
    }

    /// Adds a moment, with what it changed.
    fn note(&mut self, what: MomentKind, at: &Situation) {
        let both = self.last.iter().zip(&at.state).enumerate();
        let moved = both.filter(|(_, (before, after))| before != after);
        let change = |(state, (before, after)): (usize, (&f64, &f64))| StateChange {
            state,
            before: *before,
            after: *after,
        };
        let changes = moved.map(change).collect();
        self.moments.push(PlayedMoment { step: at.step, what, changes });
        self.after.push(at.clone());
        self.last.clone_from(&at.state);
    }
}
