//! Tests that every distribution goes through, each with the cases of its own row, and of what is
//! particular to one.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rand::Rng;
use rand_distr::Distribution as _;

use super::{ALL, BERNOULLI, BETA, DISCRETE, Distribution, GAMMA, Inverse, LO_TO_HI, NORMAL};
use super::{
    KnownParameter, Limit, PERT, POISSON, Parameters, Quantile, STUDENT_T, TRIANGULAR, UNIFORM,
};
use crate::numeric::{PhiloxStream, normal_cdf, normal_quantile, oracle, unit};

/// How far a prepared quantile may be from the solved one, relative to it.
const PREPARED_ERROR: f64 = 3e-13;

fn uniforms(count: usize) -> impl Iterator<Item = f64> {
    let mut bits = PhiloxStream::new([11, 12], [0; 4]);
    (0..count).map(move |_| unit(bits.next_u64()))
}

/// Every distribution with every set of parameters that it is tested with, and their formula.
fn sound() -> impl Iterator<Item = (&'static Distribution, &'static [f64], String)> {
    ALL.into_iter().flat_map(|one| {
        one.cases.sound.iter().map(move |parameters| (one, *parameters, one.written(parameters)))
    })
}

/// A distribution and its parameters, written as in a scenario file.
fn parsed(formula: &str) -> (&'static Distribution, Vec<f64>) {
    let (name, list, between) = match formula.split_once('(') {
        Some((name, list)) => (name, list.trim_end_matches(')'), ", "),
        None => ("to", formula, " to "),
    };
    let one = ALL.into_iter().find(|one| one.name == name);
    let one = one.unwrap_or_else(|| panic!("no distribution {name}"));
    (one, list.split(between).map(|cell| cell.parse().unwrap()).collect())
}

fn draw(formula: &str, u: f64) -> f64 {
    let (one, parameters) = parsed(formula);
    one.quantile(u, &parameters)
}

#[test]
fn rows_are_complete_and_their_names_differ() {
    for one in ALL {
        assert_eq!(ALL.into_iter().filter(|other| *other == one).count(), 1, "{one:?} twice");
        let limited = match one.parameters {
            Parameters::Numbers(names) => names.len(),
            Parameters::Pairs | Parameters::Ends => 2,
        };
        assert_eq!(one.limits.len(), limited, "{one:?}");
        assert!(!one.about.is_empty() && !one.about.ends_with('.'), "{one:?}: {}", one.about);
        assert!(!one.cases.unsound.is_empty(), "{one:?} is never tried with unsound parameters");
        let fits = |list: &&[f64]| match one.parameters {
            Parameters::Numbers(names) => list.len() == names.len(),
            Parameters::Pairs => list.len() >= 2 && list.len().is_multiple_of(2),
            Parameters::Ends => list.len() == 2,
        };
        assert!(!one.cases.sound.is_empty() && one.cases.sound.iter().all(fits), "{one:?}");
    }
}

#[test]
fn the_parameter_that_makes_no_distribution_is_found_and_only_then() {
    for (one, parameters, formula) in sound() {
        assert_eq!(one.unsound(parameters), None, "{formula}");
    }
    for one in ALL {
        for parameters in one.cases.unsound.iter().filter(|list| !list.is_empty()) {
            let wrong = one.unsound(parameters).unwrap_or_else(|| panic!("{one:?}{parameters:?}"));
            assert!(!wrong.parameter.is_empty() && !wrong.must.is_empty(), "{wrong:?}");
        }
    }
    let wrong = NORMAL.unsound(&[0.0, -0.5]).expect("no distribution");
    assert_eq!(
        (wrong.parameter.as_str(), wrong.value, wrong.must.as_str()),
        ("sd", -0.5, "at least 0")
    );
    let wrong = PERT.unsound(&[0.0, 2.0, 1.0]).expect("no distribution");
    assert_eq!((wrong.parameter.as_str(), wrong.must.as_str()), ("b", "at least mode, which is 2"));
    let wrong = DISCRETE.unsound(&[1.0, 1.0, 2.0, -0.5]).expect("no distribution");
    assert_eq!((wrong.parameter.as_str(), wrong.must.as_str()), ("w2", "at least 0"));
}

