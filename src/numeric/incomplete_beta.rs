//! The regularised incomplete beta function: the distribution function of the beta distribution.

use super::inversion::Local;
use super::kernels::{exp, ln};
use super::stirling::{ln_1p_less_x, stirling_error};

const TWO_PI: f64 = std::f64::consts::TAU;
const MOST_TERMS: u32 = 20_000;
const ALMOST_ZERO: f64 = 1e-300;
/// From this sum of shapes on the fraction is taken in the form that loses no digits.
const LARGE: f64 = 1e3;

/// The distribution function of the beta distribution with shapes `a` and `b`: the share below `x`.
///
/// `x` is in `0..=1`, shapes are positive and at most 1e8; NaN outside. The smaller of this share and
/// of the share above `x` has a relative error below 1e-12 for shapes up to 1e4, and below 1e-9
/// beyond.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    let is_shape = |shape: f64| shape > 0.0 && shape <= 1e8;
    if !((0.0..=1.0).contains(&x) && is_shape(a) && is_shape(b)) {
        return f64::NAN;
    }
    if x == 0.0 || x == 1.0 {
        return x;
    }
    IncompleteBeta::new(a, b).at_odds(x / (1.0 - x)).below.clamp(0.0, 1.0)
}

/// The beta distribution with shapes `a` and `b`, both positive and finite.
pub(super) struct IncompleteBeta {
    a: f64,
    b: f64,
    scale: f64,
}

impl IncompleteBeta {
    pub fn new(a: f64, b: f64) -> Self {
        let n = a + b;
        let error = stirling_error(n) - stirling_error(a) - stirling_error(b);
        IncompleteBeta { a, b, scale: (a / n * b / TWO_PI).sqrt() * exp(error) }
    }

    /// The distribution at the share `odds / (1 + odds)`; densities are per unit of the logarithm
    /// of the odds.
    pub fn at_odds(&self, odds: f64) -> Local {
        let (a, b) = (self.a, self.b);
        let y = 1.0 / (1.0 + odds);
        let x = if odds < 1.0 { odds * y } else { 1.0 / (1.0 + 1.0 / odds) };
        let density = self.density(x, y);
        let (below, above) = if x * (a + b + 2.0) < a + 1.0 {
            let below = density * self.fraction(a, b, x, y) / a;
            (below, 1.0 - below)
        } else {
            let above = density * self.fraction(b, a, y, x) / b;
            (1.0 - above, above)
        };
        Local { below, above, density, drift: a * y - b * x }
    }

    /// `a B I_x(a, b) / (x^a y^b)`.
    fn fraction(&self, a: f64, b: f64, x: f64, y: f64) -> f64 {
        if self.a + self.b < LARGE {
            continued_fraction(a, b, x)
        } else {
            a / contracted_fraction(a, b, x, y)
        }
    }

    /// `x^a y^b / B(a, b)` with `y = 1 - x`, in the manner of Loader 2000: Stirling's formula
    /// cancels the large parts, and deviations from the mean stay small.
    fn density(&self, x: f64, y: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let away = b * x - a * y;
        self.scale * exp(power(a, away, (a + b) * x) + power(b, -away, (a + b) * y))
    }
}

/// `shape ln(value / shape) - away`, where `away = value - shape`.
fn power(shape: f64, away: f64, value: f64) -> f64 {
    let relative = away / shape;
    if relative.abs() <= 0.4 {
        shape * ln_1p_less_x(relative)
    } else {
        shape * ln(value / shape) - away
    }
}

/// The continued fraction of `a B I_x(a, b) / (x^a y^b)`, quick for `x < (a + 1) / (a + b + 2)`.
///
/// Source: DLMF 8.17.22, by the method of Lentz 1976 as modified by Thompson & Barnett 1986.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    let mut m = 1.0;
    for _ in 0..MOST_TERMS {
        let a2m = a + 2.0 * m;
        let even = m * (b - m) * x / ((a2m - 1.0) * a2m);
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / (a2m * (a2m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            return value;
        }
        m += 1.0;
    }
    value
}

/// `x^a y^b / (B I_x(a, b))`: the even part of [`continued_fraction`]. Its terms hold the distance
/// from the mean and not the share itself, which near one has lost the digits that count.
///
/// Source: DiDonato & Morris 1992, *Algorithm 708*, equation 9.
fn contracted_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let away = a * y - b * x;
    let mut value = away_from_zero(a * (1.0 + away) / (a + 1.0));
    let mut c = value;
    let mut d = 0.0;
    let mut n = 1.0;
    for _ in 0..MOST_TERMS {
        let a2n = a + 2.0 * n;
        let pull = n * (b - n) * x / (a2n - 1.0);
        let above = (a + n - 1.0) / (a2n - 1.0) * (a + b + n - 1.0) * x * pull;
        let below = n + pull + (a + n) / (a2n + 1.0) * (1.0 + away + n * (1.0 + y));
        d = 1.0 / away_from_zero(below + above * d);
        c = away_from_zero(below + above / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            return value;
        }
        n += 1.0;
    }
    value
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < ALMOST_ZERO { ALMOST_ZERO } else { value }
}

