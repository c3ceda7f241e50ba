//! Numbers that take only a few values, and how many trials have each of them.

use std::collections::BTreeMap;

use crate::stats::Sketch;

/// The largest number of values of a number that takes few.
const MOST: usize = 12;

/// So many trials stand for one value at least; with fewer trials, every number would take few values.
const TRIALS_PER_VALUE: u64 = 4;

/// A number that takes few values over all trials and times.
#[derive(Clone, Debug, PartialEq)]
pub struct FewValues {
    /// Its name.
    pub name: String,
    /// Its values in ascending order, each with the number of trials that have it at the start and at
    /// the end of each step.
    pub counts: Vec<(f64, Vec<u64>)>,
}

impl FewValues {
    /// The values of a number, from a sketch for the start and the end of each step. `None` if there are
    /// many, if a sketch does not know them all, or if all trials have the same value at each time.
    pub(super) fn of<'s>(
        name: &str,
        sketches: impl Iterator<Item = &'s Sketch> + Clone,
        trials: u64,
    ) -> Option<Self> {
        let most = most(trials);
        let rows = sketches.clone().count();
        let mut counts: BTreeMap<OrderedValue, Vec<u64>> = BTreeMap::new();
        let mut varies = false;
        for (row, sketch) in sketches.enumerate() {
            let values = sketch.values(most)?;
            varies |= values.len() > 1;
            for (value, count) in values {
                counts.entry(OrderedValue(value)).or_insert_with(|| vec![0; rows])[row] = count;
            }
            if counts.len() > most {
                return None;
            }
        }
        let counts = counts.into_iter().map(|(value, counts)| (value.0, counts)).collect();
        varies.then(|| FewValues { name: name.to_owned(), counts })
    }
}

/// The distinct values of a sketch with their counts in ascending order, if there are few and all are known.
pub(super) fn few(sketch: &Sketch, trials: u64) -> Option<Vec<(f64, u64)>> {
    sketch.values(most(trials))
}

/// The largest number of values that are few over so many trials.
fn most(trials: u64) -> usize {
    MOST.min((trials / TRIALS_PER_VALUE).max(2) as usize)
}

/// A finite number as the key of a map.
#[derive(Clone, Copy, Debug)]
struct OrderedValue(f64);

impl PartialEq for OrderedValue {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for OrderedValue {}

impl PartialOrd for OrderedValue {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrderedValue {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn few(rows: &[&[f64]]) -> Option<FewValues> {
        let sketch = |values: &&[f64]| {
            let mut sketch = Sketch::default();
            sketch.add_all(values);
            sketch
        };
        let sketches: Vec<Sketch> = rows.iter().map(sketch).collect();
        FewValues::of("x", sketches.iter(), rows[0].len() as u64)
    }

    #[test]
    fn values_are_counted_row_by_row_in_ascending_order() {
        let start = [0.0; 12];
        let mut end = [0.0; 12];
        end[..5].fill(0.5);
        end[5..7].fill(-1.0);
        let few = few(&[&start, &end]).expect("three values");
        assert_eq!(few.counts, [(-1.0, vec![0, 2]), (0.0, vec![12, 5]), (0.5, vec![0, 5])]);
    }

    #[test]
    fn many_values_and_values_that_never_vary_are_no_few_values() {
        let start = [0.0; 100];
        let many: Vec<f64> = (0..100).map(|k| f64::from(k % 13)).collect();
        assert_eq!(few(&[&start, &many]), None);
        let twelve: Vec<f64> = (0..100).map(|k| f64::from(k % 12)).collect();
        assert_eq!(few(&[&start, &twelve]).map(|few| few.counts.len()), Some(12));
        let end = [1.0; 100];
        assert_eq!(few(&[&start, &end]), None, "a fan of one line tells it");
    }

    #[test]
    fn a_handful_of_trials_does_not_make_few_values() {
        assert_eq!(few(&[&[0.0; 4], &[0.1, 0.2, 0.3, 0.4]]), None);
        assert!(few(&[&[0.0; 4], &[0.0, 1.0, 1.0, 0.0]]).is_some());
    }
}
