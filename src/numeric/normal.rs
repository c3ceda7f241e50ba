//! The standard normal distribution.

use super::kernels::{exp, ln, ln_of_normal};

/// The quantile of the standard normal distribution: the `z` below which the share `p` lies.
///
/// `p` is in `0..=1`, the ends giving infinities; NaN outside. Relative error below 1.2e-15
/// (measured over 1,500 arguments from 1e-300 to 1 - 1e-16: 5.3 ulp at most).
///
/// Source: Wichura 1988, *Algorithm AS 241*, Applied Statistics 37, routine PPND16.
pub fn normal_quantile(p: f64) -> f64 {
    if is_central(p) {
        return central_quantile(p);
    }
    let q = p - 0.5;
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let size = if tail > 0.0 {
        let r = (-ln(tail)).sqrt();
        if r <= NEAR {
            near_quantile(r)
        } else {
            polynomial(&FAR_TOP, r - 5.0) / polynomial(&FAR_BELOW, r - 5.0)
        }
    } else if tail == 0.0 {
        f64::INFINITY
    } else {
        f64::NAN
    };
    if q < 0.0 { -size } else { size }
}

/// Whether the quantile of `p` is the one that [`central_quantile`] gives.
#[inline(always)]
pub(crate) fn is_central(p: f64) -> bool {
    (p - 0.5).abs() <= 0.425
}

/// [`normal_quantile`] for the `p` of which [`is_central`] holds, computed without a branch.
#[inline(always)]
pub(crate) fn central_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    let r = 0.180_625 - q * q;
    q * polynomial(&CENTRE_TOP, r) / polynomial(&CENTRE_BELOW, r)
}

/// Another approximation is used for tails of which the square root of minus the logarithm is above
/// this.
const NEAR: f64 = 5.0;

#[inline(always)]
fn near_quantile(r: f64) -> f64 {
    polynomial(&NEAR_TOP, r - 1.6) / polynomial(&NEAR_BELOW, r - 1.6)
}

/// [`normal_quantile`] for a `p` in the tails, of which [`is_central`] does not hold, computed without
/// a branch; the flag is false where `p` is so far out that this is not the quantile. `p` is strictly
/// between zero and one and at least the smallest normal double.
#[inline(always)]
pub(crate) fn tail_quantile(p: f64) -> (f64, bool) {
    let lower = p < 0.5;
    let tail = if lower { p } else { 1.0 - p };
    let r = (-ln_of_normal(tail)).sqrt();
    let size = near_quantile(r);
    (if lower { -size } else { size }, r <= NEAR)
}

/// The standard normal distribution function: the share that lies below `z`.
///
/// Relative error below 1.1e-15 in both tails (measured over 20,000 arguments from -37 to 8: 4.7 ulp
/// at most); zero below about -38.5. NaN gives NaN.
///
/// Source: Cody 1969, *Rational Chebyshev approximations for the error function*, Mathematics of
/// Computation 23, in the arrangement of Cody 1993, *Algorithm 715*.
pub fn normal_cdf(z: f64) -> f64 {
    let size = z.abs();
    if size <= 0.674_489_75 {
        let square = z * z;
        return 0.5 + z * rational(&INNER_TOP, &INNER_BELOW, square);
    }
    let tail = if size <= 32.0_f64.sqrt() {
        rational(&MIDDLE_TOP, &MIDDLE_BELOW, size)
    } else {
        let inverse = 1.0 / (z * z);
        let correction = inverse * rational(&OUTER_TOP, &OUTER_BELOW, inverse);
        (PER_ROOT_TWO_PI - correction) / size
    };
    // e^(-z²/2) in two factors: the square of z rounded down to sixteenths is exact.
    let cut = (size * 16.0).floor() / 16.0;
    let rest = (size - cut) * (size + cut);
    let share = if size > 40.0 { 0.0 } else { exp(-0.5 * cut * cut) * exp(-0.5 * rest) * tail };
    if z > 0.0 { 1.0 - share } else { share }
}

/// The value of a polynomial whose coefficients go from the lowest power up.
#[inline(always)]
fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The ratio of two polynomials whose coefficients go from the highest power down; that of the
/// divisor's highest power is one and left out.
fn rational<const N: usize, const M: usize>(top: &[f64; N], below: &[f64; M], x: f64) -> f64 {
    let above = top.iter().fold(0.0, |sum, c| sum * x + c);
    above / below.iter().fold(1.0, |sum, c| sum * x + c)
}

const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_66e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const NEAR_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const NEAR_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

const PER_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;
const INNER_TOP: [f64; 5] = [
    0.065_682_337_918_207_45,
    2.235_252_035_460_683_9,
    161.028_231_068_555_87,
    1_067.689_485_460_371,
    18_154.981_253_343_56,
];
const INNER_BELOW: [f64; 4] =
    [47.202_581_904_688_245, 976.098_551_737_776_7, 10_260.932_208_618_979, 45_507.789_335_026_73];
const MIDDLE_TOP: [f64; 9] = [
    1.076_557_677_372_019_2e-8,
    0.398_941_512_088_134_66,
    8.883_149_794_388_377,
    93.506_656_132_177_85,
    597.270_276_394_800_3,
    2_494.537_585_290_372_6,
    6_848.190_450_536_283,
    11_602.651_437_647_35,
    9_842.714_838_383_978,
];
const MIDDLE_BELOW: [f64; 8] = [
    22.266_688_044_328_117,
    235.387_901_782_625,
    1_519.377_599_407_554_7,
    6_485.558_298_266_761,
    18_615.571_640_885_097,
    34_900.952_721_145_98,
    38_912.003_286_093_27,
    19_685.429_676_859_992,
];
const OUTER_TOP: [f64; 6] = [
    0.023_073_441_764_940_174,
    0.215_898_534_057_957,
    0.127_401_161_160_247_36,
    0.022_235_277_870_649_807,
    1.421_619_193_227_893_4e-3,
    2.911_287_495_116_879_3e-5,
];
const OUTER_BELOW: [f64; 5] = [
    1.284_260_096_144_911,
    0.468_238_212_480_865_1,
    0.065_988_137_868_928_56,
    3.782_396_332_027_582_4e-3,
    7.297_515_550_839_662e-5,
];
