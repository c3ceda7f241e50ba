use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

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
        assert!(sketch.grid.bins().count() <= 1_024);
    }
}

#[test]
#[should_panic(expected = "within 0 and 1")]
fn a_quantile_in_percent_is_refused() {
    of(&[1.0]).quantile(95.0);
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    so_many_values(1..300)
}

fn so_many_values(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![
        4 => -1.0..1.0f64,
        3 => 1.0..1.01f64,
        2 => prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL,
        1 => (-3..3i32).prop_map(f64::from),
    ];
    prop::collection::vec(value, n)
}

/// Numbers within 0 and 1 that look random.
fn uniform(n: usize) -> impl Iterator<Item = f64> {
    (1..=n as u32).map(|i| f64::from(i.wrapping_mul(2_654_435_769)) / 4_294_967_296.0)
}

#[test]
fn hard_distributions_stay_within_the_bound() {
    let n = 4_000;
    let narrow = uniform(n).map(|u| 1e6 + u * 1e-3);
    let skewed = uniform(n).map(|u| 1e-9 / crate::numeric::pow(1.0 - u, 12.0));
    let both_signs = uniform(n).map(|u| (u - 0.5) * crate::numeric::pow((u - 0.5).abs(), 8.0));
    let mostly_ties = uniform(n).map(|u| if u < 0.6 { 0.3 } else { 0.2 + u / 5.0 });
    let clamped = uniform(n).map(|u| (u * 300.0 - 100.0).clamp(0.0, 100.0));
    let at_edges = uniform(n).enumerate().map(|(i, u)| {
        let edge = 1.0 + (u * 1_024.0).round() / 1_024.0;
        let below = f64::from_bits(edge.to_bits() - 1);
        if i % 2 == 0 { edge } else { -below }
    });
    let tiny = uniform(n)
        .map(|u| f64::from_bits((u * 3.0 * (1u64 << 42) as f64) as u64) * (u - 0.5).signum());
    let columns: [Vec<f64>; 7] = [
        narrow.collect(),
        skewed.collect(),
        both_signs.collect(),
        mostly_ties.collect(),
        clamped.collect(),
        at_edges.collect(),
        tiny.collect(),
    ];
    for column in &columns {
        assert_within_bound(column);
        let sketch = of(column);
        for end in [0.0, 1.0] {
            assert_eq!(sketch.quantile(end), Some(exact(column, end)));
        }
    }
}

#[test]
fn what_many_values_share_is_exact_if_no_other_value_is_near() {
    let mut values = vec![0.1 + 0.2; 3_000];
    values.extend(uniform(2_000).map(|u| 0.4 + u));
    values.extend(uniform(2_000).map(|u| -u));
    let sketch = of(&values);
    assert_eq!(sketch.quantile(0.5), Some(0.1 + 0.2));
    values.truncate(3_000);
    values.extend([7.3; 9]);
    assert_eq!(of(&values).values(2), Some(vec![(0.1 + 0.2, 3_000), (7.3, 9)]));
}

#[test]
fn up_to_256_values_are_kept_as_they_are() {
    let values: Vec<f64> = uniform(256).map(|u| 1.0 + u / 1e6).collect();
    let sketch = of(&values);
    for q in QS {
        assert_eq!(sketch.quantile(q), Some(exact(&values, q)));
    }
    let mut more = sketch.clone();
    more.add(1.0);
    assert_eq!((more.count(), more.few.len()), (257, 0));
    let mut merged = of(&[1.0]);
    merged.merge(&sketch);
    assert_eq!(merged, more);
}

