//! Quantiles of a column of any length in bounded memory.

mod grid;

use serde::{Deserialize, Serialize};

use grid::{Bin, BinGrid};

/// A histogram of finite values on a log-linear grid, from which quantiles are read.
///
/// Each power of two is cut into 1,024 equal bins, of either sign; zero has a bin of its own. A bin keeps
/// how many values it holds and, while all of them are equal, which value that is. Up to 256 values are
/// kept as they are. A quantile is found in its bin by rank, on the line from one end of the bin to the
/// other, so:
///
/// - the **relative error is below 2⁻¹⁰** against the quantile by nearest rank, the smallest seen x
///   with F(x) ≥ q (below 2⁻¹⁰²² in size, where numbers are subnormal, the *absolute* error is
///   below 2⁻¹⁰³²);
/// - it is **exact** up to 256 values, for the smallest and the largest value, and where a bin holds one
///   distinct value: always for flags, labels and whole numbers up to 2,048;
/// - **merging commutes and associates exactly**: what is known depends on which values were added and
///   how often, not on their order, so parts may be merged in any order and give equal sketches.
///
/// Memory depends on how many powers of two the values span, and not on how many values there are: 8
/// bytes for each bin, of which 256 stand together, so at most 8 KiB for each power of two.
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "WrittenSketch", into = "WrittenSketch")]
pub struct Sketch {
    count: u64,
    /// All values, while there are at most [`FEW`] of them.
    few: Vec<f64>,
    min: f64,
    max: f64,
    grid: BinGrid,
}

/// A sketch as it is written down: its values, or what each of its bins holds.
#[derive(Serialize, Deserialize)]
struct WrittenSketch {
    few: Vec<f64>,
    ends: (f64, f64),
    bins: Vec<Bin>,
}

impl From<Sketch> for WrittenSketch {
    fn from(own: Sketch) -> Self {
        WrittenSketch { bins: own.grid.bins().collect(), ends: (own.min, own.max), few: own.few }
    }
}

impl From<WrittenSketch> for Sketch {
    fn from(written: WrittenSketch) -> Self {
        let mut own = Sketch::default();
        own.add_all(&written.few);
        let bins = written.bins.into_iter().filter(Bin::is_sound);
        let mut bins = bins.peekable();
        if bins.peek().is_some() {
            own.leave_few();
            own.widen(written.ends.0, written.ends.1);
            for bin in bins {
                own.count += bin.count;
                own.grid.put(bin);
            }
        }
        own
    }
}

/// So many values are kept as they are.
const FEW: usize = 256;

