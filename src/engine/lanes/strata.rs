//! Random numbers stratified over the plays of an imagination, a column at a time.
//!
//! The numbers of an address in `plays` plays are one from each of as many equal parts of the unit
//! interval, in a random order: a permutation by Fisher and Yates, from numbers of its own.

use super::cpu::Cpu;
use super::numbers::{Asked, Occasion};
use crate::engine::address::{AddressKeys, Counter, fold};
use crate::numeric;

/// Up to this many plays, the order of a moment's plays fits the 16 hexadecimal digits of a number,
/// and the orders of several moments are shuffled at once.
const PACKED: usize = 16;

/// The digits 0 to 15, from the lowest up.
const SORTED: u64 = 0xFEDC_BA98_7654_3210;

/// The moments from which plays are imagined: the trial of each, the key of its imagination (one
/// for all where they share it), when, and on which level.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImaginingMoments<'a> {
    pub trials: &'a [u64],
    pub keys: &'a [u64],
    pub occasion: Occasion,
    pub level: u8,
}

/// Draws stratified numbers, in room that is used again and again.
#[derive(Debug, Default)]
pub(super) struct Stratifier {
    place_keys: Vec<u64>,
    shuffles: Vec<[Vec<u64>; 2]>,
    bits: [Vec<u64>; 2],
    orders: Vec<u64>,
    order: Vec<u32>,
    numbers: Vec<f64>,
}

impl Stratifier {
    /// Fills a column with the uniform numbers of an address: moment after moment, play after play.
    pub fn draw(
        &mut self,
        cpu: Cpu,
        keys: &AddressKeys,
        moments: ImaginingMoments<'_>,
        asked: Asked,
        column: &mut Vec<f64>,
    ) {
        let plays = moments.occasion.plays as usize;
        let place = asked.key(keys);
        self.place_keys.clear();
        self.place_keys.extend(moments.keys.iter().map(|key| fold(place, *key)));
        column.clear();
        column.resize(moments.trials.len() * plays, 0.0);

        let mut words = std::mem::take(&mut self.shuffles);
        let blocks = (plays - 1).div_ceil(4);
        words.resize_with(blocks.max(words.len()), Default::default);
        let level = moments.level;
        let Occasion { now, play, .. } = moments.occasion;
        let imagined_step = asked.step() as u16;
        let counter = Counter { step: now as u16, level, imagined_step, ..asked.counter(play) };
        for (index, block) in words[..blocks].iter_mut().enumerate() {
            self.blocks(cpu, moments.trials, counter.shuffling(index), block);
        }
        let mut bits = std::mem::take(&mut self.bits);
        if plays <= PACKED {
            self.shuffle_packed(cpu, &words, (moments.trials.len(), plays));
        } else {
            self.shuffle(&words, plays, column);
        }
        for pair in 0..plays.div_ceil(2) {
            let counter = Counter { imagination: pair as u16, ..counter };
            self.blocks(cpu, moments.trials, counter, &mut bits);
            for (half, k) in bits.iter().zip(2 * pair..plays) {
                let of_play = column.iter_mut().skip(k).step_by(plays);
                if plays <= PACKED {
                    cpu.strata_of_digits(&self.orders, half, (k, plays), &mut self.numbers);
                    of_play.zip(&self.numbers).for_each(|(slot, u)| *slot = *u);
                } else {
                    for (slot, bits) in of_play.zip(half) {
                        *slot = numeric::stratified(*slot, *bits, plays as f64);
                    }
                }
            }
        }
        self.bits = bits;
        self.shuffles = words;
    }

    /// Shuffles the parts of the plays in the digits of a number for each moment.
    fn shuffle_packed(&mut self, cpu: Cpu, words: &[[Vec<u64>; 2]], (n, plays): (usize, usize)) {
        self.orders.clear();
        self.orders.resize(n, SORTED);
        self.numbers.resize(n, 0.0);
        for (used, last) in (1..plays).rev().enumerate() {
            let [block, half, word] = place_of_word(used);
            cpu.swap_digits(&mut self.orders, &words[block][half], word == 1, last as u64);
        }
    }

    /// Shuffles the parts of the plays in the column itself.
    fn shuffle(&mut self, words: &[[Vec<u64>; 2]], plays: usize, column: &mut [f64]) {
        for (row, strata) in column.chunks_exact_mut(plays).enumerate() {
            self.order.clear();
            self.order.extend(0..plays as u32);
            for (used, last) in (1..plays).rev().enumerate() {
                let [block, half, word] = place_of_word(used);
                let word = (words[block][half][row] >> (32 * word)) & 0xFFFF_FFFF;
                let pick = (word * (last as u64 + 1)) >> 32;
                self.order.swap(last, pick as usize);
            }
            for (slot, stratum) in strata.iter_mut().zip(&self.order) {
                *slot = f64::from(*stratum);
            }
        }
    }

    /// The random bits of a counter for each moment, which differ in trial and key.
    fn blocks(&self, cpu: Cpu, trials: &[u64], counter: Counter, out: &mut [Vec<u64>; 2]) {
        for half in out.iter_mut() {
            half.resize(trials.len(), 0);
        }
        let [first, second] = out;
        let halves = [first.as_mut_slice(), second.as_mut_slice()];
        match self.place_keys.as_slice() {
            [key] => cpu.philox_one_key(trials, counter.packed(), *key, halves),
            keys => cpu.philox_keys(trials, counter.packed(), keys, halves),
        }
    }
}

/// The word that a swap takes: of which block, which half of it, and whether the upper 32 bits.
fn place_of_word(used: usize) -> [usize; 3] {
    [used / 4, used % 4 / 2, used % 2]
}
