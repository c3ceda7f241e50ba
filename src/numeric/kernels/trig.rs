//! Sine and cosine.

use super::reduction::{ReducedAngle, reduce};

/// The sine of an angle in radians. Error at most 0.75 ulp for every finite `x`; NaN at infinity.
#[inline]
pub fn sin(x: f64) -> f64 {
    let angle = reduce(x);
    let value = at_quadrant(&angle, angle.quadrant);
    if x == 0.0 { x } else { value }
}

/// The cosine of an angle in radians. Error at most 0.75 ulp for every finite `x`; NaN at infinity.
#[inline]
pub fn cos(x: f64) -> f64 {
    let angle = reduce(x);
    at_quadrant(&angle, angle.quadrant.wrapping_add(1))
}

#[inline]
fn at_quadrant(angle: &ReducedAngle, quadrant: i64) -> f64 {
    let odd = cos_near_zero(angle.high, angle.low);
    let even = sin_near_zero(angle.high, angle.low);
    let value = if quadrant & 1 == 1 { odd } else { even };
    if quadrant & 2 == 2 { -value } else { value }
}

/// `sin(x + low)` for `|x| <= π/4`. Coefficients: fdlibm `k_sin.c` (Sun Microsystems 1993).
#[inline]
fn sin_near_zero(x: f64, low: f64) -> f64 {
    let z = x * x;
    let cube = z * x;
    let r = 8.333_333_333_322_49e-3
        + z * (-1.984_126_982_985_795e-4
            + z * (2.755_731_370_707_006_8e-6
                + z * (-2.505_076_025_340_686_3e-8 + z * 1.589_690_995_211_55e-10)));
    x - ((z * (0.5 * low - cube * r) - low) + cube * 1.666_666_666_666_663_2e-1)
}

/// `cos(x + low)` for `|x| <= π/4`. Coefficients: fdlibm `k_cos.c` (Sun Microsystems 1993).
#[inline]
fn cos_near_zero(x: f64, low: f64) -> f64 {
    let z = x * x;
    let r = 4.166_666_666_666_66e-2
        + z * (-1.388_888_888_887_411e-3
            + z * (2.480_158_728_947_673e-5
                + z * (-2.755_731_435_139_066_3e-7
                    + z * (2.087_572_321_298_175e-9 + z * -1.135_964_755_778_819_5e-11))));
    let half = 0.5 * z;
    let one = 1.0 - half;
    one + (((1.0 - one) - half) + (z * (z * r) - x * low))
}
