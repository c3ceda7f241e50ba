//! The difference of two shares that were counted in different trials.

use super::Interval;
use super::interval::{deviate, wilson_at};

/// How often something was counted in two groups of trials that have none in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoShares {
    /// How many trials of the first group have it.
    pub hits_a: u64,
    /// How many trials the first group has.
    pub n_a: u64,
    /// How many trials of the second group have it.
    pub hits_b: u64,
    /// How many trials the second group has.
    pub n_b: u64,
}

impl TwoShares {
    /// The share of the first group less that of the second, in -1..=1; `None` if a group is empty.
    pub fn difference(&self) -> Option<f64> {
        let share = |hits: u64, n: u64| (n > 0).then(|| hits as f64 / n as f64);
        Some(share(self.hits_a, self.n_a)? - share(self.hits_b, self.n_b)?)
    }

    /// The interval for the difference, within -1..=1, when `comparisons` of them are to hold at once
    /// with probability `level` (Bonferroni). It always holds [`TwoShares::difference`]. If a group is
    /// empty, it is -1..1.
    ///
    /// With the score intervals `l..u` of both shares `a` and `b`, it reaches from
    /// `a - b - sqrt((a - l_a)² + (u_b - b)²)` to `a - b + sqrt((u_a - a)² + (b - l_b)²)`.
    ///
    /// Source: Newcombe 1998, "Interval estimation for the difference between independent proportions:
    /// comparison of eleven methods", Statistics in Medicine 17, method 10.
    ///
    /// # Panics
    /// If hits exceed trials, `level` is not strictly between 0 and 1, or there are no comparisons.
    ///
    /// ```
    /// use demarche::stats::TwoShares;
    ///
    /// // The first example of the source: 56 of 70 against 48 of 80.
    /// let found = TwoShares { hits_a: 56, n_a: 70, hits_b: 48, n_b: 80 }.interval(0.95, 1);
    /// assert!((found.low - 0.0524).abs() < 1e-4 && (found.high - 0.3339).abs() < 1e-4);
    /// ```
    pub fn interval(&self, level: f64, comparisons: u64) -> Interval {
        let z = deviate(level, comparisons);
        let (a, b) = (wilson_at(self.hits_a, self.n_a, z), wilson_at(self.hits_b, self.n_b, z));
        let Some(difference) = self.difference() else {
            return Interval { low: -1.0, high: 1.0 };
        };
        let share_a = self.hits_a as f64 / self.n_a as f64;
        let share_b = self.hits_b as f64 / self.n_b as f64;
        let root = |x: f64, y: f64| (x * x + y * y).sqrt();
        Interval {
            low: (difference - root(share_a - a.low, b.high - share_b)).max(-1.0),
            high: (difference + root(a.high - share_a, share_b - b.low)).min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the source, table II, method 10.
    #[test]
    fn intervals_are_those_of_the_source() {
        for (hits_a, n_a, hits_b, n_b, low, high) in [
            (56, 70, 48, 80, 0.0524, 0.3339),
            (9, 10, 3, 10, 0.1705, 0.8090),
            (6, 7, 2, 7, 0.0582, 0.8062),
            (5, 56, 0, 29, -0.0381, 0.1926),
            (0, 10, 0, 20, -0.1611, 0.2775),
            (0, 10, 0, 10, -0.2775, 0.2775),
            (10, 10, 0, 20, 0.6791, 1.0),
            (10, 10, 0, 10, 0.6075, 1.0),
        ] {
            let found = TwoShares { hits_a, n_a, hits_b, n_b }.interval(0.95, 1);
            let near = |found: f64, truth: f64| (found - truth).abs() < 6e-5;
            assert!(near(found.low, low) && near(found.high, high), "{hits_a}/{n_a}: {found:?}");
        }
    }

    #[test]
    fn swapping_the_groups_turns_the_interval_round() {
        let own = TwoShares { hits_a: 17, n_a: 40, hits_b: 4, n_b: 90 };
        let swapped = TwoShares { hits_a: 4, n_a: 90, hits_b: 17, n_b: 40 };
        for comparisons in [1, 7, 100_000] {
            let (a, b) = (own.interval(0.95, comparisons), swapped.interval(0.95, comparisons));
            assert!((a.low + b.high).abs() < 1e-15 && (a.high + b.low).abs() < 1e-15);
            assert!(a.contains(own.difference().expect("two groups")));
        }
        let narrow = own.interval(0.95, 1);
        let wide = own.interval(0.95, 100);
        assert!(wide.low < narrow.low && wide.high > narrow.high);
        let empty = TwoShares { hits_a: 0, n_a: 0, ..own };
        assert_eq!(empty.interval(0.95, 1), Interval { low: -1.0, high: 1.0 });
        assert_eq!(empty.difference(), None);
    }

    /// How often the interval misses, over all counts that two groups of 40 and 200 may have.
    #[test]
    fn it_misses_about_as_often_as_it_may() {
        let (n_a, n_b) = (40_u64, 200_u64);
        let chances = |n: u64, p: f64| -> Vec<f64> {
            let mut all = vec![1.0];
            for _ in 0..n {
                let mut next = vec![0.0; all.len() + 1];
                for (hits, chance) in all.iter().enumerate() {
                    next[hits] += chance * (1.0 - p);
                    next[hits + 1] += chance * p;
                }
                all = next;
            }
            all
        };
        let mut worst = 0.0_f64;
        for (p, q) in [(0.5, 0.5), (0.2, 0.05), (0.9, 0.6), (0.05, 0.3), (0.98, 0.9), (0.3, 0.3)] {
            let (of_a, of_b) = (chances(n_a, p), chances(n_b, q));
            let mut missed = 0.0;
            for (hits_a, a) in of_a.iter().enumerate() {
                for (hits_b, b) in of_b.iter().enumerate() {
                    let shares =
                        TwoShares { hits_a: hits_a as u64, n_a, hits_b: hits_b as u64, n_b };
                    if a * b > 1e-12 && !shares.interval(0.95, 1).contains(p - q) {
                        missed += a * b;
                    }
                }
            }
            worst = worst.max(missed);
        }
        assert!((0.03..0.07).contains(&worst), "{worst}");
    }
}
