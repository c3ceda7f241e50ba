//! The chance per step that adds up to a chance over several steps.

use super::kernels::{exp_m1, exp_m1_up_to_40, ln_1p, ln_1p_up_to_zero};

/// The constant hazard: the chance `1 - (1 - p)^(1/steps)` with which something must happen in each
/// of `steps` steps for the chance that it happens in at least one of them to be `p`.
///
/// `p` is in `0..=1` and `steps` at least 1, not necessarily whole; anything else gives NaN.
pub fn chance_per_step(p: f64, steps: f64) -> f64 {
    if !((0.0..=1.0).contains(&p) && steps >= 1.0 && steps.is_finite()) {
        return f64::NAN;
    }
    if steps == 1.0 {
        return p;
    }
    -exp_m1(ln_1p(-p) / steps)
}

/// Whether [`plain_hazard`] gives the same as [`chance_per_step`].
#[inline(always)]
pub(crate) fn is_plain_hazard(p: f64, steps: f64) -> bool {
    (0.0..1.0).contains(&p) && steps > 1.0 && steps < f64::INFINITY
}

/// [`chance_per_step`] computed without a branch. Elsewhere than where [`is_plain_hazard`] holds,
/// the result has no meaning.
#[inline(always)]
pub(crate) fn plain_hazard(p: f64, steps: f64) -> f64 {
    -exp_m1_up_to_40(ln_1p_up_to_zero(-p) / steps)
}

#[cfg(test)]
mod tests {
    use super::{chance_per_step, is_plain_hazard, plain_hazard};
    use crate::numeric::kernels::pow;
    use crate::numeric::oracle;

    #[test]
    fn matches_the_closed_form() {
        let numbers = oracle::numbers();
        let cases = numbers["hazard"]["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 4);
        for case in cases {
            let found = chance_per_step(oracle::number(&case["p"]), oracle::number(&case["steps"]));
            oracle::assert_close(found, oracle::number(&case["per_step"]), 1e-14, "hazard");
        }
    }

    #[test]
    fn small_chances_keep_their_digits() {
        let found = chance_per_step(1e-15, 4.0);
        oracle::assert_close(found, 2.5e-16, 1e-14, "hazard");
        let over_all = 1.0 - pow(1.0 - chance_per_step(0.7, 13.0), 13.0);
        oracle::assert_close(over_all, 0.7, 1e-14, "hazard");
    }

    #[test]
    fn ends_and_mistakes() {
        assert_eq!(chance_per_step(0.0, 5.0), 0.0);
        assert_eq!(chance_per_step(1.0, 5.0), 1.0);
        for (p, steps) in [(-0.1, 2.0), (1.1, 2.0), (f64::NAN, 2.0), (0.5, 0.0), (0.5, f64::NAN)] {
            assert!(chance_per_step(p, steps).is_nan());
        }
    }

    #[test]
    fn a_hazard_is_plain_only_where_both_ways_give_the_same_bits() {
        let mut differ = 0;
        for i in 0..=1000 {
            let p = f64::from(i) / 1000.0;
            for steps in [0.5, 1.0, 1.0 + f64::EPSILON, 2.0, f64::MAX, f64::INFINITY, f64::NAN] {
                let is_same =
                    plain_hazard(p, steps).to_bits() == chance_per_step(p, steps).to_bits();
                assert!(is_same || !is_plain_hazard(p, steps), "{p} over {steps}");
                differ += u32::from(!is_same);
            }
            let is_plain = is_plain_hazard(p, 1.0 + f64::EPSILON) && is_plain_hazard(p, f64::MAX);
            assert_eq!(is_plain, p < 1.0, "{p}");
        }
        assert!(differ > 1000, "{differ}");
    }
}
