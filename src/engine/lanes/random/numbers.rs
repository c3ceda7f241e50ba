//! Which random numbers are asked for.

use crate::engine::address::{AddressKeys, Counter};
use crate::engine::lanes::machine::cpu::Cpu;
use crate::model::{ChoicePlaceId, PlaceId};
use crate::scenario::Imaginations;

/// Which random numbers are asked for, one for each lane.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) enum Asked {
    /// Uniform numbers of a place in a step.
    Uniform { place: PlaceId, number: u16, step: u32 },
    /// Gumbel numbers of an option in a step.
    Gumbel { place: ChoicePlaceId, step: u32 },
}

/// When something is imagined, and in how many plays.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct Occasion {
    /// The real step in which the actor imagines.
    pub now: u32,
    /// The step in which the imagined plays begin.
    pub origin: u32,
    /// Which repeat of the trials.
    pub play: u16,
    /// How many plays are imagined, at least and at most.
    pub plays: Imaginations,
}

impl Asked {
    /// The step in which they are asked for.
    pub fn step(self) -> u32 {
        match self {
            Asked::Uniform { step, .. } | Asked::Gumbel { step, .. } => step,
        }
    }

    /// The position of the number among those of its place.
    pub fn number(self) -> u16 {
        match self {
            Asked::Uniform { number, .. } => number,
            Asked::Gumbel { .. } => 0,
        }
    }

    /// The key for what really happens.
    pub fn key(self, keys: &AddressKeys) -> u64 {
        match self {
            Asked::Uniform { place, .. } => keys.uniforms(place),
            Asked::Gumbel { place, .. } => keys.gumbels(place),
        }
    }

    /// The counter for what really happens in a repeat of trial 0.
    pub fn counter(self, play: u16) -> Counter {
        let step = self.step() as u16;
        Counter { step, number: self.number(), play, ..Counter::default() }
    }

    /// Makes the numbers that are asked for of uniform ones.
    pub fn of_uniforms(self, cpu: Cpu, numbers: &mut [f64]) {
        match self {
            Asked::Uniform { .. } => {}
            Asked::Gumbel { .. } => cpu.gumbel_quantiles(numbers),
        }
    }
}
