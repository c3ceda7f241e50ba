//! How often the intervals of Sobol indices hold, for functions whose indices are known.

use super::{stream, uniform};
use crate::numeric::{PhiloxStream, sin};
use crate::stats::{Estimate, GroupPlays, Moments, Resampling, SobolIndices, SobolPlays};
use std::f64::consts::PI;

/// A function of uniform numbers whose indices are known, with the least and the greatest value.
struct TrueIndices {
    name: &'static str,
    of: fn(&[f64]) -> f64,
    inputs: usize,
    range: (f64, f64),
    variance: f64,
    first: &'static [f64],
    total: &'static [f64],
}

/// Ishigami & Homma 1990, with A = 7 and B = 0.1.
const ISHIGAMI: TrueIndices = TrueIndices {
    name: "Ishigami",
    of: |u| {
        let x = |i: usize| PI * (2.0 * u[i] - 1.0);
        let (first, second) = (sin(x(0)), sin(x(1)));
        first + 7.0 * second * second + 0.1 * x(2) * x(2) * x(2) * x(2) * first
    },
    inputs: 3,
    range: (-10.75, 17.75),
    variance: 13.844_588,
    first: &[0.313_905, 0.442_411, 0.0],
    total: &[0.557_589, 0.442_411, 0.243_684],
};

const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Sobol's G with a = 0, 1, 4.5, 9 and four times 99.
const G: TrueIndices = TrueIndices {
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

fn played(known: &TrueIndices, luck: Luck, rows: usize, seed: u32) -> Columns {
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
struct Held {
    name: String,
    truth: f64,
    count: u32,
    estimates: Moments,
}

impl Held {
    fn new(name: String, truth: f64) -> Self {
        Self { name, truth, count: 0, estimates: Moments::default() }
    }

    /// What is not told does not miss.
    fn add(&mut self, estimate: Option<Estimate>) {
        if let Some(Estimate { value, interval }) = estimate {
            self.estimates.add(value);
            assert!(interval.low < interval.high, "{}: {interval:?}", self.name);
            self.count += u32::from(interval.contains(self.truth));
        } else {
            self.count += 1;
        }
    }
}

/// Checks over 500 seeds that each interval holds in 93 % or more, all that are clearly above zero together in
/// at most 97 %, and that the estimates are not biased.
fn holds(known: &TrueIndices, luck: Luck, rows: usize, single: bool) {
    let resampling = Resampling::new(20_170_903, rows, 400);
    let (low, high) = known.range;
    let (range, scale) = match luck {
        Luck::Without => (None, 1.0),
        Luck::Coin => (Some(1.0), (high - low) * (high - low)),
    };
    let variance = known.variance / scale;
    let mut all = vec![Held::new("V".to_owned(), variance)];
    for (at, (first, total)) in known.first.iter().zip(known.total).enumerate() {
        let parts =
            [("V", first * variance), ("VT", total * variance), ("S", *first), ("ST", *total)];
        all.extend(parts.map(|(name, truth)| Held::new(format!("{name}{}", at + 1), truth)));
    }
    for seed in 0..500 {
        let columns = played(known, luck, rows, seed);
        let found = SobolIndices::of(&columns.plays(single), range, &resampling, 0.95);
        let found = found.expect("there are enough rows");
        let groups = found.groups.iter();
        let groups = groups.flat_map(|own| [Some(own.first), Some(own.total), own.s1, own.st]);
        let given = std::iter::once(Some(found.variance)).chain(groups);
        all.iter_mut().zip(given).for_each(|(held, estimate)| held.add(estimate));
    }
    let (mut clear, mut sum) = (0.0, 0.0);
    for held in &all {
        let share = f64::from(held.count) / 500.0;
        let (mean, sd) = (held.estimates.mean().unwrap(), held.estimates.sd().unwrap());
        println!(
            "{} {luck:?}, {rows} rows, {}: {share:.3}, told {} times, {mean:.5} of {:.5}",
            known.name,
            held.name,
            held.estimates.n(),
            held.truth,
        );
        assert!(share >= 0.93, "{}: {share}", held.name);
        if held.truth > 3.0 * sd {
            clear += 1.0;
            sum += share;
        }
        // Ratios, and what is told only sometimes, are biased by being chosen; bins hide up to 1.5 %.
        if held.name.starts_with('V') {
            let hidden = if single { 0.015 * held.truth } else { 0.0 };
            let error = 3.5 * sd / 500f64.sqrt() + hidden;
            assert!((mean - held.truth).abs() < error, "{}: {mean} of {}", held.name, held.truth);
        }
    }
    println!("{clear} clearly above zero, held in {:.3}", sum / clear);
    assert!(clear == 0.0 || sum / clear <= 0.97, "{}", sum / clear);
}

#[test]
fn indices_of_ishigami_hold_without_luck() {
    holds(&ISHIGAMI, Luck::Without, 1_024, true);
}

#[test]
fn indices_of_ishigami_hold_with_luck() {
    holds(&ISHIGAMI, Luck::Coin, 1_024, true);
}

#[test]
fn indices_of_g_hold_without_luck() {
    holds(&G, Luck::Without, 1_024, true);
}

#[test]
fn indices_of_g_hold_with_luck() {
    holds(&G, Luck::Coin, 1_024, true);
}

#[test]
fn indices_of_groups_hold() {
    holds(&ISHIGAMI, Luck::Without, 1_024, false);
    holds(&ISHIGAMI, Luck::Coin, 1_024, false);
}

#[test]
fn indices_of_ishigami_hold_with_4_096_rows() {
    holds(&ISHIGAMI, Luck::Without, 4_096, true);
    holds(&ISHIGAMI, Luck::Coin, 4_096, true);
}

#[test]
fn indices_of_g_hold_with_4_096_rows() {
    holds(&G, Luck::Without, 4_096, true);
    holds(&G, Luck::Coin, 4_096, true);
}
