//! The interval of a variance between bins.

use super::bin_mean::{BinMean, middle, within};
use crate::numeric::{exp, ln, noncentral_chi_squared_cdf, normal_quantile, student_quantile};
use crate::stats::Interval;
use crate::stats::interval::tail;

/// A kind of observation that is unseen has at most the share with which it would stay unseen this often.
const UNSEEN: f64 = 0.05;
/// What the variance of all bins together counts for in that of one, in observations.
const SHRINKING: f64 = 0.5;
/// The most steps in which a noncentrality is searched.
const MOST_STEPS: u32 = 100;

/// What the interval goes by: how much bins differ, and how much of that may be noise.
#[derive(Default)]
struct Differences {
    /// The sum of the bins' squared deviations from their middle.
    between: f64,
    /// The same, each times the variance of the bin's mean.
    uncertain: f64,
    /// The squares of the latter, each over the degrees of freedom by which the variance is known.
    known_by: f64,
    /// The sum of the variances of the bins' means.
    variances: f64,
    /// The same by the variance within all bins together, if there is any.
    noise: f64,
}

impl Differences {
    fn of(bins: &[BinMean], range: f64) -> Self {
        let (middle, pooled) = (middle(bins), within(bins));
        let mut sums = Self::default();
        for bin in bins {
            let n = bin.n as f64;
            let own = (bin.squares + SHRINKING * pooled) / (n - 1.0 + SHRINKING);
            // Equal observations do not mean that there are no others: half of one more, as far away as
            // can be.
            let least = if bin.squares == 0.0 { 0.5 * range * range / n } else { 0.0 };
            let own = own.max(least) / n;
            let away = (bin.mean - middle) * (bin.mean - middle);
            sums.between += away;
            sums.uncertain += own * away;
            sums.known_by += own * away * own * away / (n - 1.0).max(0.5);
            sums.variances += own;
            sums.noise += if pooled > 0.0 { pooled / n } else { own };
        }
        sums
    }

    /// The variance of a bin's mean, as it matters for their differences. It is estimated from the bins that
    /// differ, which may be few, so Student's distribution stands for the normal one.
    fn scale(&self, bins: f64, outside: f64) -> f64 {
        if self.between == 0.0 {
            return self.variances / bins;
        }
        let degrees = self.uncertain * self.uncertain / self.known_by;
        let ratio = student_quantile(outside, degrees) / normal_quantile(outside);
        self.uncertain / self.between * ratio * ratio
    }
}

/// The interval for the variance between bins, of which none is empty; `range` is the largest difference
/// that observations can have. `None` if all were equal and the range is zero.
pub(super) fn interval(bins: &[BinMean], range: f64, level: f64) -> Option<Interval> {
    let (all, outside, pooled) = (bins.len() as f64, tail(level, 1), within(bins));
    let differences = Differences::of(bins, range);
    if differences.variances == 0.0 {
        return None;
    }
    let scale = differences.scale(all, outside);
    let degrees = (differences.noise * (1.0 - 1.0 / all) / scale).max(0.5);
    let seen = differences.between / scale;
    let low = noncentrality(seen, degrees, 1.0 - outside);
    // Bins that differ by less than their noise would have an upper end of zero, as if that were known.
    let high = noncentrality(seen.max(degrees), degrees, outside);
    let variance = |noncentrality: f64| scale * noncentrality / all;
    let observations: f64 = bins.iter().map(|bin| bin.n as f64).sum();
    let rare = 1.0 - exp(ln(UNSEEN) / observations);
    let least = if pooled == 0.0 { rare * (1.0 - rare) * range * range } else { 0.0 };
    Some(Interval { low: variance(low), high: variance(high).max(least) + hidden(bins, pooled) })
}

