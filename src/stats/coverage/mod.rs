//! Tests that measure how often intervals cover the truth: by adding up the probabilities of all
//! possible counts, and by simulating with fixed seeds. The figures in the comments are the results.

mod choices;
mod crossings;
mod explained;
mod means;
mod paired;
mod settled;
mod sobol;

use crate::numeric::{PhiloxStream, exp, ln, ln_gamma, normal_quantile, unit};
use rand::Rng;

fn stream(seed: u32) -> PhiloxStream {
    PhiloxStream::new([20_170_903, seed], [0; 4])
}

fn uniform(bits: &mut PhiloxStream) -> f64 {
    unit(bits.next_u64())
}

fn normal(bits: &mut PhiloxStream) -> f64 {
    normal_quantile(uniform(bits))
}

/// The probability of `k` successes in `n` trials.
fn binomial(n: u64, p: f64, k: u64) -> f64 {
    if p == 0.0 {
        return f64::from(u8::from(k == 0));
    }
    let (n, k) = (n as f64, k as f64);
    let ways = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
    exp(ways + k * ln(p) + (n - k) * ln(1.0 - p))
}
