//! Counts of values in the bins of a log-linear grid.

use serde::{Deserialize, Serialize};

/// How many low bits of a number do not decide its bin: all but the sign, the exponent and the ten
/// bits that cut each power of two into 1,024 bins.
const BIN_SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - 10;
/// The bits of a number that do not decide its bin.
const WITHIN: u64 = (1 << BIN_SHIFT) - 1;

/// How many bins that follow each other take up memory together, as soon as one of them holds a value.
const PAGE: usize = 256;
/// How many low bits of a bin's number do not decide its page.
const PAGE_SHIFT: u32 = PAGE.trailing_zeros();
/// The number of no bin.
const NOWHERE: u32 = 1 << 31;

/// A bin in one word. The upper 42 bits are those that its values do not share with other values of the
/// bin, as long as all of them are equal; then comes [`SEVERAL`], and the lower 21 bits are a count.
type PackedBin = u64;
/// Set for a bin that holds different values.
const SEVERAL: PackedBin = 1 << 21;
/// The bits of a packed bin in which values are counted.
const COUNTED: PackedBin = SEVERAL - 1;
/// The bits of the value that a packed bin holds begin here.
const VALUE_SHIFT: u32 = 22;
/// A bin that counts more values than this when it is looked at has so many taken out, which are then
/// counted apart.
const HEAP: u64 = 1 << 20;
/// Bins are looked at before more values than this are added: too few to make one overflow.
const BETWEEN_LOOKS: u64 = HEAP / 2;

/// How many values lie in which bin of the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct BinGrid {
    /// Where the pages are, each at the low bits of its number. There are as many places as it takes for
    /// no two pages to share one.
    places: Vec<PagePlace>,
    /// The bins of all pages, in the order in which the pages were needed.
    bins: Vec<PackedBin>,
    /// Bins by their position, and values that are counted apart from them: many.
    heaps: Vec<(usize, u64)>,
    /// How many values were added since heaps were last looked for.
    since: u64,
    /// The numbers above zero that would share its bin: all are below 2⁻¹⁰³².
    tiny: Option<Bin>,
}

/// Where a page is.
#[derive(Clone, Copy, Debug)]
struct PagePlace {
    /// The number of its first bin, or [`NOWHERE`].
    first: u32,
    /// The position of that bin.
    start: u32,
}

/// What is known of the values in a bin, of which there is at least one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Bin {
    pub count: u64,
    /// No value is smaller.
    pub low: f64,
    /// No value is larger; if this is `low`, all values are equal.
    pub high: f64,
}

impl Bin {
    /// A finite value, so many times.
    pub fn of(value: f64, count: u64) -> Self {
        let value = value + 0.0;
        Bin { count, low: value, high: value }
    }

    /// Whether it can be a bin: read from a file, it might be anything.
    pub fn is_sound(&self) -> bool {
        let has_ends = self.low.is_finite() && self.high.is_finite() && self.low <= self.high;
        self.count > 0 && has_ends
    }

    /// The value of a rank within 1..=count, on the line from the smallest to the largest.
    pub fn at(&self, rank: u64) -> f64 {
        if rank == self.count {
            return self.high;
        }
        let share = (rank - 1) as f64 / (self.count - 1) as f64;
        (self.low + share * (self.high - self.low)).min(self.high)
    }

    /// Adds another bin with the same number.
    fn add(&mut self, other: Bin) {
        self.count += other.count;
        if (self.low, self.high) != (other.low, other.high) {
            (self.low, self.high) = ends_of_bin(self.number());
        }
    }

    fn number(&self) -> u32 {
        number_of(self.low.to_bits())
    }
}

/// The number of the bin of a number with these bits, which is not -0.
fn number_of(bits: u64) -> u32 {
    (bits >> BIN_SHIFT) as u32
}

/// The smallest and the largest number of a bin; of the bin of zero, those that are left if zero is not
/// counted among them.
fn ends_of_bin(number: u32) -> (f64, f64) {
    let first = u64::from(number) << BIN_SHIFT;
    let [near, far] = [first.max(1), first | WITHIN].map(f64::from_bits);
    if near > 0.0 { (near, far) } else { (far, near) }
}

impl BinGrid {
    /// The grid of some values.
    pub fn of(values: &[f64]) -> Self {
        let mut grid = BinGrid::default();
        grid.add_all(values);
        grid
    }

    /// Adds finite values.
    pub fn add_all(&mut self, values: &[f64]) {
        for part in values.chunks(BETWEEN_LOOKS as usize) {
            self.make_heaps(part.len() as u64);
            let mut rest = part;
            while let Some(odd) = self.count_until_odd(rest) {
                self.put(Bin::of(rest[odd], 1));
                rest = &rest[odd + 1..];
            }
        }
    }

