//! The interval of a variance between bins.

use super::point::{Point, middle, within};
use crate::numeric::{exp, ln, noncentral_chi_squared_cdf, normal_quantile, student_quantile};
use crate::stats::Interval;
use crate::stats::interval::tail;

/// A kind of observation that is unseen has at most the share with which it would stay unseen this often.
const UNSEEN: f64 = 0.05;
/// What the variance of all bins together counts for in that of one, in observations.
const SHRINKING: f64 = 0.5;
/// The most steps in which a noncentrality is searched.
const MOST_STEPS: u32 = 100;

/// The interval for the variance between bins, of which none is empty; `range` is the largest difference
/// that observations can have. `None` if all were equal and the range is zero.
pub(super) fn interval(bins: &[Point], range: f64, level: f64) -> Option<Interval> {
    let (middle, pooled) = (middle(bins), within(bins));
    let unseen = range * range / 2.0;
    let mut sums = [0.0; 4];
    let mut noise = 0.0;
    for bin in bins {
        let n = bin.n as f64;
        let own = (bin.squares + SHRINKING * pooled) / (n - 1.0 + SHRINKING);
        // Equal observations do not mean that there are no others: half of one more, as far away as can be.
        let own = if bin.squares == 0.0 { own.max(unseen / n) } else { own };
        let away = (bin.mean - middle) * (bin.mean - middle);
        let uncertain = own / n * away;
        let each = [away, uncertain, own / n, uncertain * uncertain / (n - 1.0).max(0.5)];
        sums.iter_mut().zip(each).for_each(|(sum, own)| *sum += own);
        noise += if pooled > 0.0 { pooled } else { own } / n;
    }
    let [between, weighted, plain, fourth] = sums;
    let all = bins.len() as f64;
    let outside = tail(level, 1);
    let scale = if between > 0.0 {
        // It is estimated from the bins that matter, which may be few.
        let known_by = weighted * weighted / fourth;
        let ratio = student_quantile(outside, known_by) / normal_quantile(outside);
        weighted / between * ratio * ratio
    } else {
        plain / all
    };
    if scale == 0.0 {
        return None;
    }
    let degrees = (noise * (1.0 - 1.0 / all) / scale).max(0.5);
    let seen = between / scale;
    let low = noncentrality(seen, degrees, 1.0 - outside);
    // Bins that differ by less than their noise would have an upper end of zero, as if that were known.
    let high = noncentrality(seen.max(degrees), degrees, outside);
    let variance = |noncentrality: f64| scale * noncentrality / all;
    let total: f64 = bins.iter().map(|bin| bin.n as f64).sum();
    let rare = 1.0 - exp(ln(UNSEEN) / total);
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
fn hidden(bins: &[Point], pooled: f64) -> f64 {
    let (mut slopes, mut cliff) = (0.0, 0.0f64);
    for near in bins.windows(3) {
        let change = (near[2].mean - near[0].mean).abs();
        let noise = pooled / near[2].n as f64 + pooled / near[0].n as f64;
        slopes += change * change - noise;
        cliff = cliff.max(change - 2.0 * noise.sqrt());
    }
    (slopes.max(0.0) / 24.0 + cliff * cliff / 4.0) / bins.len() as f64
}
