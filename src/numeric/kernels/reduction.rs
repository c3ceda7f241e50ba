//! Subtracts multiples of π/2 from an angle until it is within π/4 of zero.

use super::double::{fast_two_sum, two_product, two_sum};
use super::exp::ROUND;

/// π/2 in four parts; the first three have 33 bits, so that their products with a quadrant number
/// below 2^20 are exact. Together they hold 151 bits.
const HALF_PI: [f64; 4] = [
    1.570_796_326_734_125_6,
    6.077_100_506_303_966e-11,
    2.022_266_248_711_166_5e-21,
    8.478_427_660_368_9e-32,
];
const PER_HALF_PI: f64 = std::f64::consts::FRAC_2_PI;
const HALF_PI_HIGH: f64 = std::f64::consts::FRAC_PI_2;
const HALF_PI_LOW: f64 = 6.123_233_995_736_766e-17;

/// An angle less `quadrant` times π/2, as `high + low`. Only the two lowest bits of the quadrant
/// mean anything.
pub(super) struct ReducedAngle {
    pub quadrant: i64,
    pub high: f64,
    pub low: f64,
}

#[inline]
pub(super) fn reduce(x: f64) -> ReducedAngle {
    if x.abs() <= 1_048_576.0 {
        in_parts(x)
    } else if x.is_finite() {
        far(x)
    } else {
        ReducedAngle { quadrant: 0, high: f64::NAN, low: f64::NAN }
    }
}

/// Subtraction in parts (Cody & Waite 1980), for `|x| <= 2^20`.
#[inline]
fn in_parts(x: f64) -> ReducedAngle {
    let shifted = x * PER_HALF_PI + ROUND;
    let n = shifted - ROUND;
    let first = x - n * HALF_PI[0];
    let second = two_sum(first, -(n * HALF_PI[1]));
    let third = two_sum(second.high, -(n * HALF_PI[2]));
    let tail = (second.low + third.low) - n * HALF_PI[3];
    let high = third.high + tail;
    ReducedAngle {
        quadrant: (shifted.to_bits() as i64).wrapping_sub(ROUND.to_bits() as i64),
        high,
        low: (third.high - high) + tail,
    }
}

/// A word of zeros, then the first 1,216 bits of 2/π.
const TWO_PER_PI: [u64; 20] = [
    0,
    0xa2f9_836e_4e44_1529,
    0xfc27_57d1_f534_ddc0,
    0xdb62_9599_3c43_9041,
    0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0,
    0x0649_2eea_09d1_921c,
    0xfe1d_eb1c_b129_a73e,
    0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41,
    0x3991_d639_8353_39f4,
    0x9c84_5f8b_bdf9_283b,
    0x1ff8_97ff_de05_980f,
    0xef2f_118b_5a0a_6d1f,
    0x6d36_7ecf_27cb_09b7,
    0x4f46_3f66_9e5f_ea2d,
    0x7527_bac7_ebe5_f17b,
    0x3d07_39f7_8a52_92ea,
    0x6bfb_5fb1_1f8d_5d08,
    0x5603_3046_fc7b_6bab,
];

/// Multiplication by as much of 2/π as matters (Payne & Hanek 1983), for finite `|x| > 2^20`.
///
/// Bits of 2/π whose product with `x` is a multiple of four only add whole turns and are left out.
/// Of the others, 192 leave an error below 2^-137 in the fraction, while no double comes nearer than
/// 2^-62 to a multiple of π/2 (Muller 2006).
#[inline(never)]
fn far(x: f64) -> ReducedAngle {
    let bits = x.abs().to_bits();
    let exponent = (bits >> 52) as usize;
    let significand = (bits & 0x000f_ffff_ffff_ffff) | 0x0010_0000_0000_0000;
    // |x| = significand 2^(exponent - 1075); the window opens two bits before, behind the zeros.
    let start = exponent + 64 - 2 - 1075;
    let (word, shift) = (start / 64, start % 64);
    let window = |i: usize| {
        let pair = (u128::from(TWO_PER_PI[word + i]) << 64) | u128::from(TWO_PER_PI[word + i + 1]);
        (pair << shift >> 64) as u64
    };
    let m = u128::from(significand);
    let low = m * u128::from(window(2));
    let middle = m * u128::from(window(1)) + (low >> 64);
    let high = (significand.wrapping_mul(window(0))).wrapping_add((middle >> 64) as u64);
    let product = (u128::from(high) << 64) | u128::from(middle as u64);

    let fraction = ((product << 2) | (u128::from(low as u64) >> 62)) as i128;
    let quadrant = (product >> 126) as i64 + i64::from(fraction < 0);
    let top = fraction as f64;
    let rest = fraction.wrapping_sub(top as i128) as f64;
    // 2^-128
    let scale = f64::from_bits((1023 - 128) << 52);
    let (top, rest) = (top * scale, rest * scale);
    let turned = two_product(top, HALF_PI_HIGH);
    let low = turned.low + (top * HALF_PI_LOW + rest * HALF_PI_HIGH);
    let sum = fast_two_sum(turned.high, low);
    if x < 0.0 {
        ReducedAngle { quadrant: quadrant.wrapping_neg(), high: -sum.high, low: -sum.low }
    } else {
        ReducedAngle { quadrant, high: sum.high, low: sum.low }
    }
}