#[test]
fn the_language_page_tells_what_parameters_must_be() {
    let page = include_str!("../../docs/language.md");
    for one in ALL {
        let limits: Vec<String> = match one.parameters {
            Parameters::Pairs => vec!["every `w` at least 0, not all 0".to_owned()],
            Parameters::Numbers(names) => told(one, names),
            Parameters::Ends => told(one, &["lo", "hi"]),
        };
        let row = format!("| `{}` | {} |", one.called(), limits.join(", "));
        assert!(page.contains(&row), "docs/language.md needs the row\n{row}");
    }
}

fn told(one: &Distribution, names: &[&str]) -> Vec<String> {
    let limited = names.iter().zip(one.limits).filter(|(_, limit)| **limit != Limit::Any);
    let told = limited.map(|(name, limit)| match limit {
        Limit::NotBelow(other) => format!("`{name}` at least `{other}`"),
        Limit::Any | Limit::AtLeast(_) | Limit::Above(_) | Limit::Within(..) => {
            format!("`{name}` {limit}")
        }
    });
    told.collect()
}

#[test]
fn quantiles_handed_down_are_met() {
    let numbers = oracle::numbers();
    let cases = numbers["distributions"]["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let formula = case["formula"].as_str().unwrap();
        let at = oracle::list(&case["quantile_at"]);
        for (u, wanted) in at.iter().zip(oracle::list(&case["quantile"])) {
            oracle::assert_close(draw(formula, *u), wanted, 1e-12, formula);
        }
    }
}

/// Means and standard deviations by the midpoint rule after `u = Φ(t)`, `t` in -8..8.
#[test]
fn moments_handed_down_are_met() {
    let numbers = oracle::numbers();
    for case in numbers["distributions"]["cases"].as_array().unwrap() {
        let formula = case["formula"].as_str().unwrap();
        let steps = 20_000;
        let width = 16.0 / f64::from(steps);
        let (mut mean, mut square) = (0.0, 0.0);
        for i in 0..steps {
            let t = -8.0 + width * f64::from(i);
            let (low, high) = (normal_cdf(t), normal_cdf(t + width));
            let weight = if t < 0.0 { high - low } else { normal_cdf(-t) - normal_cdf(-t - width) };
            let x = draw(formula, normal_cdf(t + 0.5 * width));
            mean += weight * x;
            square += weight * x * x;
        }
        let sd = (square - mean * mean).sqrt();
        oracle::assert_close(mean, oracle::number(&case["mean"]), 1e-7, formula);
        oracle::assert_close(sd, oracle::number(&case["sd"]), 1e-6, formula);
    }
}

/// Both the quantile as it is and the one that is prepared for these parameters.
#[test]
fn every_distribution_meets_quantiles_in_many_digits() {
    let numbers = oracle::quantiles();
    let shared_at = oracle::list(&numbers["quantile_at"]);
    let cases = numbers["cases"].as_array().unwrap();
    let mut failures = Vec::new();
    let mut met = Vec::new();
    for case in cases {
        let formula = case["formula"].as_str().unwrap();
        let own_at = case.get("quantile_at").map(oracle::list);
        let (one, parameters) = parsed(formula);
        let inverse = Inverse::new(one, Some(&parameters));
        let mut worst = (0.0_f64, 0.0);
        let wanted = oracle::list(&case["quantile"]);
        for (u, wanted) in own_at.as_ref().unwrap_or(&shared_at).iter().zip(wanted) {
            for found in [one.quantile(*u, &parameters), inverse.quantile(*u, &parameters)] {
                let error = if found == wanted { 0.0 } else { (found / wanted - 1.0).abs() };
                if error > worst.0 || error.is_nan() {
                    worst = (error, *u);
                }
            }
        }
        println!("{formula:28} {:.1e} at {}", worst.0, worst.1);
        if worst.0.is_nan() || worst.0 > 1e-12 {
            failures.push(format!("{formula} is {:e} off at {}", worst.0, worst.1));
        }
        met.push(one);
    }
    assert!(failures.is_empty(), "{failures:#?}");
    for one in ALL {
        assert!(met.contains(&one), "tests/oracles/quantiles.json has no case of {one:?}");
    }
}

