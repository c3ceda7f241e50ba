//! Which part of an uncertain outcome is chance, and which is not knowing the assumptions.

use super::interval::tail;
use super::{Interval, spread, wilson};
use crate::numeric::student_quantile;

/// The largest variance of something that either happens or does not.
const MOST: f64 = 0.25;

/// A number reckoned from draws, and the range that holds the true one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The best guess.
    pub value: f64,
    /// Where the truth lies with the stated confidence. It is cut to what can be true, so a
    /// guess that cannot, such as a variance below 0, lies outside.
    pub interval: Interval,
}

/// The variance of an outcome, split in two by draws of the assumptions that were each played
/// several times.
///
/// Each draw `i` has its own probability `p_i`, of which its repeats give a rough idea. By the law
/// of total variance the outcome of a trial varies by
///
/// ```text
/// p (1 - p)  =  E[p_i (1 - p_i)]  +  Var[p_i]
///   total          chance            not knowing
/// ```
///
/// where `p` is the mean of the `p_i`: what would remain if every assumption were known, and what
/// would go. With `x_i` the share of successes among the `M` repeats of draw `i`, the parts are
/// estimated without bias by
///
/// ```text
/// chance       =  mean of M / (M - 1) x_i (1 - x_i)
/// not knowing  =  sample variance of the x_i  -  chance / M
/// ```
///
/// The second is the variance over draws less the noise that few repeats add to it; it may come out
/// below 0 where there is little to find, and is kept so.
///
/// # Intervals
///
/// They are the delete-one jackknife over draws, with Student's t on one degree less than there are
/// draws. Draws are independent and alike while repeats of one draw are not, so the draw is what
/// has to be left out; the estimates are smooth functions of means over draws, for which the
/// jackknife is consistent whatever the distribution of the `p_i`, and where they are means or
/// variances its own variance is never too small on average. Two things are added for outcomes that
/// are nearly certain. The interval of the share is never narrower than Wilson's for as many
/// independent trials, as repeats can tell no more than those. And where all draws count the same,
/// or there are two only, the parts are known no better than the share bounds them: from 0 to the
/// largest `p (1 - p)` in its interval.
///
/// Draws that are stratified tell more of the share than the intervals allow for.
///
/// Sources: Searle, Casella & McCulloch 1992, *Variance components*, chapter 3 (the estimates);
/// Arvesen 1969, "Jackknifing U-statistics", Annals of Mathematical Statistics 40 (the jackknife
/// of variance components); Efron & Stein 1981, "The jackknife estimate of variance", Annals of
/// Statistics 9 (its bias is upwards).
///
/// ```
/// use demarche::stats::Split;
/// // Four draws of the assumptions, each played ten times.
/// let split = Split::new(&[0, 3, 5, 9], 10, 0.95).expect("two draws and two repeats are enough");
/// assert_eq!(split.share.value, 0.425);
/// assert!((split.chance.value - 0.1388).abs() < 1e-3);
/// assert!((split.not_knowing.value - 0.1286).abs() < 1e-3);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// How many draws of the assumptions there were, at least two.
    pub draws: u64,
    /// How often each was played, at least twice.
    pub repeats: u64,
    /// The probability of the outcome, whatever the draw; within 0..=1.
    pub share: Estimate,
    /// The part of the variance that is chance. The interval is within 0..=0.25; the estimate may
    /// be up to twice as large.
    pub chance: Estimate,
    /// The part of the variance that is not knowing the assumptions. The interval is within
    /// 0..=0.25; the estimate may lie below 0 or above.
    pub not_knowing: Estimate,
    /// The share of not knowing in the total, both the estimate and the interval cut to 0..=1;
    /// `None` where the outcome always or never came about, so that there is nothing to split.
    pub not_knowing_share: Option<Estimate>,
    /// Quantiles of the observed share over the draws, at [`Split::QUANTILES`], by nearest rank.
    /// They spread wider than the probability does, as few repeats add noise.
    pub raw: [f64; 5],
    /// The same with the noise removed: each drawn towards the mean so that their variance is the
    /// part that is not knowing, after Louis 1984.
    pub corrected: [f64; 5],
    pub(super) groups: Vec<Group>,
}

/// The draws with the same number of successes among their repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    pub successes: u64,
    pub draws: u64,
}

impl Split {
    /// Splits the variance by `successes`, one count for each draw, each out of `repeats`. The
    /// order of draws does not matter. `level` is the coverage of each interval, such as 0.95.
    ///
    /// `None` below two draws or two repeats, which tell nothing apart.
    ///
    /// # Panics
    /// If a count exceeds `repeats`, `level` is not strictly between 0 and 1, or there are 2^62
    /// trials or more.
    pub fn new(successes: &[u64], repeats: u64, level: f64) -> Option<Self> {
        let mut sorted = successes.to_vec();
        sorted.sort_unstable();
        let groups = sorted.chunk_by(|a, b| a == b);
        let group = |same: &[u64]| Group { successes: same[0], draws: same.len() as u64 };
        Self::of(groups.map(group).collect(), repeats, level)
    }

