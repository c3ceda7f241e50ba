//! Random numbers stratified over the plays of an imagination, a column at a time.
//!
//! The numbers of an address in the plays that are imagined in any case are one from each of as many
//! equal parts of the unit interval, in a random order: a permutation by Fisher and Yates, from
//! numbers of its own. Those of further plays are as in [`crate::engine::doubled`].

use super::numbers::{Asked, Occasion};
use crate::engine::address::{AddressKeys, Counter, fold};
use crate::engine::doubled::{flips, shuffling_blocks};
use crate::engine::lanes::machine::cpu::Cpu;
use crate::numeric;

/// Up to this many plays, the order of a moment's plays fits the 16 hexadecimal digits of a number,
/// and the orders of several moments are shuffled at once.
const PACKED: usize = 16;

/// The digits 0 to 15, from the lowest up.
const SORTED: u64 = 0xFEDC_BA98_7654_3210;

/// The moments from which plays are imagined: the trial of each, the key of its imagination (one
/// for all where they share it), when, and on which level.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct ImaginingMoments<'a> {
    pub trials: &'a [u64],
    pub keys: &'a [u64],
    pub occasion: Occasion,
    pub level: u8,
}

/// Draws stratified numbers, in room that is used again and again.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct Stratifier {
    place_keys: Vec<u64>,
    shuffles: Vec<[Vec<u64>; 2]>,
    bits: [Vec<u64>; 2],
    orders: Vec<u64>,
    order: Vec<u32>,
    partners: Vec<u64>,
    numbers: Vec<f64>,
}

impl Stratifier {
    /// Fills a column with the uniform numbers of an address for the plays that are imagined in any
    /// case: moment after moment, play after play.
    pub fn draw(
        &mut self,
        cpu: Cpu,
        keys: &AddressKeys,
        moments: ImaginingMoments<'_>,
        asked: Asked,
        column: &mut Vec<f64>,
    ) {
        let plays = moments.occasion.plays.least as usize;
        let counter = self.begin(keys, moments, asked, plays, column);
        let shuffle = |block: usize| counter.shuffling(block);
        let words = self.words(cpu, moments.trials, (plays - 1).div_ceil(4), shuffle);
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

    /// Fills a column with the uniform numbers of an address for as many further plays as there
    /// were before, `2^j`. `parts` are the parts in which the numbers of those lie, moment after
    /// moment, play after play: see [`crate::engine::doubled`].
    pub fn draw_further(
        &mut self,
        cpu: Cpu,
        keys: &AddressKeys,
        moments: ImaginingMoments<'_>,
        asked: Asked,
        (j, parts): (u32, &[u16]),
        column: &mut Vec<f64>,
    ) {
        let plays = 1usize << j;
        let counter = self.begin(keys, moments, asked, plays, column);
        let shuffle = |block: usize| counter.doubling(j, block);
        let words = self.words(cpu, moments.trials, shuffling_blocks(j), shuffle);
        let mut bits = std::mem::take(&mut self.bits);
        self.numbers.resize(moments.trials.len(), 0.0);
        for pair in 0..plays / 2 {
            let counter = Counter { imagination: (plays / 2 + pair) as u16, ..counter };
            self.blocks(cpu, moments.trials, counter, &mut bits);
            for (half, m) in bits.iter().zip([2 * pair, 2 * pair + 1]) {
                self.partners.clear();
                self.partners.resize(moments.trials.len(), m as u64);
                for (at, bit) in flips(m, j) {
                    let words = &words[at / 128][at / 64 % 2];
                    cpu.flip_bits(&mut self.partners, words, at as u32 % 64, bit);
                }
                cpu.opposites(&self.partners, parts, half, j, &mut self.numbers);
                let of_play = column.iter_mut().skip(m).step_by(plays);
                of_play.zip(&self.numbers).for_each(|(slot, u)| *slot = *u);
            }
        }
        self.bits = bits;
        self.shuffles = words;
    }

    /// Makes room in a column for an address, takes its keys, and gives the counter of its numbers.
    fn begin(
        &mut self,
        keys: &AddressKeys,
        moments: ImaginingMoments<'_>,
        asked: Asked,
        plays: usize,
        column: &mut Vec<f64>,
    ) -> Counter {
        let place = asked.key(keys);
        self.place_keys.clear();
        self.place_keys.extend(moments.keys.iter().map(|key| fold(place, *key)));
        column.clear();
        column.resize(moments.trials.len() * plays, 0.0);
        let Occasion { now, play, .. } = moments.occasion;
        let (step, imagined_step) = (now as u16, asked.step() as u16);
        Counter { step, level: moments.level, imagined_step, ..asked.counter(play) }
    }

    /// The random words of so many blocks for each moment, in room that is to be given back.
    fn words(
        &mut self,
        cpu: Cpu,
        trials: &[u64],
        blocks: usize,
        counter: impl Fn(usize) -> Counter,
    ) -> Vec<[Vec<u64>; 2]> {
        let mut words = std::mem::take(&mut self.shuffles);
        words.resize_with(blocks.max(words.len()), Default::default);
        for (index, block) in words[..blocks].iter_mut().enumerate() {
            self.blocks(cpu, trials, counter(index), block);
        }
        words
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
