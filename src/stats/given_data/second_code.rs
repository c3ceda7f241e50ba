//! The variance between bins, against another computation of it.

use super::bin_mean::BinMean;
use super::interval::hidden;
use super::{CountedBin, CountedBins, Curve, Told};
use crate::numeric::oracle::{assert_close, list, number};
use crate::stats::oracle::statistics;

#[test]
fn the_variance_between_bins_is_that_of_another_program() {
    let all = statistics();
    for case in all["between_bins"].as_array().expect("a list") {
        let [n, mean, squares] = ["n", "mean", "squares"].map(|key| list(&case[key]));
        let bins: Vec<BinMean> = (0..n.len())
            .map(|at| BinMean { n: n[at] as u64, mean: mean[at], squares: squares[at] })
            .collect();
        let curve = Curve::new(bins.clone(), number(&case["range"]));
        let found = curve.explained(0.95).expect("enough");
        assert_close(found.value, number(&case["value"]), 1e-10, "the variance");
        let close = |found: f64, wanted: f64, what: &str| {
            assert!(
                (found - wanted).abs() <= 1e-8 * wanted.abs() + 1e-12,
                "{what}: {found}, {wanted}"
            );
        };
        close(found.interval.low, number(&case["low"]), "the lower end");
        close(found.interval.high, number(&case["high"]), "the upper end");
        close(hidden(&bins, curve.within()), number(&case["hidden"]), "what bins hide");
        assert_eq!(curve.means(), mean.into_iter().map(Some).collect::<Vec<_>>());
    }
}

/// Ten bins of ten trials, of which so many ended in the outcome.
fn counted(successes: [u64; 10], repeats: u64) -> CountedBins {
    let bin = |successes| CountedBin { n: 10, successes, squares: successes * repeats };
    CountedBins::of_bins(repeats, successes.map(bin).to_vec())
}

#[test]
fn a_step_has_the_plateaus_that_are_counted() {
    // Never below 0.3, always above: the outcome is told by the step alone.
    let Some(Told::Steps(steps)) = counted([0, 0, 0, 10, 10, 10, 10, 10, 10, 10], 1).told(0.95)
    else {
        panic!("there is a step")
    };
    let plateaus: Vec<_> =
        steps.plateaus.iter().map(|own| (own.low, own.high, own.plays, own.count)).collect();
    assert_eq!(plateaus, [(0.0, 0.3, 30, 0), (0.3, 1.0, 70, 70)]);
    assert_close(steps.explained, 1.0, 1e-12, "all is explained");
    // The interval of each plateau among nine places for a cut and two plateaus.
    let exact = |count, n| crate::stats::clopper_pearson(count, n, 0.95, 18);
    assert_eq!(steps.plateaus[0].interval, exact(0, 30));
    assert_eq!(steps.plateaus[1].interval, exact(70, 70));
    // Plays of the same numbers count as one observation: 60 of 120 plays are 30 of 60, rounded.
    let Some(Told::Steps(steps)) = counted([0, 0, 0, 0, 0, 0, 20, 20, 20, 19], 2).told(0.95) else {
        panic!("there is a step")
    };
    assert_eq!(steps.plateaus[1].plays, 80);
    assert_eq!((steps.plateaus[1].count, steps.plateaus[1].low), (79, 0.6));
    assert_eq!(steps.plateaus[1].interval, exact(40, 40));
}

#[test]
fn what_a_step_explains_is_its_sum_of_squares_without_noise() {
    // Shares of 1/10 and 6/10 but for two bins: by hand, with the middle 0.4.
    let successes = [1, 1, 1, 1, 6, 6, 6, 6, 7, 5];
    let bins = counted(successes, 1);
    let Some(Told::Steps(steps)) = bins.told(0.95) else { panic!("there is a step") };
    let within: f64 =
        successes.iter().map(|own| *own as f64 * (10 - *own) as f64 / 10.0).sum::<f64>() / 90.0;
    // 40 (0.1 - 0.4)² + 60 (0.6 - 0.4)², and what two bins add by being 0.1 away from it.
    let (one, all) = (3.6 + 2.4, 3.6 + 2.4 + 2.0 * 10.0 * 0.01);
    let explained = (one - within) / (all - 9.0 * within);
    assert_close(steps.explained, explained.min(1.0), 1e-12, "of a step");
}

/// Ten bins of a hundred: 400 (0.1 - 0.4)² and 600 (0.6 - 0.4)² make 60 of the 68 to which all bins
/// add up, and within bins shares vary by 100 (4 × 0.09 + 4 × 0.24 + 0.16 + 0.24) / 990.
#[test]
fn a_step_that_explains_less_than_all_is_told_by_how_much() {
    let bins =
        CountedBins::of_trials([10, 10, 10, 10, 60, 60, 60, 60, 80, 40].map(|own| (100, own)));
    let Some(Told::Steps(steps)) = bins.told(0.95) else { panic!("there is a step") };
    assert_eq!(steps.plateaus.len(), 2);
    let within = 172.0 / 990.0;
    let wanted = (60.0 - within) / (68.0 - 9.0 * within);
    assert_close(steps.explained, wanted, 1e-12, "of a step");
}

#[test]
fn plateaus_between_two_cuts_hold_for_all_pairs_of_places() {
    let Some(Told::Steps(steps)) = counted([0, 0, 0, 10, 10, 10, 0, 0, 0, 0], 1).told(0.95) else {
        panic!("there are two steps")
    };
    // Two of nine places can be chosen in 36 ways, and there are three plateaus.
    let exact = |count, n| crate::stats::clopper_pearson(count, n, 0.95, 108);
    let found: Vec<_> = steps.plateaus.iter().map(|own| own.interval).collect();
    assert_eq!(found, [exact(0, 30), exact(30, 30), exact(0, 40)]);
}

#[test]
fn plays_of_the_same_numbers_count_as_one_observation() {
    // Two plays each, alike: 48 of 80 plays are 24 of 40.
    let Some(Told::Steps(steps)) = counted([0, 0, 0, 0, 0, 0, 12, 12, 12, 12], 2).told(0.95) else {
        panic!("there is a step")
    };
    assert_eq!((steps.plateaus[1].plays, steps.plateaus[1].count), (80, 48));
    let exact = crate::stats::clopper_pearson(24, 40, 0.95, 18);
    assert_eq!(steps.plateaus[1].interval, exact);
}
