//! The weights of an actor's ranked wants, made from a number of each.
//!
//! Let n wants be ranked, and let X be independent numbers from the exponential distribution with mean 1,
//! one for each want. X_1, …, X_n over their sum is a uniform point of all weights that are not negative
//! and sum to 1 (Devroye 1986, chapter V, section 2). Sorted, it is uniform over those in the order of the
//! ranks. Nothing needs to be sorted, though: the k-th largest of n such numbers is distributed as
//! X_k / k + X_{k+1} / (k + 1) + … + X_n / n, all of them together (Sukhatme 1937, Rényi 1953). So each
//! want's own number says how far it is ahead of the next.
//!
//! Wants of one rank may come in any order. With `a` wants above them, the distances between m of them,
//! sorted, are to be Y_1 / (a + 1), …, Y_m / (a + m), from the top, and who is where is to be uniform.
//! Their own numbers are sorted at distances Y_1 / 1, …, Y_m / m, in an order that is uniform and
//! independent of these. So each keeps its place among them, and the l-th distance is stretched by
//! l / (a + l). With m = 1 this is the rule above, and with a = 0 nothing is stretched.

/// The weights of wants with these numbers, which are above zero: group by group, the most important
/// first, those of one rank together. They sum to 1, up to rounding.
pub(super) fn ranked_weights(groups: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut heights: Vec<Vec<f64>> = groups.to_vec();
    let mut above: usize = groups.iter().map(Vec::len).sum();
    // The height of the highest want of the groups below.
    let mut base = 0.0;
    for group in heights.iter_mut().rev() {
        above -= group.len();
        stretch(group, above);
        let mut highest = base;
        for height in group {
            *height += base;
            highest = f64::max(highest, *height);
        }
        base = highest;
    }
    let mut total = 0.0;
    for height in heights.iter().rev().flatten() {
        total += height;
    }
    heights.iter_mut().flatten().for_each(|height| *height /= total);
    heights
}

/// Stretches the distances between the numbers of wants of one rank, and that of the lowest from zero.
fn stretch(numbers: &mut [f64], above: usize) {
    if above == 0 {
        return;
    }
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|one, other| numbers[*one].total_cmp(&numbers[*other]));
    let (mut last, mut height) = (0.0, 0.0);
    for (below, index) in order.into_iter().enumerate() {
        let from_top = numbers.len() - below;
        height += share(from_top, above) * (numbers[index] - last);
        last = numbers[index];
        numbers[index] = height;
    }
}

/// By what the distance below the wants from the top to that of this place is multiplied.
pub(super) fn share(from_top: usize, above: usize) -> f64 {
    from_top as f64 / (above + from_top) as f64
}

#[cfg(test)]
mod tests {
    use super::ranked_weights;

    #[test]
    fn each_number_is_how_far_a_want_is_ahead_of_the_next() {
        let weights = ranked_weights(&[vec![3.0], vec![4.0], vec![6.0]]);
        // Heights: 6 / 3 = 2, 2 + 4 / 2 = 4, 4 + 3 = 7.
        assert_eq!(weights, [[7.0 / 13.0], [4.0 / 13.0], [2.0 / 13.0]]);
    }

    #[test]
    fn wants_of_one_rank_keep_the_order_of_their_numbers() {
        // All of one rank: the numbers over their sum.
        assert_eq!(ranked_weights(&[vec![3.0, 1.0, 4.0]]), [[0.375, 0.125, 0.5]]);
        // Below one other: distances 2 and 1 from the bottom, stretched by 2/3 and 1/2.
        let weights = ranked_weights(&[vec![1.0], vec![3.0, 2.0]]);
        let (low, high) = (2.0 * (2.0 / 3.0), 2.0 * (2.0 / 3.0) + 0.5);
        let total = low + high + (high + 1.0);
        let expected = [vec![(high + 1.0) / total], vec![high / total, low / total]];
        for (weight, expected) in weights.iter().flatten().zip(expected.iter().flatten()) {
            assert!((weight - expected).abs() < 1e-15, "{weights:?}");
        }
    }

    #[test]
    fn the_numbers_sum_to_the_heights() {
        // The sum of all heights is that of the numbers, whatever the ranks.
        let numbers = [vec![0.3, 2.5], vec![1.1], vec![0.7, 0.2, 1.9]];
        let weights = ranked_weights(&numbers);
        let top: f64 = weights[0].iter().copied().fold(0.0, f64::max);
        let sum: f64 = weights.iter().flatten().sum();
        assert!((sum - 1.0).abs() < 1e-15);
        assert!(weights[0].iter().all(|x| *x > weights[1][0]) && top < 1.0);
        assert!(weights[2].iter().all(|x| *x < weights[1][0]));
    }
}
