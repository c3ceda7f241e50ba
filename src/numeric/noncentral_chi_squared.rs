//! The noncentral chi-squared distribution.

use super::incomplete_gamma::IncompleteGamma;
use super::normal::normal_cdf;
use super::pow;

/// From this noncentrality on an approximation is used, because the sum would need thousands of terms;
/// the error is then below 1e-8.
const APPROXIMATE_FROM: f64 = 1e6;
/// Terms of the sum smaller than this make no difference.
const NEGLIGIBLE: f64 = 1e-18;

/// The noncentral chi-squared distribution function: the probability that the sum of squares of
/// `degrees` independent normal numbers with variance one, the squares of whose means add up to
/// `noncentrality`, is at most `x`. Falls as `noncentrality` grows.
///
/// `degrees` is positive and need not be a whole number, `noncentrality` is not negative; NaN for
/// others. Absolute error below 1e-8 (below 1e-12 for a noncentrality below a million).
///
/// Source: Patnaik 1949, "The non-central χ²- and F-distributions and their applications", Biometrika
/// 36 (a Poisson mixture of central ones); Benton & Krishnamoorthy 2003, "Computing discrete mixtures of
/// continuous distributions", Computational Statistics & Data Analysis 43 (summed from its middle);
/// Sankaran 1963, "Approximations to the non-central chi-square distribution", Biometrika 50.
pub fn noncentral_chi_squared_cdf(x: f64, degrees: f64, noncentrality: f64) -> f64 {
    let valid = (f64::MIN_POSITIVE..f64::INFINITY).contains(&degrees)
        && (0.0..f64::INFINITY).contains(&noncentrality);
    if !valid || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if x == f64::INFINITY {
        return 1.0;
    }
    if noncentrality > APPROXIMATE_FROM {
        return sankaran(x, degrees, noncentrality);
    }
    mixture(0.5 * x, 0.5 * degrees, 0.5 * noncentrality).clamp(0.0, 1.0)
}

/// `Σ Poisson(j; mean) P(shape + j, x)`, from the largest weight both ways.
fn mixture(x: f64, shape: f64, mean: f64) -> f64 {
    let middle = mean.floor();
    let weight =
        if mean == 0.0 { 1.0 } else { IncompleteGamma::new(middle + 1.0).at(mean).density / mean };
    let here = IncompleteGamma::new(shape + middle).at(x);
    let mut sum = weight * here.below;
    // P(a + 1, x) = P(a, x) - x^a e^-x / Γ(a + 1), DLMF 8.8.5.
    let (mut own, mut below, mut density, mut j) = (weight, here.below, here.density, middle);
    loop {
        below -= density / (shape + j);
        density *= x / (shape + j);
        j += 1.0;
        own *= mean / j;
        if own < NEGLIGIBLE || below <= 0.0 {
            break;
        }
        sum += own * below;
    }
    let (mut own, mut below, mut density, mut j) = (weight, here.below, here.density, middle);
    while j > 0.0 {
        own *= j / mean;
        j -= 1.0;
        density *= (shape + j) / x;
        below = (below + density / (shape + j)).min(1.0);
        if own < NEGLIGIBLE {
            break;
        }
        sum += own * below;
    }
    sum
}

/// A power of the variable is nearly normal.
fn sankaran(x: f64, degrees: f64, noncentrality: f64) -> f64 {
    let mean = degrees + noncentrality;
    let (twice, thrice) = (mean + noncentrality, mean + 2.0 * noncentrality);
    let h = 1.0 - 2.0 * mean / twice * (thrice / twice) / 3.0;
    let p = twice / mean / mean;
    let m = (h - 1.0) * (1.0 - 3.0 * h);
    let centre = 1.0 + h * p * (h - 1.0 - 0.5 * (2.0 - h) * m * p);
    let spread = h * (2.0 * p).sqrt() * (1.0 + 0.5 * m * p);
    normal_cdf((pow(x / mean, h) - centre) / spread)
}

#[cfg(test)]
mod tests {
    use super::{mixture, noncentral_chi_squared_cdf, sankaran};
    use crate::numeric::normal_cdf;

