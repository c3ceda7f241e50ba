//! Who listens to a trial that is forked: to the trial itself, which moments it comes to, and to its forks, to
//! change their luck.

use std::rc::Rc;

use super::luck_moments::{LuckMoments, VisitedMoment};
use super::situation::Situation;
use super::step_part::StepPart;

/// Writes down which moments a trial comes to, and in which situation each of its steps began.
#[derive(Debug)]
pub(super) struct Witness {
    /// The moments that there are.
    pub moments: Rc<LuckMoments>,
    /// Those that it came to.
    pub visited: Vec<VisitedMoment>,
    /// The situation in which each step began.
    pub begun: Vec<Situation>,
}

impl Witness {
    /// A part of a step comes.
    pub fn comes(&mut self, part: StepPart, step: u32) {
        if let Some(moment) = self.moments.at(part, step)
            && self
                .visited
                .last()
                .is_none_or(|last| (last.step, last.moment) != (step, moment.moment))
        {
            self.visited.push(moment);
        }
    }
}

/// At which moments a fork of a trial has other luck. With its own luck it goes as the trial did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherLuck {
    /// Nowhere.
    Nowhere,
    /// At this moment of this step alone.
    At(u32, u32),
    /// From this moment of this step on.
    From(u32, u32),
    /// Everywhere.
    Everywhere,
}

impl OtherLuck {
    fn holds(self, here: (u32, u32)) -> bool {
        match self {
            OtherLuck::Nowhere => false,
            OtherLuck::At(step, moment) => here == (step, moment),
            OtherLuck::From(step, moment) => here >= (step, moment),
            OtherLuck::Everywhere => true,
        }
    }
}

/// Changes the luck of a fork, moment by moment.
#[derive(Debug)]
pub(super) struct LuckChanger {
    /// The moments that there are.
    pub moments: Rc<LuckMoments>,
    /// Where it has other luck.
    pub other: OtherLuck,
    /// The repeat of the trial whose luck that is.
    pub play: u16,
    /// The situations in which the steps of the trial began: where a later step of a fork begins in the same one,
    /// and has the luck of the trial from then on, the rest is known. Empty where that cannot be.
    pub begun: Rc<Vec<Situation>>,
    /// Whether that was so.
    pub rejoined: bool,
    /// The repeat that each actor's imagination in this step is of: that of the moment at which it first imagined
    /// something. All that an actor imagines in a step has the same random numbers, so they are drawn then.
    pub imagined: Vec<Option<u16>>,
}

impl LuckChanger {
    /// A part of a step comes. Returns the repeat whose luck it has, if luck decides something there.
    pub fn comes(&mut self, part: StepPart, step: u32) -> Option<u16> {
        let moment = self.moments.at(part, step)?;
        let play = if self.other.holds((step, moment.moment)) { self.play } else { 0 };
        if let Some(thinker) = part.thinker() {
            self.imagined[thinker.index()].get_or_insert(play);
        }
        Some(play)
    }

    /// A step begins. Returns whether it has to be played.
    pub fn begins(&mut self, at: &Situation) -> bool {
        self.imagined.fill(None);
        if let OtherLuck::At(step, _) = self.other
            && at.step > step
        {
            self.rejoined = self.begun.get(at.step as usize).is_some_and(|own| own.is_same(at));
        }
        !self.rejoined
    }
}
