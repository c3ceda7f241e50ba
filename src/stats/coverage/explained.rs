//! How often the interval of what an input explains holds, from trials in bins of its number.

use super::{stream, uniform};
use crate::numeric::sin;
use crate::stats::{CountedBins, Estimate, Moments};

/// The probability of an outcome, by the number of an input.
#[derive(Clone, Copy, Debug)]
enum Dependence {
    /// The same whatever the number.
    None(f64),
    /// From one probability to another.
    Slope(f64, f64),
    /// One probability up to a number, another beyond.
    Cliff(f64, f64, f64),
    /// Two periods of a sine with this middle and height.
    Waves(f64, f64),
}

use Dependence::{Cliff, Slope, Waves};

impl Dependence {
    fn at(self, number: f64) -> f64 {
        match self {
            Dependence::None(p) => p,
            Slope(from, to) => from + (to - from) * number,
            Cliff(at, below, above) => {
                if number < at {
                    below
                } else {
                    above
                }
            }
            Waves(middle, height) => middle + height * sin(4.0 * std::f64::consts::PI * number),
        }
    }

    /// The variance of the probability.
    fn variance(self) -> f64 {
        match self {
            Dependence::None(_) => 0.0,
            Slope(from, to) => (to - from) * (to - from) / 12.0,
            Cliff(at, below, above) => at * (1.0 - at) * (above - below) * (above - below),
            Waves(_, height) => 0.5 * height * height,
        }
    }
}

/// Rare outcomes, cliffs at and within the edges of bins and in a corner, slopes, waves, and nothing.
fn all() -> Vec<Dependence> {
    vec![
        Dependence::None(0.5),
        Dependence::None(0.02),
        Slope(0.4, 0.6),
        Slope(0.0, 1.0),
        Slope(0.0, 0.05),
        Cliff(0.5, 0.12, 0.95),
        Cliff(0.5, 0.0, 1.0),
        Cliff(0.525, 0.12, 0.95),
        Cliff(0.525, 0.02, 1.0),
        Cliff(0.95, 0.02, 0.6),
        Cliff(0.9, 0.0, 0.3),
        Cliff(0.3, 0.45, 0.5),
        Waves(0.5, 0.4),
        Waves(0.5, 0.1),
    ]
}

fn played(own: Dependence, n: u32, repeats: u64, seed: u32) -> Estimate {
    let mut bits = stream(seed);
    let mut bins = CountedBins::new(20, repeats);
    for _ in 0..n {
        let number = uniform(&mut bits);
        let p = own.at(number);
        bins.add(number, (0..repeats).filter(|_| uniform(&mut bits) < p).count() as u64);
    }
    bins.curve().explained(0.95).expect("enough trials")
}

fn holds(n: u32, repeats: u64, seeds: u32) {
    for own in all() {
        let truth = own.variance();
        let (mut held, mut below, mut above, mut found) = (0, 0, 0, Moments::default());
        for seed in 0..seeds {
            let Estimate { value, interval } = played(own, n, repeats, seed);
            assert!(interval.low < interval.high, "{own:?}: {interval:?}");
            found.add(value);
            held += u32::from(interval.contains(truth));
            below += u32::from(interval.high < truth);
            above += u32::from(interval.low > truth);
        }
        let share = f64::from(held) / f64::from(seeds);
        println!(
            "{own:?}, {n} of {repeats}: held {share:.3}, {below} below, {above} above; mean {:.5} of {truth:.5}",
            found.mean().unwrap(),
        );
        assert!(share >= 0.93, "{own:?}, {n} trials of {repeats}: {share}");
    }
}

#[test]
fn intervals_of_what_an_input_explains_hold_with_200_trials() {
    holds(100, 1, 1_000);
    holds(200, 1, 1_000);
}

#[test]
fn intervals_of_what_an_input_explains_hold_with_1_000_trials() {
    holds(1_000, 1, 1_000);
}

#[test]
fn intervals_of_what_an_input_explains_hold_with_10_000_trials() {
    holds(10_000, 1, 250);
}

#[test]
fn intervals_of_what_an_input_explains_hold_with_repeats() {
    holds(200, 10, 1_000);
}
