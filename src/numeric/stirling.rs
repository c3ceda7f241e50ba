//! The logarithm of the gamma function, by Stirling's formula and what it is off by.

use super::kernels::ln;

const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_7;
/// From here on the series below has a relative error of at most 2^-53.
const SERIES_FROM: f64 = 10.0;

/// The logarithm of the gamma function, for `x > 0`; NaN elsewhere.
///
/// Error at most 7e-15 times the larger of 1 and the result (near its zeros at 1 and 2 the error
/// is absolute).
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (m, product) = raised(x);
    let regular = (m - 0.5) * (ln(m) - 1.0) + (HALF_LN_TWO_PI - 0.5 + series(m));
    if product == 1.0 { regular } else { regular - ln(product) }
}

/// `ln Γ(x) - [(x - ½) ln x - x + ½ ln 2π]`, for `x > 0`.
///
/// Source: Loader 2000, *Fast and accurate computation of binomial probabilities*.
pub(super) fn stirling_error(x: f64) -> f64 {
    let (m, product) = raised(x);
    if product == 1.0 {
        return series(m);
    }
    let main = (m - 0.5) * ln(m / x) - (m - x);
    main + (m - x) * ln(x) - ln(product) + series(m)
}

/// `(m, x (x + 1) … (m - 1))` with `m` at least ten.
fn raised(x: f64) -> (f64, f64) {
    let (mut m, mut product) = (x, 1.0);
    while m < SERIES_FROM {
        product *= m;
        m += 1.0;
    }
    (m, product)
}

/// Stirling's series, `Σ B_2k / (2k (2k - 1) x^(2k - 1))`.
fn series(x: f64) -> f64 {
    let inverse = 1.0 / x;
    let z = inverse * inverse;
    inverse
        * (1.0 / 12.0
            - z * (1.0 / 360.0
                - z * (1.0 / 1_260.0
                    - z * (1.0 / 1_680.0
                        - z * (1.0 / 1_188.0
                            - z * (691.0 / 360_360.0
                                - z * (1.0 / 156.0 - z * (3_617.0 / 122_400.0))))))))
}

/// `ln(1 + x) - x` to full accuracy near zero, for `|x| <= 0.4`.
///
/// With `s = x / (2 + x)`: `-s x + 2 s³ (1/3 + s²/5 + …)`.
pub(super) fn ln_1p_less_x(x: f64) -> f64 {
    let s = x / (2.0 + x);
    let z = s * s;
    let sum = ODD_PARTS.iter().fold(1.0 / 29.0, |sum, part| sum * z + part);
    s * (2.0 * z * sum - x)
}

/// `1/27, 1/25, … 1/3`.
const ODD_PARTS: [f64; 13] = [
    1.0 / 27.0,
    1.0 / 25.0,
    1.0 / 23.0,
    1.0 / 21.0,
    1.0 / 19.0,
    1.0 / 17.0,
    1.0 / 15.0,
    1.0 / 13.0,
    1.0 / 11.0,
    1.0 / 9.0,
    1.0 / 7.0,
    1.0 / 5.0,
    1.0 / 3.0,
];

#[cfg(test)]
mod tests {
    use super::{ln_1p_less_x, ln_gamma, stirling_error};
    use crate::numeric::kernels::{ln, ln_1p};

    #[test]
    fn the_gamma_function_of_whole_numbers_is_a_factorial() {
        let mut factorial = 1.0;
        for n in 1..=20 {
            let found = ln_gamma(f64::from(n));
            assert!((found - ln(factorial)).abs() < 1e-14 * (1.0 + found), "{n}");
            factorial *= f64::from(n);
        }
        for x in [0.0, -1.5, f64::NAN] {
            assert!(ln_gamma(x).is_nan());
        }
        assert_eq!(ln_gamma(f64::INFINITY), f64::INFINITY);
    }

    #[test]
    fn what_stirling_leaves_over() {
        // Loader 2000, table of δ(n).
        for (n, wanted) in [
            (1.0, 0.081_061_466_795_327_26),
            (2.0, 0.041_340_695_955_409_29),
            (15.0, 0.005_554_733_551_962_801),
        ] {
            assert!((stirling_error(n) - wanted).abs() < 4e-15, "{n}");
        }
    }

    #[test]
    fn a_logarithm_less_its_first_term() {
        assert!((ln_1p_less_x(1e-9) / -5e-19 - 1.0).abs() < 1e-8);
        for x in [-0.4, -0.1, 0.25, 0.4] {
            assert!((ln_1p_less_x(x) - (ln_1p(x) - x)).abs() < 1e-16 * 2.0, "{x}");
        }
    }
}
