use super::{SHAPES, SMALLEST_SHAPE, bernoulli, beta, discrete, exponential, gamma, lo_to_hi};
use super::{lognormal, normal, oracle, pert, poisson, triangular, uniform};
use crate::numeric::incomplete_gamma::IncompleteGamma;
use crate::numeric::{PhiloxStream, kernels, normal_cdf, unit};
use rand::Rng;
use rand_distr::Distribution;

fn uniforms(count: usize) -> impl Iterator<Item = f64> {
    let mut bits = PhiloxStream::new([11, 12], [0; 4]);
    (0..count).map(move |_| unit(bits.next_u64()))
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
            oracle::assert_close(oracle::draw(formula, *u), wanted, 1e-12, formula);
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
            let x = oracle::draw(formula, normal_cdf(t + 0.5 * width));
            mean += weight * x;
            square += weight * x * x;
        }
        let sd = (square - mean * mean).sqrt();
        oracle::assert_close(mean, oracle::number(&case["mean"]), 1e-7, formula);
        oracle::assert_close(sd, oracle::number(&case["sd"]), 1e-6, formula);
    }
}

#[test]
fn quantiles_in_many_digits_are_met() {
    let numbers = oracle::quantiles();
    let at = oracle::list(&numbers["quantile_at"]);
    let cases = numbers["cases"].as_array().unwrap();
    assert!(cases.len() >= 40);
    let mut failures = Vec::new();
    for case in cases {
        let formula = case["formula"].as_str().unwrap();
        let mut worst = (0.0_f64, 0.0);
        for (u, wanted) in at.iter().zip(oracle::list(&case["quantile"])) {
            let found = oracle::draw(formula, *u);
            let error = if found == wanted { 0.0 } else { (found / wanted - 1.0).abs() };
            if error > worst.0 || error.is_nan() {
                worst = (error, *u);
            }
        }
        println!("{formula:28} {:.1e} at {}", worst.0, worst.1);
        if worst.0.is_nan() || worst.0 > 1e-12 {
            failures.push(format!("{formula} is {:e} off at {}", worst.0, worst.1));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

const RISING: [&str; 18] = [
    "normal(1, 2)",
    "lognormal(0, 1)",
    "5 to 10",
    "uniform(-1, 2)",
    "triangular(0, 1, 4)",
    "pert(0, 1, 4)",
    "beta(0.05, 0.05)",
    "beta(0.3, 7)",
    "beta(4, 3)",
    "beta(10000, 10000)",
    "gamma(0.05, 1)",
    "gamma(1, 1)",
    "gamma(2.5, 0.8)",
    "gamma(999, 1)",
    "gamma(5000, 2)",
    "exponential(2)",
    "poisson(3.5)",
    "poisson(20000)",
];

#[test]
fn draws_rise_with_their_uniforms() {
    for formula in RISING {
        let mut before = oracle::draw(formula, 1e-14);
        for i in 1..20_000 {
            let u = f64::from(i) / 20_000.0;
            let x = oracle::draw(formula, u);
            assert!(x >= before, "{formula} falls at {u}");
            before = x;
        }
        for tail in [1e-5, 1e-7, 1e-9, 1e-11, 1e-13, 1e-15, f64::EPSILON / 2.0] {
            let x = oracle::draw(formula, 1.0 - tail);
            assert!(x >= before, "{formula} falls at 1 - {tail}");
            before = x;
        }
    }
}

#[test]
fn the_smallest_uniforms_have_draws() {
    for formula in RISING {
        let smallest = unit(0);
        let x = oracle::draw(formula, smallest);
        assert!(x.is_finite() && x <= oracle::draw(formula, 1e-10), "{formula}: {x}");
    }
}

#[test]
fn uniforms_outside_the_open_unit_interval_give_nan() {
    for u in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
        for formula in RISING {
            assert!(oracle::draw(formula, u).is_nan(), "{formula} at {u}");
        }
        assert!(bernoulli(u, 0.5).is_nan());
        assert!(discrete(u, &[(1.0, 1.0)]).is_nan());
    }
}

#[test]
fn parameters_without_a_distribution_give_nan() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let draws = [
        normal(0.5, nan, 1.0),
        normal(0.5, inf, 1.0),
        normal(0.5, 0.0, -1.0),
        normal(0.5, 0.0, inf),
        lognormal(0.5, 0.0, -1.0),
        lognormal(0.5, nan, 1.0),
        lo_to_hi(0.5, 0.0, 1.0),
        lo_to_hi(0.5, -1.0, 1.0),
        lo_to_hi(0.5, 2.0, 1.0),
        lo_to_hi(0.5, 1.0, inf),
        lo_to_hi(0.5, nan, 1.0),
        uniform(0.5, 1.0, 0.0),
        uniform(0.5, 0.0, inf),
        uniform(0.5, f64::MIN, f64::MAX),
        uniform(0.5, nan, 1.0),
        triangular(0.5, 0.0, 2.0, 1.0),
        triangular(0.5, 0.0, -1.0, 1.0),
        triangular(0.5, -inf, 0.0, 1.0),
        triangular(0.5, 0.0, nan, 1.0),
        pert(0.5, 0.0, 2.0, 1.0),
        pert(0.5, 0.0, nan, 1.0),
        pert(0.5, 0.0, 1.0, inf),
        beta(0.5, 0.0, 1.0),
        beta(0.5, 1.0, -1.0),
        beta(0.5, nan, 1.0),
        beta(0.5, 1.0, 1.001e6),
        beta(0.5, 1.0, 0.999e-6),
        gamma(0.5, 0.0, 1.0),
        gamma(0.5, 1.0, 0.0),
        gamma(0.5, nan, 1.0),
        gamma(0.5, 0.999e-6, 1.0),
        gamma(0.5, 1.0, inf),
        exponential(0.5, 0.0),
        exponential(0.5, -1.0),
        exponential(0.5, nan),
        poisson(0.5, -1.0),
        poisson(0.5, nan),
        poisson(0.5, inf),
        bernoulli(0.5, -0.1),
        bernoulli(0.5, 1.1),
        bernoulli(0.5, nan),
        discrete(0.5, &[]),
        discrete(0.5, &[(1.0, 0.0), (2.0, 0.0)]),
        discrete(0.5, &[(1.0, 1.0), (2.0, -0.5)]),
        discrete(0.5, &[(1.0, nan)]),
        discrete(0.5, &[(1.0, inf)]),
    ];
    for (i, x) in draws.into_iter().enumerate() {
        assert!(x.is_nan(), "case {i} gives {x}");
    }
}

#[test]
fn degenerate_distributions_give_their_only_value() {
    for u in [1e-9, 0.3, 0.999] {
        assert_eq!(normal(u, 3.0, 0.0), 3.0);
        assert_eq!(lo_to_hi(u, 0.1, 0.1), 0.1);
        assert_eq!(uniform(u, 2.0, 2.0), 2.0);
        assert_eq!(triangular(u, 2.0, 2.0, 2.0), 2.0);
        assert_eq!(pert(u, 2.0, 2.0, 2.0), 2.0);
        assert_eq!(poisson(u, 0.0), 0.0);
        assert_eq!(bernoulli(u, 0.0), 0.0);
        assert_eq!(bernoulli(u, 1.0), 1.0);
        assert_eq!(discrete(u, &[(9.0, 0.0), (7.0, 2.0), (8.0, 0.0)]), 7.0);
    }
}

#[test]
fn choices_fall_where_their_weights_say() {
    assert_eq!((bernoulli(0.299, 0.3), bernoulli(0.3, 0.3)), (1.0, 0.0));
    let pairs = [(5.0, 1.0), (-1.0, 2.0), (3.0, 1.0)];
    for (u, wanted) in [(0.2499, 5.0), (0.25, -1.0), (0.7499, -1.0), (0.75, 3.0), (0.9999, 3.0)] {
        assert_eq!(discrete(u, &pairs), wanted, "at {u}");
    }
}

#[test]
fn counts_of_a_small_mean_are_the_smallest_that_reach_the_share() {
    // P(count <= k) is the share of a gamma distribution with shape k + 1 above the mean.
    let share = |k: f64, mean: f64| IncompleteGamma::new(k + 1.0).at(mean).above;
    for mean in [1e-9, 0.1, 1.0, 3.5, 15.99, 16.0, 16.01] {
        for u in (1..1000).map(|i| f64::from(i) / 1000.0).chain([1e-12, 0.989_999, 0.990_001]) {
            let k = poisson(u, mean);
            assert!(share(k, mean) >= u - 1e-14, "poisson({mean}) at {u} is {k}");
            assert!(k == 0.0 || share(k - 1.0, mean) < u + 1e-14, "poisson({mean}) at {u} is {k}");
        }
    }
}

#[test]
fn extreme_parameters_end() {
    let values = [5e-324, 1e-300, 1e-9, 1e-3, 0.9, 1e3, 1e6, 1e15, 1e150, 1e308];
    for u in [1e-16, 1e-9, 0.4, 0.5, 0.9, 1.0 - 1e-16] {
        for p in values {
            let g = gamma(u, p, 1.0);
            assert!(p < SMALLEST_SHAPE || g >= 0.0, "gamma({p}) at {u} is {g}");
            let k = poisson(u, p);
            assert!(k >= 0.0, "poisson({p}) at {u} is {k}");
            for q in values.into_iter().filter(|q| SHAPES.contains(q) && SHAPES.contains(&p)) {
                let b = beta(u, p, q);
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
        let (own_mean, own_sd) = moments(uniforms(count).map(|u| oracle::draw(formula, u)));
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

/// The bits of draws and kernels, folded by FNV-1a. A machine, build or edit that changes a bit of
/// any of them changes this.
#[test]
fn bits_are_the_same_on_every_machine() {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut fold = |x: f64| {
        for byte in x.to_bits().to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for u in uniforms(2_000) {
        for formula in RISING {
            fold(oracle::draw(formula, u));
        }
        let x = 60.0 * u - 30.0;
        for y in [kernels::exp(x), kernels::exp_m1(x), kernels::sigmoid(x), kernels::ln_1p(u)] {
            fold(y);
        }
        for y in [kernels::sin(x), kernels::cos(1e9 * x), kernels::ln(u), kernels::pow(u, x)] {
            fold(y);
        }
    }
    assert_eq!(hash, 0xd270_8685_de7f_a74b, "{hash:#018x}");
}
