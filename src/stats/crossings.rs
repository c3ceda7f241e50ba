//! Where the difference between two policies, or between a share and a threshold, changes sign while a value
//! is swept.

use super::{Interval, Paired, clopper_pearson};

/// What is known of a difference at one value of what is swept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swept {
    /// The value that was set, in the units of what is swept.
    pub value: f64,
    /// The difference that was found.
    pub difference: f64,
    /// What the true difference is taken to lie within: one part of a band that holds at all swept values
    /// at once.
    pub band: Interval,
}

impl Swept {
    /// How much more often an outcome came about under the second policy than under the first, at one
    /// value. `comparisons` is the number of intervals that are to hold at once with probability `level`: at
    /// least the number of swept values.
    ///
    /// # Panics
    /// As [`Paired::interval`].
    pub fn new(value: f64, counts: &Paired, level: f64, comparisons: u64) -> Self {
        let band = counts.interval(level, comparisons);
        Self { value, difference: counts.difference(), band }
    }

    /// By how much the probability of something lies above a threshold in 0..1, at one value, from `count`
    /// hits in `n` trials: the interval is that of Clopper and Pearson, less the threshold. `comparisons` is
    /// as in [`Swept::new`].
    ///
    /// # Panics
    /// As [`clopper_pearson`].
    ///
    /// ```
    /// use demarche::stats::{Crossings, Swept, crossings};
    ///
    /// // A share of 0.1, 0.3, 0.5 … of 400 trials, against one half.
    /// let counts = [40, 120, 200, 280, 360];
    /// let at = |(value, count): (usize, &u64)| Swept::above(0.5, value as f64, *count, 400, 0.95, 5);
    /// let swept: Vec<Swept> = counts.iter().enumerate().map(at).collect();
    /// let Crossings::Within(stretches) = crossings(&swept) else { panic!("it passes one half") };
    /// assert_eq!((stretches[0].low, stretches[0].high), (1.0, 3.0));
    /// ```
    pub fn above(
        threshold: f64,
        value: f64,
        count: u64,
        n: u64,
        level: f64,
        comparisons: u64,
    ) -> Self {
        let known = clopper_pearson(count, n, level, comparisons);
        let band = Interval { low: known.low - threshold, high: known.high - threshold };
        let share = count as f64 / n.max(1) as f64;
        // Without trials nothing is found, and the whole band is open.
        let difference = if n == 0 { 0.0 } else { share - threshold };
        Self { value, difference, band }
    }

    /// The side of zero on which the true difference lies, if the band tells.
    fn told(&self) -> Option<Sign> {
        if self.band.contains(0.0) { None } else { sign(self.band.low) }
    }
}

/// A side of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Below zero.
    Negative,
    /// Above zero.
    Positive,
}

fn sign(difference: f64) -> Option<Sign> {
    if difference > 0.0 {
        return Some(Sign::Positive);
    }
    (difference < 0.0).then_some(Sign::Negative)
}

/// Where a difference changes sign.
#[derive(Clone, Debug, PartialEq)]
pub enum Crossings {
    /// All stretches of the range in which the difference crosses zero, or may; ascending, and at least
    /// one.
    Within(Vec<Crossing>),
    /// The band excludes zero at every swept value, always on the same side: no crossing in range.
    NotInRange(Sign),
    /// The band holds zero at every swept value: no crossing is told, and none is ruled out.
    NotTold,
}

/// A stretch of the range in which a difference crosses zero, or may cross it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where the difference that was found, joined by straight lines between the swept values, crosses
    /// zero; the middle one of several such places, the lower of two middle ones, and the middle of swept
    /// values at which it is exactly zero. Always there where [`Crossing::is_told`]; `None` where the
    /// difference that was found stays on one side.
    pub value: Option<f64>,
    /// The greatest swept value below the stretch at which the band excludes zero; the lowest swept value
    /// if there is none.
    pub low: f64,
    /// The least swept value above the stretch at which the band excludes zero; the highest swept value if
    /// there is none.
    pub high: f64,
    /// The side of zero on which the difference lies at `low`; `None` if the band does not tell, so that the
    /// crossing may lie below the range.
    pub before: Option<Sign>,
    /// The side of zero on which the difference lies at `high`; `None` if the band does not tell, so that the
    /// crossing may lie above the range.
    pub after: Option<Sign>,
}

impl Crossing {
    /// Whether the difference is known to lie on opposite sides of zero at `low` and at `high`, so that it
    /// crosses zero between them. Otherwise it may: at an end of the range, where only one side is told, or
    /// between two values at which it lies on the same side (there it may also just touch zero, or come
    /// near it).
    pub fn is_told(&self) -> bool {
        self.before.zip(self.after).is_some_and(|(before, after)| before != after)
    }
}

