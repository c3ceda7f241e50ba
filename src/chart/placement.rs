//! Where labels go so that they do not overlap. Pure geometry: nothing here knows what is drawn.

/// Places for labels that should stand at `wanted` but at least `gap` apart, all within
/// `low..=high`.
///
/// The labels keep their order from low to high, and the sum of squared shifts is the smallest
/// possible: this is isotonic regression, by pooling adjacent violators. If there is too little
/// space, the gap shrinks. The result has the order of `wanted`.
pub(super) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let gaps = (wanted.len() - 1) as f64;
    let gap = if gaps > 0.0 { gap.min((high - low).max(0.0) / gaps) } else { gap };
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));

    // Once `rank` gaps are subtracted from each place, "at least a gap apart" means "not falling".
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, index) in order.iter().enumerate() {
        let mut pool = (wanted[*index] - gap * rank as f64, 1);
        while let Some(last) = pools.pop_if(|last| last.0 > pool.0) {
            let size = last.1 + pool.1;
            let sum = last.0 * last.1 as f64 + pool.0 * pool.1 as f64;
            pool = (sum / size as f64, size);
        }
        pools.push(pool);
    }

    let highest = (high - gap * gaps).max(low);
    let flat = pools
        .iter()
        .flat_map(|(value, size)| std::iter::repeat_n(value.clamp(low, highest), *size));
    let mut places = vec![0.0; wanted.len()];
    for ((rank, index), value) in order.iter().enumerate().zip(flat) {
        places[*index] = value + gap * rank as f64;
    }
    places
}

/// Strides between labels that people find natural, for weeks, months and plain numbers. Multiples
/// of a hundred follow.
const STRIDES: [usize; 17] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 25, 30, 40, 50, 60];

/// Which of the labels along a line are shown, so that there is at least `gap` between them.
///
/// The first is always shown, then every n-th, with the smallest natural n for which they fit. An n
/// of up to twice that is preferred if the last label is then shown too. Otherwise the last label
/// is added if it fits.
///
/// `spans` holds the left and right edge of each label, in order.
pub(super) fn thin(spans: &[(f64, f64)], gap: f64) -> Vec<usize> {
    let Some(last) = spans.len().checked_sub(1) else {
        return Vec::new();
    };
    let clear = |a: usize, b: usize| spans[a].1 + gap <= spans[b].0;
    let fits = |stride: &usize| {
        let shown: Vec<usize> = (0..=last).step_by(*stride).collect();
        shown.windows(2).all(|pair| clear(pair[0], pair[1]))
    };
    let strides = || {
        let natural = STRIDES.into_iter().chain((1..).map(|k| k * 100));
        natural.take_while(|stride| *stride < last)
    };
    let densest = strides().find(fits).unwrap_or(last.max(1));
    let stride = strides()
        .filter(|stride| (densest..densest * 2).contains(stride))
        .find(|stride| last.is_multiple_of(*stride) && fits(stride))
        .unwrap_or(densest);
    let mut shown: Vec<usize> = (0..=last).step_by(stride).collect();
    if !fits(&stride) {
        shown.truncate(1);
    }
    let end = shown[shown.len() - 1];
    if end != last && clear(end, last) {
        shown.push(last);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(places: &[f64], gap: f64) -> bool {
        let mut sorted = places.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.windows(2).all(|w| w[1] - w[0] >= gap - 1e-9)
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], 16.0, 0.0, 100.0), [10.0, 50.0, 90.0]);
    }

    #[test]
    fn labels_in_a_crowd_part_evenly_and_keep_their_order() {
        assert_eq!(spread(&[50.0, 50.0, 50.0], 10.0, 0.0, 100.0), [40.0, 50.0, 60.0]);
        assert_eq!(spread(&[52.0, 48.0], 10.0, 0.0, 100.0), [55.0, 45.0]);
    }

    #[test]
    fn crowds_at_the_edge_stay_inside() {
        let places = spread(&[99.0, 100.0, 98.0, 2.0], 12.0, 0.0, 100.0);
        assert!(apart(&places, 12.0), "{places:?}");
        assert!(places.iter().all(|p| (0.0..=100.0).contains(p)));
    }

    #[test]
    fn any_crowd_that_fits_is_apart() {
        for n in 1..40_u32 {
            let wanted: Vec<f64> = (0..n).map(|k| f64::from(k * k * 7919 % 101)).collect();
            let high = f64::from(n) * 12.0;
            let places = spread(&wanted, 12.0, 0.0, high);
            assert!(apart(&places, 12.0), "{places:?}");
            assert!(places.iter().all(|p| (-1e-9..=high + 1e-9).contains(p)));
        }
    }

    #[test]
    fn too_little_room_shrinks_the_gap() {
        assert_eq!(spread(&[5.0, 5.0, 5.0], 10.0, 0.0, 10.0), [0.0, 5.0, 10.0]);
        assert!(spread(&[], 10.0, 0.0, 10.0).is_empty());
        assert_eq!(spread(&[5.0], 10.0, 0.0, 10.0), [5.0]);
    }

    fn spans(n: usize, pitch: f64, width: f64) -> Vec<(f64, f64)> {
        (0..n).map(|i| i as f64 * pitch).map(|x| (x - width / 2.0, x + width / 2.0)).collect()
    }

    #[test]
    fn ticks_that_fit_are_all_shown() {
        assert_eq!(thin(&spans(4, 50.0, 30.0), 8.0), [0, 1, 2, 3]);
    }

    #[test]
    fn crowded_ticks_are_thinned_and_never_touch() {
        assert_eq!(thin(&spans(16, 40.0, 50.0), 10.0), [0, 3, 6, 9, 12, 15]);
        assert_eq!(thin(&spans(15, 40.0, 50.0), 10.0), [0, 2, 4, 6, 8, 10, 12, 14]);
        assert_eq!(thin(&spans(24, 25.0, 60.0), 10.0), [0, 3, 6, 9, 12, 15, 18, 21]);
        for n in [2, 7, 16, 100, 1000, 100_000] {
            let spans = spans(n, 600.0 / n as f64, 48.0);
            let shown = thin(&spans, 10.0);
            assert!(shown.windows(2).all(|w| spans[w[0]].1 + 10.0 <= spans[w[1]].0));
            assert!(shown.len() >= 2 && shown.len() <= 11, "{n}: {shown:?}");
        }
    }

    #[test]
    fn one_tick_or_none_is_no_trouble() {
        assert!(thin(&[], 8.0).is_empty());
        assert_eq!(thin(&spans(1, 0.0, 900.0), 8.0), [0]);
        assert_eq!(thin(&spans(3, 10.0, 900.0), 8.0), [0]);
    }
}
