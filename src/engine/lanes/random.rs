//! Random numbers over whole columns, as [`super::kernels`] are.

use crate::numeric::{self, kernels};

/// Uniform numbers of trials, all under one key: see [`philox_one_key`].
#[inline(always)]
pub(super) fn uniforms(trials: &[u64], high: u64, rest: u64, key: u64, out: &mut [f64]) {
    for (x, trial) in out.iter_mut().zip(trials) {
        *x = numeric::unit(block(*trial, high, rest, key)[0]);
    }
}

/// Turns uniform numbers into standard Gumbel numbers. Neither a uniform number, which lies strictly
/// between zero and one, nor minus its logarithm is too small for a short cut.
#[inline(always)]
pub(super) fn gumbels(numbers: &mut [f64]) {
    for x in numbers {
        *x = -kernels::ln_of_normal(-kernels::ln_of_normal(*x));
    }
}

/// Standard normal quantiles of uniform numbers: the form of the middle over the whole column, then
/// the tails.
#[inline(always)]
pub(super) fn normal_quantiles(numbers: &mut [f64]) {
    const WIDTH: usize = 64;
    let mut given = [0.0; WIDTH];
    for part in numbers.chunks_mut(WIDTH) {
        let given = &mut given[..part.len()];
        given.copy_from_slice(part);
        for u in part.iter_mut() {
            *u = numeric::central_quantile(*u);
        }
        for (z, u) in part.iter_mut().zip(given) {
            if !numeric::is_central(*u) {
                *z = numeric::normal_quantile(*u);
            }
        }
    }
}

/// 128 random bits in two halves for each trial, all under one key: the counter's low half is the
/// trial with `high`, its high half is `rest`.
#[inline(always)]
pub(super) fn philox_one_key(
    trials: &[u64],
    high: u64,
    rest: u64,
    key: u64,
    [first, second]: [&mut [u64]; 2],
) {
    let n = trials.len();
    let (first, second) = (&mut first[..n], &mut second[..n]);
    for i in 0..n {
        [first[i], second[i]] = block(trials[i], high, rest, key);
    }
}

/// The same, each trial under a key of its own.
#[inline(always)]
pub(super) fn philox_keys(
    trials: &[u64],
    high: u64,
    rest: u64,
    keys: &[u64],
    [first, second]: [&mut [u64]; 2],
) {
    let n = trials.len();
    let (first, second, keys) = (&mut first[..n], &mut second[..n], &keys[..n]);
    for i in 0..n {
        [first[i], second[i]] = block(trials[i], high, rest, keys[i]);
    }
}

#[inline(always)]
fn block(trial: u64, high: u64, rest: u64, key: u64) -> [u64; 2] {
    let low = (trial & 0xFF_FFFF_FFFF) | high;
    let block = numeric::philox4x32_10(
        [low as u32, (low >> 32) as u32, rest as u32, (rest >> 32) as u32],
        [key as u32, (key >> 32) as u32],
    );
    let join = |a: u32, b: u32| u64::from(a) | (u64::from(b) << 32);
    [join(block[0], block[1]), join(block[2], block[3])]
}
