//! Mean and standard deviation of a column, in one pass.

use serde::{Deserialize, Serialize};

use super::folding::GroupSums;

/// The number, mean, standard deviation, smallest and largest of a stream of finite values.
///
/// Values are summed as deviations from the first one (the shifted data algorithm), in compensated
/// sums. So a constant column gives exactly that constant and a deviation of exactly 0, a mean far
/// from zero costs no digits of the deviation, and the error of the mean is about one unit in the
/// last place of the largest value, however many there are.
///
/// Deviations are squared, which would lose those beyond 1e154 and below 1e-154. So where a column
/// holds such deviations, it is summed in another unit, a power of two: the mean of finite values is
/// always finite, and the deviation right over the whole range of numbers. A deviation that is itself
/// beyond the largest number is given as that number.
///
/// Sources: Chan, Golub & LeVeque 1983, "Algorithms for computing the sample variance", The
/// American Statistician 37; Knuth, The Art of Computer Programming, volume 2, section 4.2.2 (the
/// exact sum of two numbers); Blue 1978, "A portable Fortran program to find the Euclidean norm of a
/// vector", ACM Transactions on Mathematical Software 4 (sums of squares in several units).
///
/// ```
/// let mut moments = demarche::stats::Moments::default();
/// moments.add_all(&[1.0, 2.0, 3.0]);
/// assert_eq!((moments.mean(), moments.sd()), (Some(2.0), Some(1.0)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    n: u64,
    anchor: f64,
    /// The unit of the two sums.
    unit: SumUnit,
    deviations: Sum,
    squares: Sum,
    min: f64,
    max: f64,
}

/// The unit of a sum of deviations; squares are summed in its square.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum SumUnit {
    /// 2⁻⁶⁰⁰, where no deviation is ordinary and all are small.
    Tiny,
    /// 1: nearly always.
    #[default]
    One,
    /// 2⁶⁰⁰, where a deviation is large.
    Huge,
}

/// The smallest deviation whose square is summed in the unit 1, unless there are larger ones too: the
/// square has all its digits.
const SMALL: f64 = f64::from_bits((1023 - 480) << 52);
/// The largest deviation whose square is summed in the unit 1: 2⁴⁰ of them do not overflow.
const LARGE: f64 = f64::from_bits((1023 + 480) << 52);
/// How many values of a group are summed side by side.
const LANES: usize = 8;
/// How many values each lane sums before these sums are added, with compensation, to those before.
const RUN: usize = 16;
/// 2⁻⁶⁰⁰ and 2⁶⁰⁰.
const DOWN: f64 = f64::from_bits((1023 - 600) << 52);
const UP: f64 = f64::from_bits((1023 + 600) << 52);

impl SumUnit {
    /// The unit for a single deviation. Where it overflows, it is large.
    fn of(deviation: f64) -> Self {
        match deviation.abs() {
            size if size < SMALL => SumUnit::Tiny,
            size if size <= LARGE => SumUnit::One,
            _ => SumUnit::Huge,
        }
    }

    /// The deviation of a value from an anchor in this unit.
    fn deviation(self, value: f64, anchor: f64) -> f64 {
        match self {
            SumUnit::Tiny => (value - anchor) * UP,
            SumUnit::One => value - anchor,
            SumUnit::Huge => value * DOWN - anchor * DOWN,
        }
    }

    /// The factor that turns sums in this unit into sums in a larger one.
    fn factor(self, larger: Self) -> f64 {
        match (self, larger) {
            (SumUnit::Tiny, SumUnit::One) | (SumUnit::One, SumUnit::Huge) => DOWN,
            // Nothing is left of what is that small.
            (SumUnit::Tiny, SumUnit::Huge) => 0.0,
            (SumUnit::Tiny | SumUnit::One | SumUnit::Huge, _) => 1.0,
        }
    }
}