/// The noncentrality at which a value of at most `seen` has the probability `share`; zero if it has a
/// smaller one already without.
fn noncentrality(seen: f64, degrees: f64, share: f64) -> f64 {
    let above =
        |noncentrality: f64| noncentral_chi_squared_cdf(seen, degrees, noncentrality) > share;
    if !above(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, seen + degrees);
    while above(high) {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..MOST_STEPS {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high || high - low <= 1e-10 * high {
            break;
        }
        *(if above(middle) { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

/// The most that a curve may vary within its bins, which their means do not show, as judged by the changes
/// from each bin's left neighbour to its right one.
///
/// A straight line that changes by `c` from neighbour to neighbour varies by `c² / 48` within the bin; twice
/// that is allowed for. Beside, the largest change may be a cliff in the middle of a bin, which would make
/// it vary by `c² / 4`. What noise makes of changes is taken out.
pub(super) fn hidden(bins: &[BinMean], pooled: f64) -> f64 {
    let (mut slopes, mut cliff) = (0.0, 0.0f64);
    for near in bins.windows(3) {
        let change = (near[2].mean - near[0].mean).abs();
        let noise = pooled / near[2].n as f64 + pooled / near[0].n as f64;
        slopes += change * change - noise;
        cliff = cliff.max(change - 2.0 * noise.sqrt());
    }
    (slopes.max(0.0) / 24.0 + cliff * cliff / 4.0) / bins.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With equal bins, the ends are where the noncentral chi-squared distribution with one degree less
    /// than there are bins leaves the half of what is missed.
    #[test]
    fn equal_bins_have_one_degree_less() {
        let bins: Vec<BinMean> = (0..20)
            .map(|at| BinMean {
                n: 5_000,
                mean: if at < 10 { 0.3 } else { 0.4 },
                squares: 4_999.0 * 0.2,
            })
            .collect();
        let Interval { low, high } = interval(&bins, 1.0, 0.95).unwrap();
        let (seen, per) = (20.0 * 0.0025 / (0.2 / 5_000.0), 5_000.0 / 0.2 * 20.0);
        let missed = noncentral_chi_squared_cdf(seen, 19.0, low * per);
        assert!((missed - 0.975).abs() < 1e-4, "{missed}");
        let missed = noncentral_chi_squared_cdf(seen, 19.0, (high - hidden(&bins, 0.2)) * per);
        assert!((missed - 0.025).abs() < 1e-4, "{missed}");
    }

    #[test]
    fn what_is_always_the_same_is_not_certain() {
        let always = vec![BinMean { n: 10, mean: 1.0, squares: 0.0 }; 20];
        // One observation in 67 may be of a kind that was not seen.
        let rare = 0.014_867;
        let Interval { low, high } = interval(&always, 1.0, 0.95).unwrap();
        assert!(low == 0.0 && (high - rare * (1.0 - rare)).abs() < 1e-6, "{high}");
        assert_eq!(interval(&always, 0.0, 0.95), None);
    }

    #[test]
    fn a_cliff_within_a_bin_is_allowed_for() {
        // Half of the eleventh of twenty bins is above the cliff: it hides a quarter over twenty.
        let mean = |at: usize| [0.0, 0.5, 1.0][usize::from(at >= 10) + usize::from(at > 10)];
        let bins: Vec<BinMean> = (0..20)
            .map(|at| BinMean {
                n: 100,
                mean: mean(at),
                squares: if at == 10 { 25.0 } else { 0.0 },
            })
            .collect();
        let found = hidden(&bins, 0.0);
        assert!((0.0125..0.017).contains(&found), "{found}");
        assert!(interval(&bins, 1.0, 0.95).unwrap().contains(0.249_375), "{bins:?}");
    }

    /// Two bins of four observations, whose range is three, by hand.
    #[test]
    fn differences_are_summed_as_by_hand() {
        let bins =
            [BinMean { n: 4, mean: 0.0, squares: 0.0 }, BinMean { n: 4, mean: 1.0, squares: 6.0 }];
        let found = Differences::of(&bins, 3.0);
        // The first has at least half of one observation three away, 9/8, more than 1/7; the second
        // (6 + 1/2) / 3.5, as the variance of both is 1. Over four, for a mean.
        let own = [9.0 / 32.0, 13.0 / 28.0];
        let close = |found: f64, wanted: f64, what: &str| {
            assert!((found - wanted).abs() < 1e-14, "{what}: {found}, not {wanted}");
        };
        close(found.between, 0.5, "both are a half away from their middle");
        close(found.uncertain, 0.25 * (own[0] + own[1]), "uncertain");
        let known_by = (own[0] * own[0] + own[1] * own[1]) / 16.0 / 3.0;
        close(found.known_by, known_by, "known by");
        close(found.variances, own[0] + own[1], "variances");
        close(found.noise, 0.5, "a quarter for each bin");
        // Where nothing varies within bins, their noise is what is allowed for.
        let equal = [bins[0], BinMean { squares: 0.0, ..bins[1] }];
        let found = Differences::of(&equal, 1.0);
        close(found.variances, 2.0 * 0.5 / 16.0, "variances of equal observations");
        close(found.noise, found.variances, "noise of equal observations");
    }

    #[test]
    fn in_a_unit_ten_times_as_small_a_variance_is_a_hundred_times_as_large() {
        let always = vec![BinMean { n: 10, mean: 1.0, squares: 0.0 }; 20];
        let [one, ten] = [1.0, 10.0].map(|range| interval(&always, range, 0.95).unwrap().high);
        assert!((ten - 100.0 * one).abs() < 1e-12, "{ten} and {one}");
        // One observation in 67 may be of a kind that was not seen.
        let rare = 0.014_867;
        assert!((ten - 100.0 * rare * (1.0 - rare)).abs() < 1e-4, "{ten}");
    }
}
