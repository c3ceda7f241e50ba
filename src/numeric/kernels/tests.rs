use super::{cos, exp, exp_m1, ln, ln_1p, max, min, pow, sigmoid, sin};
use super::{exp_m1_up_to_40, is_plain_power, ln_1p_up_to_zero, ln_of_normal};
use crate::numeric::{PhiloxStream, is_central, tail_quantile, unit};
use crate::numeric::{chance_per_step, is_plain_hazard, plain_hazard};
use crate::numeric::{ln_gamma, normal_cdf, normal_quantile};
use rand::Rng;

const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/kernels.csv"));

fn from_bits(hexadecimal: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(hexadecimal, 16).unwrap())
}

/// The largest error of a function over the table, in ulp, and where it was.
fn worst(table: &str, name: &str, f: impl Fn(f64, f64) -> f64) -> (f64, f64, f64, usize) {
    let mut worst = (0.0, 0.0, 0.0, 0);
    for line in table.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[0] != name {
            continue;
        }
        let (x, y, exact) = (from_bits(cells[1]), from_bits(cells[2]), from_bits(cells[3]));
        let rest: f64 = cells[4].parse().unwrap();
        let ulp = f64::from_bits(exact.abs().to_bits() + 1) - exact.abs();
        // Near its zeros the logarithm of the gamma function promises an absolute error only.
        let unit = if name == "ln_gamma" { ulp.max(f64::EPSILON) } else { ulp };
        let error = ((f(x, y) - exact) / unit - rest * (ulp / unit)).abs();
        worst.3 += 1;
        if error.is_nan() || error > worst.0 {
            worst = (error, x, y, worst.3);
        }
        assert!(!error.is_nan(), "{name}({x}, {y})");
    }
    worst
}