impl Moments {
    /// The moments of a group of finite values, several times as fast as adding them one by one: value
    /// i goes to lane i mod 8, and the lanes are combined in their order. So the last bits depend on where
    /// a group begins and ends, but neither on threads nor on the processor.
    ///
    /// Each lane adds deviations as they are, sixteen at a time, and these sums with compensation. So the
    /// error of the mean is at most 10 · 2⁻⁵³ of the largest deviation, and that of the sum of squares
    /// 19 · 2⁻⁵³ of this sum, but for terms of 2⁻¹⁰⁶, however many values there are; nearly always it is
    /// far less.
    pub fn of_group(values: &[f64]) -> Self {
        let Some(&anchor) = values.first() else { return Moments::default() };
        let (mut deviations, mut squares) = (LaneSums::default(), LaneSums::default());
        let (mut min, mut max) = ([anchor; LANES], [anchor; LANES]);
        for run in values.chunks(LANES * RUN) {
            let (whole, rest) = run.as_chunks::<LANES>();
            let (mut near, mut far) = ([0.0; LANES], [0.0; LANES]);
            let mut note = |values: &[f64; LANES]| {
                for lane in 0..LANES {
                    let deviation = values[lane] - anchor;
                    near[lane] += deviation;
                    far[lane] += deviation * deviation;
                }
                for lane in 0..LANES {
                    let value = values[lane];
                    min[lane] = if value < min[lane] { value } else { min[lane] };
                    max[lane] = if value > max[lane] { value } else { max[lane] };
                }
            };
            whole.iter().for_each(&mut note);
            if !rest.is_empty() {
                // What does not deviate adds nothing.
                let mut last = [anchor; LANES];
                last[..rest.len()].copy_from_slice(rest);
                note(&last);
            }
            deviations.add(&near);
            squares.add(&far);
        }
        let min = min.into_iter().fold(anchor, |a, b| if b < a { b } else { a });
        let max = max.into_iter().fold(anchor, |a, b| if b > a { b } else { a });
        let deviation = (max - anchor).max(anchor - min);
        if deviation == 0.0 || SumUnit::of(deviation) == SumUnit::One {
            let (deviations, squares) = (deviations.sum(), squares.sum());
            let n = values.len() as u64;
            return Moments { n, anchor, unit: SumUnit::One, deviations, squares, min, max };
        }
        let mut moments = Moments::default();
        moments.add_all(values);
        moments
    }

    /// The moments of a column of zeros and ones, by how many there are of each.
    pub fn of_zeros_and_ones(zeros: u64, ones: u64) -> Self {
        if zeros + ones == 0 {
            return Moments::default();
        }
        let sum = Sum { high: ones as f64, low: 0.0 };
        let [min, max] = [zeros == 0, ones > 0].map(|one| f64::from(u8::from(one)));
        Moments { n: zeros + ones, deviations: sum, squares: sum, min, max, ..Moments::default() }
    }

    /// Adds one value, which must be finite. For many, [`Moments::add_all`] is quicker.
    pub fn add(&mut self, value: f64) {
        self.add_all(&[value]);
    }

    /// Adds a column of finite values, in its order.
    pub fn add_all(&mut self, values: &[f64]) {
        let Some(&first) = values.first() else { return };
        if self.n == 0 {
            (self.anchor, self.min, self.max) = (first, first, first);
        }
        if self.unit == SumUnit::One {
            let before = *self;
            self.note(SumUnit::One, values);
            // Only afterwards is it known whether the unit fits, and nearly always it does.
            let deviation = (self.max - self.anchor).max(self.anchor - self.min);
            if deviation == 0.0 || SumUnit::of(deviation) == SumUnit::One {
                return;
            }
            *self = before;
        }
        for value in values {
            self.make_room(*value);
            self.note(self.unit, std::slice::from_ref(value));
        }
    }

    /// Adds values to sums in this unit, which fits them.
    #[inline]
    fn note(&mut self, unit: SumUnit, values: &[f64]) {
        let (mut deviations, mut squares) = (self.deviations, self.squares);
        let (mut min, mut max) = (self.min, self.max);
        for &value in values {
            debug_assert!(value.is_finite(), "moments of {value}");
            let deviation = unit.deviation(value, self.anchor);
            deviations.add(deviation);
            squares.add(deviation * deviation);
            min = if value < min { value } else { min };
            max = if value > max { value } else { max };
        }
        (self.deviations, self.squares, self.min, self.max) = (deviations, squares, min, max);
        self.n += values.len() as u64;
    }

    /// Changes the unit if the deviation of this value does not fit.
    fn make_room(&mut self, value: f64) {
        let deviation = value - self.anchor;
        if deviation != 0.0 {
            let unit = SumUnit::of(deviation);
            self.turn_into(self.needed().map_or(unit, |own| own.max(unit)));
        }
    }

