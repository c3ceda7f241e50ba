//! Parts of a variance, against another computation of them.

use super::first_order::from_bins;
use super::indices::{correlation, quantile};
use super::products::{Parts, Products};
use super::{GroupPlays, Resampling, SobolPlays};
use crate::numeric::oracle::{assert_close, list, number};
use crate::stats::oracle::statistics;

#[test]
fn the_parts_of_a_variance_are_those_of_another_program() {
    let all = statistics();
    for case in all["sobol"].as_array().expect("a list") {
        let [a, again, b, first, second, numbers] =
            ["a", "again", "b", "first", "second", "numbers"]
                .map(|name| list(&case["columns"][name]));
        let groups = vec![
            GroupPlays { exchanged: &first, numbers: Some(&numbers) },
            GroupPlays { exchanged: &second, numbers: None },
        ];
        let plays = SobolPlays { a: &a, again: &again, b: &b, groups };
        assert_close(plays.mean(), number(&case["mean"]), 1e-13, "the mean");
        let resampling = Resampling::new(1, a.len(), 10);
        let Parts { variance, first, total } =
            Products::of(&plays, plays.mean(), &resampling).parts();
        assert_close(variance, number(&case["variance"]), 1e-10, "the variance");
        for (found, wanted) in first.iter().zip(list(&case["firsts"])) {
            assert_close(*found, wanted, 1e-10, "what goes with a group alone");
        }
        for (found, wanted) in total.iter().zip(list(&case["totals"])) {
            assert_close(*found, wanted, 1e-9, "what goes with a group at all");
        }
        let own = from_bins(&plays, 0, plays.spread(), variance, 0.95).expect("enough rows");
        assert_close(own.variance.value, number(&case["own"]), 1e-10, "from bins");
        assert_close(own.correlation, number(&case["correlation"]), 1e-9, "its correlation");
        assert!(from_bins(&plays, 1, plays.spread(), variance, 0.95).is_none(), "not one input");
    }
}

#[test]
fn a_correlation_is_that_of_another_program() {
    let all = statistics();
    let case = &all["correlation"];
    let pairs: Vec<(f64, f64)> = case["pairs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|pair| (number(&pair[0]), number(&pair[1])))
        .collect();
    let found = correlation(pairs.iter().copied());
    assert_close(found, number(&case["value"]), 1e-12, "the correlation");
    let turned = correlation(pairs.iter().map(|(x, y)| (*x, -3.0 * y)));
    assert_close(turned, -number(&case["value"]), 1e-12, "turned around");
    assert_eq!(correlation([(1.0, 2.0), (1.0, 3.0)].into_iter()), 0.0, "one is constant");
}

#[test]
fn quantiles_lie_between_the_numbers_beside_them() {
    let sorted = [1.0, 2.0, 4.0, 8.0];
    // The number in place k of n is the quantile of k / (n + 1).
    for (share, wanted) in [(0.2, 1.0), (0.4, 2.0), (0.5, 3.0), (0.7, 6.0), (0.8, 8.0)] {
        let found = quantile(&sorted, share).expect("there are numbers");
        assert!((found - wanted).abs() < 1e-12, "{found} at {share}");
    }
    assert_eq!(quantile(&sorted, 0.01), Some(1.0));
    assert_eq!(quantile(&sorted, 0.99), Some(8.0));
    assert_eq!(quantile(&[], 0.5), None);
}
