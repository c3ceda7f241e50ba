//! Differences of probabilities.

use super::{binomial, stream, uniform};
use crate::stats::{Interval, Paired};

/// The largest number of trials that are expected to differ.
const FLIPS: f64 = 60.0;

/// The intervals of all counts that have a probability worth mentioning, by how many trials differ and
/// how many of these have the outcome under `a` only.
struct Intervals {
    n: u64,
    comparisons: u64,
    all: Vec<Vec<(Interval, bool)>>,
}

impl Intervals {
    fn of(n: u64, comparisons: u64) -> Self {
        let most = n.min((FLIPS + 8.0 * FLIPS.sqrt() + 20.0) as u64);
        let interval = |only_a, differ| {
            let paired = Paired { n, both: 0, only_a, only_b: differ - only_a };
            (paired.interval(0.95, comparisons), paired.stands_out(0.95, comparisons))
        };
        let row = |differ| (0..=differ).map(|only_a| interval(only_a, differ)).collect();
        Intervals { n, comparisons, all: (0..=most).map(row).collect() }
    }

    /// The probability of a property of what is counted, where `flips` trials are expected to differ,
    /// the share `to_a` of them in favour of `a`.
    fn probability(&self, flips: f64, to_a: f64, has: impl Fn(&(Interval, bool)) -> bool) -> f64 {
        let mut sum = 0.0;
        for (differ, row) in self.all.iter().enumerate() {
            let weight = binomial(self.n, flips / self.n as f64, differ as u64);
            if weight < 1e-12 {
                continue;
            }
            let own = row.iter().enumerate().filter(|(_, found)| has(found));
            let each = own.map(|(only_a, _)| binomial(differ as u64, to_a, only_a as u64));
            sum += weight * each.sum::<f64>();
        }
        sum
    }

    /// The probability that the interval misses the true difference.
    fn missed(&self, flips: f64, to_a: f64) -> f64 {
        let truth = flips / self.n as f64 * (1.0 - 2.0 * to_a);
        // The end of an interval may be the truth, but for rounding.
        let misses = |known: Interval| truth < known.low - 1e-12 || truth > known.high + 1e-12;
        self.probability(flips, to_a, |(known, _)| misses(*known))
    }

    /// The probability that a difference of zero stands out.
    fn rejected(&self, flips: f64) -> f64 {
        self.probability(flips, 0.5, |(_, stands_out)| *stands_out)
    }

    fn promised(&self) -> f64 {
        0.05 / self.comparisons as f64
    }
}

/// An interval misses at most 0.94 of what it promises if it is the only one, and 0.79 and 0.68 if it is
/// one of 20 and of 96, from flips all one way to as many both ways. Bonett and Price's interval alone
/// misses 1.3, 5 and 14 times what it promises.
#[test]
fn joint_intervals_miss_no_more_than_they_promise_computed_exactly() {
    for comparisons in [1, 20, 96] {
        for n in [400, 10_000] {
            let intervals = Intervals::of(n, comparisons);
            let mut most = 0.0f64;
            for flips in (1..=24).map(|i| f64::from(i * i) * FLIPS / 576.0) {
                for tenths in 0..=5 {
                    let missed = intervals.missed(flips, f64::from(tenths) / 10.0);
                    most = most.max(missed / intervals.promised());
                }
            }
            println!("{comparisons} comparisons, {n} trials: {most:.3} of what is promised");
            assert!(most < 1.02, "{comparisons} comparisons, {n} trials: {most}");
        }
    }
    assert_eq!(Intervals::of(400, 1).missed(0.0, 0.5), 0.0, "policies that never differ");
}

#[test]
fn policies_that_change_nothing_stand_out_no_more_often_than_promised_computed_exactly() {
    for comparisons in [1, 45, 400] {
        let intervals = Intervals::of(1_000, comparisons);
        for flips in (1..=60).map(f64::from) {
            let rejected = intervals.rejected(flips);
            assert!(rejected <= intervals.promised() + 1e-12, "{flips} flips: {rejected}");
        }
        let most = (40..=60).map(|flips| intervals.rejected(f64::from(flips))).fold(0.0, f64::max);
        println!(
            "{comparisons} comparisons: at most {:.3} of what is promised",
            most / intervals.promised()
        );
        assert!(most > 0.3 * intervals.promised(), "the test is not idle: {most}");
    }
}

/// Over 4,000 seeds the standard error of a coverage is about 0.35 %.
#[test]
fn the_paired_interval_covers_the_difference_when_played() {
    for (case, n, flips, to_a) in
        [(0, 200u32, 0.0, 0.5), (1, 1_000, 4.0, 0.25), (2, 1_000, 30.0, 0.2), (3, 300, 50.0, 0.5)]
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
        let found = f64::from(covered) / 4e3;
        let exact = 1.0 - Intervals::of(n.into(), 1).missed(flips, to_a);
        println!("{n} trials, {flips} flips: {found}, exactly {exact}");
        assert!((found - exact).abs() < 0.014, "{found}, exactly {exact}");
    }
}
