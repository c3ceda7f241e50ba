//! Tests at the edges of what makes a distribution.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::prepared::{MOST_IDLE, Prepared};
use super::uniform::between;
use super::{BETA, DISCRETE, EXPONENTIAL, GAMMA, Inverse, LO_TO_HI, NORMAL, PERT};
use super::{Distribution, KnownParameter, TRIANGULAR, UNIFORM, beta};
use crate::numeric::pow;

/// The parameter that is wrong, its value, and what it must be.
fn unsound(one: &Distribution, parameters: &[f64]) -> (String, f64, String) {
    let wrong = one.unsound(parameters).expect("no distribution");
    (wrong.parameter, wrong.value, wrong.must)
}

#[test]
fn what_is_wrong_is_named_with_its_value_and_its_limit() {
    let is = |parameter: &str, value: f64, must: &str| (parameter.into(), value, must.into());
    assert_eq!(unsound(&EXPONENTIAL, &[0.0]), is("rate", 0.0, "above 0"));
    assert_eq!(unsound(&GAMMA, &[0.0, 1.0]), is("shape", 0.0, "at least 0.000001"));
    assert_eq!(unsound(&LO_TO_HI, &[0.0, 1.0]), is("lo", 0.0, "above 0"));
    assert_eq!(unsound(&LO_TO_HI, &[2.0, 1.0]), is("hi", 1.0, "at least lo, which is 2"));
    assert_eq!(unsound(&DISCRETE, &[1.0, 0.0, 2.0, 0.0]).0, "the sum of the weights");
    assert_eq!(unsound(&DISCRETE, &[1.0, 1.0, f64::INFINITY, 1.0]).0, "v2");
    let all = [-1e308, 0.0, 1e308];
    assert_eq!(unsound(&PERT, &all), is("b - a", f64::INFINITY, "finite"));
}

#[test]
fn no_number_is_drawn_from_a_pert_without_a_mode_inside_or_a_width() {
    for parameters in [[0.0, 1.1, 1.0], [0.0, -0.1, 1.0], [-1e308, 0.0, 1e308]] {
        assert!(PERT.quantile(0.5, &parameters).is_nan(), "{parameters:?}");
    }
    // With the mode at an end it is a beta distribution whose other shape is five.
    let wanted = 1.0 - pow(0.5, 0.2);
    assert!((PERT.quantile(0.5, &[0.0, 0.0, 1.0]) - wanted).abs() < 1e-14);
    assert!((PERT.quantile(0.5, &[0.0, 1.0, 1.0]) - (1.0 - wanted)).abs() < 1e-14);
}

#[test]
fn distributions_are_written_as_formulas() {
    assert_eq!(NORMAL.written(&[1.0, 2.5]), "normal(1, 2.5)");
    assert_eq!(DISCRETE.written(&[1.0, 1.0, -2.0, 3.0]), "discrete(1, 1, -2, 3)");
    assert_eq!(LO_TO_HI.written(&[5.0, 10.0]), "5 to 10");
    assert_eq!(format!("{NORMAL:?}"), "normal");
}

#[test]
fn draws_reach_from_end_to_end_and_a_millionth_more() {
    let (low, high) = UNIFORM.reach(&[3.0, 5.0]).expect("finite");
    assert!((low - (3.0 - 2e-6)).abs() < 1e-12 && (high - (5.0 + 2e-6)).abs() < 1e-12);
    assert_eq!(UNIFORM.reach(&[3.0, 3.0]), Some((3.0, 3.0)));
    assert_eq!(LO_TO_HI.reach(&[1e-300, 1e308]), None, "the highest draws are infinite");
    assert_eq!(NORMAL.reach(&[0.0, -1.0]), None, "no distribution");
    assert_eq!(NORMAL.reach(&[0.0, 1e308]), None, "the ends are infinite");
}

#[test]
fn a_value_without_weight_never_comes() {
    // The share of the least number is rounded to all of it.
    let least = f64::from_bits(1);
    assert_eq!(DISCRETE.quantile(0.9, &[1.0, least, 9.0, 0.0]), 1.0);
    assert_eq!(DISCRETE.quantile(0.1, &[9.0, 0.0, 1.0, 3.0]), 1.0);
}

#[test]
fn the_median_of_two_ends_is_counted_from_the_higher_one() {
    let compose = LO_TO_HI.composed.expect("it can be composed");
    for ends in [[1.0, 4.0], [0.3, 0.7], [1e-3, 1e5]] {
        let known = ends.map(|x| KnownParameter { constant: Some(x), low: x, finite: true });
        let composed = compose(&known).expect("constants");
        let median = LO_TO_HI.quantile(0.5, &ends);
        assert_eq!(median.to_bits(), composed.value(0.0, &ends).to_bits(), "{ends:?}");
    }
}

