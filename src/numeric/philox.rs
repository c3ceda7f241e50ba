//! Counter-based random bits: every random number is computed from its address alone, without those
//! before it.

use std::convert::Infallible;

use rand::TryRng;

const MULTIPLIERS: [u32; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];

/// 128 random bits for a counter and a key: Philox4x32 with ten rounds.
///
/// Source: Salmon, Moraes, Dror & Shaw 2011, *Parallel random numbers: as easy as 1, 2, 3*, SC'11.
#[inline(always)]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let mut c = counter;
    let mut k = key;
    for _ in 0..10 {
        let a = u64::from(MULTIPLIERS[0]) * u64::from(c[0]);
        let b = u64::from(MULTIPLIERS[1]) * u64::from(c[2]);
        c = [(b >> 32) as u32 ^ c[1] ^ k[0], b as u32, (a >> 32) as u32 ^ c[3] ^ k[1], a as u32];
        k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
    }
    c
}

/// A number strictly between zero and one from 64 random bits: the top 52 of them, plus one half,
/// times 2^-52. Each of these numbers is a double; they are evenly spaced and symmetric around ½.
#[inline(always)]
pub fn unit(bits: u64) -> f64 {
    // The bits become the significand of a number from 1 to 2, which is quick for several at once.
    (f64::from_bits((bits >> 12) | 0x3ff0_0000_0000_0000) - 1.0) + 0.5 * f64::EPSILON
}

/// A number in one of the `all` equal parts of the unit interval, the one at the position `stratum`
/// counted from zero; 64 random bits say where in it. Strictly between zero and one.
#[inline(always)]
pub fn stratified(stratum: f64, bits: u64, all: f64) -> f64 {
    ((stratum + unit(bits)) / all).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}

/// The outputs of Philox4x32-10 at successive counters, as a generator for the `rand` crates.
///
/// Each block gives its four words in order; 64 bits are two words, the first of them low. After
/// 2^128 blocks the counter starts again from zero.
#[derive(Clone, Debug)]
pub struct PhiloxStream {
    key: [u32; 2],
    counter: u128,
    block: [u32; 4],
    used: usize,
}

impl PhiloxStream {
    /// A stream that begins with the block at `counter`, whose first word is the lowest.
    pub fn new(key: [u32; 2], counter: [u32; 4]) -> Self {
        let counter = counter.iter().rev().fold(0, |sum, word| (sum << 32) | u128::from(*word));
        PhiloxStream { key, counter, block: [0; 4], used: 4 }
    }

    fn word(&mut self) -> u32 {
        if self.used == 4 {
            let c = self.counter;
            let words = [c as u32, (c >> 32) as u32, (c >> 64) as u32, (c >> 96) as u32];
            self.block = philox4x32_10(words, self.key);
            self.counter = c.wrapping_add(1);
            self.used = 0;
        }
        let word = self.block[self.used];
        self.used += 1;
        word
    }
}

impl TryRng for PhiloxStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.word());
        Ok(low | (u64::from(self.word()) << 32))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{PhiloxStream, philox4x32_10, stratified, unit};
    use crate::numeric::oracle;
    use rand::Rng;

    fn words<const N: usize>(value: &serde_json::Value) -> [u32; N] {
        std::array::from_fn(|i| u32::from_str_radix(value[i].as_str().unwrap(), 16).unwrap())
    }

    #[test]
    fn known_answers() {
        let numbers = oracle::numbers();
        let cases = numbers["philox4x32_10"]["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let found = philox4x32_10(words(&case["counter"]), words(&case["key"]));
            assert_eq!(found, words::<4>(&case["result"]));
        }
    }

    #[test]
    fn unit_lies_strictly_between_zero_and_one() {
        assert_eq!(unit(0), f64::EPSILON / 2.0);
        assert_eq!(unit(u64::MAX), 1.0 - f64::EPSILON / 2.0);
        assert_eq!(unit(1 << 63), 0.5 + f64::EPSILON / 2.0);
        assert_eq!(unit(u64::MAX >> 1), 0.5 - f64::EPSILON / 2.0);
        for shift in 0..64 {
            assert!(unit(1 << shift) <= unit(u64::MAX >> (63 - shift)));
        }
    }

    #[test]
    fn a_stream_walks_the_counters() {
        let key = [7, 8];
        let mut stream = PhiloxStream::new(key, [u32::MAX, 5, 0, 0]);
        let first = philox4x32_10([u32::MAX, 5, 0, 0], key);
        let second = philox4x32_10([0, 6, 0, 0], key);
        assert_eq!(stream.next_u32(), first[0]);
        assert_eq!(stream.next_u64(), u64::from(first[1]) | (u64::from(first[2]) << 32));
        let mut bytes = [0; 6];
        stream.fill_bytes(&mut bytes);
        assert_eq!(bytes[..4], first[3].to_le_bytes());
        assert_eq!(bytes[4..], second[0].to_le_bytes()[..2]);
        assert_eq!(stream.next_u32(), second[1]);
        let mut last = PhiloxStream::new(key, [u32::MAX; 4]);
        for _ in 0..4 {
            last.next_u32();
        }
        assert_eq!(last.next_u32(), philox4x32_10([0; 4], key)[0]);
    }

    #[test]
    fn a_stratified_number_lies_in_its_part() {
        assert_eq!(stratified(0.0, 1 << 63, 4.0), 0.125 + f64::EPSILON / 8.0);
        assert_eq!(stratified(1.0, 1 << 62, 2.0), 0.625);
        assert_eq!(stratified(2.0, 0, 4.0), 0.5);
        assert_eq!(stratified(0.0, 0, 8.0), f64::EPSILON / 16.0);
        assert_eq!(stratified(3.0, u64::MAX, 4.0), 1.0 - f64::EPSILON / 2.0);
    }
}