#[cfg(test)]
mod tests {
    use super::{beta_cdf, continued_fraction};
    use crate::numeric::oracle::assert_close;
    use crate::numeric::{beta_quantile, normal_cdf, pow};

    #[test]
    fn shares_agree_with_mpmath() {
        for (x, a, b, share) in [
            (0.3, 2.0, 5.0, 0.579_825),
            (0.01, 0.05, 3.0, 0.854_083_661_293_031_7),
            (0.9, 1e-7, 1e-3, 0.999_900_229_469_064_3),
            (0.5, 1e3, 1.1e3, 0.985_483_018_256_529_6),
            (0.001, 0.5, 500.0, 0.682_689_552_690_282_6),
            (0.2, 0.001, 0.002, 0.665_744_825_570_540_5),
            (0.999, 30.0, 0.1, 0.262_810_699_889_060_4),
        ] {
            let found = beta_cdf(x, a, b);
            assert_close(found, share, 1e-12, &format!("beta({a}, {b}) at {x}"));
        }
    }

    #[test]
    fn closed_forms_and_limits() {
        for (x, shape) in [(1e-9, 0.3), (0.2, 7.0), (0.9, 1.0), (0.999, 1e-9)] {
            assert_close(beta_cdf(x, shape, 1.0), pow(x, shape), 1e-13, "a power");
        }
        for shape in [1e-12, 0.5, 3.0, 1e4, 1e8] {
            assert!((beta_cdf(0.5, shape, shape) - 0.5).abs() < 1e-9, "beta({shape}, {shape})");
        }
        let sd = (0.25f64 / 1e8).sqrt();
        for z in [-3.0, -0.4, 1.7] {
            let found = beta_cdf(0.5 + z * sd, 5e7, 5e7);
            assert!((found - normal_cdf(z)).abs() < 1e-7, "{found} for z = {z}");
        }
        assert_eq!((beta_cdf(0.0, 2.0, 3.0), beta_cdf(1.0, 2.0, 3.0)), (0.0, 1.0));
        for (x, a, b) in [(-0.1, 1.0, 1.0), (0.1, 0.0, 1.0), (0.1, 1.0, 2e8), (f64::NAN, 1.0, 1.0)]
        {
            assert!(beta_cdf(x, a, b).is_nan(), "beta({a}, {b}) at {x}");
        }
    }

    #[test]
    fn it_undoes_the_quantile() {
        for (a, b) in [(0.4, 0.6), (2.0, 5.0), (80.0, 3.0), (0.05, 40.0)] {
            for u in [1e-6, 0.1, 0.5, 0.77] {
                let again = beta_cdf(beta_quantile(u, a, b), a, b);
                assert_close(again, u, 1e-10, &format!("beta({a}, {b}) at {u}"));
            }
        }
    }

    #[test]
    fn nothing_but_shares_and_shapes_has_a_share() {
        for (x, a, b) in [
            (0.5, 2e8, 1.0),
            (1.0, 2e8, 1.0),
            (0.0, 0.0, 1.0),
            (1.0, 0.0, 1.0),
            (0.0, 1.0, 0.0),
            (0.0, -1.0, 1.0),
            (1.0, 1.0, f64::NAN),
        ] {
            assert!(beta_cdf(x, a, b).is_nan(), "beta({a}, {b}) at {x}");
        }
        // No number lies outside of the ends, however small the shapes are.
        for shape in [f64::MIN_POSITIVE, 1e-310, 1e-20, 1e8] {
            assert_eq!((beta_cdf(0.0, shape, shape), beta_cdf(1.0, shape, shape)), (0.0, 1.0));
        }
        assert!((beta_cdf(0.5, 1e8, 1e8) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_denominator_of_zero_does_not_end_the_fraction() {
        // The first denominator is 1 - (1 + 3) / 2 / (1 + 1) = 0. The value is B I / (x (1 - x)^3)
        // with B = 1/3 and I = 1 - (1/2)^3.
        let found = continued_fraction(1.0, 3.0, 0.5);
        assert_close(found, 14.0 / 3.0, 1e-14, "the fraction at one half");
    }
}
