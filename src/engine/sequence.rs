//! Sequences that fill the unit interval, or the unit cube, more evenly than random numbers do.

use sobol::params::JoeKuoD6;
use sobol::{ParamDimension, SobolParams};

use super::address::MAX_TRIALS;
use crate::numeric::unit;

/// How many binary digits of a trial's position are scrambled: as many as trials have.
const DIGITS: u32 = MAX_TRIALS.trailing_zeros();

/// The most dimensions of a joint sequence.
pub const MOST_DIMENSIONS: usize = 1_000;

/// A scrambled van der Corput sequence: among any 2ᵏ consecutive positions from a multiple of 2ᵏ on,
/// there is one number in each 2ᵏ-th part of the unit interval.
///
/// Source: van der Corput 1935; digits scrambled after Owen 1995, "Randomly permuted (t,m,s)-nets
/// and (t,s)-sequences". The positions are scrambled likewise, so that several sequences, each with
/// keys of its own, make a Latin hypercube of such a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct EvenSequence {
    order: u64,
    digits: u64,
}

impl EvenSequence {
    /// The sequence with a key.
    pub fn new(key: u64) -> Self {
        EvenSequence { order: mix(key ^ 0x006F_7264_6572), digits: mix(key ^ 0x6469_6769_7473) }
    }

    /// The number at a position, strictly between zero and one.
    pub fn at(&self, position: u64) -> f64 {
        let shuffled = scrambled(position << (64 - DIGITS), self.order) >> (64 - DIGITS);
        unit(scrambled(shuffled.reverse_bits(), self.digits))
    }
}

/// One dimension of a scrambled Sobol sequence.
///
/// Source: Sobol 1967, with the direction numbers of Joe & Kuo 2008, "Constructing Sobol sequences
/// with better two-dimensional projections"; digits scrambled after Owen 1995.
#[derive(Clone, Debug)]
pub(super) struct SobolDimension {
    directions: Vec<u64>,
    digits: u64,
}

impl SobolDimension {
    /// The dimensions, one for each key, in their order. At most [`MOST_DIMENSIONS`].
    pub fn all(keys: &[u64]) -> Vec<Self> {
        let tables = JoeKuoD6::standard();
        let dimension = |(at, key): (usize, &u64)| {
            let directions = match at {
                0 => (0..DIGITS).map(|digit| 1 << (63 - digit)).collect(),
                _ => directions(tables.get_dim(at + 1)),
            };
            SobolDimension { directions, digits: mix(key ^ 0x0073_6F62_6F6C) }
        };
        keys.iter().enumerate().map(dimension).collect()
    }

    /// The number at a position, strictly between zero and one.
    pub fn at(&self, position: u64) -> f64 {
        let set = |digit: &usize| (position >> digit) & 1 == 1;
        let digits = (0..self.directions.len()).filter(set);
        let point = digits.fold(0, |point, digit| point ^ self.directions[digit]);
        unit(scrambled(point, self.digits))
    }
}

/// The direction numbers of a dimension after the first, each with its first binary digit on top.
fn directions(table: &dyn ParamDimension<u32>) -> Vec<u64> {
    let s = table.s();
    let mut all: Vec<u64> = Vec::new();
    for digit in 0..DIGITS as usize {
        all.push(if digit < s {
            u64::from(table.m(digit)) << (63 - digit)
        } else {
            // The recurrence of the primitive polynomial 1, a₁, …, a₍ₛ₋₁₎, 1.
            let first = all[digit - s] ^ (all[digit - s] >> s);
            let inner = (1..s).filter(|k| table.coefficient(s - k - 1) == 1);
            inner.fold(first, |sum, k| sum ^ all[digit - k])
        });
    }
    all
}

