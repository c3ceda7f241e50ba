//! Quantiles of a column of any length in bounded memory.

use std::cell::RefCell;

/// How many low bits of a number do not decide its bin: all but the sign, the exponent and the ten
/// bits that cut each power of two into 1,024 bins.
const BIN_SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - 10;

/// A histogram of finite values on a log-linear grid, from which quantiles are read.
///
/// Each power of two is cut into 1,024 equal bins, of either sign. A bin keeps its count and the
/// smallest and the largest value in it. A quantile is found in its bin by rank, on the line
/// between these two, so:
///
/// - the **relative error is below 2⁻¹⁰** against the quantile by nearest rank, the smallest seen x
///   with F(x) ≥ q (below 2⁻¹⁰²² in size, where numbers are subnormal, the *absolute* error is
///   below 2⁻¹⁰³²);
/// - it is **exact** for the smallest and the largest value, and where a bin holds one distinct
///   value, or two values only: always for flags, labels and whole numbers up to 2,048;
/// - **merging commutes and associates exactly**: counts, minima and maxima are all there is, so
///   parts may be merged in any order and give equal sketches.
///
/// Memory depends on how many powers of two the values span, and not on how many values there are:
/// 24 bytes for each bin that is not empty, so at most 24 KiB for each power of two.
///
/// The grid is the one of HdrHistogram, read off the bits of the number without a logarithm; the
/// idea of a mergeable sketch with a relative error is that of Masson, Rim & Lee 2019, "DDSketch: a
/// fast and fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12.
///
/// ```
/// let mut sketch = demarche::stats::Sketch::default();
/// sketch.add_all(&[3.0, 1.0, 2.0]);
/// assert_eq!(sketch.quantile(0.5), Some(2.0));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    count: u64,
    /// The bins that are not empty, ascending.
    bins: Vec<Bin>,
}

/// What is known of the values in one bin of the grid, of which there is at least one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bin {
    count: u64,
    /// The smallest value's place in the order of all numbers.
    min: i64,
    /// The largest value's.
    max: i64,
}

/// How many bins of the grid are counted in an array, from the bin of the largest value down; smaller
/// values are sorted. Most columns span no more than a few powers of two.
const MOST_AT_HAND: i64 = 8 * 1_024;

thread_local! {
    /// The array of bins, kept for the next column.
    static GRID: RefCell<Vec<Bin>> = const { RefCell::new(Vec::new()) };
}

impl Sketch {
    /// Adds one value, which must be finite. For many, [`Sketch::add_all`] is quicker.
    pub fn add(&mut self, value: f64) {
        self.add_n(value, 1);
    }

    /// Adds a finite value `count` times. Negative zero counts as zero.
    pub fn add_n(&mut self, value: f64, count: u64) {
        if count == 0 {
            return;
        }
        let place = to_order(value);
        let bin = Bin { count, min: place, max: place };
        self.count += count;
        match self.bins.binary_search_by_key(&bin.number(), Bin::number) {
            Ok(here) => self.bins[here].add(bin),
            Err(here) => self.bins.insert(here, bin),
        }
    }

    /// Adds a column of finite values. Each call passes over all bins, so some thousand values at
    /// once are a good length.
    pub fn add_all(&mut self, values: &[f64]) {
        // Flags have two bins.
        let count = |wanted: f64| values.iter().map(|v| u64::from(*v == wanted)).sum::<u64>();
        let (zeros, ones) = (count(0.0), count(1.0));
        if zeros + ones == values.len() as u64 {
            self.add_n(0.0, zeros);
            self.add_n(1.0, ones);
            return;
        }
        // A zero lies far from all bins but those of the smallest numbers.
        self.add_n(0.0, zeros);
        let places = || values.iter().filter(|value| **value != 0.0).map(|value| to_order(*value));
        let Some(high) = places().max() else { return };
        let low = places().min().unwrap_or(high) >> BIN_SHIFT;
        let first = low.max((high >> BIN_SHIFT) - (MOST_AT_HAND - 1));
        GRID.with_borrow_mut(|grid| {
            grid.clear();
            let empty = Bin { count: 0, min: i64::MAX, max: i64::MIN };
            grid.resize(((high >> BIN_SHIFT) - first + 1) as usize, empty);
            let mut below = Vec::new();
            for place in places() {
                match usize::try_from((place >> BIN_SHIFT) - first) {
                    Ok(at) => grid[at].add(Bin { count: 1, min: place, max: place }),
                    Err(_) => below.push(place),
                }
            }
            below.sort_unstable();
            let below = below.chunk_by(|a, b| a >> BIN_SHIFT == b >> BIN_SHIFT).map(|places| Bin {
                count: places.len() as u64,
                min: places[0],
                max: places[places.len() - 1],
            });
            self.absorb(below.chain(grid.iter().filter(|bin| bin.count > 0).copied()));
        });
    }

