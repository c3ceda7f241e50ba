//! Random numbers over whole columns, compiled for several processors as [`crate::engine::lanes::machine::kernels`] are.

use crate::engine::address::PackedCounter;
use crate::engine::doubled::opposite;
use crate::engine::lanes::machine::masks::positions;
use crate::numeric;

/// Uniform numbers of trials, all under one key: see [`philox_one_key`].
#[inline(always)]
pub(in crate::engine::lanes) fn uniforms(
    trials: &[u64],
    counter: PackedCounter,
    key: u64,
    out: &mut [f64],
) {
    for (x, trial) in out.iter_mut().zip(trials) {
        *x = numeric::unit(counter.of_trial(*trial).bits(key)[0]);
    }
}

/// Standard normal quantiles of uniform numbers: first the formula for the centre over the whole
/// column, then that for the tails over the numbers there, which are gathered side by side.
#[inline(always)]
pub(in crate::engine::lanes) fn normal_quantiles(numbers: &mut [f64]) {
    const WIDTH: usize = 64;
    let mut given = [0.5; WIDTH];
    let mut tails = [0.5; WIDTH];
    let mut lanes = [0; WIDTH];
    for part in numbers.chunks_mut(WIDTH) {
        let given = &mut given[..part.len()];
        given.copy_from_slice(part);
        for u in part.iter_mut() {
            *u = numeric::central_quantile(*u);
        }
        let mut n = 0;
        for lane in positions(given, |u| !numeric::is_central(u)) {
            let lane = lane as usize;
            (tails[n], lanes[n]) = (given[lane], lane);
            n += 1;
        }
        let mut all_near = true;
        for u in &mut tails[..n] {
            let (z, near) = numeric::tail_quantile(*u);
            *u = z;
            all_near &= near;
        }
        for (z, lane) in tails[..n].iter().zip(&lanes) {
            part[*lane] = *z;
        }
        if !all_near {
            for lane in &lanes[..n] {
                part[*lane] = numeric::normal_quantile(given[*lane]);
            }
        }
    }
}

/// A step of Fisher and Yates in orders that are kept in the digits of whole numbers to the base
/// 16: swaps the digit `last` with one up to it, which is picked by the lower word of each number
/// of `words`, or the upper one.
#[inline(always)]
pub(in crate::engine::lanes) fn swap_digits(
    orders: &mut [u64],
    words: &[u64],
    upper: bool,
    last: u64,
) {
    let down = if upper { 32 } else { 0 };
    for (order, word) in orders.iter_mut().zip(words) {
        let pick = (((word >> down) & 0xFFFF_FFFF) * (last + 1)) >> 32;
        let (here, there) = (4 * last, 4 * (pick & 15));
        let differ = ((*order >> here) ^ (*order >> there)) & 15;
        *order ^= (differ << here) ^ (differ << there);
    }
}

/// Numbers from the parts of the unit interval that the digits `play` name, of `plays` equal parts.
#[inline(always)]
pub(in crate::engine::lanes) fn strata_of_digits(
    orders: &[u64],
    bits: &[u64],
    (play, plays): (usize, usize),
    out: &mut [f64],
) {
    // Put into the low bits of 2^52, a small whole number becomes a float by a subtraction.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let digit = 4 * (play & 15);
    for ((u, order), bits) in out.iter_mut().zip(orders).zip(bits) {
        let stratum = f64::from_bits(WHOLE.to_bits() | ((order >> digit) & 15)) - WHOLE;
        *u = numeric::stratified(stratum, *bits, plays as f64);
    }
}

/// Flips a bit of each number where the bit `at` of the word beside it is set.
#[inline(always)]
pub(in crate::engine::lanes) fn flip_bits(numbers: &mut [u64], words: &[u64], at: u32, bit: u32) {
    for (number, word) in numbers.iter_mut().zip(words) {
        *number ^= ((word >> at) & 1) << bit;
    }
}

/// Numbers of a further play after `2^j` plays: see [`opposite`]. `parts` are those of the plays
/// before, row after row, among which each row has its partner.
#[inline(always)]
pub(in crate::engine::lanes) fn opposites(
    partners: &[u64],
    parts: &[u16],
    bits: &[u64],
    j: u32,
    out: &mut [f64],
) {
    let plays = 1usize << j;
    let given = partners.iter().zip(parts.chunks_exact(plays)).zip(bits);
    for (u, ((partner, parts), bits)) in out.iter_mut().zip(given) {
        *u = opposite(parts[*partner as usize & (plays - 1)], j, *bits);
    }
}

/// 128 random bits in two halves for each trial, all under one key. The counter is that of trial 0.
#[inline(always)]
pub(in crate::engine::lanes) fn philox_one_key(
    trials: &[u64],
    counter: PackedCounter,
    key: u64,
    [first, second]: [&mut [u64]; 2],
) {
    let n = trials.len();
    let (first, second) = (&mut first[..n], &mut second[..n]);
    for i in 0..n {
        [first[i], second[i]] = counter.of_trial(trials[i]).bits(key);
    }
}

/// The same, each trial under a key of its own.
#[inline(always)]
pub(in crate::engine::lanes) fn philox_keys(
    trials: &[u64],
    counter: PackedCounter,
    keys: &[u64],
    [first, second]: [&mut [u64]; 2],
) {
    let n = trials.len();
    let (first, second, keys) = (&mut first[..n], &mut second[..n], &keys[..n]);
    for i in 0..n {
        [first[i], second[i]] = counter.of_trial(trials[i]).bits(keys[i]);
    }
}
