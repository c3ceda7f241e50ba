//! The luck of lanes side by side that have not all the same.

use crate::model::ActorId;

/// Which lanes have other luck than their trials, and whose imaginations have.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct LaneLuck {
    /// The repeat of the trials whose luck the others have.
    pub play: u16,
    /// The lanes that have it now, ascending.
    pub others: Vec<u32>,
    /// For each actor and lane, the luck of what the actor imagines in this step.
    imagined: Vec<Vec<ImaginedLuck>>,
}

/// The luck of what an actor imagines in a step: that of the moment at which it first imagined something. All that
/// it imagines in a step has the same random numbers, so they are drawn then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine::lanes) enum ImaginedLuck {
    /// Nothing was imagined yet.
    #[default]
    Open,
    /// That of the trial.
    Own,
    /// That of the other repeat.
    Other,
}

impl LaneLuck {
    /// All lanes have the luck of their trials, and nobody has imagined anything.
    pub fn new(actors: usize, lanes: usize, play: u16) -> Self {
        let imagined = vec![vec![ImaginedLuck::Open; lanes]; actors];
        LaneLuck { play, others: Vec::new(), imagined }
    }

    /// Gives a lane the imaginations of another.
    pub fn copy(&mut self, from: u32, to: u32) {
        for own in &mut self.imagined {
            own.resize(own.len().max(to as usize + 1), ImaginedLuck::Open);
            own[to as usize] = own[from as usize];
        }
    }

    /// An actor imagines something in a lane, now.
    pub fn imagine(&mut self, who: ActorId, lane: u32) {
        let is_other = self.others.binary_search(&lane).is_ok();
        let own = &mut self.imagined[who.index()][lane as usize];
        if *own == ImaginedLuck::Open {
            *own = if is_other { ImaginedLuck::Other } else { ImaginedLuck::Own };
        }
    }

    /// Whether what an actor imagines in a lane is other than in the trial.
    pub fn imagines_other(&self, who: usize, lane: u32) -> bool {
        self.imagined[who][lane as usize] == ImaginedLuck::Other
    }
}
