//! The intervals of a split: how far the true parts may be from the estimates.

use super::sums::{Group, Sums};
use crate::numeric::student_quantile;
use crate::stats::interval::tail;
use crate::stats::{Interval, wilson};

/// The largest variance of something that either happens or does not.
pub(super) const MOST: f64 = 0.25;

/// The intervals of a split.
pub(super) struct Bounds {
    pub share: Interval,
    pub chance: Interval,
    pub not_knowing: Interval,
    /// The interval of not knowing over the total.
    pub fraction: Interval,
}

impl Bounds {
    /// The intervals for at least two draws; groups ascend and none is empty.
    pub fn of(groups: &[Group], sums: Sums, level: f64) -> Self {
        let t = -student_quantile(tail(level, 1), (sums.draws - 1) as f64);
        let around = |of: fn(&Sums) -> f64, most: f64| {
            Interval::around(of(&sums), t * jackknife(groups, sums, of), 0.0, most)
        };
        let upto = |high: f64| Interval { low: 0.0, high };
        let least = wilson(sums.first as u64, sums.draws * sums.repeats, level);
        let share = around(Sums::share, 1.0).hull(least);
        if sums.draws == 2 || groups.len() == 1 {
            let part = upto(variances(share).high);
            return Self { share, chance: part, not_knowing: part, fraction: upto(1.0) };
        }
        let (chance, not_knowing) = (around(Sums::chance, MOST), around(Sums::not_knowing, MOST));
        if sums.chance() == 0.0 {
            let mixed = wilson(0, sums.draws, level).high;
            let total = variances(share);
            let chance = upto((0.5 * mixed).min(total.high));
            let rest = Interval { low: (total.low - chance.high).max(0.0), high: total.high };
            let low = (1.0 - chance.high / sums.not_knowing()).max(0.0);
            let fraction = Interval { low, high: 1.0 };
            return Self { share, chance, not_knowing: not_knowing.hull(rest), fraction };
        }
        let half = t * jackknife(groups, sums, Sums::ln_ratio);
        let fraction = if half.is_finite() {
            let end = |half: f64| sums.fraction_at(sums.ln_ratio() + half);
            Interval { low: end(-half), high: end(half) }
        } else {
            // Without one of the draws there is no chance, or nothing but chance.
            let half = t * jackknife(groups, sums, Sums::fraction);
            let half = if half.is_nan() { 1.0 } else { half };
            Interval::around(sums.fraction(), half, 0.0, 1.0)
        };
        Self { share, chance, not_knowing, fraction }
    }
}

/// The smallest and the largest `p (1 - p)` for a probability within the interval.
fn variances(p: Interval) -> Interval {
    let variance = |p: f64| p * (1.0 - p);
    let low = variance(p.low).min(variance(p.high));
    Interval { low, high: variance(0.5f64.clamp(p.low, p.high)) }
}

/// The standard error of an estimate by leaving out each draw in turn: the root of
/// `(n - 1) / n` times the sum of squares of what remains about its mean.
fn jackknife(groups: &[Group], sums: Sums, of: fn(&Sums) -> f64) -> f64 {
    let (all, n) = (of(&sums), sums.draws as f64);
    let change = |group: &Group| of(&sums.without(group.successes)) - all;
    let changes: Vec<(f64, f64)> =
        groups.iter().map(|group| (group.draws as f64, change(group))).collect();
    let mean = changes.iter().map(|(draws, change)| draws * change).sum::<f64>() / n;
    let squares: f64 =
        changes.iter().map(|(draws, change)| draws * (change - mean) * (change - mean)).sum();
    ((n - 1.0) / n * squares).sqrt()
}
