//! How far policies are apart over several worlds, from intervals of what they are apart in each.

use super::Interval;

/// A policy in a world, by their indices.
type PolicyInWorld = (usize, usize);

/// Bounds for how far policies are apart by their lowest value over the worlds, and by their largest
/// regret, from an interval for the difference of any two values. If these intervals hold all at once,
/// so do the bounds, since each is made of them by minima and maxima alone.
pub struct WorldsApart<F> {
    /// How many policies there are.
    pub policies: usize,
    /// How many worlds.
    pub worlds: usize,
    /// An interval for the value of one policy in one world less that of another policy in another
    /// world, or in the same: each is given as policy and world.
    pub apart: F,
}

impl<F: Fn(PolicyInWorld, PolicyInWorld) -> Interval> WorldsApart<F> {
    /// The lowest value of `p` over the worlds less that of `q`.
    ///
    /// The lowest value of `p` is the least over its worlds, and what is taken away for that of `q` the
    /// most over the worlds of `q`.
    pub fn lowest(&self, p: usize, q: usize) -> Interval {
        let of = |end: fn(Interval) -> f64| {
            least(self.worlds, |own| {
                most(self.worlds, |other| end((self.apart)((p, own), (q, other))))
            })
        };
        Interval { low: of(|known| known.low), high: of(|known| known.high) }
    }

    /// By how much `p` falls short of the best policy of a world; never negative.
    pub fn regret(&self, p: usize, world: usize) -> Interval {
        let of = |end: fn(Interval) -> f64| {
            let short = |other: usize| match other == p {
                true => 0.0,
                false => end((self.apart)((other, world), (p, world))),
            };
            most(self.policies, short).max(0.0)
        };
        Interval { low: of(|known| known.low), high: of(|known| known.high) }
    }

    /// The largest regret of `p` over the worlds.
    pub fn largest_regret(&self, p: usize) -> Interval {
        let of = |end: fn(Interval) -> f64| most(self.worlds, |world| end(self.regret(p, world)));
        Interval { low: of(|known| known.low), high: of(|known| known.high) }
    }

    /// The largest regret of `q` less that of `p`, so that more is better for `p`.
    ///
    /// It is also no less than the smallest difference of `p` and `q` in one world, and no more than
    /// the largest: where `p` does better, its regret is smaller by as much.
    pub fn regret_saved(&self, p: usize, q: usize) -> Interval {
        let (own, other) = (self.largest_regret(p), self.largest_regret(q));
        let in_world = |world: usize| (self.apart)((p, world), (q, world));
        let low = least(self.worlds, |world| in_world(world).low);
        let high = most(self.worlds, |world| in_world(world).high);
        let low = low.max(other.low - own.high);
        Interval { low, high: high.min(other.high - own.low).max(low) }
    }
}

fn least(count: usize, of: impl Fn(usize) -> f64) -> f64 {
    (0..count).map(of).fold(f64::INFINITY, f64::min)
}

fn most(count: usize, of: impl Fn(usize) -> f64) -> f64 {
    (0..count).map(of).fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::robustness;

    const VALUES: [[f64; 3]; 3] = [[0.5, 0.9, 0.2], [0.6, 0.4, 0.7], [0.1, 0.3, 0.35]];

    fn exactly(error: f64) -> WorldsApart<impl Fn(PolicyInWorld, PolicyInWorld) -> Interval> {
        let apart = move |(p, w): PolicyInWorld, (q, v): PolicyInWorld| {
            let difference = VALUES[p][w] - VALUES[q][v];
            Interval { low: difference - error, high: difference + error }
        };
        WorldsApart { policies: 3, worlds: 3, apart }
    }

    #[test]
    fn intervals_without_width_give_the_metrics_themselves() {
        let values: Vec<Vec<f64>> = VALUES.iter().map(|row| row.to_vec()).collect();
        let metrics = robustness(&values, None);
        let found = exactly(0.0);
        for p in 0..3 {
            let regret = found.largest_regret(p);
            assert!((regret.low - metrics[p].largest_regret).abs() < 1e-12, "{regret:?}");
            assert!((regret.high - regret.low).abs() < 1e-12);
            for q in (0..3).filter(|q| *q != p) {
                let (lowest, saved) = (found.lowest(p, q), found.regret_saved(p, q));
                assert!((lowest.low - (metrics[p].worst - metrics[q].worst)).abs() < 1e-12);
                assert!((lowest.high - lowest.low).abs() < 1e-12);
                let expected = metrics[q].largest_regret - metrics[p].largest_regret;
                assert!(saved.low <= expected + 1e-12 && expected <= saved.high + 1e-12);
            }
        }
    }

    #[test]
    fn bounds_hold_whatever_the_values_within_the_intervals() {
        let wide = exactly(0.2);
        let metrics = robustness(&VALUES.map(|row| row.to_vec()), None);
        for p in 0..3 {
            assert!(wide.largest_regret(p).contains(metrics[p].largest_regret));
            assert!(wide.regret(p, 0).low >= 0.0);
            for q in (0..3).filter(|q| *q != p) {
                assert!(wide.lowest(p, q).contains(metrics[p].worst - metrics[q].worst));
                let saved = metrics[q].largest_regret - metrics[p].largest_regret;
                assert!(wide.regret_saved(p, q).contains(saved));
            }
        }
    }

    #[test]
    fn what_regret_is_saved_is_bounded_by_the_regrets_and_by_the_worlds() {
        // Regrets by hand: 0.5 for the first (0.2 where 0.7 is best), 0.5 for the second, 0.6 for the third.
        let found = exactly(0.01);
        for (p, q, low, high) in [
            // The regrets are known to 0.01 each; the last is no better than 0.1 worse in a world, to 0.01.
            (0, 1, -0.02, 0.02),
            (0, 2, 0.08, 0.12),
            (2, 1, -0.12, -0.09),
        ] {
            let saved = found.regret_saved(p, q);
            assert!(
                (saved.low - low).abs() < 1e-12 && (saved.high - high).abs() < 1e-12,
                "{saved:?}"
            );
        }
    }
}
