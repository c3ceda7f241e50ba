//! How often the intervals of Sobol indices hold, for functions whose indices are known.

use super::{stream, uniform};
use crate::numeric::PhiloxStream;
use crate::stats::{Estimate, GroupPlays, Moments, Resampling, SobolIndices, SobolPlays};
use std::f64::consts::PI;

/// A function of uniform numbers whose indices are known, with the least and the greatest value.
struct Known {
    name: &'static str,
    of: fn(&[f64]) -> f64,
    inputs: usize,
    range: (f64, f64),
    variance: f64,
    first: &'static [f64],
    total: &'static [f64],
}

/// Ishigami & Homma 1990, with A = 7 and B = 0.1.
const ISHIGAMI: Known = Known {
    name: "Ishigami",
    of: |u| {
        let x = |i: usize| PI * (2.0 * u[i] - 1.0);
        let square = x(1).sin() * x(1).sin();
        x(0).sin() + 7.0 * square + 0.1 * x(2) * x(2) * x(2) * x(2) * x(0).sin()
    },
    inputs: 3,
    range: (-10.75, 17.75),
    variance: 13.844_588,
    first: &[0.313_905, 0.442_411, 0.0],
    total: &[0.557_589, 0.442_411, 0.243_684],
};

const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Sobol's G with a = 0, 1, 4.5, 9 and four times 99.
const G: Known = Known {
    name: "G",
    of: |u| u.iter().zip(A).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product(),
    inputs: 8,
    range: (0.0, 5.4),
    variance: 0.465_424,
    first: &[0.716_192, 0.179_048, 0.023_676, 0.007_162],
    total: &[0.787_144, 0.242_198, 0.034_317, 0.010_460],
};

/// Whether a play gives the function or a coin whose chance it is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Luck {
    Without,
    Coin,
}

/// The columns of a design: A, A′, B, and each input exchanged.
struct Columns {
    values: Vec<Vec<f64>>,
    numbers: Vec<Vec<f64>>,
}

fn played(known: &Known, luck: Luck, rows: usize, seed: u32) -> Columns {
    let mut bits = stream(seed);
    let (low, high) = known.range;
    let play = |u: &[f64], bits: &mut PhiloxStream| {
        let value = (known.of)(u);
        match luck {
            Luck::Without => value,
            Luck::Coin => f64::from(u8::from(uniform(bits) < (value - low) / (high - low))),
        }
    };
    let shown = known.first.len();
    let mut columns = Columns {
        values: vec![Vec::with_capacity(rows); 3 + shown],
        numbers: vec![Vec::with_capacity(rows); shown],
    };
    for _ in 0..rows {
        let mut draw = || -> Vec<f64> { (0..known.inputs).map(|_| uniform(&mut bits)).collect() };
        let (a, b) = (draw(), draw());
        for (at, u) in [&a, &a, &b].into_iter().enumerate() {
            columns.values[at].push(play(u, &mut bits));
        }
        let mut exchanged = a.clone();
        for input in 0..shown {
            exchanged[input] = b[input];
            columns.values[3 + input].push(play(&exchanged, &mut bits));
            exchanged[input] = a[input];
            columns.numbers[input].push(a[input]);
        }
    }
    columns
}

impl Columns {
    fn plays(&self, single: bool) -> SobolPlays<'_> {
        let groups = self.values[3..].iter().zip(&self.numbers).map(|(exchanged, numbers)| {
            GroupPlays { exchanged, numbers: single.then_some(numbers.as_slice()) }
        });
        let [a, again, b] = [0, 1, 2].map(|at| self.values[at].as_slice());
        SobolPlays { a, again, b, groups: groups.collect() }
    }
}

/// How often the interval of one number held, and what was estimated.
#[derive(Default)]
struct Held {
    count: u32,
    of: u32,
    estimates: Moments,
}

impl Held {
    /// What is not told does not miss.
    fn add(&mut self, estimate: Option<Estimate>, truth: f64) {
        self.of += 1;
        if let Some(Estimate { value, interval }) = estimate {
            self.estimates.add(value);
            assert!(interval.low < interval.high, "{interval:?}");
            self.count += u32::from(interval.contains(truth));
        } else {
            self.count += 1;
        }
    }

    fn share(&self) -> f64 {
        f64::from(self.count) / f64::from(self.of)
    }
}

fn holds(known: &Known, luck: Luck, rows: usize, replicates: usize, single: bool) {
    let seeds: u32 = std::env::var("SEEDS").map_or(500, |own| own.parse().unwrap());
    let resampling = Resampling::new(20_170_903, rows, replicates);
    let scale = match luck {
        Luck::Without => 1.0,
        Luck::Coin => (known.range.1 - known.range.0) * (known.range.1 - known.range.0),
    };
    let variance = known.variance / scale;
    let shown = known.first.len();
    let mut all: Vec<Held> = (0..1 + 4 * shown).map(|_| Held::default()).collect();
    let truths: Vec<f64> = std::iter::once(variance)
        .chain((0..shown).flat_map(|i| {
            let (first, total) = (known.first[i], known.total[i]);
            [first * variance, total * variance, first, total]
        }))
        .collect();
    for seed in 0..seeds {
        let columns = played(known, luck, rows, seed);
        let range = (luck == Luck::Coin).then_some(1.0);
        let found = SobolIndices::of(&columns.plays(single), range, &resampling, 0.95).unwrap();
        let groups =
            found.groups.iter().flat_map(|own| [Some(own.first), Some(own.total), own.s1, own.st]);
        let given = std::iter::once(Some(found.variance)).chain(groups);
        for ((held, estimate), truth) in all.iter_mut().zip(given).zip(&truths) {
            held.add(estimate, *truth);
        }
    }
    let names = ["V_i", "V_Ti", "S1", "ST"];
    for (at, (held, truth)) in all.iter().zip(&truths).enumerate() {
        let what = if at == 0 { "V" } else { names[(at - 1) % 4] };
        let found = &held.estimates;
        println!(
            "{} {luck:?} {rows} {what} {}: held {:.3}, told {} times, mean {:.5} of {truth:.5}",
            known.name,
            at.saturating_sub(1) / 4,
            held.share(),
            found.n(),
            found.mean().unwrap_or(f64::NAN),
        );
    }
}

#[test]
fn explore() {
    let rows: usize = std::env::var("ROWS").unwrap().parse().unwrap();
    for known in [&ISHIGAMI, &G] {
        for luck in [Luck::Without, Luck::Coin] {
            for single in [true, false] {
                holds(known, luck, rows, 1_000, single);
            }
        }
    }
}
