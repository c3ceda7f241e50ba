//! Where random numbers come from: every draw has an address, and a
//! counter-based generator turns addresses into numbers.
//!
//! The key is a hash of the seed, the path in the file and the purpose; the
//! counter holds trial, step, number, play, level of mind, imagination and
//! imagined step. So threads, blocks and order change nothing, and two runs
//! meet the same luck wherever they ask the same question.

use crate::model::{ChoicePlaceId, Model, PlaceId};
use crate::numeric::{philox4x32_10, unit};

/// The largest number of trials a run can have: trials have 40 bits.
pub const MAX_TRIALS: u64 = 1 << 40;

/// The keys of a model's places, options and actors under a seed.
#[derive(Clone, Debug)]
pub(super) struct AddressKeys {
    places: Vec<u64>,
    choices: Vec<u64>,
    actors: Vec<u64>,
    stream: u64,
}

/// The part of an address that changes from draw to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counter {
    /// The trial, below 2⁴⁰.
    pub trial: u64,
    /// The real step.
    pub step: u16,
    /// The position of the number among those that are asked for at its place.
    pub number: u16,
    /// Which repeat of the trial; 0 for the trial itself.
    pub play: u16,
    /// 0 for what really happens, 1 for what an actor imagines, 2 for what it
    /// imagines another to imagine.
    pub level: u8,
    /// The position of the imagined play, or of two plays that share a block of bits.
    pub imagination: u16,
    /// The step in the imagined play.
    pub imagined_step: u16,
}

/// A counter as the generator takes it: 128 bits, the lowest 40 of which are the trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PackedCounter {
    low: u64,
    high: u64,
}

impl Counter {
    /// The counter in 128 bits.
    pub fn packed(self) -> PackedCounter {
        let low = (self.trial & (MAX_TRIALS - 1))
            | (u64::from(self.step) << 40)
            | (u64::from(self.level) << 56);
        let high = u64::from(self.number)
            | (u64::from(self.play) << 16)
            | (u64::from(self.imagination) << 32)
            | (u64::from(self.imagined_step) << 48);
        PackedCounter { low, high }
    }

    /// The counter of the block at this position among those that shuffle the plays of an
    /// imagination. No imagined play has such a number.
    pub fn shuffling(self, block: usize) -> Self {
        const SHUFFLE: u16 = 0x8000;
        Counter { imagination: SHUFFLE | block as u16, ..self }
    }

    /// The counter of the block at this position among those that shuffle `2^j` plays for as many
    /// further ones. No imagined play, and no other shuffle, has such a number.
    pub fn doubling(self, j: u32, block: usize) -> Self {
        const DOUBLE: u16 = 0xC000;
        // After 2,048 plays the shuffle takes the most blocks, 16.
        Counter { imagination: DOUBLE | (16 * j as u16 + block as u16), ..self }
    }

    /// 128 random bits under a key.
    pub fn bits(self, key: u64) -> [u64; 2] {
        self.packed().bits(key)
    }

    /// A uniform number in 0..1, both excluded.
    pub fn uniform(self, key: u64) -> f64 {
        unit(self.bits(key)[0])
    }
}

impl PackedCounter {
    /// The counter of a trial that differs from this one, of trial 0, in the trial alone.
    #[inline(always)]
    pub fn of_trial(self, trial: u64) -> Self {
        PackedCounter { low: self.low | (trial & (MAX_TRIALS - 1)), ..self }
    }

    /// 128 random bits under a key.
    #[inline(always)]
    pub fn bits(self, key: u64) -> [u64; 2] {
        let PackedCounter { low, high } = self;
        let block = philox4x32_10(
            [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32],
            [key as u32, (key >> 32) as u32],
        );
        let join = |a: u32, b: u32| u64::from(a) | (u64::from(b) << 32);
        [join(block[0], block[1]), join(block[2], block[3])]
    }
}

impl AddressKeys {
    /// The keys for a seed.
    pub fn new(model: &Model, seed: u64) -> Self {
        let places = model
            .places
            .iter()
            .map(|place| hash(seed, &place.path, place.purpose.word()))
            .collect();
        let choices = model.choice_places.iter().map(|path| hash(seed, path, "choice")).collect();
        let actors =
            model.actors.iter().map(|actor| hash(seed, &actor.path, "imagination")).collect();
        AddressKeys { places, choices, actors, stream: hash(seed, "", "stream") }
    }

    /// The key of the uniform numbers of a place, for what really happens.
    pub fn uniforms(&self, place: PlaceId) -> u64 {
        self.places[place.0 as usize]
    }

    /// The key of the Gumbel numbers of an option, for what really happens.
    pub fn gumbels(&self, place: ChoicePlaceId) -> u64 {
        self.choices[place.0 as usize]
    }

    /// The key of an actor's imagination, which is folded into those of places.
    pub fn imaginer(&self, actor: usize) -> u64 {
        self.actors[actor]
    }

    /// The key of the streams of [`super::Coupling::Sequential`].
    pub(super) fn stream(&self) -> u64 {
        self.stream
    }
}

/// Mixes two keys into one.
pub(super) fn fold(a: u64, b: u64) -> u64 {
    const FOLDING: u64 = 0x6865_4465_6D61_7263;
    PackedCounter { low: a, high: b }.bits(FOLDING)[0]
}

fn hash(seed: u64, path: &str, purpose: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    hasher.update(&(path.len() as u64).to_le_bytes());
    hasher.update(path.as_bytes());
    hasher.update(purpose.as_bytes());
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_an_address_counts() {
        let zero = Counter::default();
        let all = [
            zero,
            Counter { trial: 1, ..zero },
            Counter { trial: 1 << 39, ..zero },
            Counter { step: 1, ..zero },
            Counter { number: 1, ..zero },
            Counter { play: 1, ..zero },
            Counter { level: 1, ..zero },
            Counter { imagination: 1, ..zero },
            Counter { imagined_step: 1, ..zero },
        ];
        let mut seen: Vec<PackedCounter> = all.iter().map(|counter| counter.packed()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all.len());
    }

    #[test]
    fn path_and_purpose_do_not_run_into_each_other() {
        assert_ne!(hash(1, "a.b", "choice"), hash(1, "a.bc", "hoice"));
        assert_ne!(hash(1, "a", "draw"), hash(2, "a", "draw"));
    }
}