#[test]
fn draws_rise_with_their_uniforms_and_keep_to_their_range() {
    for (one, parameters, formula) in sound() {
        // The values of `discrete` stand in any order; those of its cases rise.
        let draw = |u| one.quantile(u, parameters);
        let mut before = draw(1e-14);
        let among = (1..5_000).map(|i| f64::from(i) / 5_000.0);
        let tails = [1e-5, 1e-7, 1e-9, 1e-11, 1e-13, 1e-15, f64::EPSILON / 2.0];
        for u in among.chain(tails.map(|tail| 1.0 - tail)) {
            let x = draw(u);
            assert!(x >= before, "{formula} falls at {u}");
            assert!(one.range.0 <= x && x <= one.range.1, "{formula} at {u} is {x}");
            before = x;
        }
        let least = draw(unit(0));
        assert!(least.is_finite() && least <= draw(1e-10), "{formula}: {least}");
    }
}

#[test]
fn uniforms_outside_the_open_unit_interval_give_nan() {
    for (one, parameters, formula) in sound() {
        let inverse = Inverse::new(one, Some(parameters));
        for u in [0.0, 1.0, -0.1, -0.3, 1.1, f64::NAN, f64::INFINITY] {
            assert!(one.quantile(u, parameters).is_nan(), "{formula} at {u}");
            assert!(inverse.quantile(u, parameters).is_nan(), "{formula} at {u}");
        }
    }
}

#[test]
fn parameters_are_accepted_where_they_make_a_distribution() {
    for (one, parameters, formula) in sound() {
        assert!(one.accepts(parameters), "{formula} is not accepted");
    }
    for one in ALL {
        for parameters in one.cases.unsound {
            let written = one.written(parameters);
            for u in [1e-9, 0.5, 0.999] {
                let x = one.quantile(u, parameters);
                assert!(x.is_nan(), "{written} gives {x}");
                assert!(Inverse::new(one, Some(parameters)).quantile(u, parameters).is_nan());
            }
            assert!(!one.accepts(parameters), "{written} is accepted");
        }
        for wrong in [&[][..], &[1.0; 5]] {
            assert!(one.quantile(0.5, wrong).is_nan() || one == &DISCRETE, "{one:?} of {wrong:?}");
        }
    }
}

#[test]
fn draws_lie_within_their_reach() {
    for (one, parameters, formula) in sound() {
        let Some((low, high)) = one.reach(parameters) else {
            // With so heavy tails, draws from the ends are larger than any double.
            assert!(one == &STUDENT_T && parameters[0] < 1.0, "{formula} has no reach");
            continue;
        };
        for u in uniforms(200).chain([unit(0), unit(u64::MAX)]) {
            let x = one.quantile(u, parameters);
            assert!(low <= x && x <= high, "{formula} at {u} is {x}");
        }
    }
}

/// Uniform numbers in the tails, in the middle, and on both sides of all borders between pieces.
fn uniforms_for_pieces() -> Vec<f64> {
    let mut all: Vec<f64> = (1..800).map(|i| f64::from(i) / 800.0).collect();
    let mut small = 0.1;
    while small > 1e-16 {
        all.extend([small, 1.0 - small]);
        small /= 10.0;
    }
    let mut power = 1.0 / 2048.0;
    while power < 0.5 {
        for part in 16..32 {
            let border = f64::from(part) / 16.0 * power;
            for near in [border.next_down(), border, border.next_up()] {
                all.extend([near, 1.0 - near]);
            }
        }
        power *= 2.0;
    }
    all.extend([0.5, unit(0), unit(u64::MAX)]);
    all.sort_by(f64::total_cmp);
    all
}

