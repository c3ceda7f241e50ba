//! The intervals of a split: how far the true parts may be from the estimates.

use super::sums::{Group, Sums};
use crate::numeric::{exp, ln, student_quantile};
use crate::stats::interval::tail;
use crate::stats::{Interval, clopper_pearson};

/// The largest variance of something that either happens or does not.
pub(super) const MOST: f64 = 0.25;
/// Intervals are computed for this part of the chance to miss, because the jackknife of few draws misses
/// a little more often than it should.
const CAREFUL: f64 = 0.8;
/// A kind of draw that is unseen has at most the share with which it would stay unseen this often.
const UNSEEN: f64 = 0.05;

/// The intervals of a split.
pub(super) struct Bounds {
    pub share: Interval,
    pub chance: Interval,
    pub not_knowing: Interval,
    /// The interval of not knowing over the total.
    pub fraction: Interval,
}

impl Bounds {
    /// The intervals for at least two draws; groups ascend and none is empty. `known` is a range for
    /// the probability from more trials than those of the draws.
    pub fn of(groups: &[Group], sums: Sums, level: f64, known: Option<Interval>) -> Self {
        let t = -student_quantile(CAREFUL * tail(level, 1), (sums.draws - 1) as f64);
        let half = |of: fn(&Sums) -> f64| t * jackknife(groups, sums, of);
        let (mean, chance) = (sums.share(), sums.chance());
        let unseen = 1.0 - exp(ln(UNSEEN) / sums.draws as f64);
        // What the draws that were seen say of their own mean.
        let least = clopper_pearson(sums.first as u64, sums.trials() as u64, level, 1);
        let half_share = half(Sums::share);
        let seen = Interval::around(mean, half_share, 0.0, 1.0).hull(least);
        let share = Interval {
            low: (mean - both(mean - seen.low, unseen * mean)).max(0.0),
            high: (mean + both(seen.high - mean, unseen * (1.0 - mean))).min(1.0),
        };
        let within = known.unwrap_or(share);
        let most = variance(0.5f64.clamp(within.low, within.high));
        let hidden = hidden(unseen, seen, within);
        let (value, error) = (sums.not_knowing(), half(Sums::not_knowing));
        let not_knowing = Interval {
            low: (value - both(error, half_share * half_share)).clamp(0.0, most),
            high: (value.max(0.0) + both(error, hidden)).min(most),
        };
        let error = half(Sums::chance);
        let chance = Interval {
            low: (chance - both(error, unseen * chance)).clamp(0.0, most),
            high: (chance + both(error, unseen * MOST)).min(most),
        };
        let part = |own: f64, other: f64, none: f64| match own + other {
            0.0 => none,
            sum => own / sum,
        };
        let [chance, not_knowing] = [chance, not_knowing].map(|own| match own.low < own.high {
            true => own,
            // The draws contradict the trials, which happens by accident.
            false => Interval { low: 0.0, high: most },
        });
        let fraction = Interval {
            low: part(not_knowing.low, chance.high, 0.0),
            high: part(not_knowing.high, chance.low, 1.0),
        };
        Self { share, chance, not_knowing, fraction }
    }
}

/// The error that two independent ones add up to.
fn both(a: f64, b: f64) -> f64 {
    (a * a + b * b).sqrt()
}

/// The variance of something that happens with this probability.
pub(super) fn variance(p: f64) -> f64 {
    p * (1.0 - p)
}

/// The variance that a kind of draw adds which is a share of at most `unseen` of all draws, is not
/// among those that were played, and has the outcome always or never. `seen` holds the mean of the
/// draws that were played and `within` that of all, so a kind of draw that would move the mean further
/// is ruled out.
fn hidden(unseen: f64, seen: Interval, within: Interval) -> f64 {
    let added = |from: f64, to: f64| {
        // A share x of draws at 1 moves a mean m to m + x (1 - m); those at 0 are the mirror image.
        let room = if from < 1.0 { ((to - from) / (1.0 - from)).max(0.0) } else { 0.0 };
        variance(unseen.min(room)) * (1.0 - from) * (1.0 - from)
    };
    added(seen.low, within.high).max(added(1.0 - seen.high, 1.0 - within.low))
}

/// The standard error of an estimate by leaving out each draw in turn: the root of
/// `(n - 1) / n` times the sum of squares of what remains about its mean.
fn jackknife(groups: &[Group], sums: Sums, of: fn(&Sums) -> f64) -> f64 {
    if sums.draws < 3 {
        return f64::INFINITY;
    }
    let (all, n) = (of(&sums), sums.draws as f64);
    let change = |group: &Group| of(&sums.without(group.successes)) - all;
    let changes: Vec<(f64, f64)> =
        groups.iter().map(|group| (group.draws as f64, change(group))).collect();
    let mean = changes.iter().map(|(draws, change)| draws * change).sum::<f64>() / n;
    let squares: f64 =
        changes.iter().map(|(draws, change)| draws * (change - mean) * (change - mean)).sum();
    ((n - 1.0) / n * squares).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unseen_draws_hide_is_that_of_the_farther_end() {
        let of = |low, high| Interval { low, high };
        let hides = |unseen, seen, within, wanted: f64| {
            let found = hidden(unseen, seen, within);
            assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted}");
        };
        // A tenth of draws at 1 moves a mean of 0.2 within 0.5: 0.09 × 0.8².
        hides(0.1, of(0.2, 0.4), of(0.1, 0.5), 0.0576);
        // There is room for 3/8 of them: 15/64 × 0.8².
        hides(0.5, of(0.2, 0.4), of(0.1, 0.5), 0.15);
        // A tenth of draws at 0 moves a mean of 0.9 within 0.5: 0.09 × 0.9².
        hides(0.1, of(0.6, 0.9), of(0.5, 0.95), 0.0729);
        // There is room for one in nine of them: 8/81 × 0.9².
        hides(0.5, of(0.7, 0.9), of(0.8, 0.75), 0.08);
        hides(0.5, of(1.0, 1.0), of(1.0, 1.0), 0.0);
    }

    #[test]
    fn errors_add_up_by_their_squares() {
        assert_eq!((both(3.0, 4.0), variance(0.2)), (5.0, 0.16000000000000003));
    }
}
