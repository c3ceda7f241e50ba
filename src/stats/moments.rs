//! Mean and standard deviation of a column, in one pass.

/// The number, mean, standard deviation, smallest and largest of a stream of finite values.
///
/// Values are summed as deviations from the first one (the shifted data algorithm), in compensated
/// sums. So a constant column gives exactly that constant and a deviation of exactly 0, a mean far
/// from zero costs no digits of the deviation, and the error of the mean is about one unit in the
/// last place of the largest value, however many there are. Deviations are squared: they must stay
/// below about 1e150.
///
/// Sources: Chan, Golub & LeVeque 1983, "Algorithms for computing the sample variance", The
/// American Statistician 37; Knuth, The Art of Computer Programming, volume 2, section 4.2.2 (the
/// exact sum of two numbers).
///
/// ```
/// let mut moments = demarche::stats::Moments::default();
/// moments.add_all(&[1.0, 2.0, 3.0]);
/// assert_eq!((moments.mean(), moments.sd()), (Some(2.0), Some(1.0)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    anchor: f64,
    deviations: Sum,
    squares: Sum,
    min: f64,
    max: f64,
}

impl Moments {
    /// Adds one value, which must be finite.
    pub fn add(&mut self, value: f64) {
        debug_assert!(value.is_finite(), "moments of {value}");
        if self.n == 0 {
            (self.anchor, self.min, self.max) = (value, value, value);
        }
        let deviation = value - self.anchor;
        self.deviations.add(deviation);
        self.squares.add(deviation * deviation);
        self.min = if value < self.min { value } else { self.min };
        self.max = if value > self.max { value } else { self.max };
        self.n += 1;
    }

    /// Adds a column of finite values, in its order.
    pub fn add_all(&mut self, values: &[f64]) {
        for &value in values {
            self.add(value);
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
        let (shift, n) = (other.anchor - self.anchor, other.n as f64);
        self.squares.merge(other.squares);
        self.squares.add(shift * (2.0 * other.deviations.value() + n * shift));
        self.deviations.merge(other.deviations);
        self.deviations.add(n * shift);
        self.min = if other.min < self.min { other.min } else { self.min };
        self.max = if other.max > self.max { other.max } else { self.max };
        self.n += other.n;
    }

    /// How many values were added.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The arithmetic mean, within `min..=max`; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        let mean = self.anchor + self.deviations.value() / self.n as f64;
        (self.n > 0).then(|| mean.clamp(self.min, self.max))
    }

    /// The standard deviation of the sample (divisor `n - 1`), in the unit of the values; `None`
    /// below two values.
    pub fn sd(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let n = self.n as f64;
        let sum = self.deviations.value();
        let variance = (self.squares.value() - sum * (sum / n)) / (n - 1.0);
        Some(variance.max(0.0).sqrt())
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

/// A sum together with its rounding error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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

    proptest! {
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
            for found in [of(&values), merged] {
                prop_assert!((found.mean().unwrap() - mean).abs() <= 1e-15 * (mean.abs() + sd));
                prop_assert!((found.sd().unwrap() / sd - 1.0).abs() < 1e-9);
                prop_assert_eq!(found.n(), values.len() as u64);
                prop_assert_eq!(found.min(), values.iter().copied().reduce(f64::min));
                prop_assert_eq!(found.max(), values.iter().copied().reduce(f64::max));
            }
        }
    }
}