    /// By `scipy.stats.ncx2.cdf` of SciPy 1.17.1, which sums in another way.
    const KNOWN: [(f64, f64, f64, f64); 15] = [
        (10.0, 19.0, 0.0, 0.047_054_202_413_378_15),
        (19.0, 19.0, 5.0, 0.273_899_494_623_004_1),
        (40.0, 19.0, 30.0, 0.247_895_310_558_011_78),
        (3.0, 19.0, 1.0, 7.021_018_521_292_597e-6),
        (120.0, 19.0, 80.0, 0.864_765_004_403_498_2),
        (60.0, 19.0, 80.0, 0.011_264_504_949_921_364),
        (1.0, 1.0, 2.5, 0.275_649_696_524_363_55),
        (0.3, 4.5, 1.2, 0.002_793_951_930_658_128_5),
        (1_100.0, 19.0, 1_000.0, 0.897_163_831_447_788_3),
        (900.0, 31.0, 1_000.0, 0.017_436_949_271_627_25),
        (10_500.0, 19.0, 10_000.0, 0.991_357_756_382_204_6),
        (9_700.0, 19.0, 10_000.0, 0.054_565_573_012_063_24),
        (100_400.0, 63.0, 100_000.0, 0.703_291_654_564_764_1),
        (1_003_000.0, 19.0, 1e6, 0.931_872_554_252_435),
        (5.0, 12.3, 40.0, 1.371_373_253_521_729_3e-8),
    ];

    #[test]
    fn it_agrees_with_another_implementation() {
        for (x, degrees, noncentrality, wanted) in KNOWN {
            let found = noncentral_chi_squared_cdf(x, degrees, noncentrality);
            assert!((found - wanted).abs() < 1e-12, "{found} at {x}, {degrees}, {noncentrality}");
        }
    }

    #[test]
    fn one_degree_is_the_square_of_a_normal_number() {
        for (x, mean) in [(0.5f64, 0.3), (2.0, 1.5), (30.0, 5.0), (9_500.0, 97.0)] {
            let root = x.sqrt();
            let wanted = normal_cdf(root - mean) - normal_cdf(-root - mean);
            let found = noncentral_chi_squared_cdf(x, 1.0, mean * mean);
            assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted} at {x}, {mean}");
        }
    }

    #[test]
    fn the_approximation_continues_the_sum() {
        for z in [-3.0, -1.0, 0.0, 0.5, 2.0, 3.5] {
            let x = 1e6 + 19.0 + z * 2e3;
            let [found, wanted] = [sankaran(x, 19.0, 1e6), mixture(0.5 * x, 9.5, 5e5)];
            assert!((found - wanted).abs() < 1e-8, "{found}, not {wanted} at {z}");
        }
    }

    #[test]
    fn the_ends_are_those_of_a_distribution() {
        assert_eq!(noncentral_chi_squared_cdf(-1.0, 3.0, 2.0), 0.0);
        assert_eq!(noncentral_chi_squared_cdf(0.0, 3.0, 2.0), 0.0);
        assert_eq!(noncentral_chi_squared_cdf(f64::INFINITY, 3.0, 2.0), 1.0);
        assert!((noncentral_chi_squared_cdf(1e4, 3.0, 2.0) - 1.0).abs() < 1e-15);
        for (x, degrees, noncentrality) in [(f64::NAN, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, -1.0)]
        {
            assert!(noncentral_chi_squared_cdf(x, degrees, noncentrality).is_nan());
        }
    }

    /// By `scipy.stats.ncx2.cdf` of SciPy 1.17.1; the approximation is good to some 1e-9 there.
    #[test]
    fn the_approximation_agrees_with_another_implementation() {
        for (x, degrees, noncentrality, wanted) in [
            (1e6, 50.0, 1.001e6, 0.300_010_975_906_834_56),
            (3e5, 1_000.0, 3e5, 0.180_895_292_767_382_98),
        ] {
            let found = sankaran(x, degrees, noncentrality);
            assert!((found - wanted).abs() < 1e-8, "{found}, not {wanted}");
        }
    }

    /// Sankaran's formula in 50 digits, by mpmath, where its last terms weigh most.
    #[test]
    fn the_approximation_is_that_of_its_source() {
        for (x, degrees, noncentrality, wanted) in [
            (5.0, 2.0, 2.0, 0.702_038_907_744_507_4),
            (30.0, 10.0, 30.0, 0.204_295_141_877_582_34),
            (1.0, 3.0, 4.0, 0.040_174_258_255_247_81),
            (2.0, 1.0, 8.0, 0.075_258_253_537_278_6),
        ] {
            let found = sankaran(x, degrees, noncentrality);
            assert!((found - wanted).abs() < 1e-14, "{found}, not {wanted}");
        }
    }
}