impl Sketch {
    /// Adds one value, which must be finite. For many, [`Sketch::add_all`] is quicker.
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.add_all(&[value]);
    }

    /// Adds a finite value `count` times. Negative zero counts as zero.
    pub fn add_n(&mut self, value: f64, count: u64) {
        if count == 0 {
            return;
        }
        if self.is_few() && self.count + count <= FEW as u64 {
            let values = [value; FEW];
            self.add_all(&values[..count as usize]);
            return;
        }
        self.leave_few();
        self.widen(value, value);
        self.count += count;
        self.grid.put(Bin::of(value, count));
    }

    /// Adds a column of finite values.
    pub fn add_all(&mut self, values: &[f64]) {
        let Some(&first) = values.first() else { return };
        if self.is_few() {
            if self.few.len() + values.len() <= FEW {
                self.count += values.len() as u64;
                self.few.extend_from_slice(values);
                return;
            }
            self.leave_few();
        }
        let (low, high) = ends_of(first, values);
        self.widen(low, high);
        self.count += values.len() as u64;
        self.grid.add_all(values);
    }

    /// Adds the values of `other`. Any order of merging gives equal sketches.
    pub fn merge(&mut self, other: &Self) {
        if other.is_few() {
            self.add_all(&other.few);
            return;
        }
        self.leave_few();
        self.widen(other.min, other.max);
        self.count += other.count;
        other.grid.bins().for_each(|bin| self.grid.put(bin));
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
        self.quantiles([q]).map(|[value]| value)
    }

    /// Several quantiles, faster than one by one: see [`Sketch::quantile`].
    ///
    /// # Panics
    /// If one of them is not within 0..=1.
    pub fn quantiles<const N: usize>(&self, qs: [f64; N]) -> Option<[f64; N]> {
        for q in qs {
            assert!((0.0..=1.0).contains(&q), "a quantile is asked for within 0 and 1, not {q}");
        }
        let bins: Vec<Bin> = if self.is_few() {
            self.ascending().into_iter().map(|value| Bin::of(value, 1)).collect()
        } else {
            self.grid.bins().collect()
        };
        let ranks = qs.map(|q| nearest_rank(q, self.count));
        (self.count > 0)
            .then(|| ranks.map(|rank| self.at_rank(rank.expect("there are values to rank"), &bins)))
    }

    /// The value of a rank within 1..=count, from all bins in ascending order.
    fn at_rank(&self, mut rank: u64, bins: &[Bin]) -> f64 {
        for bin in bins {
            if rank > bin.count {
                rank -= bin.count;
            } else if bin.low == bin.high {
                return bin.low;
            } else {
                let (low, high) = (bin.low.max(self.min), bin.high.min(self.max));
                return Bin { low, high, ..*bin }.at(rank) + 0.0;
            }
        }
        unreachable!("a rank lies within the sum of the counts of all bins")
    }

    /// The number, mean and standard deviation (n − 1) of its values, each taken in the middle of its bin: exact but
    /// for rounding where [`Sketch::values`] are known, and within a relative error of 2⁻¹⁰ of each value otherwise.
    /// Zeros without values.
    pub fn moments(&self) -> (u64, f64, f64) {
        let of_few;
        let grid = if self.is_few() {
            of_few = BinGrid::of(&self.few);
            &of_few
        } else {
            &self.grid
        };
        let bins: Vec<(f64, f64)> =
            grid.bins().map(|bin| (0.5 * bin.low + 0.5 * bin.high, bin.count as f64)).collect();
        let n = self.count.max(1) as f64;
        let mean = bins.iter().map(|(x, count)| x * count).sum::<f64>() / n;
        let squares = bins.iter().map(|(x, count)| (x - mean) * (x - mean) * count).sum::<f64>();
        let sd = if self.count > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        (self.count, mean, sd)
    }

    /// All distinct values with their counts in ascending order, if there are at most `most` and each is
    /// known: of a bin with two different values, neither is.
    pub fn values(&self, most: usize) -> Option<Vec<(f64, u64)>> {
        let of_few;
        let grid = if self.is_few() {
            of_few = BinGrid::of(&self.few);
            &of_few
        } else {
            &self.grid
        };
        let mut values = Vec::new();
        for bin in grid.bins() {
            if values.len() == most || bin.low < bin.high {
                return None;
            }
            values.push((bin.low, bin.count));
        }
        Some(values)
    }

    /// The values that were kept as they are, ascending and without negative zeros.
    fn ascending(&self) -> Vec<f64> {
        let mut values: Vec<f64> = self.few.iter().map(|value| value + 0.0).collect();
        values.sort_unstable_by(f64::total_cmp);
        values
    }

    fn is_few(&self) -> bool {
        self.count <= FEW as u64
    }

    /// Sorts the values that were kept as they are into bins.
    fn leave_few(&mut self) {
        let few = std::mem::take(&mut self.few);
        if let Some(&first) = few.first() {
            (self.min, self.max) = ends_of(first, &few);
            self.grid.add_all(&few);
        } else if self.count == 0 {
            (self.min, self.max) = (f64::INFINITY, f64::NEG_INFINITY);
        }
    }

    fn widen(&mut self, low: f64, high: f64) {
        self.min = self.min.min(low);
        self.max = self.max.max(high);
    }
}

/// Two sketches are equal if they know the same: if the same values were added, in whatever order.
impl PartialEq for Sketch {
    fn eq(&self, other: &Self) -> bool {
        if self.count != other.count {
            return false;
        }
        if self.is_few() {
            return self.ascending() == other.ascending();
        }
        (self.min, self.max) == (other.min, other.max) && self.grid.bins().eq(other.grid.bins())
    }
}

/// The smallest and the largest of some values, the first of which is given.
fn ends_of(first: f64, values: &[f64]) -> (f64, f64) {
    let (mut low, mut high) = ([first; 8], [first; 8]);
    let (whole, rest) = values.as_chunks::<8>();
    for part in whole {
        for lane in 0..8 {
            low[lane] = if part[lane] < low[lane] { part[lane] } else { low[lane] };
            high[lane] = if part[lane] > high[lane] { part[lane] } else { high[lane] };
        }
    }
    let lows = low.iter().chain(rest).copied();
    let highs = high.iter().chain(rest).copied();
    (lows.fold(first, f64::min), highs.fold(first, f64::max))
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
mod tests;