#[test]
fn a_normal_draw_is_composed_only_where_no_parameter_can_be_unsound() {
    let compose = NORMAL.composed.expect("it can be composed");
    let known = |low: f64, finite: bool| KnownParameter { constant: None, low, finite };
    let is = |mean, sd| compose(&[mean, sd]).is_some();
    assert!(is(known(-1.0, true), known(0.0, true)));
    assert!(!is(known(-1.0, false), known(0.0, true)), "the mean may be NaN");
    assert!(!is(known(-1.0, true), known(0.0, false)), "the deviation may be NaN");
    assert!(!is(known(-1.0, true), known(-1e-300, true)), "the deviation may be negative");
    assert!(!is(known(-1.0, false), known(-1.0, false)));
}

#[test]
fn inverses_are_equal_where_they_give_the_same_draws() {
    let solved = Inverse::new(&BETA, Some(&[2.0, 3.0]));
    assert_eq!(solved, Inverse::new(&BETA, Some(&[4.0, 1.5])));
    assert_ne!(solved, Inverse::plain(&BETA));
    assert_ne!(solved, Inverse::new(&GAMMA, Some(&[2.0, 3.0])));
    assert_ne!(Inverse::plain(&BETA), Inverse::plain(&GAMMA));
    let state = RandomState::new();
    let hash = |one: &Inverse| state.hash_one(one);
    assert_eq!(hash(&solved), hash(&Inverse::plain(&BETA)));
    assert_ne!(hash(&solved), hash(&Inverse::plain(&GAMMA)));
}

#[test]
fn what_is_prepared_is_shared_and_kept_while_it_is_used() {
    // Shapes that no other test asks for.
    let of = |at: usize| beta::standard(&[2.123 + at as f64, 3.0]).expect("it has to be solved");
    let kept = Prepared::shared(of(0));
    let used = Prepared::shared(of(1));
    assert!(Arc::ptr_eq(&used, &Prepared::shared(of(1))));
    let idle = Arc::downgrade(&used);
    drop(used);
    // Another test may ask for many at this very moment, but not each time.
    let stays = |at| Arc::downgrade(&Prepared::shared(of(at))).upgrade().is_some();
    assert!((2..20).any(stays), "what nobody uses is kept for a while");
    // Nothing of it is solved before it is asked for.
    for at in 20..20 + 2 * MOST_IDLE {
        Prepared::shared(of(at));
    }
    assert!(idle.upgrade().is_none(), "it made room for others");
    assert!(Arc::ptr_eq(&kept, &Prepared::shared(of(0))));
}

#[test]
fn what_nobody_uses_makes_no_room_while_there_is_room() {
    // Shapes that no other test asks for.
    let of = |at: usize| beta::standard(&[2.123 + at as f64, 7.0]).expect("it has to be solved");
    // Another test may fill the room at this very moment, but not each time.
    let stays = |at: usize| {
        let idle = Arc::downgrade(&Prepared::shared(of(2 * at)));
        Prepared::shared(of(2 * at + 1));
        idle.upgrade().is_some()
    };
    assert!((0..20).any(stays));
}

/// Each of these numbers is beyond the mode or the end before it is held there: the differences are
/// rounded. On which side of the mode a share lies was seen in rational numbers.
#[test]
fn rounding_takes_no_triangular_draw_past_the_mode_or_the_end() {
    for (u, a, mode, b) in [
        (0.239_999_999_999_999_96, -0.7, -0.1, 1.8),
        (0.199_999_999_999_999_96, -0.6, -0.1, 1.9),
        (0.3, -0.2, 0.1, 0.8),
    ] {
        let x = TRIANGULAR.quantile(u, &[a, mode, b]);
        assert!(x <= mode, "{x} is above {mode}");
    }
    for (u, a, mode, b) in [
        (0.782_608_695_652_174, -1.5, 0.3, 0.8),
        (0.852_941_176_470_588_3, -2.0, 0.9, 1.4),
        (0.217_391_304_347_826_14, -0.4, 0.1, 1.9),
    ] {
        let x = TRIANGULAR.quantile(u, &[a, mode, b]);
        assert!(x >= mode, "{x} is below {mode}");
    }
    let last = 1.0 - f64::EPSILON / 2.0;
    for (a, mode, b) in [(-0.1, 0.0, 1e-17), (-3.0, 0.0, 1.5 * f64::EPSILON)] {
        let x = TRIANGULAR.quantile(last, &[a, mode, b]);
        assert!(x <= b, "{x:e} is above {b:e}");
    }
}

#[test]
fn the_whole_way_between_two_numbers_leads_no_further_than_the_second() {
    for (a, b) in [(-1.8, -0.6), (-1.2, 0.4), (-0.8, 0.3)] {
        assert!(a + (b - a) > b, "the difference is not rounded up");
        assert_eq!(between(1.0, a, b), b);
    }
}