    /// Counts values up to the first whose page is not there yet or which may not be counted with zero,
    /// and says where it is. This is the loop that nearly all time is spent in.
    #[inline]
    fn count_until_odd(&mut self, values: &[f64]) -> Option<usize> {
        if self.places.is_empty() {
            return (!values.is_empty()).then_some(0);
        }
        let (places, bins) = (&self.places[..], &mut self.bins[..]);
        let mask = places.len() - 1;
        for (index, value) in values.iter().enumerate() {
            debug_assert!(value.is_finite(), "a sketch of {value}");
            // The sum turns -0 into 0.
            let bits = (value + 0.0).to_bits();
            let number = number_of(bits);
            let place = places[(number >> PAGE_SHIFT) as usize & mask];
            let on_page = number.wrapping_sub(place.first);
            if on_page >= PAGE as u32 {
                return Some(index);
            }
            let bin = &mut bins[(place.start + on_page) as usize];
            if *bin & SEVERAL == 0 && (*bin >> VALUE_SHIFT) != bits & WITHIN {
                if number == 0 {
                    return Some(index);
                }
                let is_empty = *bin == 0;
                *bin = if is_empty { bits << VALUE_SHIFT } else { *bin & COUNTED | SEVERAL };
            }
            *bin += 1;
        }
        None
    }

    /// Adds a bin.
    #[cold]
    pub fn put(&mut self, added: Bin) {
        let number = added.number();
        if number == 0 && added.high > 0.0 {
            match &mut self.tiny {
                Some(tiny) => tiny.add(added),
                None => self.tiny = Some(added),
            }
            return;
        }
        let at = self.position(number);
        let own = self.bins[at];
        let value = (added.low.to_bits() & WITHIN) << VALUE_SHIFT;
        let is_same = added.low == added.high && (own & COUNTED == 0 || own & !COUNTED == value);
        self.bins[at] = own & COUNTED | if is_same { value } else { SEVERAL };
        // At least one value stays in the bin, so that it does not look empty.
        let here = (added.count - 1) % BETWEEN_LOOKS + 1;
        self.make_heaps(here);
        self.bins[at] += here;
        if added.count > here {
            self.set_apart(at, added.count - here);
        }
    }

    /// The position of the bin of a number, for which a page is made if need be.
    fn position(&mut self, number: u32) -> usize {
        let mask = self.places.len().wrapping_sub(1);
        let page = number >> PAGE_SHIFT;
        let first = page << PAGE_SHIFT;
        match self.places.get(page as usize & mask) {
            Some(place) if place.first == first => (place.start + (number - first)) as usize,
            _ => {
                let start = self.bins.len();
                self.bins.reserve_exact(PAGE);
                self.bins.resize(start + PAGE, 0);
                let pages = self.places.iter().filter(|place| place.first != NOWHERE).copied();
                let pages: Vec<PagePlace> =
                    pages.chain([PagePlace { first, start: start as u32 }]).collect();
                self.places = places_of(&pages, self.places.len().max(4));
                start + (number - first) as usize
            }
        }
    }

    /// Takes heaps out of the bins if they might overflow with so many values more.
    fn make_heaps(&mut self, more: u64) {
        self.since += more;
        if self.since > BETWEEN_LOOKS {
            self.since = more;
            for at in 0..self.bins.len() {
                if self.bins[at] & COUNTED > HEAP {
                    self.bins[at] -= HEAP;
                    self.set_apart(at, HEAP);
                }
            }
        }
    }

    fn set_apart(&mut self, at: usize, count: u64) {
        match self.heaps.iter_mut().find(|(own, _)| *own == at) {
            Some((_, sum)) => *sum += count,
            None => self.heaps.push((at, count)),
        }
    }

    /// All bins that are not empty, ascending.
    pub fn bins(&self) -> impl Iterator<Item = Bin> {
        let mut pages: Vec<PagePlace> =
            self.places.iter().filter(|place| place.first != NOWHERE).copied().collect();
        let is_negative =
            |first: u32| f64::from_bits(u64::from(first) << BIN_SHIFT).is_sign_negative();
        // The larger the number of a negative bin, the smaller its values.
        pages.sort_unstable_by_key(|page| match is_negative(page.first) {
            true => -i64::from(page.first),
            false => i64::from(page.first),
        });
        pages.into_iter().flat_map(move |page| {
            let backwards = is_negative(page.first);
            (0..PAGE as u32).flat_map(move |step| {
                let on_page = if backwards { PAGE as u32 - 1 - step } else { step };
                let number = page.first + on_page;
                let own = self.bin(number, (page.start + on_page) as usize);
                let tiny = self.tiny.filter(|_| number == 0);
                [own, tiny].into_iter().flatten()
            })
        })
    }