#[test]
fn bins_do_not_overflow() {
    // Three values in one bin and one in another, millions of times, in several ways.
    let column: Vec<f64> = (0..3_000_000).map(|i| if i % 3 == 0 { 1.0 } else { 5.0 }).collect();
    let mut all_at_once = Sketch::default();
    all_at_once.add_all(&column);
    let mut bit_by_bit = Sketch::default();
    column.chunks(999).for_each(|part| bit_by_bit.add_all(part));
    let mut counted = Sketch::default();
    counted.add_n(5.0, 2_000_000);
    counted.add_n(1.0, 1_000_000);
    for sketch in [&all_at_once, &bit_by_bit, &counted] {
        assert_eq!(sketch.values(2), Some(vec![(1.0, 1_000_000), (5.0, 2_000_000)]));
    }
    let mut merged = all_at_once.clone();
    for _ in 0..5 {
        merged.merge(&bit_by_bit);
    }
    assert_eq!(merged.values(2), Some(vec![(1.0, 6_000_000), (5.0, 12_000_000)]));
    let mut double = counted.clone();
    double.merge(&merged);
    let mut other = merged;
    other.merge(&counted);
    assert_eq!(double, other);
    let mut most = Sketch::default();
    most.add_n(0.25, 1 << 40);
    most.add_n(0.5, (1 << 40) - 1);
    assert_eq!(most.count(), (1 << 41) - 1);
    assert_eq!((most.quantile(0.5), most.quantile(0.51)), (Some(0.25), Some(0.5)));
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(20_170_903),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn quantiles_are_within_the_bound(values in values()) {
        assert_within_bound(&values);
    }

    #[test]
    fn quantiles_of_many_values_are_within_the_bound(values in so_many_values(257..900)) {
        assert_within_bound(&values);
    }

    #[test]
    fn any_order_of_many_values_gives_equal_sketches(
        values in so_many_values(500..900),
        cut in 200..400usize,
    ) {
        let whole = of(&values);
        let mut back = Sketch::default();
        values.chunks(cut).rev().for_each(|part| back.merge(&of(part)));
        prop_assert_eq!(&back, &whole);
        for q in QS {
            prop_assert_eq!(back.quantile(q).map(f64::to_bits), whole.quantile(q).map(f64::to_bits));
        }
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

#[test]
fn moments_are_those_of_the_values() {
    let close = |(count, mean, sd): (u64, f64, f64), wanted: (u64, f64, f64)| {
        let off = (mean - wanted.1).abs().max((sd - wanted.2).abs());
        assert!(count == wanted.0 && off < 1e-12, "{count}, {mean}, {sd}: {wanted:?}");
    };
    assert_eq!(Sketch::default().moments(), (0, 0.0, 0.0));
    assert_eq!(of(&[2.5]).moments(), (1, 2.5, 0.0));
    close(of(&[2.0, -1.0, 2.0, 0.0, -0.0]).moments(), (5, 0.6, 1.8f64.sqrt()));
    let mut flags = Sketch::default();
    flags.add_n(0.0, 93);
    flags.add_n(1.0, 7);
    close(flags.moments(), (100, 0.07, (6.51f64 / 99.0).sqrt()));
    // Beyond 256 values, whole numbers have bins of their own.
    let whole: Vec<f64> = (0..300).map(f64::from).collect();
    close(of(&whole).moments(), (300, 149.5, 7_525f64.sqrt()));
    // Others are moved by 2^-10 of themselves at most, and so are the mean and the deviation.
    let values: Vec<f64> = uniform(4_000).map(|u| 0.4 + u).collect();
    let mean = values.iter().sum::<f64>() / 4e3;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    let (_, own, sd) = of(&values).moments();
    assert!((own - mean).abs() <= 1.4 / 1_024.0, "{own} and {mean}");
    assert!((sd - (squares / 3_999.0).sqrt()).abs() <= 1.401 / 1_024.0, "{sd}");
}

#[test]
fn sketches_are_equal_only_where_they_know_the_same() {
    let many = |from: u32, to: u32| of(&(from..to).map(f64::from).collect::<Vec<_>>());
    assert!(many(0, 300) == many(0, 300));
    assert!(many(0, 300) != many(0, 301), "another count");
    assert!(many(0, 300) != many(1, 301), "other ends");
    let apart = |middle: f64| {
        let values = (0..300).map(|at| if at == 150 { middle } else { f64::from(at) });
        of(&values.collect::<Vec<_>>())
    };
    assert!(apart(10.0) != apart(20.0), "the same ends, and other bins");
    assert!(many(0, 3) != many(1, 4), "few values, and others");
}

#[test]
fn a_sketch_is_read_as_it_was_written() {
    for count in [0, 3, 256, 257, 5_000] {
        let own = of(&uniform(count).map(|u| u * u * 1e3 - 5.0).collect::<Vec<_>>());
        let written = read_again(&own);
        assert!(written == own, "{count}");
        assert_eq!(written.moments(), own.moments());
    }
}

/// Written as JSON and read again.
fn read_again(own: &Sketch) -> Sketch {
    let text = serde_json::to_string(own).expect("it can be written");
    serde_json::from_str(&text).expect("it can be read")
}

#[test]
fn a_rank_is_the_smallest_whose_share_is_large_enough() {
    for (q, n, wanted) in [(0.0, 5, 1), (0.2, 5, 1), (0.21, 5, 2), (0.07, 100, 7), (1.0, 5, 5)] {
        assert_eq!(nearest_rank(q, n), Some(wanted), "{q} of {n}");
    }
    assert_eq!(nearest_rank(0.5, 0), None);
    // Beyond 2⁵³ not every count is a number. Below 2⁵⁹ they are 64 apart, so that of the 32 before
    // it each is taken for it, and is half of 2⁶⁰ as this division rounds.
    assert_eq!(nearest_rank(0.5, 1 << 60), Some((1 << 59) - 32));
}
