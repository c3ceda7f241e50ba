//! Tests that measure how often intervals cover the truth and whether estimates are unbiased: by
//! adding up the probabilities of all possible counts, and by simulating with fixed seeds. The
//! figures in the comments are the results.

use super::{Interval, Paired};
use crate::numeric::{PhiloxStream, exp, ln, ln_gamma, unit};
use rand::Rng;

fn stream(seed: u32) -> PhiloxStream {
    PhiloxStream::new([20_170_903, seed], [0; 4])
}

fn uniform(bits: &mut PhiloxStream) -> f64 {
    unit(bits.next_u64())
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

/// The probability that the 95 % interval holds the true difference, when `flips` of `n` trials are
/// expected to differ, the share `to_a` of them in favour of `a`. Counts of all together less
/// probable than 1e-9 are left out.
fn paired_coverage(n: u64, flips: f64, to_a: f64) -> f64 {
    let (truth, reach) = (flips / n as f64 * (1.0 - 2.0 * to_a), 8.0 * flips.sqrt() + 20.0);
    let counts = (flips - reach).max(0.0) as u64..=n.min((flips + reach) as u64);
    let mut covered = 0.0;
    for discordant in counts {
        let weight = binomial(n, flips / n as f64, discordant);
        for only_a in 0..=discordant {
            let paired = Paired { n, both: 0, only_a, only_b: discordant - only_a };
            if paired.interval(0.95, 1).contains(truth) {
                covered += weight * binomial(discordant, to_a, only_a);
            }
        }
    }
    covered
}

/// The lowest and the highest coverage for these numbers of expected flips, from 50 to 10,000
/// trials and from flips all one way to as many both ways.
fn coverages(flips: &[f64]) -> Interval {
    let mut range = Interval { low: 1.0, high: 0.0 };
    for n in [50, 200, 1_000, 10_000] {
        for flips in flips.iter().copied().filter(|flips| *flips <= 0.6 * n as f64) {
            for twentieths in 0..=10 {
                let found = paired_coverage(n, flips, f64::from(twentieths) / 20.0);
                range = range.hull(Interval { low: found, high: found });
            }
        }
    }
    range
}

#[test]
fn the_paired_interval_covers_the_difference_computed_exactly() {
    let many: Vec<f64> = (26..=120).map(|halves| f64::from(halves) / 2.0).collect();
    let found = coverages(&many);
    println!("from 13 expected flips: {found:?}");
    assert!(found.low > 0.93 && found.high < 0.97, "{found:?}");
    let some: Vec<f64> = (20..26).map(|halves| f64::from(halves) / 2.0).collect();
    let found = coverages(&some);
    println!("from 10 expected flips: {found:?}");
    assert!(found.low > 0.93 && found.high < 0.976, "{found:?}");
    let few: Vec<f64> = (1..40).map(|quarters| f64::from(quarters) / 4.0).collect();
    let found = coverages(&few);
    println!("below 10 expected flips: {found:?}");
    assert!(found.low > 0.93, "{found:?}");
    assert!(coverages(&[0.0]).low > 0.999_999, "policies that never differ");
}

/// Over 4,000 seeds the standard error of a coverage is about 0.35 %.
#[test]
fn the_paired_interval_covers_the_difference_when_played() {
    for (case, n, flips, to_a) in
        [(0, 200u32, 0.0, 0.5), (1, 1_000, 4.0, 0.25), (2, 1_000, 30.0, 0.2), (3, 300, 100.0, 0.5)]
    {
        let (only_a, differs) = (flips / f64::from(n) * to_a, flips / f64::from(n));
        let mut covered = 0;
        let mut bits = stream(case);
        for _ in 0..4_000 {
            let mut paired = Paired { n: 0, ..Paired::default() };
            for _ in 0..n {
                let u = uniform(&mut bits);
                paired.n += 1;
                paired.only_a += u64::from(u < only_a);
                paired.only_b += u64::from(only_a <= u && u < differs);
            }
            covered += u32::from(paired.interval(0.95, 1).contains(differs - 2.0 * only_a));
        }
        let (found, exact) = (f64::from(covered) / 4e3, paired_coverage(n.into(), flips, to_a));
        println!("{n} trials, {flips} flips: {found}, exactly {exact}");
        assert!((found - exact).abs() < 0.014, "{found}, exactly {exact}");
    }
}