    /// The bin of a number at a position; `None` if it is empty.
    fn bin(&self, number: u32, at: usize) -> Option<Bin> {
        let packed = self.bins[at];
        let heap = self.heaps.iter().find(|(own, _)| *own == at).map_or(0, |(_, count)| *count);
        let count = (packed & COUNTED) + heap;
        let (low, high) = if packed & SEVERAL > 0 {
            ends_of_bin(number)
        } else {
            let value = f64::from_bits(u64::from(number) << BIN_SHIFT | packed >> VALUE_SHIFT);
            (value, value)
        };
        (count > 0).then_some(Bin { count, low, high })
    }
}

/// The places of pages: at least `least` of them, a power of two.
fn places_of(pages: &[PagePlace], least: usize) -> Vec<PagePlace> {
    let mut count = least;
    loop {
        let mut places = vec![PagePlace { first: NOWHERE, start: 0 }; count];
        let is_free = pages.iter().all(|page| {
            let place = &mut places[(page.first >> PAGE_SHIFT) as usize & (count - 1)];
            let is_free = place.first == NOWHERE;
            *place = *page;
            is_free
        });
        if is_free {
            return places;
        }
        count *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_of_a_bin_lie_on_the_line_between_its_ends() {
        let bin = Bin { count: 5, low: 1.0, high: 3.0 };
        assert_eq!([1, 2, 3, 4, 5].map(|rank| bin.at(rank)), [1.0, 1.5, 2.0, 2.5, 3.0]);
        assert_eq!(Bin::of(-0.0, 2).low.to_bits(), 0);
    }

    #[test]
    fn a_bin_from_a_file_has_values_between_finite_ends() {
        let bin = |count, low, high| Bin { count, low, high }.is_sound();
        assert!(bin(1, 2.0, 2.0) && bin(3, -1.0, 2.0));
        for (count, low, high) in [
            (0, 1.0, 2.0),
            (0, 2.0, 1.0),
            (1, 2.0, 1.0),
            (1, f64::NAN, 2.0),
            (1, 1.0, f64::NAN),
            (1, f64::NEG_INFINITY, 2.0),
            (1, 1.0, f64::INFINITY),
        ] {
            assert!(!bin(count, low, high), "{count} from {low} to {high}");
        }
    }

    #[test]
    fn bins_of_equal_values_keep_them_and_others_have_the_ends_of_the_grid() {
        let mut bin = Bin::of(1.0, 2);
        bin.add(Bin::of(1.0, 3));
        assert_eq!(bin, Bin { count: 5, low: 1.0, high: 1.0 });
        bin.add(Bin::of(1.000_1, 1));
        let end = f64::from_bits((1.0 + 1.0 / 1_024.0_f64).to_bits() - 1);
        assert_eq!(bin, Bin { count: 6, low: 1.0, high: end });
        let (low, high) = ends_of_bin(number_of((-1.0_f64).to_bits()));
        assert_eq!((low, high), (-end, -1.0));
        let (low, high) = ends_of_bin(0);
        assert_eq!(low, f64::from_bits(1));
        assert!(high < f64::MIN_POSITIVE);
    }

    #[test]
    fn the_bin_of_the_numbers_just_below_zero_ends_with_zero() {
        let least = -f64::from_bits(WITHIN);
        let (low, high) = ends_of_bin(number_of((-5e-324_f64).to_bits()));
        assert_eq!((low, high), (least, 0.0));
    }

    #[test]
    fn zero_is_apart_from_the_smallest_numbers_on_both_sides() {
        // In several orders, so that the page is there before or after what shares its bin.
        for values in [[0.0, 5e-324, -5e-324, -0.0], [5e-324, -5e-324, -0.0, 0.0]] {
            let mut grid = BinGrid::of(&values);
            grid.add_all(&values);
            let found: Vec<Bin> = grid.bins().collect();
            let bin = |value, count| Bin { count, low: value, high: value };
            assert_eq!(found, [bin(-5e-324, 2), bin(0.0, 4), bin(5e-324, 2)]);
            assert!(found[1].low.is_sign_positive());
        }
    }

    #[test]
    fn a_bin_of_which_a_heap_is_taken_keeps_its_value() {
        // When the last is added the bin counts a whole heap, and then holds two values.
        let mut grid = BinGrid::of(&vec![1.0; HEAP as usize]);
        grid.add_all(&[1.000_1]);
        let found: Vec<Bin> = grid.bins().collect();
        let (low, high) = ends_of_bin(number_of(1.0_f64.to_bits()));
        assert_eq!(found, [Bin { count: HEAP + 1, low, high }]);
    }

    #[test]
    fn there_are_as_many_places_as_a_power_of_two() {
        let page = |number: u32| PagePlace { first: number << PAGE_SHIFT, start: 0 };
        for (pages, wanted) in [(vec![0, 1, 2, 3], 4), (vec![0, 4], 8), (vec![0, 4, 8], 16)] {
            let pages: Vec<PagePlace> = pages.into_iter().map(page).collect();
            assert_eq!(places_of(&pages, 4).len(), wanted);
        }
    }
}