#[test]
fn prepared_quantiles_meet_solved_ones() {
    let uniforms = uniforms_for_pieces();
    for (one, parameters, formula) in sound() {
        let inverse = Inverse::new(one, Some(parameters));
        let (mut worst, mut at) = (0.0, 0.0);
        let mut before = f64::NEG_INFINITY;
        for u in &uniforms {
            let (found, wanted) = (inverse.quantile(*u, parameters), one.quantile(*u, parameters));
            let error = if found == wanted { 0.0 } else { (found / wanted - 1.0).abs() };
            if error > worst || error.is_nan() {
                (worst, at) = (error, *u);
            }
            assert!(
                found >= before - 2.0 * PREPARED_ERROR * before.abs(),
                "{formula} falls at {u}"
            );
            before = found;
        }
        println!("{formula:24} {worst:.1e} at {at}");
        assert!(worst <= PREPARED_ERROR, "{formula} is {worst:e} off at {at}");
    }
}

/// Else what is tested above would be the solver against itself.
#[test]
fn polynomials_are_near_enough_for_all_but_odd_parameters() {
    for (one, parameters, formula) in sound() {
        let Some(preparation) = &one.prepared else { continue };
        let Some(standard) = (preparation.standard)(parameters) else { continue };
        let prepared = super::prepared::Prepared::shared(standard);
        assert!(prepared.polynomials().is_some(), "no polynomials for {formula}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(20_170_903),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_parameters_meet_what_is_solved(
        a in -2.3..9.2_f64,
        b in -3.0..9.2_f64,
        bits in prop::collection::vec(any::<u64>(), 60),
    ) {
        let (a, b) = (crate::numeric::exp(a), crate::numeric::exp(b));
        for (one, parameters) in
            [(&BETA, &[a, b][..]), (&GAMMA, &[b, 1.0]), (&STUDENT_T, &[a])]
        {
            let inverse = Inverse::new(one, Some(parameters));
            for u in bits.iter().map(|bits| unit(*bits)) {
                let (found, wanted) =
                    (inverse.quantile(u, parameters), one.quantile(u, parameters));
                let error = if found == wanted { 0.0 } else { (found / wanted - 1.0).abs() };
                prop_assert!(error <= PREPARED_ERROR, "{} at {u}", one.written(parameters));
            }
        }
    }
}

#[test]
fn composed_draws_have_the_bits_of_their_quantiles() {
    let mut composed = Vec::new();
    for (one, parameters, formula) in sound() {
        let Some(compose) = one.composed else { continue };
        let constants =
            parameters.iter().map(|x| KnownParameter { constant: Some(*x), low: *x, finite: true });
        let compose = compose(&constants.collect::<Vec<_>>());
        let compose = compose.unwrap_or_else(|| panic!("{formula} is not composed"));
        for u in uniforms(500) {
            let (found, wanted) =
                (compose.value(normal_quantile(u), parameters), one.quantile(u, parameters));
            assert_eq!(found.to_bits(), wanted.to_bits(), "{formula} at {u}");
        }
        composed.push(one);
    }
    for one in ALL {
        // The others are computed number by number.
        let of_normal = matches!(one.quantile, Quantile::OfNormal(_));
        assert_eq!(composed.contains(&one), of_normal, "{one:?}");
    }
}

#[test]
fn students_t_is_symmetric_to_the_bit_and_has_its_median_at_zero() {
    for parameters in STUDENT_T.cases.sound {
        let inverse = Inverse::new(&STUDENT_T, Some(parameters));
        assert_eq!(inverse.quantile(0.5, parameters).to_bits(), 0);
        assert_eq!(STUDENT_T.quantile(0.5, parameters).to_bits(), 0);
        for u in uniforms(400).chain([1e-3, 1e-15, f64::EPSILON]) {
            // Then the difference from one is exact.
            let upper = 1.0 - u;
            let lower = 1.0 - upper;
            for quantile in
                [&|u| inverse.quantile(u, parameters), &|u| STUDENT_T.quantile(u, parameters)]
                    as [&dyn Fn(f64) -> f64; 2]
            {
                let (below, above) = (quantile(lower), quantile(upper));
                assert_eq!(below.to_bits(), (-above).to_bits(), "{parameters:?} at {u}");
            }
        }
    }
}

#[test]
fn the_same_distribution_and_parameters_share_what_is_prepared() {
    let prepared = |one: &'static Distribution, parameters: &[f64]| {
        let preparation = one.prepared.as_ref().expect("it is prepared");
        super::prepared::Prepared::shared((preparation.standard)(parameters).expect("solved"))
    };
    let first = prepared(&BETA, &[2.25, 3.75]);
    assert!(std::sync::Arc::ptr_eq(&first, &prepared(&BETA, &[2.25, 3.75])));
    assert!(!std::sync::Arc::ptr_eq(&first, &prepared(&BETA, &[3.75, 2.25])));
    let gamma = prepared(&GAMMA, &[2.25, 7.0]);
    assert!(std::sync::Arc::ptr_eq(&gamma, &prepared(&GAMMA, &[2.25, 3.0])));
    // Other distributions with the same numbers are others.
    assert!(!std::sync::Arc::ptr_eq(
        &prepared(&GAMMA, &[2.25, 1.0]),
        &prepared(&BETA, &[2.25, 1.0])
    ));
    assert!(!std::sync::Arc::ptr_eq(&prepared(&GAMMA, &[4.0, 1.0]), &prepared(&STUDENT_T, &[4.0])));
    assert!((BETA.prepared.as_ref().expect("it is prepared").standard)(&[1.0, 1.0]).is_none());
}

