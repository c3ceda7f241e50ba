//! Where random numbers come from: every draw has an address, and a
//! counter-based generator turns addresses into numbers.
//!
//! The key is a hash of the seed, the path in the file and the purpose; the
//! counter holds trial, step, number, play, level of mind, imagination and
//! imagined step. So threads, blocks and order change nothing, and two runs
//! meet the same luck wherever they ask the same question.

use crate::model::{Model, PlaceId};
use crate::numeric::{philox4x32_10, unit};

/// The largest number of trials a run can have: trials have 40 bits.
pub const MAX_TRIALS: u64 = 1 << 40;

/// The keys of a model's places under a seed.
#[derive(Clone, Debug)]
pub struct AddressKeys {
    places: Vec<u64>,
    actors: Vec<u64>,
    stream: u64,
}

/// The part of an address that changes from draw to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counter {
    /// The trial, below 2⁴⁰.
    pub trial: u64,
    /// The step.
    pub step: u16,
    /// The number of the draw at its place.
    pub number: u16,
    /// Repeats of a trial; 0 for the trial itself.
    pub play: u16,
    /// 0 for what really happens, 1 for what an actor imagines, 2 for what it
    /// imagines another to imagine.
    pub level: u8,
    /// Which imagined play.
    pub imagination: u16,
    /// The step in it.
    pub imagined_step: u16,
}

impl Counter {
    fn words(self) -> [u32; 4] {
        let low = (self.trial & 0xFF_FFFF_FFFF)
            | (u64::from(self.step) << 40)
            | (u64::from(self.level) << 56);
        let high = u64::from(self.number)
            | (u64::from(self.play) << 16)
            | (u64::from(self.imagination) << 32)
            | (u64::from(self.imagined_step) << 48);
        [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
    }

    /// 128 random bits under a key.
    pub fn bits(self, key: u64) -> [u64; 2] {
        let block = philox4x32_10(self.words(), [key as u32, (key >> 32) as u32]);
        let join = |a: u32, b: u32| u64::from(a) | (u64::from(b) << 32);
        [join(block[0], block[1]), join(block[2], block[3])]
    }

    /// A uniform number in 0..1, both excluded.
    pub fn uniform(self, key: u64) -> f64 {
        unit(self.bits(key)[0])
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
        let actors =
            model.actors.iter().map(|actor| hash(seed, &actor.path, "imagination")).collect();
        AddressKeys { places, actors, stream: hash(seed, "", "stream") }
    }

    /// The key of a place for what really happens.
    pub fn real(&self, place: PlaceId) -> u64 {
        self.places[place.0 as usize]
    }

    /// The key of an actor's imagination.
    pub fn imaginer(&self, actor: usize) -> u64 {
        self.actors[actor]
    }

    /// The key of the streams of [`super::Coupling::Sequential`].
    pub(super) fn stream(&self) -> u64 {
        self.stream
    }

    /// The key of a place in the imagination with this key.
    pub fn imagined(&self, place: PlaceId, imagination: u64) -> u64 {
        fold(self.places[place.0 as usize], imagination)
    }
}

/// Two keys into one.
pub fn fold(a: u64, b: u64) -> u64 {
    let block = philox4x32_10(
        [a as u32, (a >> 32) as u32, b as u32, (b >> 32) as u32],
        [0x6D61_7263, 0x6865_4465],
    );
    u64::from(block[0]) | (u64::from(block[1]) << 32)
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
        let mut seen: Vec<[u32; 4]> = all.iter().map(|counter| counter.words()).collect();
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