/// Where a difference changes sign, from a band around it that holds at all swept values at once.
///
/// A stretch begins at the last swept value at which the band lies on one side of zero and ends at the next
/// one at which it excludes zero again; stretches whose ends lie next to each other on the same side are
/// none. So nothing is supposed of the difference between swept values but that it has no jumps: it may
/// bend there as it likes, and sweeping more values narrows the stretch. As often as the band holds,
/// a stretch that [is told](Crossing::is_told) has a true crossing within its ends, and a difference that
/// crosses zero once in the range does so within one of the stretches, also near the ends of the range
/// (unless nothing is told at all).
///
/// Source: the set of all values that a test of zero at the level of the band does not reject (inversion
/// of a test, Lehmann & Romano 2005, *Testing Statistical Hypotheses*, section 3.5); as a set for the point
/// at which two regressions cross: Fieller 1954, "Some problems in interval estimation", Journal of the
/// Royal Statistical Society B 16.
///
/// # Panics
/// If there are no swept values, or they are not strictly ascending.
///
/// ```
/// use demarche::stats::{Crossings, Interval, Swept, crossings};
///
/// let found = |value, difference: f64| {
///     let band = Interval { low: difference - 0.05, high: difference + 0.05 };
///     Swept { value, difference, band }
/// };
/// let swept = [found(0.1, -0.2), found(0.3, -0.1), found(0.5, -0.01), found(0.7, 0.09)];
/// let Crossings::Within(stretches) = crossings(&swept) else { panic!("a sign changes") };
/// assert_eq!((stretches[0].low, stretches[0].high), (0.3, 0.7));
/// assert!(stretches[0].is_told() && (stretches[0].value.unwrap() - 0.52).abs() < 1e-9);
/// ```
pub fn crossings(swept: &[Swept]) -> Crossings {
    assert!(!swept.is_empty(), "nothing was swept");
    let ascends = swept.windows(2).all(|pair| pair[0].value < pair[1].value);
    assert!(ascends, "swept values have to ascend");
    let told: Vec<(usize, Sign)> =
        swept.iter().enumerate().filter_map(|(at, point)| Some((at, point.told()?))).collect();
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return Crossings::NotTold };
    let stretch = |low: Option<&(usize, Sign)>, high: Option<&(usize, Sign)>| {
        let from = low.map_or(0, |(at, _)| *at);
        let to = high.map_or(swept.len() - 1, |(at, _)| *at);
        Crossing {
            value: middle_zero(&swept[from..=to]),
            low: swept[from].value,
            high: swept[to].value,
            before: low.map(|(_, sign)| *sign),
            after: high.map(|(_, sign)| *sign),
        }
    };
    let mut stretches = Vec::new();
    if first.0 > 0 {
        stretches.push(stretch(None, Some(first)));
    }
    for pair in told.windows(2) {
        let ((low, before), (high, after)) = (pair[0], pair[1]);
        if high > low + 1 || before != after {
            stretches.push(stretch(Some(&pair[0]), Some(&pair[1])));
        }
    }
    if last.0 + 1 < swept.len() {
        stretches.push(stretch(Some(last), None));
    }
    if stretches.is_empty() { Crossings::NotInRange(first.1) } else { Crossings::Within(stretches) }
}

/// Where the interpolated difference changes sign: the middle one of these places.
fn middle_zero(swept: &[Swept]) -> Option<f64> {
    let mut zeros = Vec::new();
    let mut last: Option<(usize, Sign)> = None;
    for (at, point) in swept.iter().enumerate() {
        let Some(now) = sign(point.difference) else { continue };
        if let Some((before, _)) = last.filter(|(_, before)| *before != now) {
            zeros.push(zero_between(&swept[before..=at]));
        }
        last = Some((at, now));
    }
    zeros.get(zeros.len().saturating_sub(1) / 2).copied()
}

