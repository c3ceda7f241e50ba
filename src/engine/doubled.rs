//! The numbers of further plays of an imagination, as many again as there are.
//!
//! The `n = 2^j` plays before have a number in each of `n` equal parts of the unit interval. Each
//! of the next `n` plays takes one of those numbers for its partner, no two the same, and has its
//! own in the other half of the partner's part: so all `2n` have a number in each of `2n` parts.
//! This is how the points of a scrambled van der Corput sequence follow each other (Owen 1995,
//! *Randomly permuted (t,m,s)-nets and (t,s)-sequences*). Partners are found by a nested shuffle:
//! each bit of a play's position, the highest first, is flipped or not, depending on the bits above
//! it. So the plays at any two addresses are paired at random.

use crate::numeric;

/// How many bits of a number say in which of the equal parts it lies that partners are sought by:
/// enough for the last of 4,096 plays.
const PART_BITS: u32 = 12;

/// The part of the unit interval, of 4,096 equal ones, in which a number lies.
#[inline(always)]
pub(super) fn part_of(u: f64) -> u16 {
    (u * f64::from(1u32 << PART_BITS)) as u16
}

/// The number of a further play after `2^j` plays: in the other half of the part of its partner,
/// of `2^j` parts. Its own random bits say where in it. Strictly between zero and one.
#[inline(always)]
pub(super) fn opposite(partner: u16, j: u32, bits: u64) -> f64 {
    let half = u64::from(partner >> (PART_BITS - 1 - j)) ^ 1;
    numeric::unit((half << (63 - j)) | (bits >> (j + 1)))
}

/// The flips of a nested shuffle of `2^j` plays that concern the play at the position `m`: which of
/// the random bits of the shuffle says whether to flip, and the bit of the position that it flips.
/// The shuffle has `2^j` random bits, of which the first is not used.
pub(super) fn flips(m: usize, j: u32) -> impl Iterator<Item = (usize, u32)> {
    (0..j).map(move |depth| ((1 << depth) + (m >> (j - depth)), j - 1 - depth))
}

/// How many blocks of 128 random bits the shuffle of `2^j` plays takes.
pub(super) fn shuffling_blocks(j: u32) -> usize {
    (1usize << j).div_ceil(128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_number_lies_in_the_other_half_of_its_partners_part() {
        for j in 0..PART_BITS {
            let parts = f64::from(1u32 << j);
            for u in [1e-300, 0.3, 0.5, 0.7, 1.0 - f64::EPSILON / 2.0] {
                for bits in [0, u64::MAX, 0x0123_4567_89ab_cdef] {
                    let found = opposite(part_of(u), j, bits);
                    assert!(0.0 < found && found < 1.0);
                    assert_eq!((found * parts).floor(), (u * parts).floor());
                    assert_ne!((found * 2.0 * parts).floor(), (u * 2.0 * parts).floor());
                }
            }
        }
    }

    #[test]
    fn a_nested_shuffle_is_a_permutation_that_keeps_neighbours_together() {
        let word = 0xb5ad_4ece_da1c_e2a9u64;
        for j in 0..=6 {
            let shuffled: Vec<usize> = (0..1 << j)
                .map(|m| {
                    flips(m, j).fold(m, |to, (at, bit)| to ^ (((word >> at) & 1) << bit) as usize)
                })
                .collect();
            for block in 0..=j {
                // Aligned blocks go to aligned blocks.
                let mut blocks: Vec<usize> =
                    shuffled.chunks(1 << block).map(|all| all[0] >> block).collect();
                let same = |all: &[usize]| all.iter().all(|to| to >> block == all[0] >> block);
                assert!(shuffled.chunks(1 << block).all(same));
                blocks.sort_unstable();
                assert_eq!(blocks, (0..1 << (j - block)).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn every_random_bit_of_a_shuffle_is_used() {
        for j in 0..=11 {
            let mut used = vec![0; 1 << j];
            (0..1 << j).flat_map(|m| flips(m, j)).for_each(|(at, _)| used[at] += 1);
            assert_eq!(used[0], 0);
            assert!(used[1..].iter().all(|times| *times > 0));
            assert!(used.len() <= 128 * shuffling_blocks(j));
        }
    }
}