    /// Adds the values of `other`, as if they had been added after the values of this one.
    ///
    /// The last bits may depend on the order of merging: merge parts in a fixed order, such as that
    /// of their trials, and the result is the same on every machine.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *other;
            return;
        }
        let mut other = *other;
        let shift = other.anchor - self.anchor;
        let of_shift = (shift != 0.0).then(|| SumUnit::of(shift));
        let unit = self.needed().max(other.needed()).max(of_shift).unwrap_or_default();
        self.turn_into(unit);
        other.turn_into(unit);
        let (shift, n) = (unit.deviation(other.anchor, self.anchor), other.n as f64);
        self.squares.merge(other.squares);
        self.squares.add(shift * (2.0 * other.deviations.value() + n * shift));
        self.deviations.merge(other.deviations);
        self.deviations.add(n * shift);
        self.min = if other.min < self.min { other.min } else { self.min };
        self.max = if other.max > self.max { other.max } else { self.max };
        self.n += other.n;
    }

    /// The unit that the sums need; none while all values are the same.
    fn needed(&self) -> Option<SumUnit> {
        (self.min < self.max).then_some(self.unit)
    }

    /// Turns the sums into a unit that is not smaller, or into any while all values are the same.
    fn turn_into(&mut self, unit: SumUnit) {
        let factor = self.unit.factor(unit);
        self.deviations = self.deviations.times(factor);
        self.squares = self.squares.times(factor).times(factor);
        self.unit = unit;
    }

    /// How many values were added.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The arithmetic mean, within `min..=max`; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        let deviation = self.deviations.value() / self.n as f64;
        let mean = match self.unit {
            SumUnit::Tiny => self.anchor + deviation * DOWN,
            SumUnit::One => self.anchor + deviation,
            SumUnit::Huge => (self.anchor * DOWN + deviation) * UP,
        };
        (self.n > 0).then(|| mean.clamp(self.min, self.max))
    }

    /// The standard deviation of the sample (divisor `n - 1`), in the unit of the values; `None`
    /// below two values.
    pub fn sd(&self) -> Option<f64> {
        let own = self.scaled_sd()?;
        Some(match self.unit {
            SumUnit::Tiny => own * DOWN,
            SumUnit::One => own,
            SumUnit::Huge => (own * UP).min(f64::MAX),
        })
    }

    /// The standard deviation in the unit of the sums.
    fn scaled_sd(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let n = self.n as f64;
        let sum = self.deviations.value();
        let variance = (self.squares.value() - sum * (sum / n)) / (n - 1.0);
        Some(variance.max(0.0).sqrt())
    }

    /// How many times larger the variance of a difference of two means would be if both were
    /// independent: the sum of the variances of `a` and `b` over that of the differences, `self`.
    /// `None` where nothing varies or there are fewer than two values, infinite where only the
    /// differences do not vary.
    pub fn variance_ratio(&self, a: &Self, b: &Self) -> Option<f64> {
        let [a, b, difference] = [a.sd()?, b.sd()?, self.sd()?];
        let largest = a.max(b).max(difference);
        // In a unit in which no square overflows or vanishes; ordinary ones are squared as they are.
        let unit = match SumUnit::of(largest) {
            SumUnit::Tiny => UP,
            SumUnit::One => 1.0,
            SumUnit::Huge => DOWN,
        };
        let square = |sd: f64| (sd * unit) * (sd * unit);
        let apart = square(a) + square(b);
        (apart > 0.0).then(|| apart / square(difference))
    }

    /// The smallest value; `None` without values.
    pub fn min(&self) -> Option<f64> {
        (self.n > 0).then_some(self.min)
    }

    /// The largest value; `None` without values.
    pub fn max(&self) -> Option<f64> {
        (self.n > 0).then_some(self.max)
    }
}

impl GroupSums for Moments {
    type Open = Vec<f64>;

    fn put(open: &mut Vec<f64>, values: &[f64]) {
        open.extend_from_slice(values);
    }

    fn of(open: &Vec<f64>) -> Self {
        Moments::of_group(open)
    }

    fn of_whole(values: &[f64]) -> Self {
        Moments::of_group(values)
    }

    fn merge(&mut self, later: &Self) {
        Moments::merge(self, later);
    }
}

/// A sum together with its rounding error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        let (high, rest) = two_sum(self.high, value);
        self.high = high;
        self.low += rest;
    }

    fn merge(&mut self, other: Self) {
        self.add(other.high);
        self.low += other.low;
    }

    fn value(self) -> f64 {
        self.high + self.low
    }

    fn times(self, factor: f64) -> Self {
        Sum { high: self.high * factor, low: self.low * factor }
    }
}