/// The zero between two differences of opposite sign, all differences between them being zero.
fn zero_between(swept: &[Swept]) -> f64 {
    let (first, last) = (swept[0], swept[swept.len() - 1]);
    if swept.len() > 2 {
        let (from, to) = (swept[1].value, swept[swept.len() - 2].value);
        return from + 0.5 * (to - from);
    }
    let part = first.difference / (first.difference - last.difference);
    first.value + part * (last.value - first.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Swept values 0, 1, 2 … with these differences and a band of 1 around each.
    fn found(differences: &[f64]) -> Crossings {
        let point = |(at, difference): (usize, &f64)| Swept {
            value: at as f64,
            difference: *difference,
            band: Interval { low: difference - 1.0, high: difference + 1.0 },
        };
        crossings(&differences.iter().enumerate().map(point).collect::<Vec<_>>())
    }

    fn stretches(differences: &[f64]) -> Vec<Crossing> {
        match found(differences) {
            Crossings::Within(stretches) => stretches,
            Crossings::NotInRange(_) | Crossings::NotTold => Vec::new(),
        }
    }

    #[test]
    fn flat_and_clear_differences_have_no_crossing() {
        assert_eq!(found(&[0.5, -0.5, 0.0, 1.0]), Crossings::NotTold);
        assert_eq!(found(&[0.0]), Crossings::NotTold);
        assert_eq!(found(&[1.5, 3.0, 2.0]), Crossings::NotInRange(Sign::Positive));
        assert_eq!(found(&[-2.0]), Crossings::NotInRange(Sign::Negative));
    }

    #[test]
    fn a_crossing_reaches_to_where_the_band_excludes_zero() {
        use Sign::{Negative, Positive};
        let between = stretches(&[-3.0, -2.0, 2.0, 3.0]);
        let expected = |value, low, high| Crossing {
            value: Some(value),
            low,
            high,
            before: Some(Negative),
            after: Some(Positive),
        };
        assert_eq!(between, [expected(1.5, 1.0, 2.0)]);
        assert_eq!(stretches(&[-3.0, -0.5, 0.5, 0.5, 2.0]), [expected(1.5, 0.0, 4.0)]);
        let both = stretches(&[-2.0, 2.0, -2.0]);
        assert_eq!(both.len(), 2);
        assert!(both.iter().all(Crossing::is_told));
        assert_eq!((both[1].before, both[1].after), (Some(Positive), Some(Negative)));
    }

    #[test]
    fn where_a_side_is_not_told_it_may_cross() {
        let at_the_end = stretches(&[2.0, 2.0, 0.5, -0.5]);
        assert_eq!(at_the_end.len(), 1);
        assert_eq!((at_the_end[0].low, at_the_end[0].high), (1.0, 3.0));
        assert_eq!((at_the_end[0].value, at_the_end[0].after), (Some(2.5), None));
        let beyond = stretches(&[0.9, 2.0]);
        assert_eq!((beyond[0].value, beyond[0].before), (None, None));
        let touching = stretches(&[2.0, 0.5, 2.0]);
        assert_eq!((touching[0].low, touching[0].high), (0.0, 2.0));
        for stretch in [at_the_end[0], beyond[0], touching[0]] {
            assert!(!stretch.is_told());
        }
    }

    #[test]
    fn of_several_zeros_the_middle_one_is_given() {
        let value = |differences: &[f64]| stretches(differences)[0].value;
        assert_eq!(value(&[2.0, -0.5, 0.5, -2.0]), Some(1.5));
        assert_eq!(value(&[2.0, 0.0, 0.0, 0.0, -2.0]), Some(2.0));
        // Touching zero is not crossing it.
        assert_eq!(value(&[2.0, 0.0, 0.5, -2.0]), Some(2.2));
        // The lower of two middle ones, at an end of the range.
        assert_eq!(value(&[2.0, -0.5, 0.5]), Some(0.8));
    }

    #[test]
    fn a_share_passes_a_threshold_where_its_exact_interval_excludes_it() {
        let at = |value: f64, count: u64| Swept::above(0.5, value, count, 200, 0.95, 3);
        let half = at(2.0, 100);
        let own = clopper_pearson(100, 200, 0.95, 3);
        assert_eq!((half.difference, half.band.low), (0.0, own.low - 0.5));
        let Crossings::Within(found) = crossings(&[at(1.0, 60), half, at(3.0, 140)]) else {
            panic!("it passes one half");
        };
        assert_eq!((found[0].value, found[0].low, found[0].high), (Some(2.0), 1.0, 3.0));
        assert_eq!((found[0].before, found[0].after), (Some(Sign::Negative), Some(Sign::Positive)));
        let below = [at(1.0, 10), at(2.0, 60)];
        assert_eq!(crossings(&below), Crossings::NotInRange(Sign::Negative));
        let none = Swept::above(0.5, 1.0, 0, 0, 0.95, 1);
        assert_eq!(crossings(&[none]), Crossings::NotTold);
    }

    #[test]
    #[should_panic(expected = "ascend")]
    fn values_in_no_order_have_no_crossing() {
        let point = Swept { value: 1.0, difference: 0.0, band: Interval { low: 0.0, high: 0.0 } };
        crossings(&[point, point]);
    }
}