#[test]
fn errors_are_as_documented() {
    let other = std::env::var("KERNEL_TABLE").map(|path| std::fs::read_to_string(path).unwrap());
    let table = other.as_deref().unwrap_or(TABLE);
    type KernelOfTwo = fn(f64, f64) -> f64;
    let functions: [(&str, f64, KernelOfTwo); 11] = [
        ("exp", 0.6, |x, _| exp(x)),
        ("exp_m1", 1.3, |x, _| exp_m1(x)),
        ("ln", 0.75, |x, _| ln(x)),
        ("ln_1p", 0.75, |x, _| ln_1p(x)),
        ("sin", 0.75, |x, _| sin(x)),
        ("cos", 0.75, |x, _| cos(x)),
        ("pow", 0.6, pow),
        ("sigmoid", 2.1, |x, _| sigmoid(x)),
        ("normal_cdf", 5.0, |x, _| normal_cdf(x)),
        ("normal_quantile", 5.5, |x, _| normal_quantile(x)),
        ("ln_gamma", 32.0, |x, _| ln_gamma(x)),
    ];
    let mut failures = Vec::new();
    for (name, bound, f) in functions {
        let (error, x, y, count) = worst(table, name, f);
        println!("{name:16} {error:.3} ulp at {x:e}, {y:e}; {count} cases");
        assert!(count >= 200, "{name} has {count} cases");
        if error > bound {
            failures.push(format!("{name}({x:e}, {y:e}) is {error} ulp off, over {bound}"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Forms with fewer choices, for arguments that are ordinary: they give the same bits.
#[test]
fn short_forms_are_the_same() {
    let mut arguments = vec![f64::MIN_POSITIVE, f64::EPSILON / 2.0, 0.5, 1.0 - f64::EPSILON / 2.0];
    let mut x = 1.1e-300;
    while x < 700.0 {
        arguments.push(x);
        x *= 1.0 + (x.to_bits() % 7 + 1) as f64 / 16.0;
    }
    assert!(arguments.len() > 2_000);
    let mut tails = 0;
    for x in arguments {
        assert!(same(ln_of_normal(x), ln(x)), "{x}");
        for u in [x, 1.0 - x] {
            if u > 0.0 && u < 1.0 {
                assert!(same(ln_1p_up_to_zero(-u), ln_1p(-u)), "{u}");
                let (z, is_near) = tail_quantile(u);
                if is_near && !is_central(u) {
                    tails += 1;
                    assert!(same(z, normal_quantile(u)), "{u}");
                }
                for steps in [1.5, 12.0, 1e9] {
                    let short = plain_hazard(u, steps);
                    assert!(is_plain_hazard(u, steps) && same(short, chance_per_step(u, steps)));
                }
            }
        }
        for x in [x.min(40.0), -x] {
            assert!(same(exp_m1_up_to_40(x), exp_m1(x)), "{x}");
        }
    }
    assert!(tails > 100, "{tails}");
    assert!(same(ln_1p_up_to_zero(-0.0), -0.0) && same(plain_hazard(0.0, 12.0), 0.0));
    assert!(!is_plain_hazard(1.0, 12.0));
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

#[test]
fn limits_are_those_of_ieee_754() {
    let (inf, nan, tiny) = (f64::INFINITY, f64::NAN, f64::from_bits(1));
    let cases = [
        (exp(-inf), 0.0),
        (exp(inf), inf),
        (exp(nan), nan),
        (exp(0.0), 1.0),
        (exp(709.782712893384), 1.797_693_134_862_273_2e308),
        (exp(709.7827128933841), inf),
        (exp(-745.1332191019411), tiny),
        (exp(-745.1332191019412), 0.0),
        (exp_m1(-inf), -1.0),
        (exp_m1(inf), inf),
        (exp_m1(nan), nan),
        (exp_m1(-0.0), -0.0),
        (exp_m1(tiny), tiny),
        (ln(0.0), -inf),
        (ln(-0.0), -inf),
        (ln(1.0), 0.0),
        (ln(-1.0), nan),
        (ln(-inf), nan),
        (ln(inf), inf),
        (ln(nan), nan),
        (ln(tiny), -744.440_071_921_381_2),
        (ln_1p(-1.0), -inf),
        (ln_1p(-1.5), nan),
        (ln_1p(inf), inf),
        (ln_1p(nan), nan),
        (ln_1p(-0.0), -0.0),
        (ln_1p(tiny), tiny),
        (sin(-0.0), -0.0),
        (sin(inf), nan),
        (sin(nan), nan),
        (sin(tiny), tiny),
        (cos(0.0), 1.0),
        (cos(-inf), nan),
        (cos(nan), nan),
        (sigmoid(0.0), 0.5),
        (sigmoid(inf), 1.0),
        (sigmoid(-inf), 0.0),
        (sigmoid(1e308), 1.0),
        (sigmoid(-1e308), 0.0),
        (sigmoid(nan), nan),
        (sigmoid(-744.0), exp(-744.0)),
    ];
    for (i, (found, wanted)) in cases.into_iter().enumerate() {
        assert!(same(found, wanted), "case {i}: {found:e}, not {wanted:e}");
    }
}

#[test]
fn powers_at_the_limits_are_those_of_ieee_754() {
    let (inf, nan, tiny) = (f64::INFINITY, f64::NAN, f64::from_bits(1));
    let cases = [
        (nan, 0.0, 1.0),
        (1.0, nan, 1.0),
        (nan, 1.0, nan),
        (2.0, nan, nan),
        (0.0, 0.0, 1.0),
        (0.0, 3.0, 0.0),
        (-0.0, 3.0, -0.0),
        (-0.0, 2.0, 0.0),
        (-0.0, 0.5, 0.0),
        (0.0, -1.0, inf),
        (-0.0, -1.0, -inf),
        (-0.0, -2.0, inf),
        (-1.0, inf, 1.0),
        (-1.0, -inf, 1.0),
        (0.5, inf, 0.0),
        (0.5, -inf, inf),
        (-2.0, inf, inf),
        (2.0, -inf, 0.0),
        (inf, 0.5, inf),
        (inf, -0.5, 0.0),
        (-inf, 3.0, -inf),
        (-inf, 2.0, inf),
        (-inf, -3.0, -0.0),
        (-inf, 0.5, inf),
        (0.0, inf, 0.0),
        (0.0, -inf, inf),
        (-8.0, 1.0 / 3.0, nan),
        (-2.0, 3.0, -8.0),
        (-2.0, -2.0, 0.25),
        (-1.0, 9_007_199_254_740_991.0, -1.0),
        (-1.0, 1e300, 1.0),
        (2.0, 1024.0, inf),
        (-2.0, 1025.0, -inf),
        (2.0, 1023.0, 8.988_465_674_311_58e307),
        (2.0, -1074.0, tiny),
        (2.0, -1075.0, 0.0),
        (2.0, -1076.0, 0.0),
        (1.000_000_000_000_000_2, 1e308, inf),
        (0.999_999_999_999_999_9, 1e308, 0.0),
        (tiny, 1.0, tiny),
        (f64::MAX, 1.0, f64::MAX),
        (3.0, tiny, 1.0),
    ];
    for (x, y, wanted) in cases {
        let found = pow(x, y);
        assert!(same(found, wanted), "{x:e}^{y:e} is {found:e}, not {wanted:e}");
    }
}

#[test]
fn a_power_that_a_double_can_hold_is_exact() {
    for base in 2_u32..=200 {
        let mut product = 1_u64;
        for exponent in 1..=53 {
            let Some(next) = product.checked_mul(u64::from(base)).filter(|p| *p <= 1 << 53) else {
                break;
            };
            product = next;
            let x = f64::from(base);
            assert_eq!(pow(x, f64::from(exponent)), product as f64, "{x}^{exponent}");
            assert_eq!(pow(-x, f64::from(exponent)).abs(), product as f64, "-{x}^{exponent}");
        }
        let square = f64::from(base) * f64::from(base);
        assert_eq!(pow(square, 0.5), f64::from(base));
        assert_eq!(pow(square, 1.5), square * f64::from(base));
    }
    let mut x = 1e-320;
    while x < 1e307 {
        assert_eq!(pow(x, 1.0), x);
        x *= 1.37;
    }
}

#[test]
fn minimum_and_maximum_let_a_nan_through() {
    assert!(min(f64::NAN, 1.0).is_nan() && min(1.0, f64::NAN).is_nan());
    assert!(max(f64::NAN, 1.0).is_nan() && max(1.0, f64::NAN).is_nan());
    assert_eq!((min(1.0, 2.0), max(1.0, 2.0)), (1.0, 2.0));
    assert_eq!((min(2.0, 1.0), max(2.0, 1.0)), (1.0, 2.0));
    assert!(min(0.0, -0.0).is_sign_negative() && min(-0.0, 0.0).is_sign_negative());
    assert!(max(0.0, -0.0).is_sign_positive() && max(-0.0, 0.0).is_sign_positive());
}

/// The bits of kernels, folded by FNV-1a. A machine, build or edit that changes a bit of any of
/// them changes this.
#[test]
fn bits_are_the_same_on_every_machine() {
    let mut bits = PhiloxStream::new([11, 12], [0; 4]);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for _ in 0..2_000 {
        let u = unit(bits.next_u64());
        let x = 60.0 * u - 30.0;
        let values =
            [exp(x), exp_m1(x), sigmoid(x), ln_1p(u), sin(x), cos(1e9 * x), ln(u), pow(u, x)];
        for byte in values.into_iter().flat_map(|y| y.to_bits().to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    assert_eq!(hash, 0x0882_50be_e510_9fa0, "{hash:#018x}");
}

#[test]
fn powers_are_plain_of_finite_positive_bases_but_one() {
    for (x, y, plain) in [
        (2.0, 3.0, true),
        (0.5, -1e300, true),
        (f64::MIN_POSITIVE / 4.0, 0.3, true),
        (0.0, 3.0, false),
        (-2.0, 3.0, false),
        (1.0, 3.0, false),
        (f64::INFINITY, 3.0, false),
        (f64::NAN, 3.0, false),
        (2.0, 0.0, false),
        (2.0, f64::INFINITY, false),
        (2.0, f64::NEG_INFINITY, false),
        (2.0, f64::NAN, false),
        (0.0, 0.0, false),
    ] {
        assert_eq!(is_plain_power(x, y), plain, "{x} to the power of {y}");
    }
}

#[test]
fn quantiles_of_either_tail_are_those_of_the_whole() {
    for p in [1e-9, 1e-3, 0.02, 0.07, 0.93, 0.98, 0.999, 1.0 - 1e-9] {
        let (z, is_near) = tail_quantile(p);
        assert!(is_near && z.to_bits() == normal_quantile(p).to_bits(), "{z} at {p}");
    }
    assert!(!tail_quantile(1e-12).1);
    assert_eq!(normal_quantile(0.5), 0.0);
}