/// Sums that are made side by side, each together with its rounding error.
#[derive(Default)]
struct LaneSums {
    high: [f64; LANES],
    low: [f64; LANES],
}

impl LaneSums {
    fn add(&mut self, values: &[f64; LANES]) {
        for ((high, low), value) in self.high.iter_mut().zip(&mut self.low).zip(values) {
            let (sum, rest) = two_sum(*high, *value);
            *high = sum;
            *low += rest;
        }
    }

    /// The sum of all lanes, in their order.
    fn sum(&self) -> Sum {
        let mut all = Sum::default();
        for (high, low) in self.high.iter().zip(&self.low) {
            all.merge(Sum { high: *high, low: *low });
        }
        all
    }
}

/// The rounded sum of two numbers and exactly what was rounded away.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    let a_part = sum - b_part;
    (sum, (a - a_part) + (b - b_part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn of(values: &[f64]) -> Moments {
        let mut moments = Moments::default();
        moments.add_all(values);
        moments
    }

    /// Two passes, the second over exact deviations from the first mean.
    fn two_passes(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let rough = values.iter().sum::<f64>() / n;
        let mean = rough + values.iter().map(|x| x - rough).sum::<f64>() / n;
        let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        (mean, (squares / (n - 1.0)).sqrt())
    }

    #[test]
    fn a_constant_column_has_its_constant_as_mean_and_no_deviation() {
        for constant in [0.1, -0.3, 1e-300, 7.000_000_000_000_001e12, 1.0 / 3.0] {
            let leaf = of(&[constant; 1_024]);
            let mut all = Moments::default();
            for _ in 0..77 {
                all.merge(&leaf);
            }
            all.add(constant);
            assert_eq!(all.n(), 77 * 1_024 + 1);
            assert_eq!((all.mean(), all.sd()), (Some(constant), Some(0.0)));
            assert_eq!((all.min(), all.max()), (Some(constant), Some(constant)));
        }
    }

    #[test]
    fn nothing_has_no_mean_and_one_value_no_deviation() {
        let nothing = Moments::default();
        assert_eq!((nothing.mean(), nothing.sd()), (None, None));
        assert_eq!((nothing.min(), nothing.max()), (None, None));
        assert_eq!((of(&[2.5]).mean(), of(&[2.5]).sd()), (Some(2.5), None));
    }

    #[test]
    fn a_mean_far_from_zero_costs_no_digits() {
        let values: Vec<f64> = (0..10_000).map(|i| 1e9 + f64::from(i % 4)).collect();
        let found = of(&values);
        assert_eq!(found.mean(), Some(1e9 + 1.5));
        assert_eq!(found.sd(), Some((1.25f64 * 10_000.0 / 9_999.0).sqrt()));
    }

    #[test]
    fn a_first_value_far_from_the_others_costs_no_more_than_its_last_digits() {
        let mut values = vec![0.3; 1_000_000];
        values[0] = 1e9;
        let mean = of(&values).mean().unwrap();
        let exact = 1_000.0 + 0.3 * 0.999_999;
        assert!((mean - exact).abs() <= 1e9 * f64::EPSILON, "{mean} is not {exact}");
    }

    /// Mean and standard deviation of the values times a power of two, which must be those of the
    /// values times that power.
    fn assert_scaled(values: &[f64], exponent: i32, cut: usize) {
        let power = |exponent: i32| f64::from_bits(((1023 + exponent) as u64) << 52);
        let times = |value: f64| value * power(exponent / 2) * power(exponent - exponent / 2);
        let scaled: Vec<f64> = values.iter().map(|value| times(*value)).collect();
        let mut merged = Moments::default();
        scaled.chunks(cut).for_each(|part| merged.merge(&of(part)));
        let plain = of(values);
        let (mean, sd) = (times(plain.mean().unwrap()), times(plain.sd().unwrap()));
        for found in [of(&scaled), merged] {
            let near = |found: f64, exact: f64| (found - exact).abs() <= 1e-12 * sd.max(5e-312);
            assert!(near(found.mean().unwrap(), mean), "{found:?}: mean {mean}, 2^{exponent}");
            assert!(near(found.sd().unwrap(), sd), "{found:?}: sd {sd}, 2^{exponent}");
        }
    }

    #[test]
    fn the_size_of_the_values_does_not_matter() {
        let values = [0.3, -1.25, 0.3, 0.0, 1.5, -0.75, 1.0 / 3.0, 1.875, -1.0, 0.3];
        for exponent in (-1020..=1020).step_by(17) {
            for cut in [1, 3, 10] {
                assert_scaled(&values, exponent, cut);
            }
        }
    }

    #[test]
    fn deviations_of_all_sizes_may_stand_side_by_side() {
        // The tiny ones come first, so that the unit changes twice.
        let values = [1e-300, 3e-300, 1e-200, -2e-160, 1.0, 4.0, 1e200, -1e300, 3e300];
        let found = of(&values);
        assert!((found.mean().unwrap() / (2e300 / 9.0) - 1.0).abs() < 1e-14, "{found:?}");
        let exact = (10.0f64 - 4.0 / 9.0).sqrt() / 8.0f64.sqrt() * 1e300;
        assert!((found.sd().unwrap() / exact - 1.0).abs() < 1e-14, "{found:?}");
        for cut in 1..9 {
            let mut merged = Moments::default();
            values.chunks(cut).for_each(|part| merged.merge(&of(part)));
            assert!((merged.sd().unwrap() / exact - 1.0).abs() < 1e-14, "{merged:?}");
        }
        let small = of(&[1e-200, 2e-200, 1e-200, 2e-200]);
        assert!((small.sd().unwrap() / (1e-200 / 3f64.sqrt()) - 1.0).abs() < 1e-14, "{small:?}");
    }

    #[test]
    fn the_mean_of_finite_values_is_finite() {
        for values in [vec![f64::MAX; 1_000], vec![f64::MAX, f64::MIN, f64::MAX, f64::MIN]] {
            let found = of(&values);
            let mean = if values.len() == 4 { 0.0 } else { f64::MAX };
            assert_eq!(found.mean(), Some(mean));
            assert!(found.sd().unwrap().is_finite());
        }
        let falling = of(&[-1.7e308, 1.7e308, 1.7e308]);
        assert!((falling.mean().unwrap() / (1.7e308 / 3.0) - 1.0).abs() < 1e-14);
        assert_eq!(falling.sd(), Some(f64::MAX));
    }

    #[test]
    fn a_ratio_of_variances_does_not_depend_on_the_unit() {
        for unit in [1e-320, 1e-300, 1e-170, 1.0, 1e160, 1e300] {
            let times = |values: [f64; 4]| of(&values.map(|value| value * unit));
            let (a, b) = (times([1.0, 2.0, 3.0, 4.0]), times([2.0, 2.0, 4.0, 4.0]));
            let difference = times([1.0, 0.0, 1.0, 0.0]);
            let ratio = difference.variance_ratio(&a, &b).unwrap();
            assert!((ratio - 9.0).abs() < 1e-2, "{unit}: {ratio}");
        }
        let still = of(&[2.0, 2.0]);
        assert_eq!(still.variance_ratio(&still, &still), None);
        assert_eq!(still.variance_ratio(&of(&[1.0, 2.0]), &still), Some(f64::INFINITY));
    }

    /// Mean and standard deviation of values that are whole multiples of a unit, in exact arithmetic.
    fn exactly(values: &[f64], unit: f64) -> (f64, f64) {
        let whole: Vec<i128> = values.iter().map(|value| (value / unit) as i128).collect();
        let (n, sum) = (whole.len() as i128, whole.iter().sum::<i128>());
        let squares: i128 = whole.iter().map(|value| value * value).sum();
        let variance = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
        (sum as f64 / n as f64 * unit, variance.sqrt() * unit)
    }

    #[test]
    fn a_group_is_summed_to_the_last_digits() {
        // Skewed, far from zero, and with a first value that is the largest of all.
        let unit = 1.0 / f64::from(1u32 << 30);
        let skewed = |i: u32| f64::from(i.wrapping_mul(2_654_435_769) >> 8) * unit;
        for offset in [0.0, -3.0, 1e6] {
            for n in [1, 2, 7, 8, 9, 127, 128, 129, 1_000, 1_024, 4_096] {
                let mut values: Vec<f64> =
                    (0..n).map(|i| offset + skewed(i) * skewed(i + n).round()).collect();
                values[0] = offset + 40.0;
                let found = Moments::of_group(&values);
                assert_eq!(found.n(), u64::from(n));
                assert_eq!(found.min(), values.iter().copied().reduce(f64::min));
                assert_eq!(found.max(), values.iter().copied().reduce(f64::max));
                if n > 1 {
                    let (mean, sd) = exactly(&values, unit);
                    let error = (found.mean().unwrap() - mean).abs();
                    assert!(error <= f64::EPSILON * mean.abs().max(40.0), "{n}: {error}");
                    let error = (found.sd().unwrap() / sd - 1.0).abs();
                    assert!(error <= 1e-13, "{n} from {offset}: {error}");
                }
            }
        }
    }

    #[test]
    fn groups_of_any_size_of_deviations_are_those_of_single_values() {
        let values = [1e-300, 3e-300, 1e-200, -2e-160, 1.0, 4.0, 1e200, -1e300, 3e300, 7.0, 0.0];
        for from in 0..values.len() {
            for to in from..=values.len() {
                let (group, single) = (Moments::of_group(&values[from..to]), of(&values[from..to]));
                let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                    (Some(a), Some(b)) => (a - b).abs() <= 1e-15 * b.abs(),
                    (a, b) => a == b,
                };
                assert!(near(group.mean(), single.mean()), "{from}..{to}: {group:?}, {single:?}");
                assert!(near(group.sd(), single.sd()), "{from}..{to}: {group:?}, {single:?}");
                assert_eq!((group.min(), group.max()), (single.min(), single.max()));
            }
        }
        let constant = Moments::of_group(&[0.1; 1_000]);
        assert_eq!((constant.mean(), constant.sd()), (Some(0.1), Some(0.0)));
        assert_eq!(Moments::of_group(&[]), Moments::default());
    }

    #[test]
    fn zeros_and_ones_need_only_be_counted() {
        for (zeros, ones) in [(0, 0), (1, 0), (0, 1), (3, 0), (0, 3), (1_000, 1), (70, 30)] {
            let counted = Moments::of_zeros_and_ones(zeros, ones);
            let mut values = vec![0.0; zeros as usize];
            values.resize((zeros + ones) as usize, 1.0);
            let added = of(&values);
            assert_eq!(counted.n(), added.n());
            assert_eq!((counted.min(), counted.max()), (added.min(), added.max()));
            assert_eq!(counted.mean(), added.mean());
            let apart = counted.sd().zip(added.sd()).map(|(a, b)| (a - b).abs());
            assert!(apart.is_none_or(|apart| apart < 1e-16), "{counted:?}, {added:?}");
        }
    }

    #[test]
    fn the_bits_of_a_group_are_those_that_its_lanes_give() {
        // A sum in another order, or with fused operations, has another last bit.
        let values: Vec<f64> = (1..=1_000).map(|i| 1.0 / f64::from(i)).collect();
        let found = Moments::of_group(&values);
        let mut sums = [[Sum::default(); LANES]; 2];
        for run in values.chunks(LANES * RUN) {
            let [near_sums, far_sums] = &mut sums;
            for (lane, (near_sum, far_sum)) in near_sums.iter_mut().zip(far_sums).enumerate() {
                let own = run.iter().skip(lane).step_by(LANES).map(|value| value - values[0]);
                let (near, far) = own.fold((0.0, 0.0), |(a, b), x| (a + x, b + x * x));
                near_sum.add(near);
                far_sum.add(far);
            }
        }
        let [deviations, squares] = sums.map(|lanes| {
            let mut all = Sum::default();
            lanes.into_iter().for_each(|lane| all.merge(lane));
            all
        });
        assert_eq!((found.deviations, found.squares), (deviations, squares));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(20_170_903),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn moments_agree_with_two_passes_however_the_column_is_cut(
            values in prop::collection::vec(-1e3..1e3f64, 2..400),
            offset in -1e6..1e6f64,
            cut in 1..50usize,
        ) {
            let values: Vec<f64> = values.iter().map(|x| x + offset).collect();
            let (mean, sd) = two_passes(&values);
            let mut merged = Moments::default();
            for part in values.chunks(cut) {
                merged.merge(&of(part));
            }
            let mut grouped = Moments::default();
            for part in values.chunks(cut) {
                grouped.merge(&Moments::of_group(part));
            }
            for found in [of(&values), merged, Moments::of_group(&values), grouped] {
                prop_assert!((found.mean().unwrap() - mean).abs() <= 1e-15 * (mean.abs() + sd));
                prop_assert!((found.sd().unwrap() / sd - 1.0).abs() < 1e-9);
                prop_assert_eq!(found.n(), values.len() as u64);
                prop_assert_eq!(found.min(), values.iter().copied().reduce(f64::min));
                prop_assert_eq!(found.max(), values.iter().copied().reduce(f64::max));
            }
        }
    }
}
