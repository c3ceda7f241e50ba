//! The regularised incomplete beta function.

use super::inversion::Local;
use super::kernels::{exp, ln};
use super::stirling::{ln_1p_less_x, stirling_error};

const TWO_PI: f64 = std::f64::consts::TAU;
const MOST_TERMS: u32 = 20_000;
const ALMOST_ZERO: f64 = 1e-300;

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
            let below = density * continued_fraction(a, b, x) / a;
            (below, 1.0 - below)
        } else {
            let above = density * continued_fraction(b, a, y) / b;
            (1.0 - above, above)
        };
        Local { below, above, density, drift: a * y - b * x }
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

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < ALMOST_ZERO { ALMOST_ZERO } else { value }
}