#[test]
fn degenerate_distributions_give_their_only_value() {
    for u in [1e-9, 0.3, 0.999] {
        assert_eq!(NORMAL.quantile(u, &[3.0, 0.0]), 3.0);
        assert_eq!(LO_TO_HI.quantile(u, &[0.1, 0.1]), 0.1);
        assert_eq!(UNIFORM.quantile(u, &[2.0, 2.0]), 2.0);
        assert_eq!(TRIANGULAR.quantile(u, &[2.0, 2.0, 2.0]), 2.0);
        assert_eq!(PERT.quantile(u, &[2.0, 2.0, 2.0]), 2.0);
        assert_eq!(POISSON.quantile(u, &[0.0]), 0.0);
        assert_eq!(BERNOULLI.quantile(u, &[0.0]), 0.0);
        assert_eq!(BERNOULLI.quantile(u, &[1.0]), 1.0);
        assert_eq!(DISCRETE.quantile(u, &[9.0, 0.0, 7.0, 2.0, 8.0, 0.0]), 7.0);
    }
}

#[test]
fn choices_fall_where_their_weights_say() {
    assert_eq!([0.25, 0.5, 0.75].map(|u| BERNOULLI.quantile(u, &[0.5])), [0.0, 0.0, 1.0]);
    let pairs = [5.0, 1.0, -1.0, 2.0, 3.0, 1.0];
    for (u, wanted) in [(0.2499, 5.0), (0.25, -1.0), (0.7499, -1.0), (0.75, 3.0), (0.9999, 3.0)] {
        assert_eq!(DISCRETE.quantile(u, &pairs), wanted, "at {u}");
    }
}

#[test]
fn extreme_parameters_end() {
    let values = [5e-324, 1e-300, 1e-9, 1e-3, 0.9, 1e3, 1e6, 1e15, 1e150, 1e308];
    for u in [1e-16, 1e-9, 0.4, 0.5, 0.9, 1.0 - 1e-16] {
        for p in values {
            let g = GAMMA.quantile(u, &[p, 1.0]);
            assert!(!GAMMA.accepts(&[p, 1.0]) || g >= 0.0, "gamma({p}) at {u} is {g}");
            let k = POISSON.quantile(u, &[p]);
            assert!(k >= 0.0, "poisson({p}) at {u} is {k}");
            let t = STUDENT_T.quantile(u, &[p]);
            assert!(!STUDENT_T.accepts(&[p]) || t.is_finite(), "student_t({p}) at {u} is {t}");
            for q in values.into_iter().filter(|q| BETA.accepts(&[p, *q])) {
                let b = BETA.quantile(u, &[p, q]);
                assert!((0.0..=1.0).contains(&b), "beta({p}, {q}) at {u} is {b}");
            }
        }
    }
}

