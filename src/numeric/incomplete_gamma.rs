//! The regularised incomplete gamma function: the distribution function of the gamma distribution.

use super::inversion::Local;
use super::kernels::{exp, ln};
use super::normal::normal_cdf;
use super::stirling::{ln_1p_less_x, stirling_error};

const TWO_PI: f64 = std::f64::consts::TAU;
const MOST_TERMS: u32 = 20_000;
const ALMOST_ZERO: f64 = 1e-300;
/// From this shape on the uniform expansion is used: the series would need very many terms, and the
/// expansion is as accurate.
const EXPANSION_FROM: f64 = 1_000.0;

/// The gamma distribution with a positive, finite shape, and scale one.
pub(super) struct IncompleteGamma {
    shape: f64,
    scale: f64,
}

impl IncompleteGamma {
    pub fn new(shape: f64) -> Self {
        IncompleteGamma { shape, scale: (shape / TWO_PI).sqrt() * exp(-stirling_error(shape)) }
    }

    /// The distribution at `x > 0`.
    pub fn at(&self, x: f64) -> Local {
        let a = self.shape;
        let away = x - a;
        let relative = away / a;
        let near = relative.abs() <= 0.4;
        // (ln(x / a) - (x - a) / a), so that x^a e^-x / Γ(a) is scale e^(a * exponent).
        let exponent = if near { ln_1p_less_x(relative) } else { ln(x / a) - relative };
        let density = self.scale * exp(a * exponent);
        let (below, above) = if near && a >= EXPANSION_FROM {
            uniform_expansion(a, relative, exponent)
        } else if x < a + 1.0 {
            let below = density * series(a, x);
            (below, 1.0 - below)
        } else {
            let above = density * continued_fraction(a, x);
            (1.0 - above, above)
        };
        Local { below, above, density, drift: -away }
    }
}

/// `Σ x^n / (a (a + 1) … (a + n))`, DLMF 8.7.1, quick for `x < a + 1`.
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut n = a;
    for _ in 0..MOST_TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term <= sum * (f64::EPSILON / 4.0) {
            break;
        }
    }
    sum
}

/// The continued fraction of `Γ(a, x) / (x^a e^-x)`, DLMF 8.9.2 in its even part, quick for
/// `x > a + 1`; by the method of Lentz 1976 as modified by Thompson & Barnett 1986.
fn continued_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / ALMOST_ZERO;
    let mut d = 1.0 / b;
    let mut value = d;
    let mut n = 0.0;
    for _ in 0..MOST_TERMS {
        n += 1.0;
        let numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < ALMOST_ZERO { ALMOST_ZERO } else { value }
}

/// Shares below and above for large shapes, at `x = a (1 + relative)`.
///
/// Source: Temme 1979, *The asymptotic expansion of the incomplete gamma functions*, SIAM J. Math.
/// Anal. 10; DLMF 8.12. `exponent` is `ln(1 + relative) - relative`.
fn uniform_expansion(a: f64, relative: f64, exponent: f64) -> (f64, f64) {
    let size = (-2.0 * exponent).sqrt();
    let eta = if relative < 0.0 { -size } else { size };
    let powers = EXPANSION
        .iter()
        .rev()
        .fold(0.0, |sum, row| sum / a + row.iter().rev().fold(0.0, |s, c| s * eta + c));
    let rest = exp(a * exponent) / (TWO_PI * a).sqrt() * powers;
    let z = eta * a.sqrt();
    (normal_cdf(z) - rest, normal_cdf(-z) + rest)
}

/// The Taylor coefficients in η of the `c_k(η)` of DLMF 8.12.8, computed in rational numbers. Each
/// row has as many as make a difference for shapes from 1,000 on and up to eight standard
/// deviations from the mean.
const EXPANSION: [&[f64]; 5] = [
    &[
        -0.333_333_333_333_333_3,
        0.083_333_333_333_333_33,
        -0.014_814_814_814_814_815,
        0.001_157_407_407_407_407_3,
        0.000_352_733_686_067_019_4,
        -0.000_178_755_144_032_921_8,
        3.919_263_178_522_438e-5,
        -2.185_448_510_679_992e-6,
        -1.854_062_210_715_16e-6,
        8.296_711_340_953_087e-7,
        -1.766_595_273_682_607_8e-7,
        6.707_853_543_401_498e-9,
        1.026_180_978_424_030_9e-8,
        -4.382_036_018_453_353e-9,
    ],
    &[
        -0.001_851_851_851_851_852,
        -0.003_472_222_222_222_222,
        0.002_645_502_645_502_645_4,
        -0.000_990_226_337_448_559_6,
        0.000_205_761_316_872_427_98,
        -4.018_775_720_164_609e-7,
        -1.809_855_033_448_997_7e-5,
        7.649_160_916_081_11e-6,
        -1.612_090_089_456_344_6e-6,
        4.647_127_802_807_434e-9,
        1.378_633_446_915_721e-7,
    ],
    &[
        0.004_133_597_883_597_883,
        -0.002_681_327_160_493_827_3,
        0.000_771_604_938_271_604_9,
        2.009_387_860_082_304_7e-6,
        -0.000_107_366_532_263_651_6,
        5.292_344_882_912_012_5e-5,
        -1.276_063_518_861_872_8e-5,
        3.423_578_734_096_138e-8,
        1.372_195_730_906_293_4e-6,
    ],
    &[
        0.000_649_434_156_378_600_8,
        0.000_229_472_093_621_399_17,
        -0.000_469_189_494_395_255_7,
        0.000_267_720_632_062_838_85,
        -7.561_801_671_883_977e-5,
        -2.396_505_113_867_297e-7,
    ],
    &[-0.000_861_888_290_916_711_7, 0.000_784_039_221_720_066_6, -0.000_299_072_480_303_190_2],
];

#[cfg(test)]
mod tests {
    use super::{EXPANSION_FROM, IncompleteGamma, continued_fraction, series};

    #[test]
    fn the_expansion_continues_the_series() {
        let a = EXPANSION_FROM;
        let distribution = IncompleteGamma::new(a);
        for z in [-7.0, -5.0, -3.0, -1.0, 0.5, 1.0, 3.0, 5.0, 7.0] {
            let x = a + z * a.sqrt();
            let here = distribution.at(x);
            let (found, wanted) = if z < 0.0 {
                (here.below, here.density * series(a, x))
            } else {
                (here.above, here.density * continued_fraction(a, x))
            };
            let error = (found / wanted - 1.0).abs();
            assert!(error < 2e-13, "{error:e} at {z}");
        }
    }

    #[test]
    fn a_denominator_of_zero_does_not_end_the_fraction() {
        // The second denominator is 0.75 / (0.25 + 1 - 1.75) + 0.25 + 3 - 1.75 = 0.
        let found = continued_fraction(1.75, 0.25);
        // Γ(1.75, 0.25) / (0.25^1.75 e^-0.25) by mpmath.
        assert!((found / 12.724_273_043_043_307 - 1.0).abs() < 1e-12, "{found}");
    }
}
