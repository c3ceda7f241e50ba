//! The plays that Sobol indices are computed from.

use crate::stats::{Interval, Split};

/// A function played at rows of inputs.
///
/// Rows A and B are independent draws of all inputs. Each play has luck of its own, so that what is
/// compared is the function's expectation. All columns are as long as there are rows, and all values finite.
#[derive(Clone, Debug)]
pub struct SobolPlays<'a> {
    /// The function at A.
    pub a: &'a [f64],
    /// The function at A once more, with other luck; the same values if there is none.
    pub again: &'a [f64],
    /// The function at B.
    pub b: &'a [f64],
    /// The plays in which one group of inputs was exchanged. No input is in two groups.
    pub groups: Vec<GroupPlays<'a>>,
}

/// The plays of one group of inputs.
#[derive(Clone, Copy, Debug)]
pub struct GroupPlays<'a> {
    /// The function at A with the inputs of this group from B.
    pub exchanged: &'a [f64],
    /// If the group is a single input that is independent of the others: its uniform numbers in A.
    pub numbers: Option<&'a [f64]>,
}

impl SobolPlays<'_> {
    /// All columns of values.
    pub(super) fn columns(&self) -> impl Iterator<Item = &[f64]> {
        let groups = self.groups.iter().map(|group| group.exchanged);
        [self.a, self.again, self.b].into_iter().chain(groups)
    }

    /// The interval of the variance from the two plays of each row alone, for something that happens (1) or
    /// does not (0), if it did so in both plays of few rows, or did so in neither of few; else `None`.
    pub(super) fn rarely_both(&self, level: f64) -> Option<Interval> {
        const FEW: usize = 15;
        let pairs = || self.a.iter().zip(self.again);
        if !pairs().all(|(a, again)| [a, again].into_iter().all(|x| *x == 0.0 || *x == 1.0)) {
            return None;
        }
        let both =
            |value: f64| pairs().filter(|(a, again)| (**a, **again) == (value, value)).count();
        if both(1.0).min(both(0.0)) >= FEW {
            return None;
        }
        let counts: Vec<u64> = pairs().map(|(a, again)| (a + again) as u64).collect();
        Some(Split::new(&counts, 2, level)?.not_knowing.interval)
    }

    /// The mean of all plays, of which there is at least one. Deviations from the first are added up, so
    /// that a mean far from zero costs no digits.
    pub(super) fn mean(&self) -> f64 {
        let first = self.a[0];
        let sum = |values: &[f64]| values.iter().map(|value| value - first).sum::<f64>();
        let count = self.columns().count() * self.a.len();
        first + self.columns().map(sum).sum::<f64>() / count as f64
    }

    /// The largest difference of two plays.
    pub(super) fn spread(&self) -> f64 {
        let all = || self.columns().flatten().copied();
        all().fold(f64::NEG_INFINITY, f64::max) - all().fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_in_both_plays_of_few_rows_is_known_as_a_split_knows_it() {
        // In both plays of 4 rows of 40, in one of 6.
        let a: Vec<f64> = (0..40).map(|row| f64::from(u8::from(row < 7))).collect();
        let again: Vec<f64> =
            (0..40).map(|row| f64::from(u8::from((3..10).contains(&row)))).collect();
        fn of(a: &[f64], again: &[f64]) -> Option<Interval> {
            SobolPlays { a, again, b: &[], groups: vec![] }.rarely_both(0.95)
        }
        let counts: Vec<u64> = a
            .iter()
            .zip(&again)
            .map(|(x, y)| u64::from(*x == 1.0) + u64::from(*y == 1.0))
            .collect();
        let split = Split::new(&counts, 2, 0.95).expect("enough draws");
        assert_eq!(of(&a, &again), Some(split.not_knowing.interval));
        // In both plays of 20 rows, and in neither of 20: of that enough is known.
        let half: Vec<f64> = (0..40).map(|row| f64::from(u8::from(row < 20))).collect();
        assert_eq!(of(&half, &half), None);
        // 14 rows of neither are too few, 15 are enough.
        let most = |without: u8| -> Vec<f64> {
            (0..40).map(|row| f64::from(u8::from(row >= without))).collect()
        };
        assert!(of(&most(14), &most(14)).is_some() && of(&most(15), &most(15)).is_none());
        // In both plays of four rows and in neither of four, though in one of the 32 others.
        let shifted: Vec<f64> =
            (0..40).map(|row| f64::from(u8::from((16..36).contains(&row)))).collect();
        let counts: Vec<u64> = half.iter().zip(&shifted).map(|(x, y)| (x + y) as u64).collect();
        let split = Split::new(&counts, 2, 0.95).expect("enough draws");
        assert_eq!(of(&half, &shifted), Some(split.not_knowing.interval));
        let number: Vec<f64> = a.iter().map(|x| 0.5 * x).collect();
        assert_eq!(of(&number, &number), None, "not something that happens or does not");
    }
}
