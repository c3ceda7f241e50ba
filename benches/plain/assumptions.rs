//! What is drawn once per trial.

use demarche::numeric::normal_cdf;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// The normal quantile at 95 %.
const Z_95: f64 = 1.644_853_626_951_472_2;
/// The rank correlation of the cost of war with A's chance to win.
const RANK_CORRELATION: f64 = 0.4;

/// The numbers of a trial.
pub struct Assumptions {
    /// B's loss from a war, as a share of what is at stake.
    pub cost_of_war: f64,
    /// How much of their trade outsiders cut off after a war breaks out.
    pub sanctions_bite: f64,
    /// A's chance to win a war.
    pub p_a_wins: f64,
    /// How firmly A and B follow their preferences.
    pub rationality_a: f64,
    pub rationality_b: f64,
}

impl Assumptions {
    pub fn draw(rng: &mut impl Rng) -> Self {
        // Normal numbers have this correlation if their ranks have the one asked for.
        let rho = 2.0 * (std::f64::consts::PI * RANK_CORRELATION / 6.0).sin();
        let z_cost = normal(rng);
        let z_wins = rho * z_cost + (1.0 - rho * rho).sqrt() * normal(rng);
        Assumptions {
            cost_of_war: beta_4_3(normal_cdf(z_cost)),
            // pert(0.4, 0.65, 0.9) is beta(3, 3) from 0.4 to 0.9.
            p_a_wins: 0.4 + 0.5 * beta_3_3(normal_cdf(z_wins)),
            sanctions_bite: between(0.2, 0.5, rng),
            rationality_a: between(20.0, 60.0, rng),
            rationality_b: between(20.0, 60.0, rng),
        }
    }
}

/// A standard normal number.
pub fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// A lognormal number, 90 % of which lie between `low` and `high`.
fn between(low: f64, high: f64, rng: &mut impl Rng) -> f64 {
    let mu = (low.ln() + high.ln()) / 2.0;
    let sigma = (high.ln() - low.ln()) / (2.0 * Z_95);
    (mu + sigma * normal(rng)).exp()
}

/// The quantile of beta(4, 3), whose CDF is a polynomial.
fn beta_4_3(u: f64) -> f64 {
    let cdf = |x: f64| x.powi(4) * (15.0 - 24.0 * x + 10.0 * x * x);
    let density = |x: f64| 60.0 * x.powi(3) * (1.0 - x).powi(2);
    newton(0.6, u, cdf, density)
}

/// The quantile of beta(3, 3), whose CDF is a polynomial.
fn beta_3_3(u: f64) -> f64 {
    let cdf = |x: f64| x.powi(3) * (10.0 - 15.0 * x + 6.0 * x * x);
    let density = |x: f64| 30.0 * x.powi(2) * (1.0 - x).powi(2);
    newton(0.5, u, cdf, density)
}

/// Solves `cdf(x) = u` by Newton's method. From the mode of the density it never overshoots, since
/// the CDF bends one way on either side of it.
fn newton(mode: f64, u: f64, cdf: impl Fn(f64) -> f64, density: impl Fn(f64) -> f64) -> f64 {
    let mut x = mode;
    for _ in 0..100 {
        let step = (cdf(x) - u) / density(x);
        x -= step;
        if step.abs() < 1e-9 {
            break;
        }
    }
    x
}