    /// Splits the variance by draws that were each played twice: how many of them had the outcome
    /// in neither trial, in one, and in both. It is [`Split::new`] with two repeats, for any number
    /// of draws.
    ///
    /// # Panics
    /// As [`Split::new`].
    pub fn from_pairs([neither, one, both]: [u64; 3], level: f64) -> Option<Self> {
        let groups = [(0, neither), (1, one), (2, both)]
            .map(|(successes, draws)| Group { successes, draws })
            .into_iter()
            .filter(|group| group.draws > 0);
        Self::of(groups.collect(), 2, level)
    }

    /// The variance of a single trial, within 0..=0.5: the sum of the two parts, and an estimate
    /// of `p (1 - p)` without bias.
    pub fn total(&self) -> f64 {
        self.chance.value + self.not_knowing.value
    }

    /// Ascending groups, none of them empty.
    fn of(groups: Vec<Group>, repeats: u64, level: f64) -> Option<Self> {
        let sums = Sums::of(&groups, repeats);
        if sums.draws < 2 || repeats < 2 {
            return None;
        }
        let t = -student_quantile(tail(level, 1), (sums.draws - 1) as f64);
        let around = |of: fn(&Sums) -> f64, most: f64| {
            let half = t * jackknife(&groups, sums, of);
            // A ratio of nothing leaves everything open.
            let half = if half.is_nan() { f64::INFINITY } else { half };
            Interval::around(of(&sums), half, 0.0, most)
        };
        let least = wilson(sums.first as u64, sums.draws * repeats, level);
        let share = around(Sums::share, 1.0).hull(least);
        let blind = sums.draws == 2 || groups.len() == 1;
        let open = |most: f64| Interval { low: 0.0, high: most };
        let part = |of| if blind { open(largest_variance(share)) } else { around(of, MOST) };
        let fraction = if blind { open(1.0) } else { around(Sums::fraction, 1.0) };
        let (value, not_knowing) = (sums.fraction().clamp(0.0, 1.0), sums.not_knowing());
        let shrinkage = spread::shrinkage(not_knowing, sums.variance());
        let raw = spread::quantiles(&groups, sums.draws, repeats);
        Some(Self {
            draws: sums.draws,
            repeats,
            share: Estimate { value: sums.share(), interval: share },
            chance: Estimate { value: sums.chance(), interval: part(Sums::chance) },
            not_knowing: Estimate { value: not_knowing, interval: part(Sums::not_knowing) },
            not_knowing_share: (!value.is_nan()).then_some(Estimate { value, interval: fraction }),
            raw,
            corrected: raw.map(|share| spread::shrunk(share, sums.share(), shrinkage)),
            groups,
        })
    }
}

/// The largest `p (1 - p)` for a probability within the interval.
fn largest_variance(p: Interval) -> f64 {
    let nearest = 0.5f64.clamp(p.low, p.high);
    nearest * (1.0 - nearest)
}

/// What the estimates need to know of the draws, in whole numbers, so that leaving one out is
/// exact.
#[derive(Clone, Copy)]
struct Sums {
    draws: u64,
    repeats: u64,
    /// Of successes.
    first: u128,
    /// Of their squares.
    second: u128,
}

impl Sums {
    fn of(groups: &[Group], repeats: u64) -> Self {
        let draws: u64 = groups.iter().map(|group| group.draws).sum();
        let trials = u128::from(draws) * u128::from(repeats);
        assert!(trials < 1 << 62, "{trials} trials are too many");
        let mut sums = Self { draws, repeats, first: 0, second: 0 };
        for group in groups {
            let Group { successes, draws } = *group;
            assert!(successes <= repeats, "counted {successes} of only {repeats}");
            sums.first += u128::from(draws) * u128::from(successes);
            sums.second += u128::from(draws) * u128::from(successes).pow(2);
        }
        sums
    }

    fn without(self, successes: u64) -> Self {
        Self {
            draws: self.draws - 1,
            first: self.first - u128::from(successes),
            second: self.second - u128::from(successes).pow(2),
            ..self
        }
    }

    fn share(&self) -> f64 {
        self.first as f64 / self.trials() as f64
    }

    fn chance(&self) -> f64 {
        let mixed = u128::from(self.repeats) * self.first - self.second;
        mixed as f64 / (self.trials() * u128::from(self.repeats - 1)) as f64
    }

    /// The sample variance of the observed shares.
    fn variance(&self) -> f64 {
        let squares = u128::from(self.draws) * self.second - self.first.pow(2);
        squares as f64 / self.trials() as f64 / (self.draws - 1) as f64 / self.repeats as f64
    }

    fn not_knowing(&self) -> f64 {
        self.variance() - self.chance() / self.repeats as f64
    }

    /// Not knowing over the total; NaN where nothing varies.
    fn fraction(&self) -> f64 {
        self.not_knowing() / (self.chance() + self.not_knowing())
    }

    fn trials(&self) -> u128 {
        u128::from(self.draws) * u128::from(self.repeats)
    }
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