/// Mean and standard deviation of `rand_distr`'s samplers and of ours, on different bits. The
/// largest of these distances has a standard error of about 1 % of the standard deviation.
#[test]
fn samples_agree_with_rand_distr() {
    let mut bits = PhiloxStream::new([1, 2], [0; 4]);
    let mut compare = |formula: &str, mut theirs: Box<dyn FnMut(&mut PhiloxStream) -> f64>| {
        let count = 40_000;
        let (mean, sd) = moments((0..count).map(|_| theirs(&mut bits)));
        let (own_mean, own_sd) = moments(uniforms(count).map(|u| draw(formula, u)));
        assert!((mean - own_mean).abs() < 0.03 * sd, "{formula}: means {mean}, {own_mean}");
        assert!((sd / own_sd - 1.0).abs() < 0.06, "{formula}: sd {sd}, {own_sd}");
    };
    let d = rand_distr::Normal::new(1.0, 2.0).unwrap();
    compare("normal(1, 2)", Box::new(move |r| d.sample(r)));
    let d = rand_distr::LogNormal::new(0.0, 0.5).unwrap();
    compare("lognormal(0, 0.5)", Box::new(move |r| d.sample(r)));
    let d = rand_distr::Triangular::new(0.0, 4.0, 1.0).unwrap();
    compare("triangular(0, 1, 4)", Box::new(move |r| d.sample(r)));
    let d = rand_distr::Pert::new(0.0, 4.0).with_mode(1.0).unwrap();
    compare("pert(0, 1, 4)", Box::new(move |r| d.sample(r)));
    for (formula, a, b) in [("beta(0.4, 0.6)", 0.4, 0.6), ("beta(4, 3)", 4.0, 3.0)] {
        let d = rand_distr::Beta::new(a, b).unwrap();
        compare(formula, Box::new(move |r| d.sample(r)));
    }
    for (formula, shape) in [("gamma(0.3, 2)", 0.3), ("gamma(2000, 2)", 2000.0)] {
        let d = rand_distr::Gamma::new(shape, 2.0).unwrap();
        compare(formula, Box::new(move |r| d.sample(r)));
    }
    let d = rand_distr::Exp::new(2.0).unwrap();
    compare("exponential(2)", Box::new(move |r| d.sample(r)));
    for (formula, mean) in [("poisson(1.5)", 1.5), ("poisson(300)", 300.0)] {
        let d = rand_distr::Poisson::new(mean).unwrap();
        compare(formula, Box::new(move |r| d.sample(r)));
    }
    // With fewer degrees of freedom, the standard deviation of a sample is not to be relied on.
    let d = rand_distr::StudentT::new(12.0).unwrap();
    compare("student_t(12)", Box::new(move |r| d.sample(r)));
}

fn moments(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut count, mut sum, mut square) = (0.0, 0.0, 0.0);
    for x in values {
        count += 1.0;
        sum += x;
        square += x * x;
    }
    let mean = sum / count;
    (mean, (square / count - mean * mean).sqrt())
}

/// The bits of draws, folded by FNV-1a. A machine, build or edit that changes a bit of any of them
/// changes the fingerprint in the row.
#[test]
fn bits_are_the_same_on_every_machine() {
    let mut failures = Vec::new();
    for one in ALL {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for parameters in one.cases.sound {
            let inverse = Inverse::new(one, Some(parameters));
            for u in uniforms(500) {
                for x in [one.quantile(u, parameters), inverse.quantile(u, parameters)] {
                    for byte in x.to_bits().to_le_bytes() {
                        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
                    }
                }
            }
        }
        if hash != one.cases.bits {
            failures.push(format!("{one:?}: {hash:#018x}"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// A row that is not in the list would be known to nobody.
#[test]
fn every_row_is_in_the_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/distribution");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let Some((_, row)) = text.split_once(": Distribution = Distribution {\n    name: \"")
        else {
            continue;
        };
        let (name, _) = row.split_once('"').unwrap();
        assert!(ALL.iter().any(|one| one.name == name), "{name} is not in ALL");
    }
}