/// A number whose binary digits are scrambled: whether one is flipped depends on the key and on the
/// digits before it, so equal parts of the unit interval change places within those that hold them.
/// What follows the digits that positions have is random.
fn scrambled(x: u64, key: u64) -> u64 {
    let mut flips = 0;
    for digit in 0..DIGITS {
        let before = if digit == 0 { 0 } else { x >> (64 - digit) };
        // The one on top tells how many digits there are.
        let node = (1 << digit) | before;
        flips |= (mix(key.wrapping_add(node.wrapping_mul(ODD))) >> 63) << (63 - digit);
    }
    let rest = mix(key ^ (x >> (64 - DIGITS)).wrapping_mul(ODD)) >> DIGITS;
    ((x ^ flips) & !(u64::MAX >> DIGITS)) | rest
}

/// 2⁶⁴ over the golden ratio, made odd.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes the bits of a number.
///
/// Source: the finaliser of SplitMix64, Steele, Lea & Flood 2014, "Fast splittable pseudorandom
/// number generators".
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(ODD);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether among so many numbers there is one in each equal part of the unit interval.
    fn one_in_each(numbers: impl Iterator<Item = f64>, parts: usize) -> bool {
        let mut seen = vec![0; parts];
        numbers.for_each(|u| seen[(u * parts as f64) as usize] += 1);
        seen.iter().all(|count| *count == 1)
    }

    #[test]
    fn every_part_of_a_sequence_is_even() {
        for key in 0..50 {
            let even = EvenSequence::new(mix(key));
            let sobol = SobolDimension::all(&[key, key + 7, key + 11, key + 13]);
            for size in [1, 2, 8, 64, 1024] {
                for first in [0, size, 5 * size, 1 << 30] {
                    let part = first..first + size;
                    assert!(one_in_each(part.clone().map(|at| even.at(at)), size as usize));
                    for dimension in &sobol {
                        let numbers = part.clone().map(|at| dimension.at(at));
                        assert!(one_in_each(numbers, size as usize), "{size} from {first}");
                    }
                }
            }
        }
    }

    /// The first dimensions in pairs: (0, m, 2)-nets where the quality parameter is zero.
    #[test]
    fn the_first_two_dimensions_fill_every_box_of_a_square_once() {
        let two = SobolDimension::all(&[1, 2]);
        for [across, down] in [[1, 64], [2, 32], [8, 8], [32, 2], [64, 1]] {
            let mut seen = vec![0; 64];
            for at in 0..64 {
                let [x, y] = [two[0].at(at), two[1].at(at)];
                seen[(x * across as f64) as usize * down + (y * down as f64) as usize] += 1;
            }
            assert!(seen.iter().all(|count| *count == 1), "{across} by {down}");
        }
    }

    /// The first direction numbers of dimensions 2 to 4: the table `new-joe-kuo-6.21201` of Joe & Kuo
    /// (2008), and their recurrence by hand.
    #[test]
    fn direction_numbers_follow_the_recurrence() {
        let tables = JoeKuoD6::standard();
        let first = |dimension: usize| -> Vec<u64> {
            let all = directions(tables.get_dim(dimension));
            all.iter().take(5).enumerate().map(|(digit, v)| v >> (63 - digit)).collect()
        };
        assert_eq!(first(2), [1, 3, 5, 15, 17]);
        assert_eq!(first(3), [1, 3, 3, 9, 29]);
        assert_eq!(first(4), [1, 3, 1, 5, 31]);
    }

    #[test]
    fn numbers_have_the_mean_and_variance_of_uniform_ones_whatever_the_key() {
        for position in [0, 1, 77] {
            let numbers: Vec<f64> =
                (0..20_000).map(|key| EvenSequence::new(mix(key)).at(position)).collect();
            let mean = numbers.iter().sum::<f64>() / 2e4;
            let variance = numbers.iter().map(|u| (u - mean) * (u - mean)).sum::<f64>() / 2e4;
            // Six standard errors.
            assert!((mean - 0.5).abs() < 0.0123, "{mean}");
            assert!((variance - 1.0 / 12.0).abs() < 0.0032, "{variance}");
        }
    }
}