    /// Adds the values of `other`. Any order of merging gives equal sketches.
    pub fn merge(&mut self, other: &Self) {
        self.absorb(other.bins.iter().copied());
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The quantile of `q`, by nearest rank: the smallest value that a share of at least `q` of all
    /// values does not exceed, up to a relative error of 2⁻¹⁰. `None` without values; `q = 0` gives
    /// the smallest and 1 the largest.
    ///
    /// # Panics
    /// If `q` is not within 0..=1.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        assert!((0.0..=1.0).contains(&q), "a quantile is asked for within 0 and 1, not {q}");
        let mut rank = nearest_rank(q, self.count)?;
        for bin in &self.bins {
            if rank <= bin.count {
                return Some(bin.at(rank));
            }
            rank -= bin.count;
        }
        unreachable!("a rank lies within the sum of the counts of all bins")
    }

    /// All distinct values with their counts in ascending order, if there are at most `most` and each is
    /// known: a bin with two different values knows only the smallest and the largest.
    pub fn values(&self, most: usize) -> Option<Vec<(f64, u64)>> {
        let known = |bin: &Bin| (bin.min == bin.max).then(|| (from_order(bin.min), bin.count));
        if self.bins.len() > most { None } else { self.bins.iter().map(known).collect() }
    }

    /// Adds ascending bins: a bin that exists already is merged, and the others are inserted.
    fn absorb(&mut self, bins: impl IntoIterator<Item = Bin>) {
        let mut new = Vec::new();
        let mut at = 0;
        for bin in bins {
            self.count += bin.count;
            let number = bin.number();
            while self.bins.get(at).is_some_and(|here| here.number() < number) {
                at += 1;
            }
            match self.bins.get_mut(at) {
                Some(here) if here.number() == number => here.add(bin),
                _ => new.push(bin),
            }
        }
        // From the back, so that every bin moves only once. The number of bins is bounded, so only as
        // much memory as they need is reserved.
        let mut left = self.bins.len();
        self.bins.reserve_exact(new.len());
        self.bins.extend_from_slice(&new);
        for to in (0..self.bins.len()).rev() {
            let Some(&bin) = new.last() else { break };
            if left > 0 && self.bins[left - 1].min > bin.min {
                left -= 1;
                self.bins[to] = self.bins[left];
            } else {
                self.bins[to] = bin;
                new.pop();
            }
        }
    }
}

impl Bin {
    /// Which bin of the grid it is, ascending with the values.
    fn number(&self) -> i64 {
        self.min >> BIN_SHIFT
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// The value of a rank within 1..=count, on the line from the smallest to the largest.
    fn at(&self, rank: u64) -> f64 {
        let (min, max) = (from_order(self.min), from_order(self.max));
        if rank == self.count {
            return max;
        }
        let share = (rank - 1) as f64 / (self.count - 1) as f64;
        (min + share * (max - min)).min(max)
    }
}

/// The place of a finite number in the order of all numbers: its bits, those of a negative number
/// but the sign inverted. The two zeros are equal and get one place.
fn to_order(value: f64) -> i64 {
    debug_assert!(value.is_finite(), "a sketch of {value}");
    let bits = (value + 0.0).to_bits() as i64;
    bits ^ (bits >> 63 & i64::MAX)
}

/// The number at a place in the order of all numbers.
fn from_order(place: i64) -> f64 {
    f64::from_bits((place ^ (place >> 63 & i64::MAX)) as u64)
}

/// The smallest rank k within 1..=n for which `k / n >= q`, as this division rounds: 7 of 100
/// values are a share of 0.07, although the nearest number to 0.07 is a little above it.
pub(super) fn nearest_rank(q: f64, n: u64) -> Option<u64> {
    let reaches = |k: u64| k as f64 / n as f64 >= q;
    let mut rank = ((q * n as f64) as u64).clamp(1, n.max(1));
    while rank > 1 && reaches(rank - 1) {
        rank -= 1;
    }
    while rank < n && !reaches(rank) {
        rank += 1;
    }
    (n > 0).then_some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QS: [f64; 11] = [0.0, 0.001, 0.05, 0.07, 0.25, 0.5, 0.75, 0.9, 0.95, 0.999, 1.0];

    fn of(values: &[f64]) -> Sketch {
        let mut sketch = Sketch::default();
        sketch.add_all(values);
        sketch
    }

    fn exact(values: &[f64], q: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        let rank = (1..=n).find(|&k| k as f64 / n as f64 >= q).unwrap();
        sorted[rank - 1]
    }

    fn assert_within_bound(values: &[f64]) {
        let sketch = of(values);
        for q in QS {
            let (found, exact) = (sketch.quantile(q).unwrap(), exact(values, q));
            let bound = (exact.abs() / 1_024.0).max(f64::MIN_POSITIVE / 1_024.0);
            assert!((found - exact).abs() <= bound, "q = {q}: {found} for {exact} in {values:?}");
        }
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(Sketch::default().quantile(0.5), None);
        let mut sketch = Sketch::default();
        sketch.add_n(1.0, 0);
        assert_eq!(sketch, Sketch::default());
    }

    #[test]
    fn whole_numbers_flags_and_zeros_are_exact() {
        let values: Vec<f64> = (-300..=700).map(|i| f64::from(i / 3)).collect();
        let sketch = of(&values);
        for q in QS {
            assert_eq!(sketch.quantile(q), Some(exact(&values, q)));
        }
        let mut flags = Sketch::default();
        flags.add_n(0.0, 93);
        flags.add_n(1.0, 7);
        assert_eq!(flags.count(), 100);
        assert_eq!(flags.quantile(0.93), Some(0.0));
        assert_eq!(flags.quantile(0.94), Some(1.0));
    }

    #[test]
    fn few_values_are_counted_and_many_are_not() {
        let sketch = of(&[2.0, -1.0, 2.0, 0.0, -0.0]);
        assert_eq!(sketch.values(3), Some(vec![(-1.0, 1), (0.0, 2), (2.0, 2)]));
        assert_eq!(sketch.values(2), None);
        assert_eq!(of(&[1.0, 1.0 + 1e-9]).values(9), None, "one bin, two values");
        assert_eq!(Sketch::default().values(0), Some(vec![]));
    }

    #[test]
    fn ranks_are_those_a_person_would_count() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        let sketch = of(&hundred);
        for percent in 1..=100 {
            let q = f64::from(percent) / 100.0;
            assert_eq!(sketch.quantile(q), Some(f64::from(percent)));
        }
    }

