//! Which of several trials is most like the others.

use std::collections::BTreeMap;

/// A set of things, as bits.
pub type Bits = Vec<u64>;

/// The position of the set that is nearest to all others, and its mean distance from them: the first, if
/// several are as near. `None` of no sets.
///
/// The distance is that of Jaccard (1901), the share of the things in either of two sets that are not in
/// both; 0 between two empty sets.
pub fn most_typical(sets: &[Bits]) -> Option<(usize, f64)> {
    // Trials in which the same things happened are as near to all others.
    let mut distinct: BTreeMap<&Bits, (usize, u64)> = BTreeMap::new();
    for (at, set) in sets.iter().enumerate() {
        distinct.entry(set).or_insert((at, 0)).1 += 1;
    }
    let mut of: Vec<(&Bits, (usize, u64))> = distinct.into_iter().collect();
    of.sort_by_key(|(_, (first, _))| *first);
    let mean = |set: &Bits| {
        let far =
            |(other, (_, times)): &(&Bits, (usize, u64))| *times as f64 * distance(set, other);
        let others = sets.len().saturating_sub(1).max(1) as f64;
        of.iter().map(far).sum::<f64>() / others
    };
    let all = of.iter().map(|(set, (first, _))| (*first, mean(set)));
    // Sums in another order differ by rounding, which decides nothing.
    const SAME: f64 = 1e-12;
    all.reduce(|best, next| if next.1 < best.1 - SAME { next } else { best })
}

/// The Jaccard distance of two sets, in 0..=1.
fn distance(a: &Bits, b: &Bits) -> f64 {
    let (mut both, mut either) = (0, 0);
    for (a, b) in a.iter().zip(b) {
        both += (a & b).count_ones();
        either += (a | b).count_ones();
    }
    if either == 0 { 0.0 } else { f64::from(either - both) / f64::from(either) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_in_the_middle_is_the_most_typical() {
        // {1,2}, {1,2,3}, {1,2,3,4}: distances 1/3, 1/2 and 1/4.
        let sets = [vec![0b0110], vec![0b1110], vec![0b1_1110]];
        let (at, mean) = most_typical(&sets).expect("three sets");
        assert_eq!(at, 1);
        assert!((mean - (1.0 / 3.0 + 0.25) / 2.0).abs() < 1e-12, "{mean}");
    }

    #[test]
    fn of_equally_near_sets_the_first_is_taken_and_equal_sets_count_each() {
        assert_eq!(most_typical(&[vec![1], vec![2]]), Some((0, 1.0)));
        let (at, mean) = most_typical(&[vec![1], vec![2], vec![2], vec![2]]).expect("four sets");
        assert_eq!((at, mean), (1, 1.0 / 3.0));
        assert_eq!(most_typical(&[vec![0], vec![0]]), Some((0, 0.0)));
        assert_eq!(most_typical(&[vec![7]]), Some((0, 0.0)));
        assert_eq!(most_typical(&[]), None);
    }
}