    #[test]
    fn the_extremes_of_the_numbers_fit() {
        let values = [
            f64::MIN,
            -1.0,
            -f64::MIN_POSITIVE,
            -5e-324,
            0.0,
            5e-324,
            f64::MIN_POSITIVE,
            1.0,
            f64::MAX,
        ];
        let sketch = of(&values);
        for (k, value) in values.into_iter().enumerate() {
            assert_eq!(sketch.quantile((k + 1) as f64 / 9.0), Some(value));
        }
    }

    #[test]
    fn the_sign_of_zero_does_not_matter() {
        let (mut one, mut other) = (of(&[0.0]), of(&[-0.0]));
        one.add(-0.0);
        other.add(0.0);
        assert_eq!(one.quantile(0.0).unwrap().to_bits(), 0);
        assert_eq!(other.quantile(0.0).unwrap().to_bits(), 0);
    }

    #[test]
    fn a_crowd_at_one_end_of_a_bin_stays_within_the_bound() {
        for width in [0.999, 1.999, 2.999] {
            let far = 1.0 + width / 1_024.0;
            for crowd in [1.0, far] {
                let mut values = vec![crowd; 1_000];
                values.extend([1.0, far]);
                assert_within_bound(&values);
            }
        }
    }

    #[test]
    fn memory_does_not_grow_with_the_number_of_values() {
        let column = |n: u32| -> Sketch {
            let mut sketch = Sketch::default();
            for i in 0..n {
                sketch.add(1.0 + f64::from(i.wrapping_mul(2_654_435_769)) / 4_294_967_296.0);
            }
            sketch
        };
        for n in [10_000, 200_000] {
            let sketch = column(n);
            assert_eq!(sketch.count(), u64::from(n));
            assert!(sketch.bins.len() <= 1_024);
        }
    }

    #[test]
    #[should_panic(expected = "within 0 and 1")]
    fn a_quantile_in_percent_is_refused() {
        of(&[1.0]).quantile(95.0);
    }

    fn values() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![
            4 => -1.0..1.0f64,
            3 => 1.0..1.01f64,
            2 => prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL,
            1 => (-3..3i32).prop_map(f64::from),
        ];
        prop::collection::vec(value, 1..300)
    }

    proptest! {
        #[test]
        fn quantiles_are_within_the_bound(values in values()) {
            assert_within_bound(&values);
        }

        #[test]
        fn quantiles_ascend(values in values()) {
            let sketch = of(&values);
            let found: Vec<f64> = QS.iter().map(|&q| sketch.quantile(q).unwrap()).collect();
            prop_assert!(found.is_sorted());
        }

        #[test]
        fn any_order_of_values_and_of_merging_gives_equal_sketches(
            (values, shuffled) in values().prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle())),
            cut in 1..40usize,
        ) {
            let whole = of(&values);
            let parts: Vec<Sketch> = shuffled.chunks(cut).map(of).collect();
            let mut forth = Sketch::default();
            parts.iter().for_each(|part| forth.merge(part));
            let back = parts.iter().rev().fold(Sketch::default(), |so_far, part| {
                let mut next = part.clone();
                next.merge(&so_far);
                next
            });
            prop_assert_eq!(&forth, &whole);
            prop_assert_eq!(&back, &whole);
            for q in QS {
                prop_assert_eq!(forth.quantile(q).map(f64::to_bits), whole.quantile(q).map(f64::to_bits));
            }
        }
    }
}
